//! Objects with properties become structs.

use super::model::{
    Attributes, Construction, Field, Name, Presence, Record, Rest, Type, ValueType,
};
use super::{constants, constraint_docs, conversions, defaults, groups, paragraph, Context, Form};
use crate::api::model::{
    Access, AdditionalProperties, MissingValue, Object, Property, SchemaId, Use,
};
use crate::api::read_write::Reach;
use crate::names::Ident;
use crate::rustdoc;

/// The struct of an object in this form.
pub fn lower(context: &Context<'_>, id: SchemaId, object: &Object, form: Form) -> Option<Record> {
    let mut fields = fields(context, id, object, form);
    for field in &mut fields {
        let property = object.properties.get(&field.name.wire);
        let default =
            property.and_then(|property| defaults::of(context, &property.value, field, form));
        field.default = default;
    }
    let construction = construction(context, id, &fields, form);
    Some(Record {
        name: context.name(id, form)?,
        attributes: context.attributes(id),
        rest: rest(context, id, object, form),
        groups: if form == context.form(id) {
            groups::lower(context, id, object, &fields)
        } else {
            Vec::new()
        },
        from: conversions::lower(context, id, object, form),
        construction,
        in_place: true,
        fields,
    })
}

/// The fields of an object in this form, their defaults aside.
pub fn fields(context: &Context<'_>, id: SchemaId, object: &Object, form: Form) -> Vec<Field> {
    let named = object.properties.iter().zip(context.members(id));
    let here = named.filter(|((_, property), _)| travels(context, id, property, form));
    here.map(|((wire, property), ident)| {
        field(
            context,
            id,
            Name {
                wire: wire.clone(),
                ident: ident.clone(),
            },
            property,
            form,
        )
    })
    .collect()
}

/// Whether a property is a member of values in this form.
pub fn travels(context: &Context<'_>, id: SchemaId, property: &Property, form: Form) -> bool {
    let reach = context.names.reach(id);
    reach.has(property.value.access, form == Form::Input)
}

fn field(
    context: &Context<'_>,
    owner: SchemaId,
    name: Name,
    property: &Property,
    form: Form,
) -> Field {
    let usage = &property.value;
    let mut value = context.value(usage, form);
    let foreign = matches!(value.ty, Type::Foreign(_));
    if context.is_boxed(owner, usage) && !foreign {
        value = value.boxed();
    }
    let one_way = context.names.reach(owner) == Reach::Neither && usage.access == Access::WriteOnly;
    let lack = match form {
        Form::Read => property.if_missing,
        Form::Input => MissingValue::Error,
    };
    if lack == MissingValue::Empty {
        value = value.or_empty();
    }
    let is_required = property.required && !one_way;
    let presence = presence(is_required, context.is_nullable(usage), lack);
    Field {
        name,
        attributes: attributes(context, usage, presence.is_given()),
        value,
        presence,
        default: None,
    }
}

fn presence(required: bool, nullable: bool, lack: MissingValue) -> Presence {
    match (required, nullable, lack) {
        (true, false, MissingValue::Unset) => Presence::Lenient,
        (true, true, MissingValue::Unset) => Presence::OptionalNullable,
        (true, false, MissingValue::Error | MissingValue::Empty) => Presence::Required,
        (true, true, MissingValue::Error | MissingValue::Empty) => Presence::Nullable,
        (false, false, _) => Presence::Optional,
        (false, true, _) => Presence::OptionalNullable,
    }
}

/// The words at a place whose value has to be given or not; those of an inline schema where the place itself has none.
pub fn attributes(context: &Context<'_>, usage: &Use, required: bool) -> Attributes {
    let schema = context.schema(usage.schema);
    let inline = schema.filter(|_| !context.names.types.contains_key(&usage.schema));
    let own = rustdoc::summary(&usage.docs);
    let mut lines = match inline {
        Some(schema) if own.is_empty() => rustdoc::summary(&schema.docs),
        Some(_) | None => own,
    };
    let bounds = inline
        .map(|schema| constraint_docs::sentences(&schema.constraints))
        .unwrap_or_default();
    paragraph(&mut lines, bounds);
    let default = usage
        .default
        .as_ref()
        .or(inline.and_then(|schema| schema.default.as_ref()));
    let default = default.map(|default| constraint_docs::default(default, required));
    paragraph(&mut lines, default.unwrap_or_default());
    let deprecated = usage.docs.deprecated || inline.is_some_and(|schema| schema.docs.deprecated);
    Attributes {
        docs: lines,
        deprecated,
    }
}

/// What becomes of members that are no fields.
pub fn rest(context: &Context<'_>, id: SchemaId, object: &Object, form: Form) -> Rest {
    match (&object.additional, context.members(id).last()) {
        (AdditionalProperties::Retained(value), Some(ident)) => {
            Rest::Kept(ident.clone(), context.nullable_value(value, form))
        }
        (AdditionalProperties::Ignored, Some(ident)) if context.style.preserve_unknown => {
            Rest::Kept(ident.clone(), ValueType::own(Type::Value))
        }
        (AdditionalProperties::Forbidden, _) => Rest::Refused,
        (AdditionalProperties::Retained(_) | AdditionalProperties::Ignored, _) => Rest::Skipped,
    }
}

/// How the struct is made; `None` where only replies hold it.
fn construction(
    context: &Context<'_>,
    id: SchemaId,
    fields: &[Field],
    form: Form,
) -> Option<Construction> {
    if !context.is_made(id, form) {
        return None;
    }
    let optional = fields.iter().filter(|field| !field.presence.is_given());
    let mut setters: Vec<_> = optional.map(|field| field.name.ident.setter()).collect();
    setters.extend(context.members(id).last().map(Ident::setter));
    Some(Construction {
        constants: fields
            .iter()
            .filter_map(|field| Some((field.name.ident.clone(), constants::of(context, field)?)))
            .collect(),
        setters,
    })
}
