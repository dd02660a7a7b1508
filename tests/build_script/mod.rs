//! Clients that build scripts generate: Cargo itself builds packages, again and after changes.

mod failures;
mod layouts;
mod project;

use project::{Build, Project};
use std::fs;
use std::path::Path;

/// A document with a warning, and a schema in another file.
const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\ntagz: []\n\
    components: { schemas: { Collar: { type: string }, Pet: { $ref: schemas/pet.yaml } } }\n";
const PET: &str = "type: object\nproperties: { name: { type: string } }\n";
const OVERLAY: &str = "overlay: 1.0.0\ninfo: { title: Ours, version: '1' }\nactions:\n  \
    - { target: $.components.schemas, update: { Leash: { type: string } } }\n";
const WITH_OVERLAY: &str = "fn main() -> Result<(), typewright::build::Error> {\n    \
    typewright::build::Builder::new(\"specs/pets.yaml\").overlay(\"overlay.yaml\").compile()\n}\n";

/// A mark in the fingerprint, which a skipped run prints and any other replaces.
const MARK: &str = "skipped: no warning of the document";

/// A package in which the next run is to be skipped or not.
struct Package {
    project: Project,
    name: &'static str,
}

impl Package {
    fn write(&self, path: &str, text: &str) {
        self.project.write(&format!("members/{}/{path}", self.name), text);
    }

    /// Marks the fingerprint in a folder, and builds.
    fn build_marked(&self, out_dir: &Path) -> Build {
        let path = out_dir.join("pets.rs.fingerprint");
        let text = fs::read_to_string(&path).unwrap();
        let marked =
            text.replacen("cargo:warning=", &format!("cargo:warning={MARK}\\ncargo:warning="), 1);
        assert_ne!(marked, text);
        fs::write(&path, marked).unwrap();
        let build = self.project.build();
        if !build.has_run_script() {
            fs::write(&path, text).unwrap();
        }
        build
    }

    /// Expects that the next build runs the script, which generates nothing.
    #[track_caller]
    fn skips(&self, change: &str, before: &Build) {
        let output = before.out_dir().join("pets.rs");
        let time = || fs::metadata(&output).unwrap().modified().unwrap();
        let (fingerprint, written) = (before.out_dir().join("pets.rs.fingerprint"), time());
        let unmarked = fs::read_to_string(&fingerprint).unwrap();
        let build = self.build_marked(before.out_dir());
        assert!(build.has_run_script(), "{change}: {}", build.stderr);
        let mut warnings = vec![MARK];
        warnings.extend(before.warnings());
        assert_eq!(build.warnings(), warnings, "{change}");
        assert_eq!(time(), written, "{change}");
        fs::write(&fingerprint, unmarked).unwrap();
    }

    /// Expects that the next build generates; returns the text.
    #[track_caller]
    fn generates(&self, change: &str, before: &Build) -> String {
        let build = self.build_marked(before.out_dir());
        assert!(build.has_run_script(), "{change}: {}", build.stderr);
        assert_eq!(build.warnings(), before.warnings(), "{change}");
        fs::read_to_string(before.out_dir().join("pets.rs")).unwrap()
    }
}

#[test]
fn only_other_contents_are_generated_again() {
    let name = "contents";
    let package = Package { project: Project::of_program(name, WITH_OVERLAY), name };
    let inputs = [
        ("specs/pets.yaml", DOCUMENT),
        ("specs/schemas/pet.yaml", PET),
        ("overlay.yaml", OVERLAY),
        ("build.rs", WITH_OVERLAY),
    ];
    for (path, text) in inputs {
        package.write(path, text);
    }
    let first = package.project.build();
    let warning = "specs/pets.yaml:4:1: unknown field `tagz`";
    assert!(matches!(*first.warnings(), [text] if text.starts_with(warning)), "{}", first.stderr);
    let output = first.out_dir().join("pets.rs");
    let text = fs::read_to_string(&output).unwrap();

    package.write("specs/unused.yaml", "changed");
    package.write("README.md", "new");
    let again = package.build_marked(first.out_dir());
    assert!(!again.has_run_script(), "{}", again.stderr);
    assert!(!again.stderr.contains("Running"), "{}", again.stderr);

    // as after a checkout of another branch and back; a script that is compiled again is another generator
    for (path, text) in &inputs[..3] {
        package.write(path, text);
        package.skips(path, &first);
    }
    let changes = [
        ("specs/pets.yaml", "Collar", "Harness"),
        ("specs/schemas/pet.yaml", "name:", "nickname:"),
        ("overlay.yaml", "Leash", "Muzzle"),
        ("build.rs", ".overlay", ".rename(\"Leash\", \"Lead\").overlay"),
    ];
    for (path, from, to) in changes {
        let (_, original) = inputs.iter().find(|(input, _)| *input == path).unwrap();
        package.write(path, &original.replace(from, to));
        assert_ne!(package.generates(path, &first), text, "{path}");
        package.write(path, original);
        assert_eq!(package.generates(path, &first), text, "{path}");
    }

    fs::remove_file(&output).unwrap();
    package.write("overlay.yaml", OVERLAY);
    assert_eq!(package.generates("deleted output", &first), text);
    fs::write(&output, "").unwrap();
    package.write("overlay.yaml", OVERLAY);
    assert_eq!(package.generates("changed output", &first), text);
}
