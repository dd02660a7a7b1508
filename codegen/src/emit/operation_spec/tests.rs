//! Checks that the runtime parses the text of an operation to the expected description.

use super::expected::expected;
use super::*;
use crate::diagnostics::Diagnostics;
use crate::lower::model::Pages;
use crate::lower::{self, TypeOptions};
use crate::names;
use crate::{analyse, Loader, Options, ReadError};
use std::path::{Path, PathBuf};
use typewright_runtime::codegen::v1::OperationSpec;

/// One document in memory.
struct Memory(String);

impl Loader for Memory {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}

fn methods(name: &str, document: String) -> Vec<Method> {
    let options = Options::default();
    let analysed = analyse(name, &Memory(document), &options);
    let api = analysed.api.expect("a sound document");
    let mut diagnostics = Diagnostics::default();
    let names = names::assign(&api, &options, &mut diagnostics);
    let type_options = TypeOptions::new(&api, &options, &mut diagnostics);
    let krate = lower::lower(&api, &names, &type_options, &mut diagnostics);
    let files = krate.client.map(|client| client.files);
    let files = files.into_iter().flatten();
    files.flat_map(|file| file.methods).collect()
}

#[track_caller]
fn check(method: &Method) {
    let text = lines(method).join("\n    ");
    let read = OperationSpec::parse(text.clone().leak());
    let read = read.unwrap_or_else(|error| panic!("{error} of\n{text}"));
    assert_eq!(read, expected(method), "{text}");
}

fn corpus() -> Option<PathBuf> {
    let configured = option_env!("TYPEWRIGHT_CORPUS").map(PathBuf::from);
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = configured.unwrap_or(default).join("real");
    folder.is_dir().then_some(folder)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "reads the corpus")]
fn every_operation_of_the_corpus() {
    let Some(folder) = corpus() else {
        println!("skipped: there is no corpus");
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let document = std::fs::read_to_string(&path).unwrap();
        for method in methods(&name, document) {
            check(&method);
            count += 1;
        }
    }
    println!("{count} operations");
    assert!(count > 1000);
}

const DOCUMENT: &str = include_str!("hard.yaml");

