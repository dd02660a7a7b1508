//! Collapse: branches that are one type together, such as an `enum` and bare text, text with two lengths, or a decimal
//! and a float.

use super::super::merge::{equal, merge, Merged};
use super::super::{choices, Lowering};
use crate::api::formats::scalar;
use crate::api::model::{ChoiceValue, Constraints, NumberFormat, Shape, TextFormat};
use crate::api::schema_source::SchemaSource;
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;
use std::collections::BTreeSet;

/// A branch of a union.
pub(super) enum Branch<'a> {
    Source(SchemaSource<'a>),
    /// Several branches as one shape.
    Collapsed {
        shape: Shape,
        /// Pointer of the first branch.
        pointer: String,
        /// `true` if one of the branches allows `null`.
        nullable: bool,
    },
}

/// Scalar types that collapse among themselves.
const FAMILIES: [TypeSet; 4] = [TypeSet::TEXT, TypeSet::INTEGER, TypeSet::NUMBER, TypeSet::BOOL];

impl<'a> Lowering<'a, '_> {
    /// Returns the branches of a union, those of one scalar type collapsed into one.
    pub(super) fn collapse_scalars(
        &mut self,
        base: &[SchemaSource<'a>],
        branches: &[SchemaSource<'a>],
    ) -> Vec<Branch<'a>> {
        let merged: Vec<_> = branches
            .iter()
            .map(|branch| self.merge_with(base, branch))
            .map(|merged| (scalar_types(&merged), merged.nullable()))
            .collect();
        let mut collapsed = Vec::new();
        for family in FAMILIES {
            let in_family = branches.iter().zip(&merged).filter(|(_, (types, _))| *types == family);
            let members: Vec<_> = in_family.map(|(branch, _)| branch.clone()).collect();
            if members.len() > 1 {
                let shape = self.collapsed(base, &members);
                collapsed.extend(shape.map(|shape| (family, Some(shape))));
            }
        }
        let mut result = Vec::with_capacity(branches.len());
        for (branch, (types, _)) in branches.iter().zip(&merged) {
            let Some((family, shape)) = collapsed.iter_mut().find(|(family, _)| family == types)
            else {
                result.push(Branch::Source(branch.clone()));
                continue;
            };
            // The collapsed shape takes the place of its first branch.
            if let Some(shape) = shape.take() {
                result.push(Branch::Collapsed {
                    shape,
                    pointer: branch.pointer.clone(),
                    nullable: merged.contains(&(*family, true)),
                });
            }
        }
        result
    }

    fn merge_with(&self, base: &[SchemaSource<'a>], branch: &SchemaSource<'a>) -> Merged<'a> {
        merge(self.resolver, &[base, std::slice::from_ref(branch)].concat())
    }

    /// Returns the one shape of branches that are numbers or text of one type.
    pub(super) fn collapsed(
        &mut self,
        base: &[SchemaSource<'a>],
        branches: &[SchemaSource<'a>],
    ) -> Option<Shape> {
        let scalars = TypeSet::NUMBER | TypeSet::TEXT | TypeSet::BOOL;
        let mut merged = Vec::with_capacity(branches.len());
        for branch in branches {
            let branch = self.merge_with(base, branch);
            let is_scalar = branch.inferred_types().within(scalars)
                && branch.unions.is_empty()
                && branch.problems.is_empty();
            merged.push(is_scalar.then_some(branch)?);
        }
        self.collapsed_choice(&merged).or_else(|| self.collapsed_scalar(&merged))
    }

    /// Collapses lists of values of one type; open if the bare type is a branch too.
    fn collapsed_choice(&mut self, branches: &[Merged<'a>]) -> Option<Shape> {
        let types = branches.first()?.inferred_types();
        let (lists, bare): (Vec<_>, Vec<_>) =
            branches.iter().partition(|branch| branch.values.is_some());
        let is_bare = |branch: &&Merged| {
            let shape = scalar(types, branch.format.as_deref());
            matches!(
                shape,
                Shape::Text(TextFormat::Plain | TextFormat::Other(_)) | Shape::Integer(_)
            )
        };
        let is_one_type = branches.iter().all(|branch| branch.inferred_types() == types);
        if lists.is_empty() || !is_one_type || !bare.iter().all(is_bare) {
            return None;
        }
        let mut values: Vec<ChoiceValue> = Vec::new();
        let mut seen = BTreeSet::new();
        for list in lists {
            let listed = self.branch_values(list).into_iter();
            values.extend(listed.filter(|value| seen.insert(value.wire.to_string())));
        }
        Some(choices::shape(values, !bare.is_empty()))
    }

    /// Returns the values of a branch. The annotations of a branch with one value describe the value: its title is a
    /// name.
    fn branch_values(&mut self, merged: &Merged<'a>) -> Vec<ChoiceValue> {
        let mut values = self.choice_values(merged);
        if let [value] = values.as_mut_slice() {
            let docs = merged.annotations.docs();
            value.name = value.name.take().or(docs.title);
            value.docs.description = value.docs.description.take().or(docs.description);
            value.docs.deprecated |= docs.deprecated;
        }
        values
    }

    /// Lowers an `enum` next to unions of values: the values that all of them allow.
    pub(super) fn restricted_enum(&mut self, merged: &Merged<'a>) -> Option<Shape> {
        merged.values.as_ref()?;
        let mut values = self.choice_values(merged);
        for union in &merged.unions {
            let Some(Shape::Choice(choice)) = self.collapsed(&[], &union.branches) else {
                return None;
            };
            let find = |value: &ChoiceValue| {
                let mut others = choice.values.iter();
                others.find(|other| equal(&other.wire, &value.wire)).cloned()
            };
            let common: Vec<ChoiceValue> = values.iter().filter_map(find).collect();
            if common.is_empty() {
                let message = "the `enum` next to this union shares no value with it";
                self.report(codes::CONTRADICTION, &union.source.pointer, message);
            } else if choice.open {
                values = values.into_iter().map(|value| find(&value).unwrap_or(value)).collect();
            } else {
                values = common;
            }
        }
        Some(choices::shape(values, false))
    }

    /// Collapses branches that differ only in their constraints, or one of which accepts what all others accept.
    /// Integers and other numbers stay apart: one type for both would lose digits of the integers.
    fn collapsed_scalar(&mut self, branches: &[Merged<'a>]) -> Option<Shape> {
        let first = branches.first()?;
        let types = scalar_types(first);
        let is_one_type = branches.iter().all(|branch| scalar_types(branch) == types);
        if !is_one_type || branches.iter().any(|branch| branch.values.is_some()) {
            return None;
        }
        let is_one_format = branches.iter().all(|branch| branch.format == first.format);
        let is_constrained = |branch: &Merged| branch.constraints != Constraints::default();
        let at = first.pointer().to_owned();
        if types == TypeSet::TEXT && !is_one_format {
            let is_plain = |branch: &&Merged| {
                let shape = scalar(TypeSet::TEXT, branch.format.as_deref());
                !is_constrained(branch) && matches!(shape, Shape::Text(TextFormat::Plain))
            };
            branches.iter().find(is_plain)?;
            self.report_collapse(&at, "text without a format");
            return Some(Shape::Text(TextFormat::Plain));
        }
        if is_one_format && branches.iter().any(is_constrained) {
            let message = "which of these constraints applies is not checked";
            self.report_once(codes::UNCHECKED, &at, message);
        } else {
            self.report_collapse(&at, "one type that accepts all of their values");
        }
        let format = match is_one_format {
            true => first.format.as_deref(),
            // The format that keeps every digit.
            false => branches.iter().filter_map(|branch| branch.format.as_deref()).find(|format| {
                let shape = scalar(TypeSet::NUMBER, Some(format));
                matches!(shape, Shape::Number(Some(NumberFormat::Decimal)))
            }),
        };
        match types {
            TypeSet::BOOL => Some(Shape::Bool),
            TypeSet::INTEGER | TypeSet::NUMBER | TypeSet::TEXT => Some(scalar(types, format)),
            _ => None,
        }
    }

    fn report_collapse(&mut self, at: &str, shape: &str) {
        let message = format!("several branches of this union become {shape}");
        self.report_once(codes::BRANCHES_IN_ONE, at, message);
    }
}

/// Returns the JSON types of a scalar; a `number` with a format of integers is an integer.
fn scalar_types(merged: &Merged) -> TypeSet {
    let types = merged.inferred_types();
    match (types, scalar(types, merged.format.as_deref())) {
        (TypeSet::NUMBER, Shape::Integer(_)) => TypeSet::INTEGER,
        _ => types,
    }
}
