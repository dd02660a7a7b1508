//! Packages: what is published from this repository, and what users can publish of a generated crate.

use crate::support::{target, Run, Sandbox};
use std::path::{Path, PathBuf};
use std::process::Command;
use toml_edit::DocumentMut;

/// The published packages, each after those that it needs.
const PUBLISHED: [&str; 5] = ["runtime", "codegen", "macro", "import", "cli"];

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn manifest(folder: &str) -> DocumentMut {
    std::fs::read_to_string(root(folder).join("Cargo.toml")).unwrap().parse().unwrap()
}

/// The files of a package.
fn files(folder: &Path) -> Vec<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(folder);
    let run = Run::from(cargo.output().unwrap()).ends(0);
    run.stdout.lines().map(|line| line.replace('\\', "/")).collect()
}

#[test]
fn published_packages_have_their_metadata_licences_and_sources_alone() {
    for folder in PUBLISHED {
        let manifest = manifest(folder);
        let package = manifest["package"].as_table().unwrap();
        for key in ["description", "license", "repository", "readme", "keywords", "categories"] {
            assert!(package.contains_key(key), "{folder}: {key}");
        }
        assert!(package["keywords"].as_array().unwrap().len() <= 5, "{folder}");
        let files = files(&root(folder));
        for file in ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "Cargo.toml", "src/lib.rs"] {
            assert!(files.iter().any(|name| name == file), "{folder}: {file} of {files:?}");
        }
        let is_foreign = |file: &&String| file.contains('/') && !file.starts_with("src/");
        assert_eq!(files.iter().find(is_foreign), None, "{folder}");
    }
}

#[test]
fn all_other_packages_of_this_repository_are_private() {
    let workspace = manifest("");
    let members = workspace["workspace"]["members"].as_array().unwrap();
    let members = members.iter().map(|member| root(member.as_str().unwrap()).join("Cargo.toml"));
    let paths = members.flat_map(|path| glob::glob(path.to_str().unwrap()).unwrap());
    let mut private = 0;
    for path in paths.map(Result::unwrap) {
        let folder = path.parent().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let is_private = text.contains("\npublish = false\n");
        let is_published = PUBLISHED.iter().any(|published| root(published) == folder);
        assert_ne!(is_private, is_published, "{folder:?}");
        private += usize::from(is_private);
    }
    assert!(private >= 7, "{private}");
}

#[test]
fn a_generated_crate_is_packaged_with_its_sources_and_lock() {
    let sandbox = Sandbox::new();
    sandbox.generate(&["--tests"]).ends(0);
    let files = files(&sandbox.path("out"));
    for file in [
        "Cargo.toml",
        "README.md",
        "reference.md",
        "src/lib.rs",
        "src/client.rs",
        "typewright.lock",
    ] {
        assert!(files.iter().any(|name| name == file), "{file} of {files:?}");
    }
    assert!(!files.iter().any(|name| name.starts_with("tests/")), "{files:?}");
}

/// Cargo unpacks the package and compiles it, with the runtime of this repository in place of that of the registry.
#[test]
fn a_packaged_crate_compiles() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    std::fs::copy(root("Cargo.lock"), sandbox.path("out/Cargo.lock")).unwrap();
    let runtime = root("runtime").canonicalize().unwrap();
    let patch = format!("patch.crates-io.typewright-runtime.path={runtime:?}");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--allow-dirty", "--offline", "--no-default-features", "--config"]);
    cargo.arg(patch).arg("--target-dir");
    cargo.arg(target());
    let run = Run::from(cargo.current_dir(sandbox.path("out")).output().unwrap()).ends(0);
    assert!(run.stderr.contains("Verifying pets v0.1.0"), "{run:?}");
}

#[test]
fn the_clients_of_this_repository_are_packaged_with_their_readme() {
    for client in ["mongodb-atlas", "yandex-metastore", "yandex-spqr"] {
        let folder = root("generated").join(client);
        let files = files(&folder);
        for file in ["README.md", "reference.md", "src/lib.rs"] {
            assert!(files.iter().any(|name| name == file), "{client}: {file} of {files:?}");
        }
    }
}
