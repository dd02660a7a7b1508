//! The failure of a build script, and findings as Cargo shows them.

use crate::diagnostics::{self, Diagnostic, Diagnostics, Locator, Severity, Style};
use crate::source::Files;
use crate::unseen::{escaped, is_unseen};
use std::fmt;

/// Why no client was generated. Its `Debug` form, which Rust prints when `main` returns it, shows each finding.
pub struct Error {
    pub(super) files: Files,
    pub(super) diagnostics: Diagnostics,
}

impl Error {
    /// What was found.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The files that were read.
    pub fn files(&self) -> &Files {
        &self.files
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.diagnostics.iter();
        let errors = errors.filter(|found| found.code.severity == Severity::Error);
        for (number, found) in errors.enumerate() {
            let gap = if number == 0 { "" } else { "\n" };
            write!(f, "{gap}{}", one_line(&self.files, found))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = diagnostics::human(&self.diagnostics, &self.files, Style::Plain);
        write!(f, "no client was generated\n\n{}", shown.trim_end())
    }
}

impl std::error::Error for Error {}

/// A finding with its place, as one line.
pub(super) fn one_line(files: &Files, found: &Diagnostic) -> String {
    let located = Locator::new(files).locate(&found.place);
    let place = located.map(|at| format!("{}:{}:{}: ", at.file.name, at.line, at.column));
    let message = found.message.replace(['\n', '\r'], " ");
    let line = format!("{}{message} [{}]", place.unwrap_or_default(), found.code.id);
    escaped(&line, is_unseen).into_owned()
}
