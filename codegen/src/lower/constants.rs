//! Required fields that have one value, which no caller is asked for.

use super::model::{DefaultValue, Field, Presence, Type};
use super::Context;
use crate::api::model::{Api, Shape};
use crate::names::{Ident, Names};
use std::collections::BTreeMap;

/// The enums of one value, with its variant.
pub fn enums(api: &Api, names: &Names) -> BTreeMap<Ident, Ident> {
    let schemas = api.schemas.iter();
    let single = schemas.filter_map(|(id, schema)| {
        let Shape::Choice(choice) = &schema.shape else {
            return None;
        };
        let [_] = choice.values.as_slice() else {
            return None;
        };
        let variant = names.members.get(&id)?.first()?;
        Some((names.types.get(&id)?.read.clone(), variant.clone()))
    });
    single.collect()
}

/// The one value of a required field; `None` where it has several.
pub fn of(context: &Context<'_>, field: &Field) -> Option<DefaultValue> {
    if field.presence != Presence::Required {
        return None;
    }
    let Type::Named(name) = &field.value.ty else {
        return None;
    };
    let variant = context.constants.get(name)?;
    Some(DefaultValue::Variant(name.clone(), variant.clone(), true))
}
