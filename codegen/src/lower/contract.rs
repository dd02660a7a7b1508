//! Operations with values to call them with, for the contract test.

use super::model::{Contract, Given, Type, ValueLocation};
use super::{body, method, Context, Form, Style};
use crate::api::model::{Api, Body, Codec, Content, Json, Location, Operation, Parameter, Use};
use crate::api::sample::Sampler;
use crate::api::{body_parts, BodyPart, PartKind};
use crate::names::Names;

/// Every operation, in the document's order.
pub fn lower(api: &Api, names: &Names, style: &Style) -> Vec<Contract> {
    let context = Context::new(api, names, style);
    let operations = api.operations.iter().zip(&names.operations);
    let contract = |(operation, names): (&Operation, &crate::names::OperationNames)| Contract {
        call: names.call.clone(),
        required: given(&context, operation, false),
        all: given(&context, operation, true),
    };
    operations.map(contract).collect()
}

fn given(context: &Context<'_>, operation: &Operation, all: bool) -> Vec<Given> {
    let sampler = if all {
        Sampler::everything(context.api)
    } else {
        Sampler::required(context.api)
    };
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| all || parameter.required)
        .filter_map(|parameter| self::parameter(context, parameter, sampler));
    let body = operation.body.as_ref();
    let body = body.filter(|body| all || body.required);
    let body = body.map(|body| self::body(context, body, sampler));
    parameters.chain(body.into_iter().flatten()).collect()
}

/// Nothing where no value can be made: the call says then what it lacks.
fn parameter(context: &Context<'_>, parameter: &Parameter, sampler: Sampler<'_>) -> Option<Given> {
    let value = match parameter.distinguishes_null() {
        true => context.nullable_value(&parameter.value, Form::Input),
        false => context.value(&parameter.value, Form::Input),
    };
    let place = match parameter.location {
        Location::Path => ValueLocation::Path(value),
        Location::Query => ValueLocation::Query(value),
        Location::QueryString => ValueLocation::QueryString(value),
        Location::Header => ValueLocation::Header(value),
        Location::Cookie => ValueLocation::Cookie(value),
    };
    let json = sampler.as_text().value(&parameter.value)?;
    (parameter.distinguishes_null() || !json.is_null()).then(|| Given {
        place,
        name: parameter.name.clone(),
        json: json.to_string(),
    })
}

/// What a call is given for its body, in the way that the generated method gives it.
fn body(context: &Context<'_>, body: &Body, sampler: Sampler<'_>) -> Vec<Given> {
    if let Some(parts) = body_parts(context.api, body) {
        let content = body.contents.first();
        let value = content.and_then(|content| content.value.as_ref());
        let whole = value.and_then(|value| sampler.value(value));
        let whole = whole.unwrap_or_default();
        let given = |one: &BodyPart<'_>| Some(part(context, one, whole.get(one.name)?));
        return parts.iter().filter_map(given).collect();
    }
    let content = preferred(&body.contents);
    content.map_or_else(Vec::new, |content| {
        let given = whole(context, content, sampler);
        given.into_iter().collect()
    })
}

fn part(context: &Context<'_>, part: &BodyPart<'_>, json: &Json) -> Given {
    let name = part.name.to_owned();
    let (place, json) = match part.kind {
        PartKind::Value => {
            let value = method::plain(context, part.value, Form::Input);
            (ValueLocation::Part(value), json.to_string())
        }
        PartKind::File | PartKind::Files => (ValueLocation::File, "bytes".to_owned()),
    };
    Given { place, name, json }
}

/// A body that is given as one.
fn whole(context: &Context<'_>, content: &Content, sampler: Sampler<'_>) -> Option<Given> {
    let name = content.media_type.clone();
    if content.codec == Codec::Bytes {
        let (place, json) = (ValueLocation::Bytes, "bytes".to_owned());
        return Some(Given { place, name, json });
    }
    let (value, _) = body::value(context, content, 0);
    let made = |used: &Option<Use>| match used {
        Some(used) => sampler.value(used),
        None => Some(Json::from("text")),
    };
    let json = match content.codec {
        Codec::EventStream => Json::from("text"),
        Codec::Text => {
            let made = made(&content.value)?;
            let fits = made.is_string() || value.ty != Type::Text;
            if fits {
                made
            } else {
                Json::from("text")
            }
        }
        Codec::JsonLines | Codec::Multipart if content.item.is_some() => {
            Json::Array(vec![made(&content.item)?])
        }
        Codec::JsonLines => {
            let made = made(&content.value)?;
            if made.is_array() {
                made
            } else {
                Json::Array(vec![made])
            }
        }
        Codec::FormData | Codec::Multipart if content.value.is_none() => Json::Object(
            [("key".to_owned(), Json::from("text"))]
                .into_iter()
                .collect(),
        ),
        Codec::Json | Codec::Form | Codec::FormData | Codec::Multipart | Codec::Bytes => {
            made(&content.value)?
        }
    };
    Some(Given {
        place: ValueLocation::Body(value),
        name,
        json: json.to_string(),
    })
}

/// The content that says most of its values; the first of several.
fn preferred(contents: &[Content]) -> Option<&Content> {
    contents.iter().min_by_key(|content| match content.codec {
        Codec::Json => 0,
        Codec::FormData => 1,
        Codec::Form => 2,
        Codec::Multipart => 3,
        Codec::Text => 4,
        Codec::JsonLines | Codec::EventStream | Codec::Bytes => 5,
    })
}
