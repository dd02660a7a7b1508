//! Checks of parameters: whether they are there, and their values.

use super::fault::Fault;
use super::pairs::{decoded, Pairs};
use super::request::Request;
use super::styles::{of_pairs, of_text, Kind, Layout};
use super::typed::Typing;
use hyper::StatusCode;
use serde_json::Value;
use typewright::api::check::{Checker, Path};
use typewright::api::codec_of;
use typewright::api::model::{
    AdditionalProperties, Codec, KeyLocation, Location, Operation, Parameter, ParameterEncoding,
    SchemeKind, SecurityScheme,
};

/// Maximum distance of a name that is proposed for an unknown one.
const MAX_DISTANCE: usize = 3;

/// A request with the operation that it calls.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Texts of the path parameters, percent-encoded.
    pub path: &'a [(String, &'a str)],
    /// The request.
    pub request: &'a Request,
    /// Gives texts their types.
    pub typing: Typing<'a>,
}

/// Returns the faults of the parameters of a request.
pub fn check(call: &Call<'_>) -> Vec<Fault> {
    let parameters = call.operation.parameters.iter();
    let mut faults: Vec<_> = parameters.flat_map(|parameter| check_one(call, parameter)).collect();
    faults.extend(unknown(call));
    faults
}

fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn check_one(call: &Call<'_>, parameter: &Parameter) -> Vec<Fault> {
    let root = Path::root(location_name(parameter.location));
    let path = match parameter.location {
        Location::QueryString => root,
        Location::Path | Location::Query | Location::Header | Location::Cookie => {
            root.member(&parameter.name)
        }
    };
    match read(call, parameter) {
        Reading::Absent if parameter.required => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            vec![Fault::new(status, &path.to_string(), "is required".to_owned())]
        }
        Reading::Absent | Reading::Empty => Vec::new(),
        Reading::Malformed(detail) => {
            vec![Fault::new(StatusCode::BAD_REQUEST, &path.to_string(), detail)]
        }
        Reading::Values(values) => {
            let checker = Checker::requests(call.typing.api);
            let mut violations =
                values.iter().map(|value| checker.check(&parameter.value, value, path));
            let mut first = violations.next().unwrap_or_default();
            if !first.is_empty() && violations.any(|other| other.is_empty()) {
                first.clear();
            }
            Fault::of_schema(first).collect()
        }
    }
}

/// Value of a parameter in a request.
enum Reading {
    /// The request does not have it.
    Absent,
    /// It is there without a value, as `allowEmptyValue` allows.
    Empty,
    /// It cannot be read; the reason.
    Malformed(String),
    /// Values that its text may stand for.
    Values(Vec<Value>),
}

fn read(call: &Call<'_>, parameter: &Parameter) -> Reading {
    match &parameter.encoding {
        ParameterEncoding::Content(media_type) => content(call, parameter, media_type),
        ParameterEncoding::Style { style, explode, allow_empty, nested, .. } => {
            let layout = Layout { name: &parameter.name, style: *style, explode: *explode };
            if *allow_empty && is_empty(call, parameter) {
                return Reading::Empty;
            }
            let kinds = call.typing.kinds(&parameter.value);
            let values = kinds.into_iter().filter_map(|kind| {
                let value = styled(call, parameter, layout, kind)?;
                Some(call.typing.typed(&parameter.value, value, nested))
            });
            let values: Vec<_> = values.collect();
            match values.is_empty() {
                false => Reading::Values(values),
                true if raw(call, parameter).is_some() => {
                    Reading::Malformed(format!("is not written in the style `{}`", style.name()))
                }
                true => Reading::Absent,
            }
        }
    }
}

fn styled(call: &Call<'_>, parameter: &Parameter, layout: Layout<'_>, kind: Kind) -> Option<Value> {
    let is_member = |name: &str| is_member(call, parameter, name);
    match parameter.location {
        Location::Query | Location::QueryString => {
            of_pairs(layout, kind, &call.request.query, &is_member)
        }
        Location::Cookie => of_pairs(layout, kind, &call.request.cookies, &is_member),
        Location::Path => of_text(layout, kind, &raw(call, parameter)?, &decoded),
        Location::Header => {
            of_text(layout, kind, &raw(call, parameter)?, &|text| text.trim().to_owned())
        }
    }
}

