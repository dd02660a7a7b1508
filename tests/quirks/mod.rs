//! Quirks of known services' documents, each in a document of our own (`tests/quirks/cases.yaml`): the client of each
//! compiles without a warning and has a method for each operation, and every repair is reported.

mod reserved_words;

use crate::support::package::{Package, Workspace};
use crate::support::{root, Memory};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use typewright::diagnostics::{human, Diagnostics, Severity, Style};
use typewright::load::load;
use typewright::names::{assign, reserved, Names};
use typewright::syntax::{print_yaml, Node};
use typewright::{analyse, generate, Grouping, Options, Output};

fn cases() -> Node {
    let text = fs::read_to_string(root().join("tests/quirks/cases.yaml")).unwrap();
    let memory = Memory::new([("cases.yaml", text)]);
    let mut diagnostics = Diagnostics::new();
    let loaded = load("cases.yaml", &memory, &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty(), "{}", human(&diagnostics, &loaded.files, Style::Plain));
    loaded.root
}

/// The sections of a case around which a document of 3.0 is put.
fn sections(case: &Node) -> String {
    let mut text = String::from("openapi: 3.0.3\ninfo: {title: T, version: '1'}\n");
    let mut components = String::from("components:\n");
    for (key, section) in case.members().filter(|(key, _)| &***key != "findings") {
        let (to, indent) = match &**key {
            "paths" => (&mut text, ""),
            _ => (&mut components, "  "),
        };
        writeln!(to, "{indent}{key}:").unwrap();
        for line in print_yaml(section).unwrap().lines() {
            writeln!(to, "{indent}  {line}").unwrap();
        }
    }
    if case.members().count() > 1 {
        text.push_str(&components);
    }
    text
}

/// The entry's name and the files.
fn files(case: &Node) -> (String, Memory) {
    if let Some(files) = case.get("files") {
        let first = files.members().next().unwrap().0.to_string();
        let folder = first.rfind('/').map_or(0, |slash| slash + 1);
        let texts = files.members().map(|(name, node)| {
            let below = if *first == **name { &name[folder..] } else { name };
            let below = below.strip_prefix(&first[..folder]).unwrap_or(below);
            (below.to_owned(), print_yaml(node).unwrap())
        });
        return (first[folder..].to_owned(), Memory::new(texts));
    }
    let text = match (case.get("document"), case.text_of("text")) {
        (_, Some(text)) => text.to_owned(),
        (Some(document), None) => print_yaml(document).unwrap(),
        (None, None) => sections(case),
    };
    ("api.yaml".to_owned(), Memory::new([("api.yaml", text)]))
}

fn slug(title: &str) -> String {
    let words: Vec<_> = title
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("_").to_lowercase()
}

fn methods(item: &Node) -> usize {
    let all = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    all.iter().filter(|method| item.has(method)).count()
}

/// Checks a case; returns the client, or the failure.
fn check(title: &str, case: &Node) -> Result<Output, String> {
    let (entry, memory) = files(case);
    let options = Options::new(|options| {
        options.name = slug(title);
    });
    let analysed = analyse(&entry, &memory, &options);
    let generated = generate(&entry, &memory, &options);
    let text = human(&generated.diagnostics, &generated.files, Style::Plain);
    let all = generated.diagnostics.iter();
    let codes: BTreeSet<_> = all
        .filter(|finding| finding.code.severity != Severity::Note)
        .map(|finding| finding.code.id)
        .collect();
    let expected = case.get("findings").and_then(Node::as_list).unwrap_or_default();
    let expected: BTreeSet<_> = expected.iter().filter_map(Node::as_text).collect();
    let output = generated.output.ok_or_else(|| format!("--- {title}\n{text}"))?;
    if codes != expected {
        return Err(format!("--- {title}: {expected:?}, but {codes:?}\n{text}"));
    }
    let entry = load(&entry, &memory, &mut Diagnostics::new()).map_err(|_| title.to_owned())?;
    let items = entry.root.get("paths").into_iter().flat_map(Node::members);
    let written: usize = items.map(|(_, item)| methods(item)).sum();
    let operations = analysed.api.map_or(0, |api| api.operations.len());
    if operations != written {
        return Err(format!("--- {title}: {operations} of {written} operations"));
    }
    Ok(output)
}

#[test]
fn every_document_gives_a_client_that_compiles() {
    let (mut wrong, mut clients) = (String::new(), Vec::new());
    let cases = cases();
    assert!(cases.members().count() >= 40);
    for (title, case) in cases.members() {
        match check(title, case) {
            Ok(output) => clients.push((slug(title), output)),
            Err(reason) => writeln!(wrong, "{reason}").unwrap(),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let words = every_word().map(|options| (options.name.clone(), of_every_word(&options)));
    clients.extend(words);
    Workspace::write("quirks", &[Package::new("quirks").modules(&clients)]).clippy();
}

/// The options with which the document of every word is tried.
fn every_word() -> [Options; 2] {
    let options = |name: &str, grouping, validate| {
        Options::new(|options| {
            options.name = name.to_owned();
            options.validate = validate;
            options.calls.grouping = grouping;
        })
    };
    [
        options("every_word_flat", Grouping::Flat, true),
        options("every_word_by_tag", Grouping::ByTag, false),
    ]
}

fn memory_of_every_word() -> Memory {
    Memory::new([("api.json", reserved_words::document())])
}

fn of_every_word(options: &Options) -> Output {
    let generated = generate("api.json", &memory_of_every_word(), options);
    let text = human(&generated.diagnostics, &generated.files, Style::Plain);
    generated.output.expect(&text)
}

#[test]
fn no_name_of_a_document_of_every_word_is_taken() {
    for options in every_word() {
        let api = analyse("api.json", &memory_of_every_word(), &options).api;
        let api = api.unwrap();
        let names = assign(&api, &options, &mut Diagnostics::new());
        let reserved: BTreeSet<&str> = reserved::TYPES.concat().into_iter().collect();
        let mut types = BTreeSet::new();
        for ident in types_of(&names) {
            assert!(!reserved.contains(ident.as_str()), "{ident}");
            assert!(types.insert(ident.clone()), "{ident}");
        }
        for idents in names.members.values() {
            let apart: BTreeSet<_> = idents.iter().collect();
            assert_eq!(apart.len(), idents.len(), "{idents:?}");
        }
        let methods = [reserved::OPERATION_METHODS.as_slice(), &reserved::LOCALS].concat();
        for operation in &names.operations {
            let idents = [&operation.parameters[..], &operation.parts[..]].concat();
            let idents = idents.into_iter().chain([operation.body.clone()]);
            let idents: Vec<_> = idents.map(|ident| ident.text().to_owned()).collect();
            let apart: BTreeSet<_> = idents.iter().collect();
            assert_eq!(apart.len(), idents.len(), "{idents:?}");
            let taken = idents.iter().find(|ident| methods.contains(&ident.as_str()));
            assert_eq!(taken, None);
        }
        assert_eq!(api.operations.len(), reserved_words::words().len() + 3);
        assert!(!of_every_word(&options).modules.is_empty());
    }
}

/// The types of a document and its operations.
fn types_of(names: &Names) -> Vec<String> {
    let types = names.types.values();
    let types = types.flat_map(|named| [Some(&named.read), named.input.as_ref()]);
    let operations = names.operations.iter().flat_map(|named| {
        let replies = &named.responses;
        [&named.marker, &replies.output, &replies.error, &named.content].map(Some)
    });
    let groups = names.groups.values().map(|group| Some(&group.ty));
    let all = types.chain(operations).chain(groups).flatten();
    all.map(|ident| ident.text().to_owned()).collect()
}
