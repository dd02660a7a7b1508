//! Recursive types: where they need a box, and which types have a blank value.

use super::model::{Item, Presence, Record, Tagging, Type, TypeFile};
use super::MAX_DEPTH;
use crate::api::model::{Api, SchemaId, Shape};
use crate::api::read_write::uses;
use crate::names::{is_record, Ident};
use std::collections::{BTreeMap, BTreeSet};

/// Where recursion is broken.
#[derive(Clone, Debug, Default)]
pub struct Boxes {
    /// Structs and tuples with schemas that they contain directly and that lead back to them.
    edges: BTreeSet<(SchemaId, SchemaId)>,
    /// Schemas whose alias would be infinitely recursive.
    endless: BTreeSet<SchemaId>,
}

impl Boxes {
    /// Finds the boxes of an API.
    pub fn new(api: &Api) -> Self {
        let endless = back_edges(api, &|id| spelled_out(api, id));
        Self {
            edges: back_edges(api, &|id| contained_in_place(api, id)),
            endless: endless.into_iter().map(|(_, target)| target).collect(),
        }
    }

    /// `true` if `owner`, a struct or tuple, contains the schema `inner` in a box; `inner` is not an alias.
    pub fn is_boxed(&self, owner: SchemaId, inner: SchemaId) -> bool {
        self.edges.contains(&(owner, inner))
    }

    /// `true` if the schema contains itself through lists, maps and aliases only.
    pub fn is_endless(&self, id: SchemaId) -> bool {
        self.endless.contains(&id)
    }
}

/// Follows aliases, which have no place for a box.
pub fn resolve(api: &Api, id: SchemaId) -> SchemaId {
    let target = |id: &SchemaId| {
        let Shape::Alias(usage) = &api.schemas.get(*id)?.shape else {
            return None;
        };
        Some(usage.schema)
    };
    let chain = std::iter::successors(Some(id), target);
    chain.take(MAX_DEPTH + 1).last().unwrap_or(id)
}

/// Returns the schemas that a value contains in place, not in a list, a map or a union.
fn contained_in_place(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    let resolve = |id| resolve(api, id);
    match api.schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) if is_record(object) => {
            object.properties.values().map(|property| resolve(property.value.schema)).collect()
        }
        Some(Shape::Alias(usage)) => vec![resolve(usage.schema)],
        Some(Shape::Tuple(tuple)) => tuple.items.iter().map(|item| resolve(item.schema)).collect(),
        Some(_) | None => Vec::new(),
    }
}

/// Returns the schemas whose types the alias of a schema spells out; items are named instead.
fn spelled_out(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    match api.schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) if is_record(object) => Vec::new(),
        Some(Shape::Union(_) | Shape::Choice(_)) | None => Vec::new(),
        Some(shape) => uses(shape).into_iter().map(|usage| usage.schema).collect(),
    }
}

/// Returns the edges that close a cycle in a depth-first walk of the schemas in order.
fn back_edges(
    api: &Api,
    targets: &dyn Fn(SchemaId) -> Vec<SchemaId>,
) -> BTreeSet<(SchemaId, SchemaId)> {
    // `true` for schemas on the current path, `false` for finished ones.
    let mut state = BTreeMap::new();
    let mut edges = BTreeSet::new();
    for (root, _) in api.schemas.iter() {
        if state.contains_key(&root) {
            continue;
        }
        // The stack is explicit, because documents may nest deeply.
        state.insert(root, true);
        let mut stack = vec![(root, targets(root).into_iter())];
        while let Some((owner, pending)) = stack.last_mut() {
            let Some(next) = pending.next() else {
                state.insert(*owner, false);
                stack.pop();
                continue;
            };
            match state.get(&next) {
                Some(true) => drop(edges.insert((*owner, next))),
                Some(false) => {}
                None => {
                    state.insert(next, true);
                    stack.push((next, targets(next).into_iter()));
                }
            }
        }
    }
    edges
}

/// Determines for every item whether it has a blank value, a placeholder for a field that has not been decoded yet.
///
/// Starts with none and repeats until nothing changes: a type that always contains itself has none.
/// `others` are structs that no item contains.
pub fn set_blanks<'r>(files: &mut [TypeFile], others: impl Iterator<Item = &'r mut Record>) {
    let mut known = BTreeSet::new();
    loop {
        let before = known.len();
        for item in files.iter_mut().flat_map(|file| &mut file.items) {
            if !known.contains(item.name()) && has_blank(item, &known) {
                known.insert(item.name().clone());
            }
        }
        if known.len() == before {
            break;
        }
    }
    for item in files.iter_mut().flat_map(|file| &mut file.items) {
        if let Item::Record(record) = item {
            record.in_place = known.contains(&record.name);
        }
    }
    for record in others {
        record.in_place = is_blank_record(record, &known);
    }
}

/// `true` if every field has a blank value, given the types known to have one.
fn is_blank_record(record: &Record, known: &BTreeSet<Ident>) -> bool {
    let mut fields = record.fields.iter();
    fields.all(|field| field.presence != Presence::Required || is_blank(&field.value.ty, known))
}

/// `true` if the item has a blank value, given the types known to have one; sets the union's and newtype's blank.
fn has_blank(item: &mut Item, known: &BTreeSet<Ident>) -> bool {
    match item {
        Item::Record(record) => is_blank_record(record, known),
        Item::Choice(_) => true,
        Item::Union(union) if matches!(union.tagging, Tagging::Member(..)) => true,
        Item::Union(union) => {
            let mut variants = union.variants.iter();
            let variant = variants.find(|variant| is_blank(&variant.value.ty, known));
            union.blank = variant.map(|variant| variant.ident.clone());
            union.blank.is_some()
        }
        Item::Newtype(newtype) => {
            newtype.blank = is_blank(&newtype.value.ty, known);
            newtype.blank
        }
        Item::Alias(alias) => is_blank(&alias.ty, known),
        Item::Validation(_) => false,
    }
}

fn is_blank(ty: &Type, known: &BTreeSet<Ident>) -> bool {
    match ty {
        Type::Never | Type::Foreign(_) => false,
        Type::Named(name) => known.contains(name),
        Type::Boxed(inner) | Type::Lenient(inner) => is_blank(inner, known),
        Type::Tuple(positions) | Type::Prefix(positions, _) => {
            positions.iter().all(|position| is_blank(position, known))
        }
        Type::Value
        | Type::Null
        | Type::Bool
        | Type::Integer(_)
        | Type::Float
        | Type::Number
        | Type::Text
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Scalar(_)
        | Type::Bytes
        | Type::List(_)
        | Type::Map(_)
        | Type::Keyed(..)
        | Type::Maybe(_)
        | Type::Option(_) => true,
    }
}
