//! Tuples and dependencies of older drafts, in the spelling of 2020-12.

use crate::normalize::keys;
use crate::normalize::rewrite::rest_to;
use crate::syntax::{Node, Value};

/// `items` as an array is `prefixItems`, `additionalItems` then is `items`.
pub(super) fn tuple(node: &mut Node) {
    if node
        .get("items")
        .is_some_and(|items| items.as_list().is_some())
    {
        let rest = node.take("additionalItems").and_then(rest_to);
        let prefix = node.take("items");
        if let Some(prefix) = prefix.filter(|_| !node.has("prefixItems")) {
            node.set("prefixItems", prefix);
        }
        if let Some(rest) = rest {
            node.set("items", rest);
        }
    }
    if node.has("prefixItems") && !node.has("type") {
        let origin = node
            .get("prefixItems")
            .map_or(node.origin, |prefix| prefix.origin);
        node.set("type", Node::text(origin, "array"));
        node.set(keys::ASSUMED_TYPE, Node::bool(origin, true));
    }
}

/// `dependencies` is `dependentRequired` and `dependentSchemas` in one.
pub(super) fn dependencies(node: &mut Node) {
    let Some(old) = node.take("dependencies") else {
        return;
    };
    let Value::Object(members) = old.value else {
        return;
    };
    for (name, member) in members {
        let key = if member.as_list().is_some() {
            "dependentRequired"
        } else {
            "dependentSchemas"
        };
        if !node.has(key) {
            node.set(key, Node::object(old.origin));
        }
        if let Some(map) = node.get_mut(key) {
            map.set(&name, member);
        }
    }
}
