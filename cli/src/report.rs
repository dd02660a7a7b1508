//! Output of the command: diagnostics on stderr, results on stdout.

use crate::args::{Arguments, Colours, MessageFormat};
use crate::progress::{Observed, Progress};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use typewright::diagnostics::codes::host;
use typewright::diagnostics::{
    human, lines, printable, Diagnostic, Diagnostics, Locator, Place, Severity, Style,
};
use typewright::source::Files;
use typewright::Loader;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Success.
    Done,
    /// `--check` found output that is not current.
    Stale,
    /// `diff` found a change that `-D` denies.
    Denied,
    /// `fix` left something to do.
    Unfinished,
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
            Status::Unfinished => ExitCode::from(5),
        }
    }
}

/// Prints diagnostics and results, in the requested format, and the progress of long runs.
#[derive(Debug)]
pub struct Reporter {
    format: MessageFormat,
    deny_warnings: bool,
    /// `true` if nothing but errors is printed.
    quiet: bool,
    style: Style,
    progress: Progress,
}

impl Reporter {
    /// A reporter that uses colours as `--color` says, by default if stderr is a terminal, and shows progress if it is one on
    /// which lines can be replaced, outside of CI.
    pub fn new(arguments: &Arguments) -> Self {
        let (format, quiet) = (arguments.message_format, arguments.quiet);
        let is_terminal = io::stderr().is_terminal();
        let is_coloured = match arguments.color {
            Colours::Always => true,
            Colours::Never => false,
            Colours::Auto if is_set("NO_COLOR") => false,
            Colours::Auto => is_terminal || is_forced(),
        };
        let is_replaceable = is_terminal && !is_set("CI") && !is_dumb();
        let shows_progress = is_replaceable && !quiet && format == MessageFormat::Human;
        Self {
            format,
            deny_warnings: arguments.denies_warnings(),
            quiet,
            style: if is_coloured { Style::Coloured } else { Style::Plain },
            progress: if shows_progress { Progress::on_stderr() } else { Progress::hidden() },
        }
    }

    /// Shows what a long run is doing.
    pub fn phase(&self, text: String) {
        self.progress.phase(text);
    }

    /// A loader that shows each file that it reads.
    pub fn observed<'l>(&self, loader: &'l dyn Loader) -> Observed<'l> {
        self.progress.observed(loader)
    }

    /// Prints diagnostics; returns `true` if they stop the command.
    pub fn report(&self, files: &Files, diagnostics: &Diagnostics) -> bool {
        let warnings = count(diagnostics, Severity::Warning);
        let denied = self.deny_warnings && warnings > 0;
        let least = match (self.quiet, denied) {
            (false, _) => Severity::Note,
            (true, true) => Severity::Warning,
            (true, false) => Severity::Error,
        };
        let printed = filtered(diagnostics, |diagnostic| diagnostic.code.severity >= least);
        self.eprint(&match self.format {
            MessageFormat::Human => human(&printed, files, self.style),
            MessageFormat::Json => lines(&printed, files),
        });
        if denied && self.format == MessageFormat::Human {
            let warnings = counted(warnings, "warning");
            self.eprint(&format!("error: `-D warnings` denies {warnings}\n"));
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
        let short = filtered(diagnostics, |diagnostic| !is_minor(diagnostic));
        let stops = self.report(files, &short);
        let notes = diagnostics.iter().filter(|diagnostic| is_minor(diagnostic)).count();
        if notes > 0 && !self.quiet {
            let (notes, them) = (counted(notes, "note"), if notes == 1 { "it" } else { "them" });
            self.eprint(&format!("{notes}: `typewright inspect {document}` shows {them}\n"));
        }
        stops
    }

    /// Prints a remark to stderr.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.explain_error(&format!("{text}\n"));
        }
    }

    /// The log of a run that goes on, in whose way no progress is shown any more.
    pub fn log(&self) -> Log {
        self.progress.end();
        Log { format: self.format, quiet: self.quiet }
    }

    /// Prints more lines about an error that was reported to stderr.
    pub fn explain_error(&self, text: &str) {
        if self.format == MessageFormat::Human {
            self.eprint(&printable(text));
        }
    }

    /// Prints a usage error.
    pub fn usage(&self, message: &str) {
        self.eprint(&format!("error: {message}\n\nFor more information, try '--help'.\n"));
    }

    /// Prints a place of the sources of callers, and a remark on it, to stderr.
    pub fn remark(&self, place: &str, remark: &str) {
        match self.format {
            MessageFormat::Human => self.note(&format!("{place}: {remark}")),
            MessageFormat::Json => {
                let line = serde_json::json!({ "place": place, "message": remark });
                self.eprint(&format!("{line}\n"));
            }
        }
    }

    /// Prints an error that has no diagnostic.
    pub fn failure(&self, message: &str) {
        self.eprint(&format!("error: {}\n", printable(message)));
    }

    /// Prints a result to stdout.
    pub fn print(&self, text: &str) {
        if !self.quiet {
            // a closed stdout is no reason to fail
            self.progress.suspend(|| drop(io::stdout().write_all(text.as_bytes())));
        }
    }

    /// Prints a line about what was done.
    pub fn status(&self, text: &str) {
        if self.format == MessageFormat::Human {
            self.print(&format!("{}\n", printable(text)));
        }
    }

    fn eprint(&self, text: &str) {
        self.progress.suspend(|| drop(io::stderr().write_all(text.as_bytes())));
    }
}

/// Lines about events of a run that goes on, on stderr.
#[derive(Clone, Copy, Debug)]
pub struct Log {
    format: MessageFormat,
    quiet: bool,
}

impl Log {
    /// Writes an event: its lines, or its JSON if that is the format of messages.
    pub fn write(&self, lines: &str, json: &serde_json::Value) {
        if self.quiet {
            return;
        }
        let text = match self.format {
            MessageFormat::Human => lines.to_owned(),
            MessageFormat::Json => format!("{json}\n"),
        };
        // a closed stderr is no reason to fail
        drop(io::stderr().write_all(text.as_bytes()));
    }
}

/// `true` if a variable of the environment is set and not empty.
#[expect(clippy::disallowed_methods, reason = "the command may read the environment")]
fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// `true` if `CLICOLOR_FORCE` asks for colours where there is no terminal.
#[expect(clippy::disallowed_methods, reason = "the command may read the environment")]
fn is_forced() -> bool {
    std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// `true` for a terminal without commands for the cursor.
#[expect(clippy::disallowed_methods, reason = "the command may read the environment")]
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|name| name == "dumb")
}

fn filtered(diagnostics: &Diagnostics, is_kept: impl Fn(&Diagnostic) -> bool) -> Diagnostics {
    let mut result = Diagnostics::new();
    let diagnostics = diagnostics.iter().filter(|diagnostic| is_kept(diagnostic));
    diagnostics.for_each(|diagnostic| result.record(diagnostic.clone()));
    result
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

/// A number of things: `1 note`, `2 notes`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Name of a severity.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