/// `true` if a query parameter of this name is a member of an exploded object: declared by it, or by no parameter at all if
/// the object takes others.
fn is_member(call: &Call<'_>, parameter: &Parameter, name: &str) -> bool {
    let objects = call.typing.objects(&parameter.value);
    let takes_others = |object: &&typewright::api::model::Object| {
        matches!(object.additional, AdditionalProperties::Retained(_))
    };
    let is_parameter = || call.operation.parameters.iter().any(|other| other.name == name);
    objects.iter().any(|object| object.properties.contains_key(name))
        || objects.iter().any(takes_others) && !is_parameter() && !is_key(call, name)
}

/// `true` if a name is that of an API key in the query.
fn is_key(call: &Call<'_>, parameter: &str) -> bool {
    let query = |scheme: &SecurityScheme| {
        let location = KeyLocation::Query;
        scheme.kind == SchemeKind::ApiKey { location, name: parameter.to_owned() }
    };
    call.typing.api.security_schemes.values().any(query)
}

/// Returns the text of a parameter as it stands in the request.
fn raw(call: &Call<'_>, parameter: &Parameter) -> Option<String> {
    let request = call.request;
    let name = parameter.name.as_str();
    let first = |pairs: &Pairs| pairs.values(name).next().map(str::to_owned);
    match parameter.location {
        Location::Path => {
            let mut texts = call.path.iter();
            texts.find(|(other, _)| other == name).map(|(_, text)| (*text).to_owned())
        }
        Location::Query => first(&request.query),
        Location::QueryString => Some(request.query_text.clone()).filter(|query| !query.is_empty()),
        Location::Cookie => first(&request.cookies),
        Location::Header => request.header(name),
    }
}

fn is_empty(call: &Call<'_>, parameter: &Parameter) -> bool {
    raw(call, parameter).is_some_and(|text| text.is_empty())
}

/// Reads a parameter that is a text of a media type.
fn content(call: &Call<'_>, parameter: &Parameter, media_type: &str) -> Reading {
    let Some(raw) = raw(call, parameter) else {
        return Reading::Absent;
    };
    let text = match parameter.location {
        Location::Query | Location::QueryString => call.request.query.decode(&raw),
        Location::Path | Location::Cookie => decoded(&raw),
        Location::Header => raw.clone(),
    };
    let typed = |value| Reading::Values(vec![call.typing.typed(&parameter.value, value, &[])]);
    match codec_of(media_type) {
        Codec::Json => match serde_json::from_str(&text) {
            Ok(value) => Reading::Values(vec![value]),
            Err(error) => Reading::Malformed(format!("is not JSON: {error}")),
        },
        Codec::Form => {
            let form = if parameter.location == Location::QueryString { raw } else { text };
            typed(super::form::value(call.typing, &parameter.value, &[], &Pairs::of_form(&form)))
        }
        Codec::Text
        | Codec::Bytes
        | Codec::Xml
        | Codec::EventStream
        | Codec::JsonLines
        | Codec::FormData
        | Codec::Multipart => typed(Value::String(text)),
    }
}

/// Remarks on query parameters that the operation does not have.
fn unknown(call: &Call<'_>) -> Vec<Fault> {
    let declared: Vec<_> = {
        let parameters = call.operation.parameters.iter();
        parameters
            .filter(|one| matches!(one.location, Location::Query | Location::QueryString))
            .collect()
    };
    let is_declared = |name: &str| {
        declared.iter().any(|parameter| {
            let deep = format!("{}[", parameter.name);
            parameter.location == Location::QueryString
                || parameter.name == name
                || name.starts_with(&deep)
                || is_member(call, parameter, name)
        })
    };
    let mut faults: Vec<Fault> = Vec::new();
    for (name, _) in &call.request.query.pairs {
        if is_declared(name) || is_key(call, name) {
            continue;
        }
        let distance = |other: &&&Parameter| strsim::damerau_levenshtein(&other.name, name);
        let nearest = declared.iter().min_by_key(distance);
        let nearest = nearest.filter(|other| distance(other) <= MAX_DISTANCE);
        let nearest = nearest.map(|other| format!("; did you mean `{}`?", other.name));
        let detail = format!("the operation has no such parameter{}", nearest.unwrap_or_default());
        let fault = Fault::remark(Path::root("query").member(name).to_string(), detail);
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    faults
}
