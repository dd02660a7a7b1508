//! Whole documents through the api phase: nothing panics, nothing is lost unsaid, and a document four times as long
//! takes about four times as long.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read documents and the clock"
)]

use std::fs;
use std::path::PathBuf;
use typewright::api::dump::dump;
use typewright::api::{lower_input, untyped, Input, Options};
use typewright::diagnostics::{Diagnostics, Place};
use typewright::load::FileId;
use typewright_tests::{root, shared};

fn place(pointer: &str) -> Place {
    Place::Pointer(FileId(0), pointer.to_owned())
}

#[test]
#[ignore = "a tool: prints what the document named in SHOW means"]
fn show() {
    let path = std::env::var("SHOW").unwrap();
    let openapi = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        openapi: &openapi,
        place: &place,
    };
    let start = std::time::Instant::now();
    let api = lower_input(input, &Options::default(), &mut diagnostics);
    println!(
        "{path}: {:?} {} schemas",
        start.elapsed(),
        api.schemas.len()
    );
    if std::env::var("QUIET").is_err() {
        println!("{}", dump(&api));
    }
    for found in diagnostics.iter() {
        let at = match &found.place {
            Place::Pointer(_, pointer) => pointer,
            _ => "",
        };
        println!("{} {at}: {}", found.code, found.message);
    }
    for position in untyped(&api) {
        println!("LOST {} {}", position.at.pointer, position.reason);
    }
}

/// The documents of the corpus that are OpenAPI 3.0 already.
fn corpus() -> Vec<(PathBuf, openapiv3::OpenAPI)> {
    let folders = ["corpus/real", "corpus/features/3.0"];
    let folders = folders.iter().filter_map(|folder| shared(folder));
    let mut files: Vec<PathBuf> = folders
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .chain(
            ["mongodb-atlas", "yandex-metastore", "yandex-spqr"]
                .map(|name| root().join("specs").join(name).join("openapi.yaml")),
        )
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let openapi = serde_yaml::from_str::<openapiv3::OpenAPI>(&text).ok()?;
        openapi
            .openapi
            .starts_with("3.0")
            .then_some((path, openapi))
    };
    files.into_iter().filter_map(read).collect()
}

#[test]
fn every_operation_of_the_corpus_is_lowered() {
    for (path, openapi) in corpus() {
        let mut diagnostics = Diagnostics::new();
        let input = Input {
            openapi: &openapi,
            place: &place,
        };
        let api = lower_input(input, &Options::default(), &mut diagnostics);
        assert_eq!(
            api.operations.len(),
            openapi.operations().count(),
            "{}",
            path.display()
        );
        assert!(!dump(&api).is_empty(), "{}", path.display());
    }
}
