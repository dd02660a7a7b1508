//! Differences between two surfaces, each with its level by Cargo's rules for semantic versioning.

use super::surface::{Entry, Kind, Surface};
use crate::diagnostics::Place;
use std::collections::{BTreeMap, BTreeSet};

/// Effect of a change on callers (<https://doc.rust-lang.org/cargo/reference/semver.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Callers notice nothing at compile time.
    Patch,
    /// Callers compile as before; there is something new.
    Minor,
    /// Some callers no longer compile.
    Major,
}

impl Level {
    /// `major`, `minor` or `patch`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Nature of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The item is new.
    Added,
    /// The item is gone.
    Removed,
    /// The item has another path; the old one is in [`Change::old_path`].
    Renamed,
    /// The item has another signature: before and after.
    Retyped(String, String),
}

/// A change of one item of the public API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Effect on callers.
    pub level: Level,
    /// Kind of the item.
    pub kind: Kind,
    /// Nature of the change.
    pub action: Action,
    /// Rust path of the item before the change; for an added item, its path.
    pub old_path: String,
    /// Rust path of the item after the change; for a removed item, its path.
    pub new_path: String,
    /// Reason for the level.
    pub reason: &'static str,
    /// Place in the old document.
    pub old_place: Place,
    /// Place in the new document.
    pub new_place: Place,
}

/// Renamed items: old paths with their new ones. Parts of a renamed item that kept their own names are not listed.
#[derive(Clone, Debug, Default)]
pub struct Renames(BTreeMap<String, String>);

impl Renames {
    /// Finds the items of two surfaces that stand for one node of the document under different names.
    pub fn new(old: &Surface, new: &Surface) -> Self {
        let mut nodes = BTreeMap::<(Kind, &str), Vec<&str>>::new();
        for (path, entry) in new.iter().filter(|(path, _)| !old.contains_key(*path)) {
            nodes.entry((entry.kind, &entry.node)).or_default().push(path);
        }
        let mut renames = Self::default();
        // Paths are sorted, so an item comes before its parts.
        for (path, entry) in old.iter().filter(|(path, _)| !new.contains_key(*path)) {
            let targets = nodes.get(&(entry.kind, entry.node.as_str()));
            if let (Some([target]), false) = (targets.map(Vec::as_slice), entry.kind == Kind::Trait)
            {
                if renames.path(path) != *target {
                    renames.0.insert(path.clone(), (*target).to_owned());
                }
            }
        }
        renames
    }

    /// The new path of an item or of a part of one.
    pub fn path(&self, old: &str) -> String {
        if let Some(new) = self.0.get(old) {
            return new.clone();
        }
        match owner_of(old) {
            Some(owner) => old.replacen(owner, &self.path(owner), 1),
            None => old.to_owned(),
        }
    }

    /// A signature of the old crate with the new names of renamed types.
    fn signature(&self, old: &str) -> String {
        let name = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        let types = self.0.iter().filter(|(old, _)| !old.ends_with("()"));
        let types: BTreeMap<String, String> =
            types.map(|(old, new)| (name(old), name(new))).collect();
        let mut text = String::with_capacity(old.len());
        let mut word = String::new();
        for letter in old.chars() {
            if letter.is_alphanumeric() || letter == '_' {
                word.push(letter);
                continue;
            }
            text.push_str(types.get(&word).unwrap_or(&word));
            word.clear();
            text.push(letter);
        }
        text + types.get(&word).unwrap_or(&word)
    }
}

/// Compares two surfaces. Changes are sorted by level, the gravest first, then by path.
///
/// Parts of an item that was added or removed are not listed on their own.
pub fn compare(old: &Surface, new: &Surface, renames: &Renames) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut known = BTreeSet::new();
    for (path, entry) in old {
        let new_path = renames.path(path);
        match new.get(&new_path) {
            Some(now) => {
                if renames.0.contains_key(path) {
                    changes.push(change(Action::Renamed, path, Some(entry), &new_path, Some(now)));
                }
                if renames.signature(&entry.signature) != now.signature {
                    let action = Action::Retyped(entry.signature.clone(), now.signature.clone());
                    changes.push(change(action, path, Some(entry), &new_path, Some(now)));
                }
            }
            None => {
                let owner = owner_of(path).filter(|owner| old.contains_key(*owner));
                if owner.is_none_or(|owner| new.contains_key(&renames.path(owner))) {
                    changes.push(change(Action::Removed, path, Some(entry), path, None));
                }
            }
        }
        known.insert(new_path);
    }
    for (path, entry) in new.iter().filter(|(path, _)| !known.contains(*path)) {
        let owner = owner_of(path).filter(|owner| new.contains_key(*owner));
        if owner.is_none_or(|owner| known.contains(owner)) {
            changes.push(change(Action::Added, path, None, path, Some(entry)));
        }
    }
    changes.sort_by(|one, other| {
        let by_level = other.level.cmp(&one.level);
        by_level.then_with(|| one.old_path.cmp(&other.old_path))
    });
    changes
}

/// The item that a path is a part of: `types::Pet` of `types::Pet::name` and of `impl Clone for types::Pet`.
fn owner_of(path: &str) -> Option<&str> {
    if let Some((_, owner)) = path.split_once(" for ") {
        return Some(owner);
    }
    let (owner, _) = path.rsplit_once("::")?;
    owner.contains("::").then_some(owner)
}

fn change(
    action: Action,
    old_path: &str,
    old: Option<&Entry>,
    new_path: &str,
    new: Option<&Entry>,
) -> Change {
    let kind = old.or(new).map_or(Kind::Type, |entry| entry.kind);
    let place = |entry: Option<&Entry>| entry.map_or(Place::Nowhere, |entry| entry.place.clone());
    let (level, reason) = match action {
        Action::Added => (Level::Minor, reason_for_minor(kind)),
        Action::Removed => (Level::Major, "callers may use it"),
        Action::Renamed => (Level::Major, "callers name it"),
        Action::Retyped(..) => (Level::Major, reason_for_major(kind)),
    };
    Change {
        level,
        kind,
        action,
        old_path: old_path.to_owned(),
        new_path: new_path.to_owned(),
        reason,
        old_place: place(old),
        new_place: place(new),
    }
}

/// The reason why another signature breaks callers.
fn reason_for_major(kind: Kind) -> &'static str {
    match kind {
        Kind::Operation | Kind::Constructor => "callers pass other arguments",
        Kind::Setter => "callers pass another type",
        Kind::Type => "callers use it as it was declared",
        Kind::Field | Kind::Variant => "callers read or match the old type",
        Kind::Group | Kind::Method | Kind::Constant => "callers use the old type",
        Kind::Trait => "callers rely on the implementation",
    }
}

/// The reason why an addition breaks no caller.
fn reason_for_minor(kind: Kind) -> &'static str {
    match kind {
        Kind::Field => "the struct is `#[non_exhaustive]`: no caller builds or matches it in full",
        Kind::Variant => "the enum is `#[non_exhaustive]`: every match has a further arm",
        Kind::Setter => "optional values have setters of their own",
        Kind::Operation
        | Kind::Group
        | Kind::Type
        | Kind::Constructor
        | Kind::Method
        | Kind::Trait
        | Kind::Constant => "no caller knows it yet",
    }
}
