//! `const` becomes an `enum` of one value.

use crate::normalize::keys;
use crate::syntax::Node;

pub(super) fn constant(node: &mut Node) {
    let Some(value) = node.take("const") else {
        return;
    };
    let origin = value.origin;
    node.set("enum", Node::list(origin, vec![value]));
    node.set(keys::CONST, Node::bool(origin, true));
}
