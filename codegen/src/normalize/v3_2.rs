//! Paths, webhooks and parameters of 3.1 and 3.2 in the places that 3.0 and the extension keys have for them.

use super::keys;
use crate::syntax::{Node, Value};

/// A `querystring` parameter is one of the query whose content is all of it.
pub(super) fn querystring(node: &mut Node) {
    if node.text_of("in") == Some("querystring") {
        let origin = node.origin;
        node.set("in", Node::text(origin, "query"));
        node.set(keys::QUERYSTRING, Node::bool(origin, true));
    }
}

/// Moves operations with methods that 3.0 does not know to reserved callbacks, one for each method.
pub(super) fn methods(root: &mut Node) {
    let mut found: Vec<(String, String, Node)> = Vec::new();
    for (path, item) in root
        .get_mut("paths")
        .and_then(Node::as_object_mut)
        .into_iter()
        .flatten()
    {
        for (method, operation) in others(item) {
            found.push((method, path.to_string(), around(item, operation)));
        }
    }
    for (method, path, item) in found {
        let name = format!("{}{method}", keys::OPERATIONS);
        let items = Node::object(item.origin).with(&path, item);
        callback(root, &name, items);
    }
}

/// Takes the operations out that 3.0 has no member for.
fn others(item: &mut Node) -> Vec<(String, Node)> {
    let mut found = Vec::new();
    if let Some(operation) = item.take("query") {
        found.push(("QUERY".to_owned(), operation));
    }
    if let Some(Value::Object(members)) = item.take("additionalOperations").map(|more| more.value) {
        for (method, operation) in members {
            let lower = method.to_ascii_lowercase();
            let known = [
                "get", "put", "post", "delete", "options", "head", "patch", "trace",
            ];
            if known.contains(&lower.as_str()) && !item.has(&lower) {
                item.set(&lower, operation);
            } else {
                found.push((method.to_string(), operation));
            }
        }
    }
    found
}

/// A path item with everything of another but its operations, and this operation as its `post`.
fn around(item: &Node, operation: Node) -> Node {
    let mut copy = Node::object(operation.origin);
    for (key, member) in item.members() {
        if key.starts_with("x-")
            || ["summary", "description", "servers", "parameters"].contains(&&**key)
        {
            copy.set(key, member.clone());
        }
    }
    copy.with("post", operation)
}

/// Moves what has no place in 3.0 to `components.callbacks` under reserved names.
pub(in crate::normalize) fn document(root: &mut Node) {
    if let Some(webhooks) = root.take("webhooks") {
        callback(root, keys::WEBHOOKS, webhooks);
    }
    let items = root
        .get_mut("components")
        .and_then(|components| components.take("pathItems"));
    if let Some(items) = items {
        callback(root, keys::PATH_ITEMS, items);
    }
    if let Some(components) = root.get_mut("components") {
        // each was copied to where it is used
        components.take("mediaTypes");
    }
}

/// Adds to a reserved callback.
pub(in crate::normalize) fn callback(root: &mut Node, name: &str, mut items: Node) {
    if items.as_object().is_none_or(|members| members.is_empty()) {
        return;
    }
    let origin = items.origin;
    if !root.has("components") {
        root.set("components", Node::object(root.origin));
    }
    let Some(components) = root.get_mut("components") else {
        return;
    };
    if !components.has("callbacks") {
        components.set("callbacks", Node::object(origin));
    }
    let Some(callbacks) = components.get_mut("callbacks") else {
        return;
    };
    match callbacks.get_mut(name) {
        Some(known) => {
            for (key, item) in items
                .as_object_mut()
                .map(std::mem::take)
                .unwrap_or_default()
            {
                known.set(&key, item);
            }
        }
        None => drop(callbacks.set(name, items)),
    }
}
