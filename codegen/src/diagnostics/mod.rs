//! Diagnostics: the one type through which every phase reports the problems of a document.
//!
//! Each phase receives a [`Diagnostics`] and adds to it; none stops at the first problem. A place is a file with a JSON
//! Pointer or a byte range in the *user's* file; line and column are determined when a diagnostic is printed.

pub(crate) mod code;
pub mod codes;
mod json;
mod locate;
mod render;

#[cfg(test)]
mod tests;

pub use code::{explain, Code, Severity};
pub use json::{escape_invisible, lines};
pub use locate::{Located, Locator};
pub use render::{human, printable, Style};

use crate::source::FileId;
use crate::syntax::{OriginId, OriginTable};
use std::ops::Range;

/// The place in the user's files that a diagnostic points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In no file, as for a command-line option.
    Nowhere,
    /// A whole file.
    File(FileId),
    /// A value, by its JSON Pointer (RFC 6901) in its file.
    Pointer(FileId, String),
    /// The *key* of a member, by the member's JSON Pointer.
    Key(FileId, String),
    /// A byte range of the file's text.
    Span(FileId, Range<usize>),
}

impl Place {
    /// The place of a value.
    pub fn value(table: &OriginTable, origin: OriginId) -> Self {
        Self::Pointer(table.file(origin), table.pointer(origin))
    }

    /// The place of the key of a value.
    pub fn key(table: &OriginTable, origin: OriginId) -> Self {
        Self::Key(table.file(origin), table.pointer(origin))
    }

    /// The file of the place.
    pub fn file(&self) -> Option<FileId> {
        match self {
            Self::Nowhere => None,
            Self::File(id) | Self::Pointer(id, _) | Self::Key(id, _) | Self::Span(id, _) => {
                Some(*id)
            }
        }
    }
}

/// A problem of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem, which determines the severity.
    pub code: Code,
    /// The place.
    pub place: Place,
    /// The problem in one sentence without a full stop.
    pub message: String,
    /// A remedy that is more specific than that of the code.
    pub help: Option<String>,
}

/// The diagnostics reported so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    entries: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reports a problem.
    pub fn push(&mut self, code: Code, place: Place, message: impl Into<String>) {
        self.record(Diagnostic { code, place, message: message.into(), help: None });
    }

    /// Reports a problem with a specific remedy.
    pub fn push_with_help(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.record(Diagnostic { code, place, message: message.into(), help: Some(help.into()) });
    }

    /// Reports that something was left out, and returns its substitute.
    pub fn lost<T>(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        fallback: T,
    ) -> T {
        self.push(code, place, message);
        fallback
    }

    /// Adds a diagnostic, unless the same one was added just before.
    pub fn record(&mut self, diagnostic: Diagnostic) {
        // a look at all of them would take quadratic time
        let mut recent = self.entries.iter().rev().take(16);
        if !recent.any(|other| *other == diagnostic) {
            self.entries.push(diagnostic);
        }
    }

    /// The diagnostics in the order of their report.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.entries.iter()
    }

    /// Removes the diagnostics that do not pass the filter.
    pub fn retain(&mut self, filter: impl FnMut(&Diagnostic) -> bool) {
        self.entries.retain(filter);
    }

    /// `true` if nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// `true` if any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.entries.iter().any(|diagnostic| diagnostic.code.severity == Severity::Error)
    }
}
