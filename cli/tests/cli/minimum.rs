//! The oldest Rust that builds all of this: no locked package needs a newer one than is stated, and it is stated alike
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

/// What Cargo knows of every locked package. Those of other systems may not be on this one where there is no network.
fn metadata() -> serde_json::Value {
    let attempts: [&[&str]; 2] = [
        &[],
        &["--offline", "--filter-platform", "x86_64-unknown-linux-gnu"],
    ];
    let outputs = attempts.into_iter().map(|further| {
        let mut command = Command::new(env!("CARGO"));
        command.args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--manifest-path",
        ]);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"));
        command.args(further).output().unwrap()
    });
    let mut complete = outputs.filter(|output| output.status.success());
    serde_json::from_slice(&complete.next().unwrap().stdout).unwrap()
}

#[test]
fn no_package_needs_a_newer_rust_than_is_stated() {
    let stated = env!("CARGO_PKG_RUST_VERSION");
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100, "{}", packages.len());
    let newer: Vec<String> = packages
        .iter()
        .filter(|package| {
            let needs = package["rust_version"].as_str().unwrap_or("1.0");
            version(needs) > version(stated)
        })
        .map(|package| format!("{} needs {}", package["name"], package["rust_version"]))
        .collect();
    assert!(newer.is_empty(), "{stated} is stated, and {newer:#?}");
}

#[test]
fn the_oldest_rust_is_stated_alike_everywhere() {
    let stated = env!("CARGO_PKG_RUST_VERSION");
    let key = format!("rust-version = \"{stated}\"");
    assert!(file("clippy.toml").contains(&format!("msrv = \"{stated}\"")));
    assert!(file("README.md").contains(&format!("[Rust](https://rustup.rs) {stated} or later")));
    for name in ["yandex-metastore", "yandex-spqr", "mongodb-atlas"] {
        assert!(
            file(&format!("generated/{name}/Cargo.toml")).contains(&key),
            "{name}"
        );
    }
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read("out/Cargo.toml").contains(&key));
    let ci = file(".ci/run");
    assert!(
        ci.contains("rust-version") && ci.contains("cargo \"+$oldest\""),
        "{ci}"
    );
}
