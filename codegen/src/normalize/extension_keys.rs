//! Members that 3.0 does not have, moved into the extension keys of [`keys`](super::keys).

use crate::normalize::context::Context;
use crate::normalize::keys;
use crate::normalize::object_kinds::Kind;
use crate::syntax::{Node, Value};

/// How a member travels.
#[derive(Clone, Copy)]
enum Way {
    /// As it is.
    Value,
    /// A schema, or a boolean in place of one: the schema's pointer.
    Schema,
    /// An array of schemas: their pointers.
    Schemas,
    /// An object of schemas: their pointers.
    SchemaMap,
}

const CARRIED: &[(Kind, &str, &str, Way)] = &[
    (Kind::Document, "$self", keys::SELF, Way::Value),
    (
        Kind::Document,
        "jsonSchemaDialect",
        keys::JSON_SCHEMA_DIALECT,
        Way::Value,
    ),
    (Kind::Info, "summary", keys::SUMMARY, Way::Value),
    (Kind::License, "identifier", keys::IDENTIFIER, Way::Value),
    (Kind::Server, "name", keys::SERVER_NAME, Way::Value),
    (Kind::Tag, "summary", keys::SUMMARY, Way::Value),
    (Kind::Tag, "parent", keys::TAG_PARENT, Way::Value),
    (Kind::Tag, "kind", keys::TAG_KIND, Way::Value),
    (Kind::Response, "summary", keys::SUMMARY, Way::Value),
    (
        Kind::Discriminator,
        "defaultMapping",
        keys::DEFAULT_MAPPING,
        Way::Value,
    ),
    (
        Kind::SecurityScheme,
        "oauth2MetadataUrl",
        keys::METADATA_URL,
        Way::Value,
    ),
    (
        Kind::SecurityScheme,
        "deprecated",
        keys::DEPRECATED,
        Way::Value,
    ),
    (
        Kind::Flows,
        "deviceAuthorization",
        keys::DEVICE_AUTHORIZATION,
        Way::Value,
    ),
    (Kind::Example, "dataValue", "value", Way::Value),
    (
        Kind::Example,
        "serializedValue",
        keys::SERIALIZED_VALUE,
        Way::Value,
    ),
    (
        Kind::MediaType,
        "itemSchema",
        keys::ITEM_SCHEMA,
        Way::Schema,
    ),
    (
        Kind::MediaType,
        "prefixEncoding",
        keys::PREFIX_ENCODING,
        Way::Value,
    ),
    (
        Kind::MediaType,
        "itemEncoding",
        keys::ITEM_ENCODING,
        Way::Value,
    ),
    (Kind::Encoding, "encoding", keys::ENCODING, Way::Value),
    (
        Kind::Encoding,
        "prefixEncoding",
        keys::PREFIX_ENCODING,
        Way::Value,
    ),
    (
        Kind::Encoding,
        "itemEncoding",
        keys::ITEM_ENCODING,
        Way::Value,
    ),
    (Kind::Schema, "xml", keys::XML, Way::Value),
    (Kind::Schema, "examples", keys::EXAMPLES, Way::Value),
    (
        Kind::Schema,
        "prefixItems",
        keys::PREFIX_ITEMS,
        Way::Schemas,
    ),
    (
        Kind::Schema,
        "propertyNames",
        keys::PROPERTY_NAMES,
        Way::Schema,
    ),
    (Kind::Schema, "contains", keys::CONTAINS, Way::Schema),
    (Kind::Schema, "minContains", keys::MIN_CONTAINS, Way::Value),
    (Kind::Schema, "maxContains", keys::MAX_CONTAINS, Way::Value),
    (Kind::Schema, "if", keys::IF, Way::Schema),
    (Kind::Schema, "then", keys::THEN, Way::Schema),
    (Kind::Schema, "else", keys::ELSE, Way::Schema),
    (
        Kind::Schema,
        "dependentSchemas",
        keys::DEPENDENT_SCHEMAS,
        Way::SchemaMap,
    ),
    (
        Kind::Schema,
        "dependentRequired",
        keys::DEPENDENT_REQUIRED,
        Way::Value,
    ),
    (
        Kind::Schema,
        "unevaluatedItems",
        keys::UNEVALUATED_ITEMS,
        Way::Schema,
    ),
    (
        Kind::Schema,
        "unevaluatedProperties",
        keys::UNEVALUATED_PROPERTIES,
        Way::Schema,
    ),
    (
        Kind::Schema,
        "contentEncoding",
        keys::CONTENT_ENCODING,
        Way::Value,
    ),
    (
        Kind::Schema,
        "contentMediaType",
        keys::CONTENT_MEDIA_TYPE,
        Way::Value,
    ),
    (
        Kind::Schema,
        "contentSchema",
        keys::CONTENT_SCHEMA,
        Way::Schema,
    ),
    (Kind::Schema, "$comment", keys::COMMENT, Way::Value),
    (
        Kind::Schema,
        "collectionFormat",
        keys::COLLECTION_FORMAT,
        Way::Value,
    ),
];

/// Names and addresses of schemas: of no use once every reference has been followed.
const SPENT: [&str; 7] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$vocabulary",
    "additionalItems",
];

/// Moves what 3.0 does not know.
pub(super) fn carry(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    for (_, from, to, way) in CARRIED.iter().filter(|row| row.0 == kind) {
        if !node.has(from) {
            continue;
        }
        if let Some(member) = node.take(from) {
            let carried = travel(context, *way, member);
            node.set(to, carried);
        }
    }
    if kind == Kind::Schema {
        for key in SPENT {
            if node.has(key) {
                node.take(key);
            }
        }
    }
}

fn travel(context: &mut Context<'_>, way: Way, mut member: Node) -> Node {
    match way {
        Way::Value => {}
        Way::Schema => member = pointer_to(context, member),
        Way::Schemas => {
            for item in member.as_list_mut().into_iter().flatten() {
                let schema = std::mem::replace(item, Node::object(item.origin));
                *item = pointer_to(context, schema);
            }
        }
        Way::SchemaMap => {
            for item in member
                .as_object_mut()
                .into_iter()
                .flat_map(|members| members.values_mut())
            {
                let schema = std::mem::replace(item, Node::object(item.origin));
                *item = pointer_to(context, schema);
            }
        }
    }
    member
}

/// The pointer to a schema, which moves to the components unless it is a reference; booleans stay.
fn pointer_to(context: &mut Context<'_>, schema: Node) -> Node {
    let origin = schema.origin;
    if schema.as_bool().is_some() {
        return schema;
    }
    let alone = schema.as_object().is_some_and(|members| members.len() == 1);
    match schema.text_of("$ref").filter(|_| alone) {
        Some(target) => Node::text(origin, target),
        None => {
            let target = context.hoist(schema);
            Node::text(origin, target)
        }
    }
}

/// A boolean in place of a schema as a schema; `None` for `true`, which says nothing.
pub(in crate::normalize) fn rest_to(node: Node) -> Option<Node> {
    match node.value {
        Value::Bool(true) => None,
        Value::Bool(false) => {
            Some(Node::object(node.origin).with("not", Node::object(node.origin)))
        }
        Value::Null | Value::Number(_) | Value::Text(_) | Value::List(_) | Value::Object(_) => {
            Some(node)
        }
    }
}
