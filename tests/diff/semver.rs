//! The levels of the table beside those of cargo-semver-checks, an independent judge of the same crates.

use super::rustdoc::document;
use super::{base, changes, package, Change};
use crate::support::package::write;
use crate::support::print_always;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the program; the test runs only with it, since it takes minutes.
const VARIABLE: &str = "TYPEWRIGHT_SEMVER_CHECKS";

/// Name of the package of a row. None is a part of another.
fn member(number: usize) -> String {
    format!("row-{number:03}-end")
}

/// The rustdoc JSON of a package as that of a crate with a common name, since the program compares paths.
fn renamed(folder: &Path, package: &str) -> PathBuf {
    let name = package.replace('-', "_");
    let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    let path = folder.join(format!("{name}.client.json"));
    write(&path, &text.replace(&format!("\"{name}\""), "\"client\""));
    path
}

/// The level that the program asks for, and its output.
fn verdict(program: &str, old: &Path, new: &Path) -> (&'static str, String) {
    let output = Command::new(program)
        .args(["semver-checks", "--release-type", "patch", "--color", "never"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    let verdicts = [
        ("requires new major version", "major"),
        ("requires new minor version", "minor"),
        ("no semver update required", "patch"),
    ];
    let mut matching = verdicts.into_iter().filter(|(sentence, _)| text.contains(sentence));
    let (_, level) = matching.next().unwrap_or_else(|| panic!("{program}:\n{text}"));
    (level, text)
}

/// The level that the table expects of the program.
fn expected(change: &Change) -> &str {
    change.semver_checks.as_ref().map_or(&change.level, |other| &other.level)
}

#[test]
fn cargo_semver_checks_agrees() {
    let Ok(program) = env::var(VARIABLE) else {
        print_always(&format!("skipped: {VARIABLE} does not name cargo-semver-checks"));
        return;
    };
    let changes = changes();
    let packages = changes.iter().enumerate();
    let packages = packages.map(|(number, change)| package(&member(number), &change.document()));
    let packages: Vec<_> = packages.chain([package("base-end", &base())]).collect();
    let folder = document("semver", &packages);
    let old = renamed(&folder, "base-end");
    let mut wrong = String::new();
    for (number, change) in changes.iter().enumerate() {
        let new = renamed(&folder, &member(number));
        let (level, text) = verdict(&program, &old, &new);
        if level != expected(change) {
            let _ =
                writeln!(wrong, "{}: {level} instead of {}\n{text}", change.name, expected(change));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The program may find less than we do, for a reason; if it found more, we would be wrong.
#[test]
fn every_difference_is_stricter_and_has_a_reason() {
    let rank = |level: &str| ["patch", "minor", "major"].iter().position(|name| *name == level);
    for change in changes() {
        if let Some(other) = &change.semver_checks {
            assert!(rank(&other.level) < rank(&change.level), "{}", change.name);
            assert!(other.reason.ends_with('.'), "{}", change.name);
        }
    }
}
