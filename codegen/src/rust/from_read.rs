//! How the form for requests is made from what was read.

use super::ir::{FromField, FromRead};
use super::record::travels;
use super::{Context, Form};
use crate::api::ir::{Object, Property, SchemaId, Shape};

/// The conversion, where every field that a request must have can be taken from what was read.
pub fn lower(context: &Context<'_>, id: SchemaId, object: &Object, form: Form) -> Option<FromRead> {
    if form == Form::Read {
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

fn field(context: &Context<'_>, id: SchemaId, property: &Property) -> Option<FromField> {
    if !travels(context, id, property, Form::Read) {
        return (!property.required).then_some(FromField::Unset);
    }
    let held = property.value.schema;
    if !context.names.inputs.contains(&held) {
        return Some(FromField::Same);
    }
    if context.boxes.is_boxed(id, held) {
        return None;
    }
    match &context.schema(held)?.shape {
        Shape::Object(object) if super::typed::is_record(object) => Some(FromField::Into),
        Shape::List(list)
            if is_record_input(context, list.item.schema) && !context.is_nullable(&list.item) =>
        {
            Some(FromField::Items)
        }
        Shape::Object(_)
        | Shape::List(_)
        | Shape::Union(_)
        | Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Choice(_)
        | Shape::Tuple(_)
        | Shape::Same(_) => None,
    }
}

/// Whether a schema's form for requests is a struct that can itself be made from what was read.
fn is_record_input(context: &Context<'_>, id: SchemaId) -> bool {
    match context.schema(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => super::typed::is_record(object),
        Some(_) | None => false,
    }
}
