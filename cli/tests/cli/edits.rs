//! Edits by hand: generated files that someone changed are not replaced unasked.

use crate::support::{Sandbox, DOCUMENT};
use std::fs;
use std::process::Command;

const FILE: &str = "out/src/types/other.rs";

/// A generated crate in which one function was added to a generated file.
fn edited() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let text = sandbox.read(FILE);
    sandbox.write(FILE, format!("{text}\npub fn mine() -> u8 {{\n    1\n}}\n"));
    sandbox
}

/// The bytes of all files, without times.
fn texts(sandbox: &Sandbox) -> Vec<Vec<u8>> {
    sandbox.files("out").into_iter().map(|file| file.2).collect()
}

#[test]
fn an_edited_file_is_refused_with_its_difference_and_nothing_is_written() {
    let sandbox = edited();
    let before = sandbox.files("out");
    // a new file, a removed one and a changed manifest would be due as well
    sandbox.write("pets.yaml", DOCUMENT.replace("title: Pets", "title: Animals"));
    let run = sandbox.generate(&["--tests"]).ends(1);
    for text in ["TW0517", "other.rs", "-pub fn mine() -> u8 {", "--force", "src/ext/"] {
        assert!(run.stderr.contains(text), "{text}: {run:?}");
    }
    assert!(run.stdout.is_empty(), "{run:?}");
    assert_eq!(sandbox.files("out"), before);
}

#[test]
fn force_replaces_an_edited_file() {
    let sandbox = edited();
    sandbox.generate(&["--force"]).ends(0);
    assert!(!sandbox.read(FILE).contains("mine"));
    sandbox.generate(&[]).ends(0);
}

#[test]
fn force_does_not_replace_files_of_others() {
    let sandbox = Sandbox::new();
    sandbox.write("out/src/lib.rs", "// written by hand\n");
    let run = sandbox.generate(&["--force"]).ends(1);
    assert!(run.stderr.contains("TW0501"), "{run:?}");
    assert_eq!(sandbox.files("out").len(), 1);
}

#[test]
fn a_comment_is_an_edit_too() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let text = sandbox.read(FILE);
    sandbox.write(FILE, format!("{text}// remember the milk\n"));
    let run = sandbox.generate(&[]).ends(1);
    assert!(run.stderr.contains("-// remember the milk"), "{run:?}");
}

#[test]
fn an_edited_file_that_is_no_longer_generated_is_refused_too() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let text = sandbox.read("out/src/client.rs");
    sandbox.write("out/src/client.rs", text + "// mine\n");
    let before = sandbox.files("out");
    let run = sandbox.generate(&["--types-only"]).ends(1);
    assert!(run.stderr.contains("TW0517") && run.stderr.contains("client.rs"), "{run:?}");
    assert_eq!(sandbox.files("out"), before);
    sandbox.generate(&["--types-only", "--force"]).ends(0);
    assert!(!sandbox.path("out/src/client.rs").exists());
}

#[test]
fn a_check_reports_an_edit_as_outdated_output() {
    let sandbox = edited();
    let run = sandbox.generate(&["--check"]).ends(3);
    assert!(run.stdout.contains("other.rs was edited by hand"), "{run:?}");
    assert!(run.stdout.contains("-pub fn mine() -> u8 {"), "{run:?}");
}

#[test]
fn a_check_reports_an_edit_of_comments_alone() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let text = sandbox.read(FILE);
    sandbox.write(FILE, format!("{text}// remember the milk\n"));
    let run = sandbox.generate(&["--check"]).ends(3);
    assert!(run.stdout.contains("-// remember the milk"), "{run:?}");
}

#[test]
fn many_edits_are_all_named_and_few_are_shown() {
    let sandbox = Sandbox::new();
    let properties = |n| {
        format!("    Pet{n}: {{ type: object, properties: {{ name: {{ $ref: '#/components/schemas/Pet{}' }} }} }}\n", n + 1)
    };
    let many: String = (0..30).map(properties).collect();
    let document = DOCUMENT.replace("/Pet'", "/Pet0'");
    sandbox.write("pets.yaml", format!("{document}{many}    Pet30: {{ type: string }}\n"));
    sandbox.generate(&[]).ends(0);
    let files: Vec<_> = sandbox.files("out/src").into_iter().map(|file| file.0).collect();
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, format!("{text}// {}\n", "mine ".repeat(500)).repeat(2)).unwrap();
    }
    let run = sandbox.generate(&[]).ends(1);
    let names = files.iter().map(|path| path.file_name().unwrap().to_str().unwrap());
    for name in names {
        assert!(run.stderr.contains(name), "{name}: {run:?}");
    }
    assert!(run.stderr.len() < 60_000, "{}", run.stderr.len());
}

#[test]
fn windows_line_ends_are_no_edit() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    for (path, _, bytes) in sandbox.files("out/src") {
        let text = String::from_utf8(bytes).unwrap();
        fs::write(path, text.replace('\n', "\r\n")).unwrap();
    }
    sandbox.generate(&["--check"]).ends(0);
    sandbox.write("pets.yaml", DOCUMENT.replace("name: { type", "title: { type"));
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read(FILE).contains("title"));
}

#[test]
fn another_layout_is_no_edit() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let style = "hard_tabs = true\nmax_width = 40\nuse_small_heuristics = \"Off\"\nnewline_style = \"Windows\"\nstyle_edition = \"2024\"\n";
    sandbox.write("out/rustfmt.toml", style);
    let mut format = Command::new(env!("CARGO"));
    format.args(["fmt", "--manifest-path"]).arg(sandbox.path("out/Cargo.toml"));
    assert!(format.status().unwrap().success());
    fs::remove_file(sandbox.path("out/rustfmt.toml")).unwrap();
    let formatted = texts(&sandbox);
    sandbox.generate(&[]).ends(0);
    assert_ne!(texts(&sandbox), formatted, "it was laid out anew");
}

#[test]
fn files_of_earlier_versions_have_no_checksum_and_are_replaced() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let current = sandbox.read(FILE);
    let old: Vec<_> = current.lines().filter(|line| !line.contains("Checksum")).collect();
    assert_eq!(old.len() + 1, current.lines().count());
    sandbox.write(FILE, old.join("\n") + "\npub struct Old;\n");
    sandbox.generate(&[]).ends(0);
    assert_eq!(sandbox.read(FILE), current);
}

#[test]
fn a_conflict_between_two_generated_versions_is_resolved_by_generating() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let ours = sandbox.read(FILE);
    let mut lines: Vec<_> = ours.lines().collect();
    let conflict = "<<<<<<< ours\n".to_owned()
        + lines[1]
        + "\n=======\n// Checksum 0000000000000000\n>>>>>>> theirs";
    lines[1] = &conflict;
    sandbox.write(FILE, lines.join("\n"));
    sandbox.generate(&[]).ends(0);
    assert_eq!(sandbox.read(FILE), ours);
}
