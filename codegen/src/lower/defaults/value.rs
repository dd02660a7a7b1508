//! From JSON to the Rust that makes the value.

use super::{forms, holders};
use crate::api::model::{
    AdditionalProperties, Choice, Json, Object, SchemaId, Shape, Union as Branches, Use,
};
use crate::lower::model::{
    Codec, DefaultField, DefaultRecord, DefaultValue, Field, Integer, Presence, Rest, Scalar, Type,
    ValueType,
};
use crate::lower::value_type::is_record;
use crate::lower::{choice, record, union, Context, Form};

/// Turns JSON into values of types in this form.
pub(super) struct Values<'c, 'a> {
    pub(super) context: &'c Context<'a>,
    pub(super) form: Form,
}

impl Values<'_, '_> {
    /// The value that a JSON is at a place of this schema and type; nothing where it is none, or no Rust makes it.
    pub(super) fn value(&self, id: SchemaId, json: &Json, at: &ValueType) -> Option<DefaultValue> {
        match &at.ty {
            Type::Named(_) => self.named(id, json),
            Type::Boxed(inner) => {
                let inner = ValueType {
                    ty: (**inner).clone(),
                    codec: at.codec.clone(),
                };
                let value = self.value(id, json, &inner)?;
                Some(DefaultValue::Boxed(Box::new(value)))
            }
            Type::List(_) => self.list(id, json),
            Type::Map(_) => self.map(id, json),
            Type::Tuple(_) | Type::Prefix(..) => self.tuple(id, json, &at.ty),
            Type::Keyed(..) => self.keyed(id, json),
            Type::Bytes => holders::bytes(json.as_str()?, &at.codec),
            Type::Lenient(inner) => Some(lenient(json.as_str()?, inner)),
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
            | Type::Option(_) => scalar(json, &at.ty, &at.codec),
        }
    }

    /// A value of a generated type, or of what another name stands for.
    fn named(&self, id: SchemaId, json: &Json) -> Option<DefaultValue> {
        let id = self.context.same(id);
        match &self.context.schema(id)?.shape {
            Shape::Choice(choice) => self.variant(id, json, choice),
            Shape::Union(union) => self.branch(id, json, union),
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
                let structure = self.context.structure(id, self.form);
                let round =
                    matches!(structure.ty, Type::Named(_)) || self.context.boxes.is_endless(id);
                (!round).then(|| self.value(id, json, &structure)).flatten()
            }
        }
    }

    fn variant(&self, id: SchemaId, json: &Json, choice: &Choice) -> Option<DefaultValue> {
        let at = choice.values.iter().position(|value| value.wire == *json)?;
        let lowered = choice::lower(self.context, id, choice)?;
        let copied = lowered.is_copied();
        let variant = lowered.variants.into_iter().nth(at)?.ident;
        Some(DefaultValue::Variant(lowered.name, variant, copied))
    }

    fn list(&self, id: SchemaId, json: &Json) -> Option<DefaultValue> {
        let Shape::List(list) = self.context.shape(id)? else {
            return None;
        };
        let items = json.as_array()?.iter();
        let items = items.map(|item| self.item(&list.item, item));
        Some(DefaultValue::List(items.collect::<Option<_>>()?))
    }

    fn map(&self, id: SchemaId, json: &Json) -> Option<DefaultValue> {
        let Shape::Object(object) = self.context.shape(id)? else {
            return None;
        };
        self.members(object, json.as_object()?.iter())
            .map(DefaultValue::Map)
    }

    /// Members that are no fields.
    fn members<'j>(
        &self,
        object: &Object,
        members: impl Iterator<Item = (&'j String, &'j Json)>,
    ) -> Option<Vec<(String, DefaultValue)>> {
        let members = members.map(|(name, json)| match &object.additional {
            AdditionalProperties::Retained(usage) => Some((name.clone(), self.item(usage, json)?)),
            AdditionalProperties::Ignored | AdditionalProperties::Forbidden => None,
        });
        members.collect()
    }

    /// A value of a list or map, where null is one if the document says so.
    pub(super) fn item(&self, usage: &Use, json: &Json) -> Option<DefaultValue> {
        let typed = self.context.value(usage, self.form);
        if !self.context.is_nullable(usage) {
            return self.value(usage.schema, json, &typed);
        }
        if json.is_null() {
            return Some(DefaultValue::Null);
        }
        let value = self.value(usage.schema, json, &typed)?;
        Some(DefaultValue::Given(Box::new(value)))
    }

    fn record(&self, id: SchemaId, json: &Json, object: &Object) -> Option<DefaultValue> {
        let members = json.as_object()?;
        let fields = record::fields(self.context, id, object, self.form);
        let known = |name: &String| fields.iter().any(|field| field.name.wire == *name);
        let mut unknown = members.iter().filter(|(name, _)| !known(name));
        let rest = match record::rest(self.context, id, object, self.form) {
            Rest::Kept(ident, _) => Some((ident, self.members(object, unknown)?)),
            Rest::Skipped | Rest::Refused if unknown.next().is_some() => return None,
            Rest::Skipped | Rest::Refused => None,
        };
        let by_default = fields.iter().all(|field| !field.presence.is_given());
        let fields = fields.into_iter().map(|field| {
            let property = object.properties.get(&field.name.wire)?;
            self.field(members.get(&field.name.wire), field, &property.value)
        });
        Some(DefaultValue::Record(DefaultRecord {
            name: self.context.name(id, self.form)?,
            fields: fields.collect::<Option<_>>()?,
            rest,
            by_default,
        }))
    }

    /// A field with what stands at its name.
    fn field(&self, json: Option<&Json>, field: Field, usage: &Use) -> Option<DefaultField> {
        let value = match (json, field.presence) {
            (None, Presence::Required | Presence::Nullable)
            | (Some(Json::Null), Presence::Required | Presence::Optional | Presence::Lenient) => {
                return None
            }
            (None, Presence::Optional | Presence::OptionalNullable | Presence::Lenient) => None,
            (Some(Json::Null), Presence::Nullable | Presence::OptionalNullable) => {
                Some(DefaultValue::Null)
            }
            (Some(json), _) => Some(self.value(usage.schema, json, &field.value)?),
        };
        Some(DefaultField {
            ident: field.name.ident,
            presence: field.presence,
            value,
        })
    }

    /// The one branch that takes the value.
    fn branch(&self, id: SchemaId, json: &Json, union: &Branches) -> Option<DefaultValue> {
        let lowered = union::lower(self.context, id, union, self.form)?;
        let branches = union.variants.iter().zip(lowered.variants);
        let mut taking = branches.filter_map(|(branch, variant)| {
            let value = self.value(branch.value.schema, json, &variant.value)?;
            Some((variant.ident, value))
        });
        let (ident, value) = taking.next()?;
        if taking.next().is_some() {
            return None;
        }
        Some(DefaultValue::Branch(lowered.name, ident, Box::new(value)))
    }
}

