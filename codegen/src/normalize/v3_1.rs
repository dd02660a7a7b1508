//! From JSON Schema 2020-12, as 3.1 and 3.2 use it, to the schemas of 3.0. Keywords of older drafts are rewritten too,
//! since documents mix them.

use super::keys;
use super::vocabularies::TYPE_KEYWORDS;
use crate::syntax::{number, Key, Node, Object, OriginId, Value};

/// Rewrites a schema after its inner schemas.
pub(super) fn schema(node: &mut Node) {
    reference_siblings(node);
    constant(node);
    tuple(node);
    dependencies(node);
    bound(node, "minimum", "exclusiveMinimum", |bound, exclusive| bound > exclusive);
    bound(node, "maximum", "exclusiveMaximum", |bound, exclusive| bound < exclusive);
    types(node);
    null_branches(node);
    pattern_properties(node);
    content(node);
    example(node);
    null_values(node);
}

/// Rewrites `mutualTLS`, which 3.0 does not have.
pub(super) fn scheme(node: &mut Node) {
    let origin = node.origin;
    if node.text_of("type") == Some("mutualTLS") {
        node.set("type", Node::text(origin, "http"));
        node.set("scheme", Node::text(origin, "mutualTLS"));
        node.set(keys::SCHEME_TYPE, Node::text(origin, "mutualTLS"));
    }
}

/// Moves a `$ref` with siblings, which 3.0 ignores, into an `allOf`.
fn reference_siblings(node: &mut Node) {
    let Some(target) = node.take("$ref") else {
        return;
    };
    let origin = target.origin;
    let reference = Node::object(origin).with("$ref", target);
    if let Some(branches) = node.get_or_add_list("allOf", origin) {
        branches.insert(0, reference);
    }
}

/// Rewrites `const` to an `enum` with one value.
fn constant(node: &mut Node) {
    let Some(value) = node.take("const") else {
        return;
    };
    let origin = value.origin;
    node.set("enum", Node::list(origin, vec![value]));
    node.set(keys::CONST, Node::bool(origin, true));
}

/// Rewrites an array in `items` to `prefixItems`, and `additionalItems` to `items`. Infers the type of a tuple.
fn tuple(node: &mut Node) {
    let is_old_tuple = node.get("items").is_some_and(|items| items.as_list().is_some());
    if is_old_tuple {
        let additional = node.take("additionalItems").and_then(boolean_to_schema);
        let prefix = node.take("items").filter(|_| !node.has("prefixItems"));
        if let Some(prefix) = prefix {
            node.set("prefixItems", prefix);
        }
        if let Some(additional) = additional {
            node.set("items", additional);
        }
    }
    if let Some(origin) = node.get("prefixItems").map(|prefix| prefix.origin) {
        infer_type(node, "array", origin);
    }
}

/// Converts a boolean in the place of a schema to a schema; `None` for `true`, which constrains nothing.
fn boolean_to_schema(node: Node) -> Option<Node> {
    let origin = node.origin;
    match node.as_bool() {
        Some(true) => None,
        Some(false) => Some(Node::object(origin).with("not", Node::object(origin))),
        None => Some(node),
    }
}

/// Sets a `type` that other keywords imply.
fn infer_type(node: &mut Node, name: &str, origin: OriginId) {
    if !node.has("type") {
        node.set("type", Node::text(origin, name));
        node.set(keys::ASSUMED_TYPE, Node::bool(origin, true));
    }
}

/// Splits `dependencies` into `dependentRequired` and `dependentSchemas`.
fn dependencies(node: &mut Node) {
    let Some(Value::Object(members)) = node.take("dependencies").map(|old| old.value) else {
        return;
    };
    for (name, member) in members {
        let key = match member.as_list() {
            Some(_) => "dependentRequired",
            None => "dependentSchemas",
        };
        if let Some(dependencies) = node.get_or_add(key) {
            dependencies.set(&name, member);
        }
    }
}

/// Rewrites an exclusive bound that is a number to a bound with a flag. `is_tighter` compares the plain bound with the
/// exclusive one.
fn bound(node: &mut Node, plain: &str, exclusive: &str, is_tighter: fn(f64, f64) -> bool) {
    let Some(limit) = node.get(exclusive) else {
        return;
    };
    let Value::Number(text) = &limit.value else {
        if !node.has(plain) {
            node.take(exclusive);
        }
        return;
    };
    let as_f64 = |node: &Node| number::as_f64(node.as_number()?);
    let bounds = node.get(plain).and_then(as_f64).zip(number::as_f64(text));
    if bounds.is_some_and(|(plain, exclusive)| is_tighter(plain, exclusive)) {
        node.take(exclusive);
    } else {
        let limit = limit.clone();
        node.set(exclusive, Node::bool(limit.origin, true));
        node.set(plain, limit);
    }
}

