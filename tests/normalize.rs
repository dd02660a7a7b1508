//! Documents before and after they are rewritten into the normal form.
//!
//! Each file of `tests/normalize/` holds cases. A case has `before` (a document; or `schema`, which is put as the component
//! `A` into a document of `version`; or `files`, the first of which is the entry), `after` (from JSON pointers of the
//! normal form to what stands there; `null` where nothing does) and `findings` (every code with its pointer, no more).

use crate::support::{root, Memory};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use typewright::diagnostics::{codes, human, Diagnostics, Place, Style};
use typewright::load::load;
use typewright::normalize::{normalize, Document};
use typewright::syntax::{pointer, print_yaml, Node};

/// The files of a case, the entry's name first.
fn files(case: &Node) -> (String, Memory) {
    let text = |node: &Node| match node.as_text() {
        Some(text) => text.to_owned(),
        None => print_yaml(node).unwrap(),
    };
    if let Some(files) = case.get("files") {
        let names: Vec<&str> = files.members().map(|(name, _)| &**name).collect();
        let texts = files.members().map(|(name, node)| (name.to_string(), text(node)));
        return (names[0].to_owned(), Memory::new(texts));
    }
    let document = match case.get("schema") {
        Some(schema) => {
            let version = case.text_of("version").unwrap_or("3.1.0");
            let mut text = format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A:\n");
            for line in print_yaml(schema).unwrap().lines() {
                writeln!(text, "      {line}").unwrap();
            }
            text
        }
        None => text(case.get("before").unwrap()),
    };
    ("api.yaml".to_owned(), Memory::new([("api.yaml", document)]))
}

fn at<'n>(root: &'n Node, text: &str) -> Option<&'n Node> {
    pointer::split(text).iter().try_fold(root, |node, step| node.step(step))
}

fn described(place: &Place) -> String {
    match place {
        Place::Nowhere => String::new(),
        Place::File(file) => format!("{}", file.0),
        Place::Span(file, range) => format!("{} {range:?}", file.0),
        Place::Pointer(file, pointer) | Place::Key(file, pointer) if file.0 == 0 => pointer.clone(),
        Place::Pointer(file, pointer) | Place::Key(file, pointer) => format!("{}{pointer}", file.0),
    }
}

/// Checks a case; returns its failures as text.
fn check(case: &Node) -> Vec<String> {
    let (entry, loader) = files(case);
    let mut diagnostics = Diagnostics::new();
    let loaded = load(&entry, &loader, &mut diagnostics).ok();
    let document = loaded.as_ref().and_then(|loaded| normalize(loaded, &mut diagnostics));
    let mut wrong = Vec::new();
    let codes: Vec<String> = diagnostics
        .iter()
        .map(|finding| format!("{} {}", finding.code.id, described(&finding.place)))
        .collect();
    let expected: Vec<&str> = case
        .get("findings")
        .and_then(Node::as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_text)
        .collect();
    if codes != expected {
        let text = loaded.map(|loaded| human(&diagnostics, &loaded.files, Style::Plain));
        wrong.push(format!(
            "findings {codes:#?}\nexpected {expected:#?}\n{}",
            text.unwrap_or_default()
        ));
    }
    if let Some(document) = &document {
        wrong.extend(compare(case, document));
    } else if case.has("after") {
        wrong.push("no document".to_owned());
    }
    wrong
}

fn compare(case: &Node, document: &Document) -> Vec<String> {
    let mut wrong = Vec::new();
    let tree = document.origins.tree();
    for (place, expected) in case.get("after").into_iter().flat_map(Node::members) {
        let actual = at(tree, place);
        let same = match actual {
            Some(actual) => actual == expected,
            None => expected.is_null(),
        };
        if !same {
            let actual = actual.map(|actual| print_yaml(actual).unwrap());
            wrong.push(format!(
                "{place}:\n{}\nexpected\n{}",
                actual.unwrap_or_default(),
                print_yaml(expected).unwrap()
            ));
        }
    }
    let written = serde_json::to_value(&document.openapi).unwrap();
    let again: openapiv3::OpenAPI =
        serde_json::from_value(written.clone()).expect("openapiv3 reads what it wrote");
    let rewritten = serde_json::to_value(&again).unwrap();
    // openapiv3 drops a default or an example that is `null`
    let text = written.to_string();
    let has_null = text.contains("\"default\":null") || text.contains("\"example\":null");
    if rewritten != written && !has_null {
        wrong.push("openapiv3 reads what it wrote in another way".to_owned());
    }
    wrong
}

fn run(name: &str) {
    let path = root().join("tests/normalize").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let loader = Memory::new([(name, text)]);
    let mut diagnostics = Diagnostics::new();
    let cases = load(name, &loader, &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty(), "{}", human(&diagnostics, &cases.files, Style::Plain));
    let mut failures = String::new();
    for (title, case) in cases.root.members() {
        for wrong in check(case) {
            writeln!(failures, "--- {name}: {title}\n{wrong}").unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn swagger_2_0() {
    run("swagger-2.0.yaml");
}

#[test]
fn openapi_3_1_schemas() {
    run("openapi-3.1-schemas.yaml");
}

#[test]
fn openapi_3_1_documents() {
    run("openapi-3.1-documents.yaml");
}

#[test]
fn openapi_3_2() {
    run("openapi-3.2.yaml");
}

#[test]
fn documents_of_several_files() {
    run("several-files.yaml");
}

#[test]
fn flaws_of_documents() {
    run("flaws.yaml");
}

#[test]
fn flaws_of_schemas() {
    run("flaws-of-schemas.yaml");
}

#[test]
fn flaws_of_texts() {
    run("texts.yaml");
}

/// The codes that the cases expect.
fn expected() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("tests/normalize")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        codes.extend(
            text.match_indices("TW0").filter_map(|(at, _)| text.get(at..at + 6)).map(str::to_owned),
        );
    }
    codes
}

#[test]
fn every_code_has_a_case() {
    let seen = expected();
    // these need a text of some length, or an overlay, and are raised beside the code that raises them
    let elsewhere = ["TW0101", "TW0104", "TW0105", "TW0117", "TW0118", "TW0119", "TW0120"];
    let missing: Vec<&str> = codes::load::ALL
        .iter()
        .chain(codes::normalize::ALL)
        .map(|code| code.id)
        .filter(|id| !seen.contains(*id) && !elsewhere.contains(id))
        .collect();
    assert!(missing.is_empty(), "no case raises {missing:?}");
}
