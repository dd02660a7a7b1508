//! `$ref` with anything beside it becomes an `allOf` of one branch: 3.0 would ignore what stands beside.

use crate::syntax::Node;

pub(super) fn siblings(node: &mut Node) {
    let Some(target) = node.take("$ref") else {
        return;
    };
    let reference = Node::object(target.origin).with("$ref", target);
    match node.get_mut("allOf").and_then(Node::as_list_mut) {
        Some(branches) => branches.insert(0, reference),
        None => {
            let origin = reference.origin;
            node.set("allOf", Node::list(origin, vec![reference]));
        }
    }
}
