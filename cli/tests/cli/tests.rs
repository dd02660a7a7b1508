//! `--tests`: the file, its manifest entries, and both going again.

use crate::support::{Sandbox, HEADER};

#[test]
fn the_test_comes_with_its_manifest_entries() {
    let sandbox = Sandbox::new();
    sandbox.generate(&["--tests", "--runtime-path", "runtime"]).ends(0);
    let test = sandbox.read("out/tests/examples.rs");
    assert!(test.starts_with(HEADER), "{test}");
    let contract = sandbox.read("out/tests/contract.rs");
    assert!(contract.starts_with(HEADER), "{contract}");
    assert!(contract.contains("Contract::new::<operations::ListPets>("), "{contract}");
    let manifest = sandbox.read("out/Cargo.toml");
    for entry in [
        "[[test]]\nname = \"examples\"\nharness = false\n",
        "[[test]]\nname = \"contract\"\nharness = false\n",
        "[dev-dependencies]\ntypewright-runtime = { path = \"../runtime\", version = ",
        "default-features = false, features = [\"testing\", \"blocking\", \"reqwest\"] }\n",
        "libtest-mimic = \"0.8\"\n",
    ] {
        assert!(manifest.contains(entry), "{entry}: {manifest}");
    }
    sandbox.generate(&["--tests", "--runtime-path", "runtime", "--check"]).ends(0);
}

#[test]
fn what_is_not_wanted_any_more_goes() {
    let sandbox = Sandbox::new();
    sandbox.generate(&["--tests"]).ends(0);
    let manifest = sandbox.read("out/Cargo.toml") + "\n[[test]]\nname = \"mine\"\n";
    sandbox.write("out/Cargo.toml", manifest);
    sandbox.generate(&["--check"]).ends(3);
    sandbox.generate(&[]).ends(0);
    assert!(!sandbox.path("out/tests").exists());
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(!manifest.contains("\"examples\""), "{manifest}");
    assert!(manifest.contains("\"mine\""), "{manifest}");
}

#[test]
fn a_test_of_the_authors_own_is_not_touched() {
    let sandbox = Sandbox::new();
    sandbox.write("out/tests/examples.rs", "fn main() {}\n");
    let entry = "[package]\nname = \"a\"\n[[test]]\nname = \"examples\"\nharness = false\n";
    sandbox.write("out/Cargo.toml", entry);
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read("out/Cargo.toml").contains("\"examples\""));
    let run = sandbox.generate(&["--tests"]).ends(1);
    assert!(run.stderr.contains("TW0501"), "{run:?}");
}

#[test]
fn the_configuration_asks_for_tests_too() {
    let sandbox = Sandbox::new();
    let config = "[[client]]\ndocument = \"pets.yaml\"\nout = \"out\"\ntests = true\n";
    sandbox.write("typewright.toml", config);
    sandbox.run(&["generate"]).ends(0);
    assert!(sandbox.path("out/tests/examples.rs").exists());
}
