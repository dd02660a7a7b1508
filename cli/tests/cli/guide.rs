//! `README.md` and `reference.md` of a generated crate.

use crate::support::{Sandbox, DOCUMENT};
use std::fs;

const README: &str = "out/README.md";
const REFERENCE: &str = "out/reference.md";

fn generated() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    sandbox
}

/// `pets.yaml` with another title, so that the README and the reference are outdated.
fn retitle(sandbox: &Sandbox) {
    sandbox.write("pets.yaml", DOCUMENT.replace("title: Pets", "title: Animals"));
}

#[test]
fn a_crate_has_both() {
    let sandbox = generated();
    let readme = sandbox.read(README);
    for text in ["\n# Pets\n", "cargo add --path", "client.list_pets().await?", "| feature |"] {
        assert!(readme.contains(text), "{text}: {readme}");
    }
    let reference = sandbox.read(REFERENCE);
    for text in ["### `list_pets`", "client.list_pets() -> Pet", "`GET /pets`", "| 200 |"] {
        assert!(reference.contains(text), "{text}: {reference}");
    }
    assert!(sandbox.read("out/Cargo.toml").contains("readme = \"README.md\""));
    assert_eq!(sandbox.generate(&["--check"]).ends(0).stdout, "out: current\n");
}

#[test]
fn both_are_renewed_and_checked() {
    let sandbox = generated();
    retitle(&sandbox);
    let run = sandbox.generate(&["--check"]).ends(3);
    for text in ["README.md is not current", "reference.md is not current", "+# Animals"] {
        assert!(run.stdout.contains(text), "{text}: {run:?}");
    }
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read(README).contains("# Animals"));
    assert!(sandbox.read(REFERENCE).contains("Animals"));
}

#[test]
fn an_edited_readme_is_its_authors() {
    let sandbox = generated();
    let text = sandbox.read(README).replace("## Use", "## How to use it");
    sandbox.write(README, &text);
    retitle(&sandbox);
    sandbox.generate(&[]).ends(0);
    sandbox.generate(&["--force"]).ends(0);
    assert_eq!(sandbox.read(README), text);
    sandbox.generate(&["--check"]).ends(0);
}

#[test]
fn a_readme_of_before_stays() {
    let sandbox = Sandbox::new();
    sandbox.write(README, "# Mine\n");
    sandbox.generate(&[]).ends(0);
    assert_eq!(sandbox.read(README), "# Mine\n");
    sandbox.generate(&["--check"]).ends(0);
}

#[test]
fn an_edited_reference_is_refused() {
    let sandbox = generated();
    sandbox.write(REFERENCE, sandbox.read(REFERENCE) + "mine\n");
    let run = sandbox.generate(&[]).ends(1);
    assert!(run.stderr.contains("TW0517") && run.stderr.contains("reference.md"), "{run:?}");
    sandbox.generate(&["--force"]).ends(0);
    assert!(!sandbox.read(REFERENCE).contains("mine"));
}

#[test]
fn a_reference_of_others_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write(REFERENCE, "# Mine\n");
    for flags in [&[][..], &["--force"]] {
        let run = sandbox.generate(flags).ends(1);
        assert!(run.stderr.contains("TW0501") && run.stderr.contains("--no-guide"), "{run:?}");
    }
    sandbox.generate(&["--no-guide"]).ends(0);
    assert_eq!(sandbox.read(REFERENCE), "# Mine\n");
}

#[test]
fn what_was_removed_is_written_again() {
    let sandbox = generated();
    fs::remove_file(sandbox.path(README)).unwrap();
    fs::remove_file(sandbox.path(REFERENCE)).unwrap();
    let run = sandbox.generate(&["--check"]).ends(3);
    assert!(run.stdout.contains("README.md is missing"), "{run:?}");
    assert!(sandbox.generate(&[]).ends(0).stdout.starts_with("out: 2 written"));
}

#[test]
fn line_ends_of_windows_are_no_difference() {
    let sandbox = generated();
    for path in [README, REFERENCE] {
        sandbox.write(path, sandbox.read(path).replace('\n', "\r\n"));
    }
    assert_eq!(sandbox.generate(&[]).ends(0).stdout, "out: current\n");
    retitle(&sandbox);
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read(README).contains("# Animals"));
}

#[test]
fn neither_is_written_without_a_guide() {
    let sandbox = Sandbox::new();
    sandbox.generate(&["--no-guide"]).ends(0);
    assert!(!sandbox.path(README).exists() && !sandbox.path(REFERENCE).exists());
    assert!(!sandbox.read("out/Cargo.toml").contains("readme"));
    sandbox.generate(&[]).ends(0);
    sandbox.generate(&["--no-guide"]).ends(0);
    assert!(sandbox.path(README).exists() && !sandbox.path(REFERENCE).exists());
}

#[test]
fn types_alone_have_no_operations_to_list() {
    let sandbox = generated();
    sandbox.generate(&["--types-only"]).ends(0);
    assert!(!sandbox.path(REFERENCE).exists());
    assert!(!sandbox.read(README).contains("Client"));
}
