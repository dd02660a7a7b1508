//! The excerpts of generated code in the book are current, and the README has the commands that CI runs.

use std::fs;
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn read(path: &str) -> String {
    let text = fs::read_to_string(root(path)).unwrap();
    text.replace("\r\n", "\n")
}

/// The page with current excerpts of generated code.
fn with_excerpts(page: &str) -> String {
    let parts: Vec<_> = page.split("<!-- from ").skip(1).collect();
    assert_eq!(parts.len(), 2);
    parts.iter().fold(page.to_owned(), |current, part| {
        let (path, rest) = part.split_once(" -->\n```rust,ignore\n").unwrap();
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
fn excerpts_in_the_book_are_current() {
    const PAGE: &str = "docs/book/src/start-crate.md";
    let page = read(PAGE);
    let current = with_excerpts(&page);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root(PAGE), current).unwrap();
    } else {
        assert_eq!(page, current, "UPDATE=1 renews the excerpts");
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
