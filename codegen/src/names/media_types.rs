//! Variant names of bodies and responses with several media types.

use super::scope::Scope;
use super::word_case::camel;
use super::Ident;
use crate::api::model::Content;

/// Names a variant for each media type.
pub fn variants(contents: &[Content]) -> Vec<Ident> {
    let mut scope = Scope::reserving(&[&["Self"]]);
    let claim = |content: &Content| {
        let whole = camel(&content.media_type);
        scope.claim(&[word(&content.media_type), whole]).ident
    };
    contents.iter().map(claim).collect()
}

/// The format says more than a vendor's name and version: `vnd.atlas.2023-01-01+json` is `Json`.
fn subtype_word(subtype: &str) -> String {
    match subtype.strip_prefix("vnd.") {
        Some(own) => camel(own.rsplit_once('+').map_or(own, |(_, suffix)| suffix)),
        None => camel(subtype.strip_prefix("x-").unwrap_or(subtype)),
    }
}

/// Returns the word for a media type: `Json`, `Form`, `Png`. It depends on the media type alone.
pub fn word(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let known = match essence.as_str() {
        "application/json" => "Json",
        "application/x-www-form-urlencoded" => "Form",
        "text/plain" => "Text",
        "text/event-stream" => "Events",
        "application/octet-stream" => "Bytes",
        "application/x-ndjson" | "application/ndjson" => "Ndjson",
        "*/*" | "*" => "Any",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    match essence.split_once('/') {
        Some((family, "*")) => camel(family),
        Some((_, subtype)) => subtype_word(subtype),
        None => camel(&essence),
    }
}
