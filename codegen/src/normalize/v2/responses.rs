//! Responses of 2.0: one schema for every media type that the operation produces.

use crate::normalize::keys;
use crate::syntax::{Node, Object, Value};

/// Moves `schema` and `examples` into `content`.
pub(super) fn response(node: &mut Node, produces: &[Node]) {
    let stream = node.take(keys::STREAM);
    let schema = node.take("schema");
    let examples = match node.take("examples").map(|examples| examples.value) {
        Some(Value::Object(examples)) => examples,
        _ => Object::default(),
    };
    if schema.is_none() && examples.is_empty() {
        return;
    }
    let types = match &schema {
        Some(schema) => media_types(node, schema, produces),
        None => Vec::new(),
    };
    let mut content = Node::object(node.origin);
    for media in types.iter().filter_map(Node::as_text) {
        let mut object = Node::object(node.origin);
        if let Some(schema) = &schema {
            object.set("schema", schema.clone());
        }
        if let Some(stream) = &stream {
            object.set(keys::STREAM, stream.clone());
        }
        content.set(media, object);
    }
    for (media, example) in examples {
        if !content.has(&media) {
            let object = Node::object(example.origin);
            let object = match &schema {
                Some(schema) => object.with("schema", schema.clone()),
                None => object,
            };
            content.set(&media, object);
        }
        if let Some(object) = content.get_mut(&media) {
            object.set("example", example);
        }
    }
    node.set("content", content);
}

/// The media types of a body with this schema. Bytes are never JSON or text, whatever the document says for all operations.
fn media_types(node: &Node, schema: &Node, produces: &[Node]) -> Vec<Node> {
    let file = schema.text_of("format") == Some("binary");
    let mut types: Vec<Node> = produces.to_vec();
    if file {
        types.retain(|media| !media.as_text().is_some_and(is_text));
    }
    if types.is_empty() {
        let assumed = match (file, produces) {
            (true, []) => "application/octet-stream",
            (true, _) => "*/*",
            (false, _) => "application/json",
        };
        types.push(Node::text(node.origin, assumed));
    }
    types
}

/// Whether the values of a media type are text of some kind.
fn is_text(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    is_json(media) || essence.starts_with("text/") || essence.ends_with("x-www-form-urlencoded")
}

fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json") || essence == "*/*"
}

/// Gives a success of which nothing is said the bytes that its operation produces, where that is not JSON.
pub(super) fn bytes(status: &str, node: &mut Node, produces: &[Node]) {
    let success = status.starts_with('2') && !matches!(status, "204" | "205");
    let named: Vec<&str> = produces.iter().filter_map(Node::as_text).collect();
    let silent = !node.has("schema") && !node.has("examples") && !node.has("$ref");
    if !success || !silent || named.is_empty() || named.iter().any(|media| is_json(media)) {
        return;
    }
    let mut content = Node::object(node.origin);
    for media in named {
        let bytes = Node::object(node.origin)
            .with("type", Node::text(node.origin, "string"))
            .with("format", Node::text(node.origin, "binary"));
        content.set(media, Node::object(node.origin).with("schema", bytes));
    }
    node.set("content", content);
}
