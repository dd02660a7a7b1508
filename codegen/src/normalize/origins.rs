//! From places in the normal form back to places in the user's files.

use crate::diagnostics::Place;
use crate::syntax::{pointer, Node, OriginId, OriginTable};

/// Where each value of the normal form came from, by its JSON pointer there.
#[derive(Clone, Debug)]
pub struct Origins {
    tree: Node,
    table: OriginTable,
}

impl Origins {
    pub(super) fn new(tree: Node, table: &OriginTable) -> Self {
        Self {
            tree,
            table: table.clone(),
        }
    }

    /// The origin of a value, or of the nearest value around it that has one.
    fn origin(&self, normal_pointer: &str) -> OriginId {
        let mut node = &self.tree;
        for step in pointer::steps(normal_pointer) {
            match node.step(&step) {
                Some(inner) => node = inner,
                None => break,
            }
        }
        node.origin
    }

    /// The place in the user's file of a value of the normal form, or of the nearest value around it.
    pub fn place(&self, normal_pointer: &str) -> Place {
        Place::value(&self.table, self.origin(normal_pointer))
    }

    /// The same, with the member's key in view rather than its value.
    pub fn key(&self, normal_pointer: &str) -> Place {
        Place::key(&self.table, self.origin(normal_pointer))
    }

    /// The normal form as a tree of values, with the keys that carry what 3.0 cannot say.
    pub fn tree(&self) -> &Node {
        &self.tree
    }
}
