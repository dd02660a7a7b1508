//! Files: which are read, and how they are written.

use super::{fix, sandbox};
use std::fs;

const BEFORE: &str = "use pets::types::Pet;\nfn a(pet: Pet) -> String {\n    pet.name\n}\n";
const AFTER: &str =
    "use pets::types::Animal;\nfn a(pet: Animal) -> String {\n    pet.full_name\n}\n";

#[test]
fn a_dry_run_writes_nothing_and_prints_a_diff() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", BEFORE);
    let files = sandbox.files("");
    let run = fix(&sandbox, &["src"]).ends(5);
    assert_eq!(sandbox.files(""), files);
    assert_eq!(
        run.stdout,
        "--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -1,4 +1,4 @@\n-use pets::types::Pet;\n-fn a(pet: Pet) -> String {\n-    \
         pet.name\n+use pets::types::Animal;\n+fn a(pet: Animal) -> String {\n+    pet.full_name\n }\n"
    );
}

#[test]
fn a_second_run_changes_nothing() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", BEFORE);
    let run = fix(&sandbox, &["src", "--write"]).ends(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("src/lib.rs: mended\n", ""));
    assert_eq!(sandbox.read("src/lib.rs"), AFTER);
    let run = fix(&sandbox, &["src", "--write"]).ends(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    assert_eq!(sandbox.read("src/lib.rs"), AFTER);
}

#[test]
fn the_old_version_can_be_a_committed_crate() {
    let sandbox = sandbox();
    sandbox.run(&["generate", "old.yaml", "--out", "clients/pets", "--name", "pets"]).ends(0);
    sandbox.write("src/lib.rs", BEFORE);
    sandbox.run(&["fix", "clients/pets", "new.yaml", "src", "--write"]).ends(0);
    assert_eq!(sandbox.read("src/lib.rs"), AFTER);
    sandbox.write("src/lib.rs", BEFORE);
    fs::remove_file(sandbox.path("clients/pets/typewright.lock")).unwrap();
    let run = sandbox.run(&["fix", "clients/pets", "new.yaml", "src", "--write"]).ends(1);
    assert!(run.stderr.contains("TW0528"), "{run:?}");
    assert_eq!(sandbox.read("src/lib.rs"), BEFORE);
}

#[test]
fn a_swap_is_made_once() {
    let sandbox = sandbox();
    let before = "fn a(o: &pets::types::Owner) -> [&str; 2] { [&o.first, &o.last] }\n";
    let after = "fn a(o: &pets::types::Owner) -> [&str; 2] { [&o.last, &o.first] }\n";
    sandbox.write("src/lib.rs", before);
    sandbox.write("src/other.rs", "// nothing\n");
    sandbox.write("edits.txt", include_str!("edits.txt"));
    let run =
        |further: &[&str]| fix(&sandbox, &[&["src", "--edits", "edits.txt"], further].concat());
    run(&["--write"]).ends(0);
    assert_eq!(sandbox.read("src/lib.rs"), after);
    run(&["--write"]).ends(0);
    assert_eq!(sandbox.read("src/lib.rs"), after);
    // Of a mended file that has changed, nobody knows which name is meant.
    sandbox.write("src/lib.rs", format!("// more\n{after}"));
    let left = run(&["--write"]).ends(5);
    assert_eq!(sandbox.read("src/lib.rs"), format!("// more\n{after}"));
    assert!(left.stderr.contains("src/lib.rs:2:49: `first` may be meant"), "{}", left.stderr);
    // A file that was not mended is edited as ever.
    sandbox.write("src/other.rs", before);
    run(&["--write"]).ends(5);
    assert_eq!(sandbox.read("src/other.rs"), after);
}

#[test]
fn arguments_of_the_same_number_are_changed_once() {
    let sandbox = sandbox();
    let text =
        "fn a() { pets::types::NewPet::new(\"a\", pets::types::Kind::Dog).with_title(\"b\"); }\n";
    let after =
        "fn a() { pets::types::NewPet::new(\"a\", \"b\").with_kind(pets::types::Species::Dog); }\n";
    sandbox.write("src/lib.rs", text);
    for _ in 0..2 {
        fix(&sandbox, &["src", "--write"]).ends(0);
        assert_eq!(sandbox.read("src/lib.rs"), after);
    }
    sandbox.write("src/lib.rs", after.replace("\"b\"", "x, y"));
    fix(&sandbox, &["src", "--write"]).ends(5);
    sandbox.write("src/lib.rs", after.replace("\"b\"", "x"));
    let run = fix(&sandbox, &["src", "--write"]).ends(5);
    assert!(run.stderr.contains("src/lib.rs:1:31: `types::NewPet::new()`"), "{}", run.stderr);
}

