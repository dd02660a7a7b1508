//! `typewright generate`.

use super::{report_waiting, write_file};
use crate::api_changes::{Report, Section};
use crate::args::Generate;
use crate::changelog;
use crate::checkout;
use crate::checksum::is_edited;
use crate::client::Client;
use crate::config;
use crate::crate_name;
use crate::file_diff;
use crate::name_lock;
use crate::package;
use crate::remote::{self, is_stdin, Request};
use crate::report::{Reporter, Status, STDIN};
use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{printable, Diagnostics, Place};
use typewright::diff::Diff;
use typewright::host::disk::read_text;
use typewright::host::output_dir::{self, Change, ExclusiveLock, SharedLock};
use typewright::lock;
use typewright::source::Files;
use typewright::{Generated, Options, Output};

/// Generates one client, or all clients of the configuration.
pub fn run(arguments: &Generate, reporter: &Reporter) -> Status {
    let is_nameless =
        arguments.name.is_none() && arguments.document.as_deref().is_some_and(is_stdin);
    if is_nameless {
        reporter.usage("a document from standard input suggests no name: `--name` gives one");
        return Status::Usage;
    }
    let clients = match Client::from_arguments(arguments) {
        Some(client) => vec![client],
        None => {
            match config::clients(arguments.config.as_deref(), arguments.allow_outside, reporter) {
                Ok(clients) => clients,
                Err(status) => return status,
            }
        }
    };
    all(&clients, arguments, reporter)
}

/// Generates each of these clients.
pub fn all(clients: &[Client], arguments: &Generate, reporter: &Reporter) -> Status {
    let is_only = clients.len() == 1;
    let each = clients.iter().map(|client| Run { client, is_only, arguments, reporter }.run());
    each.max().unwrap_or(Status::Done)
}

/// The paths of all files of a crate.
fn paths(output: &Output) -> Vec<String> {
    let modules = output.modules.iter().map(|module| format!("src/{}", module.path));
    let tests = output.tests.iter().map(|test| format!("tests/{}.rs", test.name));
    modules.chain(tests).chain(["Cargo.toml".to_owned(), lock::FILE.to_owned()]).collect()
}

/// The generation of one client.
struct Run<'a> {
    client: &'a Client,
    /// `true` if the run generates no other client.
    is_only: bool,
    arguments: &'a Generate,
    reporter: &'a Reporter,
}

