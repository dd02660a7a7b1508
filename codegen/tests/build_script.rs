//! A package whose `build.rs` is one line: Cargo itself builds it, again and with a wrong document.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests make packages of their own, and fail by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents: { schemas: { Collar: { type: string } } }\n";
const MAIN: &str = "const TEXT: &str = include_str!(concat!(env!(\"OUT_DIR\"), \"/pets.rs\"));\nfn main() { print!(\"{TEXT}\") }\n";
const RETURNS: &str = "fn main() -> Result<(), typewright::build::Error> {\n    typewright::build::compile(\"specs/pets.yaml\")\n}\n";
const DROPS: &str =
    "fn main() {\n    let _ = typewright::build::compile(\"specs/pets.yaml\");\n}\n";

struct Package {
    folder: TempDir,
}

impl Package {
    fn new(name: &str, script: &str) -> Self {
        let package = Self { folder: tempfile::tempdir().unwrap() };
        let library = env!("CARGO_MANIFEST_DIR");
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[build-dependencies]\ntypewright = {{ path = {library:?} }}\n\n[workspace]\n"
        );
        package.write("Cargo.toml", &manifest);
        package.write("build.rs", script);
        package.write("src/main.rs", MAIN);
        package.write("specs/pets.yaml", DOCUMENT);
        package.write("specs/other.yaml", DOCUMENT);
        let lock = Path::new(library).join("../Cargo.lock");
        fs::copy(lock, package.path("Cargo.lock")).unwrap();
        package
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn cargo(&self, command: &str) -> Output {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([command, "--offline", "--color", "never"]);
        // Shared by the packages, so that the generator is built once.
        cargo.env("CARGO_TARGET_DIR", env!("CARGO_TARGET_TMPDIR"));
        cargo.current_dir(self.folder.path()).output().unwrap()
    }

    /// Runs the package; what it prints is the generated text, on stderr is what Cargo did.
    #[track_caller]
    fn run(&self) -> (String, String) {
        let output = self.cargo("run");
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        assert!(output.status.success(), "{stderr}");
        (stdout, stderr)
    }

    #[track_caller]
    fn fails(&self) -> String {
        let output = self.cargo("build");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{stderr}");
        stderr
    }
}

#[test]
fn the_script_runs_again_only_when_the_document_changed() {
    let package = Package::new("again", RETURNS);
    let (first, _) = package.run();
    assert!(first.starts_with(typewright::HEADER), "{first}");
    package.write("specs/other.yaml", "changed");
    package.write("README.md", "new");
    let (again, stderr) = package.run();
    assert!(!stderr.contains("Compiling"), "nothing is built again: {stderr}");
    assert_eq!(again, first);
    package.write("specs/pets.yaml", &DOCUMENT.replace("Collar", "Leash"));
    let (changed, _) = package.run();
    assert_ne!(changed, first);
}

#[test]
fn a_wrong_document_ends_the_build_with_its_findings() {
    for (name, script) in [("returns", RETURNS), ("drops", DROPS)] {
        let package = Package::new(name, script);
        package.run();
        package.write("specs/pets.yaml", "openapi: [3.0\n");
        let stderr = package.fails();
        assert!(stderr.contains("specs/pets.yaml"), "{stderr}");
        assert!(stderr.contains("TW01"), "{stderr}");
        fs::remove_file(package.path("specs/pets.yaml")).unwrap();
        assert!(package.fails().contains("no such file"));
        package.write("specs/pets.yaml", DOCUMENT);
        package.run();
    }
}

/// A document that needs two features of the runtime.
const WITH_FEATURES: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents: { schemas: { Tag: { type: object, properties: { id: { type: string, format: uuid }, born: { type: string, format: date-time } } } } }\n";
const INCLUDES: &str = "#[allow(dead_code)]\nmod pets {\n    include!(concat!(env!(\"OUT_DIR\"), \"/pets.rs\"));\n}\nfn main() {}\n";
const WITH_TIME: &str = "fn main() -> Result<(), typewright::build::Error> {\n    typewright::build::Builder::new(\"specs/pets.yaml\").date_time_types(typewright::DateTimeTypes::Time).compile()\n}\n";

#[test]
fn a_missing_feature_of_the_runtime_is_one_error_that_names_the_line() {
    let package = Package::new("features", WITH_TIME);
    package.write("specs/pets.yaml", WITH_FEATURES);
    package.write("src/main.rs", INCLUDES);
    let manifest = fs::read_to_string(package.path("Cargo.toml")).unwrap();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let with = |features: &str| {
        let dependency = format!(
            "\n[dependencies]\ntypewright-runtime = {{ path = {runtime:?}, default-features = false, features = [{features}] }}\n"
        );
        package.write("Cargo.toml", &format!("{manifest}{dependency}"));
    };
    for features in ["", "\"uuid\"", "\"time\""] {
        with(features);
        let stderr = package.fails();
        let line = format!(
            "typewright-runtime = {{ version = \"{}\", features = [\"uuid\", \"time\"] }}",
            env!("CARGO_PKG_VERSION")
        );
        assert!(stderr.contains(&line), "{features}: {stderr}");
        let errors = stderr.lines().filter(|line| line.starts_with("error"));
        // the one, and that the package could not be compiled
        assert_eq!(errors.count(), 2, "{features}: {stderr}");
    }
    with("\"uuid\", \"time\"");
    package.run();
}
