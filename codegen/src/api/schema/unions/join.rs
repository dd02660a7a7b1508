//! Joining: `anyOf` of objects that one value may fit at once becomes one object with the properties of all, or
//! variants that retain the properties they do not declare.

use super::super::arena::{Draft, DraftShape, UnionKind};
use super::super::merge::{merge_one, Additional, Merged};
use super::super::{Lowering, Position};
use super::{Alternatives, Drafts};
use crate::api::keywords::Keywords;
use crate::api::model::{AdditionalProperties, Constraints, Owner, Role, SchemaId, Shape, Tagging};
use crate::api::schema_source::{join, Part, SchemaSource};
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::Schema;
use std::collections::BTreeSet;

impl<'a> Lowering<'a, '_> {
    /// Merges the branches of each `anyOf` whose properties do not contradict each other, so that a value keeps all of
    /// them.
    pub(super) fn join_objects(&mut self, merged: &mut Merged<'a>) {
        if self.resolver.literal {
            return;
        }
        let joinable: Option<Vec<_>> =
            merged.unions.iter().map(|union| self.joinable_branches(merged, union)).collect();
        let Some(joinable) = joinable else {
            // Unions that can be joined are merged into the branches of those that cannot, which come first.
            let unions = std::mem::take(&mut merged.unions);
            let (others, joinable): (Vec<_>, Vec<_>) = unions
                .into_iter()
                .partition(|union| self.joinable_branches(merged, union).is_none());
            merged.unions = [others, joinable].concat();
            return;
        };
        for (union, branches) in std::mem::take(&mut merged.unions).into_iter().zip(joinable) {
            self.join(merged, &union.source.pointer, branches);
        }
    }

    /// Returns the branches of a union, if one object can have the properties of all.
    fn joinable_branches(
        &self,
        base: &Merged<'a>,
        union: &Alternatives<'a>,
    ) -> Option<Vec<Merged<'a>>> {
        let inherits = |branch: &SchemaSource<'a>| {
            branch.component().is_some_and(|name| {
                let inheritance = &self.inheritance;
                inheritance.is_root(&name) || !inheritance.roots_of(&name).is_empty()
            })
        };
        let has_tag = union.discriminator().is_some() || union.branches.iter().any(inherits);
        if has_tag
            || !union.is_any_of()
            || base.values.is_some()
            || !TypeSet::OBJECT.within(base.types)
            || matches!(base.additional, Additional::Forbidden)
        {
            return None;
        }
        let mut branches = Vec::with_capacity(union.branches.len());
        for branch in &union.branches {
            let branch = merge_one(self.resolver, branch);
            branches.push(is_open_object(&branch).then_some(branch)?);
        }
        let all: Vec<&Merged> = branches.iter().chain([base]).collect();
        let mut names = all.iter().flat_map(|merged| merged.properties.keys());
        let is_agreed = names.all(|name| {
            let mut declarations = all.iter().filter_map(|one| one.properties.get(name));
            let first = declarations.next();
            declarations.all(|other| first.is_some_and(|first| describe_the_same(first, other)))
        });
        is_agreed.then_some(branches)
    }

    fn join(&mut self, merged: &mut Merged<'a>, at: &str, branches: Vec<Merged<'a>>) {
        let required = branches.iter().map(|branch| branch.required.clone());
        let common = required.reduce(|one, other| &one & &other).unwrap_or_default();
        if branches.iter().any(|branch| !branch.required.is_subset(&common)) {
            let message = "which of these properties are present together is not checked";
            self.report_once(codes::UNCHECKED, at, message);
        }
        merged.types = merged.types & TypeSet::OBJECT;
        merged.required.extend(common);
        for branch in branches {
            merged.allows_null |= branch.nullable();
            let is_open =
                branch.properties.is_empty() || matches!(branch.additional, Additional::Any(_));
            if let (true, Additional::Unspecified) = (is_open, &merged.additional) {
                let pointer = join(branch.pointer(), "additionalProperties");
                merged.additional = Additional::Any(pointer);
            }
            for (name, sources) in branch.properties {
                merged.properties.entry(name).or_insert(sources);
            }
        }
    }

    /// Makes records retain the properties that they do not declare.
    pub(in crate::api::schema) fn retain_additional(
        &mut self,
        drafts: &mut Vec<Draft<'a>>,
        records: &BTreeSet<SchemaId>,
    ) {
        for id in records {
            let Some(node) = self.arena.get(*id) else {
                continue;
            };
            let position = Position {
                pointer: join(&node.pointer, "additionalProperties"),
                owner: Owner::Schema(*id, Role::Value),
            };
            let any = self.made_use(Shape::ANY, position);
            let shape = drafts.get_mut(id.index()).map(|draft| &mut draft.shape);
            if let Some(DraftShape::Final(Shape::Object(object))) = shape {
                object.additional = AdditionalProperties::Retained(Box::new(any));
            }
        }
        self.run();
        drafts.append(&mut self.drafts);
    }
}

