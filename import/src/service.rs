//! Gathers resolved pages into services.

use crate::model::{Operation, Service};
use crate::page::Title;
use crate::page_reporter::PageReporter;
use crate::resolve::ResolvedPage;
use crate::{merge, template};
use indexmap::IndexMap;
use std::collections::BTreeMap;
use typewright::diagnostics::codes::import::{
    IMPORT_LINK, IMPORT_MOJIBAKE, IMPORT_RENAMED, IMPORT_TWICE,
};
use typewright::diagnostics::Diagnostics;

/// A resolved page with the service's name in its title.
#[derive(Clone, Debug)]
pub struct TitledPage {
    /// Name of the service, such as `Managed Service for Trino API`.
    pub service: String,
    /// The page's operations and messages.
    pub resolved: ResolvedPage,
}

/// The services of some pages, by their keys.
pub fn gather(pages: Vec<TitledPage>, diagnostics: &mut Diagnostics) -> Vec<Service> {
    let mut services: BTreeMap<String, Vec<TitledPage>> = BTreeMap::new();
    for page in pages {
        let key = page.resolved.operations.first().map(key).unwrap_or_default();
        services.entry(key).or_default().push(page);
    }
    services.into_iter().map(|(key, pages)| service(key, pages, diagnostics)).collect()
}

/// Key of a service: the vendor and the segments before the path's version, or the host's first word.
fn key(operation: &Operation) -> String {
    let (segments, _) = template::service(&operation.path);
    if !segments.is_empty() {
        return format!("yandex-{segments}");
    }
    let host = operation.host.split('.').next().unwrap_or_default();
    let host = if host.starts_with("{{") { "api" } else { host };
    format!("yandex-{}", crate::case::kebab(host))
}

fn service(key: String, pages: Vec<TitledPage>, diagnostics: &mut Diagnostics) -> Service {
    let mut titles: IndexMap<String, usize> = IndexMap::new();
    let mut operations = Vec::new();
    let mut messages = Vec::new();
    for page in pages {
        *titles.entry(page.service).or_default() += 1;
        operations.extend(page.resolved.operations);
        messages.extend(page.resolved.messages);
    }
    titles.sort_by(|name, count, other, others| others.cmp(count).then(name.cmp(other)));
    let title = titles.into_keys().next().unwrap_or_default();
    let operations = distinct(operations, diagnostics);
    let mut versions: Vec<String> =
        operations.iter().map(|one| template::service(&one.path).1).collect();
    versions.sort();
    versions.dedup();
    let mut service = Service {
        key,
        title,
        versions: versions.into_iter().filter(|version| !version.is_empty()).collect(),
        operations,
        messages: merge::messages(messages, diagnostics),
    };
    open_links(&mut service, diagnostics);
    service
}

/// The operations by path and method, each path's variables under one name, each identifier once.
fn distinct(operations: Vec<Operation>, diagnostics: &mut Diagnostics) -> Vec<Operation> {
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    let mut known: BTreeMap<(String, crate::page::Verb), Operation> = BTreeMap::new();
    for operation in operations {
        let shape = template::shape(&operation.path);
        let path = paths.entry(shape).or_insert_with(|| operation.path.clone()).clone();
        let operation = renamed(operation, &path, diagnostics);
        let place = (operation.path.clone(), operation.verb);
        if let Some(first) = known.get(&place) {
            let message =
                format!("`{}` is described on another page too, as `{}`", operation.path, first.id);
            diagnostics.push(IMPORT_TWICE, operation.at.place(), message);
        } else {
            known.insert(place, operation);
        }
    }
    let mut ids: Vec<String> = Vec::new();
    let mut all = Vec::new();
    let mut versions: Vec<String> =
        known.keys().map(|(path, _)| template::service(path).1).collect();
    versions.dedup();
    for mut operation in known.into_values() {
        let requested = operation.id.clone();
        operation.id = unique_id(&requested, &operation.path, versions.len() > 1, &ids);
        if operation.id != requested {
            let message = format!(
                "this operation is `{}`, since another is called `{requested}`",
                operation.id
            );
            let place = operation.at.place();
            diagnostics.push(IMPORT_RENAMED, place, message);
        }
        ids.push(operation.id.clone());
        all.push(operation);
    }
    all
}

