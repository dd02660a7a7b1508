//! Rules of the repository that no compiler checks.

mod language;
mod modules;

use crate::support::root;
use std::fs;
use std::path::{Path, PathBuf};
use typewright::host::disk::files_below;

const LONGEST_FILE: usize = 600;

/// The folders of hand-written code.
const FOLDERS: [&str; 8] =
    ["codegen", "runtime", "cli", "import", "macro", "tests", "examples", "benches"];

/// Rust files below a folder, without generated ones.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let is_generated = |path: &PathBuf| {
        let mut folders = path.strip_prefix(folder).unwrap().components();
        folders.any(|folder| {
            let generated = ["target", "golden", "generated", "fixtures"];
            generated.iter().any(|name| folder.as_os_str() == *name)
        })
    };
    let mut files = files_below(folder, &["rs"]).unwrap();
    files.retain(|path| !is_generated(path));
    files
}

#[test]
fn files_are_short() {
    let files = FOLDERS.iter().flat_map(|name| rust_files(&root().join(name)));
    let long: Vec<_> = files
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "files over {LONGEST_FILE} lines: {long:#?}");
}

/// The paths in backquotes that begin with a folder of the repository.
#[test]
fn files_that_the_architecture_names_exist() {
    let Ok(text) = fs::read_to_string(root().join("ARCHITECTURE.md")) else {
        return;
    };
    let quoted = text.split('`').skip(1).step_by(2);
    let missing: Vec<_> = quoted
        .filter(|quoted| FOLDERS.iter().any(|name| quoted.starts_with(&format!("{name}/"))))
        .filter(|path| !root().join(path).exists())
        .collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md names {missing:#?}");
}

#[test]
fn the_contract_runs_add_up_to_what_is_told_of_them() {
    let mut sums = [0; 4];
    for file in fs::read_dir(root().join("tests/contract/golden")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let first = text.lines().next().filter(|line| line.ends_with(" accepted"));
        let words = first.into_iter().flat_map(|line| line.split(' '));
        let numbers = words.filter_map(|word| word.parse::<u64>().ok());
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
    }
    let [calls, documented, operations, all] = sums;
    let sentence = format!("{calls} of {documented} calls and {operations} of {all} operations");
    let readme = fs::read_to_string(root().join("tests/contract/README.md")).unwrap();
    assert!(readme.contains(&sentence), "{sentence}");
}
