//! Differences between two surfaces, each with its level by Cargo's rules for semantic versioning.

use super::surface::{Entry, Kind, Surface, RUNTIME};
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
    /// Callers of the item get a warning.
    Deprecated,
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

/// Correspondence of the names in two surfaces.
#[derive(Clone, Debug, Default)]
pub struct Renames {
    /// Old paths with their new ones. Parts of a renamed item that kept their own names are not listed.
    paths: BTreeMap<String, String>,
    /// Words of signatures of the old surface.
    old: Vocabulary,
    /// Words of signatures of the new surface.
    new: Vocabulary,
}

/// Words of the signatures of one surface.
#[derive(Clone, Debug, Default)]
struct Vocabulary {
    /// Aliases with the types that they stand for.
    aliases: Words,
    /// Names of types with those in the new surface.
    types: Words,
}

impl Vocabulary {
    /// Collects the words of a surface that is compared with another one. The name of a type of the other one alone stands for
    /// a type of the runtime.
    fn new(surface: &Surface, other: &Surface) -> Self {
        let others = other.keys().filter(|path| owner_of(path).is_none());
        let others = others.filter(|path| path.starts_with("types::"));
        let foreign = others.filter(|path| !surface.contains_key(*path)).map(|path| name_of(path));
        let types = foreign.map(|name| (name.to_owned(), format!("{RUNTIME}{name}"))).collect();
        Self { aliases: aliases(surface), types }
    }

    /// A signature with the names of the new surface; `expanded` without aliases.
    fn signature(&self, signature: &str, expanded: bool) -> String {
        match expanded {
            true => replace_words(&replace_words(signature, &self.aliases), &self.types),
            false => replace_words(signature, &self.types),
        }
    }
}

/// Words of signatures, and the text in place of each.
type Words = BTreeMap<String, String>;

impl Renames {
    /// Finds the items of two surfaces that stand for one node of the document under different names.
    pub fn new(old: &Surface, new: &Surface) -> Self {
        let mut nodes = BTreeMap::<(Kind, &str), Vec<&str>>::new();
        for (path, entry) in new.iter().filter(|(path, _)| !old.contains_key(*path)) {
            nodes.entry((entry.kind, &entry.node)).or_default().push(path);
        }
        let (paths, words) = (BTreeMap::new(), Vocabulary::new(old, new));
        let mut renames = Self { paths, old: words, new: Vocabulary::new(new, old) };
        // Paths are sorted, so an item comes before its parts.
        for (path, entry) in old.iter().filter(|(path, _)| !new.contains_key(*path)) {
            let targets = nodes.get(&(entry.kind, entry.node.as_str())).map(Vec::as_slice);
            let (Some([target]), false) = (targets, entry.kind == Kind::Trait) else {
                continue;
            };
            if renames.path(path) == *target {
                continue;
            }
            renames.paths.insert(path.clone(), (*target).to_owned());
            if entry.kind == Kind::Type {
                renames.old.types.insert(name_of(path).to_owned(), name_of(target).to_owned());
            }
        }
        renames
    }

    /// The new path of an item or of a part of one.
    pub fn path(&self, old: &str) -> String {
        if let Some(new) = self.paths.get(old) {
            return new.clone();
        }
        match owner_of(old) {
            Some(owner) => old.replacen(owner, &self.path(owner), 1),
            None => old.to_owned(),
        }
    }

    /// `true` if callers of an item no longer compile, or pass the same values in another order. Other names of arguments
    /// alone break no caller.
    pub fn breaks(&self, old: &Entry, new: &Entry) -> bool {
        let (before, after) = (old.arguments(), new.arguments());
        if before.is_empty() || before.len() != after.len() {
            return !self.is_same(&old.signature, &new.signature);
        }
        let mut types = before.iter().zip(&after);
        !types.all(|((_, old), (_, new))| self.is_same(old, new)) || is_reordered(&before, &after)
    }

