//! The command as `.ci/run` calls it.

use std::process::Command;

fn tool() -> Command {
    Command::new(env!("CARGO_BIN_EXE_typewright-compare"))
}

#[test]
fn without_the_corpus_the_gate_is_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let run = tool().arg("gate").env("TYPEWRIGHT_CORPUS", folder.path()).output().unwrap();
    assert!(run.status.success());
    assert!(String::from_utf8_lossy(&run.stdout).starts_with("skipped: "));
}

#[test]
fn without_results_nothing_is_rendered() {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("none.jsonl");
    let run = tool().args(["render", "--results"]).arg(results).output().unwrap();
    assert!(!run.status.success());
    assert!(String::from_utf8_lossy(&run.stderr).contains("no results"));
}
