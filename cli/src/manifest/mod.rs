//! `Cargo.toml` of a generated crate: written once; later runs renew only the dependencies and features of generated
//! code.

mod generated_tests;
pub mod users;

use crate::checkout;
use crate::client::Client;
use crate::guide::README;
use crate::licence::is_expression;
use crate::paths::{absolute, relative};
use crate::workspace;
use indexmap::IndexMap;
use std::path::Path;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{printable, Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::{About, Output};

/// Edition of a new crate.
pub const EDITION: &str = "2021";

/// Name of the runtime's package.
const RUNTIME: &str = "typewright-runtime";

/// Features of the runtime that a client forwards to its users.
const FORWARDED: [&str; 13] = [
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
    "opentelemetry",
    "webhooks",
];

/// Maximum length of a title in a description, in characters.
const LONGEST_TITLE: usize = 120;

/// Feature that selects every operation.
const ALL_TAGS: &str = "all-tags";

/// The default ones among them.
const DEFAULT: [&str; 2] = ["reqwest", "rustls-tls"];

/// Manifest entries of a generated crate.
#[derive(Clone, Debug)]
pub struct Needs {
    runtime_path: Option<String>,
    /// Path of the runtime in the checkout of this program, for an entry that does not exist yet.
    checkout: Option<String>,
    runtime_features: Vec<String>,
    forwarded: Vec<String>,
    /// Features that select operations, with those that they need.
    selecting: IndexMap<String, Vec<String>>,
    dependencies: Vec<(String, String)>,
    /// Packages of the user's types and derives; entries that exist already are kept.
    user_dependencies: Vec<(String, Item)>,
    about: About,
    tests: generated_tests::Tests,
}

impl Needs {
    /// The entries for `output`; `None`, after a diagnostic, if the runtime's folder is wrong.
    pub fn new(client: &Client, output: &Output, diagnostics: &mut Diagnostics) -> Option<Self> {
        let path = |path: &Path, diagnostics: &mut _| runtime(&client.out, path, diagnostics);
        let (runtime_path, checkout) = match &client.runtime_path {
            Some(folder) => (Some(path(folder, diagnostics)?), None),
            None => (
                None,
                checkout::runtime().and_then(|folder| path(&folder, &mut Diagnostics::new())),
            ),
        };
        let dependencies = output.dependencies.iter();
        Some(Self {
            runtime_path,
            checkout,
            runtime_features: output.runtime_features.clone(),
            forwarded: forwarded(client, output),
            selecting: output.features.clone(),
            dependencies: dependencies
                .map(|(name, version)| (name.clone(), version.clone()))
                .collect(),
            about: output.about.clone(),
            user_dependencies: client.dependencies.entries(&client.out),
            tests: generated_tests::Tests::new(&client.out, output),
        })
    }
}

/// The Cargo features of the crate but `default`: each enables one of the runtime.
fn forwarded(client: &Client, output: &Output) -> Vec<String> {
    let always = FORWARDED.iter().filter(|_| !client.options.types_only);
    let always = always.map(|feature| (*feature).to_owned());
    always.chain(output.optional_features.iter().cloned()).collect()
}

/// The path to write for the runtime; `None`, after a diagnostic, if the folder is not the runtime's.
fn runtime(out: &Path, path: &Path, diagnostics: &mut Diagnostics) -> Option<String> {
    let manifest = read_text(&path.join("Cargo.toml")).unwrap_or_default();
    let is_runtime =
        manifest.parse::<DocumentMut>().is_ok_and(|document| name(&document) == Some(RUNTIME));
    if !is_runtime {
        let message = format!("`{}` is not the folder of `{RUNTIME}`", path.display());
        return diagnostics.lost(codes::RUNTIME_PATH, Place::Nowhere, message, None);
    }
    path_between(out, path).or_else(|| {
        let message = format!("`{}` is not UTF-8, and Cargo.toml is", path.display());
        diagnostics.lost(codes::RUNTIME_PATH, Place::Nowhere, message, None)
    })
}

/// The path from a crate to another one: relative, or absolute if the two share no folder. `None` if it is not UTF-8.
fn path_between(out: &Path, path: &Path) -> Option<String> {
    let (from, to) = (absolute(out), absolute(path));
    let path = relative(&from, &to).filter(|path| is_valid(&from, path, &to)).unwrap_or(to);
    Some(path.to_str()?.replace('\\', "/"))
}

fn name(manifest: &DocumentMut) -> Option<&str> {
    manifest.get("package")?.get("name")?.as_str()
}

/// `true` if the relative path is valid on this disk, where existing folders may be links.
fn is_valid(from: &Path, relative: &Path, to: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let there = from.ancestors().find(|folder| folder.exists());
    let Some(start) = there.and_then(real) else {
        return true;
    };
    let missing = from.strip_prefix(there.unwrap_or(from)).unwrap_or(Path::new(""));
    real(&absolute(&start.join(missing).join(relative))) == real(to)
}

/// Words by which crates are searched for.
const KEYWORDS: [&str; 4] = ["api", "client", "http", "openapi"];

/// Files of a package: what is generated but the tests, and what its author may add.
const INCLUDE: [&str; 6] =
    ["/src", "/examples", "/README*", "/reference.md", "/LICENSE*", "/typewright.lock"];

/// The manifest of a new crate; `None`, after a diagnostic, if it fails.
pub fn first(client: &Client, needs: &Needs, diagnostics: &mut Diagnostics) -> Option<String> {
    let mut document = DocumentMut::new();
    document.insert("package", Item::Table(package(client, &needs.about)));
    if !needs.forwarded.is_empty() {
        let mut features = Table::new();
        let all = needs.selecting.contains_key(ALL_TAGS).then_some(ALL_TAGS);
        let default: Array = DEFAULT.into_iter().chain(all).collect();
        features.insert("default", toml_edit::value(default));
        document.insert("features", Item::Table(features));
    }
    if let Some(root) = workspace::enclosing_workspace(&client.out) {
        let message = format!("`{}` does not list the crate", root.display());
        diagnostics.push(codes::OWN_WORKSPACE, Place::Nowhere, message);
        document.insert("workspace", Item::Table(Table::new()));
    }
    match amend(&mut document, needs) {
        Ok(()) => Some(document.to_string()),
        Err(key) => not_a_table(key, &client.out.join("Cargo.toml"), diagnostics),
    }
}

fn package(client: &Client, about: &About) -> Table {
    let (name, types_only) = (&client.options.name, client.options.types_only);
    let kind = match types_only {
        true => "Types of",
        false => "Client for",
    };
    let description = format!("{kind} the {}", api_name(&about.title, name));
    let mut package = Table::new();
    package.insert("name", toml_edit::value(name));
    package.insert("version", toml_edit::value("0.1.0"));
    package.insert("edition", toml_edit::value(EDITION));
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    package.insert("rust-version", toml_edit::value(oldest));
    package.insert("description", toml_edit::value(description));
    let license = about.license.as_deref().map(str::trim);
    if let Some(license) = license.filter(|license| is_expression(license)) {
        package.insert("license", toml_edit::value(license));
    }
    if client.options.guide {
        package.insert("readme", toml_edit::value(README));
    }
    let list = |texts: &[&str]| toml_edit::value(texts.iter().copied().collect::<Array>());
    package.insert("keywords", list(&KEYWORDS));
    package.insert("categories", list(&["api-bindings"]));
    package.insert("include", list(&INCLUDE));
    let mut metadata = Table::new();
    metadata.set_implicit(true);
    let mut docs = Table::new();
    docs.insert("all-features", toml_edit::value(true));
    let mut site = Table::new();
    site.set_implicit(true);
    site.insert("rs", Item::Table(docs));
    metadata.insert("docs", Item::Table(site));
    package.insert("metadata", Item::Table(metadata));
    package
}

/// Name of the API for a sentence: the document's title, with `API` unless it ends in a similar word.
fn api_name(title: &str, name: &str) -> String {
    let title = printable(title).into_owned();
    let title: Vec<_> = title.split_whitespace().collect();
    let parts = match title.as_slice() {
        [] => vec![name],
        [article, name @ ..] if article.eq_ignore_ascii_case("the") && !name.is_empty() => {
            name.to_vec()
        }
        all => all.to_vec(),
    };
    let last = parts.last().map(|last| last.to_ascii_lowercase());
    let ends = ["api", "apis", "service", "specification"];
    let is_complete = last.is_some_and(|last| ends.contains(&last.as_str()));
    let mut api: String = parts.join(" ").chars().take(LONGEST_TITLE).collect();
    if !is_complete {
        api.push_str(" API");
    }
    api
}

/// The manifest with renewed entries, everything else unchanged; `None`, after a diagnostic, if it is invalid.
pub fn renew(
    old: &str,
    needs: &Needs,
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    edited(old, path, diagnostics, |document| amend(document, needs))
}

/// The manifest after an edit, which fails with the key that is no table; everything else unchanged. `None`, after a
/// diagnostic, if it is invalid.
fn edited(
    old: &str,
    path: &Path,
    diagnostics: &mut Diagnostics,
    edit: impl FnOnce(&mut DocumentMut) -> Result<(), &'static str>,
) -> Option<String> {
    let windows = old.contains("\r\n");
    let text = old.replace("\r\n", "\n");
    let mut document = match text.parse::<DocumentMut>() {
        Ok(document) => document,
        Err(error) => {
            let reason = error.message().replace('\n', "; ");
            let message = format!("`{}` is not valid TOML: {reason}", path.display());
            return diagnostics.lost(codes::MANIFEST, Place::Nowhere, message, None);
        }
    };
    if let Err(key) = edit(&mut document) {
        return not_a_table(key, path, diagnostics);
    }
    let new = document.to_string();
    Some(if windows { new.replace('\n', "\r\n") } else { new })
}

fn not_a_table<T>(key: &str, path: &Path, diagnostics: &mut Diagnostics) -> Option<T> {
    let message = format!("`{key}` in `{}` is not a table", path.display());
    diagnostics.lost(codes::MANIFEST, Place::Nowhere, message, None)
}

/// Adds or renews the entries.
fn amend(document: &mut DocumentMut, needs: &Needs) -> Result<(), &'static str> {
    amend_features(document, needs)?;
    amend_dependencies(document, needs)?;
    generated_tests::amend(document, needs)
}

