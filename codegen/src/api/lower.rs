//! The driver of the phase: what is selected, then schemas and operations, then the arena closed.

use super::long_running::{long_running, Among};
use super::model::{Api, Docs, Info, Operation, Schemas, Tag};
use super::operation::{
    entries, expand, incoming, lower as lower_operation, names_some, report_unread, schemes,
    servers, Entry, Versions,
};
use super::paging::{configured, paging, Declared};
use super::resolve::Resolver;
use super::schema::{finish, Lowering};
use super::schema_location::join;
use super::select::select;
use crate::diagnostics::codes::api as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::normalize::keys;
use openapiv3::OpenAPI;
use std::collections::BTreeSet;

/// A document in the normal form, and where its places are in the user's files.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The document.
    pub openapi: &'a OpenAPI,
    /// From a JSON pointer in the document to the place in the user's file.
    pub place: &'a dyn Fn(&str) -> Place,
}

/// Which operations are wanted, and how schemas are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which operations to keep; all where empty: an `operationId`, `tag:NAME` or `METHOD /path`, with globs.
    pub include: Vec<String>,
    /// Which operations to leave out, in the same forms.
    pub exclude: Vec<String>,
    /// Whether a schema says no more than it says: see [`crate::Options::literal`].
    pub literal: bool,
    /// Up to which version media types are used; the newest that is released where nothing is said.
    pub version: Option<String>,
    /// The versions of media types that a call can choose beside; `all` for every one there is.
    pub versions: Vec<String>,
    /// What the configuration says of the pages of operations.
    pub pagination: Declared,
    /// What the configuration says of long-running operations.
    pub long_running: Declared,
    /// What the configuration says of replies that are streams.
    pub streams: Declared,
    /// The parameters of paths that may be empty: `OPERATION.PARAMETER`.
    pub empty_path: Vec<String>,
}

impl Options {
    /// Whether operations are selected.
    pub fn selects(&self) -> bool {
        !(self.include.is_empty() && self.exclude.is_empty())
    }
}

/// What the document means.
///
/// Every component schema is kept, and every schema written in place that is reached; where operations are selected,
/// only those components are that the selected operations reach.
pub fn lower_input(input: Input, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let all = entries(input.openapi);
    unknown(&all, options, diagnostics);
    let selected = select(all, options, diagnostics);
    let versions = Versions {
        base: options.version.clone(),
        calls: options.versions.clone(),
        current: None,
    };
    let (entries, versions) = expand(resolver(input, options), selected, versions, diagnostics);
    let wanted = &Wanted { entries, versions };
    if !options.selects() {
        return run(input, options, wanted, |_| true, diagnostics);
    }
    let reached = reached(input, options, wanted);
    let keep = |name: &str| reached.contains(name);
    run(input, options, wanted, keep, diagnostics)
}

/// Reports what the configuration says of operations that the document does not have.
fn unknown(all: &[Entry], options: &Options, diagnostics: &mut Diagnostics) {
    let tables = [
        ("pagination", &options.pagination),
        ("long-running", &options.long_running),
        ("streams", &options.streams),
    ];
    for (table, declared) in tables {
        for name in declared.keys().filter(|name| *name != "*") {
            let mut known = all.iter();
            let is = |entry: &Entry| {
                let line = format!("{} {}", entry.method, entry.path);
                let plain = name.split('@').next().unwrap_or_default();
                *name == line || plain == entry.plain_id()
            };
            if !known.any(is) {
                let message = format!("`{table}` speaks of `{name}`, which is no operation");
                diagnostics.push(codes::SELECTS_NOTHING, Place::Nowhere, message);
            }
        }
    }
    for name in &options.empty_path {
        if !all.iter().any(|entry| names_some(name, entry)) {
            let message =
                format!("`empty-path` speaks of `{name}`, which is no parameter of a path");
            diagnostics.push(codes::SELECTS_NOTHING, Place::Nowhere, message);
        }
    }
}

/// The operations that are wanted, and the versions of their media types.
struct Wanted<'a> {
    entries: Vec<Entry<'a>>,
    versions: Versions,
}

fn resolver<'a>(input: Input<'a>, options: &Options) -> Resolver<'a> {
    Resolver {
        openapi: input.openapi,
        literal: options.literal,
    }
}

/// The components that operations reach: found by lowering them, what is there to say of it left unsaid.
fn reached(input: Input, options: &Options, wanted: &Wanted) -> BTreeSet<String> {
    let mut unsaid = Diagnostics::new();
    let mut lowering = Lowering::new(
        resolver(input, options),
        (input.place, options),
        &mut unsaid,
    );
    operations(&mut lowering, wanted);
    incoming(&mut lowering, &wanted.entries);
    lowering.run();
    lowering.met_components().into_iter().collect()
}

