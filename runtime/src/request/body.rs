//! Request bodies: a value, and how its media type writes it.

use super::multipart::Multipart;
use crate::body::Body;
use crate::codec::to_value;
#[cfg(feature = "xml")]
use crate::codec::write_xml;
use crate::codec::{from_json, to_json, CodecError, Encode, Value};
use crate::futures::BoxError;
use crate::percent;
use crate::request::parameters;
use crate::spec::{media_type, Content, MediaCodec, PartSpec};

/// The body, and the value of `Content-Type`.
pub(crate) fn encode(content: &Content, value: &dyn Encode) -> Result<(Body, String), BoxError> {
    let exact = || media_type::sendable(content.media_type).to_owned();
    match content.codec {
        MediaCodec::Json if content.media_type.contains('*') => {
            Ok((to_json(value)?.into(), "application/json".to_owned()))
        }
        MediaCodec::Json => Ok((to_json(value)?.into(), exact())),
        MediaCodec::Form => {
            let value = to_value(value)?.unwrap_or_default();
            Ok((encode_form(&value, content.parts)?.into(), exact()))
        }
        MediaCodec::JsonLines => Ok((lines(value)?.into(), exact())),
        MediaCodec::Xml => Ok((xml(content, value)?.into(), exact())),
        MediaCodec::Text | MediaCodec::EventStream | MediaCodec::Bytes => {
            let value = to_value(value)?.unwrap_or_default();
            Ok((parameters::text(&value)?.into(), exact()))
        }
        MediaCodec::FormData | MediaCodec::Multipart => {
            let value = to_value(value)?.unwrap_or_default();
            Multipart::from_value(&value, content)?.encode(content)
        }
    }
}

/// The property of this name, where it is written otherwise than by default.
pub(super) fn part<'a>(parts: &'a [PartSpec], name: &str) -> Option<&'a PartSpec> {
    parts.iter().find(|part| part.name == name)
}

/// A document of XML.
#[cfg(feature = "xml")]
fn xml(content: &Content, value: &dyn Encode) -> Result<Vec<u8>, BoxError> {
    let body = content.xml.ok_or("the body has no names of XML")?;
    Ok(write_xml(body, value)?)
}

#[cfg(not(feature = "xml"))]
fn xml(_: &Content, _: &dyn Encode) -> Result<Vec<u8>, BoxError> {
    Err("XML needs the feature `xml` of `typewright-runtime`".into())
}

/// A JSON text a line: each item of a list, or the one value.
fn lines(value: &dyn Encode) -> Result<Vec<u8>, BoxError> {
    let value = to_value(value)?.unwrap_or_default();
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

/// An object's members as pairs: lists repeat the name, objects become JSON, nulls are left out; those of `parts` are
/// written as these say.
pub(super) fn encode_form(value: &Value, parts: &[PartSpec]) -> Result<String, CodecError> {
    let Value::Object(members) = value else {
        return parameters::text(value).map(|text| percent::form(&text));
    };
    let mut pieces = Vec::new();
    for (name, member) in members.iter().filter(|(_, member)| !member.is_null()) {
        let part = part(parts, name);
        if let Some(parameter) = part.and_then(|part| part.styled) {
            pieces.extend(parameters::pieces(&parameter, member)?);
            continue;
        }
        let pair = |text: &str| format!("{}={}", percent::form(name), percent::form(text));
        let media_type = part.and_then(PartSpec::media_type);
        match (media_type, member.as_list()) {
            (Some(kind), _) if media_type::is_json(kind) => {
                let json = to_json(member)?;
                pieces.push(pair(&String::from_utf8_lossy(&json)));
            }
            (_, Some(items)) => {
                for item in items {
                    pieces.push(pair(&parameters::text(item)?));
                }
            }
            (_, None) => pieces.push(pair(&parameters::text(member)?)),
        }
    }
    Ok(pieces.join("&"))
}

/// The body under another media type, written anew where it was JSON and the operation takes that other one as well.
///
/// What has no syntax of its own, such as text and bytes, is what the caller says it is.
pub(super) fn convert(
    body: Body,
    before: &str,
    after: &str,
    bodies: &[Content],
) -> Result<(Body, String), BoxError> {
    let label = || after.to_owned();
    match (syntax(before), syntax(after)) {
        (Some(Syntax::Multipart), Some(Syntax::Multipart)) => {
            Ok((body, with_boundary(before, after)))
        }
        (Some(was), Some(is)) if was == is => Ok((body, label())),
        (Some(Syntax::Json), is) => match (&body, form(after, bodies)) {
            (Body::Bytes(json), Some(content)) => {
                let value: Value = from_json(json)?;
                encode(content, &value)
            }
            _ if is.is_none() => Ok((body, label())),
            _ => Err(refused(before, after)),
        },
        (Some(_), Some(_)) => Err(refused(before, after)),
        (None, _) | (_, None) => Ok((body, label())),
    }
}

/// The form of this name that the operation takes.
fn form<'c>(label: &str, bodies: &'c [Content]) -> Option<&'c Content> {
    let is_named =
        |content: &&Content| media_type::fit(content.media_type, label).is_some_and(|fit| fit > 2);
    let named = bodies.iter().find(is_named);
    named.filter(|content| content.codec == MediaCodec::Form)
}

/// The label with the boundary by which the parts of the body are parted (RFC 2046, section 5.1.1).
fn with_boundary(before: &str, after: &str) -> String {
    let boundary = |label: &'_ str| {
        let mut parameters = label.split(';').skip(1).map(str::trim);
        let is_boundary =
            |parameter: &&str| parameter.to_ascii_lowercase().starts_with("boundary=");
        parameters.find(is_boundary).map(str::to_owned)
    };
    let after = after.split(';');
    let named =
        after.map(str::trim).filter(|parameter| boundary(&format!(";{parameter}")).is_none());
    named.map(str::to_owned).chain(boundary(before)).collect::<Vec<_>>().join("; ")
}

/// The syntax that a media type promises.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Json,
    Lines,
    Events,
    Form,
    Multipart,
    Xml,
}

pub(super) fn syntax(label: &str) -> Option<Syntax> {
    match MediaCodec::from_media_type(label) {
        MediaCodec::JsonLines => Some(Syntax::Lines),
        MediaCodec::EventStream => Some(Syntax::Events),
        MediaCodec::Form => Some(Syntax::Form),
        MediaCodec::FormData | MediaCodec::Multipart => Some(Syntax::Multipart),
        MediaCodec::Json | MediaCodec::Text | MediaCodec::Bytes if media_type::is_json(label) => {
            Some(Syntax::Json)
        }
        MediaCodec::Json => Some(Syntax::Json),
        MediaCodec::Text | MediaCodec::Bytes | MediaCodec::Xml => {
            let essence = label.split(';').next().unwrap_or_default().trim();
            let essence = essence.to_ascii_lowercase();
            let is_xml = essence.ends_with("/xml") || essence.ends_with("+xml");
            is_xml.then_some(Syntax::Xml)
        }
    }
}

fn refused(before: &str, after: &str) -> BoxError {
    format!("the body is written as `{before}` and would not be what `{after}` says").into()
}
