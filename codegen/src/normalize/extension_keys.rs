//! Members that 3.0 does not have, moved into the extension keys of [`keys`](super::keys).

use super::context::Context;
use super::keys;
use super::object_kinds::Kind;
use crate::syntax::{Node, Value};

/// Members that are moved unchanged, with their extension keys.
const VALUES: &[(Kind, &str, &str)] = &[
    (Kind::Document, "$self", keys::SELF),
    (Kind::Document, "jsonSchemaDialect", keys::JSON_SCHEMA_DIALECT),
    (Kind::Info, "summary", keys::SUMMARY),
    (Kind::License, "identifier", keys::IDENTIFIER),
    (Kind::Server, "name", keys::SERVER_NAME),
    (Kind::Tag, "summary", keys::SUMMARY),
    (Kind::Tag, "parent", keys::TAG_PARENT),
    (Kind::Tag, "kind", keys::TAG_KIND),
    (Kind::Response, "summary", keys::SUMMARY),
    (Kind::Discriminator, "defaultMapping", keys::DEFAULT_MAPPING),
    (Kind::SecurityScheme, "oauth2MetadataUrl", keys::METADATA_URL),
    (Kind::SecurityScheme, "deprecated", keys::DEPRECATED),
    (Kind::Flows, "deviceAuthorization", keys::DEVICE_AUTHORIZATION),
    (Kind::Example, "dataValue", "value"),
    (Kind::Example, "serializedValue", keys::SERIALIZED_VALUE),
    (Kind::MediaType, "prefixEncoding", keys::PREFIX_ENCODING),
    (Kind::MediaType, "itemEncoding", keys::ITEM_ENCODING),
    (Kind::Encoding, "encoding", keys::ENCODING),
    (Kind::Encoding, "prefixEncoding", keys::PREFIX_ENCODING),
    (Kind::Encoding, "itemEncoding", keys::ITEM_ENCODING),
    (Kind::Schema, "xml", keys::XML),
    (Kind::Schema, "examples", keys::EXAMPLES),
    (Kind::Schema, "minContains", keys::MIN_CONTAINS),
    (Kind::Schema, "maxContains", keys::MAX_CONTAINS),
    (Kind::Schema, "dependentRequired", keys::DEPENDENT_REQUIRED),
    (Kind::Schema, "contentEncoding", keys::CONTENT_ENCODING),
    (Kind::Schema, "contentMediaType", keys::CONTENT_MEDIA_TYPE),
    (Kind::Schema, "$comment", keys::COMMENT),
    (Kind::Schema, "collectionFormat", keys::COLLECTION_FORMAT),
];

/// Members that contain schemas, which are replaced by their pointers.
const SCHEMAS: &[(Kind, &str, &str)] = &[
    (Kind::MediaType, "itemSchema", keys::ITEM_SCHEMA),
    (Kind::Schema, "prefixItems", keys::PREFIX_ITEMS),
    (Kind::Schema, "propertyNames", keys::PROPERTY_NAMES),
    (Kind::Schema, "contains", keys::CONTAINS),
    (Kind::Schema, "if", keys::IF),
    (Kind::Schema, "then", keys::THEN),
    (Kind::Schema, "else", keys::ELSE),
    (Kind::Schema, "dependentSchemas", keys::DEPENDENT_SCHEMAS),
    (Kind::Schema, "unevaluatedItems", keys::UNEVALUATED_ITEMS),
    (Kind::Schema, "unevaluatedProperties", keys::UNEVALUATED_PROPERTIES),
    (Kind::Schema, "contentSchema", keys::CONTENT_SCHEMA),
];

/// Identifiers of schemas, which are obsolete after bundling, and `additionalItems` without a tuple.
const OBSOLETE: [&str; 7] =
    ["$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$vocabulary", "additionalItems"];

/// Moves the members of an object that 3.0 does not have.
pub(super) fn carry(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    for (_, member, key) in VALUES.iter().filter(|row| row.0 == kind) {
        if let Some(value) = node.take(member) {
            node.set(key, value);
        }
    }
    for (_, member, key) in SCHEMAS.iter().filter(|row| row.0 == kind) {
        if let Some(value) = node.take(member) {
            node.set(key, with_pointers(context, member, value));
        }
    }
    if kind == Kind::Schema {
        for member in OBSOLETE {
            node.take(member);
        }
    }
}

/// The value of a member with each schema replaced by its pointer.
fn with_pointers(context: &mut Context<'_>, member: &str, mut value: Node) -> Node {
    let schemas: Vec<&mut Node> = match &mut value.value {
        Value::List(items) => items.iter_mut().collect(),
        Value::Object(members) if member == "dependentSchemas" => members.values_mut().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
            return pointer_to(context, value);
        }
    };
    for place in schemas {
        let schema = std::mem::replace(place, Node::object(place.origin));
        *place = pointer_to(context, schema);
    }
    value
}

/// The pointer to a schema, which is moved to the components unless it is a reference; a boolean stays.
fn pointer_to(context: &mut Context<'_>, schema: Node) -> Node {
    if schema.as_bool().is_some() {
        return schema;
    }
    let origin = schema.origin;
    let is_only_member = schema.as_object().is_some_and(|members| members.len() == 1);
    match schema.text_of("$ref").filter(|_| is_only_member) {
        Some(target) => Node::text(origin, target),
        None => Node::text(origin, context.hoist(schema)),
    }
}
