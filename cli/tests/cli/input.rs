//! Documents that are at fault: a finding on stderr, exit status 1, and output as it was.

use crate::support::{Sandbox, DOCUMENT};

/// Asserts that a document of these bytes is refused, and that stderr says where and why.
#[track_caller]
fn refused(bytes: &[u8], parts: &[&str]) {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let before = sandbox.files("out");
    sandbox.write("pets.yaml", bytes);
    let run = sandbox.generate(&[]).ends(1);
    for word in parts.iter().chain(&["pets.yaml", "error[TW0"]) {
        assert!(run.stderr.contains(word), "{word}: {run:?}");
    }
    assert_eq!(run.stdout, "");
    assert_eq!(sandbox.files("out"), before);
}

#[test]
fn broken_text_is_refused() {
    refused(b"openapi: [3.0", &[]);
    refused(b"{\"openapi\": \"3.0.3\" \"info\": {}}", &[]);
    refused(b"", &[]);
    refused(b"just words", &[]);
    refused(b"\x89PNG\r\n\x1a\n\0\0", &[]);
}

#[test]
fn the_place_is_shown_and_underlined() {
    refused(
        b"openapi: 3.0.3\r\ninfo:\r\n  title: Pets: all\r\n",
        &["pets.yaml:3:14", "3 |   title: Pets: all", "^"],
    );
    refused("openapi: 3.0.3\ninfo: {title: \u{416}, version: [}".as_bytes(), &["pets.yaml:2:"]);
}

#[test]
fn text_that_is_not_utf8_is_refused_with_its_place() {
    refused(b"openapi: 3.0.3\ninfo: {title: caf\xE9}\n", &["UTF-8", "line 2, column 18"]);
    refused(b"\xFF\xFE{\0}\0", &["UTF-16"]);
}

#[test]
fn what_is_no_description_of_an_api_is_refused() {
    refused(b"[1, 2]", &[]);
    refused(b"null", &[]);
    refused(b"name: workflow\non: push\njobs: {}\n", &[]);
}

#[test]
fn a_missing_file_and_a_folder_are_named() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["generate", "no/pets.yaml", "--out", "out"]).ends(1);
    assert!(run.stderr.contains("no/pets.yaml") && run.stderr.contains("no such file"), "{run:?}");
    let run = sandbox.run(&["generate", "runtime", "--out", "out"]).ends(1);
    assert!(run.stderr.contains("folder"), "{run:?}");
    let run = sandbox.run(&["generate", "pet.yaml", "--out", "out"]).ends(1);
    assert!(run.stderr.contains("is `pets.yaml` meant?"), "{run:?}");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn findings_are_json_for_tools() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", "a: [");
    let run = sandbox.generate(&["--message-format", "json"]).ends(1);
    let lines: Vec<serde_json::Value> =
        run.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["severity"], "error");
    assert_eq!(lines[0]["file"], "pets.yaml");
    assert_eq!(lines[0]["line"], 1);
    assert!(lines[0]["code"].as_str().unwrap().starts_with("TW01"));
}

#[test]
fn warnings_stop_nothing_unless_denied() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", DOCUMENT.replace("      operationId:", "      operationid:"));
    let run = sandbox.generate(&["-D", "warnings"]).ends(1);
    assert!(
        run.stderr.contains("warning[TW02") && run.stderr.contains("`-D warnings` denies"),
        "{run:?}"
    );
    assert!(!sandbox.path("out").exists());
    let run = sandbox.generate(&[]).ends(0);
    assert!(run.stderr.contains("pets.yaml:7:7"), "{run:?}");
    sandbox.generate(&["-D", "warnings", "--check"]).ends(1);
}

#[test]
fn notes_are_counted_by_generate_and_shown_by_inspect() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", DOCUMENT.replace("{ type: object, required", "{ required"));
    let run = sandbox.generate(&["-D", "warnings"]).ends(0);
    assert_eq!(run.stderr, "1 note: `typewright inspect pets.yaml` shows it\n");
    let run = sandbox.run(&["inspect", "pets.yaml"]).ends(0);
    assert!(run.stderr.contains("note[TW0216]"), "{run:?}");
}

#[test]
fn colours_are_for_terminals() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", "a: [");
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = sandbox.command();
        command.args(["inspect", "pets.yaml"]).args(arguments).env_remove("NO_COLOR");
        command.env_remove("CLICOLOR_FORCE").envs(variables.iter().copied());
        let run = crate::support::Run::from(command.output().unwrap()).ends(1);
        run.stderr.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}
