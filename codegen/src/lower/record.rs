//! Objects with properties become structs.

use super::model::{
    AdditionalMembers, Construction, DefaultValue, Field, Group, GroupVariant, Name, Presence,
    Record, Type, ValueType,
};
use super::{conversions, defaults, Context, Direction};
use crate::api::model::{
    Access, AdditionalProperties, Api, MissingValue, Object, Property, SchemaId, Shape,
};
use crate::api::read_write::Reach;
use crate::names::{Ident, Names};
use std::collections::BTreeMap;

/// Returns the struct of an object in this direction.
pub fn lower(
    context: &Context<'_>,
    id: SchemaId,
    object: &Object,
    direction: Direction,
) -> Option<Record> {
    let mut fields = fields(context, id, object, direction);
    for field in &mut fields {
        if let Some(property) = object.properties.get(&field.name.wire) {
            field.default = defaults::accessor(context, &property.value, field, direction);
        }
    }
    Some(Record {
        name: context.name(id, direction)?,
        attributes: context.attributes(id),
        additional: additional(context, id, object, direction),
        groups: if direction == context.direction(id) {
            groups(context, id, object, &fields)
        } else {
            Vec::new()
        },
        conversion: conversions::record(context, id, object, direction),
        construction: construction(context, id, &fields, direction),
        in_place: true,
        fields,
    })
}

/// Returns the fields of an object in this direction, without defaults.
pub fn fields(
    context: &Context<'_>,
    id: SchemaId,
    object: &Object,
    direction: Direction,
) -> Vec<Field> {
    object
        .properties
        .iter()
        .zip(context.members(id))
        .filter(|((_, property), _)| has_property(context, id, property, direction))
        .map(|((wire, property), ident)| {
            let name = Name { wire: wire.clone(), ident: ident.clone() };
            field(context, id, name, property, direction)
        })
        .collect()
}

/// `true` if values in this direction have the property.
pub fn has_property(
    context: &Context<'_>,
    id: SchemaId,
    property: &Property,
    direction: Direction,
) -> bool {
    let reach = context.names.reach(id);
    reach.has(property.value.access, direction == Direction::Request)
}

fn field(
    context: &Context<'_>,
    owner: SchemaId,
    name: Name,
    property: &Property,
    direction: Direction,
) -> Field {
    let usage = &property.value;
    let mut value = context.boxed_value(owner, usage, direction);
    let if_missing = match direction {
        Direction::Response => property.if_missing,
        Direction::Request => MissingValue::Error,
    };
    if if_missing == MissingValue::Empty {
        value = value.or_empty();
    }
    // Without operations, a type has the members of both directions, of which responses lack this one.
    let is_write_only =
        context.names.reach(owner) == Reach::Neither && usage.access == Access::WriteOnly;
    let is_required = property.required && !is_write_only;
    let presence = match (is_required, context.is_nullable(usage), if_missing) {
        (true, false, MissingValue::Unset) => Presence::Lenient,
        (true, false, MissingValue::Error | MissingValue::Empty) => Presence::Required,
        (true, true, MissingValue::Error | MissingValue::Empty) => Presence::Nullable,
        (false, false, _) => Presence::Optional,
        (true, true, MissingValue::Unset) | (false, true, _) => Presence::OptionalNullable,
    };
    Field {
        name,
        attributes: context.use_attributes(usage, presence.is_required()),
        value,
        presence,
        default: None,
    }
}

/// Returns the treatment of members without a field.
pub fn additional(
    context: &Context<'_>,
    id: SchemaId,
    object: &Object,
    direction: Direction,
) -> AdditionalMembers {
    match (&object.additional, context.members(id).last()) {
        (AdditionalProperties::Retained(value), Some(ident)) => {
            AdditionalMembers::Stored(ident.clone(), context.nullable_value(value, direction))
        }
        (AdditionalProperties::Ignored, Some(ident)) if context.options.preserve_unknown => {
            AdditionalMembers::Stored(ident.clone(), ValueType::native(Type::Value))
        }
        (AdditionalProperties::Forbidden, _) => AdditionalMembers::Rejected,
        (AdditionalProperties::Retained(_) | AdditionalProperties::Ignored, _) => {
            AdditionalMembers::Ignored
        }
    }
}

/// Returns constructor and setters; `None` if only responses contain the struct.
fn construction(
    context: &Context<'_>,
    id: SchemaId,
    fields: &[Field],
    direction: Direction,
) -> Option<Construction> {
    let optional = fields.iter().filter(|field| !field.presence.is_required());
    let setters = optional.map(|field| field.name.ident.setter());
    let additional = context.members(id).last().map(Ident::setter);
    if !context.is_constructed(id, direction) {
        return None;
    }
    let constants = fields
        .iter()
        .filter_map(|field| Some((field.name.ident.clone(), constant(context, field)?)));
    let constants: Vec<(Ident, DefaultValue)> = constants.collect();
    let is_constant = |ident: &Ident| constants.iter().any(|(other, _)| other == ident);
    let arguments = fields
        .iter()
        .filter(|field| field.presence.is_required() && !is_constant(&field.name.ident));
    let mut arguments: Vec<Name> = arguments.map(|field| field.name.clone()).collect();
    let node = context.names.type_node(id, &context.name(id, direction)?);
    context.names.sort_arguments(&node, &mut arguments, |name| name.wire.clone());
    Some(Construction { arguments, constants, setters: setters.chain(additional).collect() })
}

/// Returns the only value of a required field; `None` if there are several.
fn constant(context: &Context<'_>, field: &Field) -> Option<DefaultValue> {
    match (&field.value.ty, field.presence) {
        (Type::Named(name), Presence::Required) => {
            let variant = context.constants.get(name)?;
            Some(DefaultValue::ChoiceVariant(name.clone(), variant.clone(), true))
        }
        _ => None,
    }
}

/// Returns the enums with a single value, with its variant.
pub fn constant_enums(api: &Api, names: &Names) -> BTreeMap<Ident, Ident> {
    let constants = api.schemas.iter().filter_map(|(id, schema)| {
        let is_constant =
            matches!(&schema.shape, Shape::Choice(choice) if choice.values.len() == 1);
        let variant = names.members.get(&id).filter(|_| is_constant)?.first()?;
        Some((names.types.get(&id)?.read.clone(), variant.clone()))
    });
    constants.collect()
}

/// Returns the groups of mutually exclusive fields; only fields present in this direction count.
fn groups(context: &Context<'_>, id: SchemaId, object: &Object, fields: &[Field]) -> Vec<Group> {
    let names = context.names.types.get(&id).map_or(&[][..], |names| &names.groups);
    let groups = object.exclusive_groups.iter().zip(names).map(|(group, names)| {
        let members = group.members.iter().zip(&names.variants);
        let variants = members.filter_map(|(wire, ident)| {
            let field = fields.iter().find(|field| field.name.wire == *wire)?;
            let optional = match field.presence {
                Presence::Optional => true,
                Presence::OptionalNullable => false,
                Presence::Required | Presence::Nullable | Presence::Lenient => return None,
            };
            Some(GroupVariant {
                ident: ident.clone(),
                field: field.name.ident.clone(),
                ty: field.value.ty.clone(),
                optional,
            })
        });
        Group {
            name: names.ident.clone(),
            accessor: names.accessor.clone(),
            variants: variants.collect(),
        }
    });
    groups.filter(|group| group.variants.len() > 1).collect()
}
