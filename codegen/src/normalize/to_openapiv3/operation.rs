//! Operations, parameters, bodies and responses.

use super::document::{callback, docs, examples, link, requirements, server};
use super::schema::{any_schema, schema};
use super::{
    extensions, flag, is_set, list, map, member, or_reference, required_text, text, texts, value,
};
use crate::normalize::keys;
use crate::syntax::Node;
use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, Encoding, Header, HeaderStyle, MediaType, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, RequestBody, Response, Responses,
    StatusCode,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(super) fn operation(node: &Node) -> Operation {
    let mut extensions = extensions(node);
    let calls = node.get("callbacks").into_iter().flat_map(Node::members);
    let extended: serde_json::Map<String, Value> = calls
        .flat_map(|(_, callback)| callback.members())
        .filter(|(key, _)| key.starts_with("x-"))
        .map(|(key, member)| (key.to_string(), value(member)))
        .collect();
    if !extended.is_empty() {
        extensions.insert(keys::CALLBACK_EXTENSIONS.to_owned(), Value::Object(extended));
    }
    Operation {
        tags: texts(node, "tags"),
        summary: text(node, "summary"),
        description: text(node, "description"),
        external_docs: docs(node),
        operation_id: text(node, "operationId"),
        parameters: list(node, "parameters", or_reference(parameter)),
        request_body: member(node, "requestBody", or_reference(request_body)),
        responses: member(node, "responses", responses).unwrap_or_default(),
        callbacks: map(node, "callbacks", callback),
        deprecated: is_set(node, "deprecated"),
        security: requirements(node),
        servers: list(node, "servers", server),
        extensions,
    }
}

pub(super) fn request_body(node: &Node) -> RequestBody {
    RequestBody {
        description: text(node, "description"),
        content: content(node),
        required: is_set(node, "required"),
        extensions: extensions(node),
    }
}

fn responses(node: &Node) -> Responses {
    let by_status = node.members().filter_map(|(key, member)| {
        let status = status(key)?;
        Some((status, or_reference(response)(member)))
    });
    Responses {
        default: member(node, "default", or_reference(response)),
        responses: by_status.collect(),
        extensions: extensions(node),
    }
}

fn status(key: &str) -> Option<StatusCode> {
    match key.strip_suffix("XX") {
        Some(class) => class.parse().ok().map(StatusCode::Range),
        None => key.parse().ok().map(StatusCode::Code),
    }
}

pub(super) fn response(node: &Node) -> Response {
    Response {
        description: required_text(node, "description"),
        headers: map(node, "headers", or_reference(header)),
        content: content(node),
        links: map(node, "links", or_reference(link)),
        extensions: extensions(node),
    }
}

/// The media types of `content`.
fn content(node: &Node) -> IndexMap<String, MediaType> {
    map(node, "content", media_type)
}

fn media_type(node: &Node) -> MediaType {
    MediaType {
        schema: member(node, "schema", or_reference(schema)),
        example: member(node, "example", value),
        examples: examples(node),
        encoding: map(node, "encoding", encoding),
        extensions: extensions(node),
    }
}

fn encoding(node: &Node) -> Encoding {
    let mut extensions = extensions(node);
    if let Some(explode) = flag(node, "explode") {
        extensions.insert(keys::EXPLODE.to_owned(), Value::Bool(explode));
    }
    let known = style(node);
    if let Some(style) = node.text_of("style").filter(|_| known.is_none()) {
        extensions.insert(keys::STYLE.to_owned(), Value::from(style));
    }
    Encoding {
        content_type: text(node, "contentType"),
        headers: map(node, "headers", or_reference(header)),
        style: known,
        explode: is_set(node, "explode"),
        allow_reserved: is_set(node, "allowReserved"),
        extensions,
    }
}

pub(super) fn parameter(node: &Node) -> Parameter {
    let mut parameter_data = data(node);
    let place = node.text_of("in").unwrap_or_default();
    let is_known = match place {
        "path" => style::<PathStyle>(node).is_some(),
        "header" => style::<HeaderStyle>(node).is_some(),
        "cookie" => style::<CookieStyle>(node).is_some(),
        _ => style::<QueryStyle>(node).is_some(),
    };
    let allow_reserved = is_set(node, "allowReserved");
    let extensions = &mut parameter_data.extensions;
    if let Some(style) = node.text_of("style").filter(|_| !is_known) {
        extensions.insert(keys::STYLE.to_owned(), Value::from(style));
    }
    if allow_reserved && matches!(place, "path" | "header" | "cookie") {
        extensions.insert(keys::ALLOW_RESERVED.to_owned(), Value::Bool(true));
    }
    if let Some(empty) = flag(node, "allowEmptyValue").filter(|_| place == "path") {
        extensions.entry(keys::ALLOW_EMPTY.to_owned()).or_insert(Value::Bool(empty));
    }
    match place {
        "path" => Parameter::Path { parameter_data, style: style(node).unwrap_or_default() },
        "header" => Parameter::Header { parameter_data, style: HeaderStyle::Simple },
        "cookie" => Parameter::Cookie { parameter_data, style: CookieStyle::Form },
        _ => Parameter::Query {
            parameter_data,
            allow_reserved,
            style: style(node).unwrap_or_default(),
            allow_empty_value: flag(node, "allowEmptyValue"),
        },
    }
}

fn data(node: &Node) -> ParameterData {
    ParameterData {
        name: required_text(node, "name"),
        description: text(node, "description"),
        required: is_set(node, "required"),
        deprecated: flag(node, "deprecated"),
        format: format(node),
        example: member(node, "example", value),
        examples: examples(node),
        explode: flag(node, "explode"),
        extensions: extensions(node),
    }
}

/// `content` takes precedence over `schema`: it declares the media type too.
fn format(node: &Node) -> ParameterSchemaOrContent {
    if node.has("content") {
        return ParameterSchemaOrContent::Content(content(node));
    }
    let schema = member(node, "schema", or_reference(schema));
    ParameterSchemaOrContent::Schema(schema.unwrap_or_else(|| ReferenceOr::Item(any_schema())))
}

pub(super) fn header(node: &Node) -> Header {
    let mut extensions = extensions(node);
    if let Some(explode) = flag(node, "explode") {
        extensions.insert(keys::EXPLODE.to_owned(), Value::Bool(explode));
    }
    if let Some(style) = node.text_of("style").filter(|style| *style != "simple") {
        extensions.insert(keys::STYLE.to_owned(), Value::from(style));
    }
    if is_set(node, "allowReserved") {
        extensions.insert(keys::ALLOW_RESERVED.to_owned(), Value::Bool(true));
    }
    Header {
        description: text(node, "description"),
        style: HeaderStyle::Simple,
        required: is_set(node, "required"),
        deprecated: flag(node, "deprecated"),
        format: format(node),
        example: member(node, "example", value),
        examples: examples(node),
        extensions,
    }
}

/// The style of a parameter or part, if 3.0 has it for its location.
fn style<T: DeserializeOwned>(node: &Node) -> Option<T> {
    serde_json::from_value(Value::from(node.text_of("style")?)).ok()
}
