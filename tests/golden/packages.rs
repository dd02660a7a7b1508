//! The goldens as packages, and the tools that look at them.

use crate::harness::Golden;
use std::path::PathBuf;
use std::process::Command;
use typewright_tests::packages::{self, write, Package};

fn scratch(name: &str) -> PathBuf {
    packages::scratch(env!("CARGO_TARGET_TMPDIR"), name)
}

/// The files of a golden, written where no configuration of rustfmt is near.
pub fn files_to_format(golden: &Golden, edition: &str) -> Vec<PathBuf> {
    let Some(output) = golden.generate().output else {
        return Vec::new();
    };
    let folder = scratch("format").join(edition).join(&golden.name);
    let modules = output
        .modules
        .iter()
        .map(|module| (format!("src/{}", module.path), &module.text));
    let mut files = Vec::new();
    for (path, text) in modules.chain([("include.rs".to_owned(), &output.include())]) {
        let path = folder.join(path);
        write(&path, text);
        files.push(path);
    }
    files
}

/// Runs rustfmt with the default configuration, and shows what it said when it fails.
pub fn rustfmt(edition: &str, arguments: &[&str], files: &[PathBuf]) {
    let empty = scratch("no-configuration");
    write(&empty.join("rustfmt.toml"), "");
    let output = Command::new("rustfmt")
        .args(["--edition", edition, "--config-path"])
        .arg(&empty)
        .args(arguments)
        .args(files)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "edition {edition}:\n{said}{wrong}");
}

/// A workspace of this name with a package of all goldens for each edition.
pub fn workspace(name: &str, goldens: &[Golden]) -> PathBuf {
    let folder = scratch(name);
    let clients: Vec<_> = goldens
        .iter()
        .filter_map(|golden| Some((golden.name.replace('-', "_"), golden.generate().output?)))
        .collect();
    let package = |name, edition| Package {
        name,
        edition,
        clients: &clients,
        manifest: "",
    };
    let editions = [
        package("edition-2021", "2021"),
        package("edition-2024", "2024"),
    ];
    packages::workspace(&folder, &editions);
    folder
}
