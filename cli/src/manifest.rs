//! `Cargo.toml` of a generated crate: written once; later only the dependencies and features that generated code needs.

mod dev;

use crate::client::Client;
use crate::edition;
use crate::licence::is_expression;
use crate::paths::{absolute, relative};
use crate::workspace;
use std::path::Path;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{printable, Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::{About, Output};

/// The package that generated code calls.
const RUNTIME: &str = "typewright-runtime";

/// The features of the runtime that a client hands on, for its users to choose.
const FORWARDED: [&str; 11] = [
    "reqwest",
    "rustls-tls",
    "native-tls",
    "gzip",
    "brotli",
    "zstd",
    "http2",
    "blocking",
    "serde",
    "tower",
    "tracing",
];

/// Characters of a title that a description has.
const LONGEST_TITLE: usize = 120;

/// Those that are on where nobody chooses.
const DEFAULT: [&str; 2] = ["reqwest", "rustls-tls"];

/// What generated code needs of its manifest.
#[derive(Clone, Debug)]
pub struct Needs {
    runtime_path: Option<String>,
    runtime_features: Vec<String>,
    forwarded: Vec<&'static str>,
    dependencies: Vec<(String, String)>,
    /// Packages of the caller's own types, which are only added.
    own: Vec<(String, Item)>,
    about: About,
    tests: dev::Tests,
}

impl Needs {
    /// What `output` needs. `None`, with a diagnostic, where the runtime is not where the caller says.
    pub fn new(client: &Client, output: &Output, found: &mut Diagnostics) -> Option<Self> {
        let runtime_path = match &client.runtime_path {
            Some(path) => Some(runtime(&client.out, path, found)?),
            None => None,
        };
        let dependencies = output.dependencies.iter();
        Some(Self {
            runtime_path,
            runtime_features: output.runtime_features.clone(),
            forwarded: if client.options.types_only {
                Vec::new()
            } else {
                FORWARDED.to_vec()
            },
            dependencies: dependencies
                .map(|(name, version)| (name.clone(), version.clone()))
                .collect(),
            about: output.about.clone(),
            own: client.dependencies.entries(&client.out),
            tests: dev::Tests::new(&client.out, output),
        })
    }
}

/// The path to write for the runtime: relative to the crate, or absolute where the two share no folder.
fn runtime(out: &Path, path: &Path, found: &mut Diagnostics) -> Option<String> {
    let manifest = read_text(&path.join("Cargo.toml")).unwrap_or_default();
    let is_runtime = manifest
        .parse::<DocumentMut>()
        .is_ok_and(|document| name(&document) == Some(RUNTIME));
    if !is_runtime {
        let message = format!("`{}` is not the folder of `{RUNTIME}`", path.display());
        return found.lost(codes::RUNTIME_PATH, Place::Nowhere, message, None);
    }
    let (from, to) = (absolute(out), absolute(path));
    let path = relative(&from, &to)
        .filter(|way| leads(&from, way, &to))
        .unwrap_or(to);
    match path.to_str() {
        Some(text) => Some(text.replace('\\', "/")),
        None => {
            let message = format!("`{}` is not UTF-8, and Cargo.toml is", path.display());
            found.lost(codes::RUNTIME_PATH, Place::Nowhere, message, None)
        }
    }
}

fn name(manifest: &DocumentMut) -> Option<&str> {
    manifest.get("package")?.get("name")?.as_str()
}

/// Whether the way holds on this disk too, where folders can be links. Folders that are yet to be made cannot.
fn leads(from: &Path, way: &Path, to: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let there = from.ancestors().find(|folder| folder.exists());
    let Some(start) = there.and_then(real) else {
        return true;
    };
    let missing = from
        .strip_prefix(there.unwrap_or(from))
        .unwrap_or(Path::new(""));
    real(&absolute(&start.join(missing).join(way))) == real(to)
}

/// The manifest of a crate that has none. `None`, with a diagnostic, where it cannot be made.
pub fn first(client: &Client, needs: &Needs, found: &mut Diagnostics) -> Option<String> {
    let mut document = DocumentMut::new();
    document.insert("package", Item::Table(package(client, &needs.about)));
    if !needs.forwarded.is_empty() {
        let mut features = Table::new();
        let default: Array = DEFAULT.iter().copied().collect();
        features.insert("default", toml_edit::value(default));
        document.insert("features", Item::Table(features));
    }
    if let Some(root) = workspace::stranger(&client.out) {
        let message = format!("`{}` does not list the crate", root.display());
        found.push(codes::OWN_WORKSPACE, Place::Nowhere, message);
        document.insert("workspace", Item::Table(Table::new()));
    }
    let path = client.out.join("Cargo.toml");
    amend(&mut document, needs, &path, found).then(|| document.to_string())
}

fn package(client: &Client, about: &About) -> Table {
    let (name, types_only) = (&client.options.name, client.options.types_only);
    let kind = match types_only {
        true => "Types of",
        false => "Client for",
    };
    let description = format!("{kind} the {}", api(&about.title, name));
    let mut package = Table::new();
    package.insert("name", toml_edit::value(name));
    package.insert("version", toml_edit::value("0.1.0"));
    package.insert("edition", toml_edit::value(edition::NEW));
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    package.insert("rust-version", toml_edit::value(oldest));
    package.insert("description", toml_edit::value(description));
    let license = about.license.as_deref().map(str::trim);
    if let Some(license) = license.filter(|license| is_expression(license)) {
        package.insert("license", toml_edit::value(license));
    }
    package
}

/// How the API is called in a sentence: by the document's title, with `API` where it does not end so.
fn api(title: &str, name: &str) -> String {
    let title = printable(title).into_owned();
    let words: Vec<_> = title.split_whitespace().collect();
    let words = match words.as_slice() {
        [] => vec![name],
        [article, rest @ ..] if article.eq_ignore_ascii_case("the") && !rest.is_empty() => {
            rest.to_vec()
        }
        all => all.to_vec(),
    };
    let last = words.last().map(|last| last.to_ascii_lowercase());
    let ends = ["api", "apis", "service", "specification"];
    let is_said = last.is_some_and(|last| ends.contains(&last.as_str()));
    let mut api: String = words.join(" ").chars().take(LONGEST_TITLE).collect();
    if !is_said {
        api.push_str(" API");
    }
    api
}

/// The manifest with what generated code needs, everything else as it is. `None`, with a diagnostic, where it is broken.
pub fn renew(old: &str, needs: &Needs, path: &Path, found: &mut Diagnostics) -> Option<String> {
    let windows = old.contains("\r\n");
    let text = old.replace("\r\n", "\n");
    let mut document = match text.parse::<DocumentMut>() {
        Ok(document) => document,
        Err(error) => {
            let reason = error.message().replace('\n', "; ");
            let message = format!("`{}` is not valid TOML: {reason}", path.display());
            return found.lost(codes::MANIFEST, Place::Nowhere, message, None);
        }
    };
    if !amend(&mut document, needs, path, found) {
        return None;
    }
    let new = document.to_string();
    Some(if windows {
        new.replace('\n', "\r\n")
    } else {
        new
    })
}

/// Puts the entries that are ours into the document.
fn amend(document: &mut DocumentMut, needs: &Needs, path: &Path, found: &mut Diagnostics) -> bool {
    let done = amend_features(document, needs)
        .and_then(|()| amend_dependencies(document, needs))
        .and_then(|()| dev::amend(document, needs));
    done.map_err(|key| {
        let message = format!("`{key}` in `{}` is not a table", path.display());
        found.push(codes::MANIFEST, Place::Nowhere, message);
    })
    .is_ok()
}

fn table<'a>(
    document: &'a mut DocumentMut,
    key: &'static str,
) -> Result<&'a mut dyn TableLike, &'static str> {
    let item = document
        .entry(key)
        .or_insert_with(|| Item::Table(Table::new()));
    item.as_table_like_mut().ok_or(key)
}

