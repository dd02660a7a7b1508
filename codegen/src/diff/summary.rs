//! Changes counted in words: `3 operations and 2 fields added, 1 type removed`.

use super::{Action, Change, Kind};
use std::collections::BTreeMap;

/// Every kind.
const KINDS: [Kind; 11] = [
    Kind::Operation,
    Kind::Group,
    Kind::Type,
    Kind::Field,
    Kind::Variant,
    Kind::Constructor,
    Kind::Setter,
    Kind::Method,
    Kind::Trait,
    Kind::Constant,
    Kind::Handler,
];

impl Kind {
    /// The kind with a noun.
    pub fn named(noun: &str) -> Option<Self> {
        KINDS.into_iter().find(|kind| kind.noun() == noun)
    }

    /// The noun for one item of the kind.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Group => "group",
            Self::Type => "type",
            Self::Field => "field",
            Self::Variant => "variant",
            Self::Constructor => "constructor",
            Self::Setter => "setter",
            Self::Method => "method",
            Self::Trait => "implementation",
            Self::Constant => "constant",
            Self::Handler => "handler",
        }
    }
}

impl Action {
    /// The participle: `added`, `removed`, `renamed`, `changed` or `deprecated`.
    pub fn participle(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Retyped(..) => "changed",
            Self::Deprecated => "deprecated",
        }
    }
}

/// Counts changes; an empty text for none.
pub fn summary<'c>(changes: impl IntoIterator<Item = &'c Change>) -> String {
    let mut counts = BTreeMap::<&str, BTreeMap<Kind, usize>>::new();
    for change in changes {
        let kinds = counts.entry(change.action.participle()).or_default();
        *kinds.entry(change.kind).or_default() += 1;
    }
    let clauses = counts.iter().map(|(participle, kinds)| {
        let nouns: Vec<String> =
            kinds.iter().map(|(kind, count)| count_of(*kind, *count)).collect();
        format!("{} {participle}", join(&nouns))
    });
    clauses.collect::<Vec<_>>().join(", ")
}

fn count_of(kind: Kind, count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {}{plural}", kind.noun())
}

fn join(nouns: &[String]) -> String {
    match nouns {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
