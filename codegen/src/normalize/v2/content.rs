//! Parameters, bodies and responses of 2.0: keywords of schemas next to the name of a parameter, bodies among the
//! parameters, and responses with one schema for all media types.

use crate::diagnostics::codes::normalize as codes;
use crate::normalize::context::Context;
use crate::normalize::object_kinds::Kind;
use crate::normalize::version::Version;
use crate::normalize::vocabularies::INLINE_SCHEMA;
use crate::normalize::{check, keys, repair};
use crate::syntax::{Node, Object, OriginId, Value};

/// Moves keywords of schemas into `schema`, and rewrites `collectionFormat` to `style` and `explode`.
pub(in crate::normalize) fn flat(context: &mut Context<'_>, node: &mut Node) {
    let mut members = Object::default();
    let keywords = INLINE_SCHEMA.iter().map(|row| row.key);
    let keywords = keywords.filter(|key| *key != "collectionFormat");
    for key in keywords.chain(["nullable", "x-nullable"]) {
        if let Some(member) = node.take(key) {
            members.insert(key.into(), member);
        }
    }
    if !members.is_empty() && !node.has("schema") && !node.has("content") {
        let mut schema = Node::new(node.origin, Value::Object(members));
        repair::before(context, Kind::Schema, &mut schema);
        check::rewrite(context, Kind::Schema, &mut schema);
        node.set("schema", schema);
    }
    let is_v2 = context.version == Version::V2_0;
    collection_format(context, node, is_v2);
    if let Some(schema) = node.get_mut("schema").filter(|_| is_v2) {
        inner_lists(context, schema);
    }
}

/// Reports an unknown `collectionFormat`, or one that has no meaning in this place.
fn report_format(context: &mut Context<'_>, format: &Node, place: &str) {
    let name = format.as_text().unwrap_or_default();
    let message = format!("`{name}` cannot separate the items of a list {place}; commas are used");
    context.report(codes::COLLECTION_FORMAT, format.origin, message);
}

/// Sets the `collectionFormat` of lists within a list; by default commas.
fn inner_lists(context: &mut Context<'_>, schema: &mut Node) {
    let Some(items) = schema.get_mut("items") else {
        return;
    };
    if items.text_of("type") == Some("array") {
        let origin = items.origin;
        let declared = items.take(keys::COLLECTION_FORMAT);
        let is_known = |format: &Node| {
            let name = format.as_text().unwrap_or_default();
            ["csv", "ssv", "tsv", "pipes"].contains(&name)
        };
        if let Some(format) = declared.as_ref().filter(|format| !is_known(format)) {
            report_format(context, format, "within a list");
        }
        let format = declared.filter(is_known);
        let format = format.unwrap_or_else(|| Node::text(origin, "csv"));
        items.set(keys::COLLECTION_FORMAT, format);
    }
    inner_lists(context, items);
}

/// Rewrites `collectionFormat`. In 2.0 the default is commas.
fn collection_format(context: &mut Context<'_>, node: &mut Node, has_default: bool) {
    let is_array = node.get("schema").and_then(|schema| schema.text_of("type")) == Some("array");
    let Some(format) = node.take("collectionFormat").or_else(|| {
        let is_default = has_default && is_array && !node.has("style");
        is_default.then(|| Node::text(node.origin, "csv"))
    }) else {
        return;
    };
    let origin = format.origin;
    let place = node.text_of("in").map(str::to_owned);
    let can_repeat = matches!(place.as_deref(), Some("query" | "formData"));
    match (format.as_text(), place.as_deref()) {
        (Some("multi"), _) if !can_repeat => {
            report_format(context, &format, "outside queries and forms")
        }
        (Some("csv" | "multi"), _) => {}
        (Some("ssv" | "tsv" | "pipes"), Some(_)) => {}
        (Some("ssv" | "tsv" | "pipes"), None) => {
            report_format(context, &format, "in a header of a response")
        }
        (_, _) => report_format(context, &format, "anywhere"),
    }
    let (style, explode) = match (format.as_text(), place.as_deref()) {
        (Some("multi"), _) if can_repeat => ("form", true),
        (Some("ssv"), _) => ("spaceDelimited", false),
        (Some("pipes"), _) => ("pipeDelimited", false),
        (Some("tsv"), _) => ("tabDelimited", false),
        (_, Some("query" | "cookie" | "formData")) => ("form", false),
        _ => ("simple", false),
    };
    node.set("style", Node::text(origin, style));
    node.set("explode", Node::bool(origin, explode));
}

/// Lets each item be of any of the schemas that `items` lists.
pub(in crate::normalize) fn items(context: &mut Context<'_>, node: &mut Node) {
    let is_list = |items: &&Node| items.as_list().is_some();
    if context.version != Version::V2_0 || node.get("items").filter(is_list).is_none() {
        return;
    }
    let Some(items) = node.take("items") else {
        return;
    };
    let origin = items.origin;
    let message = "`items` lists several schemas; each item of the array may match any of them";
    context.report(codes::ITEMS_OF_SEVERAL, origin, message);
    let mut schemas = items.into_list();
    let any = match schemas.len() {
        0 => Node::object(origin),
        1 => schemas.pop().unwrap_or_else(|| Node::object(origin)),
        _ => Node::object(origin).with("anyOf", Node::list(origin, schemas)),
    };
    node.set("items", any);
}

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// `true` if a parameter is the body or a part of it.
pub(super) fn is_body(parameter: &Node) -> bool {
    matches!(parameter.text_of("in"), Some("body" | "formData"))
}

