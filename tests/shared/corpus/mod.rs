//! Other people's documents, from text to a crate that compiles.
//!
//! `expected.toml` records the losses and repairs of each document. `UPDATE=1` renews it only where a document got better:
//! what got worse has to be mended, or entered by hand and explained.

mod crates;
mod documents;
mod record;

use crate::support::{print_always, shared};
use crates::Generated;
use documents::Document;
use record::{Record, Records};

#[test]
fn every_document_becomes_a_crate_that_compiles() {
    let Some(corpus) = shared("corpus") else {
        return;
    };
    let documents = documents::all(&corpus);
    assert!(documents.len() > 50, "{} documents", documents.len());
    let mut records = Vec::new();
    let mut wrong = String::new();
    let workspace = crates::workspace(documents.len());
    for (number, document) in documents.iter().enumerate() {
        let generated = crates::generate(document, &workspace, number);
        wrong += &operations_missing(document, &generated);
        wrong += &generated.allowances(document);
        records.push((document.name.clone(), Record::inspect(document)));
    }
    wrong += &Records::read().compare(&records);
    let complaints = crates::check(&workspace);
    let (positions, untyped) = records.iter().fold((0, 0), |(positions, untyped), (_, record)| {
        (positions + record.positions, untyped + record.untyped)
    });
    let operations: usize = records.iter().map(|(_, record)| record.operations).sum();
    print_always(&format!(
        "{} documents, {operations} operations: every one has a method; of {positions} schemas {untyped} are untyped; \
         every crate compiles without a warning: {}",
        documents.len(),
        complaints.is_empty()
    ));
    assert!(wrong.is_empty() && complaints.is_empty(), "{wrong}{complaints}");
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
