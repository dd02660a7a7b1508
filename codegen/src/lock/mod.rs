//! The lock file of a client: the names and the order of arguments that later runs keep, and the public API that they were
//! made for.
//!
//! A document decides names together with its neighbours: a new schema, another title or a further tag can move a name that
//! callers use. A lock holds what an earlier run decided, so that the next one decides the same where it can.

#[cfg(feature = "lock-file")]
mod compact;
#[cfg(feature = "lock-file")]
mod read;
#[cfg(feature = "lock-file")]
mod write;

use std::collections::BTreeMap;

/// File name of the lock of a generated crate, in the folder of the crate.
pub const FILE: &str = "typewright.lock";

/// Version of the file's format that this release writes. It reads all older ones.
pub const VERSION: i64 = 1;

/// Decisions of an earlier run; empty for the first.
///
/// A node is the identity of a part of the document and of its role, such as `component Pet` or `GET /pets method`: it
/// depends neither on the order of the document nor on titles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// `true` if operations are in groups by tag, `false` if they are methods of the client; `None` if it is undecided.
    pub grouped: Option<bool>,
    /// Options by which the names were made: with others, all is named anew.
    pub naming: Naming,
    /// Identifiers, without `r#`, by node.
    pub names: BTreeMap<String, String>,
    /// Positional arguments of methods and constructors, by node: names of properties, and for methods the location and name
    /// of a parameter (`path id`), `part file`, or `body`.
    pub arguments: BTreeMap<String, Vec<String>>,
    /// Public API, by Rust path.
    pub api: BTreeMap<String, ApiItem>,
}

/// The options that name many items at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// [`CallOptions::full_operation_ids`](crate::CallOptions::full_operation_ids).
    pub full_operation_ids: bool,
    /// [`Options::strip_prefix`](crate::Options::strip_prefix).
    pub strip_prefix: Vec<String>,
}

/// A public item of the generated crate, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiItem {
    /// Kind of the item: the noun of [`Kind`](crate::diff::Kind).
    pub kind: String,
    /// Identity of the document's node that the item is made of.
    pub node: String,
    /// Declaration without the name.
    pub signature: String,
}

impl Lock {
    /// `true` if nothing is decided.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
