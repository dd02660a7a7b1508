//! Several runs at once: what is left is what one of them wrote.

use crate::support::{Sandbox, DOCUMENT};
use std::process::{Child, Stdio};

const RUNS: usize = 8;
const ROUNDS: usize = 6;

/// A version of the document whose types, operations and dependencies differ from those of the others.
fn version(number: usize) -> String {
    let format = ["uuid", "date-time", "uri", "byte"][number % 4];
    let text = DOCUMENT
        .replace("name: { type: string }", &format!("name: {{ type: string, format: {format} }}"));
    let more =
        format!("    Only{number}: {{ type: object, properties: {{ x: {{ type: string }} }} }}\n");
    text.replace("/pets:", &format!("/pets{number}:"))
        .replace("listPets", &format!("listPets{number}"))
        .replace("#/components/schemas/Pet'", &format!("#/components/schemas/Only{number}'"))
        + &more
}

fn arguments(number: usize) -> Vec<String> {
    let document = format!("v{}.yaml", number % 4);
    ["generate", &document, "--out", "out", "--name", "pets"].map(str::to_owned).to_vec()
}

#[test]
fn many_runs_at_once_leave_one_version() {
    let sandbox = Sandbox::new();
    for number in 0..4 {
        sandbox.write(&format!("v{number}.yaml"), version(number));
    }
    for round in 0..ROUNDS {
        let start = |number| {
            let mut command = sandbox.command();
            command.args(arguments(number)).stdout(Stdio::null()).stderr(Stdio::piped());
            command.spawn().unwrap()
        };
        let runs: Vec<Child> = (round..round + RUNS).map(start).collect();
        for run in runs {
            let done = run.wait_with_output().unwrap();
            let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(done.status.success(), "{stderr}");
        }
        let current = |number: &usize| {
            let mut check = arguments(*number);
            check.push("--check".to_owned());
            let check: Vec<&str> = check.iter().map(String::as_str).collect();
            sandbox.run(&check).status == 0
        };
        assert_eq!((0..4).filter(current).count(), 1, "round {round}");
        let files = sandbox.files("out");
        let staged = files.iter().any(|(path, ..)| path.to_string_lossy().contains("staging"));
        assert!(!staged, "{files:?}");
    }
}

#[test]
fn a_folder_that_a_killed_run_has_left_goes() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    sandbox.write("out/.typewright-staging-1/src/lib.rs", "half");
    sandbox.generate(&[]).ends(0);
    assert!(!sandbox.path("out/.typewright-staging-1").exists());
}

#[test]
fn a_run_that_fails_makes_no_folder() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", "a: [");
    sandbox.generate(&[]).ends(1);
    assert!(!sandbox.path("out").exists());
}
