//! The `typewright` command, built once.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::OnceLock;
use typewright_tests::root;

/// The command's file.
pub fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args([
                "build",
                "--package",
                "typewright-cli",
                "--bin",
                "typewright",
            ])
            .args(["--message-format", "json"])
            .current_dir(root())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let mut built = said
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter_map(|message| message["executable"].as_str().map(PathBuf::from));
        built.next_back().expect("the command is built")
    })
}

/// Runs the command, which has to succeed.
pub fn run(arguments: &[&str]) -> Output {
    let output = Command::new(program()).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}:\n{said}", arguments.join(" "));
    output
}
