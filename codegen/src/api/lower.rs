//! Driver of the phase: selects operations, lowers them and their schemas, and completes the arena.

use super::long_running::long_running;
use super::model::{Api, Docs, Info, Operation, Schemas, Tag};
use super::operation::{
    entries, expand, has_path_parameter, report_unread, servers, Entry, OperationLowering, Versions,
};
use super::pagination::{configured, pagination, OperationSettings};
use super::resolve::Resolver;
use super::schema::{finish, Lowering};
use super::schema_source::join;
use super::select::select;
use super::xml;
use crate::diagnostics::codes::api as codes;
use crate::diagnostics::{Code, Diagnostics, Place};
use crate::normalize::{keys, Targets};
use openapiv3::OpenAPI;
use serde_json::Value;
use std::collections::BTreeSet;

/// A document in the normal form.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Document.
    pub openapi: &'a OpenAPI,
    /// Schemas to which references point, other than components.
    pub targets: &'a Targets,
    /// Maps a JSON pointer in the document to the place in the user's file.
    pub place: &'a dyn Fn(&str) -> Place,
}

/// Selection of operations, and settings of the phase.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Operations to include: an `operationId`, `tag:NAME` or `METHOD /path`, with globs; all if empty.
    pub include: Vec<String>,
    /// Operations to exclude, in the same forms.
    pub exclude: Vec<String>,
    /// `true` to take schemas literally: see [`crate::Options::strict_schemas`].
    pub literal: bool,
    /// Newest version of media types to use; the newest released one if `None`.
    pub version: Option<String>,
    /// Further versions of media types that a call can select; `all` for every one.
    pub versions: Vec<String>,
    /// `true` to retain every media type of bodies, as servers need them: also those that another one or another version
    /// replaces for a client.
    pub every_media_type: bool,
    /// Pagination of operations.
    pub pagination: OperationSettings,
    /// Long-running operations.
    pub long_running: OperationSettings,
    /// Responses that are streams.
    pub streams: OperationSettings,
    /// Path parameters that may be empty: `OPERATION.PARAMETER`.
    pub empty_path: Vec<String>,
}

impl Options {
    /// `true` if only some operations are selected.
    pub fn is_selective(&self) -> bool {
        !(self.include.is_empty() && self.exclude.is_empty())
    }
}

/// Lowers a document to the API model.
///
/// All component schemas are included, and all inline schemas that are reached; if only some operations are selected,
/// only the components that they reach.
pub fn lower_input(input: Input, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let entries = entries(input.openapi);
    report_unknown(&entries, options, diagnostics);
    let selected = select(entries, options, diagnostics);
    let versions =
        Versions { default: options.version.clone(), selectable: options.versions.clone() };
    let resolver =
        Resolver { openapi: input.openapi, targets: input.targets, literal: options.literal };
    let (entries, versions) = expand(resolver, selected, versions, diagnostics);
    let phase = Phase { input, resolver, options, entries, versions };
    phase.run(diagnostics)
}

/// Reports settings of operations and parameters that the document does not have.
fn report_unknown(entries: &[Entry], options: &Options, diagnostics: &mut Diagnostics) {
    let tables = [
        ("pagination", &options.pagination),
        ("long-running", &options.long_running),
        ("streams", &options.streams),
    ];
    let mut unknown = Vec::new();
    for (table, settings) in tables {
        for name in settings.keys().filter(|name| *name != "*") {
            let plain_name = name.split('@').next().unwrap_or_default();
            let is_named = |entry: &Entry| {
                *name == format!("{} {}", entry.method, entry.path)
                    || plain_name == entry.plain_id()
            };
            if !entries.iter().any(is_named) {
                unknown.push(format!("`{table}` names `{name}`, which is not an operation"));
            }
        }
    }
    for name in &options.empty_path {
        if !entries.iter().any(|entry| has_path_parameter(entry, name)) {
            unknown.push(format!("`empty-path` names `{name}`, which is not a path parameter"));
        }
    }
    for message in unknown {
        diagnostics.push(codes::SELECTS_NOTHING, Place::Nowhere, message);
    }
}

/// The phase, once the operations and their versions are known.
struct Phase<'a> {
    input: Input<'a>,
    resolver: Resolver<'a>,
    options: &'a Options,
    entries: Vec<Entry<'a>>,
    versions: Versions,
}

