//! IR A: what a document says, with every `$ref` followed and every `allOf` merged. No Rust, no identifiers.
//!
//! Schemas live in one arena and are named by [`SchemaId`]; everything that points at a schema does so through a
//! [`Use`], which carries what is said at that place only (nullability, description, default). A component is one
//! node however often it is used; recursion is a cycle of ids.

mod limits;
mod operation;
mod paging;
mod reply;
mod schema;
mod security;
mod union;

pub use limits::*;
pub use operation::*;
pub use paging::*;
pub use reply::*;
pub use schema::*;
pub use security::*;
pub use union::*;

use crate::diagnostics::Place;
use indexmap::IndexMap;

/// A whole API.
#[derive(Clone, Debug)]
pub struct Api {
    /// Title, version and description.
    pub info: Info,
    /// Where it is served; empty where the document does not say.
    pub servers: Vec<Server>,
    /// The security schemes by their component name.
    pub schemes: IndexMap<String, Scheme>,
    /// The tags that operations carry first, in the document's order, with their descriptions.
    pub tags: Vec<Tag>,
    /// Every operation, in the document's order.
    pub operations: Vec<Operation>,
    /// What the API sends of itself: webhooks, then the callbacks of the operations.
    pub incoming: Vec<Incoming>,
    /// Every schema: components first, in the document's order.
    pub schemas: Schemas,
}

/// What the document says of itself (OpenAPI 3.0, section 4.7.2).
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.summary` or `info.description`.
    pub docs: Docs,
    /// `info.license`: its SPDX expression where the document has one (since 3.1), else its name.
    pub license: Option<String>,
}

/// A tag and what the document says of it.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The tag as operations carry it.
    pub name: String,
    /// Its description.
    pub docs: Docs,
}

/// A server (OpenAPI 3.0, section 4.7.5).
#[derive(Clone, Debug)]
pub struct Server {
    /// The URL template as it stands, relative or absolute, with `{variables}`.
    pub url: String,
    /// The variables of the template in the document's order.
    pub variables: Vec<ServerVariable>,
    /// Its name (3.2, or `x-typewright-name`).
    pub name: Option<String>,
    /// Its description.
    pub docs: Docs,
}

/// A variable of a server's URL template.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The value that stands for it unless another is given.
    pub default: String,
    /// The only values that are allowed; empty where any is.
    pub values: Vec<String>,
    /// Its description.
    pub docs: Docs,
}

/// The words of the document about a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// `title` of a schema, `summary` of an operation.
    pub title: Option<String>,
    /// `description`, as Markdown.
    pub description: Option<String>,
    /// Whether the document calls the node deprecated.
    pub deprecated: bool,
    /// `externalDocs.url`.
    pub link: Option<String>,
}

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The JSON pointer in the normal form; unique among nodes of one kind.
    pub pointer: String,
    /// The place in the user's file, for diagnostics.
    pub place: Place,
}

/// The arena of schemas.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    all: Vec<Schema>,
}

/// A schema's number in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

impl Schemas {
    /// An arena of these schemas, numbered from 0 in their order.
    pub fn new(all: Vec<Schema>) -> Self {
        Self { all }
    }

    /// The schema with this number. Ids are made with the arena, so there always is one; a foreign id yields `None`.
    pub fn get(&self, id: SchemaId) -> Option<&Schema> {
        self.all.get(usize::try_from(id.0).ok()?)
    }

    /// The same, to change.
    pub fn get_mut(&mut self, id: SchemaId) -> Option<&mut Schema> {
        self.all.get_mut(usize::try_from(id.0).ok()?)
    }

    /// The only value that is allowed at a place, where there is but one: a `const`, or an `enum` with one value.
    pub fn only_value(&self, used: &Use) -> Option<Json> {
        let mut used = used;
        for _ in 0..=self.all.len() {
            let schema = self.get(used.schema)?;
            match &schema.shape {
                Shape::Null => return Some(Json::Null),
                _ if used.nullable || schema.nullable => return None,
                Shape::Same(next) => used = next,
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

    /// Every schema, to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        self.all.iter_mut()
    }

    /// Every schema with its number.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0..).map(SchemaId).zip(&self.all)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