/// The keywords that apply to one type, in addition to those of every version.
const FURTHER_KEYWORDS: [(&str, &[&str]); 5] = [
    ("string", &["format", "contentEncoding", "contentMediaType"]),
    ("number", &["format"]),
    ("integer", &["format"]),
    ("array", &["prefixItems", "contains", "minContains", "maxContains", "unevaluatedItems"]),
    (
        "object",
        &[
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ],
    ),
];

/// The keywords that apply to values of a type.
fn keywords_of_type(name: &str) -> impl Iterator<Item = &'static str> + '_ {
    let rows = TYPE_KEYWORDS.iter().chain(&FURTHER_KEYWORDS);
    rows.filter(move |(owner, _)| *owner == name).flat_map(|(_, keywords)| *keywords).copied()
}

/// Rewrites a list of types: `null` to `nullable`, several others to an `anyOf` with a branch for each.
fn types(node: &mut Node) {
    let is_rewritten = |types: &&Node| types.as_text().is_none_or(|name| name == "null");
    let Some(types) = node.get("type").filter(is_rewritten).cloned() else {
        return;
    };
    let origin = types.origin;
    let mut names: Vec<Node> = Vec::new();
    let mut is_nullable = false;
    for name in types.into_list() {
        if name.as_text() == Some("null") {
            is_nullable = true;
        } else if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.iter().any(|name| name.as_text() == Some("number")) {
        names.retain(|name| name.as_text() != Some("integer"));
    }
    if is_nullable {
        node.set("nullable", Node::bool(origin, true));
        if names.is_empty() {
            node.set("enum", only_null(origin));
        }
    }
    match names.as_slice() {
        [only] => drop(node.set("type", only.clone())),
        // none of them, or string, number, boolean, object and array: every value
        [] | [_, _, _, _, _] => drop(node.take("type")),
        _ => {
            node.take("type");
            branch_by_type(node, &names);
        }
    }
}

/// The `enum` that allows `null` only.
fn only_null(origin: OriginId) -> Node {
    Node::list(origin, vec![Node::new(origin, Value::Null)])
}

fn branch_by_type(node: &mut Node, names: &[Node]) {
    let origin = node.origin;
    let values = node.take("enum");
    let branches =
        names.iter().filter_map(|name| branch_of_type(node, name, values.as_ref())).collect();
    let moved: Vec<&str> =
        names.iter().filter_map(Node::as_text).flat_map(keywords_of_type).collect();
    if let Some(members) = node.as_object_mut() {
        members.retain(|key, _| !moved.contains(&&**key));
    }
    let branches = Node::list(origin, branches);
    if !node.has("anyOf") {
        node.set("anyOf", branches);
    } else if let Some(parts) = node.get_or_add_list("allOf", origin) {
        parts.push(Node::object(origin).with("anyOf", branches));
    }
}

/// The branch of one type; `None` if `enum` has no value of it.
fn branch_of_type(node: &Node, name: &Node, values: Option<&Node>) -> Option<Node> {
    let text = name.as_text()?;
    let mut members = Object::default();
    members.insert(Key::from("type"), name.clone());
    for key in keywords_of_type(text) {
        if let Some(member) = node.get(key).filter(|_| applies(text, key, node)) {
            members.insert(Key::from(key), member.clone());
        }
    }
    let mut branch = Node::new(name.origin, Value::Object(members));
    if let Some(values) = values {
        let of_type = values.as_list()?.iter().filter(|value| is_of_type(value, text));
        let of_type: Vec<Node> = of_type.cloned().collect();
        if of_type.is_empty() {
            return None;
        }
        branch.set("enum", Node::list(values.origin, of_type));
    }
    Some(branch)
}

/// `true` unless the keyword is a `format` of another type: of a number for strings, or the reverse.
fn applies(name: &str, key: &str, node: &Node) -> bool {
    let numeric = [
        "int32", "int64", "float", "double", "int8", "int16", "uint8", "uint16", "uint32", "uint64",
    ];
    let format = node.text_of("format").unwrap_or_default();
    key != "format" || numeric.contains(&format) == (name != "string")
}

fn is_of_type(value: &Node, name: &str) -> bool {
    value.type_name() == if name == "integer" { "number" } else { name }
}

/// Annotations: those of the outer schema take precedence when it is merged with its only branch.
const ANNOTATIONS: [&str; 5] = ["title", "description", "example", "deprecated", "externalDocs"];

/// Rewrites a branch that allows only `null` to `nullable`.
fn null_branches(node: &mut Node) {
    for key in ["anyOf", "oneOf"] {
        let Some(branches) = node.get_mut(key) else {
            continue;
        };
        let origin = branches.origin;
        let Some(list) = branches.as_list_mut() else {
            continue;
        };
        let count = list.len();
        list.retain(|branch| !allows_only_null(branch));
        let remaining = list.len();
        if remaining == count {
            continue;
        }
        node.set("nullable", Node::bool(origin, true));
        match remaining {
            0 => {
                node.take(key);
                node.set("enum", only_null(origin));
            }
            1 => merge_only_branch(node, key),
            _ => {}
        }
    }
}

/// `true` if a rewritten schema allows `null` and nothing else.
fn allows_only_null(branch: &Node) -> bool {
    let values = branch.get("enum").and_then(Node::as_list);
    !branch.has("type")
        && values.is_some_and(|values| !values.is_empty() && values.iter().all(Node::is_null))
}

/// Merges the only branch into its schema, or moves it to `allOf` if both have the same keywords.
fn merge_only_branch(node: &mut Node, key: &str) {
    let Some(branch) = node.take(key).and_then(|list| list.into_list().pop()) else {
        return;
    };
    let is_conflict = |key: &str| node.has(key) && !ANNOTATIONS.contains(&key) && key != "nullable";
    if branch.has("$ref") || branch.members().any(|(key, _)| is_conflict(key)) {
        if let Some(parts) = node.get_or_add_list("allOf", branch.origin) {
            parts.push(branch);
        }
    } else if let Value::Object(members) = branch.value {
        for (key, member) in members {
            if !node.has(&key) {
                node.set(&key, member);
            }
        }
    }
}

/// Rewrites `null` in an `enum` to `nullable`.
fn null_values(node: &mut Node) {
    let Some(values) = node.get_mut("enum").and_then(Node::as_list_mut) else {
        return;
    };
    let Some(origin) = values.iter().find(|value| value.is_null()).map(|null| null.origin) else {
        return;
    };
    if values.iter().any(|value| !value.is_null()) {
        values.retain(|value| !value.is_null());
    }
    node.set("nullable", Node::bool(origin, true));
}

/// Moves the patterns of `patternProperties` to an extension key, and widens `additionalProperties` to cover their schemas.
fn pattern_properties(node: &mut Node) {
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
    let additional = node.take("additionalProperties");
    let is_closed = additional.as_ref().and_then(Node::as_bool) == Some(false);
    let pattern_schemas = schemas.len();
    match additional {
        // without the keyword any member is allowed, but authors of patterns expect members to match them
        None => {}
        Some(additional) if additional.as_object().is_some() => schemas.push(additional),
        Some(additional) if additional.as_bool() == Some(true) => schemas.clear(),
        Some(_) => {}
    }
    let is_widened = schemas.len() != 1 || pattern_schemas != 1;
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
    for (key, holds) in [(keys::ONLY_PATTERNS, is_closed), (keys::WIDENED, is_widened)] {
        if holds {
            node.set(key, Node::bool(origin, true));
        }
    }
}

/// Sets the `format` that `contentEncoding` or `contentMediaType` implies.
fn content(node: &mut Node) {
    let lowercase = |key: &str| node.text_of(key).map(str::to_ascii_lowercase);
    let (encoding, media_type) = (lowercase("contentEncoding"), lowercase("contentMediaType"));
    let (format, keyword) = match (encoding.as_deref(), media_type.as_deref()) {
        (Some("base64"), _) => ("byte", "contentEncoding"),
        (Some("base64url"), _) => ("base64url", "contentEncoding"),
        // the bytes themselves (RFC 2045, section 6.2), as uploads are often described
        (Some("binary"), _) => ("binary", "contentEncoding"),
        (None, Some(media_type)) if is_binary(media_type) => ("binary", "contentMediaType"),
        _ => return,
    };
    let origin = node.get(keyword).map_or(node.origin, |member| member.origin);
    infer_type(node, "string", origin);
    if node.text_of("type") == Some("string") && !node.has("format") {
        node.set("format", Node::text(origin, format));
    }
}

/// `true` if the values of a media type are not text.
fn is_binary(media_type: &str) -> bool {
    let textual = ["json", "xml", "yaml", "javascript", "html", "x-www-form-urlencoded"];
    !media_type.starts_with("text/") && !textual.iter().any(|word| media_type.contains(word))
}

/// Sets `example` to the first of `examples`.
fn example(node: &mut Node) {
    let first = node.get("examples").and_then(|examples| examples.step("0"));
    if let Some(first) = first.filter(|_| !node.has("example")).cloned() {
        node.set("example", first);
    }
}
