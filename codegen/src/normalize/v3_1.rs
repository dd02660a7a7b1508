//! From JSON Schema 2020-12, as 3.1 and 3.2 use it, to the schemas of 3.0. Keywords of older drafts are rewritten too,
//! since documents mix them.

use super::keys;
use crate::normalize::extension_keys::rest_to;
use crate::syntax::{number, Key, Node, Object, Value};

/// Rewrites a schema whose inner schemas have been rewritten.
pub(super) fn schema(node: &mut Node) {
    reference_siblings(node);
    constant(node);
    tuple(node);
    dependencies(node);
    bounds(node);
    types(node);
    null_branches(node);
    patterns(node);
    content(node);
    examples(node);
    null_values(node);
}

/// `mutualTLS`, which 3.0 does not know.
pub(super) fn scheme(node: &mut Node) {
    let Some(name) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    if name == "mutualTLS" {
        let origin = node.origin;
        node.set("type", Node::text(origin, "http"));
        node.set("scheme", Node::text(origin, "mutualTLS"));
        node.set(keys::SCHEME_TYPE, Node::text(origin, name));
    }
}

pub(super) fn reference_siblings(node: &mut Node) {
    let Some(target) = node.take("$ref") else {
        return;
    };
    let reference = Node::object(target.origin).with("$ref", target);
    match node.get_mut("allOf").and_then(Node::as_list_mut) {
        Some(branches) => branches.insert(0, reference),
        None => {
            let origin = reference.origin;
            node.set("allOf", Node::list(origin, vec![reference]));
        }
    }
}

pub(super) fn constant(node: &mut Node) {
    let Some(value) = node.take("const") else {
        return;
    };
    let origin = value.origin;
    node.set("enum", Node::list(origin, vec![value]));
    node.set(keys::CONST, Node::bool(origin, true));
}

/// `items` as an array is `prefixItems`, `additionalItems` then is `items`.
pub(super) fn tuple(node: &mut Node) {
    if node
        .get("items")
        .is_some_and(|items| items.as_list().is_some())
    {
        let rest = node.take("additionalItems").and_then(rest_to);
        let prefix = node.take("items");
        if let Some(prefix) = prefix.filter(|_| !node.has("prefixItems")) {
            node.set("prefixItems", prefix);
        }
        if let Some(rest) = rest {
            node.set("items", rest);
        }
    }
    if node.has("prefixItems") && !node.has("type") {
        let origin = node
            .get("prefixItems")
            .map_or(node.origin, |prefix| prefix.origin);
        node.set("type", Node::text(origin, "array"));
        node.set(keys::ASSUMED_TYPE, Node::bool(origin, true));
    }
}

/// `dependencies` is `dependentRequired` and `dependentSchemas` in one.
pub(super) fn dependencies(node: &mut Node) {
    let Some(old) = node.take("dependencies") else {
        return;
    };
    let Value::Object(members) = old.value else {
        return;
    };
    for (name, member) in members {
        let key = if member.as_list().is_some() {
            "dependentRequired"
        } else {
            "dependentSchemas"
        };
        if !node.has(key) {
            node.set(key, Node::object(old.origin));
        }
        if let Some(map) = node.get_mut(key) {
            map.set(&name, member);
        }
    }
}

pub(super) fn bounds(node: &mut Node) {
    bound(node, "minimum", "exclusiveMinimum", |bound, exclusive| {
        bound > exclusive
    });
    bound(node, "maximum", "exclusiveMaximum", |bound, exclusive| {
        bound < exclusive
    });
}

/// `tighter` says whether the plain bound leaves less room than the exclusive one.
fn bound(node: &mut Node, plain: &str, exclusive: &str, tighter: fn(f64, f64) -> bool) {
    let Some(limit) = node.get(exclusive) else {
        return;
    };
    let origin = limit.origin;
    let Value::Number(text) = &limit.value else {
        if !node.has(plain) {
            node.take(exclusive);
        }
        return;
    };
    let limit = limit.clone();
    let own = node
        .get(plain)
        .and_then(Node::as_number)
        .and_then(number::as_f64);
    let wins = own
        .zip(number::as_f64(text))
        .is_some_and(|(own, limit)| tighter(own, limit));
    if wins {
        node.take(exclusive);
    } else {
        node.set(plain, limit);
        node.set(exclusive, Node::bool(origin, true));
    }
}

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

/// Keywords that describe rather than restrict: the outer one wins where branches are joined.
const WORDS: [&str; 5] = [
    "title",
    "description",
    "example",
    "deprecated",
    "externalDocs",
];

/// Takes the branch out that allows only `null`.
fn null_branches(node: &mut Node) {
    for key in ["anyOf", "oneOf"] {
        let Some(list) = node.get_mut(key).and_then(Node::as_list_mut) else {
            continue;
        };
        let before = list.len();
        list.retain(|branch| !is_null(branch));
        if list.len() == before {
            continue;
        }
        let origin = node.get(key).map_or(node.origin, |list| list.origin);
        node.set("nullable", Node::bool(origin, true));
        let left = node
            .get(key)
            .and_then(Node::as_list)
            .map_or(0, <[Node]>::len);
        if left == 0 {
            node.take(key);
            let only = Node::new(origin, Value::Null);
            node.set("enum", Node::list(origin, vec![only]));
        } else if left == 1 {
            join(node, key);
        }
    }
}

