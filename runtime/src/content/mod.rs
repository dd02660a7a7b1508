//! Request bodies: a value, and how its media type writes it.

pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod media_type;
pub(crate) mod multipart;
mod parts;

use crate::body::Body;
use crate::boxed::BoxError;
use crate::codec::{to_json, Encode};
use crate::data::{Content, MediaCodec, PartSpec};
use crate::parameters::{style, tree};

/// The body, and the value of `Content-Type`.
pub(crate) fn encode(content: &Content, value: &dyn Encode) -> Result<(Body, String), BoxError> {
    let exact = || media_type::sendable(content.media_type).to_owned();
    match content.codec {
        MediaCodec::Json if content.media_type.contains('*') => {
            Ok((to_json(value)?.into(), "application/json".to_owned()))
        }
        MediaCodec::Json => Ok((to_json(value)?.into(), exact())),
        MediaCodec::Form => {
            let value = tree::tree(value)?.unwrap_or_default();
            Ok((form::encode(&value, content.parts)?.into(), exact()))
        }
        MediaCodec::JsonLines => Ok((lines(value)?.into(), exact())),
        MediaCodec::Text | MediaCodec::EventStream | MediaCodec::Bytes => {
            let value = tree::tree(value)?.unwrap_or_default();
            Ok((style::text(&value)?.into(), exact()))
        }
        MediaCodec::FormData | MediaCodec::Multipart => {
            let value = tree::tree(value)?.unwrap_or_default();
            multipart::Multipart::from_value(&value, content)?.encode(content)
        }
    }
}

/// The property of this name, where it is written otherwise than by default.
fn part<'a>(parts: &'a [PartSpec], name: &str) -> Option<&'a PartSpec> {
    parts.iter().find(|part| part.name == name)
}

/// A JSON text a line: each item of a list, or the one value.
fn lines(value: &dyn Encode) -> Result<Vec<u8>, BoxError> {
    let value = tree::tree(value)?.unwrap_or_default();
    let items = match value.as_list() {
        Some(items) => items,
        None => std::slice::from_ref(&value),
    };
    let mut lines = Vec::new();
    for (index, item) in items.iter().enumerate() {
        lines.extend(to_json(item).map_err(|failure| failure.at_index(index))?);
        lines.push(b'\n');
    }
    Ok(lines)
}
