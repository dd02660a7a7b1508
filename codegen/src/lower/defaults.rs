//! Documented defaults: values that accessors return. Requests never contain a default that the caller has not set.

use super::model::{
    AdditionalMembers, Codec, DefaultAccessor, DefaultField, DefaultRecord, DefaultValue, Field,
    Integer, Presence, Scalar, Type, ValueType,
};
use super::{enums, format_syntax, record, Context, Direction};
use crate::api::model::{
    AdditionalProperties, Choice, Json, Object, SchemaId, Shape, Site, Tuple, Union, Use,
};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::Diagnostics;
use crate::names::is_record;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, Engine};

/// Returns the default accessor of a field; `None` if no Rust value equals the default.
pub fn accessor(
    context: &Context<'_>,
    usage: &Use,
    field: &Field,
    direction: Direction,
) -> Option<DefaultAccessor> {
    let json = documented(context, usage, field.presence)?;
    let values = Values { context, direction };
    Some(DefaultAccessor {
        ident: field.name.ident.or_default(),
        value: values.value(usage.schema, json, &field.value)?,
    })
}

/// Returns the default of an optional member. A default of null is what the field's absence expresses already.
fn documented<'a>(context: &Context<'a>, usage: &'a Use, presence: Presence) -> Option<&'a Json> {
    let inherited = || context.schema(usage.schema)?.default.as_ref();
    let default = usage.default.as_ref().or_else(inherited);
    default.filter(|json| !presence.is_required() && !json.is_null())
}

/// Reports the defaults without accessor.
pub fn report(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (id, schema) in context.api.schemas.iter() {
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        if context.names.types.contains_key(&id) && is_record(object) {
            for (site, message) in unexpressed(context, id, object) {
                diagnostics.push(codes::DEFAULT_UNSAID, site.place.clone(), message);
            }
        }
    }
}

fn unexpressed<'a>(
    context: &Context<'a>,
    id: SchemaId,
    object: &'a Object,
) -> Vec<(&'a Site, String)> {
    let has_default = |usage| documented(context, usage, Presence::Optional).is_some();
    // Most objects have no defaults; computing their fields would be wasted.
    if !object.properties.values().any(|property| has_default(&property.value)) {
        return Vec::new();
    }
    let direction = context.direction(id);
    let fields = record::fields(context, id, object, direction);
    let messages = fields.iter().filter_map(|field| {
        let wire = &field.name.wire;
        let usage = &object.properties.get(wire)?.value;
        let json = documented(context, usage, field.presence)?;
        let message = || format!("no Rust value of `{wire}` equals its default `{json}`");
        let accessor = accessor(context, usage, field, direction);
        accessor.is_none().then(|| (&usage.at, message()))
    });
    messages.collect()
}

/// Returns the value of a type in requests that this JSON stands for; `None` if there is none, or Rust cannot write it.
pub fn value(
    context: &Context<'_>,
    id: SchemaId,
    json: &Json,
    target: &ValueType,
) -> Option<DefaultValue> {
    Values { context, direction: Direction::Request }.value(id, json, target)
}

/// Converts JSON into values of types in one direction.
struct Values<'c, 'a> {
    context: &'c Context<'a>,
    direction: Direction,
}

impl Values<'_, '_> {
    /// Converts JSON to this type; `None` if it is not a value of the type, or cannot be written in Rust.
    fn value(&self, id: SchemaId, json: &Json, target: &ValueType) -> Option<DefaultValue> {
        match &target.ty {
            Type::Named(_) => self.named(id, json),
            Type::Boxed(inner) => {
                let inner = ValueType { ty: (**inner).clone(), codec: target.codec.clone() };
                let value = self.value(id, json, &inner)?;
                Some(DefaultValue::Boxed(Box::new(value)))
            }
            Type::List(_) => self.list(id, json),
            Type::Map(_) => self.map(id, json),
            Type::Tuple(_) | Type::Prefix(..) => self.tuple(id, json, &target.ty),
            Type::Keyed(..) => self.keyed(id, json),
            Type::Bytes => bytes(json.as_str()?, &target.codec),
            Type::Lenient(inner) => {
                let text = json.as_str()?;
                Some(match parsed(text, inner) {
                    Some(value) => DefaultValue::LenientKnown(Box::new(value)),
                    None => DefaultValue::LenientText(text.to_owned()),
                })
            }
            Type::Value
            | Type::Never
            | Type::Null
            | Type::Bool
            | Type::Integer(_)
            | Type::Float
            | Type::Number
            | Type::Text
            | Type::Secret
            | Type::DateTime
            | Type::Date
            | Type::Scalar(_)
            | Type::Foreign(_)
            | Type::Maybe(_)
            | Type::Option(_) => scalar(json, &target.ty, &target.codec),
        }
    }

