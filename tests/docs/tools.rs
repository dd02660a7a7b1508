//! A package whose items carry the comments under test, and the tools that look at it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use typewright::rustdoc::lines;

/// Every `description`, `summary` and `title` of a document, where it stands for text.
pub fn descriptions(document: &str, found: &mut Vec<String>) {
    let value: serde_yaml::Value = serde_yaml::from_str(document).unwrap();
    let mut left = vec![&value];
    while let Some(value) = left.pop() {
        if let Some(list) = value.as_sequence() {
            left.extend(list);
        }
        for (key, member) in value.as_mapping().into_iter().flatten() {
            left.push(member);
            if matches!(key.as_str(), Some("description" | "summary" | "title")) {
                found.extend(member.as_str().map(ToOwned::to_owned));
            }
        }
    }
}

/// Writes the package: a type for every thousand texts, a field each.
pub fn package(texts: &[String]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs");
    let mut code = String::from("//! Texts.\n\n#![deny(warnings)]\n");
    code.push_str("#![warn(rustdoc::all)]\n#![allow(rustdoc::missing_crate_level_docs)]\n");
    for (number, texts) in texts.chunks(1000).enumerate() {
        write!(
            code,
            "\n/// Texts.\n#[derive(Debug)]\npub struct Texts{number} {{\n"
        )
        .unwrap();
        for (number, text) in texts.iter().enumerate() {
            for line in lines(text) {
                writeln!(code, "{}", format!("    /// {line}").trim_end()).unwrap();
            }
            writeln!(code, "    pub t{number}: (),").unwrap();
        }
        code.push_str("}\n");
    }
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let manifest =
        "[package]\nname = \"docs\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(folder.join("src/lib.rs"), code).unwrap();
    folder
}

/// Runs cargo there and shows what it said when it fails.
pub fn run(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("CARGO_BUILD_BUILD_DIR")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let start: String = said.chars().take(8000).collect();
    assert!(
        output.status.success(),
        "cargo {}:\n{start}",
        arguments.join(" ")
    );
}
