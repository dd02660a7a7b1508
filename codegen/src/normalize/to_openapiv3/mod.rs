//! From the rewritten tree to the types of `openapiv3`.
//!
//! Built by hand and not through serde: the crate's untagged enums read everything several times, reject a whole document
//! for one wrong member and drop members silently. Nothing here can fail.

mod document;
mod operation;
mod schema;
mod targets;

pub(crate) use document::document;
pub(crate) use targets::targets;
pub use targets::Targets;

use crate::syntax::{number, Node, Value as Tree};
use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value;

/// The text of a member.
fn text(node: &Node, key: &str) -> Option<String> {
    node.text_of(key).map(str::to_owned)
}

/// The text of a member that OpenAPI requires; empty without the member.
fn required_text(node: &Node, key: &str) -> String {
    text(node, key).unwrap_or_default()
}

fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key)?.as_bool()
}

fn is_set(node: &Node, key: &str) -> bool {
    flag(node, key).unwrap_or_default()
}

/// A member, converted.
fn member<T>(node: &Node, key: &str, convert: impl Fn(&Node) -> T) -> Option<T> {
    node.get(key).map(convert)
}

/// A member that is an array, each item converted.
fn list<T>(node: &Node, key: &str, convert: impl Fn(&Node) -> T) -> Vec<T> {
    let items = node.get(key).and_then(Node::as_list).unwrap_or_default();
    items.iter().map(convert).collect()
}

/// A member that is an object, each of its members converted.
fn map<T>(node: &Node, key: &str, convert: impl Fn(&Node) -> T) -> IndexMap<String, T> {
    let members = node.get(key).into_iter().flat_map(Node::members);
    members.map(|(key, member)| (key.to_string(), convert(member))).collect()
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    let items = node.get(key).and_then(Node::as_list).unwrap_or_default();
    items.iter().filter_map(|item| item.as_text().map(str::to_owned)).collect()
}

/// Converts a Reference Object, or the object itself.
fn or_reference<T>(convert: impl Fn(&Node) -> T) -> impl Fn(&Node) -> ReferenceOr<T> {
    move |node| match text(node, "$ref") {
        Some(reference) => ReferenceOr::Reference { reference },
        None => ReferenceOr::Item(convert(node)),
    }
}

/// The extensions of an object.
fn extensions(node: &Node) -> IndexMap<String, Value> {
    node.members()
        .filter(|(key, _)| key.starts_with("x-"))
        .map(|(key, member)| (key.to_string(), value(member)))
        .collect()
}

/// A value in the types of `serde_json`; a number that no 64-bit integer holds becomes the nearest double.
fn value(node: &Node) -> Value {
    match &node.value {
        Tree::Null => Value::Null,
        Tree::Bool(flag) => Value::Bool(*flag),
        Tree::Number(text) => machine_number(text),
        Tree::Text(text) => Value::String(text.clone()),
        Tree::List(items) => items.iter().map(value).collect(),
        Tree::Object(members) => Value::Object(
            members.iter().map(|(key, member)| (key.to_string(), value(member))).collect(),
        ),
    }
}

fn machine_number(text: &str) -> Value {
    let integer = text.parse::<i64>().map(Value::from);
    let integer = integer.or_else(|_| text.parse::<u64>().map(Value::from));
    integer.unwrap_or_else(|_| {
        number::as_f64(text).map_or_else(|| Value::String(text.to_owned()), Value::from)
    })
}
