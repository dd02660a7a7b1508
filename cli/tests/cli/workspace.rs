//! A generated crate builds alone, wherever it lies: Cargo itself is asked.

use crate::support::Sandbox;
use std::process::Command;

/// The workspace that Cargo assigns to the crate in `out`; fails if Cargo refuses the crate.
#[track_caller]
fn root(sandbox: &Sandbox, out: &str) -> String {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(sandbox.path(out).join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["workspace_root"].as_str().unwrap().to_owned()
}

fn sandbox(workspace: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    if !workspace.is_empty() {
        sandbox.write("Cargo.toml", workspace);
    }
    sandbox
}

/// Generates below a workspace, and says whether the crate was made a workspace of its separate.
#[track_caller]
fn alone(workspace: &str) -> bool {
    let sandbox = sandbox(workspace);
    let run = sandbox.generate(&["--runtime-path", "runtime"]).ends(0);
    let separate = root(&sandbox, "out").ends_with("out");
    assert_eq!(
        sandbox.read("out/Cargo.toml").contains("[workspace]"),
        run.stderr.contains("TW0510"),
        "{run:?}"
    );
    separate && run.stderr.contains("TW0510")
}

#[test]
fn without_a_workspace_nothing_is_added() {
    assert!(!alone(""));
    assert!(!alone("[package]\nname = \"p\"\nversion = \"0.1.0\"\n[lib]\npath = \"p.rs\"\n"));
}

#[test]
fn a_member_stays_one() {
    assert!(!alone("[workspace]\nmembers = [\"out\"]\n"));
    assert!(!alone("[workspace]\nmembers = [\"./o*\"]\n"));
}

#[test]
fn an_excluded_crate_stays_alone() {
    assert!(!alone("[workspace]\nexclude = [\"out\"]\n"));
}

#[test]
fn a_crate_that_no_workspace_lists_is_one_of_its_own() {
    assert!(alone("[workspace]\n"));
    assert!(alone("[workspace]\nmembers = [\"crates/*\"]\n"));
}

#[test]
fn what_a_member_depends_on_is_a_member() {
    let sandbox = sandbox("[workspace]\nmembers = [\"app\"]\n");
    sandbox.write("app/src/lib.rs", "");
    sandbox.write("app/Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[dependencies]\npets = { path = \"../out\" }\n");
    sandbox.generate(&["--runtime-path", "runtime"]).ends(0);
    assert!(!sandbox.read("out/Cargo.toml").contains("[workspace]"));
    assert!(!root(&sandbox, "out").ends_with("out"));
}
