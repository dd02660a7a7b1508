//! Turns a service into an OpenAPI 3.0.3 document.

mod operation;
mod schema;

use crate::model::Service;
use crate::names::Names;
use crate::template::{host, HostPart};
use indexmap::IndexMap;
use std::collections::BTreeMap;
use typewright::diagnostics::codes::import::IMPORT_HOST;
use typewright::diagnostics::Diagnostics;
use typewright::syntax::yaml_output::{commented, entry, object, texts, Mapping, Value};

const HEAD: &str = "Written by `typewright import` from the vendor's reference pages. What they do not state is marked `# Inference`.";
const NO_VERSION: &str =
    "Inference: the pages give the API no version of its own; this is a segment of its paths.";
const NO_SCHEME: &str =
    "Inference: the pages do not say how a caller proves who it is; see the scheme below.";
const SCHEME: &str = "Inference: the pages state no scheme. The cloud's APIs take a token of its access management in `Authorization`.";

/// The document of a service.
pub fn document(service: &Service, names: &Names, diagnostics: &mut Diagnostics) -> Mapping {
    let main = most_used(service);
    let version = match service.versions.as_slice() {
        [] => "unknown".to_owned(),
        versions => versions.join(", "),
    };
    let info = object([entry("title", &*service.title), commented("version", NO_VERSION, version)]);
    let scheme = object([entry("type", "http"), entry("scheme", "bearer")]);
    let mut document = object([
        commented("openapi", HEAD, "3.0.3"),
        entry("info", info),
        entry("servers", vec![server(&main, service, diagnostics)]),
        commented("security", NO_SCHEME, bearer()),
        entry("tags", tags(service)),
        entry("paths", paths(service, names, &main, diagnostics)),
    ]);
    let components = object([
        entry("securitySchemes", object([commented("bearerToken", SCHEME, scheme)])),
        entry("schemas", schema::components(service, names, diagnostics)),
    ]);
    document.extend([entry("components", components)]);
    document
}

fn bearer() -> Value {
    vec![object([entry("bearerToken", Vec::<Value>::new())])].into()
}

fn tags(service: &Service) -> Value {
    let mut tags: Vec<&String> = service.operations.iter().map(|one| &one.tag).collect();
    tags.sort();
    tags.dedup();
    tags.into_iter().map(|tag| object([entry("name", &**tag)])).collect()
}

fn paths(service: &Service, names: &Names, main: &str, diagnostics: &mut Diagnostics) -> Mapping {
    let mut paths: IndexMap<&str, Mapping> = IndexMap::new();
    for one in &service.operations {
        let mut item = operation::item(one, service, names, diagnostics);
        if one.host != main {
            item.extend([entry("servers", vec![server(&one.host, service, diagnostics)])]);
        }
        paths.entry(&one.path).or_default().extend([entry(one.verb.key(), item)]);
    }
    paths.into_iter().map(|(path, item)| entry(path, item)).collect()
}

/// Groups of which at most one member may be set, as one schema that no object with two of them matches.
fn at_most_one(groups: &[Vec<String>]) -> Option<Mapping> {
    let mut pairs: Vec<Mapping> = Vec::new();
    for group in groups {
        for (at, one) in group.iter().enumerate() {
            for other in group.iter().skip(at + 1) {
                pairs.push(object([entry("required", texts([one, other]))]));
            }
        }
    }
    match pairs.len() {
        0 => None,
        1 => pairs.pop(),
        _ => Some(object([entry("anyOf", pairs)])),
    }
}

const KNOWN: &str = "Inference: the pages leave the host to a macro of the vendor's site; this is the vendor's public API host.";
const GUESS: &str = "Inference: the pages leave the host to a macro of the vendor's site; this follows the vendor's usual form.";
const UNKNOWN: &str = "Inference: the pages leave the host to a macro of the vendor's site, whose value none states; set it.";

/// The host that most operations have.
pub fn most_used(service: &Service) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &service.operations {
        *counts.entry(&operation.host).or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(host, _)| (*host).to_owned()).unwrap_or_default()
}

/// A server with a variable for each macro.
pub fn server(name: &str, service: &Service, diagnostics: &mut Diagnostics) -> Mapping {
    let mut url = String::from("https://");
    let mut variables = Mapping::new();
    for part in host(name) {
        match part {
            HostPart::Plain(text) => url.push_str(text),
            HostPart::Macro(name) => {
                let (default, comment) = default(name);
                if comment != KNOWN {
                    report(name, &default, service, diagnostics);
                }
                url.push_str(&format!("{{{name}}}"));
                let variable = object([commented("default", comment, default)]);
                variables.extend([entry(name, variable)]);
            }
        }
    }
    let mut server = object([entry("url", url)]);
    if !variables.is_empty() {
        server.extend([entry("variables", variables)]);
    }
    server
}

/// Default value of a macro and its comment: known from mirrors of the pages, guessed from the vendor's hosts, or unknown.
fn default(name: &str) -> (String, &'static str) {
    match name.strip_prefix("api-host") {
        Some("") => ("api.cloud.yandex.net".to_owned(), KNOWN),
        Some("-mdb") => ("mdb.api.cloud.yandex.net".to_owned(), GUESS),
        // A name under `.invalid` resolves nowhere (RFC 2606), so that a call says what is missing.
        _ => (format!("{}.invalid", crate::case::kebab(name)), UNKNOWN),
    }
}

fn report(name: &str, default: &str, service: &Service, diagnostics: &mut Diagnostics) {
    let mark = format!("{{{{ {name} }}}}");
    let first = service.operations.iter().find(|one| one.host.contains(name));
    let Some(operation) = first else { return };
    let message = format!("no page states the value of `{mark}`; the document has `{default}`");
    diagnostics.push(IMPORT_HOST, operation.at.place(), message);
}
