//! What 3.1 says by `contentEncoding` and `contentMediaType`, 3.0 says by `format`; and `examples`.

use crate::normalize::keys;
use crate::syntax::Node;

pub(super) fn content(node: &mut Node) {
    let encoding = node.text_of("contentEncoding").map(str::to_ascii_lowercase);
    let media = node
        .text_of("contentMediaType")
        .map(str::to_ascii_lowercase);
    let (format, cause) = match (encoding.as_deref(), media.as_deref()) {
        (Some("base64"), _) => ("byte", "contentEncoding"),
        (Some("base64url"), _) => ("base64url", "contentEncoding"),
        // no encoding at all (RFC 2045): the bytes themselves, as uploads are often described
        (Some("binary"), _) => ("binary", "contentEncoding"),
        (None, Some(media)) if is_binary(media) => ("binary", "contentMediaType"),
        _ => return,
    };
    let origin = node.get(cause).map_or(node.origin, |cause| cause.origin);
    if !node.has("type") {
        node.set("type", Node::text(origin, "string"));
        node.set(keys::ASSUMED_TYPE, Node::bool(origin, true));
    }
    if node.text_of("type") == Some("string") && !node.has("format") {
        node.set("format", Node::text(origin, format));
    }
}

/// Whether the bytes of a media type are no text.
fn is_binary(media: &str) -> bool {
    let textual = [
        "json",
        "xml",
        "yaml",
        "javascript",
        "html",
        "x-www-form-urlencoded",
    ];
    !media.starts_with("text/") && !textual.iter().any(|word| media.contains(word))
}

/// The first of `examples` is the `example`.
pub(super) fn examples(node: &mut Node) {
    if node.has("example") {
        return;
    }
    let first = node.get("examples").and_then(|examples| examples.step("0"));
    if let Some(first) = first.cloned() {
        node.set("example", first);
    }
}
