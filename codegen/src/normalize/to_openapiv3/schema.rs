//! Schemas: all of them as [`AnySchema`], which holds every keyword of 3.0 whatever the others are.

use super::document::docs;
use super::{
    extensions, flag, is_set, list, map, member, or_reference, required_text, text, texts, value,
};
use crate::normalize::keys;
use crate::syntax::{number, Node};
use openapiv3::{AdditionalProperties, AnySchema, Discriminator, Schema, SchemaData, SchemaKind};
use serde_json::Value;

/// The bounds of numbers with the keys that hold them: the types of `openapiv3` round them to doubles.
const BOUNDS: [(&str, &str); 3] =
    [("minimum", keys::MINIMUM), ("maximum", keys::MAXIMUM), ("multipleOf", keys::MULTIPLE_OF)];

pub(super) fn schema(node: &Node) -> Schema {
    let mut extensions = extensions(node);
    for (keyword, key) in BOUNDS {
        if let Some(bound) = node.get(keyword).and_then(Node::as_number) {
            extensions.insert(key.to_owned(), number::normalized(bound).into());
        }
    }
    Schema {
        schema_data: SchemaData {
            nullable: is_set(node, "nullable"),
            read_only: is_set(node, "readOnly"),
            write_only: is_set(node, "writeOnly"),
            deprecated: is_set(node, "deprecated"),
            external_docs: docs(node),
            example: member(node, "example", value),
            title: text(node, "title"),
            description: text(node, "description"),
            discriminator: member(node, "discriminator", discriminator),
            default: member(node, "default", value),
            extensions,
        },
        schema_kind: SchemaKind::Any(keywords(node)),
    }
}

fn boxed(node: &Node) -> Box<Schema> {
    Box::new(schema(node))
}

/// The schema without keywords, which accepts every value.
pub(super) fn any_schema() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
}

fn keywords(node: &Node) -> AnySchema {
    AnySchema {
        typ: text(node, "type"),
        pattern: text(node, "pattern"),
        multiple_of: None,
        exclusive_minimum: flag(node, "exclusiveMinimum"),
        exclusive_maximum: flag(node, "exclusiveMaximum"),
        minimum: None,
        maximum: None,
        properties: map(node, "properties", or_reference(boxed)),
        required: texts(node, "required"),
        additional_properties: member(node, "additionalProperties", additional_properties),
        min_properties: count(node, "minProperties"),
        max_properties: count(node, "maxProperties"),
        items: member(node, "items", or_reference(boxed)),
        min_items: count(node, "minItems"),
        max_items: count(node, "maxItems"),
        unique_items: flag(node, "uniqueItems"),
        enumeration: list(node, "enum", literal),
        format: text(node, "format"),
        min_length: count(node, "minLength"),
        max_length: count(node, "maxLength"),
        one_of: list(node, "oneOf", or_reference(schema)),
        all_of: list(node, "allOf", or_reference(schema)),
        any_of: list(node, "anyOf", or_reference(schema)),
        not: member(node, "not", |node| Box::new(or_reference(schema)(node))),
    }
}

fn discriminator(node: &Node) -> Discriminator {
    Discriminator {
        property_name: required_text(node, "propertyName"),
        mapping: map(node, "mapping", |target| target.as_text().unwrap_or_default().to_owned()),
        extensions: extensions(node),
    }
}

fn additional_properties(node: &Node) -> AdditionalProperties {
    match node.as_bool() {
        Some(any) => AdditionalProperties::Any(any),
        None => AdditionalProperties::Schema(Box::new(or_reference(schema)(node))),
    }
}

/// A value of `enum`; `3.0` and `3e0` are the integer 3.
fn literal(node: &Node) -> Value {
    let integer = node.as_number().and_then(number::as_i64);
    integer.map_or_else(|| value(node), Value::from)
}

fn count(node: &Node, key: &str) -> Option<usize> {
    let count = number::as_i64(node.get(key)?.as_number()?)?;
    usize::try_from(count).ok()
}
