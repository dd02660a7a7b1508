//! Schemas: repairs before the keywords are checked, and after everything in the schema has been rewritten. `enum`,
//! `default` and `example` are compared with the type.

use crate::diagnostics::codes::normalize as codes;
use crate::diagnostics::Code;
use crate::formats;
use crate::normalize::context::Context;
use crate::normalize::keys;
use crate::normalize::version::Version;
use crate::normalize::vocabularies::TYPE_KEYWORDS;
use crate::syntax::{number, print_json, Node, Value};
use std::collections::BTreeSet;

/// Common wrong type names, with the correct type and format.
const TYPE_ALIASES: [(&str, &str, &str); 17] = [
    ("int", "integer", ""),
    ("int32", "integer", "int32"),
    ("int64", "integer", "int64"),
    ("long", "integer", "int64"),
    ("float", "number", "float"),
    ("double", "number", "double"),
    ("decimal", "number", "decimal"),
    ("bool", "boolean", ""),
    ("str", "string", ""),
    ("text", "string", ""),
    ("date", "string", "date"),
    ("datetime", "string", "date-time"),
    ("date-time", "string", "date-time"),
    ("uuid", "string", "uuid"),
    ("dict", "object", ""),
    ("map", "object", ""),
    ("list", "array", ""),
];

const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "object", "array", "null"];

/// Replaces a boolean, a type name or another value by a schema.
pub(super) fn stand_in(context: &mut Context<'_>, node: &mut Node) -> bool {
    let empty = Node::object(node.origin);
    *node = match &node.value {
        Value::Bool(true) => empty,
        Value::Bool(false) => empty.with("not", Node::object(node.origin)),
        Value::Text(name) if type_and_format(name).is_some() => {
            let message = format!("a schema has to be an object; this is read as `type: {name}`");
            context.report(codes::RETYPED, node.origin, message);
            empty.with("type", Node::text(node.origin, name.clone()))
        }
        Value::Null | Value::Text(_) | Value::Number(_) | Value::List(_) => {
            let message = format!(
                "a schema has to be an object; this is {}, read as a schema that allows any value",
                node.described()
            );
            context.report(codes::WRONG_TYPE, node.origin, message);
            empty
        }
        Value::Object(_) => return true,
    };
    true
}

fn type_and_format(name: &str) -> Option<(&'static str, &'static str)> {
    let lower = name.trim().to_ascii_lowercase();
    let exact = TYPES.iter().find(|known| **known == lower);
    exact.map(|known| (*known, "")).or_else(|| {
        let alias = TYPE_ALIASES.iter().find(|(alias, ..)| *alias == lower);
        alias.map(|(_, name, format)| (*name, *format))
    })
}

/// Repairs keywords before they are checked against the vocabulary.
pub(super) fn before(context: &mut Context<'_>, node: &mut Node) {
    let flag = node.get("required");
    let flag = flag.filter(|flag| flag.as_bool().is_some() || flag.as_text().is_some());
    if let Some(origin) = flag.map(|flag| flag.origin) {
        let name = context.loaded.table.steps(node.origin).last().map(ToString::to_string);
        let help =
            format!("add `{}` to `required` of the enclosing object", name.unwrap_or_default());
        let message =
            "`required` has to be a list of properties of an object; this value is ignored";
        context.report_with_help(codes::REQUIRED_FLAG, origin, message.to_owned(), help);
        node.take("required");
    }
    if context.version == Version::V2_0 {
        if let Some(flag) = node.take("x-nullable") {
            node.set("nullable", flag);
        }
    }
    if node.text_of("type") == Some("file") {
        let origin = node.origin;
        node.set("type", Node::text(origin, "string"));
        node.set("format", Node::text(origin, "binary"));
    }
    let names: Vec<Node> = node.get("type").cloned().map(Node::into_list).unwrap_or_default();
    if names.iter().any(|name| name.as_text().is_some_and(|name| !TYPES.contains(&name))) {
        correct_types(context, node, names);
    }
    if node.has("$ref") && node.has("nullable") && context.version == Version::V3_0 {
        let origin = node.get("nullable").map_or(node.origin, |flag| flag.origin);
        let message =
            "`nullable` next to `$ref` has no effect in OpenAPI 3.0; `null` is allowed as intended";
        context.report_key(codes::NULLABLE_REFERENCE, origin, message);
    }
}

