//! The groups of a draft as one OpenAPI document: a component each, and one that holds it as a member.

use super::suite::Group;
use serde_json::{json, Map, Value};
use std::collections::BTreeMap;

/// The document. `GroupN` is the schema of group N; `HolderN` has it as its only member, so that null, codecs and
/// aliases are read as they are anywhere.
pub fn document(version: &str, groups: &[Group], skipped: &BTreeMap<usize, String>) -> String {
    let mut schemas = Map::new();
    let numbered = groups.iter().enumerate();
    for (at, group) in numbered.filter(|(at, _)| !skipped.contains_key(at)) {
        let name = format!("Group{at}");
        let reference = format!("#/components/schemas/{name}");
        let holder = json!({
            "type": "object",
            "required": ["value"],
            "properties": { "value": { "$ref": reference } },
        });
        schemas.insert(name, placed(&group.schema, &reference));
        schemas.insert(format!("Holder{at}"), holder);
    }
    let document = json!({
        "openapi": version,
        "info": { "title": "Suite", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    document.to_string()
}

/// The schema as it is written where it is no document of its own: what refers to its root refers to `place`, unless
/// the schema has an address, which then is the root.
fn placed(schema: &Value, place: &str) -> Value {
    let mut schema = schema.clone();
    rename_ids(&mut schema);
    if schema.to_string().contains("\"$id\"") {
        if let Some(members) = schema.as_object_mut() {
            let name = place.rsplit('/').next().unwrap();
            let id = format!("https://suite.example/{name}");
            members.entry("$id").or_insert(id.into());
        }
    } else {
        rewrite(&mut schema, place);
    }
    schema
}

/// `id` is what draft 4 called `$id`.
fn rename_ids(value: &mut Value) {
    each_schema(value, &|members| {
        if members.get("id").is_some_and(Value::is_string) {
            let id = members.remove("id").unwrap();
            members.insert("$id".to_owned(), id);
        }
    });
}

fn rewrite(value: &mut Value, place: &str) {
    each_schema(value, &|members| {
        for key in ["$ref", "$dynamicRef"] {
            if let Some(Value::String(reference)) = members.get_mut(key) {
                if reference == "#" || reference.starts_with("#/") {
                    *reference = format!("{place}{}", &reference[1..]);
                }
            }
        }
    });
}

/// Changes every object but those in values.
fn each_schema(value: &mut Value, change: &dyn Fn(&mut Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            change(members);
            let inner = members
                .iter_mut()
                .filter(|(key, _)| !matches!(key.as_str(), "enum" | "const" | "default"));
            inner.for_each(|(_, inner)| each_schema(inner, change));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_schema(item, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