    /// The change of a signature. A name of two types is told apart.
    fn retyped(&self, old: &Entry, new: &Entry) -> Action {
        let (before, after) = (&old.signature, &new.signature);
        if before != after {
            return Action::Retyped(before.clone(), after.clone());
        }
        Action::Retyped(self.old.signature(before, false), self.new.signature(after, false))
    }

    /// `true` if two signatures are the same, types renamed. Neither an alias in place of its type is another signature, nor an
    /// alias of another type: that is a change of the alias.
    fn is_same(&self, old: &str, new: &str) -> bool {
        let mut forms = [false, true].into_iter();
        forms.any(|expanded| self.old.signature(old, expanded) == self.new.signature(new, expanded))
    }
}

/// The last segment of a path.
fn name_of(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// Aliases of a surface with the types that they stand for, which name no other alias.
fn aliases(surface: &Surface) -> Words {
    let aliases = surface.iter().filter(|(path, _)| path.starts_with("types::"));
    let aliases = aliases.filter_map(|(path, entry)| {
        Some((name_of(path).to_owned(), entry.signature.strip_prefix("= ")?.to_owned()))
    });
    let mut aliases: Words = aliases.collect();
    // An alias of an alias needs a round more; no chain is longer than the list.
    for _ in 0..aliases.len() {
        let pairs = aliases.iter();
        let expanded: Words =
            pairs.map(|(name, ty)| (name.clone(), replace_words(ty, &aliases))).collect();
        if expanded == aliases {
            break;
        }
        aliases = expanded;
    }
    aliases
}

/// Replaces the words of a signature. Types of the runtime are left alone: a generated type may have the same name.
fn replace_words(signature: &str, words: &Words) -> String {
    let mut text = String::with_capacity(signature.len());
    let mut word = String::new();
    for letter in signature.chars().chain([' ']) {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        let other = words.get(&word).filter(|_| !text.ends_with(RUNTIME));
        text.push_str(other.unwrap_or(&word));
        word.clear();
        text.push(letter);
    }
    text.pop();
    text
}

/// Compares two surfaces. Changes are sorted by level, the gravest first, then by path.
///
/// Parts of an item that was added or removed, or that is an alias in one of the surfaces, are not listed on their own.
pub fn compare(old: &Surface, new: &Surface, renames: &Renames) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut known = BTreeSet::new();
    for (path, entry) in old {
        let new_path = renames.path(path);
        match new.get(&new_path) {
            Some(now) => {
                let sides = Sides { old: Some(entry), new: Some(now) };
                let actions = actions(path, entry, now, renames).into_iter();
                changes.extend(actions.map(|action| sides.change(action, path, &new_path)));
            }
            None => {
                let owner = owner_of(path).filter(|owner| old.contains_key(*owner));
                let new_owner = owner.map(|owner| new.get(&renames.path(owner)));
                if new_owner.is_none_or(|owner| owner.is_some_and(|owner| !owner.is_alias())) {
                    let sides = Sides { old: Some(entry), new: None };
                    changes.push(sides.change(Action::Removed, path, path));
                }
            }
        }
        known.insert(new_path);
    }
    let owners: BTreeMap<String, &Entry> =
        old.iter().map(|(path, entry)| (renames.path(path), entry)).collect();
    for (path, entry) in new.iter().filter(|(path, _)| !known.contains(*path)) {
        let owner = owner_of(path).filter(|owner| new.contains_key(*owner));
        let old_owner = owner.map(|owner| owners.get(owner));
        if old_owner.is_none_or(|owner| owner.is_some_and(|owner| !owner.is_alias())) {
            let sides = Sides { old: None, new: Some(entry) };
            let mut change = sides.change(Action::Added, path, path);
            if old_owner.flatten().is_some_and(|owner| owner.is_exhaustive()) {
                change.break_exhaustive();
            }
            if old.contains_key(ROUTES) {
                change.break_server();
            }
            changes.push(change);
        }
    }
    changes.sort_by(|one, other| {
        let by_level = other.level.cmp(&one.level);
        by_level.then_with(|| one.old_path.cmp(&other.old_path))
    });
    changes
}

