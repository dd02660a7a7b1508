//! `anyOf` of objects that one value may fit at once: one object with the members of all, or branches that keep what they
//! do not list.

use super::all_of::gather;
use super::kinds::Kinds;
use super::merged::{Additional, Merged};
use super::one_of::{Alternatives, Composed};
use super::shape::{Form, Formed};
use super::tagging::Shapes;
use super::{Lowering, Position};
use crate::api::model::{AdditionalProperties, AnyReason, Owner, Role, SchemaId, Shape, Tagging};
use crate::api::schema_location::{join, Said, Source};
use crate::diagnostics::codes::api as codes;
use openapiv3::Schema;
use std::collections::BTreeSet;

impl<'a> Lowering<'a, '_> {
    /// Takes the branches of each `anyOf` in whose members do not contradict each other, so that a value keeps all of them.
    pub(super) fn join_objects(&mut self, composed: &mut Composed<'a>) {
        if self.resolver.literal {
            return;
        }
        let mut joined = Vec::new();
        let mut left = Vec::new();
        for union in std::mem::take(&mut composed.unions) {
            match self.joinable(&composed.merged, &union) {
                Some(branches) => joined.push((union, branches)),
                None => left.push(union),
            }
        }
        if !left.is_empty() {
            // They are joined in each branch of the others.
            left.extend(joined.into_iter().map(|(union, _)| union));
            composed.unions = left;
            return;
        }
        for (union, branches) in joined {
            self.join(composed, &union, branches);
        }
    }

    /// What the branches say, where all of them can be said of one object.
    fn joinable(&self, beside: &Merged<'a>, union: &Alternatives<'a>) -> Option<Vec<Merged<'a>>> {
        let told = union.declared.is_some() || union.branches.iter().any(|one| self.is_heir(one));
        if told || !matches!(union.source.said, Said::AnyOf(_)) || beside.values.is_some() {
            return None;
        }
        let object = |kinds: Kinds| kinds.and(Kinds::OBJECT) == Kinds::OBJECT;
        if !object(beside.kinds) || matches!(beside.rest, Additional::Closed) {
            return None;
        }
        let mut branches = Vec::with_capacity(union.branches.len());
        for branch in &union.branches {
            let merged = gather(self.resolver, std::slice::from_ref(branch));
            branches.push(Some(merged).filter(is_open_object)?);
        }
        let all: Vec<&Merged> = branches.iter().chain([beside]).collect();
        let mut names = all.iter().flat_map(|merged| merged.properties.keys());
        let agreed = names.all(|name| {
            let said = all.iter().filter_map(|one| one.properties.get(name));
            agree(said)
        });
        agreed.then_some(branches)
    }

    /// Whether the branch takes in a component with a discriminator, whose tags tell it from others.
    fn is_heir(&self, branch: &Source<'a>) -> bool {
        let name = branch.component();
        name.is_some_and(|name| self.heirs.is_root(&name) || !self.heirs.roots_of(&name).is_empty())
    }

    fn join(
        &mut self,
        composed: &mut Composed<'a>,
        union: &Alternatives<'a>,
        branches: Vec<Merged<'a>>,
    ) {
        let common = branches.iter().map(|branch| &branch.required).cloned();
        let common = common
            .reduce(|one, other| &one & &other)
            .unwrap_or_default();
        let conditional = |branch: &Merged| !branch.required.is_subset(&common);
        if branches.iter().any(conditional) {
            let message = "which of these properties are there together is not checked";
            self.report_once(codes::UNCHECKED, &union.source.pointer, message);
        }
        let merged = &mut composed.merged;
        merged.kinds = merged.kinds.and(Kinds::OBJECT);
        merged.required.extend(common);
        for branch in branches {
            composed.nullable |= branch.nullable();
            let open = branch.properties.is_empty() || matches!(branch.rest, Additional::Any(_));
            if let (true, Additional::Unsaid) = (open, &merged.rest) {
                let pointer = join(branch.place(), "additionalProperties");
                merged.rest = Additional::Any(pointer);
            }
            for (name, sources) in branch.properties {
                merged.properties.entry(name).or_insert(sources);
            }
        }
    }

    /// Makes the records among the branches of an `anyOf` keep the members that they do not list, where a value may be of
    /// several branches at once: those members may be another branch's.
    pub(super) fn keep_members(&mut self, formed: &mut Vec<Formed<'a>>, open: &BTreeSet<SchemaId>) {
        for id in open {
            let Some(node) = self.nodes.get(*id) else {
                continue;
            };
            let position = Position {
                pointer: join(&node.pointer, "additionalProperties"),
                owner: Owner::Schema(*id, Role::Value),
            };
            let any = self.made_use(Shape::Any(AnyReason::Unconstrained), position);
            let form = super::nodes::index(*id).and_then(|at| formed.get_mut(at));
            if let Some(Form::Done(Shape::Object(object))) = form.map(|formed| &mut formed.form) {
                object.additional = AdditionalProperties::Retained(Box::new(any));
            }
        }
        while let Some(id) = self.nodes.next() {
            let form = self.form(id);
            formed.push(form);
        }
    }
}

