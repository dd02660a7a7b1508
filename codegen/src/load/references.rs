//! Follows references to other files until every file that the document needs is loaded.

use super::parse::parse;
use super::path::{folder, normalize, resolve, Refused};
use super::{Loaded, Loader};
use crate::diagnostics::Diagnostics;
use crate::source::{FileId, Files};
use crate::syntax::{pointer, Node, OriginTable, Value};
use indexmap::IndexMap;

/// A file to which a reference refers.
#[derive(Clone, Debug)]
pub enum OtherFile {
    /// It was read.
    Read(Node),
    /// It has been read, but is neither JSON nor YAML; that has been reported.
    Invalid,
    /// It could not be read, for this reason.
    Unreadable(String),
}

/// The reason why a reference has no target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It leaves the folder of the entry document.
    Outside,
    /// It is a URL, and nothing is fetched.
    Url,
    /// The file cannot be read, for this reason.
    Unreadable(String),
    /// The file has errors, which have been reported.
    Invalid,
}

/// The files of one document; more can only come from a loader that has a text for every path.
const MAX_FILES: usize = 10_000;

/// Loads the files to which those loaded so far refer.
pub(super) struct Follower<'a> {
    pub loader: &'a dyn Loader,
    pub files: Files,
    pub table: OriginTable,
    pub others: IndexMap<String, OtherFile>,
    /// The path of each file, relative to the entry's folder.
    pub paths: Vec<String>,
}

impl Follower<'_> {
    /// Follows the references of the entry, then those of every file that came with them.
    pub fn follow(&mut self, root: &Node, diagnostics: &mut Diagnostics) {
        let mut pending = self.referenced_paths(root, 0);
        while let Some(path) = pending.pop() {
            if self.others.contains_key(&path) || self.paths.first() == Some(&path) {
                continue;
            }
            let other = self.read(&path, diagnostics);
            if let OtherFile::Read(node) = &other {
                pending.extend(self.referenced_paths(node, self.paths.len().saturating_sub(1)));
            }
            self.others.insert(path, other);
        }
    }

    fn read(&mut self, path: &str, diagnostics: &mut Diagnostics) -> OtherFile {
        if self.paths.len() >= MAX_FILES {
            return OtherFile::Unreadable(format!("there are more than {MAX_FILES} files"));
        }
        let text = match self.loader.load(path) {
            Ok(text) => text,
            Err(reason) => return OtherFile::Unreadable(reason.to_string()),
        };
        let entry = self.files.get(FileId(0));
        let base = entry.map(|entry| folder(&entry.name).to_owned());
        let name = format!("{}{path}", base.unwrap_or_default());
        let file = self.files.add(display_name(&name), text);
        self.paths.push(path.to_owned());
        match parse(&self.files, file, &mut self.table, diagnostics) {
            Some(node) => OtherFile::Read(node),
            None => OtherFile::Invalid,
        }
    }

    /// The paths to which a tree refers, the first last.
    fn referenced_paths(&self, node: &Node, file: usize) -> Vec<String> {
        let from = self.paths.get(file).map_or("", String::as_str);
        let mut references = Vec::new();
        collect(node, &mut references);
        let paths = references.iter().rev();
        paths
            .filter_map(|reference| resolve(from, reference, self.loader.is_confined()).ok())
            .collect()
    }
}

/// A path or URL for messages, with `..` applied.
fn display_name(path: &str) -> String {
    let (lead, rest) = match path.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None if path.starts_with('/') => ("/".to_owned(), path),
        None => (String::new(), path),
    };
    format!("{lead}{}", normalize(rest))
}

/// The file parts of every reference: `$ref` and the values of a discriminator's `mapping`.
fn collect(node: &Node, files: &mut Vec<String>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect(item, files)),
        Value::Object(members) => {
            for (key, member) in members {
                match &**key {
                    "$ref" => files.extend(member.as_text().and_then(file_part)),
                    "discriminator" => {
                        files.extend(member.get("mapping").iter().flat_map(mapped_files))
                    }
                    _ => {}
                }
                collect(member, files);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

/// The file parts of a mapping's targets, which may be plain names too.
fn mapped_files<'a>(mapping: &&'a Node) -> impl Iterator<Item = String> + 'a {
    let targets = mapping.members().filter_map(|(_, target)| target.as_text());
    let references = targets.filter(|target| target.contains(['/', '#', '.']));
    references.filter_map(file_part)
}

fn file_part(reference: &str) -> Option<String> {
    let (file, _) = pointer::halves(reference);
    (!file.is_empty()).then(|| file.into_owned())
}

impl Loaded {
    /// The innermost folder that contains both the entry document and the target file of a reference in `from`, relative
    /// to the same folder as the entry's name; `None` if the reference is absolute or the entry is a URL.
    pub fn common_folder(&self, from: FileId, file: &str) -> Option<String> {
        let entry = self.files.get(FileId(0))?.name.as_str();
        if entry.contains("://") {
            return None;
        }
        let path = resolve(self.path(from), file, false).ok()?;
        let ups = path.split('/').take_while(|part| *part == "..").count();
        let root = normalize(&format!("{}{}", folder(entry), "../".repeat(ups)));
        let slash = if entry.starts_with('/') { "/" } else { "" };
        match (slash, root.as_str()) {
            ("", "") => Some(".".to_owned()),
            _ => Some(format!("{slash}{root}")),
        }
    }

    /// The target file of a reference in `from`, with its root.
    ///
    /// # Errors
    /// The reason why there is none.
    pub fn referenced(&self, from: FileId, file: &str) -> Result<(FileId, &Node), Missing> {
        let from = self.path(from);
        let path = resolve(from, file, self.is_confined).map_err(|refused| match refused {
            Refused::Outside => Missing::Outside,
            Refused::Url => Missing::Url,
        })?;
        if path == self.path(FileId(0)) {
            return Ok((FileId(0), &self.root));
        }
        match self.others.get(&path) {
            Some(OtherFile::Read(node)) => Ok((self.table.file(node.origin), node)),
            Some(OtherFile::Invalid) => Err(Missing::Invalid),
            Some(OtherFile::Unreadable(reason)) => Err(Missing::Unreadable(reason.clone())),
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
