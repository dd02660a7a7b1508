//! Webhooks and shared path items: requests that the service makes, kept where 3.0 keeps such requests.

use crate::normalize::keys;
use crate::syntax::Node;

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
