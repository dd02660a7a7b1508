//! How the form for requests is made from what was read.

use super::ir::{FromField, FromRead};
use super::record::travels;
use super::typed::is_record;
use super::{Context, Form};
use crate::api::ir::{Object, Property, Rest, SchemaId, Shape};
use std::collections::BTreeSet;

/// The conversion, where every field that a request must have can be taken from what was read.
pub fn lower(context: &Context<'_>, id: SchemaId, object: &Object, form: Form) -> Option<FromRead> {
    if form == Form::Read || !context.convertible.contains(&id) {
        return None;
    }
    let sent = object
        .properties
        .values()
        .filter(|property| travels(context, id, property, Form::Input));
    let fields = sent
        .map(|property| field(context, id, property))
        .collect::<Option<_>>()?;
    Some(FromRead {
        read: context.name(id, Form::Read)?,
        fields,
    })
}

/// The objects whose form for requests can be made from what was read: all but those with a field that cannot, and
/// those that hold one of these.
pub fn convertible(context: &Context<'_>) -> BTreeSet<SchemaId> {
    let records = context
        .names
        .inputs
        .iter()
        .copied()
        .filter(|id| object(context, *id).is_some());
    let mut able: BTreeSet<_> = records.collect();
    loop {
        let kept: BTreeSet<_> = able
            .iter()
            .copied()
            .filter(|id| holds_only(context, *id, &able))
            .collect();
        if kept.len() == able.len() {
            return able;
        }
        able = kept;
    }
}

fn object<'a>(context: &Context<'a>, id: SchemaId) -> Option<&'a Object> {
    match &context.api.schemas.get(id)?.shape {
        Shape::Object(object) => is_record(object).then_some(&**object),
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Choice(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Union(_)
        | Shape::Same(_) => None,
    }
}

fn holds_only(context: &Context<'_>, id: SchemaId, able: &BTreeSet<SchemaId>) -> bool {
    let Some(object) = object(context, id) else {
        return false;
    };
    if matches!(&object.rest, Rest::Kept(value) if context.names.inputs.contains(&value.schema)) {
        return false;
    }
    let mut sent = object
        .properties
        .values()
        .filter(|property| travels(context, id, property, Form::Input));
    sent.all(|property| match field(context, id, property) {
        Some(FromField::Same | FromField::Unset) => true,
        Some(FromField::Into | FromField::Boxed) => able.contains(&property.value.schema),
        Some(FromField::Items | FromField::Values) => {
            item(context, property).is_some_and(|item| able.contains(&item))
        }
        None => false,
    })
}

fn field(context: &Context<'_>, id: SchemaId, property: &Property) -> Option<FromField> {
    if !travels(context, id, property, Form::Read) {
        return (!property.required).then_some(FromField::Unset);
    }
    let held = property.value.schema;
    if !context.names.inputs.contains(&held) {
        return Some(FromField::Same);
    }
    let is_boxed = context.boxes.is_boxed(id, held);
    if object(context, held).is_some() {
        return Some(if is_boxed {
            FromField::Boxed
        } else {
            FromField::Into
        });
    }
    let is_map = matches!(context.schema(held)?.shape, Shape::Object(_));
    let items = if is_map {
        FromField::Values
    } else {
        FromField::Items
    };
    item(context, property).filter(|_| !is_boxed).map(|_| items)
}

/// The objects that a list or map holds, none of them null.
fn item(context: &Context<'_>, property: &Property) -> Option<SchemaId> {
    let item = match &context.schema(property.value.schema)?.shape {
        Shape::List(list) => &list.item,
        Shape::Object(map) => match &map.rest {
            Rest::Kept(value) => value,
            Rest::Unsaid | Rest::Closed => return None,
        },
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Choice(_)
        | Shape::Tuple(_)
        | Shape::Union(_)
        | Shape::Same(_) => return None,
    };
    let is_object = object(context, item.schema).is_some();
    (!context.is_nullable(item) && is_object).then_some(item.schema)
}