fn table<'a>(
    document: &'a mut DocumentMut,
    key: &'static str,
) -> Result<&'a mut dyn TableLike, &'static str> {
    let item = document.entry(key).or_insert_with(|| Item::Table(Table::new()));
    item.as_table_like_mut().ok_or(key)
}

fn amend_features(document: &mut DocumentMut, needs: &Needs) -> Result<(), &'static str> {
    for feature in &needs.forwarded {
        let features = table(document, "features")?;
        let item = features.entry(feature).or_insert_with(|| toml_edit::value(Array::new()));
        let list = item.as_array_mut().ok_or("features")?;
        ensure(list, &format!("{RUNTIME}/{feature}"));
    }
    amend_selecting(document, &needs.selecting)
}

/// Renews the features that select operations, and removes those of an earlier run, which the feature of all of them lists.
fn amend_selecting(
    document: &mut DocumentMut,
    selecting: &IndexMap<String, Vec<String>>,
) -> Result<(), &'static str> {
    let known = document.get("features").and_then(|features| features.get(ALL_TAGS));
    if known.is_none() && selecting.is_empty() {
        return Ok(());
    }
    let known = known.and_then(Item::as_array).into_iter().flatten().filter_map(Value::as_str);
    let known: Vec<String> = known.chain([ALL_TAGS]).map(str::to_owned).collect();
    let features = table(document, "features")?;
    for name in known.iter().filter(|name| !selecting.contains_key(*name)) {
        features.remove(name);
    }
    for (name, needs) in selecting {
        let list: Array = needs.iter().map(String::as_str).collect();
        let is_current = features.get(name).and_then(Item::as_array).is_some_and(|old| {
            old.iter().map(Value::as_str).eq(needs.iter().map(|need| Some(need.as_str())))
        });
        if !is_current {
            features.insert(name, toml_edit::value(list));
        }
    }
    let default = features.get_mut("default").and_then(Item::as_array_mut);
    if let Some(default) = default.filter(|_| selecting.is_empty()) {
        default.retain(|value| value.as_str() != Some(ALL_TAGS));
    }
    Ok(())
}

