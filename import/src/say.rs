//! Findings about one page.

use std::ops::Range;
use typewright::diagnostics::{Code, Diagnostics, Place};
use typewright::source::FileId;

/// Says what is to be said of one file.
#[derive(Debug)]
pub struct Say<'d> {
    file: FileId,
    found: &'d mut Diagnostics,
}

impl<'d> Say<'d> {
    /// Speaks of this file.
    pub fn of(file: FileId, found: &'d mut Diagnostics) -> Self {
        Self { file, found }
    }

    /// Says something of these bytes.
    pub fn at(&mut self, code: Code, span: &Range<usize>, message: impl Into<String>) {
        self.found
            .push(code, Place::Span(self.file, span.clone()), message);
    }

    /// Says something of the file as a whole.
    pub fn file(&mut self, code: Code, message: impl Into<String>) {
        self.found.push(code, Place::File(self.file), message);
    }
}
