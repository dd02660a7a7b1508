//! What is odd about a text that was read all the same.

use super::origin::{OriginId, OriginTable};
use crate::diagnostics::codes::load as codes;
use crate::diagnostics::Diagnostics;

/// Something odd that was seen while reading.
#[derive(Debug)]
pub(super) enum Oddity {
    /// A key was there before; the later member is kept.
    Twice(OriginId),
    /// A merge key whose value has no members.
    Merge(OriginId),
    /// A YAML tag that means nothing here.
    Tag(OriginId, String),
}

/// Says what was odd.
pub(super) fn report(oddities: Vec<Oddity>, table: &OriginTable, diagnostics: &mut Diagnostics) {
    for oddity in oddities {
        match oddity {
            Oddity::Twice(origin) => {
                let steps = table.steps(origin);
                let key = steps.last().copied().unwrap_or_default();
                diagnostics.push(
                    codes::DUPLICATE_KEY,
                    table.key(origin),
                    format!("the key `{key}` stands here more than once; the last one counts"),
                );
            }
            Oddity::Merge(origin) => diagnostics.push(
                codes::MERGE_KEY,
                table.place(origin),
                "what `<<` merges is no object",
            ),
            Oddity::Tag(origin, tag) => diagnostics.push(
                codes::TAG,
                table.place(origin),
                format!("the YAML tag `{tag}` means nothing here; its value was read without it"),
            ),
        }
    }
}
