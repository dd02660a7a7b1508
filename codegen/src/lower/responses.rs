//! Response types: a single type, or an enum by status and media type; and response headers.

use super::body::is_scalar;
use super::model::{
    Attributes, Content, ResponseEnum, ResponseHeader, ResponseType, ResponseVariant, Type,
    ValueType,
};
use super::{Context, Direction};
use crate::api::is_object;
use crate::api::model::{
    self, ChoiceBase, Codec, Object, Operation, Response, Shape, Status, Tagging, Use,
};
use crate::names::{Ident, ResponseNames};
use crate::rustdoc;
use std::collections::BTreeMap;

/// Returns the type of successful responses.
pub fn output(context: &Context<'_>, operation: &Operation, names: &ResponseNames) -> ResponseType {
    let variants = variants(context, operation, names, &|status| operation.is_success(status));
    match shared_content(&variants) {
        Some(content) => ResponseType::One(content),
        None if variants.is_empty() => ResponseType::One(Content::Empty),
        None => ResponseType::Several(ResponseEnum { name: names.output.clone(), variants }),
    }
}

/// Returns the type of failed responses. A failure without a body has nothing to add to its status.
pub fn error(context: &Context<'_>, operation: &Operation, names: &ResponseNames) -> ResponseType {
    let mut variants = variants(context, operation, names, &Status::is_failure);
    variants.retain(|variant| variant.content != Content::Empty);
    match shared_content(&variants) {
        Some(content) => ResponseType::One(content),
        None if variants.is_empty() => ResponseType::Undocumented,
        None => ResponseType::Several(ResponseEnum { name: names.error.clone(), variants }),
    }
}

/// Returns the content, if it is the same for all variants.
fn shared_content(variants: &[ResponseVariant]) -> Option<Content> {
    let (first, others) = variants.split_first()?;
    let is_shared = others.iter().all(|variant| variant.content == first.content);
    is_shared.then(|| first.content.clone())
}

/// Returns the statuses of failures with a body.
pub fn error_statuses(operation: &Operation) -> Vec<Status> {
    let responses = operation.responses.iter();
    let failures =
        responses.filter(|response| response.status.is_failure() && !response.bodies().is_empty());
    failures.map(|response| response.status).collect()
}

fn variants(
    context: &Context<'_>,
    operation: &Operation,
    names: &ResponseNames,
    is_requested: &dyn Fn(Status) -> bool,
) -> Vec<ResponseVariant> {
    let responses = operation.responses.iter().zip(&names.variants).enumerate();
    responses
        .filter(|(_, (response, _))| is_requested(response.status))
        .flat_map(|(index, (response, idents))| response_variants(context, index, response, idents))
        .collect()
}

/// Returns a variant for each media type, or one for a response without body.
fn response_variants(
    context: &Context<'_>,
    index: usize,
    response: &Response,
    idents: &[Ident],
) -> Vec<ResponseVariant> {
    let bodies = response.bodies();
    let is_streamed = !response.status.is_failure();
    let variants = idents.iter().enumerate().map(|(at, ident)| {
        let body = bodies.get(at);
        let mut attributes = Attributes {
            docs: rustdoc::summary(&response.docs),
            deprecated: false,
        };
        let mut contents = Vec::new();
        if bodies.len() > 1 {
            attributes.paragraph(body.map(|body| format!("`{}`", body.media_type)));
            contents = equivalent_contents(context, response, at);
        }
        let content = body.map_or(Content::Empty, |body| content(context, body, is_streamed));
        ResponseVariant {
            ident: ident.clone(),
            attributes,
            response: index,
            contents,
            boxed: matches!(&content, Content::Json(value) | Content::Form(value) | Content::Xml(value) if !value.ty.named().is_empty()),
            content,
        }
    });
    variants.collect()
}

/// Returns the media types of a response: first those that differ in content, then alternatives for the same content
/// that the runtime can decode: text for text types, and forms for objects.
pub fn contents<'r>(
    context: &Context<'_>,
    response: &'r Response,
) -> impl Iterator<Item = &'r model::Content> {
    let alternatives = response.alternatives.iter().filter(|content| {
        let value = content.value.as_ref();
        match content.codec {
            Codec::Form => is_form(context, content),
            Codec::Text => match value.and_then(|value| context.shape(value.schema)) {
                Some(Shape::Text(_)) => true,
                Some(Shape::Choice(choice)) => choice.base == ChoiceBase::Text,
                Some(_) | None => false,
            },
            Codec::Json
            | Codec::FormData
            | Codec::Multipart
            | Codec::EventStream
            | Codec::JsonLines
            | Codec::Xml
            | Codec::Bytes => false,
        }
    });
    let alternatives: Vec<_> = alternatives.collect();
    response.contents.iter().chain(alternatives)
}

/// Returns the indexes of a variant's media types: its own, and the alternatives with the same schema.
fn equivalent_contents(context: &Context<'_>, response: &Response, at: usize) -> Vec<usize> {
    let schema = |content: &model::Content| Some(content.value.as_ref()?.schema);
    let body = response.bodies().get(at).filter(|body| body.codec == Codec::Json);
    let alternatives = contents(context, response).enumerate().skip(response.contents.len());
    let equivalent = alternatives
        .filter(|(_, content)| body.is_some_and(|body| schema(body) == schema(content)));
    [at].into_iter().chain(equivalent.map(|(index, _)| index)).collect()
}

