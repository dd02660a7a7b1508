//! The generated crates, members of one workspace.

use crate::command::run;
use crate::documents::Document;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use typewright_tests::root;

/// Lints that generated code may switch off.
const ALLOWED: [&str; 1] = ["#[allow(deprecated)]"];

/// What was generated from a document.
pub struct Generated {
    lines: Vec<String>,
}

/// A workspace for this many crates. It is there before them, so that none becomes a workspace of its own.
pub fn workspace(count: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let members: Vec<_> = (0..count).map(|number| format!("api-{number}")).collect();
    let manifest = format!("[workspace]\nresolver = \"2\"\nmembers = {members:?}\n");
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

/// Generates the crate of a document, a member of the workspace.
pub fn generate(document: &Document, workspace: &Path, number: usize) -> Generated {
    let name = format!("api-{number}");
    let out = workspace.join(&name);
    let runtime = root().join("runtime");
    run(&[
        "generate",
        document.path.to_str().unwrap(),
        "--root",
        document.root.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--name",
        &name,
        "--runtime-path",
        runtime.to_str().unwrap(),
    ]);
    let mut lines = Vec::new();
    collect(&out.join("src"), &mut lines);
    Generated { lines }
}

fn collect(folder: &Path, lines: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, lines);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            lines.extend(text.lines().map(|line| line.trim().to_owned()));
        }
    }
}

impl Generated {
    /// The operations that methods are documented with, as `METHOD /path`.
    pub fn operations(&self) -> BTreeSet<String> {
        let operations = self
            .lines
            .iter()
            .filter_map(|line| line.strip_prefix("/// `")?.strip_suffix('`'));
        operations.map(str::to_owned).collect()
    }

    /// Lints that are switched off without being on the list.
    pub fn allowances(&self, document: &Document) -> String {
        let mut wrong = String::new();
        for line in &self.lines {
            let switches = line.contains("allow(") && line.starts_with("#");
            if switches && !ALLOWED.contains(&line.as_str()) {
                writeln!(wrong, "{}: {line}", document.name).unwrap();
            }
        }
        wrong
    }
}

/// Compiles all crates at once; what the compiler complained of.
pub fn check(workspace: &Path) -> String {
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--message-format",
            "short",
        ])
        .env("CARGO_NET_OFFLINE", "true")
        .current_dir(workspace)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let complaints: Vec<_> = said
        .lines()
        .filter(|line| line.contains("warning") || line.contains("error"))
        .take(200)
        .collect();
    assert!(output.status.success() || !complaints.is_empty(), "{said}");
    complaints.join("\n")
}
