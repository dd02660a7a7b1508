//! Objects and lists that are not over yet.

use super::super::node::{Key, Node, Object, Value};
use super::super::oddities::Oddity;
use super::super::origin::OriginId;
use super::super::outline::{EntryId, Extent};

/// The key that merges members of other objects into its own, of YAML 1.1 and of many files.
const MERGE: &str = "<<";

/// An object or list that is being read.
pub(super) struct Frame {
    pub origin: OriginId,
    pub entry: EntryId,
    /// The number of its own key in the value around it.
    pub name: u32,
    /// The number of its anchor, or 0.
    pub anchor: usize,
    /// Where its last value ends.
    pub end: u32,
    pub content: Content,
}

pub(super) enum Content {
    List(Vec<Node>),
    Object(Members),
}

#[derive(Default)]
pub(super) struct Members {
    found: Object,
    merged: Vec<Node>,
    /// A key whose value comes next.
    pub key: Option<(u32, Extent)>,
}

impl Content {
    /// Takes a value that was read.
    pub fn put(&mut self, key: Key, node: Node, oddities: &mut Vec<Oddity>) {
        match self {
            Self::List(items) => items.push(node),
            Self::Object(members) if &*key == MERGE => members.merged.push(node),
            Self::Object(members) => {
                let origin = node.origin;
                if members.found.insert(key, node).is_some() {
                    oddities.push(Oddity::Twice(origin));
                }
            }
        }
    }

    /// The value that it is when all was read.
    pub fn done(self, oddities: &mut Vec<Oddity>) -> Value {
        match self {
            Self::List(items) => Value::List(items),
            Self::Object(mut members) => {
                for merged in members.merged {
                    merge(&mut members.found, merged, oddities);
                }
                Value::Object(members.found)
            }
        }
    }
}

/// Adds the members of a merge key's value that an object lacks.
fn merge(members: &mut Object, merged: Node, oddities: &mut Vec<Oddity>) {
    for source in merged.into_list() {
        let Value::Object(found) = source.value else {
            oddities.push(Oddity::Merge(source.origin));
            continue;
        };
        for (key, node) in found {
            members.entry(key).or_insert(node);
        }
    }
}
