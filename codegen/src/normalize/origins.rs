//! From pointers in the normal form back to places in the user's files.

use crate::diagnostics::Place;
use crate::syntax::{pointer, Node, OriginId, OriginTable};

/// The origins of the values of the normal form, by their JSON Pointers.
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

    /// The origin of a value, or of its nearest ancestor.
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

    /// The place of a value in the user's files, or of its nearest ancestor.
    pub fn place(&self, normal_pointer: &str) -> Place {
        Place::value(&self.table, self.origin(normal_pointer))
    }

    /// The place of the key of a value, or of its nearest ancestor.
    pub fn key(&self, normal_pointer: &str) -> Place {
        Place::key(&self.table, self.origin(normal_pointer))
    }

    /// The normal form as a tree, with the extension keys.
    pub fn tree(&self) -> &Node {
        &self.tree
    }
}
