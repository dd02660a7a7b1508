//! Diagnostics of one page.

use std::ops::Range;
use typewright::diagnostics::{Code, Diagnostics, Place};
use typewright::source::FileId;

/// Sink for the diagnostics of one page.
#[derive(Debug)]
pub struct PageReporter<'d> {
    file: FileId,
    diagnostics: &'d mut Diagnostics,
}

impl<'d> PageReporter<'d> {
    /// A reporter for this file.
    pub fn new(file: FileId, diagnostics: &'d mut Diagnostics) -> Self {
        Self { file, diagnostics }
    }

    /// Reports a diagnostic at these bytes.
    pub fn at(&mut self, code: Code, span: &Range<usize>, message: impl Into<String>) {
        self.diagnostics.push(code, Place::Span(self.file, span.clone()), message);
    }

    /// Reports a diagnostic of the whole file.
    pub fn file(&mut self, code: Code, message: impl Into<String>) {
        self.diagnostics.push(code, Place::File(self.file), message);
    }
}
