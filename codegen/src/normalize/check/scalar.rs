//! Values without members: what was written with the wrong type but a clear meaning is retyped.

use crate::diagnostics::codes::normalize as codes;
use crate::normalize::context::Context;
use crate::syntax::{number as numbers, Node, Object, Value};

fn retyped(
    context: &mut Context<'_>,
    key: &str,
    node: &mut Node,
    what: &str,
    value: Value,
) -> bool {
    let message = format!(
        "`{key}` has to be {what}; this is {}, read as one",
        node.described()
    );
    context.report(codes::RETYPED, node.origin, message);
    node.value = value;
    true
}

fn wrong(context: &mut Context<'_>, key: &str, node: &Node, what: &str) -> bool {
    let message = format!("`{key}` has to be {what}; this is {}", node.described());
    context.report(codes::WRONG_TYPE, node.origin, message);
    false
}

pub(super) fn text(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    let plain = match &node.value {
        Value::Text(_) => return true,
        Value::Number(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::List(_) | Value::Object(_) => {
            return wrong(context, key, node, "a string");
        }
    };
    let text = context.written(node).unwrap_or(plain);
    retyped(context, key, node, "a string", Value::Text(text))
}

/// The deepest nesting of groups that is looked into.
const DEEPEST: usize = 200;

/// A regular expression of ECMA-262, as the runtime compiles it: with the flag `u`, else without. What is none stays, as
/// it says something to a reader, and checks nothing.
pub(super) fn pattern(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    if !text(context, key, node) {
        return false;
    }
    if let Some(wrong) = flaw(node.as_text().unwrap_or_default()) {
        let message = format!("`{key}` is no regular expression: {wrong}");
        context.report(codes::PATTERN, node.origin, message);
    }
    true
}

/// The names in `patternProperties`, which are regular expressions too.
pub(super) fn patterns(context: &mut Context<'_>, members: &Object) {
    for (name, member) in members {
        if let Some(wrong) = flaw(name) {
            let message = format!("`{name}` is no regular expression: {wrong}");
            context.report_key(codes::PATTERN, member.origin, message);
        }
    }
}

/// Why a text is no regular expression.
fn flaw(pattern: &str) -> Option<String> {
    if pattern.matches('(').count() > DEEPEST {
        return None;
    }
    let compiled = regress::Regex::with_flags(pattern, "u");
    let wrong = compiled.or_else(|_| regress::Regex::new(pattern)).err()?;
    Some(wrong.text)
}

pub(super) fn boolean(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    if node.as_bool().is_some() {
        return true;
    }
    let said = node.as_text().or(node.as_number()).unwrap_or_default();
    let value = match said.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => true,
        "false" | "no" | "off" | "0" => false,
        _ => return wrong(context, key, node, "`true` or `false`"),
    };
    retyped(context, key, node, "`true` or `false`", Value::Bool(value))
}

/// The text of a number, written as one or in quotes.
fn numeric(node: &Node) -> Option<String> {
    let said = node.as_number().or(node.as_text())?.trim();
    numbers::is_number(said).then(|| said.to_owned())
}

pub(super) fn number(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    match numeric(node) {
        Some(_) if node.as_number().is_some() => true,
        Some(text) => retyped(context, key, node, "a number", Value::Number(text)),
        None => wrong(context, key, node, "a number"),
    }
}

pub(super) fn count(context: &mut Context<'_>, key: &str, node: &mut Node) -> bool {
    let what = "a whole number from 0";
    let Some(text) = numeric(node) else {
        return wrong(context, key, node, what);
    };
    match numbers::as_i64(&text) {
        Some(0..) if node.as_number().is_some() => true,
        Some(0..) => retyped(context, key, node, what, Value::Number(text)),
        Some(_) => {
            let message = format!("`{key}` has to be {what}; this is negative");
            context.report(codes::WRONG_TYPE, node.origin, message);
            false
        }
        None => {
            let message = format!(
                "`{key}` has to be {what} that 63 bits hold; without it nothing is limited"
            );
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

/// A type name, or a list of them. YAML reads an unquoted `null` in the list as no value.
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
