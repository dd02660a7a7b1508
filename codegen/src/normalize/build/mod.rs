//! From the rewritten tree to the types of `openapiv3`.
//!
//! Built by hand and not through serde: the crate's untagged enums read everything several times, refuse a whole document
//! for one wrong member and drop members without a word. Nothing here can fail.

mod document;
mod operation;
mod parameter;
mod schema;
mod security;

pub(super) use document::document;

use crate::load::{number, Node, Value as Tree};
use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value;

/// The text of a member.
fn text(node: &Node, key: &str) -> Option<String> {
    node.text_of(key).map(str::to_owned)
}

/// The text of a member, empty where there is none.
fn demanded(node: &Node, key: &str) -> String {
    text(node, key).unwrap_or_default()
}

fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key)?.as_bool()
}

/// A member that is an object, built.
fn member<T>(node: &Node, key: &str, build: fn(&Node) -> T) -> Option<T> {
    node.get(key).map(build)
}

/// A member that is an array, each item built.
fn list<T>(node: &Node, key: &str, build: fn(&Node) -> T) -> Vec<T> {
    let items = node.get(key).and_then(Node::as_list).unwrap_or_default();
    items.iter().map(build).collect()
}

/// A member that is an object of objects, each built.
fn map<T>(node: &Node, key: &str, build: impl Fn(&Node) -> T) -> IndexMap<String, T> {
    let members = node.get(key).into_iter().flat_map(Node::members);
    members
        .map(|(key, member)| (key.to_string(), build(member)))
        .collect()
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    let items = node.get(key).and_then(Node::as_list).unwrap_or_default();
    items
        .iter()
        .filter_map(Node::as_text)
        .map(str::to_owned)
        .collect()
}

/// A reference, or the thing itself.
fn reference_or<T>(node: &Node, build: fn(&Node) -> T) -> ReferenceOr<T> {
    match node.text_of("$ref") {
        Some(reference) => ReferenceOr::Reference {
            reference: reference.to_owned(),
        },
        None => ReferenceOr::Item(build(node)),
    }
}

/// The extensions of an object.
fn extensions(node: &Node) -> IndexMap<String, Value> {
    node.members()
        .filter(|(key, _)| key.starts_with("x-"))
        .map(|(key, member)| (key.to_string(), value(member)))
        .collect()
}

/// A value as serde_json has it; numbers that it cannot hold become the nearest double.
fn value(node: &Node) -> Value {
    match &node.value {
        Tree::Null => Value::Null,
        Tree::Bool(flag) => Value::Bool(*flag),
        Tree::Number(text) => machine_number(text),
        Tree::Text(text) => Value::String(text.clone()),
        Tree::List(items) => Value::Array(items.iter().map(value).collect()),
        Tree::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, member)| (key.to_string(), value(member)))
                .collect(),
        ),
    }
}

fn machine_number(text: &str) -> Value {
    if let Ok(value) = text.parse::<i64>() {
        return Value::from(value);
    }
    if let Ok(value) = text.parse::<u64>() {
        return Value::from(value);
    }
    number::as_f64(text).map_or_else(|| Value::String(text.to_owned()), Value::from)
}

/// Whether [`value`] says exactly what the node says, and a later reader can tell it from nothing.
fn exact(node: &Node) -> bool {
    match &node.value {
        Tree::Null => false,
        Tree::Bool(_) | Tree::Text(_) => true,
        Tree::Number(text) => {
            text.parse::<i64>().is_ok()
                || text.parse::<u64>().is_ok()
                || number::exact_f64(text).is_some()
        }
        Tree::List(items) => items.iter().all(|item| item.is_null() || exact(item)),
        Tree::Object(members) => members
            .values()
            .all(|member| member.is_null() || exact(member)),
    }
}

/// A value that may be inexact: what fits, and its JSON text in the extensions under `key`.
fn kept(node: Option<&Node>, key: &str, extensions: &mut IndexMap<String, Value>) -> Option<Value> {
    let node = node?;
    if !exact(node) {
        extensions.insert(key.to_owned(), Value::String(json(node)));
    }
    Some(value(node))
}

/// A value as JSON text, numbers as they were written.
fn json(node: &Node) -> String {
    match &node.value {
        Tree::Null => "null".to_owned(),
        Tree::Bool(flag) => flag.to_string(),
        Tree::Number(text) => text.clone(),
        Tree::Text(text) => Value::String(text.clone()).to_string(),
        Tree::List(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(","))
        }
        Tree::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(key, member)| format!("{}:{}", Value::String(key.to_string()), json(member)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
    }
}
