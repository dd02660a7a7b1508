//! Checks of examples against their schemas; patterns are not checked, and formats only for plausibility.

use super::{Sampler, MAX_DEPTH};
use crate::api::model::{
    AdditionalProperties, ChoiceBase, Constraints, Json, Object, Schema, Shape, Use,
};

impl Sampler<'_> {
    /// `true` if the value can be sent for this schema.
    pub(super) fn fits(&self, schema: &Schema, value: &Json, depth: usize) -> bool {
        if depth > MAX_DEPTH * 3 {
            return true;
        }
        if value.is_null() {
            return matches!(schema.shape, Shape::Null | Shape::Any(_));
        }
        let constraints = &schema.constraints;
        match &schema.shape {
            Shape::Any(_) => true,
            Shape::Never | Shape::Null => false,
            Shape::Bool => value.is_boolean(),
            Shape::Integer(_) => {
                (value.is_i64() || value.is_u64()) && is_within(value, constraints)
            }
            Shape::Number(_) => value.is_number() && is_within(value, constraints),
            Shape::Text(format) => value.as_str().is_some_and(|text| {
                let (least, most) = (constraints.min_length, constraints.max_length);
                let is_plausible = format.row().is_none_or(|row| (row.is_plausible)(text));
                is_between(text.chars().count(), least, most) && is_plausible
            }),
            Shape::Choice(choice) => {
                let is_listed = choice.values.iter().any(|listed| listed.wire == *value);
                is_listed || choice.open && choice.base == ChoiceBase::Text && value.is_string()
            }
            Shape::List(list) => value.as_array().is_some_and(|items| {
                is_between(items.len(), constraints.min_items, constraints.max_items)
                    && items.iter().all(|item| self.fits_use(&list.item, item, depth))
            }),
            Shape::Tuple(tuple) => value.as_array().is_some_and(|items| {
                let mut pairs = tuple.items.iter().zip(items);
                items.len() >= tuple.required
                    && (tuple.additional.is_some() || items.len() <= tuple.items.len())
                    && pairs.all(|(used, item)| self.fits_use(used, item, depth))
            }),
            Shape::Object(object) => self.fits_object(object, value, depth),
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.any(|variant| self.fits_use(&variant.value, value, depth))
            }
            Shape::Alias(next) => self.fits_use(next, value, depth),
        }
    }

    fn fits_use(&self, used: &Use, value: &Json, depth: usize) -> bool {
        let schema = self.api.schemas.get(used.schema);
        let is_nullable = used.nullable || schema.is_some_and(|schema| schema.nullable);
        value.is_null() && is_nullable
            || schema.is_some_and(|schema| self.fits(schema, value, depth + 1))
    }

    fn fits_object(&self, object: &Object, value: &Json, depth: usize) -> bool {
        let Some(members) = value.as_object() else {
            return false;
        };
        let has_required = object.properties.iter().all(|(name, property)| {
            let is_present = property.value.access != self.absent;
            !(property.required && is_present) || members.contains_key(name)
        });
        let is_exclusive = object.exclusive_groups.iter().all(|group| {
            let names = group.members.iter();
            let count = names.filter(|name| members.contains_key(*name)).count();
            count == 1 || count == 0 && !group.required
        });
        let fits_members = || {
            members.iter().all(|(name, member)| {
                match (object.properties.get(name), &object.additional) {
                    (Some(property), _) => self.fits_use(&property.value, member, depth),
                    (None, AdditionalProperties::Retained(used)) => {
                        self.fits_use(used, member, depth)
                    }
                    (None, AdditionalProperties::Ignored) => true,
                    (None, AdditionalProperties::Forbidden) => false,
                }
            })
        };
        has_required && is_exclusive && fits_members()
    }
}

fn is_between(count: usize, least: Option<u64>, most: Option<u64>) -> bool {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    count >= least.unwrap_or_default() && count <= most.unwrap_or(u64::MAX)
}

fn is_within(value: &Json, constraints: &Constraints) -> bool {
    let Some(value) = value.as_f64() else {
        return false;
    };
    let bound = |text: &Option<String>| text.as_ref()?.parse::<f64>().ok();
    let is_above = |least: f64| value > least || value == least && !constraints.exclusive_minimum;
    let is_below = |most: f64| value < most || value == most && !constraints.exclusive_maximum;
    bound(&constraints.minimum).is_none_or(is_above)
        && bound(&constraints.maximum).is_none_or(is_below)
}
