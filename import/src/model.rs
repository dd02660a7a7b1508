//! What the pages of one service say together: messages by their full names, and operations.

use crate::page::{Row, Verb};
use indexmap::IndexMap;
use std::ops::Range;
use typewright::source::FileId;

/// A service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Such as `yandex-metastore`.
    pub key: String,
    /// Such as `Managed Service for Hive Metastore API`.
    pub title: String,
    /// The versions in the paths, such as `v1`.
    pub versions: Vec<String>,
    /// The operations, by path and then by method.
    pub operations: Vec<Operation>,
    /// The messages by their keys.
    pub messages: IndexMap<String, Message>,
}

/// Where something was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Range<usize>,
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
    /// What the page says of it.
    pub doc: String,
    /// Its fields in order.
    pub fields: IndexMap<String, Field>,
    /// Groups of fields of which at most one may be set.
    pub groups: Vec<Vec<String>>,
    /// Whether it takes no other members.
    pub closed: bool,
    /// Whether the page that has it is one of the newer ones.
    pub newer: bool,
    /// Where it was read.
    pub at: At,
}

/// A field and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What its row says.
    pub row: Row,
    /// The file that has the row.
    pub file: FileId,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The identifier, such as `clusterExportData`.
    pub id: String,
    /// The resource, such as `Cluster`.
    pub tag: String,
    /// What the operation does.
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
    /// The key of the reply's message.
    pub reply: Option<String>,
    /// Whether the reply is an operation that goes on.
    pub long_running: bool,
    /// Where the request was read.
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
