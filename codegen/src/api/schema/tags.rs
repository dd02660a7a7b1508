//! Tags: the values of the property that tells the branches of a union apart.

use super::tagging::Mapping;
use crate::api::model::{TagType, Tagging};
use std::collections::BTreeSet;

/// What a branch says of the property that may tell it apart.
pub(super) struct Tag {
    pub values: Vec<String>,
    pub base: Option<TagType>,
    /// Whether the branch declares the property.
    pub declared: bool,
    /// Whether it demands it.
    pub required: bool,
    /// The text that is its default.
    pub default: Option<String>,
}

/// What two branches of one union say together of a property.
pub(super) fn both(mut one: Tag, other: Tag) -> Tag {
    let told = !one.values.is_empty() && !other.values.is_empty();
    one.values.extend(other.values);
    if !told {
        one.values.clear();
    }
    Tag {
        values: one.values,
        base: one.base.filter(|base| Some(*base) == other.base),
        declared: one.declared && other.declared,
        required: one.required && other.required,
        default: None,
    }
}

/// The tag of a branch that is not mapped: its component's name, and what it says itself to be as a rule, where that is
/// a tag of the mapping.
pub(super) fn implicit(tag: Option<&Tag>, name: Option<&str>, mapping: &Mapping) -> Vec<String> {
    let mapped = |text: &String| mapping.tags.iter().any(|tags| tags.contains(text));
    let default = tag.and_then(|tag| tag.default.clone()).filter(mapped);
    default.into_iter().chain(name.map(str::to_owned)).collect()
}

/// Says that a tag leads to several branches, where one does.
pub(super) fn shared(tagging: &Tagging, tags: &[Vec<String>]) -> Option<String> {
    let Tagging::Property { name, .. } = tagging else {
        return None;
    };
    let twice = repeated(tags)?;
    Some(format!(
        "`{twice}` as `{name}` leads to several branches, each of which is tried"
    ))
}

/// How many different tags there are.
pub(super) fn distinct(tags: &[Vec<String>]) -> usize {
    tags.iter().flatten().collect::<BTreeSet<_>>().len()
}

/// A tag that leads to two branches.
pub(super) fn repeated(tags: &[Vec<String>]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    let mut all = tags.iter().enumerate().flat_map(|(at, list)| {
        let distinct: BTreeSet<&str> = list.iter().map(String::as_str).collect();
        distinct.into_iter().map(move |tag| (at, tag))
    });
    all.find(|(_, tag)| !seen.insert(*tag)).map(|(_, tag)| tag)
}
