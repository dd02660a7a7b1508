//! Operations: methods on paths, with everything that a call sends and gets.

mod body;
mod choose;
mod empty;
mod encoding;
mod incoming;
mod media_type;
mod parameter;
mod parts;
mod response;
mod security;
mod server;
mod streams;
mod unread;
mod version;
mod versions;

pub(super) use empty::names_some;
pub(super) use incoming::incoming;
pub use media_type::codec as codec_of;
pub use parts::{body_parts, is_made_of_parts, is_object, BodyPart, PartKind};
pub(super) use security::schemes;
pub(super) use server::servers;
pub(super) use unread::{report as report_unread, Unread};
pub(super) use versions::{expand, Versions};

use super::model::{Docs, LongRunning, Operation};
use super::resolve::Resolver;
use super::schema::{component_of, Lowering};
use super::schema_location::join;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{Example, OpenAPI, PathItem, ReferenceOr};
use serde_json::Value;

/// An operation as the document has it.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// Its JSON pointer in the normal form.
    pub pointer: String,
    /// The JSON pointer of its path item.
    pub item_pointer: String,
    pub path: &'a str,
    /// The method in upper case.
    pub method: String,
    pub item: &'a PathItem,
    pub operation: &'a openapiv3::Operation,
    /// The version of its media types, where it is not the one that calls have by default.
    pub version: Option<String>,
}

impl Entry<'_> {
    /// `operationId`, or a name made of method and path; with the version behind it.
    pub fn id(&self) -> String {
        versioned(self, self.plain_id(), "@")
    }

    /// The same without a version.
    pub fn plain_id(&self) -> String {
        match &self.operation.operation_id {
            Some(id) => id.clone(),
            None => {
                let words = self.path.split(|c: char| !c.is_alphanumeric());
                let words = words.filter(|word| !word.is_empty());
                let method = self.method.to_lowercase();
                let words: Vec<&str> = std::iter::once(method.as_str()).chain(words).collect();
                words.join("_")
            }
        }
    }
}

/// Every operation of the document, path by path.
pub(super) fn entries(openapi: &OpenAPI) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    for (path, item) in &openapi.paths.paths {
        let Some(item) = item.as_item() else { continue };
        let item_pointer = join("/paths", path);
        for (method, operation) in item.iter() {
            entries.push(Entry {
                pointer: join(&item_pointer, method),
                item_pointer: item_pointer.clone(),
                path,
                method: method.to_uppercase(),
                item,
                operation,
                version: None,
            });
        }
    }
    entries.extend(more_methods(openapi));
    entries
}

/// The operations whose methods 3.0 does not have.
fn more_methods(openapi: &OpenAPI) -> Vec<Entry<'_>> {
    let callbacks = openapi.components.iter().flat_map(|all| &all.callbacks);
    let mut entries = Vec::new();
    for (key, callback) in callbacks {
        let Some(method) = key.strip_prefix(keys::OPERATIONS) else {
            continue;
        };
        let at = join("/components/callbacks", key);
        for (path, item) in callback.as_item().into_iter().flatten() {
            let Some(operation) = &item.post else {
                continue;
            };
            let item_pointer = join(&at, path);
            entries.push(Entry {
                pointer: join(&item_pointer, "post"),
                item_pointer,
                path,
                method: method.to_owned(),
                item,
                operation,
                version: None,
            });
        }
    }
    entries
}

/// Lowers one operation; `index` is its place in the result.
pub(super) fn lower<'a>(
    lowering: &mut Lowering<'a, '_>,
    index: usize,
    entry: &Entry<'a>,
) -> Operation {
    let operation = entry.operation;
    let own = match operation.servers.is_empty() {
        true => (&entry.item.servers, &entry.item_pointer),
        false => (&operation.servers, &entry.pointer),
    };
    let text = |key: &str| operation.extensions.get(key)?.as_str().map(str::to_owned);
    Operation {
        at: lowering.site(entry.pointer.clone()),
        id: entry.id(),
        name: text(keys::NAME).map(|name| versioned(entry, name, "_")),
        version: entry.version.clone(),
        tag: operation.tags.first().cloned(),
        method: entry.method.clone(),
        path: entry.path.to_owned(),
        parameters: lowering.parameters(index, entry),
        body: lowering.body(index, entry),
        responses: lowering.replies(index, entry),
        security: lowering.security(entry),
        servers: servers(own.0),
        long_running: long_running(lowering, entry),
        pagination: None,
        docs: docs(entry),
    }
}

/// A name with the version behind it, where there is one.
fn versioned(entry: &Entry, name: String, between: &str) -> String {
    match &entry.version {
        Some(version) => format!("{name}{between}{version}"),
        None => name,
    }
}

fn docs(entry: &Entry) -> Docs {
    let operation = entry.operation;
    Docs {
        title: operation.summary.clone().or(entry.item.summary.clone()),
        description: operation
            .description
            .clone()
            .or(entry.item.description.clone()),
        deprecated: operation.deprecated,
        link: operation
            .external_docs
            .as_ref()
            .map(|docs| docs.url.clone()),
    }
}

/// The types that `x-typewright-operation` names.
fn long_running(lowering: &mut Lowering, entry: &Entry) -> Option<LongRunning> {
    let said = entry.operation.extensions.get(keys::LONG_RUNNING)?;
    let at = join(&entry.pointer, keys::LONG_RUNNING);
    let mut named = |member: &str| {
        let name = said.get(member)?.as_str()?;
        let found = component_of(lowering, name);
        if found.is_none() {
            let message = format!("`{name}` is no component schema");
            lowering.report(codes::UNRESOLVED, &join(&at, member), message);
        }
        found
    };
    Some(LongRunning {
        follow: None,
        metadata: named("metadata"),
        response: named("response"),
    })
}

/// Words, unless there are none.
fn text(words: &Option<String>) -> Option<String> {
    words.clone().filter(|words| !words.is_empty())
}

/// The name of the component in a pointer such as `/components/responses/NotFound`, with its section.
fn shared(pointer: &str) -> Option<(&str, String)> {
    let mut tokens = pointer.strip_prefix("/components/")?.split('/');
    let section = tokens.next()?;
    let name = tokens.next().filter(|_| tokens.next().is_none())?;
    Some((section, name.replace("~1", "/").replace("~0", "~")))
}

/// The examples of a parameter, header or media type.
fn examples<'a>(
    resolver: Resolver<'a>,
    example: Option<&Value>,
    examples: &'a IndexMap<String, ReferenceOr<Example>>,
) -> Vec<Value> {
    let listed = examples
        .values()
        .filter_map(|example| resolver.example(example)?.value.clone());
    example.cloned().into_iter().chain(listed).collect()
}
