//! `generate --check`: says what is not current, and writes nothing.

use crate::support::{wait_for_another_time, Sandbox, DOCUMENT, HEADER};
use std::fs;
use std::process::Command;

#[test]
fn current_output_passes_and_is_not_touched() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let before = sandbox.files("out");
    wait_for_another_time();
    sandbox.generate(&["--check"]).ends(0);
    assert_eq!(sandbox.files("out"), before);
}

#[test]
fn outdated_output_fails_with_a_short_difference() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let before = sandbox.files("out");
    wait_for_another_time();
    sandbox.write("pets.yaml", DOCUMENT.replace("title: Pets", "title: Animals"));
    let run = sandbox.generate(&["--check"]).ends(3);
    assert!(run.stdout.contains("is not current"), "{run:?}");
    assert!(run.stdout.contains("Pets") && run.stdout.contains("Animals"), "{run:?}");
    assert!(run.stdout.lines().count() < 200, "{run:?}");
    assert_eq!(sandbox.files("out"), before);
}

#[test]
fn tools_get_an_object_for_each_file() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    sandbox.write("out/src/old.rs", format!("{HEADER}\n"));
    fs::remove_file(sandbox.path("out/Cargo.toml")).unwrap();
    sandbox.write("pets.yaml", DOCUMENT.replace("title: Pets", "title: Animals"));
    let before = sandbox.files("out");
    let run = sandbox.generate(&["--check", "--message-format", "json"]).ends(3);
    assert_eq!(run.stdout, "");
    let objects = run.stderr.lines().map(|line| serde_json::from_str(line).unwrap());
    let objects: Vec<serde_json::Value> = objects.collect();
    let object = |path: &str| objects.iter().find(|object| object["path"] == path).unwrap();
    let [lib, old, manifest] = ["out/src/lib.rs", "out/src/old.rs", "out/Cargo.toml"].map(object);
    assert_eq!([&lib["kind"], &old["kind"], &manifest["kind"]], ["changed", "removed", "added"]);
    let diff = lib["diff"].as_str().unwrap();
    assert!(diff.starts_with("--- a/out/src/lib.rs\n+++ b/out/src/lib.rs\n@@ -"), "{diff}");
    assert!(diff.lines().any(|line| line.starts_with('+') && line.contains("Animals")), "{diff}");
    assert!(manifest["diff"].as_str().unwrap().starts_with("--- /dev/null\n"), "{manifest}");
    assert_eq!(lib["edited"], false);
    assert_eq!(sandbox.files("out"), before);
    let run = sandbox.generate(&["--check", "--message-format", "json", "-q"]).ends(3);
    assert!(run.stderr.is_empty() && run.stdout.is_empty(), "{run:?}");
    sandbox.generate(&[]).ends(0);
    let run = sandbox.generate(&["--check", "--message-format", "json"]).ends(0);
    assert!(run.stderr.is_empty() && run.stdout.is_empty(), "{run:?}");
}

#[test]
fn missing_outdated_and_edited_files_are_named() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    sandbox.write("out/src/old.rs", format!("{HEADER}\n"));
    let lib = sandbox.read("out/src/lib.rs");
    sandbox.write("out/src/lib.rs", format!("{lib}\n/// By hand.\npub struct Mine;\n"));
    fs::remove_file(sandbox.path("out/Cargo.toml")).unwrap();
    let run = sandbox.generate(&["--check"]).ends(3);
    for line in [
        "old.rs is no longer generated",
        "lib.rs was edited by hand",
        "-pub struct Mine;",
        "Cargo.toml is missing",
    ] {
        assert!(run.stdout.contains(line), "{line}: {run:?}");
    }
    assert!(!sandbox.path("out/Cargo.toml").exists());
}

#[test]
fn nothing_there_is_outdated_too() {
    let sandbox = Sandbox::new();
    let run = sandbox.generate(&["--check"]).ends(3);
    assert!(run.stdout.contains("lib.rs is missing"), "{run:?}");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn a_wrong_document_is_no_outdated_output() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", "a: [");
    sandbox.generate(&["--check"]).ends(1);
}

#[test]
fn other_formatting_is_no_difference() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let style = "hard_tabs = true\nmax_width = 60\nuse_small_heuristics = \"Off\"\nnewline_style = \"Windows\"\nstyle_edition = \"2024\"\n";
    sandbox.write("out/rustfmt.toml", style);
    let formatted = Command::new("cargo")
        .args(["fmt", "--manifest-path"])
        .arg(sandbox.path("out/Cargo.toml"))
        .status()
        .unwrap();
    assert!(formatted.success());
    assert!(sandbox.read("out/src/lib.rs").contains("\r\n"), "it was formatted");
    sandbox.generate(&["--check"]).ends(0);
    sandbox.write("pets.yaml", DOCUMENT.replace("title: Pets", "title: Animals"));
    let run = sandbox.generate(&["--check"]).ends(3);
    let changed = |sign: char| run.stdout.lines().filter(|line| line.starts_with(sign)).count();
    assert!(changed('-') < 12 && changed('+') < 12, "only what really differs: {run:?}");
}
