//! What the command prints: findings on stderr, results on stdout.

use crate::args::MessageFormat;
use std::io::{self, IsTerminal, Write};
use typewright::diagnostics::codes::host;
use typewright::diagnostics::{
    self, printable, Diagnostic, Diagnostics, Locator, Place, Severity, Style,
};
use typewright::source::Files;

/// Prints, in the form that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Reporter {
    format: MessageFormat,
    deny_warnings: bool,
    style: Style,
}

impl Reporter {
    /// Colours are used where stderr is a terminal and `NO_COLOR` is not set.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command may read the environment"
    )]
    pub fn new(format: MessageFormat, deny_warnings: bool) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            format,
            deny_warnings,
            style: if io::stderr().is_terminal() && !plain {
                Style::Coloured
            } else {
                Style::Plain
            },
        }
    }

    /// Prints findings; whether they stop the command.
    pub fn report(&self, files: &Files, found: &Diagnostics) -> bool {
        let text = match self.format {
            MessageFormat::Human => diagnostics::human(found, files, self.style),
            MessageFormat::Json => diagnostics::lines(found, files),
        };
        self.complain(&text);
        let warnings = count(found, Severity::Warning);
        let denied = self.deny_warnings && warnings > 0;
        if denied && self.format == MessageFormat::Human {
            self.complain(&format!(
                "error: `-D warnings` denies {warnings} warnings\n"
            ));
        }
        denied || found.has_errors()
    }

    /// The same without what is merely worth knowing of the document, which is counted: `inspect` shows it.
    pub fn report_in_short(&self, document: &str, files: &Files, found: &Diagnostics) -> bool {
        if self.format == MessageFormat::Json {
            return self.report(files, found);
        }
        let mut short = Diagnostics::new();
        for diagnostic in found.iter().filter(|found| !passed_over(found)) {
            short.record(diagnostic.clone());
        }
        let stops = self.report(files, &short);
        let notes = found.iter().filter(|found| passed_over(found)).count();
        if notes > 0 {
            self.complain(&format!(
                "{notes} notes: `typewright inspect {document}` shows them\n"
            ));
        }
        stops
    }

    /// Says what should be known of how it was done.
    pub fn note(&self, text: &str) {
        if self.format == MessageFormat::Human {
            self.complain(&format!("{}\n", printable(text)));
        }
    }

    /// Prints why the arguments make no sense.
    pub fn usage(&self, message: &str) {
        self.complain(&format!(
            "error: {message}\n\nFor more information, try '--help'.\n"
        ));
    }

    /// Prints what the command was asked for.
    pub fn print(&self, text: &str) {
        // Who reads has seen enough.
        let _ = io::stdout().write_all(text.as_bytes());
    }

    /// Says what was done.
    pub fn status(&self, text: &str) {
        if self.format == MessageFormat::Human {
            self.print(&format!("{}\n", printable(text)));
        }
    }

    fn complain(&self, text: &str) {
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

fn passed_over(found: &Diagnostic) -> bool {
    let ours = host::ALL.contains(&found.code);
    found.code.severity == Severity::Note && !ours
}

fn count(found: &Diagnostics, severity: Severity) -> usize {
    let of = found.iter().map(|found| found.code.severity);
    of.filter(|own| *own == severity).count()
}

/// Where a finding is, as `file:line:column`; `None` where it is in no file.
pub fn place(files: &Files, place: &Place) -> Option<String> {
    let at = Locator::new(files).locate(place)?;
    Some(format!("{}:{}:{}", at.file.name, at.line, at.column))
}
