//! Disjointness: whether the JSON types, texts or properties of variants distinguish them.

use super::super::arena::DraftShape;
use super::super::merge::equal;
use super::Drafts;
use crate::api::model::{
    AdditionalProperties, Choice, ChoiceBase, Object, SchemaId, Shape, TextFormat, Use,
};
use crate::api::type_set::TypeSet;
use std::collections::BTreeSet;

/// Maximum depth of properties to compare.
const MAX_DEPTH: usize = 8;

/// Maximum number of variants to compare with each other.
const MAX_VARIANTS: usize = 64;

/// Texts of the variants before.
#[derive(Default)]
struct SeenTexts<'s> {
    /// JSON types of the variants that are not text, one set each.
    types: Vec<TypeSet>,
    values: BTreeSet<String>,
    formats: Vec<&'s TextFormat>,
    /// `true` if a variant accepts any text.
    has_open: bool,
}

impl<'s> Drafts<'s, '_> {
    /// Returns the JSON types that determine each variant, without `null`. If a variant is of integers only, integers
    /// determine it, and not the variants of all numbers.
    pub(super) fn variant_types(&mut self, ids: &[SchemaId]) -> Vec<TypeSet> {
        let types: Vec<TypeSet> =
            ids.iter().map(|id| self.types(*id).without(TypeSet::NULL)).collect();
        let is_integral = |types: &TypeSet| {
            types.overlaps(TypeSet::INTEGER) && !types.overlaps(TypeSet::FRACTION)
        };
        let has_integral = types.iter().any(is_integral);
        let without_integers = |types: TypeSet| match TypeSet::NUMBER.within(types) {
            true if has_integral => types.without(TypeSet::INTEGER),
            true | false => types,
        };
        types.into_iter().map(without_integers).collect()
    }

    /// Returns the JSON types of a schema's values.
    pub(super) fn types(&mut self, id: SchemaId) -> TypeSet {
        let id = self.resolved(id);
        if let Some(types) = self.known_types.get(&id) {
            return *types;
        }
        // A union that contains itself gains no types by that.
        self.known_types.insert(id, TypeSet::NONE);
        let types = match self.shape(id) {
            None => TypeSet::ALL,
            Some(DraftShape::Final(shape)) => shape_types(shape),
            Some(DraftShape::Union(union)) => {
                let variants = union.variants.iter();
                variants.fold(TypeSet::NONE, |types, one| types | self.types(one.value.schema))
            }
        };
        self.known_types.insert(id, types);
        types
    }

    /// Returns the texts listed by each variant, if these, disjoint formats and JSON types distinguish the variants; a
    /// variant that accepts any text has those that the others do not list.
    pub(super) fn texts(&mut self, ids: &[SchemaId]) -> Option<Vec<Vec<String>>> {
        let mut seen = SeenTexts::default();
        let variants = ids.iter().zip(self.variant_types(ids));
        let lists: Vec<_> = variants
            .map(|(id, types)| self.variant_texts(*id, types, &mut seen))
            .collect::<Option<_>>()?;
        // No document states whether a date is an open text or a date.
        (!seen.has_open || seen.formats.is_empty()).then_some(lists)
    }

    /// Returns the texts listed by a variant; `None` if a variant before may accept them too.
    fn variant_texts(
        &self,
        id: SchemaId,
        types: TypeSet,
        seen: &mut SeenTexts<'s>,
    ) -> Option<Vec<String>> {
        if !types.overlaps(TypeSet::TEXT) {
            seen.types.push(types);
            return are_disjoint(&seen.types).then(Vec::new);
        }
        let Some(DraftShape::Final(shape)) = self.shape(self.resolved(id)) else {
            return None;
        };
        if let Shape::Text(format) = shape {
            let is_new = match is_distinctive(format) {
                true => !seen.formats.contains(&format),
                false => !std::mem::replace(&mut seen.has_open, true),
            };
            seen.formats.extend(is_distinctive(format).then_some(format));
            return is_new.then(Vec::new);
        }
        let Shape::Choice(choice) = shape else {
            return None;
        };
        let values: Vec<String> = choice
            .values
            .iter()
            .filter_map(|value| value.wire.as_str())
            .map(str::to_owned)
            .collect();
        let is_new = choice.base == ChoiceBase::Text
            && values.iter().all(|value| seen.values.insert(value.clone()))
            && (!choice.open || !std::mem::replace(&mut seen.has_open, true));
        is_new.then_some(values)
    }

    /// `true` if no value is valid for two of the variants.
    pub(super) fn are_apart(&mut self, ids: &[SchemaId]) -> bool {
        let mut pairs = ids
            .iter()
            .enumerate()
            .flat_map(|(at, one)| ids.iter().skip(at + 1).map(move |other| (*one, *other)));
        ids.len() <= MAX_VARIANTS && pairs.all(|(one, other)| self.is_apart(one, other, MAX_DEPTH))
    }

    fn is_apart(&mut self, one: SchemaId, other: SchemaId, depth: usize) -> bool {
        let [types, other_types] = [one, other].map(|id| self.types(id).without(TypeSet::NULL));
        if !types.overlaps(other_types) {
            return true;
        }
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match [one, other].map(|id| self.shape(self.resolved(id))) {
            [Some(DraftShape::Union(union)), _] => {
                let mut variants = union.variants.iter();
                variants.all(|variant| self.is_apart(variant.value.schema, other, depth))
            }
            [_, Some(DraftShape::Union(_))] => self.is_apart(other, one, depth),
            [Some(DraftShape::Final(one)), Some(DraftShape::Final(other))] => match (one, other) {
                (Shape::Choice(one), Shape::Choice(other)) => share_no_value(one, other),
                (Shape::Object(one), Shape::Object(other)) => {
                    requires_forbidden(one, other)
                        || requires_forbidden(other, one)
                        || self.has_distinct_property(one, other, depth)
                }
                _ => false,
            },
            [None, _] | [_, None] => false,
        }
    }

    /// `true` if no value of a property that one of the objects requires is valid in both.
    fn has_distinct_property(&mut self, one: &Object, other: &Object, depth: usize) -> bool {
        one.properties.iter().any(|(name, property)| {
            let Some(other) = other.properties.get(name) else {
                return false;
            };
            let (used, other_used) = (&property.value, &other.value);
            (property.required || other.required)
                && !(self.is_nullable(used) && self.is_nullable(other_used))
                && self.is_apart(used.schema, other_used.schema, depth)
        })
    }

    fn is_nullable(&self, used: &Use) -> bool {
        let schemas = [used.schema, self.resolved(used.schema)];
        let mut drafts = schemas.into_iter().filter_map(|id| self.draft(id));
        used.nullable || drafts.any(|draft| draft.nullable)
    }
}

