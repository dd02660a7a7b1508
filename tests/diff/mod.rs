//! Effects of small changes of a document on callers of its client.

mod callers;
mod rustdoc;
mod semver;
mod surface;

use crate::support::package::Package;
use crate::support::{compare, root, Memory};
use serde::Deserialize;
use serde_yaml::{Mapping, Value};
use std::fmt::Write as _;
use typewright::diff::{Action, Diff};
use typewright::{Document, Options};

/// A change of `base.yaml`.
#[derive(Deserialize)]
pub struct Change {
    /// Description of the change.
    pub name: String,
    /// Level that a release needs.
    level: String,
    /// Verdict of cargo-semver-checks where it is another.
    semver_checks: Option<Verdict>,
    /// Number of changes on the wire.
    #[serde(default)]
    wire: usize,
    /// JSON merge patch.
    patch: Value,
    /// The members of all objects come in the opposite order.
    #[serde(default)]
    reverse: bool,
}

/// Another verdict than ours.
#[derive(Clone, Deserialize)]
struct Verdict {
    /// Level that a release needs.
    level: String,
    /// Reason why it differs.
    reason: String,
}

fn folder() -> std::path::PathBuf {
    root().join("tests/diff")
}

fn yaml<T: serde::de::DeserializeOwned>(file: &str) -> T {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// Applies a JSON merge patch (RFC 7396, section 2).
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Mapping(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_mapping() {
        *target = Mapping::new().into();
    }
    let Value::Mapping(members) = target else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            members.shift_remove(name);
        } else {
            merge(members.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

/// The value with the members of all objects in the opposite order.
pub fn reversed(value: Value) -> Value {
    match value {
        Value::Mapping(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.reverse();
            let members = members.into_iter();
            let members = members.map(|(name, value)| (name, reversed(value)));
            members.collect::<Mapping>().into()
        }
        other => other,
    }
}

impl Change {
    /// The changed document.
    pub fn document(&self) -> String {
        let mut document: Value = yaml("base.yaml");
        merge(&mut document, &self.patch);
        let document = if self.reverse { reversed(document) } else { document };
        serde_yaml::to_string(&document).unwrap()
    }
}

/// Every change of the table.
pub fn changes() -> Vec<Change> {
    yaml("changes.yaml")
}

/// The base document.
pub fn base() -> String {
    serde_yaml::to_string(&yaml::<Value>("base.yaml")).unwrap()
}

/// The client of a document as a package.
fn package(name: &str, document: &str) -> Package {
    let options = Options::new(|options| options.name = "client".to_owned());
    let generated = typewright::generate("openapi.yaml", &Memory::document(document), &options);
    let output = generated.output.unwrap_or_else(|| panic!("{:?}", generated.diagnostics));
    Package::new(name).client(&output)
}

fn diff(old: &str, new: &str) -> Diff {
    let (old, new) = (Memory::document(old), Memory::document(new));
    let document = |loader| Document { entry: "openapi.yaml", loader };
    let comparison = typewright::compare(document(&old), document(&new), &Options::default());
    comparison.diff.unwrap_or_else(|| panic!("{:?}", comparison.new.diagnostics))
}

fn lines(diff: &Diff) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        let (level, action) = (change.level.name(), change.action.participle());
        let _ = write!(text, "  {level}: {action} {} {}", change.kind.noun(), change.old_path);
        let _ = match &change.action {
            Action::Added | Action::Removed | Action::Deprecated => writeln!(text),
            Action::Renamed => writeln!(text, " → {}", change.new_path),
            Action::Retyped(before, after) => writeln!(text, ": `{before}` → `{after}`"),
        };
    }
    for change in &diff.behaviour {
        let (path, aspect) = (&change.path, change.aspect);
        let _ =
            writeln!(text, "  wire: {path}: {aspect}: `{}` → `{}`", change.before, change.after);
    }
    text
}

#[test]
fn every_change_has_its_level() {
    let base = base();
    let mut actual = String::new();
    let mut wrong = String::new();
    for change in changes() {
        let diff = diff(&base, &change.document());
        let _ = write!(actual, "{}: {}\n{}", change.name, diff.level().name(), lines(&diff));
        let actual = (diff.level().name(), diff.behaviour.len());
        if actual != (change.level.as_str(), change.wire) {
            let expected = (change.level.as_str(), change.wire);
            let _ = writeln!(
                wrong,
                "{}: {actual:?} instead of {expected:?}\n{}",
                change.name,
                lines(&diff)
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(compare(&folder().join("expected.txt"), &actual), "");
}

#[test]
fn the_table_is_long_enough_to_mean_something() {
    let changes = changes();
    assert!(changes.len() >= 60, "{} changes", changes.len());
    let mut names: Vec<&str> = changes.iter().map(|change| change.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), changes.len());
}

#[test]
fn nothing_changes_for_a_document_and_itself() {
    let base = base();
    assert_eq!(diff(&base, &base), Diff::default());
}

#[test]
fn the_opposite_of_an_addition_is_a_removal() {
    let base = base();
    for change in changes() {
        let (forth, back) = (diff(&base, &change.document()), diff(&change.document(), &base));
        let count = |diff: &Diff, action: &Action| {
            let changes = diff.changes.iter();
            changes.filter(|change| change.action == *action).count()
        };
        let added = count(&forth, &Action::Added);
        let removed = count(&back, &Action::Removed);
        assert_eq!(added, removed, "{}:\n{}{}", change.name, lines(&forth), lines(&back));
        assert_eq!(forth.behaviour.len(), back.behaviour.len(), "{}", change.name);
    }
}
