//! Arguments, and the exit status 2 of wrong ones.

use crate::support::{Run, Sandbox};
use std::process::Command;

#[test]
fn wrong_usage_ends_with_2() {
    let sandbox = Sandbox::new();
    for arguments in [
        &[][..],
        &["generat"],
        &["generate", "--out", "x"],
        &["generate", "pets.yaml", "--colour"],
        &["generate", "pets.yaml", "--config", "x"],
        &["generate", "pets.yaml", "-D", "everything"],
        &["explain"],
        &["explain", "TW9999"],
    ] {
        let run = sandbox.run(arguments).ends(2);
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{run:?}");
    }
}

#[test]
fn help_and_version_end_with_0() {
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["--version"]).ends(0);
    assert!(run.stdout.starts_with("typewright 0."), "{run:?}");
    let run = sandbox.run(&["generate", "--help"]).ends(0);
    assert!(run.stdout.contains("--runtime-path"), "{run:?}");
}

#[test]
fn every_code_is_explained() {
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["explain", "tw0501"]).ends(0);
    assert!(run.stdout.starts_with("TW0501: "), "{run:?}");
    let run = sandbox.run(&["explain", "--table"]).ends(0);
    for code in typewright::diagnostics::codes::all() {
        assert!(run.stdout.contains(code.id), "{}", code.id);
        assert!(!code.explanation.is_empty(), "{}", code.id);
    }
    let run = sandbox.run(&["explain", "TW0500"]).ends(2);
    assert!(run.stderr.contains("TW0501"), "the nearest is named: {run:?}");
}

#[test]
fn cargo_typewright_is_the_same_command() {
    let sandbox = Sandbox::new();
    for further in [&["typewright", "generate"][..], &["generate"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-typewright"));
        command.current_dir(sandbox.path("")).args(further);
        command.args(["pets.yaml", "--out", "out"]);
        Run::from(command.output().unwrap()).ends(0);
    }
    assert!(sandbox.path("out/src/lib.rs").exists());
}
