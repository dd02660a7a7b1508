//! Differences between two surfaces, each with its level by Cargo's rules for semantic versioning.

use super::surface::{Entry, Kind, Surface};
use crate::diagnostics::Place;
use std::collections::BTreeMap;

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

/// Compares two surfaces. Changes are sorted by level, the gravest first, then by path.
///
/// Parts of an item that was added, removed or renamed are not listed on their own.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let renames = renames(old, new);
    let old_to_new: BTreeMap<&str, &str> = renames.iter().copied().collect();
    let new_to_old: BTreeMap<&str, &str> = renames.iter().map(|(old, new)| (*new, *old)).collect();
    let mut changes = Vec::new();
    for (path, entry) in old {
        let target = old_to_new.get(path.as_str()).copied();
        let renamed_owner = owner_of(path).and_then(|owner| Some((owner, *old_to_new.get(owner)?)));
        let expected = renamed_owner.map(|(owner, new)| path.replacen(owner, new, 1));
        let new_path = target.or(expected.as_deref()).unwrap_or(path);
        match new.get(new_path) {
            Some(now) => {
                if target.is_some() {
                    changes.push(renamed(path, entry, new_path, now));
                }
                let before = translate(&entry.signature, &renames);
                if before != now.signature {
                    changes.push(retyped(path, entry, new_path, now));
                }
            }
            None if owner_of(path).is_some_and(|owner| is_gone(owner, old, new, &old_to_new)) => {}
            None => changes.push(removed(path, entry)),
        }
    }
    for (path, entry) in new {
        let renamed_owner = owner_of(path).and_then(|owner| Some((owner, *new_to_old.get(owner)?)));
        let expected = renamed_owner.map(|(owner, old)| path.replacen(owner, old, 1));
        let is_known = old.contains_key(expected.as_deref().unwrap_or(path));
        let has_new_owner = owner_of(path)
            .is_some_and(|owner| !old.contains_key(owner) && !new_to_old.contains_key(owner));
        if !is_known && !new_to_old.contains_key(path.as_str()) && !has_new_owner {
            changes.push(added(path, entry));
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

fn is_gone(owner: &str, old: &Surface, new: &Surface, renames: &BTreeMap<&str, &str>) -> bool {
    old.contains_key(owner) && !new.contains_key(owner) && !renames.contains_key(owner)
}

/// Pairs of an old and a new path that stand for one node of the document.
fn renames<'s>(old: &'s Surface, new: &'s Surface) -> Vec<(&'s str, &'s str)> {
    let mut nodes = BTreeMap::<(Kind, &str), Vec<&str>>::new();
    for (path, entry) in new.iter().filter(|(path, _)| !old.contains_key(*path)) {
        nodes
            .entry((entry.kind, &entry.node))
            .or_default()
            .push(path);
    }
    let mut pairs = Vec::new();
    for (path, entry) in old.iter().filter(|(path, _)| !new.contains_key(*path)) {
        if entry.kind == Kind::Trait {
            continue;
        }
        if let Some([only]) = nodes
            .get(&(entry.kind, entry.node.as_str()))
            .map(Vec::as_slice)
        {
            pairs.push((path.as_str(), *only));
        }
    }
    pairs
}

/// A signature of the old crate with the new names of renamed types.
fn translate(signature: &str, renames: &[(&str, &str)]) -> String {
    let name = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let mut text = String::with_capacity(signature.len());
    let mut word = String::new();
    let types = renames.iter().filter(|(old, _)| !old.ends_with("()"));
    let types: BTreeMap<String, String> = types.map(|(old, new)| (name(old), name(new))).collect();
    for letter in signature.chars().chain(['\0']) {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        text.push_str(types.get(&word).unwrap_or(&word));
        word.clear();
        if letter != '\0' {
            text.push(letter);
        }
    }
    text
}

fn renamed(old_path: &str, old: &Entry, new_path: &str, new: &Entry) -> Change {
    Change {
        level: Level::Major,
        kind: old.kind,
        action: Action::Renamed,
        old_path: old_path.to_owned(),
        new_path: new_path.to_owned(),
        reason: "callers name it",
        old_place: old.place.clone(),
        new_place: new.place.clone(),
    }
}

fn retyped(old_path: &str, old: &Entry, new_path: &str, new: &Entry) -> Change {
    let reason = match old.kind {
        Kind::Operation | Kind::Constructor => "callers pass other arguments",
        Kind::Setter => "callers pass another type",
        Kind::Type => "callers use it as it was declared",
        Kind::Field | Kind::Variant => "callers read or match the old type",
        Kind::Group | Kind::Method | Kind::Constant => "callers use the old type",
        Kind::Trait => "callers rely on the implementation",
    };
    Change {
        level: Level::Major,
        kind: old.kind,
        action: Action::Retyped(old.signature.clone(), new.signature.clone()),
        old_path: old_path.to_owned(),
        new_path: new_path.to_owned(),
        reason,
        old_place: old.place.clone(),
        new_place: new.place.clone(),
    }
}

fn removed(path: &str, entry: &Entry) -> Change {
    Change {
        level: Level::Major,
        kind: entry.kind,
        action: Action::Removed,
        old_path: path.to_owned(),
        new_path: path.to_owned(),
        reason: "callers may use it",
        old_place: entry.place.clone(),
        new_place: Place::Nowhere,
    }
}

fn added(path: &str, entry: &Entry) -> Change {
    let reason = match entry.kind {
        Kind::Field => "the struct is `#[non_exhaustive]`: no caller builds or matches it in full",
        Kind::Variant => "the enum is `#[non_exhaustive]`: every match has a further arm",
        Kind::Setter => "optional values are set by methods of their own",
        Kind::Operation
        | Kind::Group
        | Kind::Type
        | Kind::Constructor
        | Kind::Method
        | Kind::Trait
        | Kind::Constant => "no caller knows it yet",
    };
    Change {
        level: Level::Minor,
        kind: entry.kind,
        action: Action::Added,
        old_path: path.to_owned(),
        new_path: path.to_owned(),
        reason,
        old_place: Place::Nowhere,
        new_place: entry.place.clone(),
    }
}