/// Returns the content of a response in one media type. Failures are read whole, and not `is_streamed`.
pub fn content(context: &Context<'_>, content: &model::Content, is_streamed: bool) -> Content {
    let value = content.value.as_ref();
    match content.codec {
        Codec::Json => Content::Json(json(context, value)),
        Codec::Form if is_form(context, content) => Content::Form(json(context, value)),
        Codec::Xml => Content::Xml(json(context, value)),
        Codec::Text => Content::Text,
        Codec::EventStream if is_streamed => match &content.data {
            Some(data) => {
                let value = json(context, Some(data));
                match context.shape(data.schema) {
                    Some(Shape::Union(union)) if matches!(union.tagging, Tagging::Event(_)) => {
                        Content::NamedEvents(value)
                    }
                    Some(_) | None => Content::Events(value),
                }
            }
            None => events(context, content.item.as_ref().or(value)),
        },
        Codec::JsonLines if is_streamed => Content::Lines(line(context, content)),
        Codec::Bytes if is_streamed => Content::Stream,
        Codec::EventStream => Content::Text,
        Codec::Form | Codec::FormData | Codec::Multipart | Codec::JsonLines | Codec::Bytes => {
            Content::Bytes
        }
    }
}

/// `true` if the content is an object, which a form can express.
fn is_form(context: &Context<'_>, content: &model::Content) -> bool {
    let value = content.value.as_ref();
    value.is_some_and(|usage| is_object(&context.api.schemas, usage.schema))
}

fn json(context: &Context<'_>, usage: Option<&Use>) -> ValueType {
    match usage {
        Some(usage) => context.nullable_value(usage, Direction::Response),
        None => ValueType::native(Type::Value),
    }
}

/// Returns the type of a line.
fn line(context: &Context<'_>, content: &model::Content) -> ValueType {
    json(context, line_use(context, content))
}

/// Returns the value of a line: the item schema, the item of a list, or the schema itself.
pub fn line_use<'a>(context: &Context<'a>, content: &'a model::Content) -> Option<&'a Use> {
    let value = content.value.as_ref();
    let list_item = value.and_then(|usage| match context.shape(usage.schema) {
        Some(Shape::List(list)) => Some(&list.item),
        Some(_) | None => None,
    });
    content.item.as_ref().or(list_item).or(value)
}

/// Returns the data type of events: the member `data` if the document describes whole events (OpenAPI 3.2, section
/// 4.14.4), else the described value.
fn events(context: &Context<'_>, usage: Option<&Use>) -> Content {
    let Some(usage) = usage else {
        return Content::TextEvents;
    };
    let is_whole_event = |branch: &model::Variant| match context.shape(branch.value.schema) {
        Some(Shape::Object(object)) => is_event(object),
        Some(_) | None => false,
    };
    match context.shape(usage.schema) {
        None | Some(Shape::Text(_)) => Content::TextEvents,
        Some(Shape::List(list)) => events(context, Some(&list.item)),
        Some(Shape::Object(object)) if is_event(object) => {
            let data = object.properties.get("data");
            events(context, data.map(|data| &data.value))
        }
        Some(Shape::Union(union)) if union.variants.iter().all(is_whole_event) => {
            Content::TextEvents
        }
        Some(
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Choice(_)
            | Shape::Tuple(_)
            | Shape::Object(_)
            | Shape::Union(_)
            | Shape::Alias(_),
        ) => Content::Events(json(context, Some(usage))),
    }
}

/// `true` if an object has only the fields of a server-sent event.
fn is_event(object: &Object) -> bool {
    let fields = ["data", "event", "id", "retry"];
    let mut names = object.properties.keys();
    object.properties.contains_key("data") && names.all(|name| fields.contains(&name.as_str()))
}

/// Returns the documented response headers, each once; as text if declarations disagree on the type.
pub fn headers(context: &Context<'_>) -> Vec<ResponseHeader> {
    let mut headers = BTreeMap::<&Ident, ResponseHeader>::new();
    let operations = context.api.operations.iter();
    let responses = operations.flat_map(|operation| &operation.responses);
    for header in responses.flat_map(|response| &response.headers) {
        let Some(ident) = context.names.headers.get(&header.name.to_ascii_lowercase()) else {
            continue;
        };
        let is_scalar = context.shape(header.value.schema).is_some_and(is_scalar);
        let value = match is_scalar {
            true => context.value(&header.value, Direction::Response),
            false => ValueType::native(Type::Text),
        };
        let known = headers.entry(ident).or_insert_with(|| ResponseHeader {
            ident: ident.clone(),
            wire: header.name.clone(),
            attributes: Attributes::from(&header.value.docs),
            value: value.clone(),
        });
        if known.value != value {
            known.value = ValueType::native(Type::Text);
        }
    }
    headers.into_values().collect()
}
