//! Schemas, in the shapes into which `openapiv3` itself would have read them.

use super::document::{docs, is_set};
use super::{
    demanded, exact, extensions, flag, json, kept, list, map, member, reference_or, text, texts,
    value,
};
use crate::load::{number, Node};
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, IntegerType,
    NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};
use serde_json::Value;

/// What describes a schema rather than restricting it.
const WORDS: [&str; 11] = [
    "nullable",
    "readOnly",
    "writeOnly",
    "deprecated",
    "externalDocs",
    "example",
    "title",
    "description",
    "discriminator",
    "default",
    "type",
];

pub(super) fn schema(node: &Node) -> Schema {
    let mut schema_data = data(node);
    exact_numbers(node, &mut schema_data.extensions);
    Schema {
        schema_data,
        schema_kind: kind(node),
    }
}

fn data(node: &Node) -> SchemaData {
    let mut extensions = extensions(node);
    SchemaData {
        nullable: is_set(node, "nullable"),
        read_only: is_set(node, "readOnly"),
        write_only: is_set(node, "writeOnly"),
        deprecated: is_set(node, "deprecated"),
        external_docs: docs(node),
        example: kept(node.get("example"), keys::EXAMPLE, &mut extensions),
        title: text(node, "title"),
        description: text(node, "description"),
        discriminator: member(node, "discriminator", discriminator),
        default: kept(node.get("default"), keys::DEFAULT, &mut extensions),
        extensions,
    }
}

fn discriminator(node: &Node) -> Discriminator {
    Discriminator {
        property_name: demanded(node, "propertyName"),
        mapping: map(node, "mapping", |target| {
            target.as_text().unwrap_or_default().to_owned()
        }),
        extensions: extensions(node),
    }
}

/// Bounds and values that the machine types bend, as text.
fn exact_numbers(node: &Node, extensions: &mut IndexMap<String, Value>) {
    let bounds = [
        ("minimum", keys::MINIMUM),
        ("maximum", keys::MAXIMUM),
        ("multipleOf", keys::MULTIPLE_OF),
    ];
    for (key, carried) in bounds {
        if let Some(text) = node.get(key).and_then(Node::as_number) {
            if number::exact_f64(text).is_none() {
                extensions.insert(carried.to_owned(), Value::from(text));
            }
        }
    }
    let values = node.get("enum").and_then(Node::as_list).unwrap_or_default();
    if values.iter().any(|value| !value.is_null() && !exact(value)) {
        let texts = values.iter().map(|value| Value::String(json(value)));
        extensions.insert(keys::ENUM.to_owned(), texts.collect());
    }
}

/// Whether a schema restricts by these keywords only.
fn only(node: &Node, keywords: &[&str]) -> bool {
    node.members().all(|(key, _)| {
        key.starts_with("x-") || WORDS.contains(&&**key) || keywords.contains(&&**key)
    })
}

fn kind(node: &Node) -> SchemaKind {
    let typed = match node.text_of("type") {
        Some("string")
            if only(
                node,
                &["format", "pattern", "enum", "minLength", "maxLength"],
            ) =>
        {
            string(node).map(Type::String)
        }
        Some("number") if only(node, &NUMERIC) => numbers(node).map(Type::Number),
        Some("integer") if only(node, &NUMERIC) => integer(node).map(Type::Integer),
        Some("boolean") if only(node, &["enum"]) => boolean(node).map(Type::Boolean),
        Some("object") if only(node, &OBJECT) => Some(Type::Object(object(node))),
        Some("array") if only(node, &["items", "minItems", "maxItems", "uniqueItems"]) => {
            Some(Type::Array(array(node)))
        }
        _ => None,
    };
    if let Some(typed) = typed {
        return SchemaKind::Type(typed);
    }
    let untyped = !node.has("type");
    if untyped && node.has("oneOf") && only(node, &["oneOf"]) {
        SchemaKind::OneOf {
            one_of: branches(node, "oneOf"),
        }
    } else if untyped && node.has("allOf") && only(node, &["allOf"]) {
        SchemaKind::AllOf {
            all_of: branches(node, "allOf"),
        }
    } else if untyped && node.has("anyOf") && only(node, &["anyOf"]) {
        SchemaKind::AnyOf {
            any_of: branches(node, "anyOf"),
        }
    } else {
        match node.get("not").filter(|_| untyped && only(node, &["not"])) {
            Some(not) => SchemaKind::Not {
                not: Box::new(reference_or(not, schema)),
            },
            None => SchemaKind::Any(any(node)),
        }
    }
}

const NUMERIC: [&str; 7] = [
    "format",
    "enum",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
];
const OBJECT: [&str; 5] = [
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
];

