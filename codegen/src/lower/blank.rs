//! Which types have a value that can stand in a field until its member has been read.

use super::model::{Field, Item, Presence, Tagging, Type, TypeFile, Union};
use crate::names::Ident;
use std::collections::BTreeSet;

/// Decides for every item, from those that need no other upwards: a type that only holds itself has no such value.
pub fn decide(files: &mut [TypeFile]) {
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
}

/// Whether an item has such a value, given those that do; notes the branch of a union and the value of a newtype.
fn has_blank(item: &mut Item, known: &BTreeSet<Ident>) -> bool {
    match item {
        Item::Record(record) => record.fields.iter().all(|field| is_ready(field, known)),
        Item::Choice(_) => true,
        Item::Union(union) => union_branch(union, known),
        Item::Newtype(newtype) => {
            newtype.blank = is_blank(&newtype.value.ty, known);
            newtype.blank
        }
        Item::Alias(alias) => is_blank(&alias.ty, known),
        Item::Validation(_) => false,
    }
}

fn is_ready(field: &Field, known: &BTreeSet<Ident>) -> bool {
    field.presence != Presence::Required || is_blank(&field.value.ty, known)
}

fn union_branch(union: &mut Union, known: &BTreeSet<Ident>) -> bool {
    if let Tagging::Member(..) = union.tagging {
        return true;
    }
    let mut branches = union.variants.iter();
    let branch = branches.find(|variant| is_blank(&variant.value.ty, known));
    union.blank = branch.map(|variant| variant.ident.clone());
    union.blank.is_some()
}

fn is_blank(ty: &Type, known: &BTreeSet<Ident>) -> bool {
    match ty {
        Type::Never | Type::Foreign(_) => false,
        Type::Named(name) => known.contains(name),
        Type::Boxed(inner) | Type::Lenient(inner) => is_blank(inner, known),
        Type::Tuple(items) | Type::Prefix(items, _) => {
            items.iter().all(|item| is_blank(item, known))
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