fn hard() -> Method {
    let mut methods = methods("hard.yaml", DOCUMENT.to_owned());
    methods.pop().expect("one operation")
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn a_document_of_hard_words() {
    let method = hard();
    assert!(method.data.parameters.len() >= 7, "{:?}", method.data);
    assert!(method.data.bodies.len() == 3);
    check(&method);
    let text = lines(&method).join("\n");
    assert!(text.contains(r#""gr\u00f6"#) || text.contains("größe"), "{text}");
    assert!(!text.contains('\u{202e}'), "{text}");
}

/// Replaces every name in an operation.
fn rename(data: &mut OperationData, name: &str) {
    let text = || name.to_owned();
    data.id = text();
    data.path = format!("/{name}");
    for parameter in &mut data.parameters {
        parameter.name = text();
    }
    for body in &mut data.bodies {
        body.media_type = text();
        for part in &mut body.parts {
            part.name = text();
            part.headers = vec![(text(), text())];
        }
    }
    let responses = data.responses.iter_mut();
    for content in responses.flat_map(|response| &mut response.contents) {
        content.media_type = text();
    }
    for need in data.security.iter_mut().flatten() {
        need.scheme = text();
        need.scopes = texts(&[name, name]);
    }
    for server in &mut data.servers {
        server.url = text();
        for variable in &mut server.variables {
            variable.name = text();
            variable.default = text();
        }
    }
}

#[test]
fn words_of_the_grammar_as_names() {
    let mut method = hard();
    let grammar = ["", "required", "none", "+", "|", "as", "404", "4XX", "default", "="];
    let letters = ["a,b", "a\nb", "\"", "\\", "a b", "é", "\u{7f}", "\r", "r#\"", "\"#"];
    let both = ["style=form", "200 ok", "headers", "XX", "0"];
    for name in grammar.iter().chain(&letters).chain(&both) {
        rename(&mut method.data, name);
        check(&method);
    }
}

#[test]
fn each_codec_of_each_media_type() {
    let mut method = hard();
    let codecs = [
        Codec::Json,
        Codec::Form,
        Codec::FormData,
        Codec::Multipart,
        Codec::Text,
        Codec::EventStream,
        Codec::JsonLines,
        Codec::Bytes,
    ];
    let types = [
        "application/json",
        "text/json",
        "application/a+json",
        "Application/A+JSON; b=c",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/mixed",
        "text/plain",
        "text/event-stream",
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonlines",
        "application/jsonlines",
        "application/json-seq",
        "application/stream+json",
        "application/a+json-seq",
        "application/a+jsonl",
        "image/png",
        "*/*",
    ];
    let contents = types.iter().flat_map(|media_type| {
        codecs.map(|codec| ContentData {
            media_type: (*media_type).to_owned(),
            codec,
            parts: Vec::new(),
            ordered: None,
            xml: None,
        })
    });
    method.data.bodies = contents.collect();
    let contents = method.data.bodies.clone();
    method.data.responses.iter_mut().for_each(|response| {
        response.contents.clone_from(&contents);
    });
    check(&method);
}

/// Returns a parameter for each style, location and combination of flags.
fn parameters() -> Vec<ParameterData> {
    const STYLES: [Style; 8] = [
        Style::Matrix,
        Style::Label,
        Style::Simple,
        Style::Form,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::TabDelimited,
        Style::DeepObject,
    ];
    const PLACES: [Location; 5] = [
        Location::Path,
        Location::Query,
        Location::Header,
        Location::Cookie,
        Location::QueryString,
    ];
    let mut all = Vec::new();
    for index in 0..STYLES.len() * PLACES.len() * 4 {
        let (explode, flag) = (index % 2 == 0, index / 2 % 2 == 0);
        let location = PLACES[index / 4 % PLACES.len()];
        all.push(ParameterData {
            name: "a".to_owned(),
            location,
            required: flag || location == Location::Path,
            encoding: ParameterEncoding::Style {
                style: STYLES[index / 4 / PLACES.len()],
                explode,
                allow_reserved: flag,
                allow_empty: flag != explode,
                nested: match flag {
                    true => vec![Style::SpaceDelimited, Style::TabDelimited],
                    false => Vec::new(),
                },
            },
        });
    }
    all
}

#[test]
fn each_style_of_each_place() {
    let mut method = hard();
    method.data.parameters = parameters();
    let parts = method.data.parameters.iter().map(|parameter| Part {
        // If the position identifies a part, the text does not name it.
        name: String::new(),
        content_type: parameter.required.then(|| "a/b".to_owned()),
        encoding: Some(parameter.encoding.clone()),
        headers: Vec::new(),
    });
    let parts: Vec<_> = parts.collect();
    let [body, other, ..] = method.data.bodies.as_mut_slice() else {
        panic!("it has bodies");
    };
    body.parts.clone_from(&parts);
    other.ordered =
        Some(OrderedParts { others: parts.first().cloned(), first: parts, needs_caller: false });
    check(&method);
}

/// Returns a path of names that need escapes.
fn path() -> Vec<String> {
    texts(&["a/b", "c~d", "e f"])
}

fn next_pages() -> [NextPage; 7] {
    let parameter = || "page token".to_owned();
    [
        NextPage::Number { parameter: parameter(), first: 0 },
        NextPage::Offset { parameter: parameter() },
        NextPage::Index { parameter: parameter() },
        NextPage::LastItem { parameter: parameter(), path: path() },
        NextPage::Token { parameter: parameter(), path: path() },
        NextPage::Link { path: path() },
        NextPage::LinkHeader,
    ]
}

#[test]
fn each_way_to_the_next_page() {
    let mut method = hard();
    for next in next_pages() {
        let all = [(None, None), (Some(path()), Some(Vec::new())), (None, Some(path()))];
        for (some, items) in all {
            let limit = some.as_ref().map(|_| "per page".to_owned());
            let (more, total) = (some.clone(), some);
            let next = next.clone();
            let paging = Pagination { next, items, limit, more, total };
            method.pages = Some(Pages { paging, items: None });
            check(&method);
        }
    }
}

#[test]
fn each_way_to_the_end() {
    let mut method = hard();
    let (done, error) = (path(), texts(&["error"]));
    let (success, failure) = (texts(&["DONE", "ALL OK", ""]), texts(&["\"BAD\""]));
    let state = path();
    let (nothing, none) = (Vec::new(), Vec::new());
    for completion in [
        Completion::Done { done, error },
        Completion::State { state, success, failure },
        Completion::State { state: Vec::new(), success: nothing, failure: none },
    ] {
        let external = PollRequest::External {
            origin: "https://a b".to_owned(),
            path: "/c/{location}".to_owned(),
        };
        let operation = PollRequest::Operation(method.call.clone());
        for request in [operation, external] {
            let polling = Box::new(Polling {
                target: crate::api::model::PollTarget::Operation(0),
                parameter: "location".to_owned(),
                id: path(),
                completion: completion.clone(),
            });
            method.follow_up = Some(FollowUp::Poll { request, polling });
            check(&method);
        }
    }
    method.follow_up = Some(FollowUp::Location);
    check(&method);
}