fn branches(node: &Node, key: &str) -> Vec<ReferenceOr<Schema>> {
    list(node, key, |node| reference_or(node, schema))
}

fn boxed(node: &Node) -> ReferenceOr<Box<Schema>> {
    match reference_or(node, schema) {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}

/// The values of `enum`, if every one of them is of the type.
fn values<T>(node: &Node, read: fn(&Node) -> Option<T>) -> Option<Vec<Option<T>>> {
    let values = node.get("enum").and_then(Node::as_list).unwrap_or_default();
    let read = |value: &Node| {
        if value.is_null() {
            Some(None)
        } else {
            read(value).map(Some)
        }
    };
    values.iter().map(read).collect()
}

fn count(node: &Node, key: &str) -> Option<usize> {
    let count = number::as_i64(node.get(key)?.as_number()?)?;
    usize::try_from(count).ok()
}

fn double(node: &Node, key: &str) -> Option<f64> {
    number::as_f64(node.get(key)?.as_number()?)
}

fn string(node: &Node) -> Option<StringType> {
    Some(StringType {
        format: text(node, "format").into(),
        pattern: text(node, "pattern"),
        enumeration: values(node, |value| value.as_text().map(str::to_owned))?,
        min_length: count(node, "minLength"),
        max_length: count(node, "maxLength"),
    })
}

fn numbers(node: &Node) -> Option<NumberType> {
    Some(NumberType {
        format: text(node, "format").into(),
        multiple_of: double(node, "multipleOf"),
        exclusive_minimum: is_set(node, "exclusiveMinimum"),
        exclusive_maximum: is_set(node, "exclusiveMaximum"),
        minimum: double(node, "minimum"),
        maximum: double(node, "maximum"),
        enumeration: values(node, |value| number::as_f64(value.as_number()?))?,
    })
}

/// An integer type, if its bounds and values are whole numbers that 64 bits hold.
fn integer(node: &Node) -> Option<IntegerType> {
    let bound = |key: &str| match node.get(key) {
        None => Some(None),
        Some(bound) => number::as_i64(bound.as_number()?).map(Some),
    };
    Some(IntegerType {
        format: text(node, "format").into(),
        multiple_of: bound("multipleOf")?,
        exclusive_minimum: is_set(node, "exclusiveMinimum"),
        exclusive_maximum: is_set(node, "exclusiveMaximum"),
        minimum: bound("minimum")?,
        maximum: bound("maximum")?,
        enumeration: values(node, |value| number::as_i64(value.as_number()?))?,
    })
}

fn boolean(node: &Node) -> Option<BooleanType> {
    Some(BooleanType {
        enumeration: values(node, Node::as_bool)?,
    })
}

fn object(node: &Node) -> ObjectType {
    ObjectType {
        properties: map(node, "properties", boxed),
        required: texts(node, "required"),
        additional_properties: additional(node),
        min_properties: count(node, "minProperties"),
        max_properties: count(node, "maxProperties"),
    }
}

fn additional(node: &Node) -> Option<AdditionalProperties> {
    let rest = node.get("additionalProperties")?;
    Some(match rest.as_bool() {
        Some(any) => AdditionalProperties::Any(any),
        None => AdditionalProperties::Schema(Box::new(reference_or(rest, schema))),
    })
}

fn array(node: &Node) -> ArrayType {
    ArrayType {
        items: node.get("items").map(boxed),
        min_items: count(node, "minItems"),
        max_items: count(node, "maxItems"),
        unique_items: is_set(node, "uniqueItems"),
    }
}

fn any(node: &Node) -> AnySchema {
    AnySchema {
        typ: text(node, "type"),
        pattern: text(node, "pattern"),
        multiple_of: double(node, "multipleOf"),
        exclusive_minimum: flag(node, "exclusiveMinimum"),
        exclusive_maximum: flag(node, "exclusiveMaximum"),
        minimum: double(node, "minimum"),
        maximum: double(node, "maximum"),
        properties: map(node, "properties", boxed),
        required: texts(node, "required"),
        additional_properties: additional(node),
        min_properties: count(node, "minProperties"),
        max_properties: count(node, "maxProperties"),
        items: node.get("items").map(boxed),
        min_items: count(node, "minItems"),
        max_items: count(node, "maxItems"),
        unique_items: flag(node, "uniqueItems"),
        enumeration: list(node, "enum", value),
        format: text(node, "format"),
        min_length: count(node, "minLength"),
        max_length: count(node, "maxLength"),
        one_of: branches(node, "oneOf"),
        all_of: branches(node, "allOf"),
        any_of: branches(node, "anyOf"),
        not: node
            .get("not")
            .map(|node| Box::new(reference_or(node, schema))),
    }
}
