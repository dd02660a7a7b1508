//! Which fields and positions need a box: those that would make a struct or tuple hold itself.

use super::value_type::{is_record, LONGEST_CHAIN};
use crate::api::model::{Api, SchemaId, Shape};
use crate::api::read_write::uses;
use std::collections::{BTreeMap, BTreeSet};

/// What breaks recursion.
#[derive(Clone, Debug, Default)]
pub struct Boxes {
    /// Structs and tuples and what they hold directly, where the path leads back.
    edges: BTreeSet<(SchemaId, SchemaId)>,
    /// Schemas that would be an endless alias.
    endless: BTreeSet<SchemaId>,
}

impl Boxes {
    /// Whether what `owner`, a struct or tuple, holds of the schema `held` is boxed; that is no name for another.
    pub fn is_boxed(&self, owner: SchemaId, held: SchemaId) -> bool {
        self.edges.contains(&(owner, held))
    }

    /// Whether the schema holds itself through lists, maps and aliases alone.
    pub fn is_endless(&self, id: SchemaId) -> bool {
        self.endless.contains(&id)
    }
}

/// Finds what needs a box.
pub fn boxes(api: &Api) -> Boxes {
    let direct = |id: SchemaId| held_directly(api, id);
    let aliased = |id: SchemaId| held_by_alias(api, id);
    let edges = back_edges(api, &direct);
    let endless = back_edges(api, &aliased)
        .into_iter()
        .map(|(_, held)| held)
        .collect();
    Boxes { edges, endless }
}

/// What a value of this schema holds in place, neither behind a list nor a map nor a union's box.
fn held_directly(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    match api.schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) if is_record(object) => object
            .properties
            .values()
            .map(|property| behind(api, property.value.schema))
            .collect(),
        Some(Shape::Alias(usage)) => vec![behind(api, usage.schema)],
        Some(Shape::Tuple(tuple)) => {
            let items = tuple.items.iter();
            items.map(|item| behind(api, item.schema)).collect()
        }
        Some(_) | None => Vec::new(),
    }
}

/// The schema behind names for one another: a name is no place for a box.
fn behind(api: &Api, id: SchemaId) -> SchemaId {
    let mut id = id;
    for _ in 0..LONGEST_CHAIN {
        match api.schemas.get(id).map(|schema| &schema.shape) {
            Some(Shape::Alias(usage)) => id = usage.schema,
            Some(_) | None => break,
        }
    }
    id
}

/// What an alias of this schema spells out; items are named, not spelled out.
fn held_by_alias(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    match api.schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) if is_record(object) => Vec::new(),
        Some(Shape::Union(_) | Shape::Choice(_)) | None => Vec::new(),
        Some(shape) => uses(shape).into_iter().map(|usage| usage.schema).collect(),
    }
}

/// The edges that close a cycle, in a walk from the schemas in their order.
fn back_edges(
    api: &Api,
    held: &dyn Fn(SchemaId) -> Vec<SchemaId>,
) -> BTreeSet<(SchemaId, SchemaId)> {
    let mut walk = Walk {
        state: BTreeMap::new(),
        found: BTreeSet::new(),
    };
    for (id, _) in api.schemas.iter() {
        walk.from(id, held);
    }
    walk.found
}

/// A walk in depth without recursion of its own, since documents may nest deeply.
struct Walk {
    /// Whether a schema is on the way to the current one (`true`) or done with.
    state: BTreeMap<SchemaId, bool>,
    found: BTreeSet<(SchemaId, SchemaId)>,
}

impl Walk {
    fn from(&mut self, root: SchemaId, held: &dyn Fn(SchemaId) -> Vec<SchemaId>) {
        if self.state.contains_key(&root) {
            return;
        }
        self.state.insert(root, true);
        let mut stack = vec![(root, held(root).into_iter())];
        while let Some((owner, rest)) = stack.last_mut() {
            let Some(next) = rest.next() else {
                self.state.insert(*owner, false);
                stack.pop();
                continue;
            };
            match self.state.get(&next) {
                Some(true) => drop(self.found.insert((*owner, next))),
                Some(false) => {}
                None => {
                    self.state.insert(next, true);
                    stack.push((next, held(next).into_iter()));
                }
            }
        }
    }
}
