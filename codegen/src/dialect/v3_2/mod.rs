//! What 3.2 added, in the words of 3.0 and the keys of the normal form.

use super::context::Context;
use super::keys;
use crate::load::Node;

/// A `querystring` parameter is one of the query whose content is all of it.
pub(super) fn querystring(context: &mut Context<'_>, node: &mut Node) {
    let _ = context;
    if node.text_of("in") == Some("querystring") {
        let origin = node.origin;
        node.set("in", Node::text(origin, "query"));
        node.set(keys::QUERYSTRING, Node::bool(origin, true));
    }
}
