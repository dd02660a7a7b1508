//! A bundle is equivalent to its document: the same client is generated from it, and bundling it again changes nothing.

use crate::support::{documents_below, root, Memory};
use std::path::{Path, PathBuf};
use typewright::diagnostics::Diagnostics;
use typewright::host::disk::Disk;
use typewright::normalize::{bundle, bundle_json, normalize};
use typewright::{generate, load, Loader, Options};

/// The client; `None` if the document has errors.
fn client(entry: &str, loader: &dyn Loader) -> Option<String> {
    let options = Options::new(|options| {
        options.name = "bundled".to_owned();
    });
    let output = generate(entry, loader, &options).output?;
    Some(output.include())
}

/// The bundle as YAML and as JSON.
fn bundled(entry: &str, loader: &dyn Loader) -> Option<[String; 2]> {
    let mut diagnostics = Diagnostics::new();
    let loaded = load::load(entry, loader, &mut diagnostics).ok()?;
    let document = normalize(&loaded, &mut diagnostics)?;
    Some([bundle(&document).unwrap(), bundle_json(&document)])
}

fn difference(title: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let lines = similar::TextDiff::from_lines(before, after);
    let diff = lines.unified_diff().context_radius(2).to_string();
    let start: String = diff.chars().take(3_000).collect();
    format!("--- {title}\n{start}\n")
}

/// Every difference between a document and its bundles.
fn differences(path: &Path) -> String {
    let entry = path.to_str().unwrap();
    let disk = Disk::new(entry);
    let Some(before) = client(entry, &disk) else {
        return String::new();
    };
    let texts = bundled(entry, &disk).unwrap();
    let memory = |format: usize| Memory::new([("bundle", texts[format].as_str())]);
    let again = bundled("bundle", &memory(0)).unwrap();
    let mut differences = String::new();
    for (index, format) in ["YAML", "JSON"].into_iter().enumerate() {
        let after = client("bundle", &memory(index)).unwrap_or_default();
        let twice = bundled("bundle", &memory(index)).unwrap_or_default();
        for (title, before, after) in [
            ("client", &before, &after),
            ("bundled twice", &texts[index], &twice[index]),
            ("the other format", &again[index], &twice[index]),
        ] {
            differences += &difference(&format!("{entry}: {format}: {title}"), before, after);
        }
    }
    differences
}

/// Checks the bundles of these documents.
pub fn check(paths: impl IntoIterator<Item = PathBuf>) {
    let differences: String = paths.into_iter().map(|path| differences(&path)).collect();
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn goldens() {
    let documents = documents_below(&root().join("tests/golden")).into_iter();
    check(documents.filter(|path| path.ends_with("openapi.yaml")));
}