fn correct_types(context: &mut Context<'_>, node: &mut Node, names: Vec<Node>) {
    let mut corrected = Vec::new();
    for name in names {
        let text = name.as_text().unwrap_or("null").to_owned();
        let Some((correct, format)) = type_and_format(&text) else {
            let message = format!("`{text}` is not a type; any value is allowed");
            context.report(codes::UNKNOWN_TYPE, name.origin, message);
            node.take("type");
            return;
        };
        if correct != text {
            let message = format!("`{text}` is not a type; it is read as `{correct}`");
            context.report(codes::UNKNOWN_TYPE, name.origin, message);
        }
        if !format.is_empty() && !node.has("format") {
            node.set("format", Node::text(name.origin, format));
        }
        corrected.push(Node::text(name.origin, correct));
    }
    let origin = node.get("type").map_or(node.origin, |types| types.origin);
    let types = match corrected.pop() {
        Some(only) if corrected.is_empty() => only,
        last => {
            corrected.extend(last);
            Node::list(origin, corrected)
        }
    };
    node.set("type", types);
}

/// Repairs a schema after it has been rewritten to 3.0.
pub(in crate::normalize) fn finish(context: &mut Context<'_>, node: &mut Node) {
    check_enum(context, node);
    infer_type(context, node);
    remove_inapplicable(context, node);
    check_default(context, node);
    // only documentation, so that a wrong one is left out
    fit_member(context, node, "example", codes::EXAMPLE_TYPE);
    report_unknown_format(context, node);
}

/// Removes keywords that do not apply to the type.
fn remove_inapplicable(context: &mut Context<'_>, node: &mut Node) {
    let Some(name) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    let applicable =
        TYPE_KEYWORDS.iter().find(|(owner, _)| *owner == name).map_or(&[][..], |(_, keys)| keys);
    for (owner, keys) in TYPE_KEYWORDS {
        for key in keys.iter().filter(|key| owner != name && !applicable.contains(key)) {
            if let Some(keyword) = node.take(key) {
                let is_trivial = keyword.as_list().is_some_and(<[Node]>::is_empty)
                    || keyword.as_bool().is_some()
                    || keyword.as_object().is_some_and(|members| members.is_empty());
                if !is_trivial {
                    let message =
                        format!("`{key}` does not apply to the type {name}; it is ignored");
                    context.report_key(codes::STRANGER, keyword.origin, message);
                }
            }
        }
    }
}

/// Adds the type that the other keywords imply.
fn infer_type(context: &mut Context<'_>, node: &mut Node) {
    if node.has("type") || node.has("not") {
        return;
    }
    let composed = ["allOf", "anyOf", "oneOf"].iter().any(|key| node.has(key));
    let (name, keyword) = if node.has("properties") {
        ("object", "properties")
    } else if !composed
        && node.get("additionalProperties").is_some_and(|more| more.as_object().is_some())
    {
        ("object", "additionalProperties")
    } else if node.has("items") {
        ("array", "items")
    } else if let Some(name) = common_type(node.get("enum")) {
        (name, "enum")
    } else {
        return;
    };
    let origin = node.get(keyword).map_or(node.origin, |member| member.origin);
    if keyword != "enum" || context.version != Version::V3_1 {
        let message = format!("`type` is missing; `{name}` is assumed because of `{keyword}`");
        context.report_key(codes::TYPE_MISSING, origin, message);
    }
    node.set("type", Node::text(origin, name));
    if keyword != "enum" {
        node.set(keys::ASSUMED_TYPE, Node::bool(origin, true));
    }
}

/// Reports each unknown format once; the format stays.
fn report_unknown_format(context: &mut Context<'_>, node: &Node) {
    let Some(format) = node.get("format") else {
        return;
    };
    let name = format.as_text().unwrap_or_default();
    if formats::find(name).is_none() && context.reported_formats.insert(name.to_owned()) {
        let message = format!("the format `{name}` is unknown; only the type is used");
        context.report(codes::UNKNOWN_FORMAT, format.origin, message);
    }
}

/// The common type of all values except `null`.
fn common_type(values: Option<&Node>) -> Option<&'static str> {
    let mut common = None;
    for value in values?.as_list()?.iter().filter(|value| !value.is_null()) {
        let name = match value.type_name() {
            "array" | "object" => return None,
            "number" if is_of_type(value, "integer") => "integer",
            name => name,
        };
        common = match common {
            None => Some(name),
            Some(before) if before == name => common,
            Some("integer" | "number") if matches!(name, "integer" | "number") => Some("number"),
            Some(_) => return None,
        };
    }
    common
}

