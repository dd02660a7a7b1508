//! Reference pages that are hard to import: a folder of pages each, with the expected documents and diagnostics.

use crate::support::{compare, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use typewright::diagnostics::codes::import as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::source::Files;
use typewright_import::{import, Document};

/// The folders of pages.
fn traps() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/import")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The pages of a folder, changed on the way in.
fn pages(folder: &Path, change: impl Fn(String) -> String) -> Files {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut files = Files::default();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name != "findings.txt" && !name.ends_with(".yaml") {
            files.add(name, change(fs::read_to_string(&path).unwrap()));
        }
    }
    files
}

fn imported(files: &Files) -> (Vec<Document>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let documents = import(files, &mut diagnostics);
    (documents, diagnostics)
}

/// The diagnostics: code, place, the text at it, and message.
fn lines(files: &Files, diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    for finding in diagnostics.iter() {
        let place = match &finding.place {
            Place::Span(file, span) => {
                let file = files.get(*file).unwrap();
                let line = file.text[..span.start].matches('\n').count() + 1;
                let column =
                    span.start - file.text[..span.start].rfind('\n').map_or(0, |at| at + 1) + 1;
                let text = file.text.get(span.clone()).expect("a span is of whole characters");
                format!(
                    "{}:{line}:{column} `{}`",
                    file.name,
                    text.lines().next().unwrap_or_default()
                )
            }
            Place::File(file) => files.get(*file).unwrap().name.clone(),
            place => format!("{place:?}"),
        };
        out.push_str(&format!("{} {place}\n    {}\n", finding.code, finding.message));
    }
    out
}

#[test]
fn traps_give_what_is_expected() {
    let mut wrong = String::new();
    for folder in traps() {
        let files = pages(&folder, |text| text);
        let (documents, diagnostics) = imported(&files);
        for document in &documents {
            let file = folder.join(format!("{}.yaml", document.service));
            wrong += &compare(&file, &document.yaml);
        }
        let names: BTreeSet<String> =
            documents.iter().map(|document| format!("{}.yaml", document.service)).collect();
        let committed = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let committed: BTreeSet<String> =
            committed.filter(|name| name.ends_with(".yaml")).collect();
        assert_eq!(committed, names, "{}", folder.display());
        wrong += &compare(&folder.join("findings.txt"), &lines(&files, &diagnostics));
    }
    assert!(wrong.is_empty(), "UPDATE=1 accepts what differs:\n{wrong}");
}

#[test]
fn pages_of_traps_are_short() {
    for folder in traps() {
        for (_, file) in pages(&folder, |text| text).iter() {
            assert!(file.text.lines().count() <= 40, "{}/{}", folder.display(), file.name);
        }
    }
}

#[test]
fn every_code_is_raised() {
    let mut raised = String::new();
    for folder in traps() {
        raised += &fs::read_to_string(folder.join("findings.txt")).unwrap_or_default();
    }
    for code in codes::ALL {
        assert!(raised.contains(code.id), "nothing raises {}: {}", code.id, code.title);
    }
}

#[test]
fn documents_are_ones_that_parse() {
    for folder in traps() {
        for document in imported(&pages(&folder, |text| text)).0 {
            let value: serde_yaml::Value = serde_yaml::from_str(&document.yaml).unwrap();
            assert_eq!(value["openapi"].as_str(), Some("3.0.3"));
            let parsed: openapiv3::OpenAPI = serde_yaml::from_value(value).unwrap();
            assert!(!parsed.paths.paths.is_empty());
            assert!(typewright_import::compare(&document.yaml, &document).is_empty());
        }
    }
}

#[test]
fn line_ends_and_marks_at_the_start_change_nothing() {
    for folder in traps() {
        let plain = imported(&pages(&folder, |text| text)).0;
        let changed =
            imported(&pages(&folder, |text| format!("\u{feff}{}", text.replace('\n', "\r\n")))).0;
        let yaml = |documents: Vec<Document>| {
            documents.into_iter().map(|document| document.yaml).collect::<Vec<_>>()
        };
        assert_eq!(yaml(plain), yaml(changed), "{}", folder.display());
    }
}

#[test]
fn the_order_of_pages_changes_nothing() {
    for folder in traps() {
        let files = pages(&folder, |text| text);
        let mut reversed = Files::default();
        let all: Vec<_> = files.iter().map(|(_, file)| file.clone()).collect();
        for file in all.into_iter().rev() {
            reversed.add(file.name, file.text);
        }
        let yaml = |files: &Files| {
            imported(files).0.into_iter().map(|document| document.yaml).collect::<Vec<_>>()
        };
        assert_eq!(yaml(&files), yaml(&reversed), "{}", folder.display());
    }
}

#[test]
fn nothing_to_import_is_an_error() {
    let (documents, diagnostics) = imported(&Files::default());
    assert!(documents.is_empty() && diagnostics.has_errors());
}
