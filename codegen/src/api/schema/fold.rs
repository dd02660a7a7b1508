//! Branches that are one type after all: an `enum` beside bare text, text with two limits, whole numbers beside numbers.

use super::all_of::gather;
use super::choice;
use super::kinds::Kinds;
use super::merged::{same, Merged};
use super::notes;
use super::one_of::Composed;
use super::scalar::scalar;
use super::Lowering;
use crate::api::ir::{ChoiceValue, Json, Limits, Shape, TextFormat};
use crate::api::source::Source;
use crate::diagnostics::codes::api as codes;

/// A branch of a union.
pub(super) enum Alternative<'a> {
    /// As one place says it.
    Place(Source<'a>),
    /// Several branches in one, and the pointer of the first.
    Folded(Shape, String),
}

/// The types of scalars that fold among themselves.
const FAMILIES: [Kinds; 3] = [Kinds::TEXT, Kinds::NUMBER, Kinds::BOOL];

impl<'a> Lowering<'a, '_> {
    /// The branches of a union, with those folded into one that are of one scalar type.
    pub(super) fn alternatives(
        &mut self,
        base: &[Source<'a>],
        branches: &[Source<'a>],
    ) -> Vec<Alternative<'a>> {
        let kinds: Vec<Kinds> = branches
            .iter()
            .map(|branch| self.beside(base, branch).inferred())
            .collect();
        let mut folded = Vec::new();
        for family in FAMILIES {
            let of_family =
                |(kinds, _): &(&Kinds, &Source)| **kinds != Kinds::NONE && kinds.within(family);
            let members = kinds.iter().zip(branches).filter(of_family);
            let members: Vec<Source<'a>> = members.map(|(_, branch)| branch.clone()).collect();
            if members.len() > 1 {
                let shape = self.folded(base, &members);
                folded.extend(shape.map(|shape| (family, Some(shape))));
            }
        }
        let mut alternatives = Vec::new();
        for (branch, kinds) in branches.iter().zip(kinds) {
            let group = folded.iter_mut().find(|(family, _)| kinds.within(*family));
            match group {
                None => alternatives.push(Alternative::Place(branch.clone())),
                Some((_, shape)) => {
                    let shape = shape.take();
                    let pointer = branch.pointer.clone();
                    alternatives.extend(shape.map(|shape| Alternative::Folded(shape, pointer)));
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
        for list in lists {
            for value in self.branch_values(list) {
                if values.iter().all(|other| other.wire != value.wire) {
                    values.push(value);
                }
            }
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

    /// Branches that differ in their limits only, or of which one takes what all others take.
    fn folded_scalar(&mut self, each: &[Merged<'a>]) -> Option<Shape> {
        let merged = each.first()?;
        if each.iter().any(|merged| merged.values.is_some()) {
            return None;
        }
        let shape_of = |merged: &Merged| scalar(merged.inferred(), merged.format.as_deref());
        let all = each
            .iter()
            .fold(Kinds::NONE, |kinds, merged| kinds | merged.inferred());
        let equal = each
            .iter()
            .all(|other| other.inferred() == merged.inferred() && other.format == merged.format);
        let plain = each.iter().any(|merged| {
            let limited = merged.limits != Limits::default();
            !limited && matches!(shape_of(merged), Shape::Text(TextFormat::Plain))
        });
        let at = merged.place().to_owned();
        match all {
            Kinds::BOOL => Some(Shape::Bool),
            Kinds::TEXT if plain => Some(Shape::Text(TextFormat::Plain)),
            Kinds::INTEGER | Kinds::NUMBER if !equal => Some(scalar(all, None)),
            Kinds::INTEGER | Kinds::NUMBER | Kinds::TEXT if equal => {
                let limited = each.iter().any(|merged| merged.limits != Limits::default());
                if limited {
                    let message = "which of these limits holds is not checked";
                    self.report(codes::UNCHECKED, &at, message);
                }
                Some(shape_of(merged))
            }
            _ => None,
        }
    }
}