impl Run<'_> {
    fn run(&self) -> Status {
        let client = self.client;
        let Some(options) = self.options() else {
            return Status::Failed;
        };
        let request = Request {
            document: &client.document,
            root: client.root.as_deref(),
            base: &client.base,
            fetch: client.fetch,
        };
        let Some(opened) = remote::open(request, self.reporter) else {
            return Status::Failed;
        };
        let loader = self.reporter.observed(opened.loader.as_ref());
        let analysed = typewright::analyse(&opened.entry, &loader, &options);
        self.reporter.phase(format!("emitting {}", options.name));
        let generated = analysed.generate(&options);
        let has_lock = !options.lock.api.is_empty();
        let report = generated.output.as_ref().filter(|_| has_lock).map(|output| {
            let diff = Diff { changes: output.changes.clone(), behaviour: Vec::new() };
            Report::new(&diff, &Files::default(), &generated.files)
        });
        match self.arguments.check {
            true => self.compare(&opened.entry, generated, report),
            false => self.write(&opened.entry, generated, report),
        }
    }

    /// The options of the client, with what its folder holds of earlier runs; `None`, after a diagnostic, if that cannot be used.
    fn options(&self) -> Option<Options> {
        let mut options = self.client.options.clone();
        let mut diagnostics = Diagnostics::new();
        crate_name::check(&options.name, &mut diagnostics);
        if self.reporter.report(&Files::default(), &diagnostics) {
            return None;
        }
        let out = &self.client.out;
        options.lock = match self.arguments.update_names {
            true => name_lock::public_api(out),
            false => name_lock::read(out, self.reporter)?,
        };
        options.extension = package::has_extension(out);
        Some(options)
    }

    /// Locks the folder before it is read, so that the plan still holds when it is carried out. Without output no folder is
    /// needed. `report` is what changes for callers, if the last run left a lock.
    fn write(&self, entry: &str, mut generated: Generated, report: Option<Report>) -> Status {
        let diagnostics = &mut generated.diagnostics;
        let old_changelog = self.old_changelog(diagnostics);
        let output = generated.output.take();
        let locked = output.as_ref().and_then(|_| {
            let waiting = || report_waiting(&self.client.out, self.reporter);
            output_dir::lock(&self.client.out, waiting, diagnostics)
        });
        let changes = output.filter(|_| locked.is_some());
        let changes = changes.and_then(|output| self.plan(output, diagnostics));
        let edited = self.edited(changes.as_deref().unwrap_or_default(), diagnostics);
        if self.reporter.report_in_short(entry, &generated.files, diagnostics) {
            let differences = file_diff::differences(&edited);
            self.reporter.explain_error(&file_diff::summary(&self.client.out, &differences));
            return Status::Failed;
        }
        let (Some(locked), Some(changes)) = (locked, changes) else {
            return Status::Failed;
        };
        if !self.apply(locked, &changes) {
            return Status::Failed;
        }
        let Some(report) = report.filter(|_| !changes.is_empty()) else {
            return Status::Done;
        };
        let lock = self.client.out.join(lock::FILE);
        let advice = format!("`git diff {}` shows all", lock.display());
        self.reporter.status(report.summary(&advice).trim_end());
        self.renew_changelog(&old_changelog, &report)
    }

    /// The changes to make in the folder of the client; `None`, after a diagnostic, if that is impossible.
    fn plan(&self, output: Output, diagnostics: &mut Diagnostics) -> Option<Vec<Change>> {
        self.reporter.phase(format!("formatting {}", self.client.options.name));
        let paths = paths(&output);
        let changes = package::plan(self.client, output, diagnostics)?;
        let is_changed = |path: &String| changes.iter().any(|change| change.path == *path);
        for path in paths.iter().filter(|path| !is_changed(path)) {
            self.reporter.detail(|| format!("unchanged {}", self.client.out.join(path).display()));
        }
        Some(changes)
    }

    /// Makes the changes, and releases the folder.
    fn apply(&self, locked: ExclusiveLock, changes: &[Change]) -> bool {
        self.reporter.phase(format!("writing {}", self.client.options.name));
        let mut diagnostics = Diagnostics::new();
        let written = output_dir::apply(&locked, changes, &mut diagnostics);
        self.reporter.report(&Files::default(), &diagnostics);
        if !written {
            return false;
        }
        self.reporter.detail_changes(&self.client.out, changes);
        let removed = changes.iter().filter(|change| change.new.is_none()).count();
        let out = self.client.out.display();
        self.reporter.status(&match (changes.len() - removed, removed) {
            (0, 0) => format!("{out}: current"),
            (files, 0) => format!("{out}: {files} written"),
            (files, _) => format!("{out}: {files} written, {removed} removed"),
        });
        if self.client.runtime_path.is_none() && changes.iter().any(package::is_first_manifest) {
            self.reporter.status(&checkout::remark(&self.client.out));
        }
        true
    }

    /// Reports the changes that would replace or remove a file that was edited by hand, and returns them.
    fn edited(&self, changes: &[Change], diagnostics: &mut Diagnostics) -> Vec<Change> {
        if self.arguments.force {
            return Vec::new();
        }
        let is_edited = |change: &&Change| change.old.as_deref().is_some_and(is_edited);
        let edited: Vec<Change> = changes.iter().filter(is_edited).cloned().collect();
        for change in &edited {
            let path = self.client.out.join(&change.path);
            let message = format!("`{}` was edited by hand", path.display());
            let help = "`--force` replaces it; code of your own can be in `src/ext/`";
            diagnostics.push_with_help(codes::EDITED_FILE, Place::Nowhere, message, help);
        }
        edited
    }

    fn compare(&self, entry: &str, mut generated: Generated, report: Option<Report>) -> Status {
        let (client, reporter) = (self.client, self.reporter);
        let _shared = SharedLock::new(&client.out);
        let output = generated.output.take();
        let changes = output.and_then(|output| self.plan(output, &mut generated.diagnostics));
        let stops = reporter.report_in_short(entry, &generated.files, &generated.diagnostics);
        let Some(changes) = changes.filter(|_| !stops) else {
            return Status::Failed;
        };
        let differences = file_diff::differences(&changes);
        if differences.is_empty() {
            reporter.status(&format!("{}: current", client.out.display()));
            return Status::Done;
        }
        if reporter.is_json() {
            for difference in &differences {
                reporter.object(&difference.json(&client.out));
            }
            return Status::Stale;
        }
        let differences = file_diff::summary(&client.out, &differences);
        let entry = if entry == STDIN { "-" } else { entry };
        reporter.print(&printable(&differences));
        let advice = format!("`typewright diff {} {entry}` shows all", client.out.display());
        let summary = report.map(|report| report.summary(&advice));
        reporter.print(&printable(&summary.unwrap_or_default()));
        Status::Stale
    }

    /// The text of the changelog that the arguments name; empty if there is none. Reported before anything is written if it
    /// cannot be read.
    fn old_changelog(&self, diagnostics: &mut Diagnostics) -> String {
        let path = self.arguments.changelog.as_deref().filter(|path| path.exists());
        let text = path.map_or(Ok(String::new()), read_text);
        text.unwrap_or_else(|reason| {
            let path = path.unwrap_or(Path::new("")).display();
            let message = format!("`{path}` cannot be read: {reason}");
            diagnostics.lost(codes::UNWRITABLE, Place::Nowhere, message, String::new())
        })
    }

    /// Adds what changes for callers to the changelog that the arguments name. What cannot be written is printed instead,
    /// since the next run finds no changes any more.
    fn renew_changelog(&self, old: &str, report: &Report) -> Status {
        let sections = self.entries(report);
        let Some(path) = self.arguments.changelog.as_deref().filter(|_| !sections.is_empty())
        else {
            return Status::Done;
        };
        let status = write_file(path, &changelog::with_entries(old, &sections), self.reporter);
        if status == Status::Failed {
            let entries: String = sections.iter().map(Section::markdown).collect();
            self.reporter.explain_error(&entries);
        }
        status
    }

    /// The entries for a changelog, which name the client if the run generates several.
    fn entries(&self, report: &Report) -> Vec<Section> {
        let mut sections = report.sections();
        if !self.is_only {
            let named = format!("- `{}`: ", self.client.options.name);
            for entry in sections.iter_mut().flat_map(|section| &mut section.entries) {
                *entry = entry.replacen("- ", &named, 1);
            }
        }
        sections
    }
}
