//! Parameters and headers.

use super::document::{content, examples, is_set};
use super::schema::schema;
use super::{demanded, extensions, flag, kept, reference_or, text};
use crate::load::Node;
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, Header, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr, Schema,
};
use serde_json::Value;

pub(super) fn parameter(node: &Node) -> Parameter {
    let mut parameter_data = data(node);
    let style = node.text_of("style");
    let place = node.text_of("in").unwrap_or_default();
    let known = match place {
        "path" => style.and_then(path_style).is_some(),
        "header" => style == Some("simple"),
        "cookie" => style == Some("form"),
        _ => style.and_then(query_style).is_some(),
    };
    let allow_reserved = is_set(node, "allowReserved");
    let extensions = &mut parameter_data.extensions;
    if let Some(style) = style.filter(|_| !known) {
        extensions.insert(keys::STYLE.to_owned(), Value::from(style));
    }
    if allow_reserved && matches!(place, "path" | "header" | "cookie") {
        extensions.insert(keys::ALLOW_RESERVED.to_owned(), Value::Bool(true));
    }
    if let Some(empty) = flag(node, "allowEmptyValue").filter(|_| place == "path") {
        extensions
            .entry(keys::ALLOW_EMPTY.to_owned())
            .or_insert(Value::Bool(empty));
    }
    match place {
        "path" => Parameter::Path {
            parameter_data,
            style: style.and_then(path_style).unwrap_or_default(),
        },
        "header" => Parameter::Header {
            parameter_data,
            style: HeaderStyle::Simple,
        },
        "cookie" => Parameter::Cookie {
            parameter_data,
            style: CookieStyle::Form,
        },
        _ => Parameter::Query {
            parameter_data,
            allow_reserved,
            style: style.and_then(query_style).unwrap_or_default(),
            allow_empty_value: flag(node, "allowEmptyValue"),
        },
    }
}

fn data(node: &Node) -> ParameterData {
    let mut extensions = extensions(node);
    ParameterData {
        name: demanded(node, "name"),
        description: text(node, "description"),
        required: is_set(node, "required"),
        deprecated: flag(node, "deprecated"),
        format: format(node),
        example: kept(node.get("example"), keys::EXAMPLE, &mut extensions),
        examples: examples(node),
        explode: flag(node, "explode"),
        extensions,
    }
}

/// `content` wins where both stand there: it says more.
fn format(node: &Node) -> ParameterSchemaOrContent {
    if node.has("content") {
        return ParameterSchemaOrContent::Content(content(node));
    }
    let schema = node.get("schema").map(|node| reference_or(node, schema));
    ParameterSchemaOrContent::Schema(schema.unwrap_or_else(anything))
}

fn anything() -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: openapiv3::SchemaData::default(),
        schema_kind: openapiv3::SchemaKind::Any(openapiv3::AnySchema::default()),
    })
}

pub(super) fn header(node: &Node) -> Header {
    let mut extensions: IndexMap<String, Value> = extensions(node);
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
        example: kept(node.get("example"), keys::EXAMPLE, &mut extensions),
        examples: examples(node),
        extensions,
    }
}

fn path_style(style: &str) -> Option<PathStyle> {
    match style {
        "simple" => Some(PathStyle::Simple),
        "label" => Some(PathStyle::Label),
        "matrix" => Some(PathStyle::Matrix),
        _ => None,
    }
}

pub(super) fn query_style(style: &str) -> Option<QueryStyle> {
    match style {
        "form" => Some(QueryStyle::Form),
        "spaceDelimited" => Some(QueryStyle::SpaceDelimited),
        "pipeDelimited" => Some(QueryStyle::PipeDelimited),
        "deepObject" => Some(QueryStyle::DeepObject),
        _ => None,
    }
}
