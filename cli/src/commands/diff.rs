//! `typewright diff`.

use crate::args::{Diff, DiffFormat};
use crate::paths::configuration_folder;
use crate::remote::{self, Opened, Request};
use crate::report::{place, Reporter, Status};
use serde::Serialize;
use typewright::diagnostics::{printable, Place};
use typewright::diff::{self, Action, Level};
use typewright::source::Files;
use typewright::{Comparison, Document, Options};

/// Prints what a release with the new document changes for callers of the client.
pub fn run(arguments: &Diff, denied: Option<Level>, reporter: &Reporter) -> Status {
    let (Some(old), Some(new)) =
        (open(&arguments.old, arguments, reporter), open(&arguments.new, arguments, reporter))
    else {
        return Status::Failed;
    };
    let loaders = [&old, &new].map(|opened| reporter.observed(opened.loader.as_ref()));
    let [old_loader, new_loader] = &loaders;
    let old = Document { entry: &old.entry, loader: old_loader };
    let new = Document { entry: &new.entry, loader: new_loader };
    let comparison = typewright::compare(old, new, &Options::default());
    let Comparison { old, new, diff } = &comparison;
    let old_failed = reporter.report_in_short(&arguments.old, &old.files, &old.diagnostics);
    let new_failed = reporter.report_in_short(&arguments.new, &new.files, &new.diagnostics);
    let Some(diff) = diff.as_ref().filter(|_| !old_failed && !new_failed) else {
        return Status::Failed;
    };
    let report = Report::new(diff, &old.files, &new.files);
    match arguments.format {
        DiffFormat::Human => reporter.print(&printable(&report.human())),
        DiffFormat::Markdown => reporter.print(&report.markdown()),
        DiffFormat::Json => {
            if let Ok(json) = serde_json::to_string_pretty(&report) {
                reporter.print(&format!("{json}\n"));
            }
        }
    }
    if denied.is_some_and(|denied| diff.level() >= denied && !diff.changes.is_empty()) {
        Status::Denied
    } else {
        Status::Done
    }
}

fn open(document: &str, arguments: &Diff, reporter: &Reporter) -> Option<Opened> {
    let request = Request {
        document,
        root: arguments.root.as_deref(),
        base: &configuration_folder(None),
        fetch: true,
    };
    remote::open(request, reporter)
}

/// The differences as the command prints them.
#[derive(Debug, Serialize)]
struct Report {
    /// Least version step that a release needs: `major`, `minor` or `patch`.
    level: &'static str,
    /// Changes of the Rust API, the gravest first.
    changes: Vec<Change>,
    /// Changes that compile and behave differently on the wire.
    behaviour: Vec<Behaviour>,
    #[serde(skip)]
    summaries: Vec<(Level, String)>,
}

#[derive(Debug, Serialize)]
struct Change {
    level: &'static str,
    action: &'static str,
    kind: &'static str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_place: Option<String>,
}

#[derive(Debug, Serialize)]
struct Behaviour {
    path: String,
    aspect: &'static str,
    before: String,
    after: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_place: Option<String>,
}

impl Report {
    fn new(diff: &diff::Diff, old: &Files, new: &Files) -> Self {
        let changes = diff.changes.iter();
        let behaviour = diff.behaviour.iter().map(|change| Behaviour {
            path: change.path.clone(),
            aspect: change.aspect,
            before: change.before.clone(),
            after: change.after.clone(),
            old_place: place(old, &change.old_place),
            new_place: place(new, &change.new_place),
        });
        let levels = [Level::Major, Level::Minor].into_iter();
        let summaries = levels.map(|level| {
            let changes = diff.changes.iter().filter(|change| change.level == level);
            (level, diff::summary(changes))
        });
        Self {
            level: diff.level().name(),
            changes: changes.map(|change| Change::new(change, old, new)).collect(),
            behaviour: behaviour.collect(),
            summaries: summaries.filter(|(_, text)| !text.is_empty()).collect(),
        }
    }

