//! Parameters: merging those of the path, their order, and how their values are written.

use super::media_type::{style, Contents};
use super::{examples, shared, Entry};
use crate::api::model::{
    Location, Owner, Parameter, ParameterEncoding, Role, Section, Shape, Style, TextFormat, Use,
};
use crate::api::resolve::Found;
use crate::api::schema::facts::Facts;
use crate::api::schema::{Lowering, Position};
use crate::api::schema_location::{join, Source};
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{
    Parameter as Said, ParameterData, ParameterSchemaOrContent, PathStyle, ReferenceOr, Schema,
};
use serde_json::Value;

/// Headers that the client itself writes (OpenAPI 3.0, section 4.7.12.1).
const OWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The variables of a path template, each once.
pub(in crate::api) fn variables(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let after = path.split('{').skip(1);
    for name in after.filter_map(|rest| rest.split_once('}')) {
        if !names.contains(&name.0) {
            names.push(name.0);
        }
    }
    names
}

impl<'a> Lowering<'a, '_> {
    /// The parameters of an operation: those of the path in the template's order, then the others in the document's.
    pub(super) fn parameters(&mut self, index: usize, entry: &Entry<'a>) -> Vec<Parameter> {
        let mut lowered = Vec::new();
        for found in self.found_parameters(entry) {
            lowered.extend(self.parameter((index, entry), found));
        }
        // The dialect phase has seen to it that the path's variables and its parameters are the same.
        let of_path = |parameter: &Parameter| parameter.location == Location::Path;
        let (mut in_path, others): (Vec<_>, Vec<_>) = lowered.into_iter().partition(of_path);
        let order = variables(entry.path);
        in_path.sort_by_key(|parameter| order.iter().position(|name| *name == parameter.name));
        in_path.extend(others);
        in_path
    }

    /// The parameters of the path and the operation; the operation's take the place of the path's.
    fn found_parameters(&mut self, entry: &Entry<'a>) -> Vec<Found<'a, Said>> {
        let of_path = (&entry.item_pointer, &entry.item.parameters);
        let own = (&entry.pointer, &entry.operation.parameters);
        let mut found: IndexMap<(u8, String), Found<'a, Said>> = IndexMap::new();
        for (at, list) in [of_path, own] {
            for (index, parameter) in list.iter().enumerate() {
                let at = format!("{at}/parameters/{index}");
                match self.resolver.parameter(at.clone(), parameter) {
                    Some(parameter) => {
                        found.insert(place_and_name(parameter.thing), parameter);
                    }
                    None => {
                        let message = "this parameter is a reference that names nothing";
                        self.report(codes::UNRESOLVED, &at, message);
                    }
                }
            }
        }
        found.into_values().collect()
    }

    /// Says that a parameter is ignored whose header OpenAPI leaves to media types and security.
    fn report_own_header(&mut self, entry: &Entry<'a>, found: &Found<'a, Said>) {
        let name = &found.thing.parameter_data_ref().name;
        let written = !name.eq_ignore_ascii_case("authorization") || self.authorizes(entry);
        let message = match written {
            true => format!("`{name}` is written by the client itself"),
            false => format!(
                "`{name}` is no parameter of OpenAPI and is ignored, and no security scheme of this operation writes it; \
                 declare one, or give the header with the call"
            ),
        };
        self.report(codes::OWN_HEADER, &found.pointer, message);
    }

    fn parameter(
        &mut self,
        (index, entry): (usize, &Entry<'a>),
        found: Found<'a, Said>,
    ) -> Option<Parameter> {
        let data = found.thing.parameter_data_ref();
        let location = location(found.thing);
        let own = |name: &&str| data.name.eq_ignore_ascii_case(name);
        if location == Location::Header && OWN_HEADERS.iter().any(own) {
            self.report_own_header(entry, &found);
            return None;
        }
        let owner = match shared(&found.pointer) {
            Some((_, name)) => Owner::Shared(Section::Parameter, name),
            None => Owner::Operation(index, Role::Parameter(data.name.clone())),
        };
        let (mut encoding, mut value) = self.parameter_value(&found, owner)?;
        value.docs.description = data.description.clone().or(value.docs.description);
        if let (Location::Path, ParameterEncoding::Style { allow_empty, .. }) =
            (location, &mut encoding)
        {
            let description = value.docs.description.as_deref();
            *allow_empty = self.may_be_empty(entry, (&found.pointer, data), description);
        }
        value.docs.deprecated |= data.deprecated.unwrap_or_default();
        let shown = examples(self.resolver, data.example.as_ref(), &data.examples);
        if !shown.is_empty() {
            value.examples = shown;
        }
        let name = data.extensions.get(keys::NAME);
        value.name = name
            .and_then(Value::as_str)
            .map(str::to_owned)
            .or(value.name);
        Some(Parameter {
            name: data.name.clone(),
            location,
            required: data.required || location == Location::Path,
            encoding,
            value,
        })
    }

    fn parameter_value(
        &mut self,
        found: &Found<'a, Said>,
        owner: Owner,
    ) -> Option<(ParameterEncoding, Use)> {
        match &found.thing.parameter_data_ref().format {
            ParameterSchemaOrContent::Schema(schema) => {
                let pointer = join(&found.pointer, "schema");
                let source = Source::new(pointer.clone(), schema);
                let position = Position { pointer, owner };
                let value =
                    match matches!(found.thing, Said::Path { .. }) && self.says_nothing(&source) {
                        true => self.made_use(Shape::Text(TextFormat::Plain), position),
                        false => self.use_of(&[source], position),
                    };
                Some((encoding(found.thing), value))
            }
            ParameterSchemaOrContent::Content(content) => {
                let contents = self.contents(&Contents {
                    pointer: join(&found.pointer, "content"),
                    all: content,
                    owner: &|_| owner.clone(),
                });
                let content = contents.into_iter().next()?;
                let at = join(&found.pointer, "content");
                let value = content.value.unwrap_or_else(|| {
                    let any = Shape::Any(crate::api::model::AnyReason::Unconstrained);
                    let position = Position {
                        pointer: join(&at, &content.media_type),
                        owner: owner.clone(),
                    };
                    self.made_use(any, position)
                });
                Some((ParameterEncoding::Content(content.media_type), value))
            }
        }
    }
}

/// By what a parameter is told from others: names of headers do not differ by case (RFC 9110, section 5.1).
fn place_and_name(parameter: &Said) -> (u8, String) {
    let name = &parameter.parameter_data_ref().name;
    let name = match parameter {
        Said::Header { .. } => name.to_ascii_lowercase(),
        Said::Query { .. } | Said::Path { .. } | Said::Cookie { .. } => name.clone(),
    };
    (location_rank(parameter), name)
}

fn location(parameter: &Said) -> Location {
    match parameter {
        Said::Query { parameter_data, .. } => match flag(parameter_data, keys::QUERYSTRING) {
            true => Location::QueryString,
            false => Location::Query,
        },
        Said::Header { .. } => Location::Header,
        Said::Path { .. } => Location::Path,
        Said::Cookie { .. } => Location::Cookie,
    }
}

fn location_rank(parameter: &Said) -> u8 {
    match parameter {
        Said::Query { .. } => 0,
        Said::Header { .. } => 1,
        Said::Path { .. } => 2,
        Said::Cookie { .. } => 3,
    }
}

/// A key of the normal form that is `true`.
fn flag(data: &ParameterData, key: &str) -> bool {
    let value = data.extensions.get(key);
    value.and_then(Value::as_bool).unwrap_or_default()
}

/// The style of a parameter (OpenAPI 3.0, section 4.7.12.2): what is written, else the default of the location.
fn encoding(parameter: &Said) -> ParameterEncoding {
    let data = parameter.parameter_data_ref();
    let (default, reserved, empty) = match parameter {
        Said::Query {
            style: written,
            allow_reserved,
            allow_empty_value,
            ..
        } => (style(written), *allow_reserved, *allow_empty_value),
        Said::Header { .. } => (Style::Simple, false, None),
        Said::Path { style, .. } => (path_style(style), false, None),
        Said::Cookie { .. } => (Style::Form, false, None),
    };
    let written = data.extensions.get(keys::STYLE);
    let written = written.and_then(Value::as_str).and_then(named_style);
    let style = written.unwrap_or(default);
    ParameterEncoding::Style {
        explode: data.explode.unwrap_or(style == Style::Form),
        style,
        allow_reserved: reserved || flag(data, keys::ALLOW_RESERVED),
        allow_empty: empty.unwrap_or_default(),
        nested: match &data.format {
            ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => nested(schema),
            ParameterSchemaOrContent::Schema(_) | ParameterSchemaOrContent::Content(_) => {
                Vec::new()
            }
        },
    }
}

/// The styles of the lists within a list of Swagger 2.0, the outer ones first.
pub(super) fn nested(schema: &Schema) -> Vec<Style> {
    let mut styles = Vec::new();
    let mut schema = schema;
    while let Some(ReferenceOr::Item(items)) = Facts::of(schema).items {
        let said = items.schema_data.extensions.get(keys::COLLECTION_FORMAT);
        let Some(style) = said.and_then(Value::as_str).and_then(separated) else {
            break;
        };
        styles.push(style);
        schema = items;
    }
    styles
}

/// The style that a `collectionFormat` within a list is.
fn separated(format: &str) -> Option<Style> {
    match format {
        "csv" => Some(Style::Form),
        "ssv" => Some(Style::SpaceDelimited),
        "tsv" => Some(Style::TabDelimited),
        "pipes" => Some(Style::PipeDelimited),
        _ => None,
    }
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Matrix => Style::Matrix,
        PathStyle::Label => Style::Label,
        PathStyle::Simple => Style::Simple,
    }
}

pub(super) fn named_style(name: &str) -> Option<Style> {
    match name {
        "matrix" => Some(Style::Matrix),
        "label" => Some(Style::Label),
        "simple" => Some(Style::Simple),
        "form" => Some(Style::Form),
        "spaceDelimited" => Some(Style::SpaceDelimited),
        "pipeDelimited" => Some(Style::PipeDelimited),
        "tabDelimited" => Some(Style::TabDelimited),
        "deepObject" => Some(Style::DeepObject),
        _ => None,
    }
}