/// Lists the changes of an item that both surfaces have.
fn actions(path: &str, old: &Entry, new: &Entry, renames: &Renames) -> Vec<Action> {
    let renamed = renames.paths.contains_key(path).then_some(Action::Renamed);
    let retyped = renames.breaks(old, new).then(|| renames.retyped(old, new));
    let is_deprecated = new.is_deprecated && !old.is_deprecated;
    let deprecated = is_deprecated.then_some(Action::Deprecated);
    [renamed, retyped, deprecated].into_iter().flatten().collect()
}

/// `true` if callers pass the same values in another order, which compiles where their types are alike.
fn is_reordered(old: &[(&str, &str)], new: &[(&str, &str)]) -> bool {
    let names = |arguments: &[(&str, &str)]| -> Vec<String> {
        arguments.iter().map(|(name, _)| (*name).to_owned()).collect()
    };
    let (old, new) = (names(old), names(new));
    old != new && old.iter().collect::<BTreeSet<_>>() == new.iter().collect::<BTreeSet<_>>()
}

/// The item that a path is a part of: `types::Pet` of `types::Pet::name` and of `impl Clone for types::Pet`.
fn owner_of(path: &str) -> Option<&str> {
    if let Some((_, owner)) = path.split_once(" for ") {
        return Some(owner);
    }
    let (owner, _) = path.rsplit_once("::")?;
    owner.contains("::").then_some(owner)
}

/// The entries of one item in both surfaces.
struct Sides<'a> {
    old: Option<&'a Entry>,
    new: Option<&'a Entry>,
}

impl Sides<'_> {
    fn change(&self, action: Action, old_path: &str, new_path: &str) -> Change {
        let kind = self.old.or(self.new).map_or(Kind::Type, |entry| entry.kind);
        let place =
            |entry: Option<&Entry>| entry.map_or(Place::Nowhere, |entry| entry.place.clone());
        let (level, reason) = match action {
            Action::Added => (Level::Minor, reason_for_minor(kind)),
            Action::Removed => (Level::Major, "callers may use it"),
            Action::Renamed => (Level::Major, "callers name it"),
            Action::Retyped(..) => (Level::Major, reason_for_major(kind)),
            Action::Deprecated => (Level::Minor, "callers see a warning"),
        };
        Change {
            level,
            kind,
            action,
            old_path: old_path.to_owned(),
            new_path: new_path.to_owned(),
            reason,
            old_place: place(self.old),
            new_place: place(self.new),
        }
    }
}

impl Change {
    /// Makes the addition of a part of an exhaustive item a major change. Its methods and traits are no such parts.
    fn break_exhaustive(&mut self) {
        if self.kind == Kind::Field {
            (self.level, self.reason) = (Level::Major, "callers build the struct in full");
        } else if self.kind == Kind::Variant {
            (self.level, self.reason) = (Level::Major, "callers match the enum in full");
        }
    }

    /// Makes the addition of a handler to a server a major change.
    fn break_server(&mut self) {
        if self.kind == Kind::Handler {
            (self.level, self.reason) = (Level::Major, "whoever serves the API lacks the method");
        }
    }
}

/// The function that every server has.
const ROUTES: &str = "server::routes()";

/// The reason why another signature breaks callers.
fn reason_for_major(kind: Kind) -> &'static str {
    match kind {
        Kind::Operation | Kind::Constructor => "callers pass other arguments",
        Kind::Setter => "callers pass another type",
        Kind::Type => "callers use it as it was declared",
        Kind::Field | Kind::Variant => "callers read or match the old type",
        Kind::Group | Kind::Method | Kind::Constant => "callers use the old type",
        Kind::Trait => "callers rely on the implementation",
        Kind::Handler => "whoever serves the API implements the old method",
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
        | Kind::Constant
        | Kind::Handler => "no caller knows it yet",
    }
}
