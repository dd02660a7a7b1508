//! What the text of an operation says to the runtime is what was meant.

use super::meant::meant;
use super::*;
use crate::diagnostics::Diagnostics;
use crate::names;
use crate::rust::ir::{Paged, ServerData};
use crate::rust::{self, Style as RustStyle};
use crate::{analyse, Loader, Options};
use std::path::{Path, PathBuf};
use typewright_runtime::codegen::v1::OperationSpec;

/// One document in memory.
struct Memory(String);

impl Loader for Memory {
    fn load(&self, _: &str) -> Result<String, String> {
        Ok(self.0.clone())
    }
}

fn methods(name: &str, document: String) -> Vec<Method> {
    let options = Options::default();
    let analysed = analyse(name, &Memory(document), &options);
    let api = analysed.api.expect("a sound document");
    let mut diagnostics = Diagnostics::default();
    let names = names::assign(&api, options.calls.grouping, &mut diagnostics);
    let style = RustStyle::new(&api, &options, &mut diagnostics);
    let krate = rust::lower(&api, &names, &style, &mut diagnostics);
    let files = krate.client.map(|client| client.files);
    let files = files.into_iter().flatten();
    files.flat_map(|file| file.methods).collect()
}

#[track_caller]
fn check(method: &Method) {
    let text = lines(method).join("\n    ");
    let read = OperationSpec::parse(text.clone().leak());
    let read = read.unwrap_or_else(|error| panic!("{error} of\n{text}"));
    assert_eq!(read, meant(method), "{text}");
}

fn corpus() -> Option<PathBuf> {
    let named = option_env!("TYPEWRIGHT_CORPUS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = named.unwrap_or(beside).join("real");
    folder.is_dir().then_some(folder)
}

#[test]
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

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_document_of_hard_words() {
    let method = hard();
    assert!(method.data.parameters.len() >= 7, "{:?}", method.data);
    assert!(method.data.bodies.len() == 3);
    check(&method);
    let text = lines(&method).join("\n");
    assert!(
        text.contains(r#""gr\u00f6"#) || text.contains("größe"),
        "{text}"
    );
    assert!(!text.contains('\u{202e}'), "{text}");
}

#[test]
fn words_of_the_grammar_as_names() {
    let mut method = hard();
    let names = [
        "",
        "required",
        "none",
        "+",
        "|",
        "as",
        "404",
        "4XX",
        "default",
        "a,b",
        "a\nb",
        "\"",
        "\\",
        "a b",
        "=",
        "style=form",
        "é",
        "\u{7f}",
        "200 ok",
        "\r",
        "r#\"",
        "\"#",
    ];
    for name in names {
        let data = &mut method.data;
        data.id = name.to_owned();
        data.path = format!("/{name}");
        for parameter in &mut data.parameters {
            parameter.name = name.to_owned();
        }
        for body in &mut data.bodies {
            body.media_type = name.to_owned();
            for part in &mut body.parts {
                part.name = name.to_owned();
                part.headers = vec![(name.to_owned(), name.to_owned())];
            }
        }
        for reply in &mut data.replies {
            for content in &mut reply.contents {
                content.media_type = name.to_owned();
            }
        }
        for need in data.security.iter_mut().flatten() {
            need.scheme = name.to_owned();
            need.scopes = words(&[name, name]);
        }
        for server in &mut data.servers {
            server.url = name.to_owned();
            for variable in &mut server.variables {
                variable.name = name.to_owned();
                variable.default = name.to_owned();
            }
        }
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
        })
    });
    method.data.bodies = contents.collect();
    let contents = method.data.bodies.clone();
    method.data.replies.iter_mut().for_each(|reply| {
        reply.contents.clone_from(&contents);
    });
    check(&method);
}

