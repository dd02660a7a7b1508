//! What the command prints: findings on stderr, results on stdout.

use crate::args::MessageFormat;
use crate::commands::explain::word;
use serde_json::json;
use std::io::{self, IsTerminal, Write};
use typewright::diagnostics::{Diagnostic, Diagnostics, Place, Severity};
use typewright::load::{FileId, Files};

/// Prints, in the form that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Reporter {
    format: MessageFormat,
    deny_warnings: bool,
    color: bool,
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
            color: io::stderr().is_terminal() && !plain,
        }
    }

    /// Prints findings; whether they stop the command.
    pub fn report(&self, files: &Files, diagnostics: &Diagnostics) -> bool {
        for found in diagnostics.iter() {
            let text = match self.format {
                MessageFormat::Human => self.human(files, found),
                MessageFormat::Json => json_line(files, found),
            };
            self.complain(&text);
        }
        let warnings = diagnostics.iter();
        let warnings = warnings.filter(|found| found.code.severity == Severity::Warning);
        let denied = warnings.count();
        if self.deny_warnings && denied > 0 && self.format == MessageFormat::Human {
            self.complain(&format!(
                "error: {denied} warnings, and `-D warnings` denies them"
            ));
        }
        diagnostics.has_errors() || self.deny_warnings && denied > 0
    }

    fn human(&self, files: &Files, found: &Diagnostic) -> String {
        let severity = word(found.code.severity);
        let place = place(files, &found.place).map(|place| format!("\n --> {place}"));
        let place = place.unwrap_or_default();
        let help = found.help.as_ref().map(|help| format!("\nhelp: {help}"));
        let (bold, plain) = if self.color {
            ("\u{1b}[1m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        let (id, message) = (found.code.id, &found.message);
        let help = help.unwrap_or_default();
        format!("{bold}{severity}[{id}]: {message}{plain}{place}{help}\n")
    }

    /// Prints why the arguments make no sense.
    pub fn usage(&self, message: &str) {
        self.complain(&format!(
            "error: {message}\n\nFor more information, try '--help'."
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
            self.print(&format!("{text}\n"));
        }
    }

    fn complain(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }
}

/// Where a finding is, to be read; `None` where it is in no file.
pub fn place(files: &Files, place: &Place) -> Option<String> {
    let file = files.get(file_of(place)?)?;
    Some(file.name.clone())
}

fn file_of(place: &Place) -> Option<FileId> {
    match place {
        Place::Nowhere => None,
        Place::File(file)
        | Place::Pointer(file, _)
        | Place::Key(file, _)
        | Place::Span(file, _) => Some(*file),
    }
}

fn json_line(files: &Files, found: &Diagnostic) -> String {
    let pointer = match &found.place {
        Place::Pointer(_, pointer) | Place::Key(_, pointer) => Some(pointer),
        Place::Nowhere | Place::File(_) | Place::Span(..) => None,
    };
    let file = file_of(&found.place).and_then(|file| files.get(file));
    json!({
        "code": found.code.id,
        "severity": word(found.code.severity),
        "message": found.message,
        "help": found.help,
        "file": file.map(|file| &file.name),
        "pointer": pointer,
    })
    .to_string()
}