fn amend_features(document: &mut DocumentMut, needs: &Needs) -> Result<(), &'static str> {
    for feature in &needs.forwarded {
        let features = table(document, "features")?;
        let item = features
            .entry(feature)
            .or_insert_with(|| toml_edit::value(Array::new()));
        let list = item.as_array_mut().ok_or("features")?;
        ensure(list, &format!("{RUNTIME}/{feature}"));
    }
    Ok(())
}

fn ensure(list: &mut Array, wanted: &str) {
    if !list.iter().any(|value| value.as_str() == Some(wanted)) {
        list.push(wanted);
    }
}

fn amend_dependencies(document: &mut DocumentMut, needs: &Needs) -> Result<(), &'static str> {
    let dependencies = table(document, "dependencies")?;
    let item = dependencies
        .entry(RUNTIME)
        .or_insert_with(|| new_runtime(needs));
    amend_runtime(item, needs, &needs.runtime_features)?;
    for (name, version) in &needs.dependencies {
        ensure_dependency(dependencies, name, version);
    }
    for (name, entry) in &needs.own {
        dependencies.entry(name).or_insert_with(|| entry.clone());
    }
    Ok(())
}

/// The runtime's entry where there is none yet.
fn new_runtime(needs: &Needs) -> Item {
    let mut new = InlineTable::new();
    if let Some(path) = &needs.runtime_path {
        new.insert("path", path.into());
    }
    new.insert("version", env!("CARGO_PKG_VERSION").into());
    new.insert("default-features", false.into());
    Item::Value(Value::InlineTable(new))
}

