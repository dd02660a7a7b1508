//! Responses of 2.0: one schema for every media type that the operation produces.

use crate::load::{Node, Object, Value};

/// Moves `schema` and `examples` into `content`.
pub(super) fn response(node: &mut Node, produces: &[Node]) {
    let schema = node.take("schema");
    let examples = match node.take("examples").map(|examples| examples.value) {
        Some(Value::Object(examples)) => examples,
        _ => Object::default(),
    };
    if schema.is_none() && examples.is_empty() {
        return;
    }
    let file = schema
        .as_ref()
        .is_some_and(|schema| schema.text_of("format") == Some("binary"));
    let mut types: Vec<Node> = produces.to_vec();
    if schema.is_none() {
        types.clear();
    } else if types.is_empty() {
        let assumed = if file {
            "application/octet-stream"
        } else {
            "application/json"
        };
        types.push(Node::text(node.origin, assumed));
    }
    let mut content = Node::object(node.origin);
    for media in types.iter().filter_map(Node::as_text) {
        let mut object = Node::object(node.origin);
        if let Some(schema) = &schema {
            object.set("schema", schema.clone());
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