/// `true` if no type is in two of the sets.
pub(super) fn are_disjoint(types: &[TypeSet]) -> bool {
    let mut seen = TypeSet::NONE;
    types.iter().all(|types| {
        let is_new = !types.overlaps(seen);
        seen = seen | *types;
        is_new
    })
}

fn shape_types(shape: &Shape) -> TypeSet {
    match shape {
        Shape::Any(_) | Shape::Alias(_) | Shape::Union(_) => TypeSet::ALL,
        Shape::Never => TypeSet::NONE,
        Shape::Null => TypeSet::NULL,
        Shape::Bool => TypeSet::BOOL,
        Shape::Integer(_) => TypeSet::INTEGER,
        Shape::Number(_) => TypeSet::NUMBER,
        Shape::Text(_) => TypeSet::TEXT,
        Shape::Choice(choice) => choice.values.iter().map(|value| &value.wire).collect(),
        Shape::List(_) | Shape::Tuple(_) => TypeSet::LIST,
        Shape::Object(_) => TypeSet::OBJECT,
    }
}

/// `true` if no text has this format and another distinctive one.
fn is_distinctive(format: &TextFormat) -> bool {
    format.row().is_some_and(|row| row.is_distinctive)
}

fn share_no_value(one: &Choice, other: &Choice) -> bool {
    let is_shared = |wire| other.values.iter().any(|value| equal(&value.wire, wire));
    !one.open && !other.open && !one.values.iter().any(|value| is_shared(&value.wire))
}

/// `true` if the first object requires a property that the second one forbids.
fn requires_forbidden(one: &Object, other: &Object) -> bool {
    let mut required = one.properties.iter().filter(|(_, property)| property.required);
    matches!(other.additional, AdditionalProperties::Forbidden)
        && required.any(|(name, _)| !other.properties.contains_key(name))
}
