//! Operations, bodies and replies.

use super::document::{callback, content, docs, examples, is_set, link, requirements, server};
use super::parameter::{header, parameter, query_style};
use super::schema::schema;
use super::{
    demanded, extensions, flag, kept, list, map, member, reference_or, text, texts, value,
};
use crate::load::Node;
use crate::normalize::keys;
use openapiv3::{Encoding, MediaType, Operation, RequestBody, Response, Responses, StatusCode};
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
        extensions.insert(
            keys::CALLBACK_EXTENSIONS.to_owned(),
            Value::Object(extended),
        );
    }
    Operation {
        tags: texts(node, "tags"),
        summary: text(node, "summary"),
        description: text(node, "description"),
        external_docs: docs(node),
        operation_id: text(node, "operationId"),
        parameters: list(node, "parameters", |node| reference_or(node, parameter)),
        request_body: node
            .get("requestBody")
            .map(|node| reference_or(node, request_body)),
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
        Some((status, reference_or(member, response)))
    });
    Responses {
        default: node.get("default").map(|node| reference_or(node, response)),
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
        description: demanded(node, "description"),
        headers: map(node, "headers", |node| reference_or(node, header)),
        content: content(node),
        links: map(node, "links", |node| reference_or(node, link)),
        extensions: extensions(node),
    }
}

pub(super) fn media_type(node: &Node) -> MediaType {
    let mut extensions = extensions(node);
    MediaType {
        schema: node.get("schema").map(|node| reference_or(node, schema)),
        example: kept(node.get("example"), keys::EXAMPLE, &mut extensions),
        examples: examples(node),
        encoding: map(node, "encoding", encoding),
        extensions,
    }
}

fn encoding(node: &Node) -> Encoding {
    let mut extensions = extensions(node);
    if let Some(explode) = flag(node, "explode") {
        extensions.insert(keys::EXPLODE.to_owned(), Value::Bool(explode));
    }
    let style = node.text_of("style");
    let known = style.and_then(query_style);
    if let Some(style) = style.filter(|_| known.is_none()) {
        extensions.insert(keys::STYLE.to_owned(), Value::from(style));
    }
    Encoding {
        content_type: text(node, "contentType"),
        headers: map(node, "headers", |node| reference_or(node, header)),
        style: known,
        explode: is_set(node, "explode"),
        allow_reserved: is_set(node, "allowReserved"),
        extensions,
    }
}
