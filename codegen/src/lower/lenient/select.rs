//! The types and members that a selector of `lenient` names.

use crate::api::glob;
use crate::api::model::{Api, Object, Owner, Schema, SchemaId, Shape};
use crate::names::selectors;
use std::collections::BTreeSet;

/// The most owners that an inline schema is looked up through.
const DEEPEST: usize = 64;

/// What a selector names.
#[derive(Default)]
pub struct Named {
    /// Schemas with all of their members.
    pub whole: BTreeSet<SchemaId>,
    /// Members of schemas.
    pub members: Vec<(SchemaId, String)>,
}

/// What a selector names: a component with what is written in it, a member of a component, or the schema at a pointer with
/// what is written in it.
pub fn named(api: &Api, selector: &str) -> Named {
    if let Some(pointer) = selectors::pointer(selector) {
        return at(api, pointer);
    }
    let fits = |(_, name, _): &(SchemaId, &str, &Schema)| glob(selector, name);
    let whole = components(api).filter(fits).map(|(id, _, _)| id);
    let dots = selector.match_indices('.');
    let members = dots.flat_map(|(dot, _)| {
        let (owner, member) = selector.split_at(dot);
        members(api, owner, member.strip_prefix('.').unwrap_or(member))
    });
    Named {
        whole: with_inline(api, whole.collect()),
        members: members.collect(),
    }
}

/// The schema at a pointer; where none stands there that has members, the member whose schema does.
fn at(api: &Api, pointer: &str) -> Named {
    let here = api.schemas.iter();
    let here = here.filter(|(_, schema)| selectors::stands_at(&schema.at, pointer));
    let here: BTreeSet<_> = here.map(|(id, _)| id).collect();
    let has_members = |id: &SchemaId| api.schemas.get(*id).and_then(object).is_some();
    if here.iter().any(has_members) {
        return Named {
            whole: with_inline(api, here),
            members: Vec::new(),
        };
    }
    let all = api.schemas.iter();
    let members = all.filter_map(|(id, schema)| {
        let mut properties = object(schema)?.properties.iter();
        let (name, _) = properties.find(|(_, property)| {
            let inline = api.schemas.get(property.value.schema);
            let at = [Some(&property.value.at), inline.map(|schema| &schema.at)];
            let mut at = at.into_iter().flatten();
            at.any(|site| selectors::stands_at(site, pointer))
        })?;
        Some((id, name.clone()))
    });
    Named {
        whole: BTreeSet::new(),
        members: members.collect(),
    }
}

fn components(api: &Api) -> impl Iterator<Item = (SchemaId, &str, &Schema)> {
    let all = api.schemas.iter();
    all.filter_map(|(id, schema)| match &schema.owner {
        Owner::Component(name) => Some((id, name.as_str(), schema)),
        Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => None,
    })
}

fn object(schema: &Schema) -> Option<&Object> {
    if let Shape::Object(object) = &schema.shape {
        return Some(object);
    }
    None
}

/// The members that fit, of the components that fit.
fn members(api: &Api, owner: &str, member: &str) -> Vec<(SchemaId, String)> {
    let owners = components(api).filter(|(_, name, _)| glob(owner, name));
    let found = owners.flat_map(|(id, _, schema)| {
        let properties = object(schema).into_iter();
        let names = properties.flat_map(|object| object.properties.keys());
        let names = names.filter(|name| glob(member, name));
        names.map(move |name| (id, name.clone()))
    });
    found.collect()
}

/// These schemas, and those that are written within them.
fn with_inline(api: &Api, mut ids: BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
    if ids.is_empty() {
        return ids;
    }
    let owner = |id: &SchemaId| match &api.schemas.get(*id)?.owner {
        Owner::Schema(owner, _) => Some(*owner),
        Owner::Component(_) | Owner::Operation(..) | Owner::Shared(..) => None,
    };
    let is_within = |id: &SchemaId| {
        let mut owners = std::iter::successors(owner(id), owner).take(DEEPEST);
        owners.any(|id| ids.contains(&id))
    };
    let all = api.schemas.iter().map(|(id, _)| id);
    let inline: Vec<_> = all.filter(is_within).collect();
    ids.extend(inline);
    ids
}

/// Every selector without globs and pointers.
pub fn known(api: &Api) -> Vec<String> {
    let of_component = components(api).flat_map(|(_, name, schema)| {
        let properties = object(schema).into_iter();
        let members = properties.flat_map(|object| object.properties.keys());
        let members = members.map(move |member| format!("{name}.{member}"));
        std::iter::once(name.to_owned()).chain(members)
    });
    of_component.collect()
}
