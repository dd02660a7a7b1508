//! Edits of documents that keep them documents, more or less.

use serde_json::{json, Map, Value};

/// An edit: what is done, where, and with what. Every value means something.
pub type Edit = (u8, u32, u32);

/// Keys that mean something in many places.
const KEYS: [&str; 40] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "type",
    "format",
    "properties",
    "items",
    "required",
    "enum",
    "const",
    "default",
    "example",
    "examples",
    "nullable",
    "discriminator",
    "mapping",
    "additionalProperties",
    "patternProperties",
    "prefixItems",
    "$defs",
    "$id",
    "$anchor",
    "name",
    "in",
    "schema",
    "content",
    "parameters",
    "requestBody",
    "responses",
    "headers",
    "security",
    "operationId",
    "tags",
    "callbacks",
    "readOnly",
    "x-a",
    "",
    "~1/{id}",
];

/// Carries the edits out, one after another.
pub fn apply(document: &mut Value, edits: &[Edit]) {
    for (kind, place, with) in edits {
        let places = pointers(document);
        let at = pick(&places, *place).to_owned();
        let other = pick(&places, *with).to_owned();
        edit(document, *kind, &at, &other, *with);
    }
}

fn pick(places: &[String], number: u32) -> &str {
    let index = usize::try_from(number).unwrap_or_default() % places.len().max(1);
    places.get(index).map_or("", String::as_str)
}

/// The pointer of every value, the document's own first.
fn pointers(document: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                open.extend(items.map(|(index, item)| (format!("{pointer}/{index}"), item)));
            }
            Value::Object(members) => open.extend(members.iter().map(|(key, member)| {
                let key = key.replace('~', "~0").replace('/', "~1");
                (format!("{pointer}/{key}"), member)
            })),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        pointers.push(pointer);
    }
    pointers
}

fn edit(document: &mut Value, kind: u8, at: &str, other: &str, with: u32) {
    match kind % 9 {
        0 => drop(take(document, at)),
        1 => put_beside(document, at, other),
        2 => swap(document, at, other),
        3 => set(document, at, strange(with)),
        4 => rename(document, at, word(with)),
        5 => set(document, at, json!({ "$ref": format!("#{other}") })),
        6 => wrap(document, at, with),
        7 => set(document, at, document.pointer(other).cloned().unwrap_or_default()),
        _ => set(document, at, json!(word(with))),
    }
}

fn word(number: u32) -> &'static str {
    let index = usize::try_from(number).unwrap_or_default() % KEYS.len();
    KEYS.get(index).copied().unwrap_or_default()
}

/// Values that are seldom what is wanted.
fn strange(number: u32) -> Value {
    match number % 16 {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(0),
        4 => json!(-1),
        5 => json!(u64::MAX),
        6 => json!(1.5e300),
        7 => json!(""),
        8 => json!("\u{0}\r\n\t*/ \"} \u{202e}{"),
        9 => json!([]),
        10 => json!({}),
        11 => json!([null]),
        12 => json!(["string", "null"]),
        13 => json!("#/components/schemas/A"),
        14 => json!({ "type": "object", "required": ["a", "b"] }),
        _ => json!("self crate Self r#type _ 1 é"),
    }
}

fn set(document: &mut Value, at: &str, value: Value) {
    if let Some(place) = document.pointer_mut(at) {
        *place = value;
    }
}

/// The value around a place, and the step that leads there from it.
fn parent_of<'v>(document: &'v mut Value, at: &str) -> Option<(&'v mut Value, String)> {
    let (parent, step) = at.rsplit_once('/')?;
    let step = step.replace("~1", "/").replace("~0", "~");
    Some((document.pointer_mut(parent)?, step))
}

fn take(document: &mut Value, at: &str) -> Option<Value> {
    let (parent, step) = parent_of(document, at)?;
    match parent {
        Value::Array(items) => {
            let index = step.parse::<usize>().ok().filter(|index| *index < items.len())?;
            Some(items.remove(index))
        }
        Value::Object(members) => members.remove(&step),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Puts a copy of a value into another, or beside that.
fn put_beside(document: &mut Value, at: &str, other: &str) {
    let Some(copy) = document.pointer(at).cloned() else {
        return;
    };
    let key = at.rsplit('/').next().unwrap_or_default().to_owned();
    match document.pointer_mut(other) {
        Some(Value::Array(items)) => items.push(copy),
        Some(Value::Object(members)) => drop(members.insert(key, copy)),
        _ => {}
    }
}

fn swap(document: &mut Value, at: &str, other: &str) {
    let pair = document.pointer(at).cloned().zip(document.pointer(other).cloned());
    if let Some((one, two)) = pair {
        set(document, at, two);
        set(document, other, one);
    }
}

fn rename(document: &mut Value, at: &str, name: &str) {
    let Some(value) = take(document, at) else {
        return;
    };
    if let Some((Value::Object(members), _)) = parent_of(document, at) {
        members.insert(name.to_owned(), value);
    }
}

fn wrap(document: &mut Value, at: &str, with: u32) {
    if let Some(place) = document.pointer_mut(at) {
        let value = place.take();
        *place = match with % 3 {
            0 => Value::Array(vec![value]),
            1 => Value::Object(Map::from_iter([(word(with / 3).to_owned(), value)])),
            _ => json!({ "allOf": [value, { "type": "object" }] }),
        };
    }
}
