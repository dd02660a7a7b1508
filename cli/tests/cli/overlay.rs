//! Overlays: changes to a document that its owner never sees.

use crate::support::{Run, Sandbox, DOCUMENT};

const OVERLAY: &str = "\
overlay: 1.1.0
info: { title: Ours, version: '1' }
actions:
  - target: $.paths['/pets'].get
    update: { operationId: everyPet }
  - target: $.components.schemas.Pet.properties
    update: { age: { type: integer } }
";

const SECOND: &str = "\
overlay: 1.0.0
info: { title: Ours, version: '1' }
actions:
  - target: $.paths['/pets'].get
    update: { operationId: allPets }
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("ours/first.yaml", OVERLAY);
    sandbox.write("ours/second.yaml", SECOND);
    sandbox.write("specs/pets.yaml", DOCUMENT);
    sandbox
}

const BOTH: [&str; 4] = ["--overlay", "ours/first.yaml", "--overlay", "ours/second.yaml"];

/// Runs a command with both overlays.
fn with_both(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    sandbox.run(&[arguments, &BOTH].concat())
}

fn everything(sandbox: &Sandbox, folder: &str) -> String {
    let files = sandbox.files(folder).into_iter();
    files.map(|(_, _, bytes)| String::from_utf8(bytes).unwrap()).collect()
}

#[test]
fn they_apply_in_their_order_wherever_they_lie() {
    let sandbox = sandbox();
    let run = with_both(&sandbox, &["generate", "specs/pets.yaml", "--out", "out"]).ends(0);
    assert_eq!(run.stderr, "");
    let text = everything(&sandbox, "out");
    assert!(text.contains("fn all_pets(") && text.contains("age: Option<i64>"), "{text}");
    let text = with_both(&sandbox, &["inspect", "specs/pets.yaml"]).ends(0).stdout;
    assert!(text.contains("allPets"), "{text}");
    with_both(&sandbox, &["bundle", "specs/pets.yaml", "--out", "one.yaml"]).ends(0);
    let text = sandbox.read("one.yaml");
    assert!(text.contains("operationId: allPets") && text.contains("age:"), "{text}");
    assert_eq!(sandbox.read("specs/pets.yaml"), DOCUMENT);
}

#[test]
fn the_configuration_lists_them() {
    let sandbox = sandbox();
    let list = "overlays = [\"first.yaml\", \"second.yaml\"]";
    let config =
        format!("[[client]]\ndocument = \"../specs/pets.yaml\"\nout = \"../out\"\n{list}\n");
    sandbox.write("ours/typewright.toml", config);
    sandbox.run(&["generate", "--config", "ours/typewright.toml"]).ends(0);
    assert!(everything(&sandbox, "out").contains("fn all_pets("));
    let wrong = "[[client]]\ndocument = \"../specs/pets.yaml\"\noverlays = \"first.yaml\"\n";
    sandbox.write("ours/typewright.toml", wrong);
    let run = sandbox.run(&["generate", "--config", "ours/typewright.toml"]).ends(1);
    assert!(run.stderr.contains("TW0504"), "{run:?}");
}

#[test]
fn an_action_that_matches_nothing_is_shown_in_the_overlay() {
    let sandbox = sandbox();
    sandbox.write("ours/first.yaml", OVERLAY.replace("'/pets'", "'/pet'"));
    let run = with_both(&sandbox, &["generate", "specs/pets.yaml", "--out", "out"]).ends(0);
    for word in ["warning[TW0119]", "ours/first.yaml:4:13", "$.paths['/pet'].get"] {
        assert!(run.stderr.contains(word), "{word}: {run:?}");
    }
    let denied = [&BOTH[..], &["-D", "warnings"]].concat();
    sandbox.run(&[&["inspect", "specs/pets.yaml"], &denied[..]].concat()).ends(1);
}

#[test]
fn what_is_no_overlay_is_refused() {
    let sandbox = sandbox();
    for (text, code) in [
        (None, "TW0101"),
        (Some("a: ["), "TW0103"),
        (Some(DOCUMENT), "TW0117"),
        (Some("overlay: 1.1.0\nactions: [{target: '$['}]\n"), "TW0118"),
    ] {
        let name = if text.is_some() { "ours/x.yaml" } else { "ours/gone.yaml" };
        sandbox.write("ours/x.yaml", text.unwrap_or_default());
        let arguments = ["generate", "specs/pets.yaml", "--out", "out", "--overlay", name];
        let run = sandbox.run(&arguments).ends(1);
        assert!(run.stderr.contains(code) && run.stderr.contains(name), "{run:?}");
        assert!(!sandbox.path("out").exists());
    }
}

#[test]
fn references_in_overlays_are_the_documents() {
    let sandbox = sandbox();
    let overlay = "overlay: 1.1.0\nactions:\n  - target: $.components.schemas.Pet.properties\n    update: { owner: { $ref: 'owner.yaml' } }\n";
    sandbox.write("ours/first.yaml", overlay);
    sandbox.write("specs/owner.yaml", "type: object\nproperties: { phone: { type: string } }\n");
    with_both(&sandbox, &["generate", "specs/pets.yaml", "--out", "out"]).ends(0);
    assert!(everything(&sandbox, "out").contains("phone: Option<String>"));
}
