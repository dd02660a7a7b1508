//! What an operation answers: one type where the document has one, an enum by status where it has several.

use super::model::{
    Attributes, Content, ResponseEnum, ResponseType, ResponseVariant, Type, ValueType,
};
use super::{paragraph, Context, Form};
use crate::api;
use crate::api::model::{
    ChoiceBase, Codec, Content as Said, Object, Operation, Response, Shape, Status, Tagging, Union,
    Use,
};
use crate::names::{Ident, ResponseNames};
use crate::rustdoc;

/// What a call that succeeds yields.
pub fn output(context: &Context<'_>, operation: &Operation, names: &ResponseNames) -> ResponseType {
    let variants = variants(context, operation, names, &|response| {
        operation.is_success(response.status)
    });
    match one(&variants) {
        Some(content) => ResponseType::One(content),
        None if variants.is_empty() => ResponseType::One(Content::Empty),
        None => ResponseType::Several(ResponseEnum {
            name: names.output.clone(),
            variants,
        }),
    }
}

/// What a call that fails yields. A failure without a body says nothing that its status does not.
pub fn error(context: &Context<'_>, operation: &Operation, names: &ResponseNames) -> ResponseType {
    let mut variants = variants(context, operation, names, &|response| {
        response.status.is_failure()
    });
    variants.retain(|variant| variant.content != Content::Empty);
    match one(&variants) {
        Some(content) => ResponseType::One(content),
        None if variants.is_empty() => ResponseType::Undocumented,
        None => ResponseType::Several(ResponseEnum {
            name: names.error.clone(),
            variants,
        }),
    }
}

/// The statuses of failures that have a body.
pub fn failures(operation: &Operation) -> Vec<Status> {
    let responses = operation.responses.iter();
    let failures =
        responses.filter(|response| response.status.is_failure() && !response.bodies().is_empty());
    failures.map(|response| response.status).collect()
}

fn variants(
    context: &Context<'_>,
    operation: &Operation,
    names: &ResponseNames,
    wanted: &dyn Fn(&Response) -> bool,
) -> Vec<ResponseVariant> {
    let named = operation
        .responses
        .iter()
        .zip(&names.variants)
        .enumerate()
        .filter(|(_, (response, _))| wanted(response));
    named
        .flat_map(|(index, (response, idents))| of_reply(context, index, response, idents))
        .collect()
}

/// The media types of a reply: those that differ in what they hold, then those in which the same may come.
pub fn contents<'r>(
    context: &Context<'_>,
    response: &'r Response,
) -> impl Iterator<Item = &'r Said> {
    let also = also(context, response);
    response.contents.iter().chain(also)
}

/// The media types in which the same values may come that are read: text where the type reads text, and forms of objects.
fn also<'r>(context: &Context<'_>, response: &'r Response) -> Vec<&'r Said> {
    let is_read = |said: &&Said| {
        let shape = said
            .value
            .as_ref()
            .and_then(|value| context.shape(value.schema));
        match said.codec {
            Codec::Form => is_object(context, said),
            Codec::Text => match shape {
                Some(Shape::Text(_)) => true,
                Some(Shape::Choice(choice)) => choice.base == ChoiceBase::Text,
                Some(_) | None => false,
            },
            Codec::Json
            | Codec::FormData
            | Codec::Multipart
            | Codec::EventStream
            | Codec::JsonLines
            | Codec::Bytes => false,
        }
    };
    response.alternatives.iter().filter(is_read).collect()
}

/// The indexes of the media types that a variant comes in, which is that of this index.
fn media(context: &Context<'_>, response: &Response, at: usize) -> Vec<usize> {
    let schema = |said: &Said| Some(said.value.as_ref()?.schema);
    let own = response
        .bodies()
        .get(at)
        .filter(|own| own.codec == Codec::Json);
    let same = |said: &Said| own.is_some_and(|own| schema(own) == schema(said));
    let also = contents(context, response).enumerate();
    let also = also.skip(response.contents.len());
    let also = also.filter(|(_, said)| same(said));
    [at].into_iter()
        .chain(also.map(|(index, _)| index))
        .collect()
}

