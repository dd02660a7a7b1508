//! Schemas: repairs before the keywords are checked, and after everything in the schema has been rewritten. `enum`,
//! `default` and `example` are compared with the type.

use crate::diagnostics::codes::normalize as codes;
use crate::formats;
use crate::normalize::context::Context;
use crate::normalize::keys;
use crate::normalize::version::Version;
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
    if let Some(flag) =
        node.get("required").filter(|flag| flag.as_bool().is_some() || flag.as_text().is_some())
    {
        let flag = flag.clone();
        let name = context.loaded.table.steps(node.origin).last().map(ToString::to_string);
        let help =
            format!("add `{}` to `required` of the enclosing object", name.unwrap_or_default());
        let message =
            "`required` has to be a list of properties of an object; this value is ignored";
        context.report_with_help(codes::REQUIRED_FLAG, flag.origin, message.to_owned(), help);
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

/// The keywords that apply to one type only.
const TYPE_KEYWORDS: [(&str, &[&str]); 5] = [
    (
        "object",
        &["properties", "additionalProperties", "required", "minProperties", "maxProperties"],
    ),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("integer", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
];

/// Repairs a schema after it has been rewritten to 3.0.
pub(in crate::normalize) fn finish(context: &mut Context<'_>, node: &mut Node) {
    check_enum(context, node);
    infer_type(context, node);
    remove_inapplicable(context, node);
    check_default(context, node);
    check_example(context, node);
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
        let name = match &value.value {
            Value::Text(_) => "string",
            Value::Bool(_) => "boolean",
            Value::Number(text) if number::is_whole(text) => "integer",
            Value::Number(_) => "number",
            Value::Null | Value::List(_) | Value::Object(_) => return None,
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
    match &value.value {
        Value::Null => false,
        Value::Text(_) => name == "string",
        Value::Bool(_) => name == "boolean",
        Value::Number(text) => name == "number" || (name == "integer" && number::is_whole(text)),
        Value::List(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// The value converted to the type, if it was only written in another way.
fn converted(context: &Context<'_>, value: &Node, name: &str) -> Option<Value> {
    match (&value.value, name) {
        (Value::Number(text), "string") => {
            Some(Value::Text(context.source_text(value).unwrap_or_else(|| text.clone())))
        }
        (Value::Bool(flag), "string") => {
            let plain = flag.to_string();
            Some(Value::Text(context.source_text(value).unwrap_or(plain)))
        }
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

/// Checks `enum`: values of the type, without repetitions, and at least one.
fn check_enum(context: &mut Context<'_>, node: &mut Node) {
    let name = node.text_of("type").map(str::to_owned);
    let Some(values) = node.get_mut("enum") else {
        return;
    };
    let origin = values.origin;
    let items = values.as_list_mut().map(std::mem::take).unwrap_or_default();
    let mut valid: Vec<Node> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for mut item in items {
        if let Some(name) =
            name.as_deref().filter(|name| !item.is_null() && !is_of_type(&item, name))
        {
            match converted(context, &item, name) {
                Some(value) => {
                    let message = format!(
                        "this value of `enum` is {}; it is converted to the type {name}",
                        item.described()
                    );
                    context.report(codes::ENUM_MIXED, item.origin, message);
                    item.value = value;
                }
                None => {
                    let message = format!(
                        "this value of `enum` is {}, which the type {name} excludes; it is ignored",
                        item.described()
                    );
                    context.report(codes::ENUM_MIXED, item.origin, message);
                    continue;
                }
            }
        }
        if !seen.insert(print_json(&item)) {
            context.report(
                codes::ENUM_TWICE,
                item.origin,
                "this value of `enum` is a repetition; it is ignored",
            );
        } else {
            valid.push(item);
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

/// Checks `default`: a value of the type and of `enum`.
fn check_default(context: &mut Context<'_>, node: &mut Node) {
    let Some(mut value) = node.get("default").cloned() else {
        return;
    };
    if value.is_null() {
        return;
    }
    let name = node.text_of("type").map(str::to_owned);
    if let Some(name) = name.as_deref().filter(|name| !is_of_type(&value, name)) {
        let Some(converted) = converted(context, &value, name) else {
            let message = format!(
                "the default is {}, but the type is {name}; it is ignored",
                value.described()
            );
            context.report(codes::DEFAULT_TYPE, value.origin, message);
            node.take("default");
            return;
        };
        let message =
            format!("the default is {}; it is converted to the type {name}", value.described());
        context.report(codes::DEFAULT_TYPE, value.origin, message);
        value.value = converted;
        node.set("default", value.clone());
    }
    let allowed = node.get("enum").and_then(Node::as_list);
    if allowed.is_some_and(|allowed| !allowed.contains(&value)) {
        context.report(
            codes::DEFAULT_OUTSIDE,
            value.origin,
            "the default is not one of the values of `enum`; it is ignored",
        );
        node.take("default");
    }
}

/// Checks `example`: a value of the type. It is only documentation, so that a wrong one is left out.
fn check_example(context: &mut Context<'_>, node: &mut Node) {
    let Some(mut value) = node.get("example").cloned() else {
        return;
    };
    let Some(name) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    if value.is_null() || is_of_type(&value, &name) {
        return;
    }
    let described = value.described();
    match converted(context, &value, &name) {
        Some(converted) => {
            value.value = converted;
            let message = format!("the example is {described}; it is converted to the type {name}");
            context.report(codes::EXAMPLE_TYPE, value.origin, message);
            node.set("example", value);
        }
        None => {
            let message =
                format!("the example is {described}, but the type is {name}; it is ignored");
            context.report(codes::EXAMPLE_TYPE, value.origin, message);
            node.take("example");
        }
    }
}