/// Whether a rewritten schema allows `null` and nothing else.
fn is_null(branch: &Node) -> bool {
    let only = branch
        .get("enum")
        .and_then(Node::as_list)
        .is_some_and(|values| !values.is_empty() && values.iter().all(Node::is_null));
    only && !branch.has("type")
}

/// Joins the only branch with the schema around it.
fn join(node: &mut Node, key: &str) {
    let Some(branch) = node.take(key).and_then(|list| list.into_list().pop()) else {
        return;
    };
    let clash = branch
        .members()
        .any(|(key, _)| node.has(key) && !WORDS.contains(&&**key) && &**key != "nullable");
    if clash || branch.has("$ref") {
        match node.get_mut("allOf").and_then(Node::as_list_mut) {
            Some(list) => list.push(branch),
            None => drop(node.set("allOf", Node::list(branch.origin, vec![branch]))),
        }
        return;
    }
    let Value::Object(members) = branch.value else {
        return;
    };
    for (key, member) in members {
        if !node.has(&key) {
            node.set(&key, member);
        }
    }
}

/// `null` among the values of `enum` is said by `nullable` alone.
fn null_values(node: &mut Node) {
    let Some(list) = node.get_mut("enum").and_then(Node::as_list_mut) else {
        return;
    };
    let Some(null) = list
        .iter()
        .find(|value| value.is_null())
        .map(|value| value.origin)
    else {
        return;
    };
    if list.iter().any(|value| !value.is_null()) {
        list.retain(|value| !value.is_null());
    }
    node.set("nullable", Node::bool(null, true));
}

pub(super) fn patterns(node: &mut Node) {
    let Some(patterns) = node.take("patternProperties") else {
        return;
    };
    let origin = patterns.origin;
    let Value::Object(members) = patterns.value else {
        return;
    };
    let mut names = Vec::new();
    let mut schemas: Vec<Node> = Vec::new();
    for (pattern, schema) in members {
        names.push(Node::text(schema.origin, &*pattern));
        if !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }
    let closed = node
        .get("additionalProperties")
        .is_some_and(|rest| rest.as_bool() == Some(false))
        || node.get(keys::UNEVALUATED_PROPERTIES).is_some()
        || node.get("unevaluatedProperties").is_some();
    let only = node
        .get("additionalProperties")
        .is_some_and(|rest| rest.as_bool() == Some(false));
    let declared = schemas.len();
    match node.take("additionalProperties") {
        // Nothing said of others: strictly anything goes, but who writes patterns means that members follow them.
        None if !closed => {}
        Some(rest) if rest.as_object().is_some() => schemas.push(rest),
        Some(rest) if rest.as_bool() == Some(true) => schemas.clear(),
        _ => {}
    }
    let is_widened = schemas.len() != 1 || declared != 1;
    let widened = match schemas.pop() {
        None => Node::bool(origin, true),
        Some(only) if schemas.is_empty() => only,
        Some(last) => {
            schemas.push(last);
            Node::object(origin).with("anyOf", Node::list(origin, schemas))
        }
    };
    node.set("additionalProperties", widened);
    node.set(keys::PATTERNS, Node::list(origin, names));
    for (key, holds) in [(keys::ONLY_PATTERNS, only), (keys::WIDENED, is_widened)] {
        if holds {
            node.set(key, Node::bool(origin, true));
        }
    }
}

pub(super) fn content(node: &mut Node) {
    let encoding = node.text_of("contentEncoding").map(str::to_ascii_lowercase);
    let media = node
        .text_of("contentMediaType")
        .map(str::to_ascii_lowercase);
    let (format, cause) = match (encoding.as_deref(), media.as_deref()) {
        (Some("base64"), _) => ("byte", "contentEncoding"),
        (Some("base64url"), _) => ("base64url", "contentEncoding"),
        // no encoding at all (RFC 2045): the bytes themselves, as uploads are often described
        (Some("binary"), _) => ("binary", "contentEncoding"),
        (None, Some(media)) if is_binary(media) => ("binary", "contentMediaType"),
        _ => return,
    };
    let origin = node.get(cause).map_or(node.origin, |cause| cause.origin);
    if !node.has("type") {
        node.set("type", Node::text(origin, "string"));
        node.set(keys::ASSUMED_TYPE, Node::bool(origin, true));
    }
    if node.text_of("type") == Some("string") && !node.has("format") {
        node.set("format", Node::text(origin, format));
    }
}

/// Whether the bytes of a media type are no text.
fn is_binary(media: &str) -> bool {
    let textual = [
        "json",
        "xml",
        "yaml",
        "javascript",
        "html",
        "x-www-form-urlencoded",
    ];
    !media.starts_with("text/") && !textual.iter().any(|word| media.contains(word))
}

/// The first of `examples` is the `example`.
pub(super) fn examples(node: &mut Node) {
    if node.has("example") {
        return;
    }
    let first = node.get("examples").and_then(|examples| examples.step("0"));
    if let Some(first) = first.cloned() {
        node.set("example", first);
    }
}
