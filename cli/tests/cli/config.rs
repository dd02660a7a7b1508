//! `typewright.toml`.

use crate::support::{Sandbox, DOCUMENT};

const TWO: &str = "\
[[client]]
document = \"pets.yaml\"
out = \"clients/pets\"
runtime-path = \"runtime\"

[[client]]
document = \"specs/owners/openapi.yaml\"
types-only = true
";

fn sandbox(config: impl AsRef<[u8]>) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("specs/owners/openapi.yaml", DOCUMENT);
    sandbox.write("typewright.toml", config);
    sandbox
}

#[test]
fn every_client_is_generated() {
    let sandbox = sandbox(TWO);
    let run = sandbox.run(&["generate"]).ends(0);
    assert_eq!(run.stdout.matches(" written").count(), 2, "{run:?}");
    assert!(sandbox.read("clients/pets/Cargo.toml").contains("path = \"../../runtime\""));
    assert!(sandbox.read("generated/owners/Cargo.toml").contains("name = \"owners\""));
    sandbox.run(&["generate", "--check"]).ends(0);
}

#[test]
fn one_wrong_document_stops_none_of_the_others() {
    let sandbox = sandbox(TWO);
    sandbox.write("pets.yaml", "a: [");
    sandbox.run(&["generate"]).ends(1);
    assert!(!sandbox.path("clients").exists());
    assert!(sandbox.path("generated/owners/src/lib.rs").exists());
    let run = sandbox.run(&["generate", "--check"]).ends(1);
    assert!(run.stdout.contains("generated/owners: current"), "{run:?}");
}

