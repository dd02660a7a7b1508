//! The oldest Rust that builds all of this: no locked package needs a newer one than is declared, and it is declared alike
//! everywhere.

use crate::support::Sandbox;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A version as three numbers; those that are not written are 0.
fn version(text: &str) -> [u64; 3] {
    let mut parts = text.split('.').map(|part| part.parse().unwrap());
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

fn file(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap()
}

/// Metadata of all locked packages. Without a network those of other systems may be absent.
fn metadata() -> serde_json::Value {
    let attempts: [&[&str]; 2] =
        [&[], &["--offline", "--filter-platform", "x86_64-unknown-linux-gnu"]];
    let outputs = attempts.into_iter().map(|further| {
        let mut command = Command::new(env!("CARGO"));
        command.args(["metadata", "--format-version", "1", "--locked", "--manifest-path"]);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"));
        command.args(further).output().unwrap()
    });
    let mut complete = outputs.filter(|output| output.status.success());
    serde_json::from_slice(&complete.next().unwrap().stdout).unwrap()
}

#[test]
fn no_package_needs_a_newer_rust_than_is_stated() {
    let declared = env!("CARGO_PKG_RUST_VERSION");
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100, "{}", packages.len());
    let newer: Vec<String> = packages
        .iter()
        .filter(|package| {
            let needs = package["rust_version"].as_str().unwrap_or("1.0");
            version(needs) > version(declared)
        })
        .map(|package| format!("{} needs {}", package["name"], package["rust_version"]))
        .collect();
    assert!(newer.is_empty(), "{declared} is declared, and {newer:#?}");
}

#[test]
fn the_oldest_rust_is_stated_alike_everywhere() {
    let declared = env!("CARGO_PKG_RUST_VERSION");
    let key = format!("rust-version = \"{declared}\"");
    assert!(file("clippy.toml").contains(&format!("msrv = \"{declared}\"")));
    assert!(file("README.md").contains(&format!("[Rust](https://rustup.rs) {declared} or later")));
    for name in ["yandex-metastore", "yandex-spqr", "mongodb-atlas"] {
        assert!(file(&format!("generated/{name}/Cargo.toml")).contains(&key), "{name}");
    }
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read("out/Cargo.toml").contains(&key));
    let ci = file(".ci/run");
    assert!(ci.contains("rust-version") && ci.contains("cargo \"+$oldest\""), "{ci}");
}
