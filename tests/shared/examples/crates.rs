//! A package a document, and what its tests say.

use crate::support::package::{Package, Workspace};
use std::fs;
use std::path::{Path, PathBuf};
use typewright::lower::model::Example;
use typewright::Options;

/// A document with its examples and its package.
pub struct Document {
    pub name: String,
    pub path: PathBuf,
    pub package: String,
    pub examples: Vec<Example>,
    output: typewright::Output,
}

/// Every document of a folder, by name.
pub fn documents(folder: &Path) -> Vec<Document> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    paths.sort();
    paths.into_iter().map(document).collect()
}

/// The document at a path.
pub fn document(path: PathBuf) -> Document {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let package = format!("of-{}", name.replace('.', "-").to_lowercase());
    let options = Options::new(|options| {
        options.name = package.clone();
        options.tests = true;
        options.types_only = true;
    });
    let entry = path.to_str().unwrap();
    let disk = typewright::host::disk::Disk::new(entry);
    let analysed = typewright::analyse(entry, &disk, &options);
    let api = analysed.api.unwrap();
    let diagnostics = &mut typewright::diagnostics::Diagnostics::new();
    let names = typewright::names::assign(&api, &options, diagnostics);
    let examples = typewright::lower::generated_tests::examples(
        &api,
        &names,
        &typewright::lower::TypeOptions::default(),
    );
    let output = typewright::generate(entry, &disk, &options).output.unwrap();
    Document { name, path, package, examples, output }
}

/// Writes a workspace of this name with all packages.
pub fn workspace(name: &str, documents: &[Document]) -> Workspace {
    let packages: Vec<_> = documents
        .iter()
        .map(|document| {
            let package = Package::new(&document.package).client(&document.output);
            package.dependencies(
                "libtest-mimic = \"0.8\"\n\n[[test]]\nname = \"examples\"\nharness = false\n",
            )
        })
        .collect();
    Workspace::write(name, &packages)
}

/// The names of the examples that fail, each with the reason.
pub fn failures(workspace: &Workspace, document: &Document) -> Vec<(String, String)> {
    let test = ["test", "--package", &document.package, "--test", "examples"];
    let output = workspace.command(&test).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stdout.contains("test result: "), "{}:\n{stderr}", document.name);
    let mut failures = Vec::new();
    let mut lines = stdout.lines();
    while let Some(line) = lines.next() {
        let name = line.strip_prefix("---- ").and_then(|rest| rest.strip_suffix(" ----"));
        if let Some(name) = name {
            failures.push((name.to_owned(), lines.next().unwrap_or_default().to_owned()));
        }
    }
    failures
}
