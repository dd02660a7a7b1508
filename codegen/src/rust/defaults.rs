//! The document's defaults as values that an accessor returns; nothing is ever sent for want of a value.

use super::ir::{ChoiceBase, Default, DefaultValue, Field, Integer, Presence, Type};
use super::{choice, Context};
use crate::api::ir::{Json, SchemaId, Shape, Use};
use crate::names::Ident;

/// What the accessor of a field returns where the field is not set; nothing where no literal says the default.
pub fn of(context: &Context<'_>, usage: &Use, field: &Field) -> Option<Default> {
    if field.presence != Presence::Optional {
        return None;
    }
    let own = context.schema(usage.schema);
    let json = usage
        .default
        .as_ref()
        .or(own.and_then(|schema| schema.default.as_ref()))?;
    Some(Default {
        accessor: field.name.ident.or_default(),
        value: value(context, usage.schema, json, &field.value.ty)?,
    })
}

fn value(context: &Context<'_>, id: SchemaId, json: &Json, ty: &Type) -> Option<DefaultValue> {
    match (ty, json) {
        (Type::Bool, Json::Bool(value)) => Some(DefaultValue::Bool(*value)),
        (Type::Text, Json::String(text)) => Some(DefaultValue::Text(text.clone())),
        (Type::Float, Json::Number(number)) => number.as_f64().map(DefaultValue::Float),
        (Type::Integer(width), Json::Number(number)) => {
            let number = number
                .as_i64()
                .map(i128::from)
                .or(number.as_u64().map(i128::from))?;
            fits(*width, number).then_some(DefaultValue::Integer(number))
        }
        (Type::Named(name), _) => {
            let (variant, copied) = variant(context, id, json)?;
            Some(DefaultValue::Variant(name.clone(), variant, copied))
        }
        _ => None,
    }
}

/// The variant of a choice, where the schema is one that lists the value, and whether the choice is copied.
fn variant(context: &Context<'_>, id: SchemaId, json: &Json) -> Option<(Ident, bool)> {
    let Shape::Choice(choice) = &context.schema(id)?.shape else {
        return None;
    };
    let at = choice.values.iter().position(|value| value.wire == *json)?;
    let lowered = choice::lower(context, id, choice)?;
    let copied = lowered.unlisted.is_none() || lowered.base == ChoiceBase::Integer;
    Some((lowered.variants.into_iter().nth(at)?.ident, copied))
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
