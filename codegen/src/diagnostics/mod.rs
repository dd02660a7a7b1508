//! What the generator has to say of a document: one type, one way to say it.
//!
//! Every phase is handed a [`Diagnostics`] and pushes what it finds; nothing stops at the first finding. Places are
//! given as the file and JSON pointer (or byte range) in the *user's* file; line and column are looked up when a
//! diagnostic is shown.

pub(crate) mod code;
pub mod codes;
mod explain;
mod json;
mod locate;
mod render;

#[cfg(test)]
mod tests;

pub use code::{Code, Severity};
pub use explain::explain;
pub use json::{lines, seen};
pub use locate::{Located, Locator};
pub use render::{human, shown, Style};

use crate::source::FileId;
use crate::syntax::{OriginId, OriginTable};
use std::ops::Range;

/// Where in the user's files a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Not in any file, such as a command line option.
    Nowhere,
    /// A file as a whole.
    File(FileId),
    /// A JSON value, by its JSON pointer (RFC 6901) in its file.
    Pointer(FileId, String),
    /// The *key* of a member, by the member's JSON pointer.
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

    /// The file that it is in.
    pub fn file(&self) -> Option<FileId> {
        match self {
            Self::Nowhere => None,
            Self::File(id) | Self::Pointer(id, _) | Self::Key(id, _) | Self::Span(id, _) => {
                Some(*id)
            }
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding this is; decides the severity.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is the matter, in one sentence without a full stop.
    pub message: String,
    /// What to do about it, when there is more to say than the code's own remedy.
    pub help: Option<String>,
}

/// All findings so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a finding.
    pub fn push(&mut self, code: Code, place: Place, message: impl Into<String>) {
        self.record(Diagnostic {
            code,
            place,
            message: message.into(),
            help: None,
        });
    }

    /// Records a finding with a remedy of its own.
    pub fn push_with_help(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.record(Diagnostic {
            code,
            place,
            message: message.into(),
            help: Some(help.into()),
        });
    }

    /// Records that something was given up and hands back what stands in for it.
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

    /// Records a finding that was made elsewhere. The same finding at the same place is kept once.
    pub fn record(&mut self, diagnostic: Diagnostic) {
        if !self
            .found
            .iter()
            .rev()
            .take(16)
            .any(|other| *other == diagnostic)
        {
            self.found.push(diagnostic);
        }
    }

    /// The findings in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Takes out the findings that do not matter.
    pub fn retain(&mut self, matters: impl FnMut(&Diagnostic) -> bool) {
        self.found.retain(matters);
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether any finding stops generation.
    pub fn has_errors(&self) -> bool {
        self.found
            .iter()
            .any(|diagnostic| diagnostic.code.severity == Severity::Error)
    }
}
