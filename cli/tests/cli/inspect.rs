//! `inspect`.

use crate::support::Sandbox;

#[test]
fn a_document_is_described() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["inspect", "pets.yaml"]).ends(0);
    assert!(run.stdout.contains("OpenAPI 3.0, pets.yaml"), "{run:?}");
    assert!(run.stdout.contains("operations: "), "{run:?}");
    let run = sandbox.run(&["inspect", "pets.yaml", "--json"]).ends(0);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["document"], "pets.yaml");
    assert_eq!(sandbox.files("").len(), 3, "nothing is written");
}

#[test]
fn a_wrong_document_ends_with_1() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", "a: [");
    let run = sandbox.run(&["inspect", "pets.yaml"]).ends(1);
    assert!(run.stderr.contains("pets.yaml") && run.stdout.is_empty(), "{run:?}");
    sandbox.run(&["inspect"]).ends(2);
}
