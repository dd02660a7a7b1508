//! Turns sparse operations into an OpenAPI document per service.

use super::{Content, Member, Response, Scheme, Shape, SparseOperation};
use crate::template;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use typewright::syntax::yaml_text::{commented, entry, texts, Entry, Map, Yaml};

const HEAD: &str = "Written by `typewright import` from the vendor's reference pages. What they leave open is in `x-typewright-open`.";
const NO_STATUS: &str = "Inference: the page names no status.";
const NO_REQUIRED: &str =
    "Inference: the page says which members a body has, not whether it is required.";
const NO_URL: &str =
    "Inference: the page says \"Service accounts\" and no more; the flow is left open.";

/// The documents of some operations, by their services.
pub fn all(pages: Vec<SparseOperation>) -> Vec<(String, Map)> {
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

fn document(key: &str, pages: &[SparseOperation]) -> Map {
    let info: Map = vec![
        entry("title", key),
        commented("version", "Inference: the pages name no version.", "unknown"),
    ];
    let mut servers: Vec<&String> = pages.iter().map(|page| &page.server).collect();
    servers.sort();
    servers.dedup();
    let servers = servers.into_iter().map(|url| Yaml::Map(vec![entry("url", url.clone())]));
    let mut paths: IndexMap<String, Map> = IndexMap::new();
    for page in pages {
        paths.entry(page.path.clone()).or_default().push(entry(page.verb.key(), operation(page)));
    }
    let paths: Map = paths.into_iter().map(|(path, item)| entry(path, item)).collect();
    let mut schemes: Vec<Scheme> = pages.iter().flat_map(|page| page.schemes.clone()).collect();
    schemes.sort();
    schemes.dedup();
    let schemes: Map = schemes.into_iter().map(scheme).collect();
    let components: Map = vec![entry("securitySchemes", schemes)];
    vec![
        commented("openapi", HEAD, Yaml::Plain("3.0.3".to_owned())),
        entry("info", info),
        entry("servers", servers.collect::<Vec<Yaml>>()),
        entry("paths", paths),
        entry("components", components),
    ]
}

fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Digest => "digest",
        Scheme::ServiceAccounts => "serviceAccounts",
    }
}

fn scheme(scheme: Scheme) -> Entry {
    let object: Map = match scheme {
        Scheme::Digest => vec![entry("type", "http"), entry("scheme", "digest")],
        Scheme::ServiceAccounts => vec![
            entry("type", "oauth2"),
            commented("flows", NO_URL, Map::new()),
            entry("x-typewright-open", texts(["flows"])),
        ],
    };
    entry(scheme_name(scheme), object)
}

fn operation(page: &SparseOperation) -> Map {
    let mut item: Map = vec![entry("summary", page.title.clone())];
    if !page.doc.is_empty() {
        item.push(entry("description", page.doc.clone()));
    }
    let security = page
        .schemes
        .iter()
        .map(|scheme| Yaml::Map(vec![entry(scheme_name(*scheme), Yaml::List(Vec::new()))]));
    item.push(entry("security", security.collect::<Vec<Yaml>>()));
    let parameters = page.parameters.iter().map(parameter);
    item.push(entry("parameters", parameters.collect::<Vec<Yaml>>()));
    if let Some(body) = &page.body {
        let mut object: Map = vec![commented("required", NO_REQUIRED, true)];
        object.extend(content(body));
        item.push(entry("requestBody", object));
    }
    let responses: Map = page.responses.iter().map(response).collect();
    item.push(entry("responses", responses));
    item.push(entry("x-typewright-open", texts(&page.open)));
    item
}

fn parameter(member: &Member) -> Yaml {
    let mut parameter: Map = vec![entry("name", member.name.clone()), entry("in", member.place)];
    if member.required {
        parameter.push(entry("required", true));
    }
    if !member.doc.is_empty() {
        parameter.push(entry("description", member.doc.clone()));
    }
    let mut schema = of_kind(&member.kind);
    schema.extend(digits(member));
    parameter.push(entry("schema", schema));
    Yaml::Map(parameter)
}

fn content(content: &Content) -> Map {
    let mut schema = object(&content.members);
    if !content.doc.is_empty() {
        schema.insert(1.min(schema.len()), entry("description", content.doc.clone()));
    }
    let media: Map = vec![entry("schema", schema)];
    vec![entry("content", vec![entry(content.media.clone(), media)])]
}

fn response(response: &Response) -> Entry {
    let mut object: Map = vec![entry("description", response.doc.clone())];
    object.extend(response.content.iter().flat_map(content));
    commented(response.status.clone(), if response.assumed { NO_STATUS } else { "" }, object)
}

fn of_kind(kind: &Shape) -> Map {
    match kind {
        Shape::Plain(name, format) if format.is_empty() => vec![entry("type", *name)],
        Shape::Plain(name, format) => vec![entry("type", *name), entry("format", format.clone())],
        Shape::Object(members) => object(members),
        Shape::List(element) => vec![entry("type", "array"), entry("items", of_kind(element))],
        Shape::Any => vec![entry("x-typewright-open", texts(["*"]))],
    }
}

fn object(members: &[Member]) -> Map {
    let mut object: Map = vec![entry("type", "object")];
    if members.is_empty() {
        object.push(entry("x-typewright-open", texts(["*"])));
        return object;
    }
    let required: Vec<&String> =
        members.iter().filter(|member| member.required).map(|member| &member.name).collect();
    if !required.is_empty() {
        object.push(entry("required", texts(required)));
    }
    let properties: Map = members
        .iter()
        .map(|member| {
            let mut schema = of_kind(&member.kind);
            schema.extend(digits(member));
            if !member.doc.is_empty() {
                schema.insert(1.min(schema.len()), entry("description", member.doc.clone()));
            }
            entry(member.name.clone(), schema)
        })
        .collect();
    object.push(entry("properties", properties));
    object
}

/// The limits of a text that begins `Unique 24-hexadecimal digit string that …`. Later in a sentence the phrase may be about another text.
fn digits(member: &Member) -> Option<Entry> {
    let mut scanner = crate::scanner::Scanner::new(&member.doc);
    let count = scanner.tag("Unique ").then(|| scanner.number()).flatten()?;
    let is_hexadecimal =
        scanner.tag("-hexadecimal digit string") || scanner.tag("-hexadecimal character string");
    is_hexadecimal.then(|| entry("pattern", format!("^[0-9a-fA-F]{{{count}}}$")))
}
