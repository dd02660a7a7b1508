//! Text and files in, values out: the only phase that knows JSON, YAML and other files.

mod builder;
mod foreign;
mod json;
mod keys;
mod members;
pub mod node;
pub mod number;
mod oddities;
mod origin;
mod outline;
mod overlay;
mod parse;
mod path;
pub mod pointer;
mod reach;
mod references;
mod spans;
mod yaml;

#[cfg(test)]
mod tests;

pub use json::print as print_json;
pub use node::{Key, Node, Object, Value};
pub use origin::{OriginId, OriginTable};
pub use references::{Missing, Other};
use spans::Spans;
pub use spans::Spot;
#[cfg(any(test, feature = "yaml-output"))]
pub use yaml::print as print_yaml;

use crate::diagnostics::codes::{dialect, load as codes};
use crate::diagnostics::{Diagnostics, Place};
use indexmap::IndexMap;
use std::sync::OnceLock;

/// A file that was loaded, by its number in [`Files`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One loaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name to show, as the user gave it or relative to the document.
    pub name: String,
    /// The text as it was read, without a byte-order mark.
    pub text: String,
    spans: OnceLock<Spans>,
}

impl File {
    /// Where the value of a pointer stands in the text, or its nearest ancestor, which is then said with `false`. Of YAML
    /// this is known since its values were read; other text is read when this is first asked.
    pub fn find<'a>(&self, steps: impl IntoIterator<Item = &'a str>) -> Option<(Spot, bool)> {
        let spans = self.spans.get_or_init(|| Spans::new(&self.text));
        spans.find(&self.text, steps)
    }
}

/// Every file that was loaded, the entry document first.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

impl Files {
    /// Adds a file; a byte-order mark at the front of its text goes.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        self.files.push(File {
            name: name.into(),
            text,
            spans: OnceLock::new(),
        });
        id
    }

    /// The file with this number.
    pub fn get(&self, id: FileId) -> Option<&File> {
        self.files.get(usize::try_from(id.0).ok()?)
    }

    /// Every file with its number.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0..).map(FileId).zip(&self.files)
    }
}

/// Hands the text of files to the generator, which reads none itself.
pub trait Loader {
    /// The text of the file at `path`, which is relative to the entry document's folder.
    ///
    /// # Errors
    /// A sentence that says why there is no text, such as `no such file` or `outside the document's folder`.
    fn load(&self, path: &str) -> Result<String, String>;

    /// The text of a file that the user named, the entry document or an overlay, by the name that was given.
    ///
    /// # Errors
    /// As for [`load`](Self::load).
    fn named(&self, name: &str) -> Result<String, String> {
        self.load(name)
    }

    /// Whether references that leave the entry document's folder are refused before they are asked for.
    fn confined(&self) -> bool {
        true
    }
}

/// The document and every file that it refers to, as values.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The files, the entry document first.
    pub files: Files,
    /// The entry document.
    pub root: Node,
    /// Where every value came from.
    pub table: OriginTable,
    /// The other files by their path relative to the entry's folder.
    pub others: IndexMap<String, Other>,
    paths: Vec<String>,
    overlays: Vec<FileId>,
    confined: bool,
}

/// Reads a file that the user named.
fn read(
    name: &str,
    loader: &dyn Loader,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    match loader.named(name) {
        Ok(text) => Some(files.add(name, text)),
        Err(reason) => {
            let message = format!("`{name}` cannot be read: {reason}");
            diagnostics.lost(codes::UNREADABLE, Place::Nowhere, message, None)
        }
    }
}

impl Loaded {
    /// The file that references written in another are relative to: overlays speak for the entry document.
    pub fn base(&self, file: FileId) -> FileId {
        if self.overlays.contains(&file) {
            FileId(0)
        } else {
            file
        }
    }

    /// The text of a scalar as the user wrote it, such as `1.10` where the value is a number.
    pub fn written(&self, origin: OriginId) -> Option<&str> {
        parse::written(&self.files, &self.table, origin)
    }
}

/// Loads a document and every file that it refers to.
///
/// # Errors
/// The files that were read, where the entry cannot be read or parsed; the diagnostics say why, with places in them.
pub fn load(
    entry: &str,
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Result<Loaded, Files> {
    load_with(entry, &[], loader, diagnostics)
}

/// Loads a document, applies overlays to it in their order, and loads every file that the result refers to.
///
/// Overlays change the entry document only. References that they add are relative to that document.
///
/// # Errors
/// The files that were read, where one of them cannot be read or the entry cannot be parsed.
pub fn load_with(
    entry: &str,
    overlays: &[&str],
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Result<Loaded, Files> {
    let mut files = Files::default();
    let mut table = OriginTable::default();
    let Some(file) = read(entry, loader, &mut files, diagnostics) else {
        return Err(files);
    };
    let foreign = files.get(file).and_then(|file| foreign::named(&file.text));
    if let Some((message, help)) = foreign {
        let place = Place::File(file);
        diagnostics.push_with_help(dialect::NOT_OPENAPI, place, message, help);
        return Err(files);
    }
    let Some(mut root) = parse::parse(&files, file, &mut table, diagnostics) else {
        return Err(files);
    };
    let path = references::entry_path(entry);
    let mut paths = vec![path.clone()];
    let mut applied = Vec::new();
    for overlay in overlays {
        let Some(file) = read(overlay, loader, &mut files, diagnostics) else {
            return Err(files);
        };
        paths.push(path.clone());
        applied.push(file);
        let mut overlays = overlay::Overlays {
            files: &files,
            table: &mut table,
            diagnostics,
        };
        overlays.apply(file, &mut root);
    }
    let mut follower = references::Follower {
        loader,
        files,
        table,
        others: IndexMap::new(),
        paths,
    };
    follower.follow(&root, diagnostics);
    Ok(Loaded {
        files: follower.files,
        root,
        table: follower.table,
        others: follower.others,
        paths: follower.paths,
        overlays: applied,
        confined: loader.confined(),
    })
}
