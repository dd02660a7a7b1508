//! Another `Content-Type` for a body: the body is what its label says, or the call is refused.

use crate::body::Body;
use crate::boxed::BoxError;
use crate::codec::{from_json, Value};
use crate::content::{self, media_type};
use crate::data::{Content, MediaCodec};

/// The body under another media type, written anew where it was JSON and the operation takes that other one as well.
///
/// What has no syntax of its own, such as text and bytes, is what the caller says it is.
pub(super) fn relabelled(
    body: Body,
    (before, after): (&str, &str),
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
                content::encode(content, &value)
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
    let named = after
        .map(str::trim)
        .filter(|parameter| boundary(&format!(";{parameter}")).is_none());
    named
        .map(str::to_owned)
        .chain(boundary(before))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The syntax that a media type promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Json,
    Lines,
    Events,
    Form,
    Multipart,
    Xml,
}

fn syntax(label: &str) -> Option<Syntax> {
    match MediaCodec::of(label) {
        MediaCodec::JsonLines => Some(Syntax::Lines),
        MediaCodec::EventStream => Some(Syntax::Events),
        MediaCodec::Form => Some(Syntax::Form),
        MediaCodec::FormData | MediaCodec::Multipart => Some(Syntax::Multipart),
        MediaCodec::Json | MediaCodec::Text | MediaCodec::Bytes if media_type::is_json(label) => {
            Some(Syntax::Json)
        }
        MediaCodec::Json => Some(Syntax::Json),
        MediaCodec::Text | MediaCodec::Bytes => {
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
