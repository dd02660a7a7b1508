//! What is done to an object once it has been checked: later versions are rewritten to 3.0, the rest is carried in keys.

mod carry;

pub(super) use carry::rest_to;

use super::context::Context;
use super::kinds::Kind;
use super::{repair, v2, v3_1, v3_2};
use crate::syntax::Node;

/// Rewrites an object whose members have been rewritten.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "most kinds of object need nothing here"
)]
pub(super) fn after(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    match kind {
        Kind::Schema => {
            v2::items(context, node);
            v3_1::schema(node);
            repair::finish_schema(context, node);
        }
        Kind::Parameter => {
            v3_2::querystring(node);
            v2::flat(context, node);
        }
        Kind::Header => v2::flat(context, node),
        Kind::SecurityScheme => {
            v2::scheme(node);
            v3_1::scheme(node);
        }
        _ => {}
    }
    carry::carry(context, kind, node);
}
