//! Scalars. A value of the wrong type with only one possible meaning is converted.

use crate::diagnostics::codes::normalize as codes;
use crate::normalize::context::Context;
use crate::syntax::{number as numbers, Node, Object, Value};

fn retyped(
    context: &mut Context<'_>,
    key: &str,
    node: &mut Node,
    expected: &str,
    value: Value,
) -> bool {
    let message =
        format!("`{key}` has to be {expected}; this is {}, which is converted", node.described());
    context.report(codes::RETYPED, node.origin, message);
    node.value = value;
    true
}

fn wrong(context: &mut Context<'_>, key: &str, node: &Node, expected: &str) -> bool {
    let message = format!("`{key}` has to be {expected}; this is {}", node.described());
    context.report(codes::WRONG_TYPE, node.origin, message);
    false
}

pub(super) fn text(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    let value = match &node.value {
        Value::Text(_) => return true,
        Value::Number(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::List(_) | Value::Object(_) => {
            return wrong(context, key, node, "a string");
        }
    };
    let text = context.source_text(node).unwrap_or(value);
    retyped(context, key, node, "a string", Value::Text(text))
}

/// The number of groups up to which patterns are compiled: the compiler is recursive.
const MAX_GROUPS: usize = 200;

/// Checks a regular expression of ECMA-262, compiled as in the runtime: with the flag `u`, else without. An invalid one stays
/// as documentation.
pub(super) fn pattern(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    if !text(context, key, node) {
        return false;
    }
    if let Some(error) = pattern_error(node.as_text().unwrap_or_default()) {
        let message = format!("`{key}` is not a regular expression: {error}");
        context.report(codes::PATTERN, node.origin, message);
    }
    true
}

/// Checks the keys of `patternProperties`, which are regular expressions.
pub(super) fn patterns(context: &mut Context<'_>, members: &Object) {
    for (name, member) in members {
        if let Some(error) = pattern_error(name) {
            let message = format!("`{name}` is not a regular expression: {error}");
            context.report_key(codes::PATTERN, member.origin, message);
        }
    }
}

/// The reason why a text is not a regular expression.
fn pattern_error(pattern: &str) -> Option<String> {
    if pattern.matches('(').count() > MAX_GROUPS {
        return None;
    }
    let compiled = regress::Regex::with_flags(pattern, "u");
    let error = compiled.or_else(|_| regress::Regex::new(pattern)).err()?;
    Some(error.text)
}

pub(super) fn boolean(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    if node.as_bool().is_some() {
        return true;
    }
    let text = node.as_text().or(node.as_number()).unwrap_or_default();
    let value = match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => true,
        "false" | "no" | "off" | "0" => false,
        _ => return wrong(context, key, node, "`true` or `false`"),
    };
    retyped(context, key, node, "`true` or `false`", Value::Bool(value))
}

/// The text of a number, which may be quoted.
fn numeric(node: &Node) -> Option<String> {
    let text = node.as_number().or(node.as_text())?.trim();
    numbers::is_number(text).then(|| text.to_owned())
}

pub(super) fn number(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    match numeric(node) {
        Some(_) if node.as_number().is_some() => true,
        Some(text) => retyped(context, key, node, "a number", Value::Number(text)),
        None => wrong(context, key, node, "a number"),
    }
}

pub(super) fn count(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    let expected = "a non-negative integer";
    let Some(text) = numeric(node) else {
        return wrong(context, key, node, expected);
    };
    match numbers::as_i64(&text) {
        Some(0..) if node.as_number().is_some() => true,
        Some(0..) => retyped(context, key, node, expected, Value::Number(text)),
        Some(_) => {
            let message = format!("`{key}` has to be {expected}; this is negative");
            context.report(codes::WRONG_TYPE, node.origin, message);
            false
        }
        None => {
            let message = format!("`{key}` has to be {expected} below 2^63; it is ignored");
            context.report(codes::WRONG_TYPE, node.origin, message);
            false
        }
    }
}

pub(super) fn bound(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    if node.as_bool().is_some() {
        return true;
    }
    if matches!(node.as_text(), Some("true" | "false")) {
        return boolean(context, key, node);
    }
    number(context, key, node)
}

/// Checks a type name, or a list of them. YAML reads an unquoted `null` in the list as no value.
pub(super) fn types(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    let Some(items) = node.as_list_mut() else {
        return node.as_text().is_some() || wrong(context, key, node, "a type name");
    };
    items.retain_mut(|item| {
        if item.is_null() {
            let value = Value::Text("null".to_owned());
            return retyped(context, key, item, "a type name", value);
        }
        item.as_text().is_some() || wrong(context, key, item, "a type name")
    });
    true
}
