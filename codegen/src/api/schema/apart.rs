//! Branches of which no value is of two, though only trying tells which one it is of.

use super::kinds::Kinds;
use super::merged::same;
use super::nodes::index;
use super::shape::Form;
use super::tagging::Shapes;
use crate::api::model::{AdditionalProperties, Choice, Object, SchemaId, Shape, Use};

/// How deep the members of branches are looked into.
const DEPTH: usize = 8;

/// How many branches are held against each other.
const MOST: usize = 64;

impl Shapes<'_, '_> {
    /// Whether no value is of two of these branches.
    pub(super) fn are_apart(&mut self, ids: &[SchemaId]) -> bool {
        if ids.len() > MOST {
            return false;
        }
        let mut rest = ids;
        while let [first, others @ ..] = rest {
            if !others.iter().all(|other| self.apart(*first, *other, DEPTH)) {
                return false;
            }
            rest = others;
        }
        true
    }

    fn apart(&mut self, one: SchemaId, other: SchemaId, depth: usize) -> bool {
        let types = [one, other].map(|id| self.kinds(id).without(Kinds::NULL));
        let [own, its] = types;
        let Some(depth) = depth.checked_sub(1).filter(|_| own.overlaps(its)) else {
            return !own.overlaps(its);
        };
        match (self.form(self.behind(one)), self.form(self.behind(other))) {
            (Some(Form::Union(branched)), _) => {
                let mut branches = branched.branches.iter();
                branches.all(|branch| self.apart(branch.value.schema, other, depth))
            }
            (_, Some(Form::Union(_))) => self.apart(other, one, depth),
            (Some(Form::Done(Shape::Choice(one))), Some(Form::Done(Shape::Choice(other)))) => {
                share_no_value(one, other)
            }
            (Some(Form::Done(Shape::Object(one))), Some(Form::Done(Shape::Object(other)))) => {
                lacks_member(one, other)
                    || lacks_member(other, one)
                    || self.members_differ(one, other, depth)
            }
            (Some(Form::Done(_)) | None, _) => false,
        }
    }

    /// Whether a member that one of the objects demands is something else in the other.
    fn members_differ(&mut self, one: &Object, other: &Object, depth: usize) -> bool {
        one.properties.iter().any(|(name, own)| {
            let its = other.properties.get(name);
            its.is_some_and(|its| {
                let null = self.takes_null(&own.value) && self.takes_null(&its.value);
                let demanded = own.required || its.required;
                demanded && !null && self.apart(own.value.schema, its.value.schema, depth)
            })
        })
    }

    fn takes_null(&self, used: &Use) -> bool {
        let own = |id: SchemaId| index(id).and_then(|at| self.formed.get(at));
        let behind = self.behind(used.schema);
        let mut told = [used.schema, behind].into_iter().filter_map(own);
        used.nullable || told.any(|formed| formed.nullable)
    }
}

fn share_no_value(one: &Choice, other: &Choice) -> bool {
    let mut values = one.values.iter();
    let known = |value: &crate::api::model::Json| {
        let mut others = other.values.iter();
        others.any(|other| same(&other.wire, value))
    };
    !one.open && !other.open && !values.any(|value| known(&value.wire))
}

/// Whether the first object demands a member that the second one cannot have.
fn lacks_member(one: &Object, other: &Object) -> bool {
    let mut demanded = one.properties.iter().filter(|(_, member)| member.required);
    matches!(other.additional, AdditionalProperties::Forbidden)
        && demanded.any(|(name, _)| !other.properties.contains_key(name))
}
