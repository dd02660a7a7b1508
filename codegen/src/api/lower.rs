//! The driver of the phase: what is selected, then schemas and operations, then the arena closed.

use super::ir::{Api, Docs, Info, Operation, Tag};
use super::operation::{entries, incoming, lower as lower_operation, schemes, servers, Entry};
use super::resolve::Resolver;
use super::schema::{finish, Lowering};
use super::select::select;
use crate::diagnostics::{Diagnostics, Place};
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
}

/// What the document means.
///
/// Every component schema is kept, and every schema written in place that is reached; where operations are selected,
/// only those components are that the selected operations reach.
pub fn lower_input(input: Input, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let all = entries(input.openapi);
    let selects = !(options.include.is_empty() && options.exclude.is_empty());
    let wanted = select(all, options, diagnostics);
    let resolver = Resolver {
        openapi: input.openapi,
        literal: options.literal,
    };
    let place = input.place;
    if !selects {
        let lowering = Lowering::new(resolver, place, diagnostics);
        return run(lowering, &wanted, |_| true);
    }
    let reached = reached(resolver, place, &wanted);
    let lowering = Lowering::new(resolver, place, diagnostics);
    run(lowering, &wanted, |name| reached.contains(name))
}

/// The components that operations reach: found by lowering them, what is there to say of it left unsaid.
fn reached(
    resolver: Resolver,
    place: &dyn Fn(&str) -> Place,
    wanted: &[Entry],
) -> BTreeSet<String> {
    let mut unsaid = Diagnostics::new();
    let mut lowering = Lowering::new(resolver, place, &mut unsaid);
    operations(&mut lowering, wanted);
    incoming(&mut lowering, wanted);
    lowering.run();
    lowering.met_components().into_iter().collect()
}

fn operations<'a>(lowering: &mut Lowering<'a, '_>, wanted: &[Entry<'a>]) -> Vec<Operation> {
    let wanted = wanted.iter().enumerate();
    wanted
        .map(|(index, entry)| lower_operation(lowering, index, entry))
        .collect()
}

fn run<'a>(
    mut lowering: Lowering<'a, '_>,
    wanted: &[Entry<'a>],
    keep: impl FnMut(&str) -> bool,
) -> Api {
    let openapi = lowering.resolver.openapi;
    lowering.components(keep);
    let schemes = schemes(&mut lowering);
    let operations = operations(&mut lowering, wanted);
    let incoming = incoming(&mut lowering, wanted);
    lowering.run();
    Api {
        info: info(openapi),
        servers: servers(&openapi.servers),
        schemes,
        tags: tags(openapi, &operations),
        operations,
        incoming,
        schemas: finish(lowering),
    }
}

fn info(openapi: &OpenAPI) -> Info {
    let summary = openapi.info.extensions.get("x-typewright-summary");
    Info {
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
