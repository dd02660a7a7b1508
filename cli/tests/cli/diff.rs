//! `diff`: of two documents, and of a generated crate with a document.

use crate::support::{Sandbox, DOCUMENT};

/// A generated crate in `out`, and a document `new.yaml` with a change that breaks callers.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    sandbox
        .write("new.yaml", DOCUMENT.replace("name: { type: string }", "name: { type: integer }"));
    sandbox
}

const HUMAN: &str = "major: 1 field changed\n\nmajor\n  changed field types::Pet::name (new.yaml:14:58)\n      String\n    → i64\n";

#[test]
fn a_crate_is_compared_with_a_document() {
    let sandbox = sandbox();
    let before = sandbox.files("out");
    let run = sandbox.run(&["diff", "out", "new.yaml"]).ends(0);
    assert_eq!(run.stdout, HUMAN, "{run:?}");
    assert!(run.stderr.is_empty(), "{run:?}");
    let run = sandbox.run(&["diff", "out/", "new.yaml", "--format", "markdown"]).ends(0);
    let entry = "- **Breaking:** field `types::Pet::name`: `String` → `i64`";
    assert_eq!(run.stdout, format!("### Changed\n\n{entry}\n\n"));
    let run = sandbox.run(&["diff", "out", "new.yaml", "--format", "json"]).ends(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["level"], "major");
    let change = &report["changes"][0];
    assert_eq!(change["new_place"], "new.yaml:14:58");
    assert_eq!(change.get("old_place"), None, "the lock does not know the old document");
    assert_eq!(sandbox.files("out"), before);
    let run = sandbox.run(&["diff", "out", "pets.yaml"]).ends(0);
    assert_eq!(run.stdout, "patch: the Rust API is the same\n");
}

#[test]
fn a_denied_level_ends_with_4() {
    let sandbox = sandbox();
    for (document, level, status) in [
        ("new.yaml", "major", 4),
        ("new.yaml", "minor", 4),
        ("pets.yaml", "major", 0),
        ("pets.yaml", "minor", 0),
    ] {
        sandbox.run(&["diff", "out", document, "-D", level]).ends(status);
    }
}

#[test]
fn the_lock_says_the_same_as_the_document_that_it_was_made_of() {
    let sandbox = sandbox();
    let of_lock = sandbox.run(&["diff", "out", "new.yaml"]).ends(0).stdout;
    let of_document = sandbox.run(&["diff", "pets.yaml", "new.yaml"]).ends(0).stdout;
    assert_eq!(of_document, of_lock.replace("(new", "(pets.yaml:14:58 → new"));
}

#[test]
fn a_folder_without_a_lock_is_an_error_that_says_what_to_do() {
    let sandbox = Sandbox::new();
    sandbox.write("out/src/lib.rs", "");
    let run = sandbox.run(&["diff", "out", "pets.yaml"]).ends(1);
    for text in ["out/typewright.lock", "typewright generate pets.yaml --out out"] {
        assert!(run.stderr.contains(text), "{text}: {run:?}");
    }
    sandbox.write("out/typewright.lock", "version = 1\n<<<<<<< ours\n");
    let run = sandbox.run(&["diff", "out", "pets.yaml"]).ends(1);
    assert!(run.stderr.contains("typewright.lock:2:1"), "{run:?}");
}

#[test]
fn a_document_alone_and_a_crate_without_a_configuration_are_wrong_usage() {
    let sandbox = sandbox();
    sandbox.run(&["diff", "pets.yaml"]).ends(2);
    let run = sandbox.run(&["diff", "out"]).ends(2);
    assert!(run.stderr.contains("name its document"), "{run:?}");
}

#[test]
fn a_client_of_the_configuration_is_compared_by_its_options() {
    let sandbox = Sandbox::new();
    let config = "[[client]]\ndocument = \"pets.yaml\"\nout = \"out\"\nname = \"pets\"\n\n[client.rename]\nPet = \"Animal\"\n";
    sandbox.write("typewright.toml", config);
    sandbox.run(&["generate"]).ends(0);
    let unchanged = "patch: the Rust API is the same\n";
    assert_eq!(sandbox.run(&["diff", "out"]).ends(0).stdout, unchanged);
    sandbox.write("old.yaml", DOCUMENT);
    sandbox
        .write("pets.yaml", DOCUMENT.replace("name: { type: string }", "name: { type: integer }"));
    for arguments in [
        &["diff", "out"][..],
        &["diff", "./out"],
        &["diff", "out", "pets.yaml"],
        &["diff", "old.yaml", "pets.yaml"],
        &["diff", "out", "--config", "typewright.toml"],
    ] {
        let run = sandbox.run(arguments).ends(0);
        assert!(run.stdout.contains("changed field types::Animal::name"), "{arguments:?}: {run:?}");
    }
    // of a document that is not in the configuration, the crate's options are used all the same
    let run = sandbox.run(&["diff", "out", "old.yaml"]).ends(0);
    assert_eq!(run.stdout, unchanged);
}