#[test]
fn it_is_found_from_a_folder_below() {
    let sandbox = sandbox(TWO);
    let mut command = sandbox.command();
    command.current_dir(sandbox.path("specs/owners")).arg("generate");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(sandbox.path("clients/pets/src/lib.rs").exists());
    assert!(sandbox.path("generated/owners/src/lib.rs").exists());
    assert!(sandbox.read("clients/pets/Cargo.toml").contains("path = \"../../runtime\""));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_do_no_harm() {
    let sandbox = sandbox(format!("\u{feff}{}", TWO.replace('\n', "\r\n")));
    sandbox.run(&["generate"]).ends(0);
    assert!(sandbox.path("clients/pets/src/lib.rs").exists());
}

#[test]
fn unknown_keys_are_refused_with_the_nearest() {
    let sandbox = sandbox("[[client]]\ndocumnet = \"pets.yaml\"\n");
    let run = sandbox.run(&["generate"]).ends(1);
    for word in ["TW0505", "typewright.toml:2:1", "`documnet`", "is `document` meant?"] {
        assert!(run.stderr.contains(word), "{word}: {run:?}");
    }
    assert!(!sandbox.path("generated").exists());
}

#[test]
fn wrong_values_are_refused() {
    for (config, code) in [
        ("", "TW0504"),
        ("client = 1", "TW0504"),
        ("[[client]]\nout = \"x\"\n", "TW0504"),
        ("[[client]]\ndocument = 1\n", "TW0504"),
        ("[[client]\n", "TW0504"),
        ("[[clients]]\ndocument = \"pets.yaml\"\n", "TW0505"),
        ("[[client]]\ndocument = \"pets.yaml\"\nname = \"a b\"\n", "TW0507"),
        ("[[client]]\ndocument = \"pets.yaml\"\nruntime-path = \"specs\"\n", "TW0508"),
    ] {
        let sandbox = sandbox(config);
        let run = sandbox.run(&["generate"]).ends(1);
        assert!(run.stderr.contains(code), "{config}: {run:?}");
        assert!(!sandbox.path("generated").exists());
    }
}

#[test]
fn versions_that_no_operation_has_are_refused() {
    for (versions, status) in [("all", 0), ("2020-01-01", 1)] {
        let config = format!("[[client]]\ndocument = \"pets.yaml\"\nversions = [\"{versions}\"]\n");
        let run = sandbox(config).run(&["generate"]).ends(status);
        assert_eq!(run.stderr.contains("TW0315"), status == 1, "{run:?}");
    }
}

#[test]
fn two_clients_in_one_folder_are_refused() {
    let one = "[[client]]\ndocument = \"pets.yaml\"\nout = \"x\"\n";
    let sandbox = sandbox(format!("{one}{}", one.replace("\"x\"", "\"y/../x\"")));
    let run = sandbox.run(&["generate"]).ends(1);
    assert!(run.stderr.contains("TW0506"), "{run:?}");
    assert!(!sandbox.path("x").exists());
}

#[test]
fn another_one_can_be_named() {
    let sandbox = sandbox("broken");
    sandbox.write(
        "specs/my.toml",
        "[[client]]\ndocument = \"owners/openapi.yaml\"\nout = \"../out\"\n",
    );
    sandbox.run(&["generate", "--config", "specs/my.toml"]).ends(0);
    assert!(sandbox.path("out/src/lib.rs").exists());
    let run = sandbox.run(&["generate", "--config", "no.toml"]).ends(1);
    assert!(run.stderr.contains("TW0503"), "{run:?}");
}

#[test]
fn neither_document_nor_configuration_is_wrong_usage() {
    let run = Sandbox::empty().run(&["generate"]).ends(2);
    assert!(run.stderr.contains("typewright.toml"), "{run:?}");
}

const METADATA: &str = "\
[package]
name = \"kennel\"
version.workspace = true

[[package.metadata.typewright.client]]
document = \"pets.yaml\"
out = \"clients/pets\"
runtime-path = \"runtime\"
";

/// A sandbox with a manifest, the folder `specs` below it, and no `typewright.toml`.
fn with_manifest(manifest: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("Cargo.toml", manifest);
    sandbox.write("specs/owners/openapi.yaml", DOCUMENT);
    sandbox
}

#[test]
fn a_manifest_serves_as_well() {
    for manifest in [METADATA.to_owned(), METADATA.replace("package", "workspace")] {
        let sandbox = with_manifest(&manifest);
        let mut command = sandbox.command();
        command.current_dir(sandbox.path("specs/owners")).arg("generate");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        sandbox.run(&["generate", "--check"]).ends(0);
        assert!(sandbox.path("clients/pets/src/lib.rs").exists());
        assert_eq!(sandbox.read("Cargo.toml"), manifest);
    }
}

#[test]
fn a_configuration_of_its_own_goes_before_a_manifest() {
    let sandbox = with_manifest(METADATA);
    sandbox.write("typewright.toml", TWO.replace("clients/pets", "other/pets"));
    sandbox.run(&["generate"]).ends(0);
    assert!(sandbox.path("other/pets").exists() && !sandbox.path("clients").exists());
}

#[test]
fn a_manifest_without_a_configuration_is_none() {
    for manifest in ["[package]\nname = \"kennel\"\n", "[package", ""] {
        with_manifest(manifest).run(&["generate"]).ends(2);
    }
    let sandbox = with_manifest("[package]\nname = \"kennel\"\n");
    let run = sandbox.run(&["generate", "--config", "Cargo.toml"]).ends(1);
    assert!(run.stderr.contains("there is no `package.metadata.typewright`"), "{run:?}");
}

#[test]
fn unknown_keys_of_a_manifest_are_refused_at_their_place() {
    let manifest = METADATA.replace("out =", "owt =").replace("[package]", "[package]\nodd = 1");
    let run = with_manifest(&manifest).run(&["generate"]).ends(1);
    for word in ["TW0505", "Cargo.toml:8:1", "`owt`", "is `out` meant?"] {
        assert!(run.stderr.contains(word), "{word}: {run:?}");
    }
    assert!(!run.stderr.contains("odd"), "{run:?}");
    let run = with_manifest(&METADATA.replace(".client]", ".clients]")).run(&["generate"]).ends(1);
    assert!(run.stderr.contains("is `client` meant?"), "{run:?}");
}
