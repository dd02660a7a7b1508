//! Which of several media types are offered, and in which order.

use super::media_type::is_plainly_bytes;
use crate::api::model::{Codec, Content};

/// JSON before forms, text and bytes.
fn rank(content: &Content) -> u8 {
    match content.codec {
        Codec::Json => 0,
        Codec::FormData => 1,
        Codec::Form => 2,
        Codec::Multipart => 3,
        Codec::Text => 4,
        Codec::JsonLines | Codec::EventStream => 5,
        Codec::Bytes => 6,
    }
}

/// The media types that differ in what they hold, the best first; `application/json` before its relatives.
///
/// Where the same schema is written as JSON, XML, text or a form, one of them says it all: servers that take several
/// take each. Streams, files and other schemas stay.
pub(super) fn distinct(contents: Vec<Content>) -> Vec<Content> {
    let mut contents = contents;
    let plain = |content: &Content| content.media_type.starts_with("application/json");
    contents.sort_by_key(|content| (rank(content), !plain(content)));
    let mut kept: Vec<Content> = Vec::with_capacity(contents.len());
    for content in contents {
        if !kept.iter().any(|other| says_as_much(other, &content)) {
            kept.push(content);
        }
    }
    kept
}

/// The media types that differ in what they hold; those in which the same values can be written where a caller asks for
/// it; and those in which they cannot.
pub(super) fn offered(contents: Vec<Content>) -> (Vec<Content>, Vec<Content>, Vec<Content>) {
    let kept = distinct(contents.clone());
    let is_kept = |content: &Content| {
        let mut kept = kept.iter();
        kept.any(|other| other.media_type == content.media_type)
    };
    let others = contents.into_iter().filter(|content| !is_kept(content));
    let (also, not): (Vec<_>, Vec<_>) =
        others.partition(|content| matches!(content.codec, Codec::Json | Codec::Form));
    (kept, also, not)
}

/// Whether a media type holds all that another one does.
fn says_as_much(kept: &Content, other: &Content) -> bool {
    if !is_value(kept) || !is_value(other) {
        return false;
    }
    match (&kept.value, &other.value) {
        (Some(kept), Some(other)) => kept.schema == other.schema,
        (None, Some(_)) => false,
        // Without a schema bytes of a kind that the client cannot read say nothing.
        (Some(_), None) => other.codec == Codec::Bytes,
        (None, None) => kept.codec == other.codec,
    }
}

/// Whether a media type is one of several ways to write the same value.
fn is_value(content: &Content) -> bool {
    match content.codec {
        Codec::Json | Codec::Form | Codec::Text => true,
        Codec::Bytes => !is_plainly_bytes(&content.media_type),
        Codec::FormData | Codec::Multipart | Codec::EventStream | Codec::JsonLines => false,
    }
}

/// What is left of the media types of a reply once those are chosen that say it all, as far as the same values are read in it.
pub(super) fn read_too(all: Vec<Content>, chosen: &[Content]) -> Vec<Content> {
    let is_same = |content: &Content| {
        let mut json = chosen.iter().filter(|other| other.codec == Codec::Json);
        let schema = content.value.as_ref().map(|value| value.schema);
        schema.is_some()
            && json.any(|other| other.value.as_ref().map(|value| value.schema) == schema)
    };
    let is_other = |content: &Content| {
        let mut chosen = chosen.iter();
        chosen.all(|other| other.media_type != content.media_type)
    };
    let mut all = all;
    all.retain(|content| {
        matches!(content.codec, Codec::Text | Codec::Form) && is_other(content) && is_same(content)
    });
    all
}

/// What a reply is asked for in: bytes that the client cannot read are no use where there is JSON.
pub(super) fn readable(contents: Vec<Content>) -> Vec<Content> {
    let mut contents = distinct(contents);
    if contents.iter().any(|content| content.codec == Codec::Json) {
        contents.retain(|content| content.codec != Codec::Bytes || !is_value(content));
    }
    contents
}
