//! Loads a document and every file that it refers to.

mod foreign_formats;
mod overlay;
mod parse;
mod path;
mod references;

#[cfg(test)]
mod tests;

pub use references::{Missing, OtherFile};

use crate::diagnostics::codes::{load as codes, normalize};
use crate::diagnostics::{Diagnostics, Place};
use crate::source::{FileId, Files};
use crate::syntax::{Node, OriginId, OriginTable};
use indexmap::IndexMap;
use std::{fmt, io};

/// Provides the text of files; the generator reads none itself.
pub trait Loader {
    /// The text of the file at `path`, which is relative to the folder of the entry document.
    ///
    /// # Errors
    /// The reason why the text is not available.
    fn load(&self, path: &str) -> Result<String, ReadError>;

    /// The text of a file that the user named: the entry document or an overlay, by that name.
    ///
    /// # Errors
    /// As for [`load`](Self::load).
    fn load_named(&self, name: &str) -> Result<String, ReadError> {
        self.load(name)
    }

    /// `true` if references out of the entry document's folder are rejected before they reach the loader.
    fn is_confined(&self) -> bool {
        true
    }
}

/// The reason why a [`Loader`] has no text for a file, such as `no such file` or `outside the document's folder`.
///
/// ```
/// let error = typewright::load::ReadError::from("no such file");
/// assert_eq!(error.to_string(), "no such file");
/// ```
#[derive(Debug)]
pub struct ReadError(Reason);

#[derive(Debug)]
enum Reason {
    Text(String),
    Io(io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Text(reason) => formatter.write_str(reason),
            Reason::Io(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<String> for ReadError {
    fn from(reason: String) -> Self {
        Self(Reason::Text(reason))
    }
}

impl From<&str> for ReadError {
    fn from(reason: &str) -> Self {
        Self::from(reason.to_owned())
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self(Reason::Io(error))
    }
}

/// The entry document or an overlay cannot be read or parsed; the diagnostics state why.
#[derive(Debug)]
pub struct LoadError {
    /// The files that were read, in which the diagnostics have their places.
    pub files: Files,
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the document cannot be loaded; the diagnostics state why")
    }
}

impl std::error::Error for LoadError {}

/// A document and every file that it refers to, as trees.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The files, the entry document first.
    pub files: Files,
    /// The entry document.
    pub root: Node,
    /// The origin of every value.
    pub table: OriginTable,
    /// The other files, by their path relative to the entry's folder.
    pub others: IndexMap<String, OtherFile>,
    /// The path of each file, relative to the entry's folder.
    paths: Vec<String>,
    overlays: Vec<FileId>,
    is_confined: bool,
}

impl Loaded {
    /// The file to which the references of another are relative: overlays belong to the entry document.
    pub fn base(&self, file: FileId) -> FileId {
        if self.overlays.contains(&file) {
            FileId(0)
        } else {
            file
        }
    }

    /// The text of a scalar in the file, such as `1.10` for a number.
    pub fn source_text(&self, origin: OriginId) -> Option<&str> {
        let file = self.files.get(self.table.file(origin))?;
        let (span, is_exact) = file.find(self.table.steps(origin))?;
        file.text.get(span.value).filter(|_| is_exact && !span.is_container)
    }

    /// The place of a value.
    pub fn place(&self, origin: OriginId) -> Place {
        Place::value(&self.table, origin)
    }

    /// The place of the key of a value.
    pub fn key_place(&self, origin: OriginId) -> Place {
        Place::key(&self.table, origin)
    }
}

/// Loads a document and every file that it refers to.
///
/// # Errors
/// [`LoadError`] if the entry cannot be read or parsed.
pub fn load(
    entry: &str,
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Result<Loaded, LoadError> {
    load_with(entry, &[], loader, diagnostics)
}

/// Loads a document, applies overlays to it in their order, and loads every file that the result refers to.
///
/// Overlays change the entry document only. References that they add are relative to that document.
///
/// # Errors
/// [`LoadError`] if the entry cannot be read or parsed, or an overlay cannot be read.
pub fn load_with(
    entry: &str,
    overlays: &[&str],
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Result<Loaded, LoadError> {
    let mut files = Files::default();
    let mut table = OriginTable::default();
    let Some((root, overlays)) =
        (Entry { loader, files: &mut files, table: &mut table, diagnostics }).load(entry, overlays)
    else {
        return Err(LoadError { files });
    };
    let path = path::file_name(entry).to_owned();
    let mut follower = references::Follower {
        loader,
        paths: vec![path; files.iter().count()],
        files,
        table,
        others: IndexMap::new(),
    };
    follower.follow(&root, diagnostics);
    Ok(Loaded {
        files: follower.files,
        root,
        table: follower.table,
        others: follower.others,
        paths: follower.paths,
        overlays,
        is_confined: loader.is_confined(),
    })
}

/// The entry document and its overlays while they are read.
struct Entry<'a> {
    loader: &'a dyn Loader,
    files: &'a mut Files,
    table: &'a mut OriginTable,
    diagnostics: &'a mut Diagnostics,
}

impl Entry<'_> {
    /// The document with the overlays applied, and the files of the overlays.
    fn load(&mut self, entry: &str, overlays: &[&str]) -> Option<(Node, Vec<FileId>)> {
        let file = self.read(entry)?;
        let text = &self.files.get(file)?.text;
        if let Some((message, help)) = foreign_formats::detect(text) {
            let place = Place::File(file);
            self.diagnostics.push_with_help(normalize::NOT_OPENAPI, place, message, help);
            return None;
        }
        let mut root = parse::parse(self.files, file, self.table, self.diagnostics)?;
        let mut overlay_files = Vec::new();
        for overlay in overlays {
            let file = self.read(overlay)?;
            overlay_files.push(file);
            overlay::Overlays {
                files: self.files,
                table: self.table,
                diagnostics: self.diagnostics,
            }
            .apply(file, &mut root);
        }
        Some((root, overlay_files))
    }

    /// Reads a file that the user named.
    fn read(&mut self, name: &str) -> Option<FileId> {
        match self.loader.load_named(name) {
            Ok(text) => Some(self.files.add(name, text)),
            Err(reason) => {
                let message = format!("`{name}` cannot be read: {reason}");
                self.diagnostics.lost(codes::UNREADABLE, Place::Nowhere, message, None)
            }
        }
    }
}