/// A unique identifier: with the path's version if there are several, or with a number.
fn unique_id(requested: &str, path: &str, several: bool, ids: &[String]) -> String {
    let free = |id: &String| !ids.contains(id);
    let (_, version) = template::service(path);
    let version = if several { version } else { String::new() };
    let versioned = format!("{requested}{}", crate::case::capitalized(&version));
    let mut candidates = [requested.to_owned(), versioned].into_iter();
    let mut numbered = (2..).map(|number: u32| format!("{requested}{number}"));
    candidates.find(free).or_else(|| numbered.find(free)).unwrap_or_default()
}

/// The operation with a path that differs only in the names of its variables.
fn renamed(mut operation: Operation, path: &str, diagnostics: &mut Diagnostics) -> Operation {
    if operation.path == path {
        return operation;
    }
    let names = template::variables(path);
    let olds = template::variables(&operation.path);
    for field in &mut operation.variables {
        let at = olds.iter().position(|old| *old == field.row.name);
        if let Some(name) = at.and_then(|at| names.get(at)).filter(|name| **name != field.row.name)
        {
            let message = format!(
                "the path's variable `{}` is `{name}`, as on another page of the path",
                field.row.name
            );
            diagnostics.push(IMPORT_RENAMED, operation.at.place(), message);
            field.row.name.clone_from(name);
        }
    }
    Operation { path: path.to_owned(), ..operation }
}

/// Reports types that no page describes, and leaves their fields open.
fn open_links(service: &mut Service, diagnostics: &mut Diagnostics) {
    let known: Vec<String> = service.messages.keys().cloned().collect();
    let known: std::collections::BTreeSet<&str> = known.iter().map(String::as_str).collect();
    let messages = service.messages.values_mut().flat_map(|message| message.fields.values_mut());
    let query = service.operations.iter_mut().flat_map(|operation| operation.query.iter_mut());
    for field in messages.chain(query) {
        for missing in opened(&mut field.row.kind, &known) {
            let message = format!("no given page describes `{missing}`");
            diagnostics.push(IMPORT_LINK, field.place(), message);
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
        Kind::Either(kinds) => kinds.iter_mut().flat_map(|kind| opened(kind, known)).collect(),
        Kind::Message(_)
        | Kind::Text(_)
        | Kind::Boolean
        | Kind::Integer
        | Kind::Number
        | Kind::Free
        | Kind::Enum(..) => Vec::new(),
    }
}

/// Characters of Windows-1252 from 0x80 to 0x9F; the others are those of Unicode.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The service's name in a title, without the signs of a trademark, which are no part of a name.
pub fn service_name(title: &Title, reporter: &mut PageReporter<'_>) -> String {
    let name = repaired(title, reporter);
    name.replace(['™', '®'], "")
}

fn repaired(title: &Title, reporter: &mut PageReporter<'_>) -> String {
    match decoded(&title.service) {
        Some(name) => {
            let message = format!(
                "`{}` is UTF-8 that was read as Windows-1252; it says `{name}`",
                title.service
            );
            reporter.at(IMPORT_MOJIBAKE, &title.span, message);
            name
        }
        None => title.service.clone(),
    }
}

/// The original of a text that was encoded twice; `None` for other texts.
fn decoded(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

fn byte(c: char) -> Option<u8> {
    let high = HIGH.iter().position(|other| *other == c);
    match high {
        Some(at) => u8::try_from(at + 0x80).ok(),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn only_what_was_encoded_twice_changes() {
        assert_eq!(decoded("Metastoreâ„¢ API").as_deref(), Some("Metastore™ API"));
        for text in ["Plain", "Metastore™", "Кластер", "Überfluß", ""] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