impl Shapes<'_, '_> {
    /// The records among the branches of a union that pass over members that they do not list, where these may be what
    /// another branch is about.
    pub(super) fn overlapping(&mut self, id: SchemaId, tagging: &Tagging) -> Vec<SchemaId> {
        let Some(Form::Union(branched)) = self.form(id) else {
            return Vec::new();
        };
        let several = match tagging {
            Tagging::Keys(_) | Tagging::Trial => branched.any_of,
            Tagging::Property { .. } | Tagging::Type | Tagging::Text(_) | Tagging::Event(_) => {
                false
            }
        };
        let branches = branched.branches.iter().filter(|_| several);
        let mut objects: Vec<SchemaId> = branches.map(|branch| branch.value.schema).collect();
        objects.retain(|id| self.kinds(*id).overlaps(Kinds::OBJECT));
        if objects.len() < 2 {
            return Vec::new();
        }
        let mut records: Vec<SchemaId> = Vec::new();
        for id in objects {
            records.extend(self.records(id));
        }
        records.retain(|id| match self.form(*id) {
            Some(Form::Done(Shape::Object(object))) => {
                matches!(object.additional, AdditionalProperties::Ignored)
            }
            Some(Form::Done(_) | Form::Union(_)) | None => false,
        });
        records
    }
}

/// Whether only properties are said of an object, and others may be there.
fn is_open_object(merged: &Merged) -> bool {
    let rest = matches!(merged.rest, Additional::Unsaid | Additional::Any(_));
    merged.inferred() == Kinds::OBJECT
        && rest
        && merged.values.is_none()
        && merged.unions.is_empty()
        && merged.nots.is_empty()
        && merged.conditional.is_empty()
        && merged.names.is_none()
        && merged.troubles.is_empty()
        && !merged.impossible
        && merged.limits == Default::default()
}

/// Whether all of these places say the same of a property, words aside.
fn agree<'s, 'a: 's>(mut all: impl Iterator<Item = &'s Vec<Source<'a>>>) -> bool {
    let Some(first) = all.next() else {
        return true;
    };
    all.all(|other| {
        let pairs = first.iter().zip(other);
        first.len() == other.len() && pairs.into_iter().all(|(one, other)| same(one, other))
    })
}

fn same(one: &Source, other: &Source) -> bool {
    if one.same_target(other) {
        return true;
    }
    match (one.said, other.said) {
        (Said::Whole(one), Said::Whole(other)) => same_schema(one, other),
        _ => false,
    }
}

/// Whether two schemas allow the same values in the same direction.
fn same_schema(one: &Schema, other: &Schema) -> bool {
    let said = |schema: &Schema| {
        let data = &schema.schema_data;
        (data.nullable, data.read_only, data.write_only)
    };
    let telling = |schema: &Schema| {
        let extensions = schema.schema_data.extensions.iter();
        let telling = extensions.filter(|(key, _)| key.starts_with(crate::normalize::keys::PREFIX));
        telling
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Vec<_>>()
    };
    said(one) == said(other)
        && one.schema_kind == other.schema_kind
        && telling(one) == telling(other)
}
