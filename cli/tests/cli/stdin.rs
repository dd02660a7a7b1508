//! `-`: a document from standard input.

use crate::support::{Run, Sandbox, DOCUMENT};

const GENERATE: &[&str] = &["generate", "-", "--out", "out", "--name", "pets"];

/// The same document as JSON.
const JSON: &str = r##"{"openapi":"3.0.3","info":{"title":"Pets","version":"1"},"servers":[{"url":"https://pets.example"}],"paths":{"/pets":{"get":{"operationId":"listPets","responses":{"200":{"description":"All pets.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}}}}}},"components":{"schemas":{"Pet":{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}}}}"##;

/// The texts of all files in a folder.
fn texts(sandbox: &Sandbox, folder: &str) -> Vec<Vec<u8>> {
    sandbox.files(folder).into_iter().map(|file| file.2).collect()
}

#[test]
fn yaml_and_json_give_the_client_of_the_file() {
    let sandbox = Sandbox::new();
    sandbox.run(&["generate", "pets.yaml", "--out", "file", "--name", "pets"]).ends(0);
    let windows = DOCUMENT.replace('\n', "\r\n");
    let marked = format!("\u{feff}{DOCUMENT}");
    for input in [DOCUMENT, &windows, &marked, JSON] {
        let run = sandbox.run_with(GENERATE, input).ends(0);
        assert!(run.stderr.is_empty(), "{run:?}");
        assert_eq!(texts(&sandbox, "out"), texts(&sandbox, "file"), "{input}");
    }
    sandbox.run_with(&[GENERATE, &["--check"]].concat(), JSON).ends(0);
}

#[test]
fn the_other_commands_read_it_too() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with(&["inspect", "-"], DOCUMENT).ends(0);
    assert!(run.stdout.starts_with("Pets 1 (OpenAPI 3.0, <stdin>)"), "{run:?}");
    sandbox.run_with(&["bundle", "-", "--out", "one.json"], DOCUMENT).ends(0);
    assert!(sandbox.read("one.json").contains("listPets"));
    let changed = DOCUMENT.replace("name: { type: string }", "name: { type: integer }");
    let run = sandbox.run_with(&["diff", "pets.yaml", "-"], &changed).ends(0);
    assert!(run.stdout.contains("(pets.yaml:14:58 → <stdin>:14:58)"), "{run:?}");
    sandbox.run_with(&["diff", "-", "pets.yaml", "-D", "minor"], DOCUMENT).ends(0);
    sandbox.run_with(&["new", "pets", "-", "--runtime-path", "runtime"], DOCUMENT).ends(0);
    assert!(sandbox.path("pets/src/lib.rs").exists());
}

#[test]
fn the_place_of_an_error_is_in_standard_input() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with(GENERATE, "openapi: 3.0.3\ninfo:\n  title: Pets: all\n").ends(1);
    assert!(run.stderr.contains("<stdin>:3:14"), "{run:?}");
    let json = [GENERATE, &["--message-format", "json"]].concat();
    let run = sandbox.run_with(&json, "a: [").ends(1);
    let line: serde_json::Value = serde_json::from_str(run.stderr.lines().next().unwrap()).unwrap();
    assert_eq!(line["file"], "<stdin>");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn what_is_no_document_is_refused_with_the_reason() {
    let sandbox = Sandbox::new();
    for (input, reason) in [
        (&b""[..], "`<stdin>` cannot be read: it is empty"),
        (b" \r\n", "it is empty"),
        (b"openapi: 3.0.3\ninfo: {title: caf\xE9}\n", "line 2, column 18"),
        (b"\xFF\xFE{\0}\0", "UTF-16"),
        (b"just words", "error[TW02"),
    ] {
        let run = sandbox.run_with(GENERATE, input).ends(1);
        assert!(run.stderr.contains(reason), "{reason}: {run:?}");
        assert_eq!(run.stdout, "");
    }
    assert!(!sandbox.path("out").exists());
}

#[test]
fn references_are_relative_to_the_working_directory() {
    let sandbox = Sandbox::new();
    let part = "Dog: { type: object, properties: { name: { type: string } } }\n";
    let document = DOCUMENT.replace("#/components/schemas/Pet", "FILE#/Dog");
    sandbox.write("parts/dog.yaml", part);
    let beside = document.replace("FILE", "parts/dog.yaml");
    sandbox.run_with(GENERATE, &beside).ends(0);
    let run = sandbox.run_with(GENERATE, document.replace("FILE", "../dog.yaml")).ends(1);
    assert!(run.stderr.contains("error[TW0112]") && run.stderr.contains("<stdin>:"), "{run:?}");
    let run = sandbox.run_with(GENERATE, document.replace("FILE", "no.yaml")).ends(1);
    assert!(run.stderr.contains("error[TW0114]"), "{run:?}");
}

#[test]
fn notes_name_a_command_that_works() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with(GENERATE, DOCUMENT.replace("type: object, required", "required"));
    assert_eq!(run.ends(0).stderr, "1 note: `typewright inspect -` shows it\n");
}

#[test]
fn what_needs_a_name_or_a_file_says_so() {
    let sandbox = Sandbox::new();
    sandbox.write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n");
    for (arguments, reason) in [
        (&["generate", "-", "--out", "out"][..], "`--name` gives one"),
        (&["init", "-"], "store it in a file"),
        (&["diff", "-", "-"], "standard input can be read once"),
    ] {
        let run: Run = sandbox.run_with(arguments, DOCUMENT).ends(2);
        assert!(run.stderr.contains(reason), "{run:?}");
    }
}

#[test]
fn a_configuration_names_a_file_by_it() {
    let sandbox = Sandbox::new();
    let config = "[[client]]\ndocument = \"-\"\nout = \"out\"\nname = \"pets\"\n";
    sandbox.write("typewright.toml", config);
    let run = sandbox.run_with(&["generate"], DOCUMENT).ends(1);
    assert!(run.stderr.contains("`-` cannot be read: no such file"), "{run:?}");
}