    /// Returns a value of a generated type, or of the target of an alias.
    fn named(&self, id: SchemaId, json: &Json) -> Option<DefaultValue> {
        let id = self.context.resolve(id);
        match self.context.shape(id)? {
            Shape::Choice(choice) => self.choice_variant(id, json, choice),
            Shape::Union(union) => self.union_variant(id, json, union),
            Shape::Object(object) if is_record(object) => self.record(id, json, object),
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Object(_)
            | Shape::Alias(_) => {
                let structure = self.context.structure(id, self.direction);
                let is_cyclic =
                    matches!(structure.ty, Type::Named(_)) || self.context.boxes.is_endless(id);
                (!is_cyclic).then(|| self.value(id, json, &structure)).flatten()
            }
        }
    }

    fn choice_variant(&self, id: SchemaId, json: &Json, choice: &Choice) -> Option<DefaultValue> {
        let at = choice.values.iter().position(|value| value.wire == *json)?;
        let lowered = enums::choice(self.context, id, choice)?;
        let is_copy = lowered.is_copy();
        let variant = lowered.variants.into_iter().nth(at)?.ident;
        Some(DefaultValue::ChoiceVariant(lowered.name, variant, is_copy))
    }

    /// Returns a value of the only branch that accepts it.
    fn union_variant(&self, id: SchemaId, json: &Json, union: &Union) -> Option<DefaultValue> {
        let lowered = enums::union(self.context, id, union, self.direction)?;
        let branches = union.variants.iter().zip(lowered.variants);
        let mut accepted = branches.filter_map(|(branch, variant)| {
            let value = self.value(branch.value.schema, json, &variant.value)?;
            Some((variant.ident, value))
        });
        let (ident, value) = accepted.next()?;
        accepted
            .next()
            .is_none()
            .then(|| DefaultValue::UnionVariant(lowered.name, ident, Box::new(value)))
    }

    fn record(&self, id: SchemaId, json: &Json, object: &Object) -> Option<DefaultValue> {
        let members = json.as_object()?;
        let fields = record::fields(self.context, id, object, self.direction);
        let is_field = |name: &String| fields.iter().any(|field| field.name.wire == *name);
        let mut others = members.iter().filter(|(name, _)| !is_field(name));
        let additional = match record::additional(self.context, id, object, self.direction) {
            AdditionalMembers::Stored(ident, _) => Some((ident, self.additional(object, others)?)),
            AdditionalMembers::Ignored | AdditionalMembers::Rejected if others.next().is_some() => {
                return None
            }
            AdditionalMembers::Ignored | AdditionalMembers::Rejected => None,
        };
        let has_blank = fields.iter().all(|field| !field.presence.is_required());
        let fields = fields.into_iter().map(|field| {
            let property = object.properties.get(&field.name.wire)?;
            self.field(members.get(&field.name.wire), field, &property.value)
        });
        Some(DefaultValue::Record(DefaultRecord {
            name: self.context.name(id, self.direction)?,
            fields: fields.collect::<Option<_>>()?,
            additional,
            has_blank,
        }))
    }

    /// Returns the value of a field.
    fn field(&self, json: Option<&Json>, field: Field, usage: &Use) -> Option<DefaultField> {
        let is_nullable = matches!(field.presence, Presence::Nullable | Presence::OptionalNullable);
        let value = match json {
            None if field.presence.is_required() => return None,
            None => None,
            Some(Json::Null) if !is_nullable => return None,
            Some(Json::Null) => Some(DefaultValue::Null),
            Some(json) => Some(self.value(usage.schema, json, &field.value)?),
        };
        Some(DefaultField { ident: field.name.ident, presence: field.presence, value })
    }

