//! Lenient responses: members that the document requires, but responses may lack.
//!
//! This happens before anything is named: if responses may lack a member, requests need a separate type, as they do for
//! `readOnly` members.

#[cfg(test)]
mod tests;

use super::recursion::Boxes;
use super::{TypeOptions, MAX_DEPTH};
use crate::api::glob;
use crate::api::model::{
    Access, Api, MissingValue, Object, Owner, Schema, SchemaId, Shape, Tagging, Union, Use,
};
use crate::api::read_write::{reach, reachable, Reach};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::Diagnostics;
use crate::names::{is_record, selectors};
use crate::options::{Options, Responses};
use std::collections::{BTreeMap, BTreeSet};

/// Members that responses may lack, with the effect of their absence.
type LenientMembers = BTreeMap<(SchemaId, String), MissingValue>;

/// Marks every member that responses may lack.
pub fn apply(
    mut api: Api,
    options: &Options,
    type_options: &TypeOptions,
    diagnostics: &mut Diagnostics,
) -> Api {
    let all = options.responses == Responses::Lenient;
    if !all && options.lenient.is_empty() {
        return api;
    }
    let responses = ResponseSchemas::new(&api, type_options);
    let mut members = LenientMembers::new();
    for selector in &options.lenient {
        members.extend(responses.selected(selector, diagnostics));
    }
    if all {
        members.extend(responses.unselected(&members, diagnostics));
    }
    for ((id, name), if_missing) in members {
        let Some(Shape::Object(object)) = api.schemas.get_mut(id).map(|schema| &mut schema.shape)
        else {
            continue;
        };
        if let Some(property) = object.properties.get_mut(&name) {
            property.if_missing = if_missing;
        }
    }
    api
}

/// Schemas in responses.
struct ResponseSchemas<'a> {
    api: &'a Api,
    options: &'a TypeOptions,
    boxes: Boxes,
    reach: BTreeMap<SchemaId, Reach>,
}

impl<'a> ResponseSchemas<'a> {
    fn new(api: &'a Api, options: &'a TypeOptions) -> Self {
        Self { api, options, boxes: Boxes::new(api), reach: reach(api) }
    }

    fn contain(&self, id: SchemaId) -> bool {
        match self.reach.get(&id) {
            Some(Reach::ResponseOnly | Reach::BothSame | Reach::BothDiffer) => true,
            Some(Reach::Neither | Reach::RequestOnly) | None => false,
        }
    }

    /// Returns the members that a selector makes optional. A selector without match or effect is reported.
    fn selected(&self, selector: &str, diagnostics: &mut Diagnostics) -> LenientMembers {
        let targets = Targets::resolve(self.api, selector);
        let whole = targets.whole.iter().flat_map(|id| self.required(*id));
        let single = targets.members.iter().flat_map(|(id, member)| {
            let required = self.required(*id);
            required.filter(move |((_, name), _)| name == member)
        });
        let members: LenientMembers = whole.chain(single).collect();
        if members.is_empty() {
            self.report_ineffective(selector, &targets, diagnostics);
        }
        members
    }

    fn report_ineffective(&self, selector: &str, targets: &Targets, diagnostics: &mut Diagnostics) {
        let owners = targets.members.iter().map(|(id, _)| id);
        let ids: Vec<_> = targets.whole.iter().chain(owners).copied().collect();
        let Some(first) = ids.first().and_then(|id| self.api.schemas.get(*id)) else {
            let known = known_selectors(self.api);
            let known = known.iter().map(String::as_str);
            return selectors::unmatched("lenient", selector, known, diagnostics);
        };
        let reason = if ids.iter().any(|id| self.contain(*id)) {
            "responses may lack all of it anyway"
        } else {
            "no response contains it"
        };
        let message = format!("`{selector}` in `lenient` changes nothing: {reason}");
        let place = first.at.place.clone();
        diagnostics.push(codes::LENIENT_WITHOUT_EFFECT, place, message);
    }

    /// Returns the members that responses may lack if all are lenient. Members that distinguish branches of unions stay
    /// required, which is reported.
    fn unselected(
        &self,
        selected: &LenientMembers,
        diagnostics: &mut Diagnostics,
    ) -> LenientMembers {
        let unions = Unions::new(self);
        for (union, schemas) in &unions.tried {
            let mut required = schemas.iter().flat_map(|id| self.required(*id));
            if required.any(|(member, _)| !selected.contains_key(&member)) {
                self.report_tried(*union, diagnostics);
            }
        }
        let is_tried = |id: &SchemaId| unions.tried.values().any(|schemas| schemas.contains(id));
        let ids = self.api.schemas.iter().map(|(id, _)| id);
        let members = ids.filter(|id| !is_tried(id)).flat_map(|id| self.required(id));
        members.filter(|(member, _)| !unions.members.contains(member)).collect()
    }

