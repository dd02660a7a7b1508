//! Branches that are one type after all: an `enum` beside bare text, text with two limits, whole numbers beside numbers.

use super::all_of::gather;
use super::choice;
use super::kinds::Kinds;
use super::merged::{same, Merged};
use super::notes;
use super::one_of::Composed;
use super::scalar::scalar;
use super::Lowering;
use crate::api::model::{ChoiceValue, Constraints, Json, NumberFormat, Shape, TextFormat};
use crate::api::schema_location::Source;
use crate::diagnostics::codes::api as codes;
use std::collections::BTreeSet;

/// A branch of a union.
pub(super) enum Alternative<'a> {
    /// As one place says it.
    Place(Source<'a>),
    /// Several branches in one.
    Folded(Folded),
}

/// Several branches of a union in one.
pub(super) struct Folded {
    pub shape: Shape,
    /// The pointer of the first.
    pub pointer: String,
    /// Whether one of them allows `null`.
    pub nullable: bool,
}

/// The types of scalars that fold among themselves.
const FAMILIES: [Kinds; 4] = [Kinds::TEXT, Kinds::INTEGER, Kinds::NUMBER, Kinds::BOOL];

impl<'a> Lowering<'a, '_> {
    /// The branches of a union, with those folded into one that are of one scalar type.
    pub(super) fn alternatives(
        &mut self,
        base: &[Source<'a>],
        branches: &[Source<'a>],
    ) -> Vec<Alternative<'a>> {
        let merged = branches.iter().map(|branch| self.beside(base, branch));
        let (kinds, nulls): (Vec<Kinds>, Vec<bool>) = merged
            .map(|merged| (scalar_kinds(&merged), merged.nullable()))
            .unzip();
        let mut folded = Vec::new();
        for family in FAMILIES {
            let of_family = |(kinds, _): &(&Kinds, &Source)| **kinds == family;
            let members = kinds.iter().zip(branches).filter(of_family);
            let members: Vec<Source<'a>> = members.map(|(_, branch)| branch.clone()).collect();
            if members.len() > 1 {
                let shape = self.folded(base, &members);
                folded.extend(shape.map(|shape| (family, Some(shape))));
            }
        }
        let mut alternatives = Vec::new();
        for (branch, own) in branches.iter().zip(&kinds) {
            let group = folded.iter_mut().find(|(family, _)| own == family);
            match group {
                None => alternatives.push(Alternative::Place(branch.clone())),
                Some((family, shape)) => {
                    let null = |(kinds, null): (&Kinds, &bool)| *null && kinds == family;
                    let folded = shape.take().map(|shape| Folded {
                        shape,
                        pointer: branch.pointer.clone(),
                        nullable: kinds.iter().zip(&nulls).any(null),
                    });
                    alternatives.extend(folded.map(Alternative::Folded));
                }
            }
        }
        alternatives
    }

    fn beside(&self, base: &[Source<'a>], branch: &Source<'a>) -> Merged<'a> {
        let mut sources = base.to_vec();
        sources.push(branch.clone());
        gather(self.resolver, &sources)
    }

    /// The one shape that all branches are, where they are numbers or text that one type holds.
    pub(super) fn folded(&mut self, base: &[Source<'a>], branches: &[Source<'a>]) -> Option<Shape> {
        let mut each = Vec::with_capacity(branches.len());
        for branch in branches {
            let merged = self.beside(base, branch);
            let scalar = Kinds::NUMBER | Kinds::TEXT | Kinds::BOOL;
            let plain = merged.unions.is_empty() && merged.troubles.is_empty();
            if !plain || !merged.inferred().within(scalar) {
                return None;
            }
            each.push(merged);
        }
        self.folded_choice(&each)
            .or_else(|| self.folded_scalar(&each))
    }

    /// Lists of values of one type; open, where the bare type is a branch too.
    fn folded_choice(&mut self, each: &[Merged<'a>]) -> Option<Shape> {
        let kinds = each.first()?.inferred();
        let (lists, bare): (Vec<_>, Vec<_>) =
            each.iter().partition(|merged| merged.values.is_some());
        let one_kind = each.iter().all(|merged| merged.inferred() == kinds);
        let is_bare = |merged: &&Merged| {
            let shape = scalar(kinds, merged.format.as_deref());
            matches!(
                shape,
                Shape::Text(TextFormat::Plain | TextFormat::Other(_)) | Shape::Integer(_)
            )
        };
        if lists.is_empty() || !one_kind || !bare.iter().all(is_bare) {
            return None;
        }
        let mut values: Vec<ChoiceValue> = Vec::new();
        let mut seen = BTreeSet::new();
        for list in lists {
            let own = self.branch_values(list).into_iter();
            values.extend(own.filter(|value| seen.insert(value.wire.to_string())));
        }
        Some(choice::shape(values, !bare.is_empty()))
    }

    /// The values of a branch. What is noted of a branch with one value is about the value: its title is a name.
    fn branch_values(&mut self, merged: &Merged<'a>) -> Vec<ChoiceValue> {
        let mut values = self.choice_values(merged);
        if let [value] = values.as_mut_slice() {
            let docs = notes::all_docs(&merged.annotations);
            value.name = value.name.take().or(docs.title);
            value.docs.description = value.docs.description.take().or(docs.description);
            value.docs.deprecated |= docs.deprecated;
        }
        values
    }

    /// The values of an `enum` that unions of values stand beside: those that all of them allow.
    pub(super) fn enumerated(&mut self, composed: &Composed<'a>) -> Option<Shape> {
        composed.merged.values.as_ref()?;
        let mut values = self.choice_values(&composed.merged);
        for union in &composed.unions {
            let Some(Shape::Choice(choice)) = self.folded(&[], &union.branches) else {
                return None;
            };
            let known = |wire: &Json| choice.values.iter().find(|other| same(&other.wire, wire));
            let both = values.iter().filter_map(|value| known(&value.wire));
            let both: Vec<ChoiceValue> = both.cloned().collect();
            if both.is_empty() {
                let message = "the `enum` beside this union has none of its values";
                self.report(codes::CONTRADICTION, &union.source.pointer, message);
            } else if choice.open {
                let named = |value: ChoiceValue| known(&value.wire).cloned().unwrap_or(value);
                values = values.into_iter().map(named).collect();
            } else {
                values = both;
            }
        }
        Some(choice::shape(values, false))
    }

    /// Branches that differ in their limits only, or of which one takes what all others take. Whole numbers and others stay
    /// apart: one type for both would lose digits of the whole ones.
    fn folded_scalar(&mut self, each: &[Merged<'a>]) -> Option<Shape> {
        let merged = each.first()?;
        let kinds = scalar_kinds(merged);
        let one_kind = each.iter().all(|other| scalar_kinds(other) == kinds);
        if !one_kind || each.iter().any(|merged| merged.values.is_some()) {
            return None;
        }
        let equal = each.iter().all(|other| other.format == merged.format);
        let limited = |merged: &Merged| merged.limits != Constraints::default();
        let plain = |merged: &&Merged| {
            let shape = scalar(Kinds::TEXT, merged.format.as_deref());
            !limited(merged) && matches!(shape, Shape::Text(TextFormat::Plain))
        };
        let at = merged.place().to_owned();
        if kinds == Kinds::TEXT && !equal {
            each.iter().find(plain)?;
            self.read_as_one(&at, "text without a format");
            return Some(Shape::Text(TextFormat::Plain));
        }
        if equal && each.iter().any(limited) {
            let message = "which of these limits holds is not checked";
            self.report_once(codes::UNCHECKED, &at, message);
        } else {
            self.read_as_one(&at, "one type that takes all of their values");
        }
        let format = match equal {
            true => merged.format.as_deref(),
            false => each.iter().find_map(exact_format),
        };
        match kinds {
            Kinds::BOOL => Some(Shape::Bool),
            Kinds::INTEGER | Kinds::NUMBER | Kinds::TEXT => Some(scalar(kinds, format)),
            _ => None,
        }
    }

    fn read_as_one(&mut self, at: &str, what: &str) {
        let message = format!("several branches of this union are read as {what}");
        self.report_once(codes::BRANCHES_IN_ONE, at, message);
    }
}

/// The JSON types of a scalar: a `number` whose format is one of whole numbers is whole.
fn scalar_kinds(merged: &Merged) -> Kinds {
    let kinds = merged.inferred();
    match (kinds, scalar(kinds, merged.format.as_deref())) {
        (Kinds::NUMBER, Shape::Integer(_)) => Kinds::INTEGER,
        _ => kinds,
    }
}

/// The format that keeps every digit of a number, where that is one.
fn exact_format<'m>(merged: &'m Merged) -> Option<&'m str> {
    let format = merged.format.as_deref()?;
    let shape = scalar(Kinds::NUMBER, Some(format));
    matches!(shape, Shape::Number(Some(NumberFormat::Decimal))).then_some(format)
}
