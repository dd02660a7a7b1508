//! Properties of which one at most is set: an accessor that returns an enum.

use super::model::{Field, Group, GroupVariant, Presence};
use super::Context;
use crate::api::model::{Object, SchemaId};

/// The groups of an object whose members are all fields here.
pub fn lower(context: &Context<'_>, id: SchemaId, object: &Object, fields: &[Field]) -> Vec<Group> {
    let Some(names) = context.names.types.get(&id) else {
        return Vec::new();
    };
    let groups = object
        .exclusive_groups
        .iter()
        .zip(&names.groups)
        .map(|(exclusive, group)| {
            let members = exclusive.members.iter().zip(&group.variants);
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
                name: group.ident.clone(),
                accessor: group.accessor.clone(),
                variants: variants.collect(),
            }
        });
    groups.filter(|group| group.variants.len() > 1).collect()
}
