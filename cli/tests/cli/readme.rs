//! The README says what is so: its table of codes, and the commands that CI runs.

use crate::support::Sandbox;
use std::fs;
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// How the README is written anew. One test at a time, since both write it.
const HOW: &str =
    "run `TYPEWRIGHT_BLESS=1 cargo test -p typewright-cli readme -- --test-threads 1`";

/// The parts of the README before, in and after the table of codes.
fn parts(text: &str) -> (&str, &str, &str) {
    let start = text.find("<!-- codes").unwrap();
    let start = start + text[start..].find('\n').unwrap() + 1;
    let end = text.find("<!-- end of codes -->").unwrap();
    (&text[..start], &text[start..end], &text[end..])
}

#[test]
fn readme_lists_every_code() {
    let table = Sandbox::empty().run(&["explain", "--table"]).ends(0).stdout;
    let path = root("README.md");
    let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (before, listed, after) = parts(&text);
    if std::env::var_os("TYPEWRIGHT_BLESS").is_some() {
        fs::write(&path, format!("{before}{table}{after}")).unwrap();
        return;
    }
    assert_eq!(listed, table, "{HOW}");
}

#[test]
fn readme_and_ci_run_the_same_commands() {
    let readme = fs::read_to_string(root("README.md")).unwrap();
    let ci = fs::read_to_string(root(".ci/run")).unwrap();
    for command in ["cargo test --workspace", "cargo typewright generate"] {
        assert!(
            readme.contains(command) && ci.contains(command),
            "{command}"
        );
    }
    let alias = fs::read_to_string(root(".cargo/config.toml")).unwrap();
    assert!(alias.contains("typewright = \"run "), "{alias}");
}

#[test]
fn every_client_of_this_repository_is_described() {
    let config = fs::read_to_string(root("typewright.toml")).unwrap();
    let documents = config
        .lines()
        .filter_map(|line| line.strip_prefix("document = "));
    let documents: Vec<_> = documents.map(|path| path.trim_matches('"')).collect();
    assert_eq!(documents.len(), 3);
    for document in documents {
        assert!(root(document).is_file(), "{document}");
    }
}

/// What now stands in place of an excerpt: from its first line to its last, that line taken as often as in the excerpt.
fn renewed<'g>(generated: &'g str, excerpt: &str) -> &'g str {
    let (first, last) = (
        excerpt.lines().next().unwrap(),
        excerpt.lines().last().unwrap(),
    );
    let times = excerpt.lines().filter(|line| *line == last).count();
    let from = generated.find(first).unwrap();
    let rest = &generated[from..];
    let end = format!("{last}\n");
    let ends = rest.match_indices(&end).map(|(at, end)| at + end.len());
    let whole_lines = ends.filter(|end| rest[..*end].lines().last() == Some(last));
    &rest[..whole_lines.take(times).last().unwrap()]
}

#[test]
fn readme_shows_what_is_generated() {
    let mut readme = fs::read_to_string(root("README.md"))
        .unwrap()
        .replace("\r\n", "\n");
    let shown = readme.clone();
    let parts: Vec<_> = shown.split("<!-- from ").skip(1).collect();
    assert_eq!(parts.len(), 2);
    for part in parts {
        let (path, rest) = part.split_once(" -->\n```rust\n").unwrap();
        let (code, _) = rest.split_once("```").unwrap();
        let generated = fs::read_to_string(root(path))
            .unwrap()
            .replace("\r\n", "\n");
        if std::env::var_os("TYPEWRIGHT_BLESS").is_some() {
            readme = readme.replace(code, renewed(&generated, code));
            fs::write(root("README.md"), &readme).unwrap();
        } else {
            assert!(
                generated.contains(code),
                "{path} is not what the README shows: {HOW}"
            );
        }
    }
}
