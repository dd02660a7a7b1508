//! The `rename` table: names that the caller gives, put where `x-typewright-name` would put them.

use super::{path, selectors, types};
use crate::api::model::{Api, Operation, Schema, SchemaId, Shape, Use};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};
use indexmap::IndexMap;

/// The API with the caller's names. A key is a component (`Pet`), a property or value of one (`Pet.kind`), an operation
/// (`listPets`, `GET /pets`), a parameter of one (`listPets.limit`), or a pointer to any schema.
pub fn apply(
    mut api: Api,
    wanted: &IndexMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Api {
    for (key, name) in wanted {
        if !path::is_identifier(name) {
            let message = format!("`{name}`, the new name of `{key}`, is no identifier");
            diagnostics.push(codes::NOT_RUST, Place::Nowhere, message);
        } else if !rename(&mut api, key, name) {
            let known = known(&api);
            selectors::unmatched(
                ("rename", key),
                known.iter().map(String::as_str),
                diagnostics,
            );
        }
    }
    api
}

/// Whether the key names something.
fn rename(api: &mut Api, key: &str, name: &str) -> bool {
    if let Some(pointer) = selectors::pointer(key) {
        return at_pointer(api, pointer, name);
    }
    if let Some(id) = selectors::schema(api, key) {
        return change(api, id, |schema| schema.name = Some(name.to_owned()));
    }
    if let Some(operation) = operation(api, key) {
        operation.name = Some(name.to_owned());
        return true;
    }
    let dots = key
        .rmatch_indices('.')
        .map(|(at, _)| at)
        .collect::<Vec<_>>();
    dots.into_iter().any(|at| {
        let (owner, member) = key.split_at(at);
        let member = member.strip_prefix('.').unwrap_or(member);
        of_schema(api, owner, member, name) || of_operation(api, owner, member, name)
    })
}

fn operation<'a>(api: &'a mut Api, key: &str) -> Option<&'a mut Operation> {
    let is = |operation: &Operation| {
        operation.id == key || key.split_once(' ') == Some((&operation.method, &operation.path))
    };
    api.operations.iter_mut().find(|operation| is(operation))
}

/// The member of a schema: a property or, of an enum, a value.
fn of_schema(api: &mut Api, owner: &str, member: &str, name: &str) -> bool {
    let Some(id) = selectors::schema(api, owner) else {
        return false;
    };
    let mut found = false;
    change(api, id, |schema| match &mut schema.shape {
        Shape::Object(object) => {
            if let Some(property) = object.properties.get_mut(member) {
                property.value.name = Some(name.to_owned());
                found = true;
            }
        }
        Shape::Choice(choice) => {
            let text = |wire: &serde_json::Value| {
                wire.as_str()
                    .map_or_else(|| wire.to_string(), str::to_owned)
            };
            for value in choice
                .values
                .iter_mut()
                .filter(|value| text(&value.wire) == member)
            {
                value.name = Some(name.to_owned());
                found = true;
            }
        }
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Union(_)
        | Shape::Alias(_) => {}
    });
    found
}

fn of_operation(api: &mut Api, owner: &str, member: &str, name: &str) -> bool {
    let Some(operation) = operation(api, owner) else {
        return false;
    };
    let mut parameters = operation.parameters.iter_mut();
    let parameter = parameters.find(|parameter| parameter.name == member);
    parameter
        .map(|parameter| parameter.value.name = Some(name.to_owned()))
        .is_some()
}

/// A pointer names the type of the schema there; where that has no type of its own, the property.
fn at_pointer(api: &mut Api, pointer: &str, name: &str) -> bool {
    let is_wanted =
        |schema: &Schema| selectors::stands_at(&schema.at, pointer) && types::is_item(schema);
    let item = api
        .schemas
        .iter()
        .find(|(_, schema)| is_wanted(schema))
        .map(|(id, _)| id);
    if let Some(id) = item {
        return change(api, id, |schema| schema.name = Some(name.to_owned()));
    }
    let mut found = false;
    let places = api.schemas.iter_mut().flat_map(properties);
    for place in places.filter(|place| selectors::stands_at(&place.at, pointer)) {
        place.name = Some(name.to_owned());
        found = true;
    }
    found
}

fn properties(schema: &mut Schema) -> impl Iterator<Item = &mut Use> {
    let object = match &mut schema.shape {
        Shape::Object(object) => Some(object),
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
        | Shape::Alias(_) => None,
    };
    let properties = object
        .into_iter()
        .flat_map(|object| object.properties.values_mut());
    properties.map(|property| &mut property.value)
}

/// Changes one schema; whether it is there.
fn change(api: &mut Api, id: SchemaId, change: impl FnOnce(&mut Schema)) -> bool {
    api.schemas.get_mut(id).map(change).is_some()
}

/// Every key that would match, pointers aside.
fn known(api: &Api) -> Vec<String> {
    let mut known: Vec<String> = selectors::components(api).map(str::to_owned).collect();
    for (_, schema) in api.schemas.iter() {
        if let (crate::api::model::Owner::Component(owner), Shape::Object(object)) =
            (&schema.owner, &schema.shape)
        {
            known.extend(
                object
                    .properties
                    .keys()
                    .map(|name| format!("{owner}.{name}")),
            );
        }
    }
    for operation in &api.operations {
        known.push(operation.id.clone());
        let parameters = operation.parameters.iter();
        known.extend(parameters.map(|parameter| format!("{}.{}", operation.id, parameter.name)));
    }
    known
}
