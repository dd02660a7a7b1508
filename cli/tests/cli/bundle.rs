//! `bundle`: one document of all files.

use crate::support::{Sandbox, DOCUMENT};

#[test]
fn the_bundle_gives_the_same_client() {
    let sandbox = Sandbox::new();
    sandbox.run(&["bundle", "pets.yaml", "--out", "one/bundle.yaml"]).ends(0);
    sandbox.run(&["bundle", "pets.yaml", "--out", "one/bundle.json"]).ends(0);
    assert!(sandbox.read("one/bundle.yaml").starts_with("openapi: 3.0."));
    assert!(sandbox.read("one/bundle.json").starts_with("{\n  \"openapi\": \"3.0."));
    sandbox.generate(&[]).ends(0);
    let texts =
        |folder| -> Vec<_> { sandbox.files(folder).into_iter().map(|file| file.2).collect() };
    for bundle in ["one/bundle.yaml", "one/bundle.json"] {
        sandbox.run(&["generate", bundle, "--out", "again", "--name", "pets"]).ends(0);
        assert_eq!(texts("again"), texts("out"));
    }
}

#[test]
fn a_second_run_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.run(&["bundle", "pets.yaml", "--out", "bundle.yaml"]).ends(0);
    let before = sandbox.files("");
    let run = sandbox.run(&["bundle", "pets.yaml", "--out", "bundle.yaml"]).ends(0);
    assert!(run.stdout.contains("current"), "{run:?}");
    assert_eq!(sandbox.files(""), before);
}

#[test]
fn a_wrong_document_is_shown_and_nothing_written() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", DOCUMENT.replace("openapi: 3.0.3", "openapi: [3"));
    let run = sandbox.run(&["bundle", "pets.yaml", "--out", "bundle.yaml"]).ends(1);
    assert!(run.stderr.contains("pets.yaml:"), "{run:?}");
    assert!(!sandbox.path("bundle.yaml").exists());
    sandbox.run(&["bundle", "pets.yaml"]).ends(2);
}
