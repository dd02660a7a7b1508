//! The model of one service, from all its pages: messages by full name, and operations.

use crate::page::{Row, Verb};
use indexmap::IndexMap;
use std::ops::Range;
use typewright::diagnostics::Place;
use typewright::source::FileId;

/// A service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Key, such as `yandex-metastore`.
    pub key: String,
    /// Title, such as `Managed Service for Hive Metastore API`.
    pub title: String,
    /// The versions in the paths, such as `v1`.
    pub versions: Vec<String>,
    /// The operations, by path and then by method.
    pub operations: Vec<Operation>,
    /// The messages by their keys.
    pub messages: IndexMap<String, Message>,
}

/// Place in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Range<usize>,
}

impl At {
    /// The place, for diagnostics.
    pub fn place(&self) -> Place {
        Place::Span(self.file, self.span.clone())
    }
}

/// A message: a JSON object with known members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The full name, with a mark in front where it is a request's body.
    pub key: String,
    /// The last part of the full name.
    pub name: String,
    /// The owner of its enums, where that is not the message itself: a request belongs to a resource.
    pub owner: Option<String>,
    /// Description.
    pub doc: String,
    /// Its fields in order.
    pub fields: IndexMap<String, Field>,
    /// Groups of fields of which at most one may be set.
    pub groups: Vec<Vec<String>>,
    /// `true` if it has no other members.
    pub closed: bool,
    /// `true` if its page is one of the newer ones.
    pub newer: bool,
    /// Its place.
    pub at: At,
}

/// A field and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its row.
    pub row: Row,
    /// The file that has the row.
    pub file: FileId,
}

impl Field {
    /// The place of its row, for diagnostics.
    pub fn place(&self) -> Place {
        Place::Span(self.file, self.row.span.clone())
    }
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The identifier, such as `clusterExportData`.
    pub id: String,
    /// The resource, such as `Cluster`.
    pub tag: String,
    /// Description.
    pub doc: String,
    /// The HTTP method.
    pub verb: Verb,
    /// The host, with the macros of the vendor's site.
    pub host: String,
    /// The path, with variables in braces.
    pub path: String,
    /// The path's variables, in the path's order.
    pub variables: Vec<Field>,
    /// The query's parameters, in the table's order.
    pub query: Vec<Field>,
    /// Groups of query parameters of which at most one may be set.
    pub groups: Vec<Vec<String>>,
    /// The key of the body's message.
    pub body: Option<String>,
    /// Key of the response's message.
    pub response: Option<String>,
    /// `true` if the response is a long-running operation.
    pub long_running: bool,
    /// Place of the request.
    pub at: At,
}

/// The full name of the vendor's long-running operation.
pub const OPERATION: &str = "yandex.cloud.operation.Operation";

/// A full name without what marks it as a body or as a variant.
pub fn full_name(key: &str) -> &str {
    let name = key.strip_prefix("body:").unwrap_or(key);
    name.split_once('~').map_or(name, |(name, _)| name)
}

/// The last part of a full name.
pub fn short_name(key: &str) -> &str {
    let name = full_name(key);
    name.rsplit_once('.').map_or(name, |(_, short)| short)
}
