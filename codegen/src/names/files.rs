//! Modules below `types/`: types that share the first word of their names share a file.

use super::case::{singular, split_words};
use super::reserved;
use super::scope::Scope;
use super::Ident;
use crate::api::model::{Api, Operation, Owner, SchemaId};
use std::collections::{BTreeMap, BTreeSet};

/// A subject with fewer types has no file of its own.
const FEWEST: usize = 3;

/// A file with more types is split by the next word.
const MOST: usize = 60;

/// Maximum number of words in a file's name.
const MOST_WORDS: usize = 4;

/// File of types without a file of their own.
const OTHER: &str = "other";

/// Assigns a module to each type. Paths of types do not depend on it, since `types` re-exports them all.
pub fn modules(api: &Api, named: &BTreeMap<SchemaId, Ident>) -> BTreeMap<SchemaId, Ident> {
    let subjects = subjects(api, named);
    let mut files = Files::default();
    let all = subjects.iter().map(|(id, parts)| (*id, parts.as_slice()));
    files.split(all.collect(), 0);
    files.split_others(&subjects);
    let mut scope = Scope::files(&[&reserved::FILES]);
    let types: BTreeSet<&str> = named.values().map(Ident::text).collect();
    let mut modules = BTreeMap::new();
    for (name, ids) in files.0 {
        // In a script without case, the module would hide the type of the same name.
        let spare = format!("{name}_types");
        let candidates = match types.contains(name.as_str()) {
            true => vec![spare],
            false => vec![name, spare],
        };
        let ident = scope.claim(&candidates);
        modules.extend(ids.into_iter().map(|id| (id, ident.clone())));
    }
    modules
}

/// Types of each file.
#[derive(Default)]
struct Files(BTreeMap<String, Vec<SchemaId>>);

impl Files {
    fn put(&mut self, name: &str, types: &[(SchemaId, &[String])]) {
        let ids = types.iter().map(|(id, _)| *id);
        self.0.entry(name.to_owned()).or_default().extend(ids);
    }

    /// Splits [`OTHER`] alphabetically if it is too long.
    fn split_others(&mut self, subjects: &BTreeMap<SchemaId, Vec<String>>) {
        let others = self.0.remove(OTHER).unwrap_or_default();
        let is_long = others.len() > MOST;
        for id in others {
            let word = subjects.get(&id).and_then(|parts| parts.first());
            let first = word.and_then(|word| word.chars().next());
            let name = match first.filter(|_| is_long) {
                Some('a'..='f') => "other_a_to_f",
                Some('g'..='m') => "other_g_to_m",
                Some('n'..='s') => "other_n_to_s",
                Some('t'..='z') => "other_t_to_z",
                Some(_) | None => OTHER,
            };
            self.0.entry(name.to_owned()).or_default().push(id);
        }
    }

    /// Distributes types whose first `shared` words are equal by their next word; small groups stay behind.
    fn split(&mut self, types: Vec<(SchemaId, &[String])>, shared: usize) {
        let before = types.first().map_or(&[][..], |(_, parts)| parts);
        let before = before.get(..shared).unwrap_or_default().join("_");
        let mut groups = BTreeMap::<&str, Vec<(SchemaId, &[String])>>::new();
        for (id, parts) in types {
            let word = parts.get(shared).map_or("", String::as_str);
            groups.entry(word).or_default().push((id, parts));
        }
        for (word, types) in groups {
            let stays = types.len() < FEWEST || word.is_empty() || word == OTHER;
            if stays && before.is_empty() {
                self.put(OTHER, &types);
            } else if stays {
                self.put(&before, &types);
            } else if types.len() > MOST && shared + 1 < MOST_WORDS {
                self.split(types, shared + 1);
            } else {
                let joint = if before.is_empty() { "" } else { "_" };
                self.put(&format!("{before}{joint}{word}"), &types);
            }
        }
    }
}

/// Returns the words of each type's subject: of its component's name, or of the tag or path of its operation.
fn subjects(api: &Api, named: &BTreeMap<SchemaId, Ident>) -> BTreeMap<SchemaId, Vec<String>> {
    let component_subjects = named.iter().filter_map(|(id, read)| {
        let schema = api.schemas.get(*id)?;
        matches!(schema.owner, Owner::Component(_)).then(|| (*id, split_words(read.text())))
    });
    let component_subjects: BTreeMap<SchemaId, Vec<String>> = component_subjects.collect();
    let firsts = component_subjects.values().filter_map(|parts| parts.first());
    let known: BTreeSet<&String> = firsts.collect();
    let subject = |id: &SchemaId| {
        let root = root(api, *id);
        let parts = component_subjects.get(&root).cloned();
        let mut parts = parts.unwrap_or_else(|| other_subject(api, root));
        // What belongs to `pets` goes with `Pet`.
        let one = parts.first().and_then(|word| singular(word));
        let one = one.filter(|one| known.contains(one));
        if let (Some(one), Some(first)) = (one, parts.first_mut()) {
            *first = one;
        }
        parts
    };
    named.keys().map(|id| (*id, subject(id))).collect()
}

/// Returns the outermost owner of a schema.
fn root(api: &Api, id: SchemaId) -> SchemaId {
    let owner = |id: &SchemaId| match api.schemas.get(*id).map(|schema| &schema.owner) {
        Some(Owner::Schema(owner, _)) => Some(*owner),
        Some(_) | None => None,
    };
    // An owner of itself would be its own root.
    let owners = std::iter::successors(Some(id), owner);
    owners.take(64).last().unwrap_or(id)
}

fn other_subject(api: &Api, root: SchemaId) -> Vec<String> {
    match api.schemas.get(root).map(|schema| &schema.owner) {
        Some(Owner::Operation(index, _)) => {
            let operation = api.operations.get(*index);
            operation.map_or_else(Vec::new, operation_subject)
        }
        Some(Owner::Shared(_, name) | Owner::Component(name)) => split_words(name),
        Some(Owner::Schema(..)) | None => Vec::new(),
    }
}

/// Returns the words of an operation's tag, then those of its path without parameters and versions.
fn operation_subject(operation: &Operation) -> Vec<String> {
    let is_version = |segment: &str| {
        let number = segment.strip_prefix('v').unwrap_or_default();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let segments = operation.path.split('/').filter(|segment| {
        !segment.is_empty() && !segment.contains('{') && *segment != "api" && !is_version(segment)
    });
    let mut parts = operation.tag.as_deref().map(split_words).unwrap_or_default();
    for word in segments.flat_map(split_words) {
        if !parts.contains(&word) {
            parts.push(word);
        }
    }
    parts
}
