//! Doc comments: what becomes of nasty Markdown, and that no tool complains of it.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

#[path = "docs/nasty.rs"]
mod nasty;
#[path = "docs/tools.rs"]
mod tools;

use std::fmt::Write as _;
use std::time::{Duration, Instant};
use typewright::rustdoc::lines;
use typewright_tests::shared;

/// Texts as people write them: the nasty ones, and those of real documents where there are any.
fn written_texts() -> Vec<String> {
    let mut all: Vec<_> = nasty::TEXTS.iter().map(|text| (*text).to_owned()).collect();
    if let Some(folder) = shared("corpus/real") {
        let entries = std::fs::read_dir(folder).unwrap();
        for document in entries.map(|entry| entry.unwrap().path()) {
            tools::descriptions(&std::fs::read_to_string(document).unwrap(), &mut all);
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Those, and texts that nobody writes.
fn all_texts() -> Vec<String> {
    let mut all = written_texts();
    all.extend((0..1000).map(nasty::random));
    all
}

#[test]
fn nasty_texts_become_harmless() {
    let mut shown = String::new();
    for text in nasty::TEXTS {
        writeln!(shown, "{text:?}").unwrap();
        for line in lines(text) {
            writeln!(shown, "  | {line}").unwrap();
        }
    }
    insta::assert_snapshot!("nasty_docs", shown);
}

#[test]
fn no_line_holds_what_a_comment_must_not() {
    for text in all_texts() {
        let lines = lines(&text);
        let last = lines.last().map_or("", String::as_str);
        assert!(
            lines.is_empty() || !last.is_empty(),
            "{text:?} ends in a blank line"
        );
        for line in &lines {
            assert_eq!(line.trim_end(), line, "{text:?}");
            assert!(
                !line
                    .chars()
                    .any(|c| c.is_control() || ('\u{202A}'..='\u{202E}').contains(&c)),
                "{line:?}"
            );
        }
    }
}

#[test]
fn what_was_written_stays_as_it_is() {
    for text in written_texts() {
        let once = lines(&text).join("\n");
        assert_eq!(lines(&once).join("\n"), once, "from {text:?}");
    }
}

#[test]
fn huge_texts_take_linear_time() {
    for piece in [
        "word ",
        "> ",
        "- a\n  ",
        "[",
        "*a_",
        "`",
        "<",
        "<a>",
        "<!--",
        "| a ",
        "https://x.org/a ",
        "![",
        "&#",
        "\\",
        "1. a\n\n",
    ] {
        let time = |count: usize| {
            let text = piece.repeat(count);
            let start = Instant::now();
            assert!(lines(&text).len() <= text.len());
            start.elapsed()
        };
        let (small, large) = (time(5_000), time(50_000));
        let allowed = small * 40 + Duration::from_millis(400);
        assert!(
            large < allowed,
            "{piece:?}: {small:?}, ten times as much: {large:?}"
        );
    }
}

#[test]
fn rustdoc_rustc_clippy_and_rustfmt_accept_every_text() {
    let texts = all_texts();
    let folder = tools::package(&texts);
    tools::run(&folder, &["fmt", "--check"]);
    tools::run(&folder, &["clippy", "--", "-D", "warnings"]);
    tools::run(&folder, &["doc", "--no-deps"]);
    tools::run(&folder, &["test", "--doc"]);
}
