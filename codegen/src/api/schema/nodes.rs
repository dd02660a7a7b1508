//! The nodes of the arena while it grows: which there are, and which are still to be lowered.

use super::events::EventBranch;
use super::kinds::Kinds;
use crate::api::model::{Owner, SchemaId, Shape};
use crate::api::schema_location::Source;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A schema that has a number and is yet to be lowered.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// Where it stands, in the normal form; no other node has the same.
    pub pointer: String,
    pub owner: Owner,
    /// Whether the owner is the place at which the document writes the schema, and not only one that refers to it.
    natural: bool,
    pub matter: Matter<'a>,
}

/// What a node is made of.
#[derive(Clone, Debug)]
pub(super) enum Matter<'a> {
    /// All of these places together.
    All(Vec<Source<'a>>),
    /// What these places together say of values of these types.
    Narrowed(Kinds, Vec<Source<'a>>),
    /// The data of events, told by their names.
    Events(Vec<EventBranch<'a>>),
    /// What the phase itself says stands here.
    Made(Shape),
}

/// Every node so far, by its number.
#[derive(Default)]
pub(super) struct Nodes<'a> {
    all: Vec<Node<'a>>,
    by_key: BTreeMap<String, SchemaId>,
    pointers: BTreeSet<String>,
    queue: VecDeque<SchemaId>,
}

/// Where a node is met: at which pointer, in whose hands, and whether the document writes it there.
#[derive(Clone, Debug)]
pub(super) struct Met {
    pub pointer: String,
    pub owner: Owner,
    pub natural: bool,
}

impl<'a> Nodes<'a> {
    /// The number of the node of this key, a new one where there is none.
    pub fn id(&mut self, key: String, met: Met, matter: Matter<'a>) -> SchemaId {
        if let Some(id) = self.by_key.get(&key).copied() {
            self.settle(id, met);
            return id;
        }
        let id = SchemaId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        let pointer = self.free_pointer(met.pointer);
        self.by_key.insert(key, id);
        self.queue.push_back(id);
        self.all.push(Node {
            pointer,
            owner: met.owner,
            natural: met.natural,
            matter,
        });
        id
    }

    /// Gives a node the owner of the place that writes it, when it was met elsewhere before.
    fn settle(&mut self, id: SchemaId, met: Met) {
        let Some(node) = index(id).and_then(|at| self.all.get_mut(at)) else {
            return;
        };
        if met.natural && !node.natural {
            node.owner = met.owner;
            node.natural = true;
        }
    }

    fn free_pointer(&mut self, wanted: String) -> String {
        let mut pointer = wanted.clone();
        let mut count = 1;
        while !self.pointers.insert(pointer.clone()) {
            count += 1;
            pointer = format!("{wanted}#{count}");
        }
        pointer
    }

    pub fn find(&self, key: &str) -> Option<SchemaId> {
        self.by_key.get(key).copied()
    }

    pub fn get(&self, id: SchemaId) -> Option<&Node<'a>> {
        self.all.get(index(id)?)
    }

    /// The next node that is yet to be lowered; they come in the order of their numbers.
    pub fn next(&mut self) -> Option<SchemaId> {
        self.queue.pop_front()
    }

    pub fn into_all(self) -> Vec<Node<'a>> {
        self.all
    }
}

pub(super) fn index(id: SchemaId) -> Option<usize> {
    usize::try_from(id.0).ok()
}
