//! Entries of the manifest for generated tests.

use super::{amend_runtime, ensure_dependency, table, Needs, RUNTIME};
use std::path::Path;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};
use typewright::host::disk::read_text;
use typewright::{Output, HEADER};

/// Names of generated tests; entries of others are their author's.
const TESTS: [&str; 2] = ["examples", "contract"];

/// Manifest entries of the generated tests of a crate.
#[derive(Clone, Debug, Default)]
pub struct Tests {
    /// Names of the tests, each with `true` if it has its own `main`.
    tests: Vec<(String, bool)>,
    /// Tests of an earlier run whose files are removed.
    outdated: Vec<&'static str>,
    runtime_features: Vec<String>,
    dependencies: Vec<(String, String)>,
}

impl Tests {
    /// The entries for the tests of `output`, in a folder that may have older tests.
    pub fn new(out: &Path, output: &Output) -> Self {
        let tests = &output.tests;
        let is_generated = |name: &&str| tests.iter().any(|test| test.name == **name);
        let ours = |name: &&str| {
            let text = read_text(&out.join(format!("tests/{name}.rs")));
            text.map_or(true, |text| text.starts_with(HEADER))
        };
        let features = tests.iter().flat_map(|test| test.runtime_features.clone());
        let dependencies = tests.iter().flat_map(|test| test.dependencies.clone());
        Self {
            tests: tests.iter().map(|test| (test.name.clone(), test.has_main)).collect(),
            outdated: TESTS.into_iter().filter(|name| !is_generated(name) && ours(name)).collect(),
            runtime_features: features.collect(),
            dependencies: dependencies.collect(),
        }
    }
}

/// Adds the entries of the tests, and removes those whose files are removed.
pub fn amend(document: &mut DocumentMut, needs: &Needs) -> Result<(), &'static str> {
    remove_outdated(document, &needs.tests.outdated);
    if needs.tests.tests.is_empty() {
        return Ok(());
    }
    for (name, has_main) in &needs.tests.tests {
        if *has_main {
            entry(document, name)?;
        }
    }
    let source = same_source(document);
    let dependencies = table(document, "dev-dependencies")?;
    let item = dependencies.entry(RUNTIME).or_insert_with(|| source);
    amend_runtime(item, needs, &needs.tests.runtime_features)?;
    for (name, version) in &needs.tests.dependencies {
        ensure_dependency(dependencies, name, version);
    }
    Ok(())
}

/// Keys of a dependency that say where its package comes from.
const SOURCE: [&str; 9] =
    ["path", "git", "branch", "tag", "rev", "registry", "version", "package", "workspace"];

/// An entry for the runtime with the source of that in `dependencies`: Cargo refuses a package from two sources.
fn same_source(document: &DocumentMut) -> Item {
    let entry = document.get("dependencies").and_then(|table| table.get(RUNTIME));
    let value = |key: &str| entry?.get(key)?.as_value().cloned();
    let mut new = InlineTable::new();
    for key in SOURCE {
        if let Some(mut value) = value(key) {
            value.decor_mut().clear();
            new.insert(key, value);
        }
    }
    if !new.contains_key("workspace") {
        new.insert("default-features", false.into());
    }
    Item::Value(Value::InlineTable(new))
}

fn is_called(table: &Table, name: &str) -> bool {
    table.get("name").and_then(Item::as_str) == Some(name)
}

/// The `[[test]]` entry of this name, which leaves `main` to the test.
fn entry(document: &mut DocumentMut, name: &str) -> Result<(), &'static str> {
    let tests = document.entry("test").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let tests = tests.as_array_of_tables_mut().ok_or("test")?;
    let known = tests.iter_mut().find(|test| is_called(test, name));
    if let Some(known) = known {
        known.insert("harness", toml_edit::value(false));
        return Ok(());
    }
    let mut new = Table::new();
    new.insert("name", toml_edit::value(name));
    new.insert("harness", toml_edit::value(false));
    tests.push(new);
    Ok(())
}

fn remove_outdated(document: &mut DocumentMut, outdated: &[&str]) {
    let Some(tests) = document.get_mut("test").and_then(Item::as_array_of_tables_mut) else {
        return;
    };
    tests.retain(|test| !outdated.iter().any(|name| is_called(test, name)));
    if tests.is_empty() {
        document.remove("test");
    }
}