    /// Returns additional members.
    fn additional<'j>(
        &self,
        object: &Object,
        members: impl IntoIterator<Item = (&'j String, &'j Json)>,
    ) -> Option<Vec<(String, DefaultValue)>> {
        let members = members.into_iter().map(|(name, json)| match &object.additional {
            AdditionalProperties::Retained(usage) => Some((name.clone(), self.item(usage, json)?)),
            AdditionalProperties::Ignored | AdditionalProperties::Forbidden => None,
        });
        members.collect()
    }

    fn list(&self, id: SchemaId, json: &Json) -> Option<DefaultValue> {
        let Shape::List(list) = self.context.shape(id)? else {
            return None;
        };
        let items = json.as_array()?.iter().map(|item| self.item(&list.item, item));
        Some(DefaultValue::List(items.collect::<Option<_>>()?))
    }

    fn map(&self, id: SchemaId, json: &Json) -> Option<DefaultValue> {
        let Shape::Object(object) = self.context.shape(id)? else {
            return None;
        };
        self.additional(object, json.as_object()?).map(DefaultValue::Map)
    }

    /// Returns a map with typed keys.
    fn keyed(&self, id: SchemaId, json: &Json) -> Option<DefaultValue> {
        let Shape::Object(object) = self.context.shape(id)? else {
            return None;
        };
        let (Some(key), AdditionalProperties::Retained(usage)) = (&object.key, &object.additional)
        else {
            return None;
        };
        let key_type = self.context.value(key, self.direction);
        let members = json.as_object()?.iter().map(|(name, json)| {
            let name = self.value(key.schema, &Json::from(name.as_str()), &key_type)?;
            Some((name, self.item(usage, json)?))
        });
        Some(DefaultValue::Keyed(members.collect::<Option<_>>()?))
    }

    /// Returns an item of a list or a value of a map, null included.
    fn item(&self, usage: &Use, json: &Json) -> Option<DefaultValue> {
        let target = self.context.value(usage, self.direction);
        self.nullable(usage, json, || self.value(usage.schema, json, &target))
    }

    /// Returns null, or the value that `value` returns in `Some`, if null is possible here; else the value alone.
    fn nullable(
        &self,
        usage: &Use,
        json: &Json,
        value: impl FnOnce() -> Option<DefaultValue>,
    ) -> Option<DefaultValue> {
        match (self.context.is_nullable(usage), json) {
            (false, _) => value(),
            (true, Json::Null) => Some(DefaultValue::Null),
            (true, _) => Some(DefaultValue::Some(Box::new(value()?))),
        }
    }

    /// Returns a value for each position.
    fn tuple(&self, id: SchemaId, json: &Json, ty: &Type) -> Option<DefaultValue> {
        let id = self.context.resolve(id);
        let Shape::Tuple(tuple) = self.context.shape(id)? else {
            return None;
        };
        let items = json.as_array()?;
        let positions = self.positions(id, tuple, items)?;
        let further = items.get(tuple.items.len()..).unwrap_or_default();
        if let Type::Prefix(..) = ty {
            let item = tuple.additional.as_ref()?;
            let further = further.iter().map(|json| self.item(item, json));
            return Some(DefaultValue::Prefix(positions, further.collect::<Option<_>>()?));
        }
        let mut types = positions.iter().zip(ty.positions());
        let is_copy = types.all(|(value, ty)| value.is_copy() || ty.is_copy());
        further.is_empty().then_some(DefaultValue::Tuple(positions, is_copy))
    }

    fn positions(&self, id: SchemaId, tuple: &Tuple, items: &[Json]) -> Option<Vec<DefaultValue>> {
        let maybe = |value| Some(DefaultValue::Maybe(value));
        let positions = tuple.items.iter().enumerate().map(|(at, usage)| {
            match (at < tuple.required, items.get(at)) {
                (true, json) => self.nullable(usage, json?, || self.boxed(id, usage, json?)),
                (false, None) => maybe(None),
                (false, Some(Json::Null)) if !self.context.is_nullable(usage) => None,
                (false, Some(Json::Null)) => maybe(Some(Box::new(DefaultValue::Null))),
                (false, Some(json)) => maybe(Some(Box::new(self.boxed(id, usage, json)?))),
            }
        });
        positions.collect()
    }

    /// Returns the value of a position that is not null, in a box if necessary.
    fn boxed(&self, owner: SchemaId, usage: &Use, json: &Json) -> Option<DefaultValue> {
        let target = self.context.value(usage, self.direction);
        let value = self.value(usage.schema, json, &target)?;
        Some(match self.context.is_boxed(owner, usage) {
            true => DefaultValue::Boxed(Box::new(value)),
            false => value,
        })
    }
}

