//! Callers' names, which take the place of `x-typewright-name`: the `rename` table and the `strip-prefix` list.

use super::case::camel;
use super::{ident, selectors, types};
use crate::api::model::{Api, Operation, Owner, Schema, SchemaId, Shape, Use};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Applies callers' names to the API. A key is a component (`Pet`), a property or value of one (`Pet.kind`), an
/// operation (`listPets`, `GET /pets`), a parameter of one (`listPets.limit`), or a pointer to any schema.
pub fn apply(mut api: Api, table: &IndexMap<String, String>, diagnostics: &mut Diagnostics) -> Api {
    for (key, name) in table {
        if !ident::is_identifier(name) {
            let message = format!("`{name}`, the new name of `{key}`, is not an identifier");
            diagnostics.push(codes::NOT_RUST, Place::Nowhere, message);
        } else if !rename(&mut api, key, name) {
            let known = known(&api);
            selectors::unmatched("rename", key, known.iter().map(String::as_str), diagnostics);
        }
    }
    api
}

/// Renames the key's target; `false` if there is none.
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
    let dots = key.rmatch_indices('.').map(|(at, _)| at).collect::<Vec<_>>();
    dots.into_iter().any(|at| {
        let (owner, member) = key.split_at(at);
        let member = member.strip_prefix('.').unwrap_or(member);
        rename_member(api, owner, member, name) || rename_parameter(api, owner, member, name)
    })
}

fn operation<'a>(api: &'a mut Api, key: &str) -> Option<&'a mut Operation> {
    let is = |operation: &Operation| {
        operation.id == key || key.split_once(' ') == Some((&operation.method, &operation.path))
    };
    api.operations.iter_mut().find(|operation| is(operation))
}

/// Renames a property of an object or a value of a choice.
fn rename_member(api: &mut Api, owner: &str, member: &str, name: &str) -> bool {
    let Some(id) = selectors::schema(api, owner) else {
        return false;
    };
    let mut is_renamed = false;
    change(api, id, |schema| match &mut schema.shape {
        Shape::Object(object) => {
            if let Some(property) = object.properties.get_mut(member) {
                property.value.name = Some(name.to_owned());
                is_renamed = true;
            }
        }
        Shape::Choice(choice) => {
            let text = |wire: &serde_json::Value| {
                wire.as_str().map_or_else(|| wire.to_string(), str::to_owned)
            };
            for value in choice.values.iter_mut().filter(|value| text(&value.wire) == member) {
                value.name = Some(name.to_owned());
                is_renamed = true;
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
    is_renamed
}

fn rename_parameter(api: &mut Api, owner: &str, member: &str, name: &str) -> bool {
    let Some(operation) = operation(api, owner) else {
        return false;
    };
    let mut parameters = operation.parameters.iter_mut();
    let parameter = parameters.find(|parameter| parameter.name == member);
    parameter.map(|parameter| parameter.value.name = Some(name.to_owned())).is_some()
}

/// A pointer selects the schema's type; if the schema has no type of its own, the property.
fn at_pointer(api: &mut Api, pointer: &str, name: &str) -> bool {
    let is_target =
        |schema: &Schema| selectors::is_at(&schema.at, pointer) && types::is_item(schema);
    let item = api.schemas.iter().find(|(_, schema)| is_target(schema)).map(|(id, _)| id);
    if let Some(id) = item {
        return change(api, id, |schema| schema.name = Some(name.to_owned()));
    }
    let mut is_renamed = false;
    let places = api.schemas.iter_mut().flat_map(properties);
    for place in places.filter(|place| selectors::is_at(&place.at, pointer)) {
        place.name = Some(name.to_owned());
        is_renamed = true;
    }
    is_renamed
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
    let properties = object.into_iter().flat_map(|object| object.properties.values_mut());
    properties.map(|property| &mut property.value)
}

/// Changes one schema; `false` if it does not exist.
fn change(api: &mut Api, id: SchemaId, change: impl FnOnce(&mut Schema)) -> bool {
    api.schemas.get_mut(id).map(change).is_some()
}

/// Returns every key that would match, except pointers.
fn known(api: &Api) -> Vec<String> {
    let mut known: Vec<String> = selectors::components(api).map(str::to_owned).collect();
    for (_, schema) in api.schemas.iter() {
        if let (Owner::Component(owner), Shape::Object(object)) = (&schema.owner, &schema.shape) {
            known.extend(object.properties.keys().map(|name| format!("{owner}.{name}")));
        }
    }
    for operation in &api.operations {
        known.push(operation.id.clone());
        let parameters = operation.parameters.iter();
        known.extend(parameters.map(|parameter| format!("{}.{}", operation.id, parameter.name)));
    }
    known
}

/// Shortens the names of components as `x-typewright-name` would. The longest matching prefix is used, unless the
/// result is ambiguous.
pub fn strip_prefixes(mut api: Api, prefixes: &[String], diagnostics: &mut Diagnostics) -> Api {
    if prefixes.is_empty() {
        return api;
    }
    for prefix in prefixes {
        let mut names = selectors::components(&api);
        if !names.any(|name| without(name, prefix).is_some()) {
            let known = selectors::components(&api);
            selectors::unmatched("strip-prefix", prefix, known, diagnostics);
        }
    }
    let mut counts = BTreeMap::<String, usize>::new();
    for name in selectors::components(&api) {
        *counts.entry(camel(name)).or_default() += 1;
        if let Some(short) = stripped(name, prefixes) {
            *counts.entry(camel(short)).or_default() += 1;
        }
    }
    let new_name = |schema: &Schema| {
        let Owner::Component(name) = &schema.owner else {
            return None;
        };
        let short = camel(stripped(name, prefixes)?);
        let is_only = counts.get(&short) == Some(&1) && schema.name.is_none();
        is_only.then_some(short)
    };
    for schema in api.schemas.iter_mut() {
        if let Some(name) = new_name(schema) {
            schema.name = Some(name);
        }
    }
    api
}

/// Returns the name without the longest matching prefix.
fn stripped<'a>(name: &'a str, prefixes: &[String]) -> Option<&'a str> {
    let remainders = prefixes.iter().filter_map(|prefix| without(name, prefix));
    remainders.min_by_key(|remainder| remainder.len())
}

/// Returns the text after a prefix, if a word begins there.
fn without<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = name.split_at_checked(prefix.len())?;
    let begins = |c: char| c.is_uppercase() || !c.is_alphanumeric();
    let ends = |c: char| !c.is_alphanumeric();
    let is_word = rest.starts_with(begins) || prefix.ends_with(ends);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_name = rest.starts_with(char::is_alphabetic);
    (!prefix.is_empty() && start.eq_ignore_ascii_case(prefix) && is_word && is_name).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_where_a_word_begins() {
        assert_eq!(without("etcdserverpbMember", "Etcdserverpb"), Some("Member"));
        assert_eq!(without("io.k8s.api.core.v1.Pod", "io.k8s.api.core.v1."), Some("Pod"));
        assert_eq!(without("api_Pod", "api"), Some("Pod"));
        assert_eq!(without("Getter", "Get"), None);
        assert_eq!(without("Get", "Get"), None);
        assert_eq!(without("Get2", "Get"), None);
        assert_eq!(without("Set", ""), None);
    }
}
