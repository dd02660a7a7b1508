//! Exclusive bounds that are numbers become a bound with a flag.

use crate::syntax::{number, Node, Value};

pub(super) fn bounds(node: &mut Node) {
    bound(node, "minimum", "exclusiveMinimum", |bound, exclusive| {
        bound > exclusive
    });
    bound(node, "maximum", "exclusiveMaximum", |bound, exclusive| {
        bound < exclusive
    });
}

/// `tighter` says whether the plain bound leaves less room than the exclusive one.
fn bound(node: &mut Node, plain: &str, exclusive: &str, tighter: fn(f64, f64) -> bool) {
    let Some(limit) = node.get(exclusive) else {
        return;
    };
    let origin = limit.origin;
    let Value::Number(text) = &limit.value else {
        if !node.has(plain) {
            node.take(exclusive);
        }
        return;
    };
    let limit = limit.clone();
    let own = node
        .get(plain)
        .and_then(Node::as_number)
        .and_then(number::as_f64);
    let wins = own
        .zip(number::as_f64(text))
        .is_some_and(|(own, limit)| tighter(own, limit));
    if wins {
        node.take(exclusive);
    } else {
        node.set(plain, limit);
        node.set(exclusive, Node::bool(origin, true));
    }
}
