//! The order of a document decides no name: every document at hand is put into other orders, and named again.

use crate::support::{documents_below, root, Memory};
use serde_yaml::{Mapping, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use typewright::diagnostics::codes::normalize;
use typewright::diagnostics::Diagnostics;
use typewright::names::{assign, dump};
use typewright::{analyse, Options};

/// The members of these objects have no order that means anything.
const UNORDERED: [&str; 11] = [
    "$defs",
    "components",
    "definitions",
    "headers",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
];

/// The names of a document as lines; `None` where it is none, or where the later of two operations loses the
/// `operationId` that they share.
fn names(document: &Value) -> Option<BTreeSet<String>> {
    let text = serde_yaml::to_string(document).unwrap();
    let options = Options::default();
    let analysed = analyse("openapi.yaml", &Memory::document(text), &options);
    let mut findings = analysed.diagnostics.iter();
    if findings.any(|one| one.code == normalize::OPERATION_ID_TWICE) {
        return None;
    }
    let api = analysed.api?;
    let names = assign(&api, &options, &mut Diagnostics::new());
    Some(dump::lines(&api, &names).into_iter().collect())
}

/// Puts the members of objects without order into another one.
fn reorder(value: &mut Value, key: &str, rotation: usize) {
    match value {
        Value::Mapping(mapping) => {
            let mut members: Vec<(Value, Value)> = std::mem::take(mapping).into_iter().collect();
            for (name, member) in &mut members {
                reorder(member, name.as_str().unwrap_or_default(), rotation);
            }
            if UNORDERED.contains(&key) && !members.is_empty() {
                members.reverse();
                let by = rotation % members.len();
                members.rotate_left(by);
            }
            *mapping = members.into_iter().collect::<Mapping>();
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| reorder(item, "", rotation)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Tagged(_) => {}
    }
}

/// Above this number of bytes a document is left out: what decides its names is in smaller ones too.
const MOST: u64 = 1_000_000;

/// The documents below a folder that are not too long.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut paths = documents_below(folder);
    paths.retain(|path| path.metadata().unwrap().len() < MOST);
    paths
}

/// How the names of a document differ after these rotations; `None` where it is no document.
fn differences(path: &Path, rotations: &[usize]) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let mut document: Value = serde_yaml::from_str(&text).ok()?;
    let before = names(&document)?;
    let mut wrong = String::new();
    for rotation in rotations {
        reorder(&mut document, "", *rotation);
        let after = names(&document)?;
        let (gone, new) = (before.difference(&after), after.difference(&before));
        let lines = gone.map(|line| ('-', line)).chain(new.map(|line| ('+', line)));
        for (sign, line) in lines {
            wrong += &format!("{} {rotation} {sign} {line}\n", path.display());
        }
    }
    Some(wrong)
}

/// Compares the names in the documents of these folders, at least so many, under these orders.
pub fn compare(folders: &[PathBuf], rotations: &[usize], least: usize) {
    let (mut wrong, mut count) = (String::new(), 0);
    for path in folders.iter().flat_map(|folder| documents(folder)) {
        // two places for which the bundler makes components want one name, and the first met has it
        if path.ends_with("20-json-schema.yaml") {
            continue;
        }
        if let Some(differences) = differences(&path, rotations) {
            count += 1;
            wrong += &differences;
        }
    }
    assert!(count >= least, "{count}");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_order_of_our_documents_decides_no_name() {
    let folders = [root().join("tests/golden"), root().join("specs")];
    compare(&folders, &[0, 1, 3], 60);
}
