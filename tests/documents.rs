//! Documents that other tools write: services of our own in `tests/documents/`, and what comes of their documents.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read documents and write crates"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use typewright::api::model::Api;
use typewright::diagnostics::{human, Severity, Style};
use typewright::host::disk::Disk;
use typewright::{analyse, generate, Options, Output};
use typewright_tests::root;

const TOOLS: [&str; 2] = ["fastapi", "utoipa"];

fn document(tool: &str) -> PathBuf {
    root()
        .join("tests/documents")
        .join(tool)
        .join("openapi.json")
}

fn options(tool: &str) -> Options {
    Options {
        name: tool.to_owned(),
        ..Options::default()
    }
}

fn output(tool: &str) -> Output {
    let path = document(tool);
    let generated = generate(path.to_str().unwrap(), &Disk::new(&path), &options(tool));
    let shown = human(&generated.diagnostics, &generated.files, Style::Plain);
    let all = generated.diagnostics.iter();
    let lost = all.filter(|found| found.code.severity != Severity::Note);
    assert_eq!(lost.count(), 0, "{tool}:\n{shown}");
    generated.output.unwrap()
}

fn api(tool: &str) -> Api {
    let path = document(tool);
    analyse(path.to_str().unwrap(), &Disk::new(&path), &options(tool))
        .api
        .unwrap()
}

/// The ids that the text of the document lists.
fn written_ids(tool: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(document(tool)).unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let ids = operations.filter_map(|operation| operation["operationId"].as_str());
    ids.map(str::to_owned).collect()
}

#[test]
fn every_operation_has_its_method_and_nothing_is_lost() {
    for tool in TOOLS {
        let written = written_ids(tool);
        assert!(written.len() >= 7, "{written:?}");
        let found = api(tool)
            .operations
            .into_iter()
            .map(|operation| operation.id);
        assert_eq!(found.collect::<BTreeSet<_>>(), written, "{tool}");
        let text = output(tool).include();
        let methods = text.matches("`GET /").count()
            + text.matches("`POST /").count()
            + text.matches("`PUT /").count()
            + text.matches("`DELETE /").count();
        assert!(methods >= written.len(), "{tool}: {methods}");
    }
}

#[test]
fn the_constructor_demands_a_base_url() {
    for tool in TOOLS {
        let text = output(tool).include();
        assert!(text.contains("pub fn builder(base_url: &str)"), "{tool}");
        assert!(!text.contains("impl Default for Client"), "{tool}");
    }
}

fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn the_crates_compile_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    write(
        &folder.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"2\"\nmembers = {TOOLS:?}\n"),
    );
    for tool in TOOLS {
        let output = output(tool);
        let runtime = root().join("runtime");
        let manifest = format!("[package]\nname = \"{tool}-client\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[dependencies.typewright-runtime]\npath = {runtime:?}\ndefault-features = false\nfeatures = {:?}\n", output.runtime_features);
        let package = folder.join(tool);
        let _ = fs::remove_dir_all(package.join("src"));
        write(&package.join("Cargo.toml"), &manifest);
        for module in &output.modules {
            write(&package.join("src").join(&module.path), &module.text);
        }
    }
    let output = Command::new(env!("CARGO"))
        .args([
            "clippy",
            "--workspace",
            "--keep-going",
            "--",
            "-D",
            "warnings",
        ])
        .env("CARGO_NET_OFFLINE", "true")
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
