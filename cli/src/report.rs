//! Output of the command: diagnostics on stderr, results on stdout.

use crate::args::MessageFormat;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use typewright::diagnostics::codes::host;
use typewright::diagnostics::{
    human, lines, printable, Diagnostic, Diagnostics, Locator, Place, Severity, Style,
};
use typewright::source::Files;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Success.
    Done,
    /// `--check` found output that is not current.
    Stale,
    /// `diff` found a change that `-D` denies.
    Denied,
    /// The input has errors.
    Failed,
    /// The arguments are wrong.
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => ExitCode::SUCCESS,
            Status::Failed => ExitCode::from(1),
            Status::Usage => ExitCode::from(2),
            Status::Stale => ExitCode::from(3),
            Status::Denied => ExitCode::from(4),
        }
    }
}

/// Prints diagnostics and results, in the requested format.
#[derive(Clone, Copy, Debug)]
pub struct Reporter {
    format: MessageFormat,
    deny_warnings: bool,
    style: Style,
}

impl Reporter {
    /// A reporter that uses colours if stderr is a terminal and `NO_COLOR` is not set.
    #[expect(clippy::disallowed_methods, reason = "the command may read the environment")]
    pub fn new(format: MessageFormat, deny_warnings: bool) -> Self {
        let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            format,
            deny_warnings,
            style: if io::stderr().is_terminal() && !is_plain {
                Style::Coloured
            } else {
                Style::Plain
            },
        }
    }

    /// Prints diagnostics; returns `true` if they stop the command.
    pub fn report(&self, files: &Files, diagnostics: &Diagnostics) -> bool {
        let text = match self.format {
            MessageFormat::Human => human(diagnostics, files, self.style),
            MessageFormat::Json => lines(diagnostics, files),
        };
        self.eprint(&text);
        let warnings = count(diagnostics, Severity::Warning);
        let denied = self.deny_warnings && warnings > 0;
        if denied && self.format == MessageFormat::Human {
            self.eprint(&format!("error: `-D warnings` denies {warnings} warnings\n"));
        }
        denied || diagnostics.has_errors()
    }

    /// Prints diagnostics as [`Self::report`] does, but only counts the notes about the document, which `inspect` lists.
    pub fn report_in_short(
        &self,
        document: &str,
        files: &Files,
        diagnostics: &Diagnostics,
    ) -> bool {
        if self.format == MessageFormat::Json {
            return self.report(files, diagnostics);
        }
        let mut short = Diagnostics::new();
        for diagnostic in diagnostics.iter().filter(|diagnostic| !is_minor(diagnostic)) {
            short.record(diagnostic.clone());
        }
        let stops = self.report(files, &short);
        let notes = diagnostics.iter().filter(|diagnostic| is_minor(diagnostic)).count();
        if notes > 0 {
            self.eprint(&format!("{notes} notes: `typewright inspect {document}` shows them\n"));
        }
        stops
    }

    /// Prints a remark to stderr.
    pub fn note(&self, text: &str) {
        if self.format == MessageFormat::Human {
            self.eprint(&format!("{}\n", printable(text)));
        }
    }

    /// Prints a usage error.
    pub fn usage(&self, message: &str) {
        self.eprint(&format!("error: {message}\n\nFor more information, try '--help'.\n"));
    }

    /// Prints a result to stdout.
    pub fn print(&self, text: &str) {
        // a closed stdout is no reason to fail
        let _ = io::stdout().write_all(text.as_bytes());
    }

    /// Prints a line about what was done.
    pub fn status(&self, text: &str) {
        if self.format == MessageFormat::Human {
            self.print(&format!("{}\n", printable(text)));
        }
    }

    fn eprint(&self, text: &str) {
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

/// `true` for notes about the document; those about the run itself matter.
fn is_minor(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.severity == Severity::Note && !host::ALL.contains(&diagnostic.code)
}

fn count(diagnostics: &Diagnostics, severity: Severity) -> usize {
    let severities = diagnostics.iter().map(|diagnostic| diagnostic.code.severity);
    severities.filter(|other| *other == severity).count()
}

/// A place as `file:line:column`; `None` if it is in no file.
pub fn place(files: &Files, place: &Place) -> Option<String> {
    let at = Locator::new(files).locate(place)?;
    Some(format!("{}:{}:{}", at.file.name, at.line, at.column))
}

/// Name of a severity.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
