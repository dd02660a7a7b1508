//! Imported folders of pages: those of `tests/import`, and the vendors' pages in `../shared`.

use super::blocks::Block;
use crate::support::{root, shared};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use typewright::diagnostics::codes::import::{IMPORT_FOREIGN, IMPORT_OLD, IMPORT_SHAPE};
use typewright::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use typewright::source::{FileId, Files};
use typewright_import::{import, Document};

/// A folder's pages and what came of them.
pub struct Imported {
    pub name: String,
    pub files: Files,
    pub documents: Vec<Document>,
    pub diagnostics: Diagnostics,
}

/// The bytes that a finding is about.
pub fn span(place: &Place) -> Option<(FileId, &Range<usize>)> {
    match place {
        Place::Span(file, span) => Some((*file, span)),
        _ => None,
    }
}

impl Imported {
    fn read(folder: &Path) -> Self {
        let files = read(folder);
        let mut diagnostics = Diagnostics::new();
        let documents = import(&files, &mut diagnostics);
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        Self { name, files, documents, diagnostics }
    }

    /// `true` if a page was refused because of its format.
    pub fn refused(&self, file: FileId) -> bool {
        self.diagnostics.iter().any(|finding| {
            let refusal = [IMPORT_FOREIGN, IMPORT_OLD].contains(&finding.code);
            refusal && matches!(&finding.place, Place::File(subject) if *subject == file)
        })
    }

    /// The finding for which a block may differ from the types: one about a line of the block.
    pub fn explains(&self, file: FileId, block: &Block) -> Option<Code> {
        let explains = |finding: &&Diagnostic| {
            let Some((subject, span)) = span(&finding.place) else {
                return false;
            };
            subject == file && block.bytes.contains(&span.start) && finding.code == IMPORT_SHAPE
        };
        let mut findings = self.diagnostics.iter();
        findings.find(explains).map(|finding| finding.code)
    }
}

fn read(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut files = Files::default();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name != "findings.txt" && !name.ends_with(".yaml") {
            files.add(name, fs::read_to_string(&path).unwrap());
        }
    }
    files
}

/// Every folder, imported.
pub fn folders() -> Vec<Imported> {
    let traps = fs::read_dir(root().join("tests/import")).unwrap();
    let mut folders: Vec<PathBuf> = traps.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.extend(["pages", "documents"].into_iter().filter_map(shared));
    folders.iter().map(|folder| Imported::read(folder)).collect()
}
