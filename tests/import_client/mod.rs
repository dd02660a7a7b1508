//! Clients of imported pages: they compile, and their types have the shapes that the pages draw.

mod blocks;
mod mutations;
mod pages;

use crate::support::golden::{diagnostics, Golden};
use crate::support::package::{write, Package, Workspace};
use crate::support::scratch;
use pages::{folders, Imported};
use std::panic::{catch_unwind, AssertUnwindSafe};
use typewright::diagnostics::Diagnostics;
use typewright::source::Files;

/// A document as the folder that [`Golden`] expects.
fn golden(imported: &Imported, service: &str, yaml: &str) -> Golden {
    let name = format!("{}-{service}", imported.name);
    let folder = scratch("import-documents").join(name);
    write(&folder.join("openapi.yaml"), yaml);
    Golden::at(folder)
}

#[test]
fn the_client_of_every_document_compiles_without_a_warning() {
    let mut clients = Vec::new();
    for imported in folders() {
        for document in &imported.documents {
            let golden = golden(&imported, &document.service, &document.yaml);
            let client = golden.client();
            let text = || diagnostics(&golden.generate());
            clients.push(client.unwrap_or_else(|| panic!("{}: {}", golden.name, text())));
        }
    }
    println!("{} clients in one package an edition", clients.len());
    assert!(clients.len() > 20);
    let packages = ["2021", "2024"].map(|edition| {
        let package = Package::new(&format!("imported-{edition}"));
        package.edition(edition).modules_and_includes(&clients)
    });
    let workspace = Workspace::write("import-clients", &packages);
    workspace.cargo(&["check", "--workspace", "--keep-going"]);
}

#[test]
fn the_generated_types_have_the_shapes_that_the_pages_draw() {
    let (mut equal, mut explained, mut refused) = (0, Vec::new(), Vec::new());
    let mut wrong = String::new();
    for imported in folders() {
        for (id, file) in imported.files.iter() {
            for block in blocks::read(&file.text) {
                let place = format!("{}/{}:{}", imported.name, file.name, block.line);
                let Some(drawn) = blocks::drawn(&imported.documents, &block) else {
                    assert!(imported.refused(id), "{place} has no type");
                    refused.push(place);
                    continue;
                };
                let same = drawn == block.text;
                match (same, imported.explains(id, &block)) {
                    (true, None) => equal += 1,
                    (false, Some(code)) => explained.push(format!("{place} {code}")),
                    (true, Some(code)) => wrong += &format!("{place}: {code} for nothing\n"),
                    (false, None) => {
                        wrong += &format!("{place}:\n{}\nbut drawn:\n{drawn}\n", block.text);
                    }
                }
            }
        }
    }
    println!("{equal} blocks equal the shapes of the generated types");
    println!("{} known to be wrong, and reported: {explained:?}", explained.len());
    println!("{} on pages that are refused: {refused:?}", refused.len());
    assert!(wrong.is_empty(), "{wrong}");
    assert!(equal > 0 && !explained.is_empty());
}

#[test]
fn a_changed_page_gives_findings_and_never_a_panic() {
    let pages: Vec<_> = folders()
        .into_iter()
        .flat_map(|imported| {
            let files = imported.files.iter();
            files.map(|(_, file)| (file.name.clone(), file.text.clone())).collect::<Vec<_>>()
        })
        .collect();
    let mut dice = mutations::Dice(0x5eed);
    let (mut tried, mut with_document, mut findings) = (0, 0, 0);
    while tried < 2000 {
        let (name, text) = &pages[dice.below(pages.len())];
        let other = &pages[dice.below(pages.len())].1;
        let changed = mutations::changed(text, other, &mut dice);
        let survived = catch_unwind(AssertUnwindSafe(|| survive(name, &changed)));
        let Ok((documents, count)) = survived else {
            let start: String = changed.chars().take(2000).collect();
            panic!("change {tried}, of {name}:\n{start}");
        };
        tried += 1;
        findings += count;
        with_document += usize::from(documents > 0);
    }
    println!(
        "{tried} changes of {} pages tried: {with_document} still gave a document; {findings} findings",
        pages.len()
    );
}

#[test]
fn a_page_beside_its_copy_gives_the_same_document() {
    let mut count = 0;
    for imported in folders() {
        for (_, file) in imported.files.iter() {
            let yaml = |names: &[&str]| {
                let mut files = Files::default();
                for name in names {
                    files.add(format!("{name}{}", file.name), file.text.clone());
                }
                let documents = typewright_import::import(&files, &mut Diagnostics::new());
                let yaml = documents.into_iter().map(|document| document.yaml);
                yaml.collect::<Vec<_>>()
            };
            assert_eq!(yaml(&[""]), yaml(&["", "copy-of-"]), "{}", file.name);
            count += 1;
        }
    }
    println!("{count} pages beside their copies");
}

/// How many documents and findings a text gives. Every document is YAML, every place is in the text, and silence is no answer.
fn survive(name: &str, text: &str) -> (usize, usize) {
    let mut files = Files::default();
    files.add(name, text);
    let mut diagnostics = Diagnostics::new();
    let documents = typewright_import::import(&files, &mut diagnostics);
    assert!(!documents.is_empty() || !diagnostics.is_empty());
    for document in &documents {
        let value: serde_yaml::Value = serde_yaml::from_str(&document.yaml).unwrap();
        assert_eq!(value["openapi"].as_str(), Some("3.0.3"));
    }
    for finding in diagnostics.iter() {
        if let Some((_, span)) = pages::span(&finding.place) {
            assert!(text.get(span.clone()).is_some(), "{finding:?}");
        }
    }
    (documents.len(), diagnostics.iter().count())
}
