//! The documents of `../shared/cases`, each of something that a client once got wrong: their diagnostics, and what their
//! clients decode, encode, send and receive.
//!
//! The clients are the modules of one package, and `cases/values` is a test of it.

mod documents;

use crate::support::package::{Package, Workspace};
use crate::support::{print_always, root, shared};
use std::collections::BTreeSet;
use typewright::diagnostics::Severity;

/// Codes that a document's findings have or lack, by the start of its name.
const CODES: &[(&str, &str, usize)] = &[
    ("06", "TW0316", 0),
    ("12", "TW0312", 4),
    ("21", "TW0316", 0),
    ("21", "TW0326", 1),
    ("28", "TW0309", 0),
    ("33", "TW0228", 0),
    ("48", "TW0309", 0),
    ("server-07", "TW0243", 1),
    ("server-09", "TW0328", 1),
    ("server-14", "TW0316", 0),
];

/// Messages that no finding of a document may hold.
const UNSAID: &[(&str, &str)] =
    &[("12", "`Authorization` is written"), ("17", "absolute"), ("20", "files"), ("33", "files")];

#[test]
fn clients_of_the_shared_documents_are_right() {
    let Some(folder) = shared("cases") else {
        return;
    };
    let documents = documents::all(&folder);
    assert!(documents.len() > 40, "{} documents", documents.len());
    let clients: Vec<_> =
        documents.iter().map(|document| (document.module.clone(), document.output())).collect();
    let package = Package::new("cases").edition("2024").modules_and_includes(&clients);
    let workspace = Workspace::write("cases", &[package.dependencies(&manifest())]);
    workspace.cargo(&["test", "--quiet"]);
    workspace.cargo(&["doc", "--quiet", "--no-deps"]);
    print_always(&format!(
        "{} clients of the shared documents compile without a warning and are right",
        clients.len()
    ));
}

/// Further entries of the package's manifest: the test and its dependencies.
fn manifest() -> String {
    let values = root().join("tests/shared/cases/values/main.rs");
    format!(
        "\n[dev-dependencies]\nfutures-util = {{ version = \"0.3\", default-features = false }}\n\
        http = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
        [[test]]\nname = \"values\"\npath = {values:?}\n"
    )
}

#[test]
fn findings_are_what_the_documents_deserve() {
    let Some(folder) = shared("cases") else {
        return;
    };
    let documents = documents::all(&folder);
    let named = |name: &str| {
        let mut all = documents.iter();
        all.find(|document| document.is(name)).unwrap().findings()
    };
    for (name, code, count) in CODES {
        let findings = named(name);
        let of_code = findings.iter().filter(|finding| finding.code.id == *code);
        assert_eq!(of_code.count(), *count, "{name} {code}: {findings:#?}");
    }
    for (name, text) in UNSAID {
        let findings = named(name);
        let finding = findings.iter().find(|finding| finding.message.contains(text));
        assert!(finding.is_none(), "{name}: {finding:#?}");
    }
}

/// The lines of the unions that nothing tells apart: `{}` is of both branches, and so is `[]`.
#[test]
fn unions_that_something_tells_apart_are_not_reported() {
    let Some(folder) = shared("cases") else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("14-unions.yaml")).unwrap();
    let documents = documents::all(&folder);
    let document = documents.iter().find(|document| document.is("14"));
    let reported = document.unwrap().lines_of("TW0309");
    let names = reported.iter().map(|line| {
        let line = text.lines().nth(line - 1).unwrap().trim();
        line.split(':').next().unwrap().to_owned()
    });
    let expected = ["arrays", "byFieldTypeOptional", "closed"].map(str::to_owned);
    assert_eq!(names.collect::<BTreeSet<_>>(), expected.into());
}

/// `inspect` reports the same diagnostics as `generate`, without errors.
#[test]
fn inspect_shows_what_generate_counts() {
    let Some(folder) = shared("cases") else {
        return;
    };
    for document in documents::all(&folder) {
        let messages = |findings: Vec<typewright::diagnostics::Diagnostic>| {
            findings
                .into_iter()
                .map(|finding| (finding.code.id, finding.message))
                .collect::<Vec<_>>()
        };
        let findings = document.findings();
        let error = findings.iter().find(|finding| finding.code.severity == Severity::Error);
        assert!(error.is_none(), "{}: {error:#?}", document.module);
        assert_eq!(messages(findings), messages(document.inspected()), "{}", document.module);
    }
}

/// A value of every document is tried.
#[test]
fn no_document_is_forgotten() {
    let Some(folder) = shared("cases") else {
        return;
    };
    let values = std::fs::read_dir(root().join("tests/shared/cases/values")).unwrap();
    let texts = values.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let texts: String = texts.collect();
    let words = texts.split(|letter: char| letter != '_' && !letter.is_alphanumeric());
    let words: BTreeSet<_> = words.collect();
    let tried = |module: &str| words.contains(module);
    for document in documents::all(&folder) {
        let module = &document.module;
        assert!(tried(module), "no value of {module} is tried");
    }
}
