//! Identities of the document's nodes, under which a lock keeps their names.
//!
//! They depend on keys of the document, on paths and on media types, but neither on its order nor on titles, and are unique
//! in the document.

use super::variants;
use crate::api::model::{
    Api, ExclusiveGroup, Incoming, Location, Operation, Owner, Parameter, Response, Role, Schema,
    SchemaId, Section, Shape, Status, Union,
};
use std::collections::BTreeMap;

/// Part of a node that stands for the members of an object that have no property.
pub const ADDITIONAL: &str = "additionalProperties";

/// Maximum number of owners of a schema that are followed.
const DEEPEST: usize = 64;

/// Nodes of the schemas of an API.
#[derive(Clone, Debug, Default)]
pub struct Nodes(BTreeMap<SchemaId, String>);

impl Nodes {
    /// Determines the nodes of all schemas. The second of two with one identity gets a number, in the order of their
    /// pointers.
    pub fn new(api: &Api) -> Self {
        let mut schemas: Vec<(SchemaId, &Schema)> = api.schemas.iter().collect();
        schemas.sort_by(|(_, a), (_, b)| a.at.pointer.cmp(&b.at.pointer));
        let mut counts = BTreeMap::<String, usize>::new();
        let mut nodes = BTreeMap::new();
        for (id, schema) in schemas {
            let node = schema_node(api, (id, schema), 0);
            let count = counts.entry(node.clone()).or_default();
            *count += 1;
            let node = if *count == 1 { node } else { format!("{node} ({count})") };
            nodes.insert(id, node);
        }
        Self(nodes)
    }

    /// Returns the node of a schema.
    pub fn schema(&self, id: SchemaId) -> &str {
        self.0.get(&id).map_or("", String::as_str)
    }

    /// Returns the nodes of a union's variants, in order.
    pub fn variants(&self, api: &Api, owner: SchemaId, union: &Union) -> Vec<String> {
        let parts = union.variants.iter().enumerate().map(|(index, variant)| {
            let schema = api.schemas.get(variant.value.schema)?;
            let is_component = matches!(schema.owner, Owner::Component(_));
            match &variant.component {
                Some(component) => Some(format!("component {component}")),
                None if is_component => Some(self.schema(variant.value.schema).to_owned()),
                None => Some(variant_word(api, union, index)),
            }
        });
        let parts: Vec<String> = parts.map(Option::unwrap_or_default).collect();
        let owner = self.schema(owner);
        let mut counts = BTreeMap::<&String, usize>::new();
        let nodes = parts.iter().map(|part| {
            let count = counts.entry(part).or_default();
            *count += 1;
            if *count == 1 {
                format!("{owner}/{part}")
            } else {
                format!("{owner}/{part} ({count})")
            }
        });
        nodes.collect()
    }
}

/// Returns the node of the form for requests of a type that has one.
pub fn input(node: &str) -> String {
    format!("{node} (input)")
}

/// Returns the part of a node that stands for an argument or setter of an operation.
pub fn argument(part: &str) -> String {
    format!("argument {part}")
}

/// Returns the node of an operation: its method and path, and its version if it is not the default one.
pub fn operation(operation: &Operation) -> String {
    let (method, path) = (&operation.method, &operation.path);
    match &operation.version {
        Some(version) => format!("{method} {path} @{version}"),
        None => format!("{method} {path}"),
    }
}

/// Returns the part of a node that stands for a parameter: its location and name.
pub fn parameter(parameter: &Parameter) -> String {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::QueryString => "querystring",
    };
    format!("{location} {}", parameter.name)
}

/// Returns the node of a group of mutually exclusive properties: that of the type with the alphabetically first of them.
pub fn group(owner: &str, group: &ExclusiveGroup) -> String {
    format!("{owner}/group {}", group.members.iter().min().map_or("", String::as_str))
}

/// Returns the node of a webhook or callback.
pub fn incoming(api: &Api, incoming: &Incoming) -> String {
    let caller = incoming.callback.as_ref().and_then(|(index, _)| api.operations.get(*index));
    match caller {
        Some(caller) => format!("{} callback {}", operation(caller), incoming.name),
        None => format!("webhook {}", incoming.name),
    }
}

/// Returns the node of the variant for a body of a response, or for a response without a body.
pub fn response(owner: &Operation, response: &Response, body: usize) -> String {
    format!("{}/{}", operation(owner), response_part(response, body))
}

/// Returns the part of that node behind the operation's.
pub fn response_part(response: &Response, body: usize) -> String {
    let media_type = response.bodies().get(body).map_or("nothing", |content| &content.media_type);
    let status = match response.status {
        Status::Exact(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    };
    format!("response {status} {media_type}")
}

fn schema_node(api: &Api, (id, schema): (SchemaId, &Schema), depth: usize) -> String {
    match &schema.owner {
        Owner::Component(name) => format!("component {name}"),
        Owner::Schema(owner, role) => {
            let role = role_words(api, *owner, role);
            match api.schemas.get(*owner).filter(|_| depth < DEEPEST && *owner != id) {
                Some(schema) => format!("{} {role}", schema_node(api, (*owner, schema), depth + 1)),
                None => role,
            }
        }
        Owner::Operation(index, role) => {
            let operation = api.operations.get(*index).map(operation).unwrap_or_default();
            format!("{operation} {}", role_words(api, id, role))
        }
        Owner::Shared(section, name) => shared(section, name),
    }
}

fn role_words(api: &Api, owner: SchemaId, role: &Role) -> String {
    match role {
        Role::Property(name) => format!("property {name}"),
        Role::Item => "item".to_owned(),
        Role::Value => "value".to_owned(),
        Role::Key => "key".to_owned(),
        Role::Position(index) => format!("position {index}"),
        Role::Variant(index) => match api.schemas.get(owner).map(|schema| &schema.shape) {
            Some(Shape::Union(union)) => format!("variant {}", variant_word(api, union, *index)),
            Some(_) | None => format!("variant {index}"),
        },
        Role::Parameter(name) => format!("parameter {name}"),
        Role::Body(media_type) => with_media_type("body", media_type),
        Role::Response(status, media_type) => {
            with_media_type(&format!("response {status}"), media_type)
        }
        Role::ResponseHeader(status, name) => format!("response {status} header {name}"),
    }
}

/// Returns the word of a variant without regard to titles: its tag, or its structure.
fn variant_word(api: &Api, union: &Union, index: usize) -> String {
    let variant = union.variants.get(index);
    let tag = variant.and_then(|variant| variant.tags.first().cloned());
    let schema = variant.and_then(|variant| api.schemas.get(variant.value.schema));
    tag.or_else(|| schema.map(|schema| variants::type_word(api, schema))).unwrap_or_default()
}

fn shared(section: &Section, name: &str) -> String {
    match section {
        Section::Parameter => format!("shared parameter {name}"),
        Section::Header => format!("shared header {name}"),
        Section::Body(media_type) => with_media_type(&format!("shared body {name}"), media_type),
        Section::Response(media_type) => {
            with_media_type(&format!("shared response {name}"), media_type)
        }
        Section::ResponseHeader(header) => format!("shared response {name} header {header}"),
        Section::Payload(media_type) => with_media_type(&format!("payload {name}"), media_type),
    }
}

fn with_media_type(words: &str, media_type: &Option<String>) -> String {
    match media_type {
        Some(media_type) => format!("{words} {media_type}"),
        None => words.to_owned(),
    }
}
