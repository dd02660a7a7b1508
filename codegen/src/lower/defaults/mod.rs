//! The document's defaults as values that an accessor returns; nothing is ever sent for want of a value.

mod forms;
mod holders;
mod value;

use super::model::{Default, Field, Presence};
use super::{record, value_type, Context, Form};
use crate::api::model::{Json, Object, SchemaId, Shape, Site, Use};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::Diagnostics;
use value::Values;

/// What the accessor of a field returns where the field is not set; nothing where no Rust says the default.
pub fn of(context: &Context<'_>, usage: &Use, field: &Field, form: Form) -> Option<Default> {
    let json = stated(context, usage, field.presence)?;
    let values = Values { context, form };
    Some(Default {
        accessor: field.name.ident.or_default(),
        value: values.value(usage.schema, json, &field.value)?,
    })
}

/// The default of a member that may be left out; `null` says no more than that it may.
fn stated<'a>(context: &Context<'a>, usage: &'a Use, presence: Presence) -> Option<&'a Json> {
    if presence.is_given() {
        return None;
    }
    let own = || context.api.schemas.get(usage.schema)?.default.as_ref();
    let json = usage.default.as_ref().or_else(own)?;
    (!json.is_null()).then_some(json)
}

/// Reports the defaults that no accessor returns.
pub fn report(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (id, schema) in context.api.schemas.iter() {
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        if !context.names.types.contains_key(&id) || !value_type::is_record(object) {
            continue;
        }
        for (at, message) in unsaid(context, id, object) {
            diagnostics.push(codes::DEFAULT_UNSAID, at.place.clone(), message);
        }
    }
}

fn unsaid<'a>(context: &Context<'a>, id: SchemaId, object: &'a Object) -> Vec<(&'a Site, String)> {
    let has = |usage| stated(context, usage, Presence::Optional).is_some();
    if !object
        .properties
        .values()
        .any(|property| has(&property.value))
    {
        return Vec::new();
    }
    let form = context.form(id);
    let fields = record::fields(context, id, object, form);
    let found = fields.iter().filter_map(|field| {
        let wire = &field.name.wire;
        let usage = &object.properties.get(wire)?.value;
        let json = stated(context, usage, field.presence)?;
        if of(context, usage, field, form).is_some() {
            return None;
        }
        let message = format!("no Rust value of `{wire}` is its default `{json}`");
        Some((&usage.at, message))
    });
    found.collect()
}
