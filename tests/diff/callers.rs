//! Callers that compile with the client of `base.yaml`: with the client of the changed document they do so no longer where
//! the change is major, and else they do.

use super::{base, changes, folder, package};
use crate::support::package::{Package, Workspace};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// The caller of each change that has one: a file named as the change.
fn callers() -> Vec<(String, String)> {
    let entries = fs::read_dir(folder().join("callers")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut callers: Vec<_> = paths
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().replace('-', " ");
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    callers.sort();
    callers
}

/// A package of a caller and the package of its client.
fn caller(name: &str, text: &str, client: &str) -> Package {
    let dependency = format!("client = {{ package = {client:?}, path = \"../{client}\" }}\n");
    Package::new(name).dependencies(&dependency).file("src/lib.rs", text)
}

#[test]
fn callers_compile_as_the_level_says() {
    let changes = changes();
    let callers = callers();
    assert!(callers.len() >= 15, "{} callers", callers.len());
    let mut packages = vec![package("base", &base())];
    let mut breaking = BTreeSet::new();
    for (number, (name, text)) in callers.iter().enumerate() {
        let mut named = changes.iter().filter(|change| change.name == *name);
        let change = named.next().unwrap_or_else(|| panic!("no change is called `{name}`"));
        let client = format!("client-{number}");
        packages.push(package(&client, &change.document()));
        let [old, new] = ["old", "new"].map(|side| format!("{side}-{}", name.replace(' ', "-")));
        packages.push(caller(&old, text, "base"));
        packages.push(caller(&new, text, &client));
        breaking.extend((change.level == "major").then_some(new));
    }
    let workspace = Workspace::write("callers", &packages);
    let check = ["check", "--workspace", "--keep-going", "--message-format", "json"];
    let output = workspace.command(&check).output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let messages = stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let errors = messages.filter(|message| message["message"]["level"] == "error");
    let failed: BTreeSet<String> =
        errors.map(|error| error["target"]["name"].as_str().unwrap().replace('_', "-")).collect();
    assert_eq!(failed, breaking, "{}", String::from_utf8_lossy(&output.stderr));
}