fn operations<'a>(lowering: &mut Lowering<'a, '_>, wanted: &Wanted<'a>) -> Vec<Operation> {
    let mut operations = Vec::with_capacity(wanted.entries.len());
    for (index, entry) in wanted.entries.iter().enumerate() {
        lowering.versions = Versions {
            current: entry.version.clone(),
            ..wanted.versions.clone()
        };
        operations.push(lower_operation(lowering, index, entry));
    }
    lowering.versions.clone_from(&wanted.versions);
    operations
}

fn run(
    input: Input,
    options: &Options,
    wanted: &Wanted,
    keep: impl FnMut(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Api {
    let openapi = input.openapi;
    let mut lowering = Lowering::new(
        resolver(input, options),
        (input.place, options),
        diagnostics,
    );
    lowering.components(keep);
    let schemes = schemes(&mut lowering);
    let operations = operations(&mut lowering, wanted);
    let incoming = incoming(&mut lowering, &wanted.entries);
    lowering.run();
    let unread = std::mem::take(&mut lowering.unread);
    let schemas = finish(lowering);
    report_unread(&unread, &schemas, input.place, diagnostics);
    let all = (input, wanted.entries.as_slice());
    let operations = going_on(all, options, operations, &schemas, diagnostics);
    Api {
        info: info(openapi),
        servers: servers(&openapi.servers),
        security_schemes: schemes,
        tags: tags(openapi, &operations),
        operations,
        incoming,
        schemas,
    }
}

/// The operations with how they go on: to the next page, or to their end. The shapes of their replies tell.
fn going_on(
    (input, wanted): (Input, &[Entry]),
    options: &Options,
    operations: Vec<Operation>,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) -> Vec<Operation> {
    let mut found = Vec::with_capacity(operations.len());
    for (index, (operation, entry)) in operations.iter().zip(wanted).enumerate() {
        let mut unfit = |key: &str, code, reason: Option<String>| {
            if let Some(reason) = reason {
                let place = (input.place)(&join(&entry.pointer, key));
                diagnostics.push(code, place, reason);
            }
        };
        let extensions = &entry.operation.extensions;
        let ids = [operation.id.as_str(), operation.plain_id()];
        let line = (operation.method.as_str(), operation.path.as_str());
        let said = configured(&options.pagination, ids, line).or(extensions.get(keys::PAGINATION));
        let (pagination, reason) = paging(operation, schemas, said);
        unfit(keys::PAGINATION, codes::PAGINATION, reason);
        let all = Among {
            operations: &operations,
            index,
            schemas,
        };
        let said =
            configured(&options.long_running, ids, line).or(extensions.get(keys::LONG_RUNNING));
        let (long_running, reason) = long_running(all, said);
        unfit(keys::LONG_RUNNING, codes::LONG_RUNNING, reason);
        found.push((pagination, long_running));
    }
    let complete = |(operation, (pagination, long_running))| Operation {
        pagination,
        long_running,
        ..operation
    };
    operations.into_iter().zip(found).map(complete).collect()
}

fn info(openapi: &OpenAPI) -> Info {
    let summary = openapi.info.extensions.get(keys::SUMMARY);
    let license = openapi.info.license.as_ref().map(|license| {
        let identifier = license.extensions.get(keys::IDENTIFIER);
        let identifier = identifier.and_then(|text| text.as_str());
        identifier.unwrap_or(&license.name).to_owned()
    });
    Info {
        license,
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        docs: Docs {
            title: summary.and_then(|text| text.as_str()).map(str::to_owned),
            description: openapi.info.description.clone(),
            ..Docs::default()
        },
    }
}

/// The tags that operations carry first: those that the document lists, then the others.
fn tags(openapi: &OpenAPI, operations: &[Operation]) -> Vec<Tag> {
    let mut used: BTreeSet<&str> = operations
        .iter()
        .filter_map(|operation| operation.tag.as_deref())
        .collect();
    let mut tags = Vec::new();
    for tag in &openapi.tags {
        if used.remove(tag.name.as_str()) {
            let link = tag.external_docs.as_ref().map(|docs| docs.url.clone());
            tags.push(Tag {
                name: tag.name.clone(),
                docs: Docs {
                    description: tag.description.clone(),
                    link,
                    ..Docs::default()
                },
            });
        }
    }
    for operation in operations {
        if let Some(name) = operation.tag.as_deref().filter(|name| used.remove(name)) {
            tags.push(Tag {
                name: name.to_owned(),
                docs: Docs::default(),
            });
        }
    }
    tags
}
