//! The layout of what is written: rustfmt's, by the edition and the configuration that are in force in the crate.

use crate::support::{Run, Sandbox, DOCUMENT};
use std::process::Command;

/// A document with names long enough for lines to break.
fn document() -> String {
    let names = (0..4)
        .map(|at| format!("aRatherLongNameOfAProperty{at}: {{ type: string, enum: [one, two] }}"));
    let names: Vec<_> = names.collect();
    DOCUMENT.replace(
        "name: { type: string }",
        &format!("name: {{ type: string }}, {}", names.join(", ")),
    )
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", document());
    sandbox
}

/// `true` if `cargo fmt` changes nothing in the crate.
fn is_clean(sandbox: &Sandbox) -> bool {
    let mut command = Command::new(env!("CARGO"));
    command.args(["fmt", "--check"]).current_dir(sandbox.path("out"));
    command.output().unwrap().status.success()
}

#[test]
fn cargo_fmt_has_nothing_to_say() {
    let sandbox = sandbox();
    let run = sandbox.generate(&["--tests"]).ends(0);
    assert!(!run.stderr.contains("TW0516"), "{run:?}");
    assert!(is_clean(&sandbox));
    sandbox.generate(&["--tests", "--check"]).ends(0);
}

#[test]
fn the_configuration_and_the_edition_of_the_crate_are_in_force() {
    let sandbox = sandbox();
    sandbox.write("rustfmt.toml", "max_width = 60\nhard_tabs = true\n");
    sandbox.generate(&[]).ends(0);
    assert!(is_clean(&sandbox));
    assert!(
        sandbox.read("out/src/lib.rs").len()
            + sandbox.read("out/src/client.rs").matches("\n\t").count()
            > 0
    );
    for edition in ["edition = \"2024\"", "edition.workspace = true"] {
        let workspace =
            "[workspace]\nmembers = [\"out\"]\n\n[workspace.package]\nedition = \"2024\"\n";
        sandbox.write("Cargo.toml", workspace);
        let manifest = sandbox.read("out/Cargo.toml");
        let edition_line = manifest.lines().find(|line| line.starts_with("edition")).unwrap();
        sandbox.write("out/Cargo.toml", manifest.replace(edition_line, edition));
        sandbox.generate(&[]).ends(0);
        assert!(is_clean(&sandbox), "{edition}");
    }
}

#[test]
fn without_rustfmt_a_note_says_so() {
    let sandbox = sandbox();
    let mut command = sandbox.command();
    command.args(["generate", "pets.yaml", "--out", "out", "--name", "pets", "-D", "warnings"]);
    let run = Run::from(command.env("PATH", "").output().unwrap()).ends(0);
    assert!(run.stderr.contains("note[TW0516]") && run.stderr.contains("not installed"), "{run:?}");
    let printed = sandbox.files("out/src");
    assert!(!is_clean(&sandbox));
    let run = sandbox.generate(&["--no-rustfmt"]).ends(0);
    assert!(run.stdout.contains("current") && run.stderr.is_empty(), "{run:?}");
    assert_eq!(sandbox.files("out/src"), printed);
    // layout alone is no difference
    sandbox.generate(&["--check"]).ends(0);
}

#[test]
fn the_configuration_of_the_command_may_turn_it_off() {
    let sandbox = sandbox();
    let config = "[[client]]\ndocument = \"pets.yaml\"\nout = \"out\"\n";
    sandbox.write("typewright.toml", format!("{config}rustfmt = false\n"));
    sandbox.run(&["generate"]).ends(0);
    assert!(!is_clean(&sandbox));
    sandbox.write("typewright.toml", config);
    sandbox.run(&["generate"]).ends(0);
    assert!(is_clean(&sandbox));
    sandbox.write("typewright.toml", format!("{config}format = true\n"));
    let run = sandbox.run(&["generate"]).ends(1);
    assert!(run.stderr.contains("TW0505"), "{run:?}");
}
