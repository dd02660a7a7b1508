//! Other people's documents, from the text to a crate that compiles. Runs where `TYPEWRIGHT_CORPUS` names their folder.
//!
//! What each document loses and what is repaired in it is written down in `corpus/golden.toml`. `UPDATE=1` writes that
//! file anew, but only where a document got better: what got worse is to be mended, or entered by hand and explained.
#![allow(clippy::disallowed_methods, reason = "tests read documents from disk")]

#[path = "corpus/command.rs"]
mod command;
#[path = "corpus/crates.rs"]
mod crates;
#[path = "corpus/documents.rs"]
mod documents;
#[path = "corpus/golden.rs"]
mod golden;

use crates::Generated;
use documents::Document;
use golden::{Golden, Record};
use std::path::Path;
use typewright_tests::say;

#[test]
fn every_document_becomes_a_crate_that_compiles() {
    let Some(corpus) = std::env::var_os("TYPEWRIGHT_CORPUS") else {
        say("skipped: TYPEWRIGHT_CORPUS names no folder");
        return;
    };
    let documents = documents::all(Path::new(&corpus));
    assert!(documents.len() > 50, "{} documents", documents.len());
    let mut records = Vec::new();
    let mut wrong = String::new();
    let folder = crates::workspace(documents.len());
    for (number, document) in documents.iter().enumerate() {
        let generated = crates::generate(document, &folder, number);
        wrong += &operations_missing(document, &generated);
        wrong += &generated.allowances(document);
        records.push((document.name.clone(), Record::of(document)));
    }
    wrong += &Golden::read().compare(&records);
    let said = crates::check(&folder);
    let (positions, untyped) = records
        .iter()
        .fold((0, 0), |(positions, untyped), (_, record)| {
            (positions + record.positions, untyped + record.untyped)
        });
    let operations: usize = records.iter().map(|(_, record)| record.operations).sum();
    say(&format!(
        "{} documents, {operations} operations: every one has a method; of {positions} schemas {untyped} are untyped; \
         every crate compiles without a warning: {}",
        documents.len(),
        said.is_empty()
    ));
    assert!(wrong.is_empty() && said.is_empty(), "{wrong}{said}");
}

/// The operations that the document declares and no generated method names.
fn operations_missing(document: &Document, generated: &Generated) -> String {
    let methods = generated.operations();
    let declared = document.operations().into_iter();
    declared
        .filter(|operation| !methods.contains(operation))
        .map(|operation| format!("{}: no method for {operation}\n", document.name))
        .collect()
}
