//! A bundle says all that its document says: the same client comes of it, and bundling it again changes nothing.
#![allow(clippy::disallowed_methods, reason = "tests read documents from disk")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use typewright::diagnostics::Diagnostics;
use typewright::host::disk::Disk;
use typewright::normalize::{bundle, bundle_json, normalise};
use typewright::{generate, load, Loader, Options, ReadError};
use typewright_tests::{root, shared};

struct Memory(String);

impl Loader for Memory {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Err("a bundle refers to no other file".into())
    }

    fn load_named(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}

/// The client, or nothing where the document has errors.
fn client(entry: &str, loader: &dyn Loader) -> Option<String> {
    let options = Options {
        name: "bundled".to_owned(),
        ..Options::default()
    };
    generate(entry, loader, &options)
        .output
        .map(|output| output.include())
}

/// The bundle as YAML and as JSON.
fn bundled(entry: &str, loader: &dyn Loader) -> Option<[String; 2]> {
    let mut diagnostics = Diagnostics::new();
    let loaded = load::load(entry, loader, &mut diagnostics).ok()?;
    let document = normalise(&loaded, &mut diagnostics)?;
    Some([bundle(&document).unwrap(), bundle_json(&document)])
}

fn difference(what: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let lines = similar::TextDiff::from_lines(before, after);
    let diff = lines.unified_diff().context_radius(2).to_string();
    let start: String = diff.chars().take(3_000).collect();
    format!("--- {what}\n{start}\n")
}

/// What a document's bundle says otherwise than the document.
fn differences(path: &Path) -> String {
    let entry = path.to_str().unwrap();
    let disk = Disk::new(entry);
    let Some(before) = client(entry, &disk) else {
        return String::new();
    };
    let texts = bundled(entry, &disk).unwrap();
    let again = bundled("bundle", &Memory(texts[0].clone())).unwrap();
    let mut found = String::new();
    for (index, format) in ["YAML", "JSON"].into_iter().enumerate() {
        let memory = Memory(texts[index].clone());
        let after = client("bundle", &memory).unwrap_or_default();
        let twice = bundled("bundle", &memory).unwrap_or_default();
        let name = format!("{entry}: {format}");
        found += &difference(&format!("{name}: client"), &before, &after);
        found += &difference(
            &format!("{name}: bundled twice"),
            &texts[index],
            &twice[index],
        );
        found += &difference(
            &format!("{name}: the other format"),
            &again[index],
            &twice[index],
        );
    }
    found
}

fn check(paths: impl IntoIterator<Item = PathBuf>) {
    let mut found = String::new();
    for path in paths {
        write!(found, "{}", differences(&path)).unwrap();
    }
    assert!(found.is_empty(), "{found}");
}

/// The documents below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let extension = path.extension().unwrap_or_default();
        if path.is_dir() {
            found.extend(below(&path));
        } else if extension == "yaml" || extension == "yml" || extension == "json" {
            found.push(path);
        }
    }
    found
}

#[test]
fn goldens() {
    let documents = below(&root().join("tests/golden")).into_iter();
    check(documents.filter(|path| path.ends_with("openapi.yaml")));
}

#[test]
fn features() {
    check(
        shared("corpus/features")
            .map(|folder| below(&folder))
            .unwrap_or_default(),
    );
}

#[test]
fn split_documents() {
    let entries = ["cafe-3.x/openapi.yaml", "petstore-2.0/spec/swagger.yaml"];
    check(
        shared("corpus/split")
            .into_iter()
            .flat_map(|folder| entries.map(|entry| folder.join(entry))),
    );
}

#[test]
#[ignore = "reads twenty megabytes: run it with the features `--release` has"]
fn real_documents() {
    check(
        shared("corpus/real")
            .map(|folder| below(&folder))
            .unwrap_or_default(),
    );
}