fn ensure(list: &mut Array, feature: &str) {
    if !list.iter().any(|value| value.as_str() == Some(feature)) {
        list.push(feature);
    }
}

fn amend_dependencies(document: &mut DocumentMut, needs: &Needs) -> Result<(), &'static str> {
    let dependencies = table(document, "dependencies")?;
    let item = dependencies.entry(RUNTIME).or_insert_with(|| new_runtime(needs));
    amend_runtime(item, needs, &needs.runtime_features)?;
    for (name, version) in &needs.dependencies {
        ensure_dependency(dependencies, name, version);
    }
    for (name, entry) in &needs.user_dependencies {
        dependencies.entry(name).or_insert_with(|| entry.clone());
    }
    Ok(())
}

/// A new entry for the runtime.
fn new_runtime(needs: &Needs) -> Item {
    let mut new = InlineTable::new();
    if let Some(path) = needs.runtime_path.as_ref().or(needs.checkout.as_ref()) {
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

/// Renews the runtime's entry: its source if the user set one, and its features.
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
        let item = entry.entry("features").or_insert_with(|| toml_edit::value(Array::new()));
        let list = item.as_array_mut().ok_or(wrong)?;
        features.iter().for_each(|feature| ensure(list, feature));
    }
    let grown = entry.len() > known;
    if let Some(inline) = item.as_inline_table_mut().filter(|_| grown) {
        inline.fmt();
    }
    Ok(())
}

/// Renews the source of the runtime unless the workspace defines it.
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

/// Sets the version of an entry without a path, a repository or a workspace.
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

/// Sets a value; keeps the spaces and comments at the old one.
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
mod tests;
