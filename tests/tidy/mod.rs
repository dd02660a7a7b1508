//! The rules of the house that no compiler holds: how long files and `quote!` blocks may be, and what imports what.

use crate::support::root;
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 600;
const LONGEST_QUOTE: usize = 25;
/// The phases in the order of the pipeline; a phase imports from earlier ones only.
const PHASES: [&str; 7] = [
    "load",
    "normalize",
    "api",
    "names",
    "lower",
    "emit",
    "print",
];
const HAND_WRITTEN: [&str; 7] = [
    "codegen", "runtime", "cli", "import", "tests", "examples", "benches",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let skipped = ["target", "golden", "generated", "fixtures"]
            .iter()
            .any(|name| path.ends_with(name));
        if path.is_dir() && !skipped {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn hand_written() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    HAND_WRITTEN
        .iter()
        .for_each(|name| sources(&root().join(name), &mut paths));
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn files_are_short() {
    let long: Vec<_> = hand_written()
        .into_iter()
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .collect();
    assert!(
        long.is_empty(),
        "files over {LONGEST_FILE} lines: {long:#?}"
    );
}

/// The number of lines of the macro call whose opening delimiter is the last character before `text`.
fn lines_of_call(text: &str) -> usize {
    let mut depth = 1;
    for (at, character) in text.char_indices() {
        match character {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text[..at].lines().count().saturating_sub(2);
        }
    }
    0
}

#[test]
fn quotes_are_short() {
    for (path, text) in hand_written() {
        for (at, found) in text
            .match_indices("quote! {")
            .chain(text.match_indices("quote!("))
        {
            let lines = lines_of_call(&text[at + found.len()..]);
            assert!(
                lines <= LONGEST_QUOTE,
                "{}: a quote! of {lines} lines",
                path.display()
            );
        }
    }
}

#[test]
fn phases_import_earlier_phases_only() {
    let source = root().join("codegen/src");
    for (path, text) in hand_written() {
        let Ok(inner) = path.strip_prefix(&source) else {
            continue;
        };
        let first = inner
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .replace(".rs", "");
        let Some(own) = PHASES.iter().position(|phase| *phase == first) else {
            continue;
        };
        for later in &PHASES[own + 1..] {
            let import = format!("crate::{later}::");
            assert!(
                !text.contains(&import),
                "{} imports from {later}",
                inner.display()
            );
        }
    }
}

#[test]
fn a_long_file_would_be_found() {
    let quote = "quote! {\n a\n b\n }";
    assert_eq!(lines_of_call(&quote["quote! {".len()..]), 2);
}

#[test]
fn the_contract_runs_add_up_to_what_is_told_of_them() {
    let mut sums = [0; 4];
    for file in fs::read_dir(root().join("tests/contract/golden")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let first = text
            .lines()
            .next()
            .filter(|line| line.ends_with(" accepted"));
        let words = first.into_iter().flat_map(|line| line.split(' '));
        let numbers = words.filter_map(|word| word.parse::<u64>().ok());
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
    }
    let [calls, of, operations, all] = sums;
    let told = format!("{calls} of {of} calls and {operations} of {all} operations");
    let readme = fs::read_to_string(root().join("tests/contract/README.md")).unwrap();
    assert!(readme.contains(&told), "{told}");
}