impl<'a> Phase<'a> {
    fn run(&self, diagnostics: &mut Diagnostics) -> Api {
        let reached = self.options.is_selective().then(|| self.reached_components());
        let mut lowering = self.lowering(diagnostics);
        let is_included = |name: &str| reached.as_ref().is_none_or(|all| all.contains(name));
        lowering.schemas.components(is_included);
        let security_schemes = lowering.security_schemes();
        let mut operations = self.operations(&mut lowering);
        let incoming = lowering.incoming(&self.entries);
        lowering.schemas.run();
        let unread = std::mem::take(&mut lowering.unread);
        let schemas = finish(lowering.schemas);
        report_unread(&unread, &schemas, self.input.place, diagnostics);
        let xml = xml::set_names(&mut operations, &schemas, self.input.place, diagnostics);
        let openapi = self.input.openapi;
        Api {
            xml,
            info: info(openapi),
            servers: servers(&openapi.servers),
            security_schemes,
            tags: tags(openapi, &operations),
            operations: self.follow_ups(&operations, &schemas, diagnostics),
            incoming,
            schemas,
        }
    }

    fn lowering<'d>(&'d self, diagnostics: &'d mut Diagnostics) -> OperationLowering<'a, 'd> {
        OperationLowering {
            schemas: Lowering::new(self.resolver, self.input.place, diagnostics),
            options: self.options,
            versions: &self.versions,
            unread: Vec::new(),
        }
    }

    fn operations(&self, lowering: &mut OperationLowering<'a, '_>) -> Vec<Operation> {
        let entries = self.entries.iter().enumerate();
        entries.map(|(index, entry)| lowering.operation(index, entry)).collect()
    }

    /// Returns the components that operations reach, found by lowering them; diagnostics are discarded.
    fn reached_components(&self) -> BTreeSet<String> {
        let mut discarded = Diagnostics::new();
        let mut lowering = self.lowering(&mut discarded);
        self.operations(&mut lowering);
        lowering.incoming(&self.entries);
        lowering.schemas.run();
        lowering.schemas.lowered_components()
    }

    /// Adds pagination and the tracking of long-running operations, which depend on the shapes of responses.
    fn follow_ups(
        &self,
        operations: &[Operation],
        schemas: &Schemas,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Operation> {
        let mut completed = Vec::with_capacity(operations.len());
        for (operation, entry) in operations.iter().zip(&self.entries) {
            let mut report = |key: &str, code: Code, reason: Option<String>| {
                if let Some(reason) = reason {
                    let place = (self.input.place)(&join(&entry.pointer, key));
                    diagnostics.push(code, place, reason);
                }
            };
            let ids = [operation.id.clone(), operation.plain_id().to_owned()];
            let declared = |settings: &'a OperationSettings, key: &str| {
                configured(settings, &ids, &operation.method, &operation.path)
                    .or(entry.operation.extensions.get(key))
            };
            let declared_pages = declared(&self.options.pagination, keys::PAGINATION);
            let (pagination, reason) = pagination(operation, schemas, declared_pages);
            report(keys::PAGINATION, codes::PAGINATION, reason);
            let declared_polling = declared(&self.options.long_running, keys::LONG_RUNNING);
            let (long_running, reason) =
                long_running(operation, operations, schemas, declared_polling);
            report(keys::LONG_RUNNING, codes::LONG_RUNNING, reason);
            completed.push(Operation { pagination, long_running, ..operation.clone() });
        }
        completed
    }
}

fn info(openapi: &OpenAPI) -> Info {
    let info = &openapi.info;
    let summary = info.extensions.get(keys::SUMMARY);
    let license = info.license.as_ref().map(|license| {
        let identifier = license.extensions.get(keys::IDENTIFIER);
        identifier.and_then(Value::as_str).unwrap_or(&license.name).to_owned()
    });
    Info {
        license,
        title: info.title.clone(),
        version: info.version.clone(),
        docs: Docs {
            title: summary.and_then(Value::as_str).map(str::to_owned),
            description: info.description.clone(),
            ..Docs::default()
        },
    }
}

/// Returns the first tags of operations: those that the document declares, then the others.
fn tags(openapi: &OpenAPI, operations: &[Operation]) -> Vec<Tag> {
    let used = || operations.iter().filter_map(|operation| operation.tag.as_deref());
    let mut missing: BTreeSet<&str> = used().collect();
    let mut tags = Vec::with_capacity(missing.len());
    for tag in &openapi.tags {
        if missing.remove(tag.name.as_str()) {
            tags.push(Tag {
                name: tag.name.clone(),
                docs: Docs {
                    description: tag.description.clone(),
                    link: tag.external_docs.as_ref().map(|docs| docs.url.clone()),
                    ..Docs::default()
                },
            });
        }
    }
    for name in used().filter(|name| missing.remove(name)) {
        tags.push(Tag { name: name.to_owned(), docs: Docs::default() });
    }
    tags
}
