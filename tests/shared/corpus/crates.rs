//! The generated crates, members of one workspace.

use super::documents::Document;
use crate::support::package::{run, Workspace};
use crate::support::root;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Lints that generated code may switch off.
const ALLOWED: [&str; 2] = ["#[allow(deprecated)]", "#![allow(deprecated)]"];

/// The text of a generated crate.
pub struct Generated {
    lines: Vec<String>,
}

/// Runs the `typewright` command, which is built once and has to succeed; returns its stdout.
pub fn typewright(arguments: &[&str]) -> String {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| {
        let package = ["build", "--package", "typewright-cli", "--bin", "typewright"];
        let messages = run(Command::new(env!("CARGO"))
            .args(package)
            .args(["--message-format", "json"])
            .current_dir(root()));
        let mut executables = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter_map(|message| message["executable"].as_str().map(PathBuf::from));
        executables.next_back().expect("the command is built")
    });
    run(Command::new(program).args(arguments))
}

/// A workspace for this many crates. It is written before them, so that none becomes a workspace itself.
pub fn workspace(count: usize) -> Workspace {
    let members: Vec<_> = (0..count).map(|number| format!("api-{number}")).collect();
    let members: Vec<_> = members.iter().map(String::as_str).collect();
    let workspace = Workspace::of_members("corpus", &members);
    for member in members {
        let _ = fs::remove_dir_all(workspace.folder.join(member));
    }
    workspace
}

/// Generates the crate of a document, a member of the workspace.
pub fn generate(document: &Document, workspace: &Workspace, number: usize) -> Generated {
    let name = format!("api-{number}");
    let out = workspace.folder.join(&name);
    let runtime = root().join("runtime");
    typewright(&[
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
        let operations =
            self.lines.iter().filter_map(|line| line.strip_prefix("/// `")?.strip_suffix('`'));
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

/// Compiles all crates at once; returns the compiler's complaints.
pub fn check(workspace: &Workspace) -> String {
    let mut command = workspace.command(&["check", "--workspace", "--keep-going"]);
    let output = command.args(["--message-format", "short"]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    let complaints: Vec<_> = stderr
        .lines()
        .filter(|line| line.contains("warning") || line.contains("error"))
        .take(200)
        .collect();
    assert!(output.status.success() || !complaints.is_empty(), "{stderr}");
    complaints.join("\n")
}
