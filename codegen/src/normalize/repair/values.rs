//! Values inside schemas: `enum`, `default` and `example` held against the type.

use crate::diagnostics::codes::dialect as codes;
use crate::normalize::context::Context;
use crate::normalize::keys;
use crate::syntax::{number, print_json, Node, Value};
use std::collections::BTreeSet;

/// The type that all values have, `null` aside.
pub(super) fn common_type(values: Option<&Node>) -> Option<&'static str> {
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
            context.written(value).unwrap_or_else(|| text.clone()),
        )),
        (Value::Bool(flag), "string") => {
            let plain = flag.to_string();
            Some(Value::Text(context.written(value).unwrap_or(plain)))
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
pub(super) fn enumeration(context: &mut Context<'_>, node: &mut Node) {
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
pub(super) fn default(context: &mut Context<'_>, node: &mut Node) {
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
pub(super) fn example(context: &mut Context<'_>, node: &mut Node) {
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
