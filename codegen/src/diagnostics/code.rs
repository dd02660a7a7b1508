//! The stable codes of diagnostics, as data.

use super::codes as tables;
use std::fmt;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information; nothing is lost.
    Note,
    /// Something was repaired, assumed or left out; output is produced.
    Warning,
    /// No output is produced.
    Error,
}

/// A kind of diagnostic: a row of the tables in [`codes`](super::codes).
#[derive(Clone, Copy)]
pub struct Code {
    /// The stable name, such as `TW0103`.
    pub id: &'static str,
    /// The severity.
    pub severity: Severity,
    /// The subject in a few words.
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

/// The text of `typewright explain` for a code; `None` if the code is unknown.
///
/// ```
/// let text = typewright::diagnostics::explain("tw0106").unwrap();
/// assert!(text.starts_with("TW0106: a key occurs twice"));
/// ```
pub fn explain(id: &str) -> Option<String> {
    let code = tables::find(id)?;
    let severity = match code.severity {
        Severity::Error => "An error: no output is produced.",
        Severity::Warning => {
            "A warning: output is produced all the same; `-D warnings` prevents it."
        }
        Severity::Note => "A note: nothing is lost.",
    };
    Some(format!("{}: {}\n\n{}\n\n{severity}\n", code.id, code.title, code.explanation))
}

/// Declares a table of codes: a constant for each row, and `ALL` with all of them.
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
