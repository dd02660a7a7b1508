//! The names of fields and variants.

use super::scope::Scope;
use super::words::{asked_type, asked_value, camel, snake};
use super::{variants, Ident, TypeNames};
use crate::api::ir::{Api, Choice, Json, Object, Schema, SchemaId, Shape, Union};
use std::collections::BTreeMap;

/// Names the members of every schema that has a name.
pub fn assign(api: &Api, types: &BTreeMap<SchemaId, TypeNames>) -> BTreeMap<SchemaId, Vec<Ident>> {
    let named = types
        .keys()
        .filter_map(|id| Some((*id, api.schemas.get(*id)?)));
    named
        .map(|(id, schema)| (id, members(api, schema)))
        .collect()
}

fn members(api: &Api, schema: &Schema) -> Vec<Ident> {
    match &schema.shape {
        Shape::Object(object) => fields(object),
        Shape::Choice(choice) => values(choice),
        Shape::Union(union) => branches(api, union),
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Same(_) => Vec::new(),
    }
}

fn fields(object: &Object) -> Vec<Ident> {
    let mut scope = Scope::default();
    let wanted = object.properties.iter().map(|(wire, property)| {
        let asked = property.value.name.as_deref();
        asked.map_or_else(|| snake(wire), asked_value)
    });
    let mut idents: Vec<_> = wanted.map(|text| scope.claim(&[text]).ident).collect();
    idents.push(
        scope
            .claim(&["additional".to_owned(), "additional_members".to_owned()])
            .ident,
    );
    idents
}

fn values(choice: &Choice) -> Vec<Ident> {
    let mut scope = Scope::reserving(&["Self"]);
    let wanted = choice.values.iter().map(|value| {
        let asked = value.name.as_deref();
        asked.map_or_else(|| camel(&value_text(&value.wire)), asked_type)
    });
    let mut idents: Vec<_> = wanted.map(|text| scope.claim(&[text]).ident).collect();
    idents.push(unlisted(&mut scope));
    idents
}

/// The text that a value is named after.
fn value_text(wire: &Json) -> String {
    match wire {
        Json::String(text) => text.clone(),
        Json::Null => "null".to_owned(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => wire.to_string(),
    }
}

fn branches(api: &Api, union: &Union) -> Vec<Ident> {
    let mut scope = Scope::reserving(&["Self"]);
    let mut idents: Vec<_> = (0..union.variants.len())
        .map(|index| scope.claim(&[variants::word(api, union, index)]).ident)
        .collect();
    idents.push(unlisted(&mut scope));
    idents
}

fn unlisted(scope: &mut Scope) -> Ident {
    scope
        .claim(&["Unlisted".to_owned(), "UnlistedValue".to_owned()])
        .ident
}
