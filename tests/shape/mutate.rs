//! Every way to spoil a member of a description: it is deleted, renamed, moved, given another type, or let out of its group.

use serde_yaml::{Mapping, Value};

/// The spoilt descriptions, each with what was done.
pub fn mutants(text: &str) -> Vec<(String, String)> {
    let original: Value = serde_yaml::from_str(text).unwrap();
    let mut mutants = Vec::new();
    for (name, schema) in schemas(&original) {
        let count = schema.get("properties").and_then(Value::as_mapping).map_or(0, Mapping::len);
        for index in 0..count {
            let changes = CHANGES.iter();
            for (kind, change) in changes.filter(|(kind, _)| is_seen(name, schema, index, kind)) {
                mutants.extend(changed(&original, name, kind, |schema| change(schema, index)));
            }
        }
        mutants.extend(changed(&original, name, "dissolve the group", |schema| {
            schema.remove("not").is_some()
        }));
    }
    mutants
}

/// `true` if a change affects a type. The order of read-only members of a request does not, since they are not sent; the tests
/// `specs` check it.
fn is_seen(name: &str, schema: &Value, index: usize, kind: &str) -> bool {
    let members = schema["properties"].as_mapping().unwrap().values();
    let mut moved = members.skip(index).take(2);
    kind != "move" || !name.ends_with("Request") || !moved.any(is_read_only)
}

/// `true` for a member of responses only.
pub fn is_read_only(member: &Value) -> bool {
    member.get("readOnly").and_then(Value::as_bool) == Some(true)
}

fn schemas(description: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let schemas = description["components"]["schemas"].as_mapping().unwrap();
    schemas.iter().map(|(name, schema)| (name.as_str().unwrap(), schema))
}

/// A change of the member at this index, and whether there was anything to change.
type Change = fn(&mut Mapping, usize) -> bool;

const CHANGES: [(&str, Change); 4] =
    [("delete", delete), ("rename", rename), ("move", swap), ("retype", retype)];

fn changed(
    original: &Value,
    name: &str,
    kind: &str,
    change: impl Fn(&mut Mapping) -> bool,
) -> Option<(String, String)> {
    let mut mutant = original.clone();
    let schema = mutant["components"]["schemas"][name].as_mapping_mut().unwrap();
    let before = format!("{schema:?}");
    let was_changed = change(schema);
    let after = format!("{schema:?}");
    assert_eq!(was_changed, before != after, "{kind} in {name}: {after}");
    was_changed
        .then(|| (format!("{kind} in {name}: {after}"), serde_json::to_string(&mutant).unwrap()))
}

/// Replaces the members by what this makes of them.
fn with_members(schema: &mut Mapping, make: impl FnOnce(&mut Vec<(Value, Value)>)) {
    let properties = schema["properties"].as_mapping_mut().unwrap();
    let mut members: Vec<_> = std::mem::take(properties).into_iter().collect();
    make(&mut members);
    properties.extend(members);
}

/// Takes the member out of a list of names such as `required`, or gives it its new name there.
fn in_required(schema: &mut Mapping, name: &Value, new: Option<&str>) {
    for list in ["required", "not"] {
        let Some(names) = schema.get_mut(list) else {
            continue;
        };
        let names = if list == "not" { &mut names["required"] } else { names };
        let names = names.as_sequence_mut().unwrap();
        match new {
            Some(new) => names
                .iter_mut()
                .filter(|other| *other == name)
                .for_each(|other| *other = new.into()),
            None => names.retain(|other| other != name),
        }
    }
}

fn delete(schema: &mut Mapping, index: usize) -> bool {
    let mut name = Value::Null;
    with_members(schema, |members| name = members.remove(index).0);
    in_required(schema, &name, None);
    true
}

fn rename(schema: &mut Mapping, index: usize) -> bool {
    let mut name = Value::Null;
    with_members(schema, |members| {
        name = std::mem::replace(&mut members[index].0, "renamed".into())
    });
    in_required(schema, &name, Some("renamed"));
    true
}

fn swap(schema: &mut Mapping, index: usize) -> bool {
    let last = schema["properties"].as_mapping().unwrap().len() - 1;
    if index < last {
        with_members(schema, |members| members.swap(index, index + 1));
    }
    index < last
}

/// Everything becomes a boolean, and booleans become text.
fn retype(schema: &mut Mapping, index: usize) -> bool {
    with_members(schema, |members| {
        let member = &mut members[index].1;
        let was_boolean = member.get("type").is_some_and(|ty| ty == "boolean");
        let new = if was_boolean { "string" } else { "boolean" };
        *member = Value::Mapping(Mapping::from_iter([("type".into(), new.into())]));
    });
    true
}
