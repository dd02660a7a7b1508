//! Operations, webhooks and parameters of 3.1 and 3.2, in the places of the normal form.

use super::{keys, METHODS};
use crate::syntax::{Node, Value};

/// Rewrites a `querystring` parameter to one of the query whose content is the whole query string.
pub(super) fn querystring(node: &mut Node) {
    if node.text_of("in") == Some("querystring") {
        let origin = node.origin;
        node.set("in", Node::text(origin, "query"));
        node.set(keys::QUERYSTRING, Node::bool(origin, true));
    }
}

/// Moves webhooks and shared path items to `components.callbacks`, under reserved names.
pub(super) fn document(root: &mut Node) {
    if let Some(webhooks) = root.take("webhooks") {
        add_callback(root, keys::WEBHOOKS, webhooks);
    }
    let Some(components) = root.get_mut("components") else {
        return;
    };
    // each has been copied to its users
    components.take("mediaTypes");
    if let Some(items) = components.take("pathItems") {
        add_callback(root, keys::PATH_ITEMS, items);
    }
}

/// Moves operations with methods that 3.0 does not have to reserved callbacks, one for each method.
pub(super) fn methods(root: &mut Node) {
    let mut moved: Vec<(String, Node)> = Vec::new();
    let paths = root.get_mut("paths").and_then(Node::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in take_other_methods(item) {
            let origin = operation.origin;
            let item = item_with_post(item, operation);
            moved.push((method, Node::object(origin).with(path, item)));
        }
    }
    for (method, items) in moved {
        add_callback(root, &format!("{}{method}", keys::OPERATIONS), items);
    }
}

/// Adds path items to a reserved callback.
fn add_callback(root: &mut Node, name: &str, mut items: Node) {
    let members = items.as_object_mut().map(std::mem::take).unwrap_or_default();
    if members.is_empty() {
        return;
    }
    let components = root.get_or_add("components");
    let callbacks = components.and_then(|components| components.get_or_add("callbacks"));
    let Some(callback) = callbacks.and_then(|callbacks| callbacks.get_or_add(name)) else {
        return;
    };
    for (key, item) in members {
        callback.set(&key, item);
    }
}

/// Removes the operations for which 3.0 has no member, and returns them by method.
fn take_other_methods(item: &mut Node) -> Vec<(String, Node)> {
    let query = item.take("query");
    let mut operations: Vec<_> =
        query.map(|query| ("QUERY".to_owned(), query)).into_iter().collect();
    let additional = item.take("additionalOperations").map(|member| member.value);
    if let Some(Value::Object(members)) = additional {
        for (method, operation) in members {
            let lower = method.to_ascii_lowercase();
            if METHODS.contains(&lower.as_str()) && !item.has(&lower) {
                item.set(&lower, operation);
            } else {
                operations.push((method.to_string(), operation));
            }
        }
    }
    operations
}

/// A copy of a path item with one operation, as its `post`.
fn item_with_post(item: &Node, operation: Node) -> Node {
    let mut copy = Node::object(operation.origin);
    for (key, member) in item.members() {
        let is_shared = matches!(&**key, "summary" | "description" | "servers" | "parameters");
        if is_shared || key.starts_with("x-") {
            copy.set(key, member.clone());
        }
    }
    copy.with("post", operation)
}
