//! Lists of types: `null` becomes `nullable`, several others an `anyOf` with a branch each.

use crate::syntax::{Key, Node, Object, Value};

/// The keywords that belong to a type, which go into its branch.
fn owned(name: &str) -> &'static [&'static str] {
    match name {
        "string" => &[
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "contentEncoding",
            "contentMediaType",
        ],
        "number" | "integer" => &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "format",
        ],
        "array" => &[
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
        ],
        "object" => &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ],
        _ => &[],
    }
}

pub(super) fn types(node: &mut Node) {
    let several = node.get("type");
    let several = several.filter(|types| types.as_text().is_none_or(|name| name == "null"));
    let Some(types) = several.cloned() else {
        return;
    };
    let origin = types.origin;
    let mut names: Vec<Node> = Vec::new();
    let mut null = false;
    for name in types.into_list() {
        null |= name.as_text() == Some("null");
        if name.as_text() != Some("null") && !names.contains(&name) {
            names.push(name);
        }
    }
    if names.iter().any(|name| name.as_text() == Some("number")) {
        names.retain(|name| name.as_text() != Some("integer"));
    }
    if null {
        node.set("nullable", Node::bool(origin, true));
        if names.is_empty() {
            let only = Node::new(origin, Value::Null);
            node.set("enum", Node::list(origin, vec![only]));
        }
    }
    match names.pop() {
        None => drop(node.take("type")),
        Some(only) if names.is_empty() => {
            node.set("type", only);
        }
        // string, number, boolean, object and array: everything
        Some(_) if names.len() == 4 => drop(node.take("type")),
        Some(last) => {
            node.take("type");
            names.push(last);
            branch(node, names);
        }
    }
}

fn branch(node: &mut Node, names: Vec<Node>) {
    let origin = node.origin;
    let values = node.take("enum");
    let mut branches = Vec::new();
    for name in &names {
        let branch = of_type(node, name, values.as_ref());
        branches.extend(branch);
    }
    let all: Vec<&str> = names
        .iter()
        .filter_map(Node::as_text)
        .flat_map(owned)
        .copied()
        .collect();
    if let Some(members) = node.as_object_mut() {
        members.retain(|key, _| !all.contains(&&**key));
    }
    let branches = Node::list(origin, branches);
    if node.has("anyOf") {
        let inner = Node::object(origin).with("anyOf", branches);
        match node.get_mut("allOf").and_then(Node::as_list_mut) {
            Some(list) => list.push(inner),
            None => drop(node.set("allOf", Node::list(origin, vec![inner]))),
        }
    } else {
        node.set("anyOf", branches);
    }
}

/// The branch of one type; none where `enum` leaves no value of it.
fn of_type(node: &Node, name: &Node, values: Option<&Node>) -> Option<Node> {
    let text = name.as_text()?;
    let mut members = Object::default();
    members.insert(Key::from("type"), name.clone());
    for key in owned(text) {
        if let Some(member) = node.get(key).filter(|_| applies(text, key, node)) {
            members.insert(Key::from(*key), member.clone());
        }
    }
    let mut branch = Node::new(name.origin, Value::Object(members));
    if let Some(values) = values {
        let fitting: Vec<Node> = values
            .as_list()?
            .iter()
            .filter(|value| fits(value, text))
            .cloned()
            .collect();
        if fitting.is_empty() {
            return None;
        }
        branch.set("enum", Node::list(values.origin, fitting));
    }
    Some(branch)
}

/// Whether a format belongs to strings or to numbers.
fn applies(name: &str, key: &str, node: &Node) -> bool {
    let numeric = [
        "int32", "int64", "float", "double", "int8", "int16", "uint8", "uint16", "uint32", "uint64",
    ];
    let format = node.text_of("format").unwrap_or_default();
    key != "format" || numeric.contains(&format) == (name != "string")
}

fn fits(value: &Node, name: &str) -> bool {
    match &value.value {
        Value::Null => false,
        Value::Bool(_) => name == "boolean",
        Value::Number(_) => matches!(name, "number" | "integer"),
        Value::Text(_) => name == "string",
        Value::List(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}
