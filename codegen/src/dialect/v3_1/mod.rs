//! From JSON Schema 2020-12, as 3.1 and 3.2 use it, to the schemas of 3.0. Older drafts come along: documents mix them.

mod bounds;
mod constant;
mod content;
mod items;
mod null;
mod patterns;
mod reference;
mod types;

use super::context::Context;
use super::keys;
use crate::load::Node;

/// Rewrites a schema whose inner schemas have been rewritten.
pub(super) fn schema(context: &mut Context<'_>, node: &mut Node) {
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
    let _ = context;
}

/// `mutualTLS`, which 3.0 does not know.
pub(super) fn scheme(context: &mut Context<'_>, node: &mut Node) {
    let Some(name) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    let _ = context;
    if name == "mutualTLS" {
        let origin = node.origin;
        node.set("type", Node::text(origin, "http"));
        node.set("scheme", Node::text(origin, "mutualTLS"));
        node.set(keys::SCHEME_TYPE, Node::text(origin, name));
    }
}