/// Decodes base64 as the runtime does.
fn bytes(text: &str, codec: &Codec) -> Option<DefaultValue> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let alphabet = match *codec == Codec::Base64 {
        true => &alphabet::STANDARD,
        false => &alphabet::URL_SAFE,
    };
    let decoded = GeneralPurpose::new(alphabet, config).decode(text);
    decoded.ok().map(DefaultValue::Bytes)
}

fn scalar(json: &Json, ty: &Type, codec: &Codec) -> Option<DefaultValue> {
    let is_text = matches!(codec, Codec::Text(_));
    let number = |text: String| DefaultValue::Parsed { text, ty: ty.clone() };
    match (ty, json) {
        (Type::Bool, Json::Bool(value)) => Some(DefaultValue::Bool(*value)),
        (Type::Text, Json::String(text)) => Some(DefaultValue::Text(text.clone())),
        (Type::Secret, Json::String(text)) => Some(DefaultValue::Secret(text.clone())),
        (Type::Float, Json::Number(number)) => number.as_f64().map(DefaultValue::Float),
        (Type::Float, Json::String(text)) if is_text => {
            let number = text.parse().ok().filter(|number: &f64| number.is_finite());
            number.map(DefaultValue::Float)
        }
        (Type::Integer(width), Json::Number(number)) => integer(*width, &number.to_string()),
        (Type::Integer(width), Json::String(text)) if is_text => integer(*width, text),
        (Type::Number, Json::Number(json)) => Some(number(json.to_string())),
        (Type::Number, Json::String(text)) if is_text => {
            let json = serde_json::from_str::<serde_json::Number>(text);
            json.ok().map(|_| number(text.clone()))
        }
        (Type::Value, json) => Some(number(json.to_string())),
        (ty, Json::String(text)) => parsed(text, ty),
        _ => None,
    }
}

/// Returns a text that has been checked to parse as this type.
fn parsed(text: &str, ty: &Type) -> Option<DefaultValue> {
    let is_valid = match ty {
        Type::DateTime | Type::Scalar(Scalar::OffsetDateTime | Scalar::Timestamp) => {
            format_syntax::is_date_time(text)
        }
        Type::Date | Type::Scalar(Scalar::TimeDate | Scalar::CivilDate) => {
            format_syntax::is_date(text)
        }
        Type::Scalar(Scalar::Time) => format_syntax::is_time(text),
        Type::Scalar(Scalar::Duration) => format_syntax::is_duration(text),
        Type::Scalar(Scalar::Uuid) => format_syntax::is_uuid(text),
        Type::Scalar(Scalar::Ipv4) => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Type::Scalar(Scalar::Ipv6) => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Type::Value
        | Type::Never
        | Type::Null
        | Type::Bool
        | Type::Integer(_)
        | Type::Float
        | Type::Number
        | Type::Text
        | Type::Secret
        | Type::Lenient(_)
        | Type::Foreign(_)
        | Type::Bytes
        | Type::List(_)
        | Type::Map(_)
        | Type::Keyed(..)
        | Type::Tuple(_)
        | Type::Prefix(..)
        | Type::Maybe(_)
        | Type::Option(_)
        | Type::Boxed(_)
        | Type::Named(_) => false,
    };
    is_valid.then(|| DefaultValue::Parsed { text: text.to_owned(), ty: ty.clone() })
}

fn integer(width: Integer, text: &str) -> Option<DefaultValue> {
    let number = text.parse().ok().or_else(|| parse_whole(text))?;
    let (least, greatest) = width.range();
    (least..=greatest).contains(&number).then_some(DefaultValue::Integer(number, width))
}

/// Parses an integer with a point or exponent, such as `1.0e3`, up to 2^53, beyond which `f64` is inexact.
fn parse_whole(text: &str) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number: f64 = text.parse().ok()?;
    let is_exact = number.fract() == 0.0 && number.abs() <= EXACT;
    // Without a fraction it prints as digits.
    is_exact.then(|| format!("{number:.0}")).and_then(|digits| digits.parse().ok())
}