impl Drafts<'_, '_> {
    /// Returns the records among the variants of an `anyOf` that ignore properties they do not declare, if a value may
    /// be of several variants at once: the properties may be those of another variant.
    pub fn overlapping_records(&mut self, id: SchemaId, tagging: &Tagging) -> Vec<SchemaId> {
        let Some(DraftShape::Union(union)) = self.shape(id) else {
            return Vec::new();
        };
        let is_ambiguous = matches!(tagging, Tagging::Keys(_) | Tagging::Trial);
        if !is_ambiguous || union.kind != UnionKind::AnyOf {
            return Vec::new();
        }
        let variants = union.variants.iter().map(|variant| variant.value.schema);
        let objects: Vec<_> =
            variants.filter(|id| self.types(*id).overlaps(TypeSet::OBJECT)).collect();
        if objects.len() < 2 {
            return Vec::new();
        }
        let records = objects.into_iter().flat_map(|id| self.records(id));
        records
            .filter(|id| {
                let object = self.object(*id);
                object.is_some_and(|one| matches!(one.additional, AdditionalProperties::Ignored))
            })
            .collect()
    }
}

/// `true` if an object declares only properties, and allows others.
fn is_open_object(merged: &Merged) -> bool {
    merged.inferred_types() == TypeSet::OBJECT
        && matches!(merged.additional, Additional::Unspecified | Additional::Any(_))
        && merged.values.is_none()
        && merged.unions.is_empty()
        && merged.nots.is_empty()
        && merged.conditional.is_empty()
        && merged.property_names.is_none()
        && merged.problems.is_empty()
        && !merged.impossible
        && merged.constraints == Constraints::default()
}

/// `true` if two lists of sources describe a property alike, annotations aside.
fn describe_the_same(one: &[SchemaSource], other: &[SchemaSource]) -> bool {
    let is_same = |(one, other): (&SchemaSource, &SchemaSource)| {
        one.same_target(other)
            || match (one.part, other.part) {
                (Part::Whole(one), Part::Whole(other)) => is_same_schema(one, other),
                _ => false,
            }
    };
    one.len() == other.len() && one.iter().zip(other).all(is_same)
}

/// `true` if two schemas allow the same values in the same direction.
fn is_same_schema(one: &Schema, other: &Schema) -> bool {
    let flags = |schema: &Schema| {
        let data = &schema.schema_data;
        (data.nullable, data.read_only, data.write_only)
    };
    let extensions = |schema: &Schema| {
        let extensions = schema.schema_data.extensions.clone().into_iter();
        let keywords = extensions.filter(|(key, _)| key.starts_with(keys::PREFIX));
        keywords.collect::<Vec<_>>()
    };
    flags(one) == flags(other)
        && one.keywords() == other.keywords()
        && extensions(one) == extensions(other)
}
