//! `patternProperties` widens `additionalProperties`; the patterns themselves are kept in a key.

use crate::normalize::keys;
use crate::syntax::{Node, Value};

pub(super) fn patterns(node: &mut Node) {
    let Some(patterns) = node.take("patternProperties") else {
        return;
    };
    let origin = patterns.origin;
    let Value::Object(members) = patterns.value else {
        return;
    };
    let mut names = Vec::new();
    let mut schemas: Vec<Node> = Vec::new();
    for (pattern, schema) in members {
        names.push(Node::text(schema.origin, &*pattern));
        if !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }
    let closed = node
        .get("additionalProperties")
        .is_some_and(|rest| rest.as_bool() == Some(false))
        || node.get(keys::UNEVALUATED_PROPERTIES).is_some()
        || node.get("unevaluatedProperties").is_some();
    let only = node
        .get("additionalProperties")
        .is_some_and(|rest| rest.as_bool() == Some(false));
    let declared = schemas.len();
    match node.take("additionalProperties") {
        // Nothing said of others: strictly anything goes, but who writes patterns means that members follow them.
        None if !closed => {}
        Some(rest) if rest.as_object().is_some() => schemas.push(rest),
        Some(rest) if rest.as_bool() == Some(true) => schemas.clear(),
        _ => {}
    }
    let is_widened = schemas.len() != 1 || declared != 1;
    let widened = match schemas.pop() {
        None => Node::bool(origin, true),
        Some(only) if schemas.is_empty() => only,
        Some(last) => {
            schemas.push(last);
            Node::object(origin).with("anyOf", Node::list(origin, schemas))
        }
    };
    node.set("additionalProperties", widened);
    node.set(keys::PATTERNS, Node::list(origin, names));
    for (key, holds) in [(keys::ONLY_PATTERNS, only), (keys::WIDENED, is_widened)] {
        if holds {
            node.set(key, Node::bool(origin, true));
        }
    }
}
