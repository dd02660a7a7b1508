//! Follows references to other files until every file that the document needs is loaded.

use super::node::{Node, Value};
use super::parse::parse;
use super::path::{file_name, folder, normalise, resolve, Refused};
use super::{pointer, FileId, Files, Loaded, Loader, OriginTable};
use crate::diagnostics::Diagnostics;
use indexmap::IndexMap;

/// A file that a reference names.
#[derive(Clone, Debug)]
pub enum Other {
    /// It was read.
    Read(Node),
    /// It was there, but it is neither JSON nor YAML; that has been reported.
    Broken,
    /// It could not be read, and why.
    Unreadable(String),
}

/// Why a reference leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It leaves the folder of the entry document.
    Outside,
    /// It is a URL, and nothing is fetched.
    Url,
    /// The file cannot be read, and why.
    Unreadable(String),
    /// The file has faults that were reported.
    Broken,
}

/// Files that one document may have; more can only come from a loader that has a text for every path.
const MOST_FILES: usize = 10_000;

/// Loads what the files loaded so far refer to.
pub(super) struct Follower<'a> {
    pub loader: &'a dyn Loader,
    pub files: Files,
    pub table: OriginTable,
    pub others: IndexMap<String, Other>,
    /// The path of each file, relative to the folder of the entry.
    pub paths: Vec<String>,
}

impl Follower<'_> {
    /// Follows the references of the entry, then those of every file that came with them.
    pub fn follow(&mut self, root: &Node, diagnostics: &mut Diagnostics) {
        let mut wanted = self.wanted(root, 0);
        while let Some(path) = wanted.pop() {
            if self.others.contains_key(&path) || self.paths.first() == Some(&path) {
                continue;
            }
            let other = self.read(&path, diagnostics);
            if let Other::Read(node) = &other {
                wanted.extend(self.wanted(node, self.paths.len().saturating_sub(1)));
            }
            self.others.insert(path, other);
        }
    }

    fn read(&mut self, path: &str, diagnostics: &mut Diagnostics) -> Other {
        if self.paths.len() >= MOST_FILES {
            return Other::Unreadable(format!("there are more than {MOST_FILES} files"));
        }
        let text = match self.loader.load(path) {
            Ok(text) => text,
            Err(reason) => return Other::Unreadable(reason),
        };
        let entry = self.files.get(FileId(0));
        let base = entry.map(|entry| folder(&entry.name).to_owned());
        let shown = format!("{}{path}", base.unwrap_or_default());
        let file = self.files.add(tidy(&shown), text);
        self.paths.push(path.to_owned());
        match parse(&self.files, file, &mut self.table, diagnostics) {
            Some(node) => Other::Read(node),
            None => Other::Broken,
        }
    }

    /// The files that a tree refers to.
    fn wanted(&self, node: &Node, file: usize) -> Vec<String> {
        let from = self.paths.get(file).cloned().unwrap_or_default();
        let mut references = Vec::new();
        collect(node, &mut references);
        let mut wanted: Vec<String> = references
            .into_iter()
            .filter_map(|reference| resolve(&from, &reference, self.loader.confined()).ok())
            .collect();
        wanted.reverse();
        wanted
    }
}

/// A path to show: as given, with `..` applied.
fn tidy(path: &str) -> String {
    let (lead, rest) = match path.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None if path.starts_with('/') => ("/".to_owned(), path),
        None => (String::new(), path),
    };
    format!("{lead}{}", normalise(rest))
}

/// The file parts of every reference, wherever it stands: `$ref` and the values of a discriminator's `mapping`.
fn collect(node: &Node, found: &mut Vec<String>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => {
            for (key, member) in members {
                match &**key {
                    "$ref" => found.extend(member.as_text().and_then(file_part)),
                    "discriminator" => found.extend(member.get("mapping").iter().flat_map(mapped)),
                    _ => {}
                }
                collect(member, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

/// The file parts of what a mapping leads to; its targets may be plain names.
fn mapped<'a>(mapping: &&'a Node) -> impl Iterator<Item = String> + 'a {
    let targets = mapping.members().filter_map(|(_, target)| target.as_text());
    let references = targets.filter(|target| target.contains(['/', '#', '.']));
    references.filter_map(file_part)
}

fn file_part(reference: &str) -> Option<String> {
    let (file, _) = pointer::halves(reference);
    (!file.is_empty()).then(|| file.into_owned())
}

impl Loaded {
    /// The innermost folder that holds both the entry document and the file that a reference in `from` means, seen from
    /// where the entry's name is; nothing where the reference is absolute or the entry is a URL.
    pub fn root_for(&self, from: FileId, file: &str) -> Option<String> {
        let entry = self.files.get(FileId(0))?.name.as_str();
        if entry.contains("://") {
            return None;
        }
        let path = resolve(self.path(from), file, false).ok()?;
        let ups = path.split('/').take_while(|part| *part == "..").count();
        let root = normalise(&format!("{}{}", folder(entry), "../".repeat(ups)));
        let slash = if entry.starts_with('/') { "/" } else { "" };
        match (slash, root.as_str()) {
            ("", "") => Some(".".to_owned()),
            _ => Some(format!("{slash}{root}")),
        }
    }

    /// The file that a reference written in `from` means, with its root.
    ///
    /// # Errors
    /// Why there is none.
    pub fn referenced(&self, from: FileId, file: &str) -> Result<(FileId, &Node), Missing> {
        let from = self.path(from);
        let path = resolve(from, file, self.confined).map_err(|refused| match refused {
            Refused::Outside => Missing::Outside,
            Refused::Url => Missing::Url,
        })?;
        if path == self.path(FileId(0)) {
            return Ok((FileId(0), &self.root));
        }
        match self.others.get(&path) {
            Some(Other::Read(node)) => Ok((self.table.file(node.origin), node)),
            Some(Other::Broken) => Err(Missing::Broken),
            Some(Other::Unreadable(reason)) => Err(Missing::Unreadable(reason.clone())),
            None => Err(Missing::Unreadable("it was not loaded".to_owned())),
        }
    }

    /// The path of a file, relative to the folder of the entry document.
    pub fn path(&self, file: FileId) -> &str {
        usize::try_from(file.0)
            .ok()
            .and_then(|index| self.paths.get(index))
            .map_or("", String::as_str)
    }
}

/// The path of the entry relative to its own folder.
pub(super) fn entry_path(entry: &str) -> String {
    file_name(entry).to_owned()
}
