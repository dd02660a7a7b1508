//! Operations with values to call them with, for the contract test.

use super::ir::{Contract, Given, GivenPlace, Type, Typed};
use super::{Context, Form, Style};
use crate::api::ir::{Api, Body, Codec, Content, Location, Operation, Parameter};
use crate::api::sample::Sampler;
use crate::names::Names;

/// Every operation, in the document's order.
pub fn lower(api: &Api, names: &Names, style: &Style) -> Vec<Contract> {
    let context = Context::new(api, names, style);
    let operations = api.operations.iter().zip(&names.operations);
    let contract = |(operation, names): (&Operation, &crate::names::OperationNames)| Contract {
        constant: names.constant.clone(),
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
    let body = body.and_then(|body| self::body(context, body, sampler));
    parameters.chain(body).collect()
}

/// Nothing where no value can be made: the call says then what it lacks.
fn parameter(context: &Context<'_>, parameter: &Parameter, sampler: Sampler<'_>) -> Option<Given> {
    let value = context.nullable_value(&parameter.value, Form::Input);
    let place = match parameter.location {
        Location::Path => GivenPlace::Path(value),
        Location::Query => GivenPlace::Query(value),
        Location::QueryString => GivenPlace::QueryString(value),
        Location::Header => GivenPlace::Header(value),
        Location::Cookie => GivenPlace::Cookie(value),
    };
    Some(Given {
        place,
        name: parameter.name.clone(),
        json: sampler.value(&parameter.value)?.to_string(),
    })
}

fn body(context: &Context<'_>, body: &Body, sampler: Sampler<'_>) -> Option<Given> {
    let content = preferred(&body.contents)?;
    let name = content.media_type.clone();
    if content.codec == Codec::Bytes {
        let json = "bytes".to_owned();
        let place = GivenPlace::Bytes;
        return Some(Given { place, name, json });
    }
    let (value, json) = match &content.value {
        Some(used) => (
            context.nullable_value(used, Form::Input),
            sampler.value(used)?.to_string(),
        ),
        None => (Typed::own(Type::Value), "\"text\"".to_owned()),
    };
    let place = GivenPlace::Body(value);
    Some(Given { place, name, json })
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
