//! The flaws of real documents that can be mended safely, each with a code of its own.

mod complete;
mod keys;
mod schema;
mod values;

mod operations;
mod templates;

pub(super) use complete::complete;
pub(super) use operations::operations;
pub(super) use schema::finish as finish_schema;

use super::context::Context;
use super::kinds::Kind;
use super::version::Version;
use crate::diagnostics::codes::dialect as codes;
use crate::syntax::Node;

/// Mends what is wrong with an object before its members are looked at.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "most kinds of object need nothing here"
)]
pub(super) fn before(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    match kind {
        Kind::Schema => schema::before(context, node),
        Kind::Paths => keys::paths(context, node),
        Kind::Responses => keys::statuses(context, node),
        Kind::RequestBody | Kind::Response | Kind::Parameter | Kind::Header => {
            if let Some(content) = node.get_mut("content") {
                keys::media_types(context, content);
            }
        }
        _ => {}
    }
}

/// Turns something that is no object into the object that it stands for; says whether there is one.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "most kinds of object need nothing here"
)]
pub(super) fn stand_in(context: &mut Context<'_>, kind: Kind, node: &mut Node) -> bool {
    match kind {
        Kind::Schema => schema::stand_in(context, node),
        Kind::Discriminator => {
            let Some(name) = node.as_text() else {
                return false;
            };
            let name = Node::text(node.origin, name);
            if context.version != Version::V2_0 {
                let message = "a discriminator is an object; this is read as its `propertyName`";
                context.report(codes::RETYPED, node.origin, message);
            }
            *node = Node::object(node.origin).with("propertyName", name);
            true
        }
        _ => false,
    }
}
