//! The goldens as packages, and the tools that look at them.

use crate::harness::Golden;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use typewright_tests::root;

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file unless it has this text already, so that nothing is compiled again.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The files of a golden, written where no configuration of rustfmt is near.
pub fn files_to_format(golden: &Golden, edition: &str) -> Vec<PathBuf> {
    let Some(output) = golden.generate().output else {
        return Vec::new();
    };
    let folder = scratch("format").join(edition).join(&golden.name);
    let modules = output
        .modules
        .iter()
        .map(|module| (format!("src/{}", module.path), &module.text));
    let mut files = Vec::new();
    for (path, text) in modules.chain([("include.rs".to_owned(), &output.include())]) {
        let path = folder.join(path);
        write(&path, text);
        files.push(path);
    }
    files
}

/// Runs rustfmt with the default configuration, and shows what it said when it fails.
pub fn rustfmt(edition: &str, arguments: &[&str], files: &[PathBuf]) {
    let empty = scratch("no-configuration");
    write(&empty.join("rustfmt.toml"), "");
    let output = Command::new("rustfmt")
        .args(["--edition", edition, "--config-path"])
        .arg(&empty)
        .args(arguments)
        .args(files)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "edition {edition}:\n{said}{wrong}");
}

/// A workspace of this name with a package of all goldens for each edition.
pub fn workspace(name: &str, goldens: &[Golden]) -> PathBuf {
    let folder = scratch(name);
    let manifest =
        "[workspace]\nresolver = \"2\"\nmembers = [\"edition-2021\", \"edition-2024\"]\n";
    write(&folder.join("Cargo.toml"), manifest);
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for edition in ["2021", "2024"] {
        package(&folder.join(format!("edition-{edition}")), edition, goldens);
    }
    folder
}

fn package(folder: &Path, edition: &str, goldens: &[Golden]) {
    let mut features = BTreeSet::new();
    let mut library = String::from(
        "//! Goldens.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n\n\
        /// By `include!`, where nobody else sees it.\nmod included {\n    /// In a module within a module.\n    mod deeper {\n",
    );
    let mut committed = String::new();
    let _ = fs::remove_dir_all(folder.join("src"));
    for golden in goldens {
        let Some(output) = golden.generate().output else {
            continue;
        };
        let module = golden.name.replace('-', "_");
        features.extend(output.runtime_features.iter().cloned());
        write(
            &folder.join(format!("include/{module}.rs")),
            &output.include(),
        );
        let include =
            format!("include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/include/{module}.rs\"));");
        writeln!(
            library,
            "        /// Included.\n        mod {module} {{\n            {include}\n        }}"
        )
        .unwrap();
        writeln!(committed, "pub mod {module};").unwrap();
        for file in output.modules {
            let path = file.path.replace("lib.rs", "mod.rs");
            write(&folder.join("src").join(&module).join(path), &file.text);
        }
    }
    library.push_str("    }\n}\n");
    library.push_str(&committed);
    write(&folder.join("src/lib.rs"), &library);
    write(&folder.join("Cargo.toml"), &manifest(edition, &features));
}

fn manifest(edition: &str, features: &BTreeSet<String>) -> String {
    let runtime = root().join("runtime");
    let features: Vec<_> = features.iter().collect();
    format!(
        "[package]\nname = \"goldens-{edition}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\nrust-version = \"1.89\"\n\n\
        [dependencies.typewright-runtime]\npath = {runtime:?}\ndefault-features = false\nfeatures = {features:?}\n"
    )
}

/// Runs cargo there without the network, and shows what it said when it fails.
pub fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .env("CARGO_NET_OFFLINE", "true")
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let start: String = said.chars().take(20_000).collect();
    assert!(
        output.status.success(),
        "cargo {}:\n{start}",
        arguments.join(" ")
    );
}
