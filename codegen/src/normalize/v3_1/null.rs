//! `null` as a branch or as a value becomes `nullable`.

use crate::syntax::Node;

/// Keywords that describe rather than restrict: the outer one wins where branches are joined.
const WORDS: [&str; 5] = [
    "title",
    "description",
    "example",
    "deprecated",
    "externalDocs",
];

/// Takes the branch out that allows only `null`.
pub(super) fn branches(node: &mut Node) {
    for key in ["anyOf", "oneOf"] {
        let Some(list) = node.get_mut(key).and_then(Node::as_list_mut) else {
            continue;
        };
        let before = list.len();
        list.retain(|branch| !is_null(branch));
        if list.len() == before {
            continue;
        }
        let origin = node.get(key).map_or(node.origin, |list| list.origin);
        node.set("nullable", Node::bool(origin, true));
        let left = node
            .get(key)
            .and_then(Node::as_list)
            .map_or(0, <[Node]>::len);
        if left == 0 {
            node.take(key);
            let only = Node::new(origin, crate::syntax::Value::Null);
            node.set("enum", Node::list(origin, vec![only]));
        } else if left == 1 {
            join(node, key);
        }
    }
}

/// Whether a rewritten schema allows `null` and nothing else.
fn is_null(branch: &Node) -> bool {
    let only = branch
        .get("enum")
        .and_then(Node::as_list)
        .is_some_and(|values| !values.is_empty() && values.iter().all(Node::is_null));
    only && !branch.has("type")
}

/// Joins the only branch with the schema around it.
fn join(node: &mut Node, key: &str) {
    let Some(branch) = node.take(key).and_then(|list| list.into_list().pop()) else {
        return;
    };
    let clash = branch
        .members()
        .any(|(key, _)| node.has(key) && !WORDS.contains(&&**key) && &**key != "nullable");
    if clash || branch.has("$ref") {
        match node.get_mut("allOf").and_then(Node::as_list_mut) {
            Some(list) => list.push(branch),
            None => drop(node.set("allOf", Node::list(branch.origin, vec![branch]))),
        }
        return;
    }
    let crate::syntax::Value::Object(members) = branch.value else {
        return;
    };
    for (key, member) in members {
        if !node.has(&key) {
            node.set(&key, member);
        }
    }
}

/// `null` among the values of `enum` is said by `nullable` alone.
pub(super) fn values(node: &mut Node) {
    let Some(list) = node.get_mut("enum").and_then(Node::as_list_mut) else {
        return;
    };
    let Some(null) = list
        .iter()
        .find(|value| value.is_null())
        .map(|value| value.origin)
    else {
        return;
    };
    if list.iter().any(|value| !value.is_null()) {
        list.retain(|value| !value.is_null());
    }
    node.set("nullable", Node::bool(null, true));
}
