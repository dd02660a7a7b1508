//! Changes of a client for its callers, as the commands print them.

use crate::report::place;
use serde::Serialize;
use typewright::diagnostics::Place;
use typewright::diff::{self, Action, Level};
use typewright::source::Files;

/// Maximum number of major changes in a summary.
const MAX_CHANGES: usize = 20;

/// Headings of a changelog (<https://keepachangelog.com/en/1.1.0/>), with the changes below each.
const SECTIONS: [(&str, &[&str]); 4] = [
    ("Added", &["added"]),
    ("Changed", &["changed", "renamed"]),
    ("Deprecated", &["deprecated"]),
    ("Removed", &["removed"]),
];

/// The differences as the commands print them.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Least version step that a release needs: `major`, `minor` or `patch`.
    level: &'static str,
    /// Changes of the Rust API, the gravest first.
    changes: Vec<Change>,
    /// Changes that compile and behave differently on the wire.
    behaviour: Vec<Behaviour>,
    #[serde(skip)]
    summaries: Vec<(Level, String)>,
}

/// Entries of a changelog under one heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading, of those of Keep a Changelog.
    pub title: &'static str,
    /// The entries, each with its end of line.
    pub entries: Vec<String>,
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
    /// The differences, with places in the files of both documents.
    pub fn new(diff: &diff::Diff, old: &Files, new: &Files) -> Self {
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

    /// All changes, grouped by level.
    pub fn human(&self) -> String {
        let mut text = self.counts();
        for (level, _) in &self.summaries {
            text += &format!("\n{}\n", level.name());
            let changes = self.of_level(*level).map(|change| match level {
                Level::Major => change.details(),
                Level::Minor | Level::Patch => change.line(),
            });
            text.extend(changes);
        }
        if !self.behaviour.is_empty() {
            text += "\non the wire\n";
        }
        text.extend(self.behaviour.iter().map(Behaviour::details));
        text
    }

    /// The number of changes of each level, and the major ones, at most [`MAX_CHANGES`]; what is left out is counted in front
    /// of `advice`.
    pub fn summary(&self, advice: &str) -> String {
        let mut text = self.counts();
        let major = self.of_level(Level::Major);
        text.extend(major.take(MAX_CHANGES).map(Change::details));
        let more = self.of_level(Level::Major).count().saturating_sub(MAX_CHANGES);
        if more > 0 {
            text += &format!("  … and {more} more: {advice}\n");
        }
        text
    }

    fn counts(&self) -> String {
        if self.summaries.is_empty() {
            return "patch: the Rust API is the same\n".to_owned();
        }
        let lines = self.summaries.iter();
        lines.map(|(level, summary)| format!("{}: {summary}\n", level.name())).collect()
    }

    fn of_level(&self, level: Level) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.level == level.name())
    }

    /// Entries of a changelog, by the kind of change.
    pub fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        for (title, actions) in SECTIONS {
            let changes = self.changes.iter().filter(|change| actions.contains(&change.action));
            let mut entries: Vec<String> = changes.map(Change::entry).collect();
            if title == "Changed" {
                entries.extend(self.behaviour.iter().map(Behaviour::entry));
            }
            if !entries.is_empty() {
                sections.push(Section { title, entries });
            }
        }
        sections
    }

    /// A section of a changelog.
    pub fn markdown(&self) -> String {
        self.sections().iter().map(Section::markdown).collect()
    }
}

impl Section {
    /// The heading and the entries.
    pub fn markdown(&self) -> String {
        format!("### {}\n\n{}\n", self.title, self.entries.concat())
    }
}

impl Change {
    fn new(change: &diff::Change, old: &Files, new: &Files) -> Self {
        let (before, after) = match &change.action {
            Action::Retyped(before, after) => (Some(before.clone()), Some(after.clone())),
            Action::Added | Action::Removed | Action::Renamed | Action::Deprecated => (None, None),
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

    /// The change in one line, with its places.
    fn line(&self) -> String {
        let (action, kind) = (self.action, self.kind);
        let path = match &self.old_path {
            Some(old_path) => format!("{old_path} → {}", self.path),
            None => self.path.clone(),
        };
        format!("  {action} {kind} {path}{}\n", places(&self.old_place, &self.new_place))
    }

    /// The same, and the declaration before and after.
    fn details(&self) -> String {
        let types = self.before.as_ref().zip(self.after.as_ref());
        let types = types.map(|(before, after)| before_and_after(before, after));
        self.line() + &types.unwrap_or_default()
    }

    /// An entry of a changelog.
    fn entry(&self) -> String {
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

impl Behaviour {
    fn details(&self) -> String {
        let places = places(&self.old_place, &self.new_place);
        let values = before_and_after(&self.before, &self.after);
        format!("  {}: {}{places}\n{values}", self.path, self.aspect)
    }

    /// An entry of a changelog.
    fn entry(&self) -> String {
        let (before, after) = (or_nothing(&self.before), or_nothing(&self.after));
        format!("- On the wire, `{}`: {}: `{before}` → `{after}`\n", self.path, self.aspect)
    }
}

fn before_and_after(before: &str, after: &str) -> String {
    format!("      {}\n    → {}\n", or_nothing(before), or_nothing(after))
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