/// The request body of these parameters; `None` if there are none.
pub(super) fn body(parameters: Vec<Node>, consumes: &[Node]) -> Option<Node> {
    let (bodies, fields): (Vec<Node>, Vec<Node>) =
        parameters.into_iter().partition(|parameter| parameter.text_of("in") == Some("body"));
    match bodies.into_iter().next() {
        Some(body) => Some(single_body(body, consumes)),
        None if fields.is_empty() => None,
        None => Some(form(fields, consumes)),
    }
}

fn single_body(mut parameter: Node, consumes: &[Node]) -> Node {
    let origin = parameter.origin;
    let schema = parameter.take("schema").unwrap_or_else(|| Node::object(origin));
    let default = [Node::text(origin, "application/json")];
    let types = if consumes.is_empty() { &default[..] } else { consumes };
    let mut content = Node::object(origin);
    for media in types.iter().filter_map(Node::as_text) {
        content.set(media, Node::object(origin).with("schema", schema.clone()));
    }
    let mut body = Node::object(origin);
    for (key, member) in parameter.as_object_mut().map(std::mem::take).unwrap_or_default() {
        if key.starts_with("x-") || matches!(&*key, "description" | "required") {
            body.set(&key, member);
        }
    }
    body.with("content", content)
}

fn form(fields: Vec<Node>, consumes: &[Node]) -> Node {
    let origin = fields.first().map_or(OriginId::default(), |field| field.origin);
    let has_file = fields.iter().any(|field| {
        field.get("schema").and_then(|schema| schema.text_of("format")) == Some("binary")
    });
    let mut media: Vec<&str> = consumes
        .iter()
        .filter_map(Node::as_text)
        .filter(|media| media.starts_with(MULTIPART) || (!has_file && media.starts_with(FORM)))
        .collect();
    if media.is_empty() {
        media.push(if has_file { MULTIPART } else { FORM });
    }
    let (object, encoding, required) = form_object(fields, origin);
    let mut content = Node::object(origin);
    for media in media {
        let mut entry = Node::object(origin).with("schema", object.clone());
        if encoding.as_object().is_some_and(|members| !members.is_empty()) {
            entry.set("encoding", encoding.clone());
        }
        content.set(media, entry);
    }
    Node::object(origin).with("content", content).with("required", Node::bool(origin, required))
}

/// The fields as properties of an object, their encodings, and `true` if any is required.
fn form_object(fields: Vec<Node>, origin: OriginId) -> (Node, Node, bool) {
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
        let mut schema = field.take("schema").unwrap_or_else(|| Node::object(field.origin));
        for (key, member) in field.as_object_mut().map(std::mem::take).unwrap_or_default() {
            if (key.starts_with("x-") || &*key == "description") && !schema.has(&key) {
                schema.set(&key, member);
            }
        }
        properties.set(&name, schema);
    }
    let is_required = !required.is_empty();
    let mut object = Node::object(origin)
        .with("type", Node::text(origin, "object"))
        .with("properties", properties);
    if is_required {
        object.set("required", Node::list(origin, required));
    }
    (object, encoding, is_required)
}

/// Moves `schema` and `examples` of a response into `content`.
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

/// The media types of a response with this schema. Bytes are neither JSON nor text, whatever the document declares for all
/// operations.
fn media_types(node: &Node, schema: &Node, produces: &[Node]) -> Vec<Node> {
    let is_file = schema.text_of("format") == Some("binary");
    let mut types: Vec<Node> = produces.to_vec();
    if is_file {
        types.retain(|media| !media.as_text().is_some_and(is_text));
    }
    if types.is_empty() {
        let default = match (is_file, produces) {
            (true, []) => "application/octet-stream",
            (true, _) => "*/*",
            (false, _) => "application/json",
        };
        types.push(Node::text(node.origin, default));
    }
    types
}

/// `true` if the values of a media type are text.
fn is_text(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    is_json(media) || essence.starts_with("text/") || essence.ends_with("x-www-form-urlencoded")
}

fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json") || essence == "*/*"
}

/// Adds a body of bytes to a success without a schema, if its operation produces anything but JSON.
pub(super) fn add_bytes(status: &str, node: &mut Node, produces: &[Node]) {
    let is_success = status.starts_with('2') && !matches!(status, "204" | "205");
    let media_types: Vec<&str> = produces.iter().filter_map(Node::as_text).collect();
    let has_no_body = !node.has("schema") && !node.has("examples") && !node.has("$ref");
    if !is_success
        || !has_no_body
        || media_types.is_empty()
        || media_types.iter().any(|media| is_json(media))
    {
        return;
    }
    let mut content = Node::object(node.origin);
    for media in media_types {
        let bytes = Node::object(node.origin)
            .with("type", Node::text(node.origin, "string"))
            .with("format", Node::text(node.origin, "binary"));
        content.set(media, Node::object(node.origin).with("schema", bytes));
    }
    node.set("content", content);
}
