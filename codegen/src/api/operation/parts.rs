//! The parts of a multipart body that has files.

use crate::api::ir::{
    Access, Api, Body, Codec, Content, Object, SchemaId, Shape, TextFormat, Untyped, Use,
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
    let sent = properties.filter(|(_, property)| property.value.access != Access::Read);
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

fn object(api: &Api, id: SchemaId) -> Option<&Object> {
    let mut shape = &api.schemas.get(id)?.shape;
    if let Shape::Same(usage) = shape {
        shape = &api.schemas.get(usage.schema)?.shape;
    }
    if let Shape::Object(object) = shape {
        return Some(object);
    }
    None
}

fn kind(api: &Api, content: &Content, name: &str, value: &Use) -> PartKind {
    let shape = |id| api.schemas.get(id).map(|schema| &schema.shape);
    let said = content.parts.iter().find(|part| part.name == name);
    let binary = said.and_then(|part| part.content_type.as_deref());
    let binary = binary.is_some_and(is_binary);
    let is_file = |id| match shape(id) {
        Some(Shape::Text(TextFormat::Binary)) => true,
        Some(Shape::Text(_) | Shape::Any(Untyped::Asked)) => binary,
        Some(_) | None => false,
    };
    match shape(value.schema) {
        Some(Shape::List(list)) if is_file(list.item.schema) => PartKind::Files,
        Some(_) if is_file(value.schema) => PartKind::File,
        Some(_) | None => PartKind::Value,
    }
}

/// Whether a part of this `contentType` is no text.
fn is_binary(content_type: &str) -> bool {
    let text = |kind: &str| {
        let kind = kind.trim();
        kind.starts_with("text/") || kind.ends_with("json") || kind.ends_with("xml")
    };
    !content_type.split(',').any(text)
}
