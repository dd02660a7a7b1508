//! `init`: a client in a crate that exists.

use crate::support::{Run, Sandbox, DOCUMENT};
use std::path::{Path, PathBuf};

const MANIFEST: &str = "\
# mine
[package]
name    = \"app\" # as it was
version = \"0.1.0\"
edition = \"2021\"

[dependencies]
serde = \"1\"  # stays
";

/// A crate `app` beside `pets.yaml`.
fn app() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("app/Cargo.toml", MANIFEST);
    sandbox.write("app/src/lib.rs", "//! Mine.\n");
    sandbox.write("app/pets.yaml", DOCUMENT);
    sandbox
}

fn init_in(sandbox: &Sandbox, folder: &str, arguments: &[&str]) -> Run {
    let mut command = sandbox.command();
    command.current_dir(sandbox.path(folder)).arg("init").args(arguments);
    command.output().unwrap().into()
}

fn init(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    init_in(sandbox, "app", arguments)
}

fn paths(sandbox: &Sandbox) -> Vec<PathBuf> {
    sandbox.files("").into_iter().map(|(path, ..)| path).collect()
}

#[test]
fn a_committed_client_is_configured_generated_and_depended_on() {
    let sandbox = app();
    init(&sandbox, &["pets.yaml"]).ends(0);
    let manifest = sandbox.read("app/Cargo.toml");
    assert_eq!(manifest, format!("{MANIFEST}pets = {{ path = \"generated/pets\" }}\n"));
    let config =
        "[[client]]\ndocument = \"pets.yaml\"\nout = \"generated/pets\"\nname = \"pets\"\n";
    assert_eq!(sandbox.read("app/typewright.toml"), config);
    assert!(sandbox.path("app/generated/pets/src/lib.rs").is_file());
    let before = sandbox.files("");
    init(&sandbox, &["pets.yaml", "--committed"]).ends(0);
    assert_eq!(sandbox.files(""), before, "a second run changes nothing");
    init(&sandbox, &["pets.yaml", "--name", "animals"]).ends(0);
    let manifest = sandbox.read("app/Cargo.toml");
    assert!(manifest.contains("animals = { path = \"generated/animals\" }"), "{manifest}");
    assert_eq!(sandbox.read("app/typewright.toml").matches("[[client]]").count(), 2);
}

#[test]
fn a_member_of_a_workspace_uses_the_configuration_above() {
    let sandbox = app();
    sandbox.write("Cargo.toml", "[workspace]\nmembers = [\"app\"]\n");
    let config = "# mine\r\n[[client]]\r\ndocument = \"pets.yaml\"\r\nout = \"clients/pets\"\r\n";
    sandbox.write("typewright.toml", config);
    init(&sandbox, &["../pets.yaml"]).ends(0);
    let new = sandbox.read("typewright.toml");
    assert!(new.starts_with(config), "{new}");
    assert!(new.contains("document = \"pets.yaml\"\r\nout = \"app/generated/pets\"\r\n"), "{new}");
    assert!(!sandbox.path("app/typewright.toml").exists());
    assert!(!sandbox.path("clients").exists(), "only the new client is generated");
    let manifest = sandbox.read("app/generated/pets/Cargo.toml");
    assert!(!manifest.contains("[workspace]"), "a member depends on it: {manifest}");
}

#[test]
fn a_build_script_and_a_module_are_written() {
    let sandbox = app();
    let run = init(&sandbox, &["pets.yaml", "--build-rs"]).ends(0);
    assert!(run.stdout.contains("Cargo.toml, build.rs, src/pets.rs: written"), "{run:?}");
    assert!(run.stdout.contains("add to src/lib.rs or src/main.rs:\n    mod pets;"), "{run:?}");
    let script = sandbox.read("app/build.rs");
    let line = "typewright::build::Builder::new(\"pets.yaml\").file(\"pets.rs\").compile()?;";
    assert!(script.contains(line), "{script}");
    assert!(sandbox.read("app/src/pets.rs").contains("\"/pets.rs\""));
    let text = sandbox.read("app/Cargo.toml");
    assert!(text.starts_with(MANIFEST), "{text}");
    let manifest: toml_edit::DocumentMut = text.parse().unwrap();
    for (table, name) in
        [("dependencies", "typewright-runtime"), ("build-dependencies", "typewright")]
    {
        let path = manifest[table][name]["path"].as_str().unwrap();
        let target = std::fs::read_to_string(sandbox.path("app").join(path).join("Cargo.toml"));
        assert!(target.unwrap().contains(&format!("name = \"{name}\"")), "{text}");
    }
    sandbox.write("app/src/lib.rs", "//! Mine.\nmod pets;\n");
    let before = sandbox.files("");
    let run = init(&sandbox, &["pets.yaml", "--build-rs"]).ends(0);
    assert_eq!(run.stdout, "Cargo.toml: current\n");
    assert_eq!(sandbox.files(""), before);
}

