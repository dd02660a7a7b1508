//! Bodies of 2.0: a parameter called `body`, or form fields.

use crate::syntax::{Node, OriginId};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// Whether a parameter is (part of) the body.
pub(super) fn is_body(parameter: &Node) -> bool {
    matches!(parameter.text_of("in"), Some("body" | "formData"))
}

/// The request body that these parameters describe; none where there are none.
pub(super) fn body(parameters: Vec<Node>, consumes: &[Node]) -> Option<Node> {
    let (whole, fields): (Vec<Node>, Vec<Node>) = parameters
        .into_iter()
        .partition(|parameter| parameter.text_of("in") == Some("body"));
    match whole.into_iter().next() {
        Some(whole) => Some(json(whole, consumes)),
        None if fields.is_empty() => None,
        None => Some(form(fields, consumes)),
    }
}

fn json(mut parameter: Node, consumes: &[Node]) -> Node {
    let origin = parameter.origin;
    let schema = parameter
        .take("schema")
        .unwrap_or_else(|| Node::object(origin));
    let assumed = [Node::text(origin, "application/json")];
    let types = if consumes.is_empty() {
        &assumed[..]
    } else {
        consumes
    };
    let mut content = Node::object(origin);
    for media in types.iter().filter_map(Node::as_text) {
        content.set(media, Node::object(origin).with("schema", schema.clone()));
    }
    let mut body = Node::object(origin);
    for (key, member) in parameter
        .as_object_mut()
        .map(std::mem::take)
        .unwrap_or_default()
    {
        if key.starts_with("x-") || matches!(&*key, "description" | "required") {
            body.set(&key, member);
        }
    }
    // the parameter's name is no part of the request, but a good word for the argument
    body.with("content", content)
}

fn form(fields: Vec<Node>, consumes: &[Node]) -> Node {
    let origin = fields
        .first()
        .map_or(OriginId::default(), |field| field.origin);
    let file = fields.iter().any(|field| {
        field
            .get("schema")
            .and_then(|schema| schema.text_of("format"))
            == Some("binary")
    });
    let mut media: Vec<&str> = consumes
        .iter()
        .filter_map(Node::as_text)
        .filter(|media| media.starts_with(MULTIPART) || (!file && media.starts_with(FORM)))
        .collect();
    if media.is_empty() {
        media.push(if file { MULTIPART } else { FORM });
    }
    let (object, encoding, required) = fields_of(fields, origin);
    let mut content = Node::object(origin);
    for media in media {
        let mut entry = Node::object(origin).with("schema", object.clone());
        if encoding
            .as_object()
            .is_some_and(|members| !members.is_empty())
        {
            entry.set("encoding", encoding.clone());
        }
        content.set(media, entry);
    }
    Node::object(origin)
        .with("content", content)
        .with("required", Node::bool(origin, required))
}

/// The fields as an object's properties, how they are written, and whether any is required.
fn fields_of(fields: Vec<Node>, origin: OriginId) -> (Node, Node, bool) {
    let mut properties = Node::object(origin);
    let mut required = Vec::new();
    let mut encoding = Node::object(origin);
    for mut field in fields {
        let Some(name) = field.text_of("name").map(str::to_owned) else {
            continue;
        };
        if field.get("required").and_then(Node::as_bool) == Some(true) {
            required.push(Node::text(field.origin, name.clone()));
        }
        if let Some(style) = field.take("style") {
            let mut entry = Node::object(style.origin).with("style", style);
            if let Some(explode) = field.take("explode") {
                entry.set("explode", explode);
            }
            encoding.set(&name, entry);
        }
        let mut schema = field
            .take("schema")
            .unwrap_or_else(|| Node::object(field.origin));
        for (key, member) in field
            .as_object_mut()
            .map(std::mem::take)
            .unwrap_or_default()
        {
            if (key.starts_with("x-") || &*key == "description") && !schema.has(&key) {
                schema.set(&key, member);
            }
        }
        properties.set(&name, schema);
    }
    let demanded = !required.is_empty();
    let mut object = Node::object(origin)
        .with("type", Node::text(origin, "object"))
        .with("properties", properties);
    if demanded {
        object.set("required", Node::list(origin, required));
    }
    (object, encoding, demanded)
}
