//! Schemas: repairs before the keywords are checked, and after everything in the schema has been rewritten. `enum`,
//! `default` and `example` are compared with the type.

use crate::diagnostics::codes::normalize as codes;
use crate::normalize::context::Context;
use crate::normalize::keys;
use crate::normalize::version::Version;
use crate::syntax::{number, print_json, Node, Value};
use std::collections::BTreeSet;

/// Type names that people write, and what they mean: type and format.
const SLIPS: [(&str, &str, &str); 17] = [
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

const TYPES: [&str; 7] = [
    "string", "number", "integer", "boolean", "object", "array", "null",
];

/// A boolean, a type name or nothing in place of a schema.
pub(super) fn stand_in(context: &mut Context<'_>, node: &mut Node) -> bool {
    let empty = Node::object(node.origin);
    *node = match &node.value {
        Value::Bool(true) => empty,
        Value::Bool(false) => empty.with("not", Node::object(node.origin)),
        Value::Text(name) if known(name).is_some() => {
            let message = format!("a schema is an object; this is read as `type: {name}`");
            context.report(codes::RETYPED, node.origin, message);
            empty.with("type", Node::text(node.origin, name.clone()))
        }
        Value::Null | Value::Text(_) | Value::Number(_) | Value::List(_) => {
            let message = format!(
                "a schema has to be an object; this is {}, read as one that allows anything",
                node.described()
            );
            context.report(codes::WRONG_TYPE, node.origin, message);
            empty
        }
        Value::Object(_) => return true,
    };
    true
}

fn known(name: &str) -> Option<(&'static str, &'static str)> {
    let lower = name.trim().to_ascii_lowercase();
    let exact = TYPES.iter().find(|known| **known == lower);
    exact.map(|known| (*known, "")).or_else(|| {
        let slip = SLIPS.iter().find(|(wrong, ..)| *wrong == lower);
        slip.map(|(_, right, format)| (*right, *format))
    })
}

/// What would not survive the check of the keywords.
pub(super) fn before(context: &mut Context<'_>, node: &mut Node) {
    if let Some(flag) = node
        .get("required")
        .filter(|flag| flag.as_bool().is_some() || flag.as_text().is_some())
    {
        let flag = flag.clone();
        let name = context
            .loaded
            .table
            .steps(node.origin)
            .last()
            .map(ToString::to_string);
        let help = format!(
            "add `{}` to `required` of the object around it",
            name.unwrap_or_default()
        );
        let message =
            "`required` is a list of an object's properties; here it says nothing and is ignored";
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
    let names: Vec<Node> = node
        .get("type")
        .cloned()
        .map(Node::into_list)
        .unwrap_or_default();
    if names
        .iter()
        .any(|name| name.as_text().is_some_and(|name| !TYPES.contains(&name)))
    {
        mend_types(context, node, names);
    }
    if node.has("$ref") && node.has("nullable") && context.version == Version::V3_0 {
        let origin = node.get("nullable").map_or(node.origin, |flag| flag.origin);
        let message =
            "`nullable` beside `$ref` has no effect by the letter; it is taken as it is meant";
        context.report_key(codes::NULLABLE_REFERENCE, origin, message);
    }
}

fn mend_types(context: &mut Context<'_>, node: &mut Node, names: Vec<Node>) {
    let mut mended = Vec::new();
    for name in names {
        let text = name.as_text().unwrap_or("null").to_owned();
        let Some((right, format)) = known(&text) else {
            let message = format!("`{text}` is no type; any value is allowed here");
            context.report(codes::UNKNOWN_TYPE, name.origin, message);
            node.take("type");
            return;
        };
        if right != text {
            let message = format!("`{text}` is no type; it is read as `{right}`");
            context.report(codes::UNKNOWN_TYPE, name.origin, message);
        }
        if !format.is_empty() && !node.has("format") {
            node.set("format", Node::text(name.origin, format));
        }
        mended.push(Node::text(name.origin, right));
    }
    let origin = node.get("type").map_or(node.origin, |types| types.origin);
    let types = match mended.pop() {
        Some(only) if mended.is_empty() => only,
        last => {
            mended.extend(last);
            Node::list(origin, mended)
        }
    };
    node.set("type", types);
}

/// Keywords that only one type knows.
const OWNED: [(&str, &[&str]); 5] = [
    (
        "object",
        &[
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
        ],
    ),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("string", &["minLength", "maxLength", "pattern"]),
    (
        "number",
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
    (
        "integer",
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
];

/// What can be mended once the schema is in its final form.
pub(in crate::normalize) fn finish(context: &mut Context<'_>, node: &mut Node) {
    check_enum(context, node);
    infer_type(context, node);
    strangers(context, node);
    check_default(context, node);
    check_example(context, node);
    unknown_format(context, node);
}

/// Takes out keywords that say nothing for the type.
fn strangers(context: &mut Context<'_>, node: &mut Node) {
    let Some(name) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    let own = OWNED
        .iter()
        .find(|(owner, _)| *owner == name)
        .map_or(&[][..], |(_, keys)| keys);
    for (owner, keys) in OWNED {
        for key in keys
            .iter()
            .filter(|key| owner != name && !own.contains(key))
        {
            if let Some(stranger) = node.take(key) {
                let empty = stranger.as_list().is_some_and(<[Node]>::is_empty)
                    || stranger.as_bool().is_some()
                    || stranger
                        .as_object()
                        .is_some_and(|members| members.is_empty());
                if !empty {
                    let message =
                        format!("`{key}` says nothing of a value of type {name}; it is ignored");
                    context.report_key(codes::STRANGER, stranger.origin, message);
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
    let (name, because) = if node.has("properties") {
        ("object", "properties")
    } else if !composed
        && node
            .get("additionalProperties")
            .is_some_and(|more| more.as_object().is_some())
    {
        ("object", "additionalProperties")
    } else if node.has("items") {
        ("array", "items")
    } else if let Some(name) = common_type(node.get("enum")) {
        (name, "enum")
    } else {
        return;
    };
    let origin = node.get(because).map_or(node.origin, |cause| cause.origin);
    if because != "enum" || context.version != Version::V3_1 {
        let message = format!("`type` is missing beside `{because}`; `{name}` is assumed");
        context.report_key(codes::TYPE_MISSING, origin, message);
    }
    node.set("type", Node::text(origin, name));
    if because != "enum" {
        node.set(keys::ASSUMED_TYPE, Node::bool(origin, true));
    }
}

/// Formats that the OpenAPI format registry, JSON Schema or common use define.
const FORMATS: &[&str] = &[
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date",
    "date-time",
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "duration",
    "email",
    "float",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int16",
    "int32",
    "int64",
    "int8",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "time",
    "time-local",
    "date-time-local",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
    "unixtime",
    "url",
    "uint",
    "ip",
    "ipv4-cidr",
    "ipv6-cidr",
    "cidr",
    "mac",
    "partial-date-time",
    "snowflake",
];

/// Says once of each format that nobody knows it; the format itself stays.
fn unknown_format(context: &mut Context<'_>, node: &Node) {
    let Some(format) = node.get("format") else {
        return;
    };
    let name = format.as_text().unwrap_or_default();
    if !FORMATS.contains(&name) && context.reported_formats.insert(name.to_owned()) {
        let message = format!("`{name}` is no format that is known; the type alone counts");
        context.report(codes::UNKNOWN_FORMAT, format.origin, message);
    }
}

/// The type that all values have, `null` aside.
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

/// Whether a value can be of a type.
fn fits(value: &Node, name: &str) -> bool {
    match &value.value {
        Value::Null => false,
        Value::Text(_) => name == "string",
        Value::Bool(_) => name == "boolean",
        Value::Number(text) => name == "number" || (name == "integer" && number::is_whole(text)),
        Value::List(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// The value as the type wants it, where it was only written otherwise.
fn converted(context: &Context<'_>, value: &Node, name: &str) -> Option<Value> {
    match (&value.value, name) {
        (Value::Number(text), "string") => Some(Value::Text(
            context.source_text(value).unwrap_or_else(|| text.clone()),
        )),
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

/// `enum`: of one type, without repetitions, and never empty.
fn check_enum(context: &mut Context<'_>, node: &mut Node) {
    let name = node.text_of("type").map(str::to_owned);
    let Some(values) = node.get_mut("enum") else {
        return;
    };
    let origin = values.origin;
    let items = values.as_list_mut().map(std::mem::take).unwrap_or_default();
    let mut kept: Vec<Node> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for mut item in items {
        if let Some(name) = name
            .as_deref()
            .filter(|name| !item.is_null() && !fits(&item, name))
        {
            match converted(context, &item, name) {
                Some(value) => {
                    let message = format!("this value of `enum` is {}; it is read as the {name} that the type demands", item.described());
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
                "this value stands in the `enum` before; it counts once",
            );
        } else {
            kept.push(item);
        }
    }
    if kept.is_empty() {
        context.report(
            codes::ENUM_MIXED,
            origin,
            "no value of this `enum` is left; it is ignored",
        );
        node.take("enum");
        node.set(keys::EMPTY_ENUM, Node::bool(origin, true));
    } else {
        node.set("enum", Node::list(origin, kept));
    }
}

/// `default`: of the type, and one of the values of `enum`.
fn check_default(context: &mut Context<'_>, node: &mut Node) {
    let Some(mut value) = node.get("default").cloned() else {
        return;
    };
    if value.is_null() {
        return;
    }
    let name = node.text_of("type").map(str::to_owned);
    if let Some(name) = name.as_deref().filter(|name| !fits(&value, name)) {
        let Some(mended) = converted(context, &value, name) else {
            let message = format!(
                "the default is {}, but the type is {name}; it is ignored",
                value.described()
            );
            context.report(codes::DEFAULT_TYPE, value.origin, message);
            node.take("default");
            return;
        };
        let message = format!(
            "the default is {}; it is read as the {name} that the type demands",
            value.described()
        );
        context.report(codes::DEFAULT_TYPE, value.origin, message);
        value.value = mended;
        node.set("default", value.clone());
    }
    let allowed = node.get("enum").and_then(Node::as_list);
    if allowed.is_some_and(|allowed| !allowed.contains(&value)) {
        context.report(
            codes::DEFAULT_OUTSIDE,
            value.origin,
            "the default is none of the values of `enum`; it is ignored",
        );
        node.take("default");
    }
}

/// `example`: of the type. It is documentation only, so that a wrong one is merely left out.
fn check_example(context: &mut Context<'_>, node: &mut Node) {
    let Some(mut value) = node.get("example").cloned() else {
        return;
    };
    let Some(name) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    if value.is_null() || fits(&value, &name) {
        return;
    }
    let described = value.described();
    match converted(context, &value, &name) {
        Some(mended) => {
            value.value = mended;
            let message = format!(
                "the example is {described}; it is read as the {name} that the type demands"
            );
            context.report(codes::EXAMPLE_TYPE, value.origin, message);
            node.set("example", value);
        }
        None => {
            let message =
                format!("the example is {described}, but the type is {name}; it is left out");
            context.report(codes::EXAMPLE_TYPE, value.origin, message);
            node.take("example");
        }
    }
}