    fn human(&self) -> String {
        let mut text = String::new();
        for (level, summary) in &self.summaries {
            text += &format!("{}: {summary}\n", level.name());
        }
        if self.summaries.is_empty() {
            text += "patch: the Rust API is the same\n";
        }
        for (level, _) in &self.summaries {
            text += &format!("\n{}\n", level.name());
            let changes = self.changes.iter().filter(|change| change.level == level.name());
            for change in changes {
                text += &format!(
                    "  {}{}\n",
                    change.sentence(),
                    places(&change.old_place, &change.new_place)
                );
                if *level == Level::Minor {
                    continue;
                }
                if let (Some(before), Some(after)) = (&change.before, &change.after) {
                    text += &format!("      {}\n    → {}\n", or_nothing(before), or_nothing(after));
                }
            }
        }
        if !self.behaviour.is_empty() {
            text += "\non the wire\n";
        }
        for change in &self.behaviour {
            let places = places(&change.old_place, &change.new_place);
            text += &format!("  {}: {}{places}\n", change.path, change.aspect);
            text += &format!(
                "      {}\n    → {}\n",
                or_nothing(&change.before),
                or_nothing(&change.after)
            );
        }
        text
    }

    /// A section of a changelog.
    fn markdown(&self) -> String {
        let mut text = String::new();
        let sections = [
            ("Added", "added"),
            ("Changed", "changed"),
            ("Renamed", "renamed"),
            ("Removed", "removed"),
        ];
        for (title, action) in sections {
            let changes = self.changes.iter().filter(|change| change.action == action);
            let lines: Vec<String> = changes.map(Change::markdown).collect();
            if !lines.is_empty() {
                text += &format!("### {title}\n\n{}\n", lines.concat());
            }
        }
        if !self.behaviour.is_empty() {
            text += "### Behaviour on the wire\n\n";
            for change in &self.behaviour {
                let (before, after) = (or_nothing(&change.before), or_nothing(&change.after));
                text +=
                    &format!("- `{}`: {}: `{before}` → `{after}`\n", change.path, change.aspect);
            }
            text += "\n";
        }
        text
    }
}

impl Change {
    fn new(change: &diff::Change, old: &Files, new: &Files) -> Self {
        let (before, after) = match &change.action {
            Action::Retyped(before, after) => (Some(before.clone()), Some(after.clone())),
            Action::Added | Action::Removed | Action::Renamed => (None, None),
        };
        let located = |files, at: &Place| place(files, at);
        Self {
            level: change.level.name(),
            action: change.action.participle(),
            kind: change.kind.noun(),
            path: change.new_path.clone(),
            old_path: (change.old_path != change.new_path).then(|| change.old_path.clone()),
            before,
            after,
            reason: change.reason,
            old_place: located(old, &change.old_place),
            new_place: located(new, &change.new_place),
        }
    }

    fn sentence(&self) -> String {
        let (action, kind) = (self.action, self.kind);
        match &self.old_path {
            Some(old_path) => format!("{action} {kind} {old_path} → {}", self.path),
            None => format!("{action} {kind} {}", self.path),
        }
    }

    fn markdown(&self) -> String {
        let breaking = if self.level == "major" { "**Breaking:** " } else { "" };
        let path = match &self.old_path {
            Some(old_path) => format!("`{old_path}` is `{}`", self.path),
            None => format!("`{}`", self.path),
        };
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                let (before, after) = (or_nothing(before), or_nothing(after));
                format!("- {breaking}{} {path}: `{before}` → `{after}`\n", self.kind)
            }
            _ => format!("- {breaking}{} {path}\n", self.kind),
        }
    }
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() {
        "nothing"
    } else {
        text
    }
}

fn places(old: &Option<String>, new: &Option<String>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => format!(" ({old} → {new})"),
        (Some(only), None) | (None, Some(only)) => format!(" ({only})"),
        (None, None) => String::new(),
    }
}