/// A variant a media type; one where the reply has no body.
fn of_reply(
    context: &Context<'_>,
    index: usize,
    response: &Response,
    idents: &[Ident],
) -> Vec<ResponseVariant> {
    let several = response.bodies().len() > 1;
    let streams = !response.status.is_failure();
    let variant = |(at, ident): (usize, &Ident)| {
        let said = response.bodies().get(at);
        let mut docs = rustdoc::summary(&response.docs);
        let media_type = said.filter(|_| several);
        let media_type = media_type.map(|content| format!("`{}`", content.media_type));
        paragraph(&mut docs, media_type.into_iter().collect());
        ResponseVariant {
            ident: ident.clone(),
            attributes: Attributes {
                docs,
                deprecated: false,
            },
            response: index,
            media: match several {
                true => media(context, response, at),
                false => Vec::new(),
            },
            content: said.map_or(Content::Empty, |said| content(context, said, streams)),
        }
    };
    idents.iter().enumerate().map(variant).collect()
}

fn content(context: &Context<'_>, said: &Said, streams: bool) -> Content {
    match said.codec {
        Codec::Json => Content::Json(json(context, said.value.as_ref())),
        Codec::Form if is_object(context, said) => {
            Content::Form(json(context, said.value.as_ref()))
        }
        Codec::Text => Content::Text,
        Codec::EventStream if streams && said.data.is_some() => {
            let data = json(context, said.data.as_ref());
            match said.data.as_ref().map(|data| context.shape(data.schema)) {
                Some(Some(Shape::Union(union))) if is_named(union) => Content::NamedEvents(data),
                Some(_) | None => Content::Events(data),
            }
        }
        Codec::EventStream if streams => {
            events(context, said.item.as_ref().or(said.value.as_ref()))
        }
        Codec::JsonLines if streams => Content::Lines(line(context, said)),
        Codec::Bytes if streams => Content::Stream,
        Codec::EventStream => Content::Text,
        Codec::Form | Codec::FormData | Codec::Multipart | Codec::JsonLines | Codec::Bytes => {
            Content::Bytes
        }
    }
}

/// Whether a body is an object, whose members a form can hold.
fn is_object(context: &Context<'_>, said: &Said) -> bool {
    let value = said.value.as_ref();
    value.is_some_and(|usage| api::is_object(&context.api.schemas, usage.schema))
}

fn json(context: &Context<'_>, usage: Option<&Use>) -> ValueType {
    let any = || ValueType::own(Type::Value);
    usage.map_or_else(any, |usage| context.nullable_value(usage, Form::Read))
}

/// What each line holds: the schema of items, the item of a list, or the schema itself.
fn line(context: &Context<'_>, said: &Said) -> ValueType {
    let value = said.value.as_ref();
    let listed = value.and_then(|usage| match context.shape(usage.schema) {
        Some(Shape::List(list)) => Some(&list.item),
        Some(_) | None => None,
    });
    json(context, said.item.as_ref().or(listed).or(value))
}

/// What the data of events is: the member `data` where the document describes whole events (3.2, section 4.14.4), else
/// what it describes.
fn events(context: &Context<'_>, usage: Option<&Use>) -> Content {
    let Some(usage) = usage else {
        return Content::TextEvents;
    };
    match context.shape(usage.schema) {
        None | Some(Shape::Text(_)) => Content::TextEvents,
        Some(Shape::List(list)) => events(context, Some(&list.item)),
        Some(Shape::Object(object)) => match object.properties.get("data") {
            Some(data) if is_event(object) => events(context, Some(&data.value)),
            Some(_) | None => Content::Events(json(context, Some(usage))),
        },
        Some(Shape::Union(union)) => {
            let mut variants = union.variants.iter();
            let whole = variants.all(|variant| match context.shape(variant.value.schema) {
                Some(Shape::Object(object)) => is_event(object),
                Some(_) | None => false,
            });
            match whole {
                true => Content::TextEvents,
                false => Content::Events(json(context, Some(usage))),
            }
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
            | Shape::Alias(_),
        ) => Content::Events(json(context, Some(usage))),
    }
}

/// Whether a union is the data of events that are told by their names.
fn is_named(union: &Union) -> bool {
    matches!(union.tagging, Tagging::Event(_))
}

/// Whether an object has the fields of an event and no others.
fn is_event(object: &Object) -> bool {
    let fields = ["data", "event", "id", "retry"];
    let mut names = object.properties.keys();
    object.properties.contains_key("data") && names.all(|name| fields.contains(&name.as_str()))
}

/// The content that all of them share.
fn one(variants: &[ResponseVariant]) -> Option<Content> {
    let first = variants.first()?.content.clone();
    variants
        .iter()
        .all(|variant| variant.content == first)
        .then_some(first)
}
