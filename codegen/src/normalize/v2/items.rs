//! `items` as a list of schemas, which 2.0 does not have: it is no tuple there.

use crate::diagnostics::codes::dialect as codes;
use crate::normalize::context::Context;
use crate::normalize::version::Version;
use crate::syntax::Node;

/// Lets each item be of any of the schemas that `items` lists.
pub(in crate::normalize) fn items(context: &mut Context<'_>, node: &mut Node) {
    let is_list = |items: &&Node| items.as_list().is_some();
    if context.version != Version::V2_0 || node.get("items").filter(is_list).is_none() {
        return;
    }
    let Some(items) = node.take("items") else {
        return;
    };
    let origin = items.origin;
    let message = "`items` lists several schemas; each item of the array is read as any of them";
    context.report(codes::ITEMS_OF_SEVERAL, origin, message);
    let mut schemas = items.into_list();
    let any = match schemas.len() {
        0 => Node::object(origin),
        1 => schemas.pop().unwrap_or_else(|| Node::object(origin)),
        _ => Node::object(origin).with("anyOf", Node::list(origin, schemas)),
    };
    node.set("items", any);
}
