//! Code of one's own in a generated crate: the module `ext`, and everything else that was not generated.

use crate::support::{target, Run, Sandbox, DOCUMENT};
use std::fs;
use std::path::Path;
use std::process::Command;

const EXTENSION: &str = "\
//! Additions of this crate to the API.

use crate::runtime::AnyError;
use crate::Client;

impl Client {
    /// The name of the pet.
    pub async fn pet_name(&self) -> Result<String, AnyError> {
        Ok(self.list_pets().await?.name)
    }
}
";

#[test]
fn the_module_is_declared_where_it_is_and_left_alone() {
    for path in ["out/src/ext/mod.rs", "out/src/ext.rs"] {
        let sandbox = Sandbox::new();
        sandbox.generate(&[]).ends(0);
        assert!(!sandbox.read("out/src/lib.rs").contains("ext"), "nothing is declared without it");
        sandbox.write(path, EXTENSION);
        let run = sandbox.generate(&["--check"]).ends(3);
        assert!(run.stdout.contains("+pub mod ext;"), "{run:?}");
        let run = sandbox.generate(&[]).ends(0);
        assert!(!run.stderr.contains("TW0516"), "{run:?}");
        assert!(sandbox.read("out/src/lib.rs").contains("\npub mod ext;\n"));
        assert_eq!(sandbox.read(path), EXTENSION);
        let before = sandbox.files("out");
        sandbox.generate(&["--no-rustfmt", "--check"]).ends(0);
        sandbox.generate(&[]).ends(0);
        assert_eq!(sandbox.files("out"), before);
        fs::remove_file(sandbox.path(path)).unwrap();
        sandbox.generate(&[]).ends(0);
        assert!(!sandbox.read("out/src/lib.rs").contains("ext"));
    }
}

#[test]
fn a_folder_without_a_module_is_not_declared() {
    let sandbox = Sandbox::new();
    sandbox.write("out/src/ext/notes.txt", "mine");
    sandbox.generate(&[]).ends(0);
    assert!(!sandbox.read("out/src/lib.rs").contains("ext"));
    assert_eq!(sandbox.read("out/src/ext/notes.txt"), "mine");
}

#[test]
fn what_was_not_generated_stays() {
    let sandbox = Sandbox::new();
    let files = [
        "README.md",
        "CHANGELOG.md",
        "build.rs",
        "rust-toolchain.toml",
        "src/ext/mod.rs",
        "src/ext/deep/er.rs",
        "src/bin/tool.rs",
        "tests/mine.rs",
        "examples/first.rs",
        "benches/all.rs",
    ];
    files
        .iter()
        .for_each(|path| sandbox.write(&format!("out/{path}"), format!("// mine: {path}\n")));
    sandbox.generate(&["--tests"]).ends(0);
    sandbox.write("pets.yaml", DOCUMENT.replace("name: { type", "title: { type"));
    sandbox.generate(&["--force"]).ends(0);
    sandbox.generate(&["--types-only", "--force"]).ends(0);
    for path in files {
        assert_eq!(sandbox.read(&format!("out/{path}")), format!("// mine: {path}\n"));
    }
}

#[test]
fn a_file_of_ones_own_in_the_place_of_a_new_one_is_refused_before_anything_is_written() {
    for path in ["src/types/mod.rs", "src/client.rs", "tests/examples.rs"] {
        let sandbox = Sandbox::new();
        let path = format!("out/{path}");
        sandbox.write(&path, "// mine\n");
        for further in [&["--tests"][..], &["--tests", "--force"]] {
            let run = sandbox.generate(further).ends(1);
            assert!(run.stderr.contains("TW0501") && run.stderr.contains(&path), "{run:?}");
            assert_eq!(sandbox.files("out").len(), 1);
        }
        assert_eq!(sandbox.read(&path), "// mine\n");
    }
}

#[test]
fn a_client_with_methods_of_its_own_compiles() {
    let sandbox = Sandbox::new();
    sandbox.write("out/src/ext/mod.rs", EXTENSION);
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = repository.join("runtime");
    sandbox.generate(&["--runtime-path", runtime.to_str().unwrap()]).ends(0);
    fs::copy(repository.join("Cargo.lock"), sandbox.path("out/Cargo.lock")).unwrap();
    let mut check = Command::new(env!("CARGO"));
    check.args(["check", "--offline", "--no-default-features"]).current_dir(sandbox.path("out"));
    check.env("CARGO_TARGET_DIR", target());
    let run = Run::from(check.output().unwrap()).ends(0);
    assert!(!run.stderr.contains("warning"), "{run:?}");
}
