//! A package a document, and what its tests say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use typewright::lower::model::Example;
use typewright::Options;
use typewright_tests::root;

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
    let mut paths: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.into_iter().map(document).collect()
}

/// The document at a path.
pub fn document(path: PathBuf) -> Document {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let package = format!("of-{}", name.replace('.', "-").to_lowercase());
    let options = Options {
        name: package.clone(),
        tests: true,
        types_only: true,
        ..Options::default()
    };
    let entry = path.to_str().unwrap();
    let disk = typewright::host::disk::Disk::new(entry);
    let analysed = typewright::analyse(entry, &disk, &options);
    let api = analysed.api.unwrap();
    let found = &mut typewright::diagnostics::Diagnostics::new();
    let names = typewright::names::assign(&api, &options.calls, found);
    let examples =
        typewright::lower::examples::lower(&api, &names, &typewright::lower::Style::default());
    let output = typewright::generate(entry, &disk, &options).output.unwrap();
    Document {
        name,
        path,
        package,
        examples,
        output,
    }
}

/// Writes a workspace of this name with all packages.
pub fn write(name: &str, documents: &[Document]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let members: Vec<_> = documents
        .iter()
        .map(|document| document.package.as_str())
        .collect();
    let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
    let workspace = format!("[workspace]\nresolver = \"2\"\nmembers = {members:?}\n{profile}");
    file(&folder.join("Cargo.toml"), &workspace);
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    documents
        .iter()
        .for_each(|document| package(&folder.join(&document.package), document));
    folder
}

fn package(folder: &Path, document: &Document) {
    let output = &document.output;
    for module in &output.modules {
        file(&folder.join("src").join(&module.path), &module.text);
    }
    let mut features = output.runtime_features.clone();
    for test in &output.tests {
        file(&folder.join(format!("tests/{}.rs", test.name)), &test.text);
        features.extend(test.runtime_features.iter().cloned());
    }
    let (runtime, name) = (root().join("runtime"), &document.package);
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2021\"\n\n\
        [[test]]\nname = \"examples\"\nharness = false\n\n\
        [dependencies]\nlibtest-mimic = \"0.8\"\n\n\
        [dependencies.typewright-runtime]\npath = {runtime:?}\ndefault-features = false\nfeatures = {features:?}\n"
    );
    file(&folder.join("Cargo.toml"), &manifest);
}

/// Writes a file unless it has this text already, so that nothing is compiled again.
fn file(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The names of the examples that fail, each with the reason.
pub fn failures(folder: &Path, document: &Document) -> Vec<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["test", "--package", &document.package, "--test", "examples"])
        .env("CARGO_NET_OFFLINE", "true")
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("test result: "),
        "{}:\n{wrong}",
        document.name
    );
    let mut failures = Vec::new();
    let mut lines = said.lines();
    while let Some(line) = lines.next() {
        let name = line
            .strip_prefix("---- ")
            .and_then(|rest| rest.strip_suffix(" ----"));
        if let Some(name) = name {
            failures.push((name.to_owned(), lines.next().unwrap_or_default().to_owned()));
        }
    }
    failures
}
