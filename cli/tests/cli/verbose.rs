//! `--verbose`: what is read and written, and how long each phase takes.

use crate::support::{Run, Sandbox, DOCUMENT};

/// Asserts that stderr has lines that begin with these texts, in this order.
#[track_caller]
fn has_lines(run: &Run, beginnings: &[&str]) {
    let mut lines = run.stderr.lines();
    for beginning in beginnings {
        assert!(lines.any(|line| line.starts_with(beginning)), "{beginning}: {run:#?}");
    }
}

#[test]
fn files_and_phases_go_to_stderr() {
    let sandbox = Sandbox::new();
    let plain = sandbox.generate(&[]).ends(0);
    assert!(plain.stderr.is_empty(), "{plain:?}");
    std::fs::remove_file(sandbox.path("out/src/lib.rs")).unwrap();
    let run = sandbox.generate(&["-v"]).ends(0);
    has_lines(
        &run,
        &[
            "read out/typewright.lock: ",
            &format!("read pets.yaml: {} bytes, ", DOCUMENT.len()),
            "analysing pets.yaml: ",
            "emitting pets: ",
            "unchanged out/src/types/mod.rs",
            "unchanged out/Cargo.toml",
            "formatting pets: ",
            "wrote out/src/lib.rs: ",
            "writing pets: ",
            "total: ",
        ],
    );
    assert!(run.stdout.starts_with("out: 1 written\n"), "{run:?}");
    let run = sandbox.generate(&["--verbose", "--check"]).ends(0);
    has_lines(&run, &["unchanged out/src/lib.rs", "total: "]);
}

#[test]
fn the_configuration_and_other_commands_tell_as_well() {
    let sandbox = Sandbox::new();
    sandbox.write("typewright.toml", "[[client]]\ndocument = \"pets.yaml\"\nout = \"out\"\n");
    let run = sandbox.run(&["generate", "-v"]).ends(0);
    has_lines(&run, &["read typewright.toml: 46 bytes", "read pets.yaml: ", "wrote out/"]);
    let run = sandbox.run(&["bundle", "pets.yaml", "--out", "one.yaml", "-v"]).ends(0);
    has_lines(&run, &["read pets.yaml: ", "wrote one.yaml: ", "total: "]);
    let run = sandbox.run(&["-v", "inspect", "pets.yaml"]).ends(0);
    has_lines(&run, &["read pets.yaml: ", "analysing pets.yaml: "]);
    let run = sandbox.run(&["-v", "diff", "pets.yaml", "one.yaml"]).ends(0);
    has_lines(&run, &["read pets.yaml: ", "read one.yaml: ", "analysing one.yaml: "]);
}

#[test]
fn tools_get_objects() {
    let sandbox = Sandbox::new();
    let run = sandbox.generate(&["-v", "--message-format", "json"]).ends(0);
    let lines = run.stderr.lines().map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<serde_json::Value> = lines.collect();
    assert!(lines.iter().all(|line| line["detail"].is_string()), "{run:?}");
    assert!(lines.len() > 5, "{run:?}");
}

#[test]
fn quiet_and_verbose_exclude_each_other() {
    Sandbox::new().generate(&["-q", "-v"]).ends(2);
}
