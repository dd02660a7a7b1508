//! From JSON Schema 2020-12, as 3.1 and 3.2 use it, to the schemas of 3.0. Older drafts come along: documents mix them.

mod bounds;
mod constant;
mod content;
mod document;
mod items;
mod null;
mod patterns;
mod reference;
mod types;

pub(super) use document::{callback, document};

use super::keys;
use crate::syntax::Node;

/// Rewrites a schema whose inner schemas have been rewritten.
pub(super) fn schema(node: &mut Node) {
    reference::siblings(node);
    constant::constant(node);
    items::tuple(node);
    items::dependencies(node);
    bounds::bounds(node);
    types::types(node);
    null::branches(node);
    patterns::patterns(node);
    content::content(node);
    content::examples(node);
    null::values(node);
}

/// `mutualTLS`, which 3.0 does not know.
pub(super) fn scheme(node: &mut Node) {
    let Some(name) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    if name == "mutualTLS" {
        let origin = node.origin;
        node.set("type", Node::text(origin, "http"));
        node.set("scheme", Node::text(origin, "mutualTLS"));
        node.set(keys::SCHEME_TYPE, Node::text(origin, name));
    }
}
