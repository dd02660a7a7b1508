//! Doc comments made of the Markdown of documents: harmless, and accepted by every tool.

mod texts;

use crate::support::golden::goldens;
use crate::support::package::{run, Package, Workspace};
use crate::support::{assert_file, cpu_time, shared};
use std::fmt::Write as _;
use std::time::Duration;
use typewright::rustdoc::lines;

/// Texts as people write them: Markdown with pitfalls, and the texts of real documents where `../shared` has them.
fn written_texts() -> Vec<String> {
    let mut all: Vec<_> = texts::TEXTS.iter().map(|text| (*text).to_owned()).collect();
    if let Some(folder) = shared("corpus/real") {
        let entries = std::fs::read_dir(folder).unwrap();
        for document in entries.map(|entry| entry.unwrap().path()) {
            collect_descriptions(&std::fs::read_to_string(document).unwrap(), &mut all);
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Adds every `description`, `summary` and `title` of a document that is a text.
fn collect_descriptions(document: &str, texts: &mut Vec<String>) {
    let root: serde_yaml::Value = serde_yaml::from_str(document).unwrap();
    let mut open = vec![&root];
    while let Some(value) = open.pop() {
        open.extend(value.as_sequence().into_iter().flatten());
        for (key, member) in value.as_mapping().into_iter().flatten() {
            open.push(member);
            if matches!(key.as_str(), Some("description" | "summary" | "title")) {
                texts.extend(member.as_str().map(ToOwned::to_owned));
            }
        }
    }
}

/// Those, and random ones.
fn all_texts() -> Vec<String> {
    let mut all = written_texts();
    all.extend((0..1000).map(texts::random));
    all
}

#[test]
fn nasty_texts_become_harmless() {
    let mut snapshot = String::new();
    for text in texts::TEXTS {
        writeln!(snapshot, "{text:?}").unwrap();
        for line in lines(text) {
            writeln!(snapshot, "  | {line}").unwrap();
        }
    }
    assert_file("snapshots/rustdoc.txt", &snapshot);
}

#[test]
fn no_line_holds_what_a_comment_must_not() {
    for text in all_texts() {
        let lines = lines(&text);
        let last = lines.last().map_or("", String::as_str);
        assert!(lines.is_empty() || !last.is_empty(), "{text:?} ends in a blank line");
        for line in &lines {
            assert_eq!(line.trim_end(), line, "{text:?}");
            assert!(
                !line.chars().any(|c| c.is_control() || ('\u{202A}'..='\u{202E}').contains(&c)),
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
            let start = cpu_time();
            assert!(lines(&text).len() <= text.len());
            cpu_time() - start
        };
        let (small, large) = (time(5_000), time(50_000));
        let allowed = small * 40 + Duration::from_millis(400);
        assert!(large < allowed, "{piece:?}: {small:?}, ten times as much: {large:?}");
    }
}

/// A package with a type per thousand texts, which has a field per text.
fn package(texts: &[String]) -> Package {
    let mut code = String::from("//! Texts.\n\n#![deny(warnings)]\n");
    code.push_str("#![warn(rustdoc::all)]\n#![allow(rustdoc::missing_crate_level_docs)]\n");
    for (number, texts) in texts.chunks(1000).enumerate() {
        let item = format!("pub struct Texts{number}");
        write!(code, "\n/// Texts.\n#[derive(Debug)]\n{item} {{\n").unwrap();
        for (number, text) in texts.iter().enumerate() {
            for line in lines(text) {
                writeln!(code, "{}", format!("    /// {line}").trim_end()).unwrap();
            }
            writeln!(code, "    pub t{number}: (),").unwrap();
        }
        code.push_str("}\n");
    }
    Package::new("documented").without_runtime().file("src/lib.rs", code)
}

#[test]
fn rustdoc_rustc_clippy_and_rustfmt_accept_every_text() {
    let workspace = Workspace::write("rustdoc", &[package(&all_texts())]);
    workspace.cargo(&["fmt", "--check"]);
    workspace.clippy();
    run(workspace.command(&["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"));
    workspace.cargo(&["test", "--doc"]);
}

/// Goldens with what examples show: credentials, servers, bodies, files, pages, streams, types of all kinds.
const DOCUMENTED: [&str; 14] = [
    "bodies",
    "docs",
    "formats",
    "front-page",
    "groups",
    "long-running",
    "media-types",
    "multipart",
    "no-servers",
    "paging",
    "security",
    "server-choice",
    "streams",
    "union",
];

#[test]
fn front_pages_and_examples_compile() {
    let clients = goldens().into_iter().filter(|golden| DOCUMENTED.contains(&golden.name.as_str()));
    let packages = clients.map(|golden| {
        let output = golden.documented().unwrap();
        Package::new(&golden.name).edition("2024").client(&output)
    });
    let packages: Vec<_> = packages.collect();
    assert_eq!(packages.len(), DOCUMENTED.len());
    let workspace = Workspace::write("documented", &packages);
    run(workspace.command(&["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"));
    let output = workspace.cargo(&["test", "--doc"]);
    assert!(output.contains("front-page/src/lib.rs"), "{output}");
}

#[test]
fn defaults_of_the_front_page_are_those_of_the_runtime() {
    let golden = goldens().into_iter().find(|golden| golden.name == "front-page").unwrap();
    let output = golden.documented().unwrap();
    let page = &output.modules.iter().find(|module| module.path == "lib.rs").unwrap().text;
    let builder = include_str!("../../runtime/src/client/builder.rs");
    let retry = include_str!("../../runtime/src/retry/mod.rs");
    for (source, constant, row) in [
        (
            builder,
            "CONNECT_TIMEOUT: Duration = Duration::from_secs(10);",
            "| 10 seconds | [`connect_timeout`]",
        ),
        (
            builder,
            "READ_TIMEOUT: Duration = Duration::from_secs(60);",
            "| 60 seconds | [`read_timeout`]",
        ),
        (builder, " TIMEOUT: Duration = Duration::from_secs(300);", "| 5 minutes | [`timeout`]"),
        (builder, "MAX_BODY_BYTES: usize = 64 << 20;", "| 64 MiB | [`max_body_bytes`]"),
        (retry, "max_attempts: 3,", "| 3, of requests that can be repeated safely | [`retry`]"),
    ] {
        assert!(source.contains(constant), "{constant}");
        assert!(page.contains(row), "{row}");
    }
}
