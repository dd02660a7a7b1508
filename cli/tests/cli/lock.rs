//! `typewright.lock`: read before each run, written with the crate, and never lost.

use crate::support::{Sandbox, DOCUMENT};
use std::fs;

/// The document with a component that wants the name of the call.
fn with_namesake() -> String {
    format!(
        "{DOCUMENT}    ListPets: {{ type: object, properties: {{ id: {{ type: integer }} }} }}\n"
    )
}

#[test]
fn names_stay_until_they_are_updated() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read("out/typewright.lock").contains("\"operations::ListPets\""));
    sandbox.write("pets.yaml", with_namesake());
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read("out/typewright.lock").contains("\"operations::ListPets\""));
    sandbox.generate(&["--check"]).ends(0);
    sandbox.generate(&["--check", "--update-names"]).ends(3);
    sandbox.generate(&["--update-names"]).ends(0);
    let lock = sandbox.read("out/typewright.lock");
    assert!(lock.contains("\"types::ListPets\""), "{lock}");
    assert!(lock.contains("\"operations::ListPetsCall\""), "{lock}");
}

#[test]
fn a_lock_that_is_not_current_is_a_difference() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    fs::remove_file(sandbox.path("out/typewright.lock")).unwrap();
    let run = sandbox.generate(&["--check"]).ends(3);
    assert!(run.stdout.contains("typewright.lock is missing"), "{run:?}");
    sandbox.generate(&[]).ends(0);
    let lock = sandbox.read("out/typewright.lock");
    sandbox.write("out/typewright.lock", lock.replace("GET /pets", "GET /cats"));
    sandbox.generate(&["--check"]).ends(3);
}

#[test]
fn windows_line_ends_are_current() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let lock = sandbox.read("out/typewright.lock").replace('\n', "\r\n");
    sandbox.write("out/typewright.lock", &lock);
    sandbox.generate(&["--check"]).ends(0);
    sandbox.generate(&[]).ends(0);
    assert_eq!(sandbox.read("out/typewright.lock"), lock);
}

#[test]
fn a_damaged_lock_is_an_error_that_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    sandbox.write("pets.yaml", with_namesake());
    for (text, place) in [
        ("version = 1\n[api\n", "typewright.lock:2:5"),
        ("version = 1\n[names]\n<<<<<<< ours\n", "typewright.lock:3:1"),
        ("version = 1\n[names]\na = \"A\"\na = \"B\"\n", "typewright.lock:4:1"),
        ("version = 1\n[names]\na = \"a b\"\n", "typewright.lock:3:5"),
        ("version = 1\n[names]\na = 1\n", "typewright.lock:3:5"),
        ("version = 9\n", "typewright.lock:1:11"),
        ("", "typewright.lock:1:1"),
    ] {
        sandbox.write("out/typewright.lock", text);
        let before = sandbox.files("out");
        for arguments in [&[][..], &["--check"]] {
            let run = sandbox.generate(arguments).ends(1);
            assert!(run.stderr.contains(place), "{place}: {run:?}");
            assert_eq!(sandbox.files("out"), before);
        }
    }
    sandbox.write("out/typewright.lock", [0xff, 0xfe]);
    let run = sandbox.generate(&[]).ends(1);
    assert!(run.stderr.contains("TW0528"), "{run:?}");
    sandbox.generate(&["--update-names"]).ends(1);
    fs::remove_file(sandbox.path("out/typewright.lock")).unwrap();
    sandbox.generate(&[]).ends(0);
}
