//! Gathers linked pages into services.

use crate::link::Linked;
use crate::merge;
use crate::model::{Operation, Service};
use crate::template;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use typewright::diagnostics::codes::import::{IMPORT_LINK, IMPORT_RENAMED, IMPORT_TWICE};
use typewright::diagnostics::{Diagnostics, Place};

/// A linked page with the service's name in its title.
#[derive(Clone, Debug)]
pub struct Titled {
    /// Such as `Managed Service for Trino API`.
    pub service: String,
    /// What the page says.
    pub linked: Linked,
}

/// The services of some pages, by their keys.
pub fn gather(pages: Vec<Titled>, found: &mut Diagnostics) -> Vec<Service> {
    let mut services: BTreeMap<String, Vec<Titled>> = BTreeMap::new();
    for page in pages {
        let key = page.linked.operations.first().map(key).unwrap_or_default();
        services.entry(key).or_default().push(page);
    }
    services
        .into_iter()
        .map(|(key, pages)| service(key, pages, found))
        .collect()
}

/// What a service is called: the vendor and the words before the path's version, or the host's first word.
fn key(operation: &Operation) -> String {
    let (words, _) = template::service(&operation.path);
    if !words.is_empty() {
        return format!("yandex-{words}");
    }
    let host = operation.host.split('.').next().unwrap_or_default();
    let host = if host.starts_with("{{") { "api" } else { host };
    format!("yandex-{}", crate::words::kebab(host))
}

fn service(key: String, pages: Vec<Titled>, found: &mut Diagnostics) -> Service {
    let mut titles: IndexMap<String, usize> = IndexMap::new();
    let mut operations = Vec::new();
    let mut messages = Vec::new();
    for page in pages {
        *titles.entry(page.service).or_default() += 1;
        operations.extend(page.linked.operations);
        messages.extend(page.linked.messages);
    }
    titles.sort_by(|name, count, other, others| others.cmp(count).then(name.cmp(other)));
    let title = titles.into_keys().next().unwrap_or_default();
    let operations = distinct(operations, found);
    let mut versions: Vec<String> = operations
        .iter()
        .map(|one| template::service(&one.path).1)
        .collect();
    versions.sort();
    versions.dedup();
    let mut service = Service {
        key,
        title,
        versions: versions
            .into_iter()
            .filter(|version| !version.is_empty())
            .collect(),
        operations,
        messages: merge::messages(messages, found),
    };
    open_links(&mut service, found);
    service
}

/// The operations by path and method, each path's variables under one name, each identifier once.
fn distinct(operations: Vec<Operation>, found: &mut Diagnostics) -> Vec<Operation> {
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    let mut known: BTreeMap<(String, crate::page::Verb), Operation> = BTreeMap::new();
    for operation in operations {
        let shape = template::shape(&operation.path);
        let path = paths
            .entry(shape)
            .or_insert_with(|| operation.path.clone())
            .clone();
        let operation = renamed(operation, &path, found);
        let place = (operation.path.clone(), operation.verb);
        if let Some(first) = known.get(&place) {
            let message = format!(
                "`{}` is described on another page too, as `{}`",
                operation.path, first.id
            );
            found.push(
                IMPORT_TWICE,
                Place::Span(operation.at.file, operation.at.span.clone()),
                message,
            );
        } else {
            known.insert(place, operation);
        }
    }
    let mut ids: Vec<String> = Vec::new();
    let mut all = Vec::new();
    let mut versions: Vec<String> = known
        .keys()
        .map(|(path, _)| template::service(path).1)
        .collect();
    versions.dedup();
    for mut operation in known.into_values() {
        let wanted = operation.id.clone();
        operation.id = unlike(&wanted, &operation.path, versions.len() > 1, &ids);
        if operation.id != wanted {
            let message = format!(
                "this operation is `{}`, since another is called `{wanted}`",
                operation.id
            );
            let place = Place::Span(operation.at.file, operation.at.span.clone());
            found.push(IMPORT_RENAMED, place, message);
        }
        ids.push(operation.id.clone());
        all.push(operation);
    }
    all
}

/// An identifier that no other operation has: with the path's version where there are several, or with a number.
fn unlike(wanted: &str, path: &str, several: bool, ids: &[String]) -> String {
    let free = |id: &String| !ids.contains(id);
    let (_, version) = template::service(path);
    let version = if several { version } else { String::new() };
    let versioned = format!("{wanted}{}", crate::words::capitalized(&version));
    let mut candidates = [wanted.to_owned(), versioned].into_iter();
    let mut numbered = (2..).map(|number: u32| format!("{wanted}{number}"));
    candidates
        .find(free)
        .or_else(|| numbered.find(free))
        .unwrap_or_default()
}

/// The operation under a path that differs in the names of its variables alone.
fn renamed(mut operation: Operation, path: &str, found: &mut Diagnostics) -> Operation {
    if operation.path == path {
        return operation;
    }
    let names = template::variables(path);
    let olds = template::variables(&operation.path);
    for field in &mut operation.variables {
        let at = olds.iter().position(|old| *old == field.row.name);
        if let Some(name) = at
            .and_then(|at| names.get(at))
            .filter(|name| **name != field.row.name)
        {
            let message = format!(
                "the path's variable `{}` is `{name}`, as on another page of the path",
                field.row.name
            );
            found.push(
                IMPORT_RENAMED,
                Place::Span(operation.at.file, operation.at.span.clone()),
                message,
            );
            field.row.name.clone_from(name);
        }
    }
    Operation {
        path: path.to_owned(),
        ..operation
    }
}

/// Says which types are on no page, and leaves their fields open.
fn open_links(service: &mut Service, found: &mut Diagnostics) {
    let known: Vec<String> = service.messages.keys().cloned().collect();
    let known: std::collections::BTreeSet<&str> = known.iter().map(String::as_str).collect();
    let messages = service
        .messages
        .values_mut()
        .flat_map(|message| message.fields.values_mut());
    let query = service
        .operations
        .iter_mut()
        .flat_map(|operation| operation.query.iter_mut());
    for field in messages.chain(query) {
        for missing in opened(&mut field.row.kind, &known) {
            let message = format!("no given page describes `{missing}`");
            found.push(
                IMPORT_LINK,
                Place::Span(field.file, field.row.span.clone()),
                message,
            );
        }
    }
}

fn opened(kind: &mut crate::page::Kind, known: &std::collections::BTreeSet<&str>) -> Vec<String> {
    use crate::page::Kind;
    match kind {
        Kind::Message(key) if !known.contains(key.as_str()) => {
            let missing = std::mem::take(key);
            *kind = Kind::Free;
            vec![missing]
        }
        Kind::Map(value) => opened(value, known),
        Kind::Either(kinds) => kinds
            .iter_mut()
            .flat_map(|kind| opened(kind, known))
            .collect(),
        Kind::Message(_)
        | Kind::Text(_)
        | Kind::Boolean
        | Kind::Integer
        | Kind::Number
        | Kind::Free
        | Kind::Enum(..) => Vec::new(),
    }
}
