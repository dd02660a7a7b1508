//! The changes for callers that a second generation prints, and adds to a changelog.

use crate::support::{Run, Sandbox, DOCUMENT};
use std::fs;

const PET: &str = "Pet: { type: object, required: [name], properties: { name: { type: string } } }";

/// A generated crate, with `pets.yaml` changed since.
fn changed(from: &str, to: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    assert!(DOCUMENT.contains(from));
    sandbox.write("pets.yaml", DOCUMENT.replace(from, to));
    sandbox
}

fn minor() -> Sandbox {
    let more = "name: { type: string }, age: { type: integer }, tag: { type: string }";
    changed("name: { type: string }", more)
}

fn major() -> Sandbox {
    changed("name: { type: string }", "name: { type: integer }")
}

/// The lines on stdout after the first, which counts files.
fn summary(run: &Run) -> &str {
    let (first, rest) = run.stdout.split_once('\n').unwrap();
    assert!(first.starts_with("out: "), "{run:?}");
    rest
}

#[test]
fn the_first_generation_compares_with_nothing() {
    let run = Sandbox::new().generate(&["--runtime-path", "runtime"]).ends(0);
    assert_eq!(summary(&run), "");
}

#[test]
fn without_changes_only_that_is_printed() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    assert_eq!(sandbox.generate(&[]).ends(0).stdout, "out: current\n");
}

#[test]
fn a_minor_change_is_one_line() {
    let run = minor().generate(&[]).ends(0);
    assert_eq!(summary(&run), "minor: 2 fields added\n");
}

#[test]
fn a_change_of_documentation_alone_is_a_patch() {
    let run = changed("title: Pets", "title: Animals").generate(&[]).ends(0);
    assert_eq!(summary(&run), "patch: the Rust API is the same\n");
}

#[test]
fn a_major_change_is_shown_with_its_place() {
    let sandbox = major();
    let expected = "major: 1 field changed\n  changed field types::Pet::name (pets.yaml:14:58)\n      String\n    → i64\n";
    let run = sandbox.generate(&["--check"]).ends(3);
    assert!(run.stdout.ends_with(expected), "{run:?}");
    let run = sandbox.generate(&[]).ends(0);
    assert_eq!(summary(&run), expected);
    assert_eq!(sandbox.generate(&[]).ends(0).stdout, "out: current\n");
}

#[test]
fn of_many_major_changes_twenty_are_shown() {
    let sandbox = Sandbox::new();
    let properties =
        |ty: &str| -> String { (0..25).map(|at| format!(", p{at}: {{ type: {ty} }}")).collect() };
    let document = |ty| {
        DOCUMENT.replace(
            "name: { type: string }",
            &format!("name: {{ type: string }}{}", properties(ty)),
        )
    };
    sandbox.write("pets.yaml", document("string"));
    sandbox.generate(&[]).ends(0);
    sandbox.write("pets.yaml", document("integer"));
    let run = sandbox.generate(&["--check"]).ends(3);
    let advice = "  … and 5 more: `typewright diff out pets.yaml` shows all\n";
    assert!(run.stdout.ends_with(advice), "{run:?}");
    let run = sandbox.generate(&[]).ends(0);
    assert_eq!(run.stdout.matches("changed field").count(), 20, "{run:?}");
    assert!(
        run.stdout.ends_with("  … and 5 more: `git diff out/typewright.lock` shows all\n"),
        "{run:?}"
    );
}

#[test]
fn a_crate_without_a_lock_is_generated_without_a_summary() {
    let sandbox = major();
    fs::remove_file(sandbox.path("out/typewright.lock")).unwrap();
    assert_eq!(summary(&sandbox.generate(&[]).ends(0)), "");
    assert!(sandbox.path("out/typewright.lock").exists());
}

#[test]
fn a_damaged_lock_is_an_error_with_its_place_and_nothing_is_written() {
    let sandbox = minor();
    sandbox.write("out/typewright.lock", "version = 1\n[names\n");
    let before = sandbox.files("out");
    let run = sandbox.generate(&[]).ends(1);
    assert!(run.stderr.contains("typewright.lock:2:"), "{run:?}");
    assert_eq!(sandbox.files("out"), before);
}

#[test]
fn a_changelog_is_made_and_added_to() {
    let sandbox = minor();
    let run = sandbox.generate(&["--changelog", "CHANGELOG.md"]).ends(0);
    assert!(run.stdout.ends_with("CHANGELOG.md: written\n"), "{run:?}");
    let first = "# Changelog\n\n## Unreleased\n\n### Added\n\n- field `types::Pet::age`\n- field `types::Pet::tag`\n";
    assert_eq!(sandbox.read("CHANGELOG.md"), first);
    sandbox.generate(&["--changelog", "CHANGELOG.md"]).ends(0);
    assert_eq!(sandbox.read("CHANGELOG.md"), first, "nothing is added twice");
    sandbox.write(
        "pets.yaml",
        DOCUMENT
            .replace("name: { type: string }", "name: { type: string }, age: { type: integer }"),
    );
    sandbox.generate(&["--changelog", "CHANGELOG.md"]).ends(0);
    let removed = "\n### Removed\n\n- **Breaking:** field `types::Pet::tag`\n";
    assert_eq!(sandbox.read("CHANGELOG.md"), format!("{first}{removed}"));
}

#[test]
fn a_changelog_may_be_in_the_folder_of_the_crate_and_have_windows_line_ends() {
    let sandbox = major();
    let old = "# Changelog\r\n\r\nAbout.\r\n\r\n## [Unreleased]\r\n\r\n### Changed\r\n\r\n- mine\r\n\r\n## 0.1.0\r\n";
    sandbox.write("out/CHANGELOG.md", old);
    sandbox.generate(&["--changelog", "out/CHANGELOG.md"]).ends(0);
    let entry = "- mine\r\n- **Breaking:** field `types::Pet::name`: `String` → `i64`\r\n";
    assert_eq!(sandbox.read("out/CHANGELOG.md"), old.replace("- mine\r\n", entry));
}

#[test]
fn a_changelog_that_cannot_be_read_stops_everything() {
    let sandbox = minor();
    fs::create_dir(sandbox.path("folder")).unwrap();
    let before = sandbox.files("out");
    let run = sandbox.generate(&["--changelog", "folder"]).ends(1);
    assert!(run.stderr.contains("`folder` cannot be read"), "{run:?}");
    assert_eq!(sandbox.files("out"), before);
    sandbox.generate(&["--changelog", "new.md", "--check"]).ends(2);
}

#[test]
fn without_changes_for_callers_there_is_no_changelog() {
    for sandbox in [Sandbox::new(), changed("title: Pets", "title: Animals")] {
        sandbox.generate(&["--changelog", "CHANGELOG.md"]).ends(0);
        assert!(!sandbox.path("CHANGELOG.md").exists());
    }
}

#[test]
fn entries_of_several_clients_name_them() {
    let sandbox = Sandbox::new();
    let client = |name| format!("[[client]]\ndocument = \"pets.yaml\"\nname = \"{name}\"\n");
    sandbox.write("typewright.toml", client("one") + &client("two"));
    sandbox.run(&["generate"]).ends(0);
    sandbox.write(
        "pets.yaml",
        DOCUMENT.replace(PET, &PET.replace("} } }", "}, age: { type: integer } } }")),
    );
    sandbox.run(&["generate", "--changelog", "CHANGELOG.md"]).ends(0);
    let text = sandbox.read("CHANGELOG.md");
    let added = "### Added\n\n- `one`: field `types::Pet::age`\n- `two`: field `types::Pet::age`\n";
    assert!(text.contains(added), "{text}");
}
