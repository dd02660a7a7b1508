//! Documents that web frameworks write: of services of our own in `tests/documents/`, and the clients of these documents.

use crate::support::package::{Package, Workspace};
use crate::support::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use typewright::diagnostics::{human, Severity, Style};
use typewright::host::disk::Disk;
use typewright::{analyse, generate, Options, Output};

const FRAMEWORKS: [&str; 2] = ["fastapi", "utoipa"];

fn document(framework: &str) -> PathBuf {
    let folder = root().join("tests/documents").join(framework);
    folder.join("openapi.json")
}

fn options(framework: &str) -> Options {
    Options::new(|options| {
        options.name = framework.to_owned();
    })
}

/// The client, of which nothing may be lost.
fn client(framework: &str) -> Output {
    let path = document(framework);
    let entry = path.to_str().unwrap();
    let generated = generate(entry, &Disk::new(&path), &options(framework));
    let text = human(&generated.diagnostics, &generated.files, Style::Plain);
    let mut diagnostics = generated.diagnostics.iter();
    let is_harmless = diagnostics.all(|diagnostic| diagnostic.code.severity == Severity::Note);
    assert!(is_harmless, "{framework}:\n{text}");
    generated.output.unwrap()
}

/// The `operationId`s in the text of the document.
fn documented_ids(framework: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(document(framework)).unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let ids = operations.filter_map(|operation| operation["operationId"].as_str());
    ids.map(str::to_owned).collect()
}

#[test]
fn every_operation_has_its_method_and_nothing_is_lost() {
    for framework in FRAMEWORKS {
        let documented = documented_ids(framework);
        assert!(documented.len() >= 7, "{documented:?}");
        let path = document(framework);
        let entry = path.to_str().unwrap();
        let api = analyse(entry, &Disk::new(&path), &options(framework)).api;
        let operations = api.unwrap().operations.into_iter();
        let ids: BTreeSet<_> = operations.map(|operation| operation.id).collect();
        assert_eq!(ids, documented, "{framework}");
        let text = client(framework).include();
        let methods: usize = ["GET", "POST", "PUT", "DELETE"]
            .map(|method| text.matches(&format!("`{method} /")).count())
            .iter()
            .sum();
        assert!(methods >= documented.len(), "{framework}: {methods}");
    }
}

#[test]
fn the_constructor_demands_a_base_url() {
    for framework in FRAMEWORKS {
        let text = client(framework).include();
        assert!(text.contains("pub fn builder(base_url: &str)"), "{framework}");
        assert!(!text.contains("impl Default for Client"), "{framework}");
    }
}

#[test]
fn the_crates_compile_without_a_warning() {
    let packages = FRAMEWORKS
        .map(|framework| Package::new(&format!("{framework}-client")).client(&client(framework)));
    Workspace::write("documents", &packages).clippy();
}
