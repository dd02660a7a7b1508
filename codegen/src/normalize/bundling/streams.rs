//! Streams of grpc-gateway: replies of one JSON text a line, each `{"result": …}` or `{"error": …}`, which its documents
//! mark only by where their schemas stand and what they are called.

use crate::normalize::keys;
use crate::normalize::kinds::Kind;
use crate::syntax::Node;

/// The section in which grpc-gateway keeps the schemas of lines.
pub(super) const SECTION: &str = "x-stream-definitions";

/// Marks a reply, or the media types of one, whose schema is one of lines.
pub(super) fn mark(kind: Kind, node: &mut Node) {
    if kind != Kind::Response {
        return;
    }
    let described = node.text_of("description").unwrap_or_default();
    let described = described.contains("(streaming responses)");
    if node
        .get("schema")
        .is_some_and(|schema| is_line(schema, described))
    {
        node.set(keys::STREAM, Node::text(node.origin, "lines"));
    }
    let contents = node.get_mut("content").and_then(Node::as_object_mut);
    for media in contents
        .into_iter()
        .flat_map(|members| members.values_mut())
    {
        if media
            .get("schema")
            .is_some_and(|schema| is_line(schema, described))
            && !media.has(keys::STREAM)
        {
            media.set(keys::STREAM, Node::text(media.origin, "lines"));
        }
    }
}

/// Whether a schema is what grpc-gateway writes for a line.
fn is_line(schema: &Node, described: bool) -> bool {
    let reference = schema.text_of("$ref").unwrap_or_default();
    let title = schema.text_of("title").unwrap_or_default();
    let result = schema
        .get("properties")
        .is_some_and(|all| all.has("result"));
    reference.starts_with(&format!("#/{SECTION}/"))
        || (result && (described || title.starts_with("Stream result of ")))
}