/// `true` if a value is of a type.
fn is_of_type(value: &Node, name: &str) -> bool {
    let is_whole = || value.as_number().is_some_and(number::is_whole);
    value.type_name() == name || (name == "integer" && is_whole())
}

/// The value converted to the type, if it was only written in another way.
fn converted(context: &Context<'_>, value: &Node, name: &str) -> Option<Value> {
    let verbatim = |text: String| Value::Text(context.source_text(value).unwrap_or(text));
    match (&value.value, name) {
        (Value::Number(text), "string") => Some(verbatim(text.clone())),
        (Value::Bool(flag), "string") => Some(verbatim(flag.to_string())),
        (Value::Text(text), "integer") if number::is_whole(text) => {
            Some(Value::Number(text.clone()))
        }
        (Value::Text(text), "number") if number::is_number(text) => {
            Some(Value::Number(text.clone()))
        }
        (Value::Text(text), "boolean") => text.parse().ok().map(Value::Bool),
        _ => None,
    }
}

/// A value as one of the type; `None` if it cannot be converted. `objection` says in messages that it does not fit.
fn fitted(
    context: &mut Context<'_>,
    code: Code,
    subject: &str,
    objection: &str,
    (value, name): (Node, &str),
) -> Option<Node> {
    if is_of_type(&value, name) {
        return Some(value);
    }
    let described = value.described();
    let converted = converted(context, &value, name);
    let message = match converted {
        Some(_) => format!("{subject} is {described}; it is converted to the type {name}"),
        None => format!("{subject} is {described}, {objection}; it is ignored"),
    };
    context.report(code, value.origin, message);
    Some(Node::new(value.origin, converted?))
}

/// Checks `enum`: values of the type, without repetitions, and at least one.
fn check_enum(context: &mut Context<'_>, node: &mut Node) {
    let name = node.text_of("type").map(str::to_owned);
    let Some(values) = node.get("enum").cloned() else {
        return;
    };
    let origin = values.origin;
    let mut valid: Vec<Node> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for item in values.into_list() {
        let item = match name.as_deref().filter(|_| !item.is_null()) {
            Some(name) => {
                let objection = format!("which the type {name} excludes");
                let subject = "this value of `enum`";
                fitted(context, codes::ENUM_MIXED, subject, &objection, (item, name))
            }
            None => Some(item),
        };
        let Some(item) = item else { continue };
        if seen.insert(print_json(&item)) {
            valid.push(item);
        } else {
            let message = "this value of `enum` is a repetition; it is ignored";
            context.report(codes::ENUM_TWICE, item.origin, message);
        }
    }
    if valid.is_empty() {
        context.report(codes::ENUM_MIXED, origin, "this `enum` has no valid value; it is ignored");
        node.take("enum");
        node.set(keys::EMPTY_ENUM, Node::bool(origin, true));
    } else {
        node.set("enum", Node::list(origin, valid));
    }
}

/// Converts a member to the type of its schema, or removes it.
fn fit_member(context: &mut Context<'_>, node: &mut Node, key: &str, code: Code) {
    let value = node.get(key).filter(|value| !value.is_null()).cloned();
    let Some((value, name)) = value.zip(node.text_of("type").map(str::to_owned)) else {
        return;
    };
    let (subject, objection) = (format!("the {key}"), format!("but the type is {name}"));
    match fitted(context, code, &subject, &objection, (value, &name)) {
        Some(value) => drop(node.set(key, value)),
        None => drop(node.take(key)),
    }
}

/// Checks `default`: a value of the type and of `enum`.
fn check_default(context: &mut Context<'_>, node: &mut Node) {
    fit_member(context, node, "default", codes::DEFAULT_TYPE);
    let value = node.get("default").filter(|value| !value.is_null());
    let allowed = node.get("enum").and_then(Node::as_list);
    let excluded = value.filter(|value| allowed.is_some_and(|allowed| !allowed.contains(value)));
    if let Some(origin) = excluded.map(|value| value.origin) {
        let message = "the default is not one of the values of `enum`; it is ignored";
        context.report(codes::DEFAULT_OUTSIDE, origin, message);
        node.take("default");
    }
}
