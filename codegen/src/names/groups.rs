//! Names of groups of mutually exclusive fields.

use super::phrases::own_words;
use super::reserved;
use super::scope::{Scope, Wish};
use super::word_case::{camel, snake};
use super::{GroupNames, Ident};
use crate::api::model::{Api, ExclusiveGroup, Object, SchemaId, Shape};
use crate::diagnostics::{Diagnostics, Place};
use std::collections::BTreeMap;

/// Maximum number of fields that a group is named after.
const MOST_MEMBERS: usize = 3;

/// Names the groups of every type.
pub fn assign(
    api: &Api,
    named: &BTreeMap<SchemaId, Ident>,
    scope: &mut Scope,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<SchemaId, Vec<GroupNames>> {
    let mut wishes = Vec::new();
    let mut groups = Vec::new();
    for (id, read) in named {
        let Some(schema) = api.schemas.get(*id) else {
            continue;
        };
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        for group in &object.exclusive_groups {
            let group = Group::of(group, read);
            wishes.push(group.wish(read, &schema.at.place));
            groups.push((*id, object.as_ref(), group));
        }
    }
    let idents = scope.settle(&wishes, diagnostics);
    let mut assigned = BTreeMap::<SchemaId, Vec<GroupNames>>::new();
    let mut methods = BTreeMap::<SchemaId, Scope>::new();
    for ((id, object, group), ident) in groups.into_iter().zip(idents) {
        let methods = methods.entry(id).or_insert_with(|| self::methods(object));
        let names = GroupNames {
            ident,
            accessor: methods.claim(&group.accessors()).ident,
            variants: group.variants,
        };
        assigned.entry(id).or_default().push(names);
    }
    assigned
}

/// Returns the scope of a struct's methods, with its fields, setters and default accessors taken.
fn methods(object: &Object) -> Scope {
    let mut scope = Scope::reserving(&[&reserved::RECORD_METHODS, &reserved::TRAIT_METHODS]);
    for name in object.properties.keys() {
        let field = Ident::new(&snake(name));
        [&field, &field.setter(), &field.or_default()]
            .into_iter()
            .for_each(|ident| scope.take(ident));
    }
    scope
}

/// A group, and the words that make its names.
struct Group {
    /// The fields' words, in alphabetical order.
    joined: String,
    variants: Vec<Ident>,
}

impl Group {
    fn of(group: &ExclusiveGroup, read: &Ident) -> Self {
        let word = |name: &String| {
            let own = own_words(name, read.text());
            own.unwrap_or_else(|| camel(name))
        };
        let words: Vec<String> = group.members.iter().map(word).collect();
        let mut sorted = words.clone();
        sorted.sort();
        let joined = match words.len() <= MOST_MEMBERS {
            true => sorted.join("Or"),
            false => "OneOf".to_owned(),
        };
        let wishes: Vec<Wish> = group
            .members
            .iter()
            .zip(words)
            .map(|(name, word)| Wish {
                rank: 0,
                key: name.clone(),
                candidates: vec![word, camel(name), format!("{}Member", camel(name))],
                place: Place::Nowhere,
            })
            .collect();
        let mut scope = Scope::reserving(&[&reserved::VARIANTS]);
        let claims = scope.claims(&wishes);
        Self {
            joined,
            variants: claims.into_iter().map(|claim| claim.ident).collect(),
        }
    }

    /// Name of the enum: `MaintenanceWindow` and `AnytimeOrWeekly` make `MaintenanceWindowAnytimeOrWeekly`.
    fn wish(&self, read: &Ident, place: &Place) -> Wish {
        let wanted = format!("{}{}", read.text(), self.joined);
        Wish {
            rank: 0,
            key: wanted.clone(),
            candidates: vec![wanted.clone(), format!("{wanted}Choice")],
            place: place.clone(),
        }
    }

    fn accessors(&self) -> Vec<String> {
        let word = snake(&self.joined);
        vec![word.clone(), format!("{word}_choice")]
    }
}
