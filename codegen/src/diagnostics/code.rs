//! The stable codes of findings, as data.

use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was repaired, assumed or given up; output is still made.
    Warning,
    /// No output is made.
    Error,
}

/// A kind of finding: a row of the tables in [`codes`](super::codes).
#[derive(Clone, Copy)]
pub struct Code {
    /// The stable name, such as `TW0103`.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// A paragraph with an example and the remedy, printed by `typewright explain`.
    pub explanation: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Declares a table of codes: a constant each, and `ALL` with every one of them.
///
/// A row is `NAME = "TWnnnn", Severity, "title", "explanation";`.
macro_rules! codes {
    ($($name:ident = $id:literal, $severity:ident, $title:literal, $explanation:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub const $name: $crate::diagnostics::Code = $crate::diagnostics::Code {
                id: $id,
                severity: $crate::diagnostics::Severity::$severity,
                title: $title,
                explanation: $explanation,
            };
        )*

        /// Every code of this table, in the order of their ids.
        pub const ALL: &[$crate::diagnostics::Code] = &[$($name),*];
    };
}

pub(crate) use codes;
