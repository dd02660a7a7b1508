//! Whole documents through the phase `api`: nothing panics, and nothing is lost without a diagnostic.

use crate::support::{documents_below, root, shared};
use std::path::PathBuf;
use typewright::api::model::{AnyReason, Shape};
use typewright::diagnostics::{human, Style};
use typewright::host::disk::Disk;
use typewright::{analyse, Options};

/// The documents of one file in the corpus, and those of this repository.
fn corpus() -> Vec<PathBuf> {
    let folders = ["real", "features"].map(|folder| shared(&format!("corpus/{folder}")));
    let specs = ["mongodb-atlas", "yandex-metastore", "yandex-spqr"];
    let specs = specs.map(|name| root().join("specs").join(name).join("openapi.yaml"));
    let documents = folders.into_iter().flatten();
    let documents = documents.flat_map(|folder| documents_below(&folder));
    documents.chain(specs).collect()
}

#[test]
fn every_document_of_the_corpus_has_a_meaning() {
    for path in corpus() {
        let path = path.to_str().unwrap();
        let analysed = analyse(path, &Disk::new(path), &Options::default());
        let Some(api) = analysed.api else {
            let diagnostics = human(&analysed.diagnostics, &analysed.files, Style::Plain);
            panic!("{path}:\n{diagnostics}");
        };
        for (_, schema) in api.schemas.iter() {
            assert!(!matches!(schema.shape, Shape::Any(AnyReason::Lossy(_))), "{path}: {schema:?}");
        }
    }
}