    fn report_tried(&self, union: SchemaId, diagnostics: &mut Diagnostics) {
        let Some(schema) = self.api.schemas.get(union) else {
            return;
        };
        let name = match &schema.owner {
            Owner::Component(name) => format!("`{name}`"),
            Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => "this union".to_owned(),
        };
        let message = format!(
            "the branches of {name} stay as documented: their required members distinguish them"
        );
        let help = "`lenient` makes members optional nevertheless if it names them: `lenient = [\"Component.member\"]`";
        let place = schema.at.place.clone();
        diagnostics.push_with_help(codes::LENIENT_UNION, place, message, help);
    }

    /// Returns the members that responses must have, with the effect of their absence.
    fn required(
        &self,
        id: SchemaId,
    ) -> impl Iterator<Item = ((SchemaId, String), MissingValue)> + '_ {
        let properties = self.record(id).into_iter().flat_map(|object| &object.properties);
        let required = properties.filter(|(_, property)| {
            property.required && property.value.access != Access::WriteOnly
        });
        required.map(move |(name, property)| ((id, name.clone()), self.if_missing(&property.value)))
    }

    /// Returns the object, if the schema becomes a struct that responses contain.
    fn record(&self, id: SchemaId) -> Option<&'a Object> {
        let is_generated = self.contain(id) && !self.options.caller_types.replaces(self.api, id);
        let object = object(self.api.schemas.get(id)?)?;
        Some(object).filter(|object| is_generated && is_record(object))
    }

    /// Returns the effect of an absent value: an empty list or map if null is not a value, else an unset field.
    fn if_missing(&self, usage: &Use) -> MissingValue {
        let mut usage = usage;
        for _ in 0..MAX_DEPTH {
            let id = usage.schema;
            let Some(schema) = self.api.schemas.get(id) else {
                break;
            };
            let is_replaced = self.options.caller_types.of_schema(id, &schema.shape).is_some();
            if usage.nullable || schema.nullable || is_replaced || self.boxes.is_endless(id) {
                break;
            }
            match &schema.shape {
                Shape::Alias(next) => usage = next,
                Shape::List(_) => return MissingValue::Empty,
                Shape::Object(object) if !is_record(object) => return MissingValue::Empty,
                Shape::Object(_)
                | Shape::Any(_)
                | Shape::Never
                | Shape::Null
                | Shape::Bool
                | Shape::Integer(_)
                | Shape::Number(_)
                | Shape::Text(_)
                | Shape::Choice(_)
                | Shape::Tuple(_)
                | Shape::Union(_) => break,
            }
        }
        MissingValue::Unset
    }
}

/// Members that distinguish the branches of unions in responses.
#[derive(Default)]
struct Unions {
    /// Unions whose branches are tried in turn, with all schemas inside them: if one accepted more values, it could
    /// take those of another branch.
    tried: BTreeMap<SchemaId, BTreeSet<SchemaId>>,
    /// Members by whose value or presence a branch is selected.
    members: BTreeSet<(SchemaId, String)>,
}

impl Unions {
    fn new(responses: &ResponseSchemas<'_>) -> Self {
        let mut unions = Self::default();
        let schemas = responses.api.schemas.iter();
        for (id, schema) in schemas.filter(|(id, _)| responses.contain(*id)) {
            if let Shape::Union(union) = &schema.shape {
                unions.add(responses.api, id, union);
            }
        }
        unions
    }

    fn add(&mut self, api: &Api, id: SchemaId, union: &Union) {
        let branches = union.variants.iter().map(|variant| variant.value.schema);
        let is_tried = match &union.tagging {
            Tagging::Trial => true,
            Tagging::Property { .. } => union.has_shared_tags(),
            Tagging::Type | Tagging::Keys(_) | Tagging::Text(_) | Tagging::Event(_) => false,
        };
        if is_tried {
            let schemas = reachable(&api.schemas, branches.clone().collect(), Access::ReadOnly);
            self.tried.insert(id, schemas);
        }
        for (at, branch) in branches.enumerate() {
            let member = match &union.tagging {
                Tagging::Property { name, .. } => Some(name),
                Tagging::Keys(keys) => keys.get(at).and_then(Option::as_ref),
                Tagging::Type | Tagging::Text(_) | Tagging::Event(_) | Tagging::Trial => None,
            };
            if let Some(name) = member {
                let schemas = branch_schemas(api, branch).into_iter();
                self.members.extend(schemas.map(|id| (id, name.clone())));
            }
        }
    }
}

