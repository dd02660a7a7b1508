//! Turns sparse operations into an OpenAPI document per service.

use super::{Content, Member, Response, Scheme, Shape, SparseOperation};
use crate::template;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use typewright::syntax::yaml_output::{commented, entry, object, texts, Entry, Mapping, Value};

const HEAD: &str = "Written by `typewright import` from the vendor's reference pages. What they leave open is in `x-typewright-open`.";
const NO_STATUS: &str = "Inference: the page names no status.";
const NO_REQUIRED: &str =
    "Inference: the page says which members a body has, not whether it is required.";
const NO_URL: &str =
    "Inference: the page says \"Service accounts\" and no more; the flow is left open.";

/// The documents of some operations, by their services.
pub fn all(pages: Vec<SparseOperation>) -> Vec<(String, Mapping)> {
    let mut services: BTreeMap<String, Vec<SparseOperation>> = BTreeMap::new();
    for page in pages {
        services.entry(service(&page)).or_default().push(page);
    }
    services
        .into_iter()
        .map(|(key, mut pages)| {
            pages.sort_by(|one, other| (&one.path, one.verb).cmp(&(&other.path, other.verb)));
            let document = document(&key, &pages);
            (key, document)
        })
        .collect()
}

/// The vendor's name in the host, and the first word of the path that is no common one: `mongodb-atlas`.
pub fn service(page: &SparseOperation) -> String {
    let (host, _) = template::split(&page.server);
    let vendor = host.rsplit('.').nth(1).unwrap_or(host);
    let mut segments = page.path.split('/').filter(|word| !word.is_empty());
    let word = segments
        .find(|word| *word != "api" && !template::is_version(word) && !word.starts_with('{'));
    crate::case::kebab(&format!("{vendor}-{}", word.unwrap_or_default()))
}

fn document(key: &str, pages: &[SparseOperation]) -> Mapping {
    let info = object([
        entry("title", key),
        commented("version", "Inference: the pages name no version.", "unknown"),
    ]);
    let mut servers: Vec<&String> = pages.iter().map(|page| &page.server).collect();
    servers.sort();
    servers.dedup();
    let servers = servers.into_iter().map(|url| object([entry("url", &**url)]));
    let mut paths: IndexMap<&str, Mapping> = IndexMap::new();
    for page in pages {
        paths.entry(&page.path).or_default().extend([entry(page.verb.key(), operation(page))]);
    }
    let paths = object(paths.into_iter().map(|(path, item)| entry(path, item)));
    let mut schemes: Vec<Scheme> = pages.iter().flat_map(|page| page.schemes.clone()).collect();
    schemes.sort();
    schemes.dedup();
    let schemes = object(schemes.into_iter().map(scheme));
    object([
        commented("openapi", HEAD, "3.0.3"),
        entry("info", info),
        entry("servers", servers.collect::<Value>()),
        entry("paths", paths),
        entry("components", object([entry("securitySchemes", schemes)])),
    ])
}

fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Digest => "digest",
        Scheme::ServiceAccounts => "serviceAccounts",
    }
}

fn scheme(scheme: Scheme) -> Entry {
    let members = match scheme {
        Scheme::Digest => object([entry("type", "http"), entry("scheme", "digest")]),
        Scheme::ServiceAccounts => object([
            entry("type", "oauth2"),
            commented("flows", NO_URL, Mapping::new()),
            entry("x-typewright-open", texts(["flows"])),
        ]),
    };
    entry(scheme_name(scheme), members)
}

fn operation(page: &SparseOperation) -> Mapping {
    let mut item = object([entry("summary", &*page.title)]);
    if !page.doc.is_empty() {
        item.extend([entry("description", &*page.doc)]);
    }
    let security = page
        .schemes
        .iter()
        .map(|scheme| object([entry(scheme_name(*scheme), Vec::<Value>::new())]));
    let parameters = page.parameters.iter().map(parameter);
    item.extend([
        entry("security", security.collect::<Value>()),
        entry("parameters", parameters.collect::<Value>()),
    ]);
    if let Some(body) = &page.body {
        let body = object([commented("required", NO_REQUIRED, true), content(body)]);
        item.extend([entry("requestBody", body)]);
    }
    item.extend([
        entry("responses", object(page.responses.iter().map(response))),
        entry("x-typewright-open", texts(&page.open)),
    ]);
    item
}

fn parameter(member: &Member) -> Mapping {
    let mut parameter = object([entry("name", &*member.name), entry("in", member.place)]);
    if member.required {
        parameter.extend([entry("required", true)]);
    }
    if !member.doc.is_empty() {
        parameter.extend([entry("description", &*member.doc)]);
    }
    let mut schema = of_kind(&member.kind);
    schema.extend(digits(member));
    parameter.extend([entry("schema", schema)]);
    parameter
}

fn content(content: &Content) -> Entry {
    let schema = described(object_schema(&content.members), &content.doc);
    let media = object([entry("schema", schema)]);
    entry("content", object([entry(&*content.media, media)]))
}

/// The schema with a description after its first keyword.
fn described(schema: Mapping, doc: &str) -> Mapping {
    let mut rest = schema.into_iter();
    let first = rest.next();
    let doc = (!doc.is_empty()).then(|| entry("description", doc));
    object(first.into_iter().chain(doc).chain(rest))
}

fn response(response: &Response) -> Entry {
    let mut members = object([entry("description", &*response.doc)]);
    members.extend(response.content.iter().map(content));
    commented(&*response.status, if response.assumed { NO_STATUS } else { "" }, members)
}

fn of_kind(kind: &Shape) -> Mapping {
    match kind {
        Shape::Plain(name, format) => {
            let format = (!format.is_empty()).then(|| entry("format", &**format));
            object([entry("type", *name)].into_iter().chain(format))
        }
        Shape::Object(members) => object_schema(members),
        Shape::List(element) => object([entry("type", "array"), entry("items", of_kind(element))]),
        Shape::Any => object([entry("x-typewright-open", texts(["*"]))]),
    }
}

fn object_schema(members: &[Member]) -> Mapping {
    let mut schema = object([entry("type", "object")]);
    if members.is_empty() {
        schema.extend([entry("x-typewright-open", texts(["*"]))]);
        return schema;
    }
    let required: Vec<&String> =
        members.iter().filter(|member| member.required).map(|member| &member.name).collect();
    if !required.is_empty() {
        schema.extend([entry("required", texts(required))]);
    }
    let properties = members.iter().map(|member| {
        let mut schema = of_kind(&member.kind);
        schema.extend(digits(member));
        entry(&*member.name, described(schema, &member.doc))
    });
    schema.extend([entry("properties", object(properties))]);
    schema
}

/// The limits of a text that begins `Unique 24-hexadecimal digit string that …`. Later in a sentence the phrase may be about another text.
fn digits(member: &Member) -> Option<Entry> {
    let mut scanner = crate::scanner::Scanner::new(&member.doc);
    let count = scanner.tag("Unique ").then(|| scanner.number()).flatten()?;
    let is_hexadecimal =
        scanner.tag("-hexadecimal digit string") || scanner.tag("-hexadecimal character string");
    is_hexadecimal.then(|| entry("pattern", format!("^[0-9a-fA-F]{{{count}}}$")))
}
