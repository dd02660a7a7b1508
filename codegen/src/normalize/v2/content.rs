//! Parameters, bodies and responses of 2.0: keywords of schemas next to the name of a parameter, bodies among the
//! parameters, and responses with one schema for all media types.

use crate::diagnostics::codes::normalize as codes;
use crate::normalize::context::Context;
use crate::normalize::object_kinds::Kind;
use crate::normalize::version::Version;
use crate::normalize::{check, keys, repair};
use crate::syntax::{Node, Object, OriginId, Value};

const KEYWORDS: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "nullable",
    "x-nullable",
];

/// Gathers the schema and turns `collectionFormat` into `style` and `explode`.
pub(in crate::normalize) fn flat(context: &mut Context<'_>, node: &mut Node) {
    let mut members = Object::default();
    for key in KEYWORDS {
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
    let old = context.version == Version::V2_0;
    collection(context, node, old);
    if let Some(schema) = node.get_mut("schema").filter(|_| old) {
        inner(context, schema);
    }
}

/// What is not a `collectionFormat`, or none that can be followed there.
fn refused(context: &mut Context<'_>, format: &Node, place: &str) {
    let said = format.as_text().unwrap_or_default();
    let message = format!("`{said}` does not separate the items of a list {place}; commas do");
    context.report(codes::COLLECTION_FORMAT, format.origin, message);
}

/// Says of the lists within a list how their items are separated; by commas where the document does not say.
fn inner(context: &mut Context<'_>, schema: &mut Node) {
    let Some(items) = schema.get_mut("items") else {
        return;
    };
    if items.text_of("type") == Some("array") {
        let origin = items.origin;
        let said = items.take(keys::COLLECTION_FORMAT);
        let known = |format: &Node| {
            let known = ["csv", "ssv", "tsv", "pipes"];
            format.as_text().is_some_and(|name| known.contains(&name))
        };
        if let Some(format) = said.as_ref().filter(|format| !known(format)) {
            refused(context, format, "within a list");
        }
        let format = said.filter(known);
        let format = format.unwrap_or_else(|| Node::text(origin, "csv"));
        items.set(keys::COLLECTION_FORMAT, format);
    }
    inner(context, items);
}

/// 2.0 separates the items of an array by commas unless it says otherwise.
fn collection(context: &mut Context<'_>, node: &mut Node, commas: bool) {
    let array = node.get("schema").and_then(|schema| schema.text_of("type")) == Some("array");
    let Some(format) = node.take("collectionFormat").or_else(|| {
        let absent = array && !node.has("style");
        (commas && absent).then(|| Node::text(node.origin, "csv"))
    }) else {
        return;
    };
    let origin = format.origin;
    let place = node.text_of("in").map(str::to_owned);
    let repeated = matches!(place.as_deref(), Some("query" | "formData"));
    match (format.as_text(), place.as_deref()) {
        (Some("multi"), _) if !repeated => refused(context, &format, "outside queries and forms"),
        (Some("csv" | "multi"), _) => {}
        (Some("ssv" | "tsv" | "pipes"), Some(_)) => {}
        (Some("ssv" | "tsv" | "pipes"), None) => {
            refused(context, &format, "in a header of a reply")
        }
        (_, _) => refused(context, &format, "anywhere"),
    }
    let (style, explode) = match (format.as_text(), place.as_deref()) {
        (Some("multi"), _) if repeated => ("form", true),
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
    let message = "`items` lists several schemas; each item of the array is read as any of them";
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
