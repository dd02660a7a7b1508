//! Another `Content-Type` for a body: the body is what its label says, or the call is refused.

use crate::body::Body;
use crate::boxed::BoxError;
use crate::codec::{from_json, Value};
use crate::content::{self, media_type};
use crate::data::{Content, MediaCodec};

/// The body under another media type, written anew where it was JSON and the operation takes that other one as well.
pub(super) fn relabelled(
    body: Body,
    (before, after): (&str, &str),
    bodies: &[Content],
) -> Result<(Body, String), BoxError> {
    let Body::Bytes(json) = &body else {
        return Ok((body, after.to_owned()));
    };
    if !media_type::is_json(before) || media_type::is_json(after) {
        return match (structured(before), structured(after)) {
            (Some(was), Some(is)) if was != is => Err(refused(before, after)),
            _ => Ok((body, after.to_owned())),
        };
    }
    let mut others = bodies.iter();
    let other = others
        .find(|content| media_type::fit(content.media_type, after).is_some_and(|fit| fit > 2));
    match (
        structured(after),
        other.map(|content| (content, content.codec)),
    ) {
        (_, Some((content, MediaCodec::Form))) => {
            let value: Value = from_json(json)?;
            content::encode(content, &value)
        }
        (None, _) => Ok((body, after.to_owned())),
        (Some(_), _) => Err(refused(before, after)),
    }
}

/// The syntax that a media type promises.
fn structured(text: &str) -> Option<&'static str> {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    match essence.as_str() {
        _ if media_type::is_json(text) => Some("json"),
        "application/x-www-form-urlencoded" => Some("form"),
        other if other.starts_with("multipart/") => Some("multipart"),
        other if other.ends_with("/xml") || other.ends_with("+xml") => Some("xml"),
        _ => None,
    }
}

fn refused(before: &str, after: &str) -> BoxError {
    format!("the body is written as `{before}` and would not be what `{after}` says").into()
}