#[test]
fn an_own_build_script_and_module_stay() {
    let sandbox = app();
    sandbox.write("app/build.rs", "fn main() {}\n");
    sandbox.write("app/src/pets.rs", "// mine\n");
    let dependency = "typewright-runtime = \"0.1\"\n";
    sandbox.write("app/Cargo.toml", format!("{MANIFEST}{dependency}").replace('\n', "\r\n"));
    let instant = "{ type: string, format: date-time }";
    sandbox.write(
        "app/pets.yaml",
        DOCUMENT.replace("name: { type: string }", &format!("name: {instant}")),
    );
    let run = init(&sandbox, &["pets.yaml", "--build-rs"]).ends(0);
    assert!(
        run.stdout.contains(
            "add to `main` in build.rs:\n    typewright::build::Builder::new(\"pets.yaml\")"
        ),
        "{run:?}"
    );
    assert_eq!(sandbox.read("app/build.rs"), "fn main() {}\n");
    assert_eq!(sandbox.read("app/src/pets.rs"), "// mine\n");
    let manifest = sandbox.read("app/Cargo.toml");
    let entry = "typewright-runtime = { version = \"0.1\", features = [\"chrono\"] }\r\n";
    assert!(manifest.contains(entry), "{manifest}");
    assert_eq!(manifest.matches('\n').count(), manifest.matches("\r\n").count());
}

#[test]
fn failures_change_nothing() {
    let sandbox = app();
    let outside = sandbox.path("pets.yaml");
    sandbox.write("app/wrong.yaml", "openapi: [3");
    let before = sandbox.files("");
    for arguments in [
        &["wrong.yaml"][..],
        &["wrong.yaml", "--build-rs"],
        &["none.yaml"],
        &[outside.to_str().unwrap()],
        &["pets.yaml", "--name", "1 2"],
        &["pets.yaml", "--runtime-path", "."],
        &["pets.yaml", "--build-rs", "--runtime-path", "."],
        &["https://pets.example/pets.yaml", "--build-rs"],
        &["http://pets.example/pets.yaml"],
    ] {
        let run = init(&sandbox, arguments).ends(1);
        assert!(run.stderr.contains("error[TW"), "{run:?}");
        assert_eq!(sandbox.files("").len(), before.len(), "{arguments:?}: {:?}", paths(&sandbox));
        assert_eq!(sandbox.read("app/Cargo.toml"), MANIFEST, "{arguments:?}");
    }
    sandbox.write("app/typewright.toml", "client = 1\n");
    let run = init(&sandbox, &["pets.yaml"]).ends(1);
    assert!(run.stderr.contains("`client` is not a list"), "{run:?}");
    std::fs::remove_file(sandbox.path("app/typewright.toml")).unwrap();
    let listed = "\n[[package.metadata.typewright.client]]\ndocument = \"pets.yaml\"\n";
    sandbox.write("app/Cargo.toml", MANIFEST.to_owned() + listed);
    let run = init(&sandbox, &["pets.yaml"]).ends(1);
    assert!(run.stderr.contains("the clients are listed in `Cargo.toml`"), "{run:?}");
    assert_eq!(sandbox.read("app/Cargo.toml"), MANIFEST.to_owned() + listed);
    init(&sandbox, &["pets.yaml", "--build-rs", "--committed"]).ends(2);
    let run = init_in(&sandbox, "", &["pets.yaml"]).ends(1);
    assert!(run.stderr.contains("no `Cargo.toml` of a package"), "{run:?}");
    assert!(!Path::new(&sandbox.path("generated")).exists());
}
