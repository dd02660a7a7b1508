//! Whether an example fits its schema, as far as is seen here: patterns and formats are not looked at.

use super::{Sampler, DEEPEST};
use crate::api::model::{
    Access, AdditionalProperties, ChoiceBase, Constraints, Json, Object, Schema, SchemaId, Shape,
    TextFormat, Tuple, Use,
};

impl Sampler<'_> {
    /// Whether the value can be sent for this schema.
    pub(super) fn fits(&self, schema: &Schema, value: &Json, depth: usize) -> bool {
        if depth > DEEPEST * 3 {
            return true;
        }
        if value.is_null() {
            return matches!(schema.shape, Shape::Null | Shape::Any(_));
        }
        let limits = &schema.constraints;
        match &schema.shape {
            Shape::Any(_) => true,
            Shape::Never | Shape::Null => false,
            Shape::Bool => value.is_boolean(),
            Shape::Integer(_) => (value.is_i64() || value.is_u64()) && is_within(value, limits),
            Shape::Number(_) => value.is_number() && is_within(value, limits),
            Shape::Text(format) => value
                .as_str()
                .is_some_and(|text| is_sized(text, limits) && is_of(text, format)),
            Shape::Choice(choice) => {
                let listed = choice.values.iter().any(|listed| listed.wire == *value);
                listed || choice.open && choice.base == ChoiceBase::Text && value.is_string()
            }
            Shape::List(list) => value.as_array().is_some_and(|items| {
                is_counted(items.len(), (limits.min_items, limits.max_items))
                    && items
                        .iter()
                        .all(|item| self.use_fits(&list.item, item, depth))
            }),
            Shape::Tuple(tuple) => self.tuple_fits(tuple, value, depth),
            Shape::Object(object) => self.object_fits(object, value, depth),
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.any(|variant| self.use_fits(&variant.value, value, depth))
            }
            Shape::Alias(next) => self.use_fits(next, value, depth),
        }
    }

    fn use_fits(&self, used: &Use, value: &Json, depth: usize) -> bool {
        if value.is_null() && (used.nullable || self.is_nullable(used.schema)) {
            return true;
        }
        let schema = self.api.schemas.get(used.schema);
        schema.is_some_and(|schema| self.fits(schema, value, depth + 1))
    }

    fn is_nullable(&self, id: SchemaId) -> bool {
        let schema = self.api.schemas.get(id);
        schema.is_some_and(|schema| schema.nullable)
    }

    fn tuple_fits(&self, tuple: &Tuple, value: &Json, depth: usize) -> bool {
        value.as_array().is_some_and(|items| {
            let enough = items.len() >= tuple.required;
            let room = tuple.additional.is_some() || items.len() <= tuple.items.len();
            let mut pairs = tuple.items.iter().zip(items);
            enough && room && pairs.all(|(used, item)| self.use_fits(used, item, depth))
        })
    }

    fn object_fits(&self, object: &Object, value: &Json, depth: usize) -> bool {
        let Some(members) = value.as_object() else {
            return false;
        };
        let has_required = object.properties.iter().all(|(name, property)| {
            let needed = property.required && property.value.access != Access::ReadOnly;
            !needed || members.contains_key(name)
        });
        let exclusive = object.exclusive_groups.iter().all(|group| {
            let set = group
                .members
                .iter()
                .filter(|name| members.contains_key(*name));
            let set = set.count();
            set <= 1 && (set == 1 || !group.required)
        });
        let fitting = members.iter().all(|(name, member)| {
            match (object.properties.get(name), &object.additional) {
                (Some(property), _) => self.use_fits(&property.value, member, depth),
                (None, AdditionalProperties::Retained(used)) => self.use_fits(used, member, depth),
                (None, AdditionalProperties::Ignored) => true,
                (None, AdditionalProperties::Forbidden) => false,
            }
        });
        has_required && exclusive && fitting
    }
}

fn is_counted(count: usize, (least, most): (Option<u64>, Option<u64>)) -> bool {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    count >= least.unwrap_or_default() && count <= most.unwrap_or(u64::MAX)
}

fn is_sized(text: &str, limits: &Constraints) -> bool {
    is_counted(text.chars().count(), (limits.min_length, limits.max_length))
}

/// Whether the text is plausible for its format: examples such as `string` are not.
fn is_of(text: &str, format: &TextFormat) -> bool {
    match format {
        TextFormat::DateTime => text.len() >= 20 && text.as_bytes().get(10) == Some(&b'T'),
        TextFormat::Date => text.len() == 10 && text.matches('-').count() == 2,
        TextFormat::Uuid => text.len() == 36,
        TextFormat::Uri => text.contains(':') && !text.contains(['{', ' ']),
        TextFormat::Email => text.contains('@'),
        TextFormat::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        TextFormat::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
        TextFormat::Integer(_) => text.parse::<i128>().is_ok(),
        TextFormat::Number(_) => text.parse::<f64>().is_ok(),
        TextFormat::Base64 => !text.contains(['-', '_', ' ']) && text.len().is_multiple_of(4),
        TextFormat::Plain
        | TextFormat::Other(_)
        | TextFormat::Time
        | TextFormat::Duration
        | TextFormat::Base64Url
        | TextFormat::Binary
        | TextFormat::Password => true,
    }
}

fn is_within(value: &Json, limits: &Constraints) -> bool {
    let Some(value) = value.as_f64() else {
        return false;
    };
    let bound = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    let low = bound(&limits.minimum)
        .is_none_or(|least| value > least || value >= least && !limits.exclusive_minimum);
    let high = bound(&limits.maximum)
        .is_none_or(|most| value < most || value <= most && !limits.exclusive_maximum);
    low && high
}
