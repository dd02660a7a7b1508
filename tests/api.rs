//! Whole documents through the api phase: nothing panics, and nothing is lost unsaid.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read documents and the clock"
)]

use std::fs;
use std::path::{Path, PathBuf};
use typewright::api::dump::dump;

use typewright::diagnostics::Place;
use typewright::{analyse, Analysed, Loader, Options, ReadError};
use typewright_tests::{root, shared};

/// Reads files below one folder.
struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        Ok(fs::read_to_string(self.0.join(path))?)
    }
}

fn analysed(path: &Path) -> Analysed {
    let folder = path.parent().unwrap().to_path_buf();
    let name = path.file_name().unwrap().to_str().unwrap();
    analyse(name, &Folder(folder), &Options::default())
}

#[test]
#[ignore = "a tool: prints what the document named in SHOW means"]
fn show() {
    let path = std::env::var("SHOW").unwrap();
    let start = std::time::Instant::now();
    let analysed = analysed(Path::new(&path));
    println!("{path}: {:?}", start.elapsed());
    for found in analysed.diagnostics.iter() {
        let at = match &found.place {
            Place::Pointer(_, pointer) => pointer.as_str(),
            Place::Key(_, pointer) => pointer.as_str(),
            _ => "",
        };
        println!("{} {at}: {}", found.code, found.message);
    }
    let Some(api) = analysed.api else { return };
    for position in api.lossy_positions() {
        println!("LOST {} {}", position.at.pointer, position.reason);
    }
    if std::env::var("QUIET").is_err() {
        println!("{}", dump(&api));
    }
}

/// The documents of the corpus and of this repository, one file each.
fn corpus() -> Vec<PathBuf> {
    let folders = [
        "real",
        "features/2.0",
        "features/3.0",
        "features/3.1",
        "features/3.2",
    ];
    let folders = folders.map(|folder| shared(&format!("corpus/{folder}")));
    let specs = ["mongodb-atlas", "yandex-metastore", "yandex-spqr"];
    let specs = specs.map(|name| root().join("specs").join(name).join("openapi.yaml"));
    let mut files: Vec<PathBuf> = folders
        .into_iter()
        .flatten()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .chain(specs)
        .collect();
    files.sort();
    files
}

#[test]
fn every_document_of_the_corpus_has_a_meaning() {
    for path in corpus() {
        let analysed = analysed(&path);
        let errors: Vec<_> = analysed
            .diagnostics
            .iter()
            .filter(|found| found.code.severity == typewright::diagnostics::Severity::Error)
            .collect();
        let Some(api) = analysed.api else {
            panic!("{}: {errors:#?}", path.display());
        };
        assert!(
            !dump(&api).is_empty() || api.schemas.is_empty(),
            "{}",
            path.display()
        );
        assert_eq!(api.lossy_positions(), [], "{}", path.display());
    }
}