fn ensure_dependency(dependencies: &mut dyn TableLike, name: &str, version: &str) {
    match dependencies.entry(name) {
        toml_edit::Entry::Vacant(entry) => {
            entry.insert(toml_edit::value(version));
        }
        toml_edit::Entry::Occupied(mut entry) => renew_version(entry.get_mut(), version),
    }
}

/// The runtime's entry: where it comes from only as far as the caller says, and the features.
fn amend_runtime(item: &mut Item, needs: &Needs, features: &[String]) -> Result<(), &'static str> {
    if let Some(version) = item.as_str().map(str::to_owned) {
        let mut long = InlineTable::new();
        long.insert("version", version.into());
        *item = Item::Value(Value::InlineTable(long));
    }
    let known = item.as_table_like().map_or(0, TableLike::len);
    renew_version(item, env!("CARGO_PKG_VERSION"));
    let wrong = "dependencies.typewright-runtime";
    let entry = item.as_table_like_mut().ok_or(wrong)?;
    amend_source(entry, needs);
    if !features.is_empty() {
        let item = entry
            .entry("features")
            .or_insert_with(|| toml_edit::value(Array::new()));
        let list = item.as_array_mut().ok_or(wrong)?;
        features.iter().for_each(|feature| ensure(list, feature));
    }
    let grown = entry.len() > known;
    if let Some(inline) = item.as_inline_table_mut().filter(|_| grown) {
        inline.fmt();
    }
    Ok(())
}

/// Where the runtime comes from, unless the workspace says.
fn amend_source(entry: &mut dyn TableLike, needs: &Needs) {
    if entry.contains_key("workspace") {
        return;
    }
    if let Some(path) = &needs.runtime_path {
        set(entry, "path", path.into());
        if entry.contains_key("version") {
            set(entry, "version", env!("CARGO_PKG_VERSION").into());
        }
    }
    if !entry.contains_key("default-features") {
        entry.insert("default-features", toml_edit::value(false));
    }
}

/// Sets a version that is ours to set: not one that comes with a path, a repository or the workspace.
fn renew_version(item: &mut Item, version: &str) {
    if item.is_str() {
        *item = replaced(item, version.into());
        return;
    }
    let Some(entry) = item.as_table_like_mut() else {
        return;
    };
    let elsewhere = ["path", "git", "workspace"];
    if !elsewhere.iter().any(|key| entry.contains_key(key)) {
        set(entry, "version", version.into());
    }
}

/// Sets a value and keeps the spaces and comments around the old one.
fn set(entry: &mut dyn TableLike, key: &str, value: Value) {
    match entry.get_mut(key) {
        Some(item) => *item = replaced(item, value),
        None => {
            entry.insert(key, Item::Value(value));
        }
    }
}

fn replaced(old: &Item, mut new: Value) -> Item {
    if let Some(old) = old.as_value() {
        *new.decor_mut() = old.decor().clone();
    }
    Item::Value(new)
}

#[cfg(test)]
#[path = "manifest_tests.rs"]
mod tests;