/// Returns the schemas of a branch, including those of unions inside it.
fn branch_schemas(api: &Api, branch: SchemaId) -> BTreeSet<SchemaId> {
    let mut pending = vec![branch];
    let mut seen = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        match api.schemas.get(id).map(|schema| &schema.shape) {
            Some(Shape::Alias(usage)) => pending.push(usage.schema),
            Some(Shape::Union(union)) => {
                pending.extend(union.variants.iter().map(|variant| variant.value.schema));
            }
            Some(_) | None => {}
        }
    }
    seen
}

/// Targets of a selector.
#[derive(Default)]
struct Targets {
    /// Schemas with all their members.
    whole: BTreeSet<SchemaId>,
    /// Single members of schemas.
    members: Vec<(SchemaId, String)>,
}

impl Targets {
    /// Resolves a selector: a component with its inline schemas, a member of a component, or the schema at a pointer
    /// with its inline schemas.
    fn resolve(api: &Api, selector: &str) -> Self {
        if let Some(pointer) = selectors::pointer(selector) {
            return Self::at(api, pointer);
        }
        let whole = components(api).filter(|(_, name, _)| glob(selector, name));
        let whole = whole.map(|(id, _, _)| id).collect();
        // Both parts may contain dots.
        let splits = selector.match_indices('.').map(|(dot, _)| selector.split_at(dot));
        let members = splits.flat_map(|(owner, member)| {
            matching_members(api, owner, member.strip_prefix('.').unwrap_or(member))
        });
        Self { whole: with_inline(api, whole), members: members.collect() }
    }

    /// Resolves a pointer: the schema there, or the member whose schema is there.
    fn at(api: &Api, pointer: &str) -> Self {
        let here = api.schemas.iter();
        let here = here.filter(|(_, schema)| selectors::is_at(&schema.at, pointer));
        let here: Vec<_> = here.collect();
        if here.iter().any(|(_, schema)| object(schema).is_some()) {
            let ids = here.into_iter().map(|(id, _)| id).collect();
            return Self { whole: with_inline(api, ids), members: Vec::new() };
        }
        let is_at = |usage: &Use| {
            let inline = api.schemas.get(usage.schema).map(|schema| &schema.at);
            let mut sites = [Some(&usage.at), inline].into_iter().flatten();
            sites.any(|site| selectors::is_at(site, pointer))
        };
        let members = api.schemas.iter().filter_map(|(id, schema)| {
            let mut properties = object(schema)?.properties.iter();
            let (name, _) = properties.find(|(_, property)| is_at(&property.value))?;
            Some((id, name.clone()))
        });
        Self { whole: BTreeSet::new(), members: members.collect() }
    }
}

fn components(api: &Api) -> impl Iterator<Item = (SchemaId, &str, &Schema)> {
    api.schemas.iter().filter_map(|(id, schema)| match &schema.owner {
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

fn member_names(schema: &Schema) -> impl Iterator<Item = &String> {
    object(schema).into_iter().flat_map(|object| object.properties.keys())
}

/// Returns the matching members of matching components.
fn matching_members(api: &Api, owner: &str, member: &str) -> Vec<(SchemaId, String)> {
    let owners = components(api).filter(|(_, name, _)| glob(owner, name));
    let members = owners.flat_map(|(id, _, schema)| {
        let names = member_names(schema).filter(|name| glob(member, name));
        names.map(move |name| (id, name.clone()))
    });
    members.collect()
}

/// Adds the inline schemas inside these.
fn with_inline(api: &Api, mut ids: BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
    let owner = |id: &SchemaId| match api.schemas.get(*id)?.owner {
        Owner::Schema(owner, _) => Some(owner),
        Owner::Component(_) | Owner::Operation(..) | Owner::Shared(..) => None,
    };
    let is_inside = |id: &SchemaId| {
        let mut owners = std::iter::successors(owner(id), owner).take(MAX_DEPTH);
        owners.any(|id| ids.contains(&id))
    };
    let all = api.schemas.iter().map(|(id, _)| id);
    let inline: Vec<_> = all.filter(is_inside).collect();
    ids.extend(inline);
    ids
}

/// Returns every selector, without globs and pointers.
fn known_selectors(api: &Api) -> Vec<String> {
    let selectors = components(api).flat_map(|(_, name, schema)| {
        let members = member_names(schema).map(move |member| format!("{name}.{member}"));
        std::iter::once(name.to_owned()).chain(members)
    });
    selectors.collect()
}
