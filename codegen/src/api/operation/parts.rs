//! The parts of a multipart body that has files.

use crate::api::model::{
    Access, AnyReason, Api, Body, Codec, Content, Object, Part, SchemaId, Schemas, Shape,
    TextFormat, Use,
};

/// A property of a multipart body.
#[derive(Clone, Copy, Debug)]
pub struct BodyPart<'a> {
    /// Its name on the wire.
    pub name: &'a str,
    /// Whether it must be given.
    pub required: bool,
    /// What it is.
    pub value: &'a Use,
    /// Whether it is a file.
    pub kind: PartKind,
}

/// What a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A value: text or JSON.
    Value,
    /// A file.
    File,
    /// Several files.
    Files,
}

/// The parts of a body that can be sent in one media type alone, multipart, and that has a file among its properties.
pub fn body_parts<'a>(api: &'a Api, body: &'a Body) -> Option<Vec<BodyPart<'a>>> {
    let [content] = body.contents.as_slice() else {
        return None;
    };
    if !matches!(content.codec, Codec::FormData | Codec::Multipart) {
        return None;
    }
    let object = object(api, content.value.as_ref()?.schema)?;
    let properties = object.properties.iter();
    let sent = properties.filter(|(_, property)| property.value.access != Access::ReadOnly);
    let parts: Vec<_> = sent
        .map(|(name, property)| BodyPart {
            name,
            required: property.required && body.required,
            value: &property.value,
            kind: kind(api, content, name, &property.value),
        })
        .collect();
    let files = parts.iter().any(|part| part.kind != PartKind::Value);
    files.then_some(parts)
}

/// Whether the values of a schema are objects, names for one another followed.
pub fn is_object(schemas: &Schemas, id: SchemaId) -> bool {
    let mut id = id;
    for _ in 0..schemas.len() {
        match schemas.get(id).map(|schema| &schema.shape) {
            Some(Shape::Alias(usage)) => id = usage.schema,
            shape => return matches!(shape, Some(Shape::Object(_))),
        }
    }
    false
}

fn object(api: &Api, id: SchemaId) -> Option<&Object> {
    let mut shape = &api.schemas.get(id)?.shape;
    if let Shape::Alias(usage) = shape {
        shape = &api.schemas.get(usage.schema)?.shape;
    }
    if let Shape::Object(object) = shape {
        return Some(object);
    }
    None
}

fn kind(api: &Api, content: &Content, name: &str, value: &Use) -> PartKind {
    let said = content.parts.iter().find(|part| part.name == name);
    match shape(api, value.schema) {
        Some(Shape::List(list)) if is_file(api, list.item.schema, said) => PartKind::Files,
        Some(_) if is_file(api, value.schema, said) => PartKind::File,
        Some(_) | None => PartKind::Value,
    }
}

fn shape(api: &Api, id: SchemaId) -> Option<&Shape> {
    api.schemas.get(id).map(|schema| &schema.shape)
}

/// Whether a part is no value: bytes, or parts of its own.
fn is_file(api: &Api, id: SchemaId, said: Option<&Part>) -> bool {
    let kind = said.and_then(|part| part.content_type.as_deref());
    if kind.is_some_and(|kind| kind.trim_start().starts_with("multipart/")) {
        return true;
    }
    match shape(api, id) {
        Some(Shape::Text(TextFormat::Binary)) => true,
        Some(Shape::Text(_) | Shape::Any(AnyReason::Unconstrained)) => kind.is_some_and(is_binary),
        Some(Shape::Alias(usage)) => is_file(api, usage.schema, said),
        Some(_) | None => false,
    }
}

/// Whether a multipart body is given part by part in a list, since no value says all of its parts.
pub fn is_made_of_parts(api: &Api, content: &Content) -> bool {
    let value = content.value.as_ref();
    let ordered = content.ordered.as_ref();
    let at = |index: usize| {
        let ordered = ordered?;
        ordered.first.get(index).or(ordered.others.as_ref())
    };
    let file = |usage: &Use, index: usize| is_file(api, usage.schema, at(index));
    // What is said of the first parts holds for some of the items too.
    let all = 0..=ordered.map_or(0, |ordered| ordered.first.len());
    let any_file = |usage: &Use| all.clone().any(|index| file(usage, index));
    let files = match value.and_then(|value| shape(api, value.schema)) {
        Some(Shape::List(list)) => any_file(&list.item),
        Some(Shape::Tuple(tuple)) => {
            let items = tuple.items.iter().enumerate();
            let mut items = items.map(|(index, item)| file(item, index));
            let rest = tuple.additional.as_ref();
            items.any(|found| found) || rest.is_some_and(|rest| file(rest, tuple.items.len()))
        }
        Some(_) => return false,
        None => content.item.as_ref().is_none_or(any_file),
    };
    let named = content.codec == Codec::FormData;
    named || files || ordered.is_some_and(|ordered| ordered.needs_caller)
}

/// Whether a part of this `contentType` is no text.
fn is_binary(content_type: &str) -> bool {
    let text = |kind: &str| {
        let kind = kind.trim();
        kind.starts_with("text/") || kind.ends_with("json") || kind.ends_with("xml")
    };
    !content_type.split(',').any(text)
}
