//! `Cargo.toml` of a crate of the user's, which gets a client: its dependencies are added, and all else stays.

use super::{edited, ensure, path_between, table, Needs, RUNTIME};
use crate::checkout;
use std::path::Path;
use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};
use typewright::diagnostics::Diagnostics;

/// Name of the package that build scripts call.
const LIBRARY: &str = "typewright";

/// `true` if a manifest describes a package.
pub fn is_package(manifest: &str) -> bool {
    let document = manifest.parse::<DocumentMut>();
    document.is_ok_and(|document| document.get("package").is_some())
}

/// The manifest with a dependency on the crate of a client by its path; `None`, after a diagnostic, if it is invalid.
pub fn with_client(
    old: &str,
    (name, client): (&str, &str),
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    edited(old, path, diagnostics, |document| {
        let mut entry = InlineTable::new();
        entry.insert("path", client.into());
        add(table(document, "dependencies")?, name, entry);
        Ok(())
    })
}

/// The manifest with the dependencies of a client that the build script generates; `None`, after a diagnostic, if it is
/// invalid.
pub fn with_build_script(
    old: &str,
    needs: &Needs,
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let library = checkout::folder("codegen", LIBRARY);
    let library = library.and_then(|library| path_between(folder, &library));
    edited(old, path, diagnostics, |document| {
        add(table(document, "build-dependencies")?, LIBRARY, entry(library.as_ref()));
        let dependencies = table(document, "dependencies")?;
        let runtime = needs.runtime_path.as_ref().or(needs.checkout.as_ref());
        add(dependencies, RUNTIME, entry(runtime));
        if !needs.runtime_features.is_empty() {
            add_features(dependencies, &needs.runtime_features)?;
        }
        for (name, version) in &needs.dependencies {
            let mut entry = InlineTable::new();
            entry.insert("version", version.into());
            add(dependencies, name, entry);
        }
        Ok(())
    })
}

/// An entry for a package of this version, in a folder if there is one.
fn entry(path: Option<&String>) -> InlineTable {
    let mut entry = InlineTable::new();
    if let Some(path) = path {
        entry.insert("path", path.into());
    }
    entry.insert("version", env!("CARGO_PKG_VERSION").into());
    entry
}

/// Adds an entry that is not there yet; one that has a version alone, in the short form.
fn add(table: &mut dyn TableLike, name: &str, entry: InlineTable) {
    if table.contains_key(name) {
        return;
    }
    let version = entry.get("version").filter(|_| entry.len() == 1).cloned();
    table.insert(name, Item::Value(version.unwrap_or(Value::InlineTable(entry))));
}

/// Adds features to the entry of the runtime.
fn add_features(dependencies: &mut dyn TableLike, features: &[String]) -> Result<(), &'static str> {
    let wrong = "dependencies.typewright-runtime";
    let item = dependencies.get_mut(RUNTIME).ok_or(wrong)?;
    if let Some(version) = item.as_str().map(str::to_owned) {
        let mut long = InlineTable::new();
        long.insert("version", version.into());
        *item = Item::Value(Value::InlineTable(long));
    }
    let entry = item.as_table_like_mut().ok_or(wrong)?;
    let had_features = entry.contains_key("features");
    let list = entry.entry("features").or_insert_with(|| toml_edit::value(Array::new()));
    let list = list.as_array_mut().ok_or(wrong)?;
    features.iter().for_each(|feature| ensure(list, feature));
    if let Some(inline) = item.as_inline_table_mut().filter(|_| !had_features) {
        inline.fmt();
    }
    Ok(())
}
