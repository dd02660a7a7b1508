//! Tuples, maps with keys of a type of their own, and bytes.

use super::value::Values;
use crate::api::model::{AdditionalProperties, Json, SchemaId, Shape, Tuple, Use};
use crate::lower::model::{Codec, DefaultValue, Type};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, Engine};

impl Values<'_, '_> {
    /// A value for each position; those that may be left out have `Maybe` around them.
    pub(super) fn tuple(&self, id: SchemaId, json: &Json, ty: &Type) -> Option<DefaultValue> {
        let id = self.context.same(id);
        let Shape::Tuple(tuple) = self.context.shape(id)? else {
            return None;
        };
        let given = json.as_array()?;
        let positions = tuple.items.iter().enumerate();
        let first = positions.map(|(at, item)| match (at < tuple.required, given.get(at)) {
            (true, json) => self.held(id, item, json?),
            (false, None) => Some(DefaultValue::Perhaps(None)),
            (false, Some(Json::Null)) => self.perhaps_null(item),
            (false, Some(json)) => {
                let value = self.boxed(id, item, json)?;
                Some(DefaultValue::Perhaps(Some(Box::new(value))))
            }
        });
        let first: Vec<DefaultValue> = first.collect::<Option<_>>()?;
        let after = given.get(tuple.items.len()..).unwrap_or_default();
        if let Type::Prefix(..) = ty {
            return Some(DefaultValue::Prefix(first, self.after(tuple, after)?));
        }
        let types = ty.positions().iter();
        let copied = first
            .iter()
            .zip(types)
            .all(|(value, ty)| value.is_copied() || ty.is_copy());
        after
            .is_empty()
            .then_some(DefaultValue::Tuple(first, copied))
    }

    fn perhaps_null(&self, item: &Use) -> Option<DefaultValue> {
        let null = Some(Box::new(DefaultValue::Null));
        let nullable = self.context.is_nullable(item);
        nullable.then_some(DefaultValue::Perhaps(null))
    }

    /// A value at a position that is always there.
    fn held(&self, owner: SchemaId, usage: &Use, json: &Json) -> Option<DefaultValue> {
        if !self.context.is_nullable(usage) {
            return self.boxed(owner, usage, json);
        }
        if json.is_null() {
            return Some(DefaultValue::Null);
        }
        let value = self.boxed(owner, usage, json)?;
        Some(DefaultValue::Given(Box::new(value)))
    }

    /// A value at a position, null aside, in its box where it has one.
    fn boxed(&self, owner: SchemaId, usage: &Use, json: &Json) -> Option<DefaultValue> {
        let typed = self.context.value(usage, self.form);
        let value = self.value(usage.schema, json, &typed)?;
        Some(match self.context.is_boxed(owner, usage) {
            true => DefaultValue::Boxed(Box::new(value)),
            false => value,
        })
    }

    fn after(&self, tuple: &Tuple, items: &[Json]) -> Option<Vec<DefaultValue>> {
        let rest = tuple.additional.as_ref()?;
        items.iter().map(|item| self.item(rest, item)).collect()
    }

    /// A map whose keys have a type of their own.
    pub(super) fn keyed(&self, id: SchemaId, json: &Json) -> Option<DefaultValue> {
        let Shape::Object(object) = self.context.shape(id)? else {
            return None;
        };
        let (Some(named), AdditionalProperties::Retained(usage)) =
            (&object.key, &object.additional)
        else {
            return None;
        };
        let typed = self.context.value(named, self.form);
        let members = json.as_object()?.iter().map(|(name, json)| {
            let name = self.value(named.schema, &Json::from(name.as_str()), &typed)?;
            Some((name, self.item(usage, json)?))
        });
        Some(DefaultValue::Keyed(members.collect::<Option<_>>()?))
    }
}

/// The bytes of a text, as the runtime reads them.
pub(super) fn bytes(text: &str, codec: &Codec) -> Option<DefaultValue> {
    let padded = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let alphabet = if *codec == Codec::Base64 {
        &alphabet::STANDARD
    } else {
        &alphabet::URL_SAFE
    };
    let decoded = GeneralPurpose::new(alphabet, padded).decode(text);
    decoded.ok().map(DefaultValue::Bytes)
}