#[test]
fn each_style_of_each_place() {
    let mut method = hard();
    let styles = [
        Style::Matrix,
        Style::Label,
        Style::Simple,
        Style::Form,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::DeepObject,
    ];
    let places = [
        Location::Path,
        Location::Query,
        Location::Header,
        Location::Cookie,
        Location::QueryString,
    ];
    let flags = [false, true];
    let mut all = Vec::new();
    for (style, location) in styles
        .iter()
        .flat_map(|one| places.map(|place| (*one, place)))
    {
        for (explode, flag) in flags.iter().flat_map(|one| flags.map(|flag| (*one, flag))) {
            all.push(ParameterData {
                name: "a".to_owned(),
                location,
                required: flag || location == Location::Path,
                encoding: ParameterEncoding::Style {
                    style,
                    explode,
                    allow_reserved: flag,
                    allow_empty: flag != explode,
                },
            });
        }
    }
    let parts = all.iter().map(|parameter| Part {
        name: parameter.name.clone(),
        content_type: parameter.required.then(|| "a/b".to_owned()),
        encoding: Some(parameter.encoding.clone()),
        headers: Vec::new(),
    });
    let parts: Vec<_> = parts.collect();
    if let [body, other, ..] = method.data.bodies.as_mut_slice() {
        body.parts.clone_from(&parts);
        other.ordered = Some(OrderedParts {
            first: parts.clone(),
            others: parts.first().cloned(),
            given: false,
        });
    }
    method.data.parameters = all;
    // The text of a part does not say its name where its place tells it.
    if let Some(parts) = method
        .data
        .bodies
        .get_mut(1)
        .and_then(|body| body.ordered.as_mut())
    {
        parts
            .first
            .iter_mut()
            .chain(&mut parts.others)
            .for_each(|part| part.name.clear());
    }
    check(&method);
}

#[test]
fn each_way_to_go_on() {
    let mut method = hard();
    let (parameter, path) = ("page token".to_owned(), words(&["a/b", "c~d", "e f"]));
    for next in [
        NextPage::Number {
            parameter: parameter.clone(),
            first: 0,
        },
        NextPage::Offset {
            parameter: parameter.clone(),
        },
        NextPage::Index {
            parameter: parameter.clone(),
        },
        NextPage::LastItem {
            parameter: parameter.clone(),
            path: path.clone(),
        },
        NextPage::Token {
            parameter: parameter.clone(),
            path: path.clone(),
        },
        NextPage::Link { path: path.clone() },
        NextPage::Header,
    ] {
        for (some, items) in [
            (None, None),
            (Some(path.clone()), Some(Vec::new())),
            (None, Some(path.clone())),
        ] {
            let limit = some.as_ref().map(|_| "per page".to_owned());
            let (more, total) = (some.clone(), some);
            let paging = Paging {
                next: next.clone(),
                items,
                limit,
                more,
                total,
            };
            method.paged = Some(Paged {
                paging,
                items: None,
            });
            check(&method);
        }
    }
    let done = Until::Done {
        done: path.clone(),
        error: words(&["error"]),
    };
    let (success, failure) = (words(&["DONE", "ALL OK", ""]), words(&["\"BAD\""]));
    let states = Until::State {
        state: path.clone(),
        success,
        failure,
    };
    let nothing = Until::State {
        state: Vec::new(),
        success: Vec::new(),
        failure: Vec::new(),
    };
    for until in [done, states, nothing] {
        let elsewhere = ServerData {
            origin: "https://a b".to_owned(),
            path: "/c/{location}".to_owned(),
        };
        for get in [
            GetData::Operation(method.call.clone()),
            GetData::Elsewhere(elsewhere),
        ] {
            let polling = Polling {
                get: crate::api::ir::Get::Operation(0),
                parameter: "location".to_owned(),
                id: path.clone(),
                until: until.clone(),
            };
            let polling = Box::new(polling);
            method.follow = Some(FollowData::Poll { get, polling });
            check(&method);
        }
    }
    method.follow = Some(FollowData::Location);
    check(&method);
}