#[test]
fn generated_files_hidden_folders_and_targets_are_skipped() {
    let sandbox = sandbox();
    for path in ["src/lib.rs", "target/a.rs", ".hidden/b.rs", "src/.c/d.rs", "src/notes.txt"] {
        sandbox.write(path, BEFORE);
    }
    sandbox.write("src/client.rs", format!("{}\n{BEFORE}", crate::support::HEADER));
    fix(&sandbox, &[".", "--write"]).ends(0);
    assert_eq!(sandbox.read("src/lib.rs"), AFTER);
    for path in ["target/a.rs", ".hidden/b.rs", "src/.c/d.rs", "src/notes.txt"] {
        assert_eq!(sandbox.read(path), BEFORE, "{path}");
    }
    assert!(sandbox.read("src/client.rs").ends_with(BEFORE));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", BEFORE);
    sandbox.write("outside/a.rs", BEFORE);
    std::os::unix::fs::symlink(sandbox.path("outside"), sandbox.path("src/folder")).unwrap();
    std::os::unix::fs::symlink(sandbox.path("outside/a.rs"), sandbox.path("src/a.rs")).unwrap();
    fix(&sandbox, &["src", "--write"]).ends(0);
    assert_eq!(sandbox.read("outside/a.rs"), BEFORE);
    assert_eq!(sandbox.read("src/lib.rs"), AFTER);
}

#[test]
fn of_a_read_only_file_nothing_is_written() {
    let sandbox = sandbox();
    sandbox.write("src/a.rs", BEFORE);
    sandbox.write("src/b.rs", BEFORE);
    let mut permissions = fs::metadata(sandbox.path("src/b.rs")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(sandbox.path("src/b.rs"), permissions).unwrap();
    let run = fix(&sandbox, &["src", "--write"]).ends(1);
    assert_eq!(run.stderr, "error: src/b.rs: it is read-only\n");
    assert_eq!(sandbox.read("src/a.rs"), BEFORE);
    assert_eq!(sandbox.files("src").len(), 2);
}

#[test]
fn a_file_that_is_not_rust_is_listed_and_left() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", BEFORE);
    sandbox.write("src/broken.rs", "fn ä( {\n");
    let run = fix(&sandbox, &["src", "--write"]).ends(5);
    assert_eq!(sandbox.read("src/lib.rs"), AFTER);
    assert_eq!(sandbox.read("src/broken.rs"), "fn ä( {\n");
    assert!(run.stderr.starts_with("src/broken.rs:1:"), "{}", run.stderr);
}

#[test]
fn line_ends_marks_and_other_alphabets_stay() {
    let sandbox = sandbox();
    let text = |code: &str| format!("\u{feff}#!/usr/bin/env x\n{}", code.replace('\n', "\r\n"));
    let comment = "/* имя 🐈 */ ";
    sandbox.write("src/lib.rs", text(&BEFORE.replace("    ", comment)));
    fix(&sandbox, &["src", "--write"]).ends(0);
    assert_eq!(sandbox.read("src/lib.rs"), text(&AFTER.replace("    ", comment)));
}

#[test]
fn columns_count_characters() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", "use pets::*;\nfn a() { /* имя 🐈 */ b().name; }\n");
    let run = fix(&sandbox, &["src"]).ends(5);
    assert!(
        run.stderr.starts_with("src/lib.rs:2:26: it may be `types::Pet::name`"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_crate_must_be_named() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", "fn a() {}\n");
    let run = fix(&sandbox, &["src"]).ends(1);
    assert_eq!(run.stderr, "error: no source names the crate `pets`; `--crate` gives its name\n");
    let run = fix(&sandbox, &["nowhere"]).ends(1);
    assert!(run.stderr.starts_with("error: nowhere: "), "{}", run.stderr);
}

#[test]
fn the_list_can_be_read_again() {
    let sandbox = sandbox();
    let list = fix(&sandbox, &["--list"]).ends(0).stdout;
    assert!(list.contains("rename types::Pet::name -> types::Animal::full_name\n"), "{list}");
    sandbox.write("list.txt", &list);
    assert_eq!(fix(&sandbox, &["--list", "--edits", "list.txt"]).ends(0).stdout, list);
}

#[test]
fn a_wrong_list_is_refused_with_its_line() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", BEFORE);
    for (list, reason) in [
        ("\nrename a", "list.txt:2: it is not `rename OLD -> NEW`"),
        ("rename types::Cow -> types::Animal", "list.txt:1: the old crate has no `types::Cow`"),
        ("rename types::Pet -> types::Pet", "list.txt:1: the new crate has no `types::Pet`"),
    ] {
        sandbox.write("list.txt", list);
        let run = fix(&sandbox, &["src", "--edits", "list.txt"]).ends(1);
        assert_eq!(run.stderr, format!("error: {reason}\n"));
    }
}

#[test]
fn what_is_left_is_printed_as_json_too() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", "use pets::*;\nfn a() { b().name; }\n");
    let run = fix(&sandbox, &["src", "--message-format", "json"]).ends(5);
    let line: serde_json::Value = serde_json::from_str(run.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(line["place"], "src/lib.rs:2:14");
    assert!(
        line["message"].as_str().unwrap().starts_with("it may be `types::Pet::name`"),
        "{line}"
    );
}
