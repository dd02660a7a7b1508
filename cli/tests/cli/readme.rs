//! The README is current: its table of codes, its excerpts of generated code, and the commands that CI runs.

use crate::support::Sandbox;
use std::fs;
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn read(path: &str) -> String {
    let text = fs::read_to_string(root(path)).unwrap();
    text.replace("\r\n", "\n")
}

/// The README with `table` as its table of codes.
fn with_codes(readme: &str, table: &str) -> String {
    let start = readme.find("<!-- codes").unwrap();
    let start = start + readme[start..].find('\n').unwrap() + 1;
    let end = readme.find("<!-- end of codes -->").unwrap();
    format!("{}{table}{}", &readme[..start], &readme[end..])
}

/// The README with current excerpts of generated code.
fn with_excerpts(readme: &str) -> String {
    let parts: Vec<_> = readme.split("<!-- from ").skip(1).collect();
    assert_eq!(parts.len(), 2);
    parts.iter().fold(readme.to_owned(), |current, part| {
        let (path, rest) = part.split_once(" -->\n```rust\n").unwrap();
        let (code, _) = rest.split_once("```").unwrap();
        let generated = read(path);
        if generated.contains(code) {
            return current;
        }
        current.replace(code, excerpt(&generated, code))
    })
}

/// The excerpt of current code that replaces an older one: from its first line to its last, that line counted as often
/// as it is in the older one.
fn excerpt<'g>(generated: &'g str, older: &str) -> &'g str {
    let (first, last) = (older.lines().next().unwrap(), older.lines().last().unwrap());
    let times = older.lines().filter(|line| *line == last).count();
    let start = generated.find(first).unwrap();
    let rest = &generated[start..];
    let end = format!("{last}\n");
    let ends = rest.match_indices(&end).map(|(at, end)| at + end.len());
    let whole_lines = ends.filter(|end| rest[..*end].lines().last() == Some(last));
    &rest[..whole_lines.take(times).last().unwrap()]
}

#[test]
fn readme_is_current() {
    let table = Sandbox::empty().run(&["explain", "--table"]).ends(0).stdout;
    let readme = read("README.md");
    let current = with_excerpts(&with_codes(&readme, &table));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root("README.md"), current).unwrap();
    } else {
        assert_eq!(readme, current, "UPDATE=1 renews the README");
    }
}

#[test]
fn readme_and_ci_run_the_same_commands() {
    let readme = read("README.md");
    let ci = read(".ci/run");
    for command in ["cargo test --workspace", "cargo typewright generate"] {
        assert!(readme.contains(command) && ci.contains(command), "{command}");
    }
    let alias = read(".cargo/config.toml");
    assert!(alias.contains("typewright = \"run "), "{alias}");
}

#[test]
fn every_client_of_this_repository_is_described() {
    let config = read("typewright.toml");
    let documents = config.lines().filter_map(|line| line.strip_prefix("document = "));
    let documents: Vec<_> = documents.map(|path| path.trim_matches('"')).collect();
    assert_eq!(documents.len(), 3);
    for document in documents {
        assert!(root(document).is_file(), "{document}");
    }
}