fn lenient(text: &str, known: &Type) -> DefaultValue {
    match stated(text, known) {
        Some(value) => DefaultValue::Known(Box::new(value)),
        None => DefaultValue::Other(text.to_owned()),
    }
}

fn scalar(json: &Json, ty: &Type, codec: &Codec) -> Option<DefaultValue> {
    match (ty, json) {
        (Type::Bool, Json::Bool(value)) => Some(DefaultValue::Bool(*value)),
        (Type::Text, Json::String(text)) => Some(DefaultValue::Text(text.clone())),
        (Type::Secret, Json::String(text)) => Some(DefaultValue::Secret(text.clone())),
        (Type::Float, Json::Number(number)) => number.as_f64().map(DefaultValue::Float),
        (Type::Float, Json::String(text)) if is_text(codec) => {
            let number = text.parse().ok().filter(|number: &f64| number.is_finite());
            number.map(DefaultValue::Float)
        }
        (Type::Integer(width), Json::Number(number)) => integer(*width, &number.to_string()),
        (Type::Integer(width), Json::String(text)) if is_text(codec) => integer(*width, text),
        (Type::Number, Json::Number(number)) => Some(as_stated(number.to_string(), false)),
        (Type::Number, Json::String(text)) if is_text(codec) => {
            let number = serde_json::from_str::<serde_json::Number>(text);
            number.ok().map(|_| as_stated(text.clone(), false))
        }
        (Type::Value, json) => Some(as_stated(json.to_string(), false)),
        (ty, Json::String(text)) => stated(text, ty),
        _ => None,
    }
}

fn is_text(codec: &Codec) -> bool {
    matches!(codec, Codec::Text(_))
}

/// A text that is known to be of the form of this type.
fn stated(text: &str, ty: &Type) -> Option<DefaultValue> {
    let is_form: fn(&str) -> bool = match ty {
        Type::DateTime => forms::is_date_time,
        Type::Date => forms::is_date,
        Type::Scalar(scalar) => match scalar {
            Scalar::OffsetDateTime | Scalar::Timestamp => forms::is_date_time,
            Scalar::TimeDate | Scalar::CivilDate => forms::is_date,
            Scalar::Time => forms::is_time,
            Scalar::Duration => forms::is_duration,
            Scalar::Uuid => forms::is_uuid,
            Scalar::Ipv4 => |text| text.parse::<std::net::Ipv4Addr>().is_ok(),
            Scalar::Ipv6 => |text| text.parse::<std::net::Ipv6Addr>().is_ok(),
        },
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
        | Type::Named(_) => return None,
    };
    is_form(text).then(|| as_stated(text.to_owned(), ty.is_copy()))
}

fn as_stated(text: String, copied: bool) -> DefaultValue {
    DefaultValue::Stated { text, copied }
}

fn integer(width: Integer, text: &str) -> Option<DefaultValue> {
    let number = text.parse().ok().or_else(|| whole(text))?;
    fits(width, number).then_some(DefaultValue::Integer(number))
}

/// A whole number that is written with a point or an exponent: `1.0e3`. Beyond 2^53 digits of it may be lost already.
fn whole(text: &str) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number: f64 = text.parse().ok()?;
    let exact = number.fract() == 0.0 && number.abs() <= EXACT;
    // Without a fraction it is written in digits alone.
    exact
        .then(|| format!("{number:.0}"))
        .and_then(|digits| digits.parse().ok())
}

fn fits(width: Integer, number: i128) -> bool {
    match width {
        Integer::I8 => i8::try_from(number).is_ok(),
        Integer::I16 => i16::try_from(number).is_ok(),
        Integer::I32 => i32::try_from(number).is_ok(),
        Integer::I64 => i64::try_from(number).is_ok(),
        Integer::U8 => u8::try_from(number).is_ok(),
        Integer::U16 => u16::try_from(number).is_ok(),
        Integer::U32 => u32::try_from(number).is_ok(),
        Integer::U64 => u64::try_from(number).is_ok(),
    }
}
