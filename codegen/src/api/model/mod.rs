//! The API model: the meaning of a document, with every `$ref` resolved and every `allOf` merged.
//!
//! The model knows neither Rust nor identifiers; names are the document's. Schemas live in one arena, [`Schemas`], and
//! are referred to by [`SchemaId`]. Everything that refers to a schema does so through a [`Use`], which carries what
//! holds at that place alone: nullability, description, default. A component is one schema however often it is used;
//! recursion is a cycle of ids.
//!
//! Section numbers refer to OpenAPI 3.2.0 and to JSON Schema 2020-12, unless another document is named.

mod operation;
mod schema;
mod security;
mod xml;

pub use operation::*;
pub use schema::*;
pub use security::*;
pub use xml::*;

use crate::diagnostics::Place;
use indexmap::IndexMap;

/// An API (OpenAPI 4.1, OpenAPI Object).
#[derive(Clone, Debug)]
pub struct Api {
    /// Title, version and description.
    pub info: Info,
    /// Servers of the document; empty if it declares none.
    pub servers: Vec<Server>,
    /// Security schemes by component name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// First tags of the operations: the declared ones in the document's order, then the others.
    pub tags: Vec<Tag>,
    /// Operations, in the document's order.
    pub operations: Vec<Operation>,
    /// Requests that the API sends: webhooks, then the callbacks of the operations.
    pub incoming: Vec<Incoming>,
    /// Schemas: components first, in the document's order.
    pub schemas: Schemas,
    /// Names of the bodies that are XML.
    pub xml: XmlTable,
}

/// Metadata of the document (OpenAPI 4.2, Info Object).
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.summary` and `info.description`.
    pub docs: Docs,
    /// `info.license`: its SPDX expression (since 3.1) if declared, else its name.
    pub license: Option<String>,
}

/// A tag (OpenAPI 4.22, Tag Object).
#[derive(Clone, Debug)]
pub struct Tag {
    /// Name, as operations refer to it.
    pub name: String,
    /// Description.
    pub docs: Docs,
}

/// A server (OpenAPI 4.5, Server Object).
#[derive(Clone, Debug)]
pub struct Server {
    /// URL template, unchanged: relative or absolute, with `{variables}`.
    pub url: String,
    /// Variables of the template, in the document's order.
    pub variables: Vec<ServerVariable>,
    /// Name (3.2, or `x-typewright-name`).
    pub name: Option<String>,
    /// Description.
    pub docs: Docs,
}

/// A variable of a server's URL template (OpenAPI 4.6, Server Variable Object).
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Name between the braces.
    pub name: String,
    /// Value substituted unless the caller chooses another.
    pub default: String,
    /// Allowed values; empty if any value is allowed.
    pub values: Vec<String>,
    /// Description.
    pub docs: Docs,
}

/// Documentation of an element (JSON Schema validation 9.1 and 9.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// `title` of a schema, `summary` of an operation.
    pub title: Option<String>,
    /// `description`, as Markdown.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `externalDocs.url`.
    pub link: Option<String>,
}

/// Location of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// JSON pointer in the normal form; unique among elements of one kind.
    pub pointer: String,
    /// Place in the user's file, for diagnostics.
    pub place: Place,
}

/// Arena of schemas.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    all: Vec<Schema>,
}

/// Index of a schema in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

impl SchemaId {
    /// Position in the arena.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Schemas {
    /// Creates an arena of these schemas, numbered from 0 in their order.
    pub fn new(all: Vec<Schema>) -> Self {
        Self { all }
    }

    /// Returns a schema. Ids are created with the arena, so only an id of another arena yields `None`.
    pub fn get(&self, id: SchemaId) -> Option<&Schema> {
        self.all.get(id.index())
    }

    /// Returns a schema, with aliases resolved; `None` if they form a cycle.
    pub fn resolved(&self, id: SchemaId) -> Option<&Schema> {
        let mut schema = self.get(id)?;
        for _ in 0..=self.all.len() {
            let Shape::Alias(used) = &schema.shape else {
                return Some(schema);
            };
            schema = self.get(used.schema)?;
        }
        None
    }

    /// Returns a schema for modification.
    pub fn get_mut(&mut self, id: SchemaId) -> Option<&mut Schema> {
        self.all.get_mut(id.index())
    }

    /// Returns the only value allowed at a use site, if there is exactly one: a `const`, or an `enum` with one value.
    pub fn only_value(&self, used: &Use) -> Option<Json> {
        let mut used = used;
        for _ in 0..=self.all.len() {
            let schema = self.get(used.schema)?;
            match &schema.shape {
                Shape::Null => return Some(Json::Null),
                _ if used.nullable || schema.nullable => return None,
                Shape::Alias(next) => used = next,
                Shape::Choice(choice) if !choice.open => match choice.values.as_slice() {
                    [only] => return Some(only.wire.clone()),
                    _ => return None,
                },
                Shape::Any(_)
                | Shape::Never
                | Shape::Bool
                | Shape::Integer(_)
                | Shape::Number(_)
                | Shape::Text(_)
                | Shape::Choice(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Object(_)
                | Shape::Union(_) => return None,
            }
        }
        None
    }

    /// Iterates over all schemas for modification.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        self.all.iter_mut()
    }

    /// Iterates over all schemas with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0..).map(SchemaId).zip(&self.all)
    }

    /// Returns the number of schemas.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// `true` if the arena has no schemas.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
