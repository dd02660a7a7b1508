//! Output of the command: diagnostics on stderr, results on stdout.

use crate::args::{Arguments, Colours, MessageFormat};
use crate::clock::{timed, Clock};
use crate::progress::Progress;
use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use typewright::diagnostics::codes::host;
use typewright::diagnostics::{
    escape_invisible, human, lines, printable, Diagnostic, Diagnostics, Locator, Place, Severity,
    Style,
};
use typewright::host::output_dir::Change;
use typewright::source::Files;
use typewright::{Loader, ReadError};

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

/// Name of standard input where a place is in it.
pub const STDIN: &str = "<stdin>";

/// Prints diagnostics and results, in the requested format, and the progress of long runs.
#[derive(Debug)]
pub struct Reporter {
    format: MessageFormat,
    deny_warnings: bool,
    /// `true` if nothing but errors is printed.
    quiet: bool,
    /// `true` if what is read and written is printed, and the time of each phase.
    verbose: bool,
    style: Style,
    progress: Progress,
    clock: Clock,
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
            verbose: arguments.verbose,
            style: if is_coloured { Style::Coloured } else { Style::Plain },
            progress: if shows_progress { Progress::on_stderr() } else { Progress::hidden() },
            clock: Clock::new(),
        }
    }

    /// Shows what a long run is doing; what it did before has ended.
    pub fn phase(&self, text: String) {
        if let Some(line) = self.clock.next(Some(text.clone())) {
            self.detail(|| line);
        }
        self.progress.phase(text);
    }

    /// Ends the last phase, and the run.
    pub fn finish(&self) {
        let last = self.clock.next(None);
        self.detail(|| {
            let last = last.map(|line| line + "\n").unwrap_or_default();
            format!("{last}total: {}", self.clock.total())
        });
    }

    /// Prints what only `--verbose` tells to stderr, a message for each line.
    pub fn detail(&self, text: impl FnOnce() -> String) {
        if !self.verbose {
            return;
        }
        for line in text().lines() {
            match self.format {
                MessageFormat::Human => self.eprint(&format!("{}\n", printable(line))),
                MessageFormat::Json => self.object(&serde_json::json!({ "detail": line })),
            }
        }
    }

    /// Tells `--verbose` of files that were read.
    pub fn detail_files(&self, files: &Files) {
        for (_, file) in files.iter() {
            self.detail(|| format!("read {}: {} bytes", file.name, file.text.len()));
        }
    }

    /// Tells `--verbose` of files that were written or removed.
    pub fn detail_changes(&self, folder: &Path, changes: &[Change]) {
        for change in changes {
            let path = folder.join(&change.path);
            self.detail(|| match &change.new {
                Some(text) => format!("wrote {}: {} bytes", path.display(), text.len()),
                None => format!("removed {}", path.display()),
            });
        }
    }

    /// A loader that shows each file that it reads.
    pub fn observed<'l>(&'l self, loader: &'l dyn Loader) -> Observed<'l> {
        Observed { reporter: self, loader, is_analysis: Cell::new(false) }
    }

    /// `true` if messages are JSON.
    pub fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Prints an object for tools to stderr, if messages are JSON.
    pub fn object(&self, object: &serde_json::Value) {
        if self.is_json() && !self.quiet {
            self.eprint(&format!("{}\n", escape_invisible(&object.to_string())));
        }
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
        let document = if document == STDIN { "-" } else { document };
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

/// A loader that shows each file that it reads.
pub struct Observed<'l> {
    reporter: &'l Reporter,
    loader: &'l dyn Loader,
    /// `true` after the first file, from which on the document is analysed.
    is_analysis: Cell<bool>,
}

impl Observed<'_> {
    /// Shows the file while it is read. After the last one, what is left to do is the analysis.
    fn show(
        &self,
        name: &str,
        read: impl FnOnce() -> Result<String, ReadError>,
    ) -> Result<String, ReadError> {
        let progress = &self.reporter.progress;
        progress.phase(format!("reading {name}"));
        let (text, time) = timed(read);
        if let Ok(text) = &text {
            self.reporter.detail(|| format!("read {name}: {} bytes, {time}", text.len()));
        }
        let analysis = format!("analysing {name}");
        match self.is_analysis.replace(true) {
            true => progress.phase(analysis),
            false => self.reporter.phase(analysis),
        }
        text
    }
}

impl Loader for Observed<'_> {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        self.show(path, || self.loader.load(path))
    }

    fn load_named(&self, name: &str) -> Result<String, ReadError> {
        self.show(name, || self.loader.load_named(name))
    }

    fn is_confined(&self) -> bool {
        self.loader.is_confined()
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
