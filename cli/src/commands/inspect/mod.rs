//! `typewright inspect`: a summary of a document, as text or JSON.

mod text;

use crate::args::Inspect;
use crate::crate_name::default_name;
use crate::paths::configuration_folder;
use crate::remote::{self, Request};
use crate::report::{place, severity_name, Reporter, Status};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use text::text;
use typewright::api::model::{AnyReason, Api, Operation, Owner, Schema, SchemeKind, Shape};
use typewright::diagnostics::{escape_invisible, printable, Diagnostics, Severity};
use typewright::source::Files;
use typewright::Options;

/// Prints a summary of a document. Diagnostics go to stderr, as in the other commands.
pub fn run(arguments: &Inspect, reporter: &Reporter) -> Status {
    let document = &arguments.document;
    let options = Options::new(|options| {
        options.name = default_name(document);
        options.overlays = arguments.overlay.clone();
    });
    let request = Request {
        document,
        root: arguments.root.as_deref(),
        base: &configuration_folder(None),
        fetch: true,
    };
    let Some(opened) = remote::open(request, reporter) else {
        return Status::Failed;
    };
    let loader = reporter.observed(opened.loader.as_ref());
    let analysed = typewright::inspect(&opened.entry, &loader, &options);
    let failed = reporter.report(&analysed.files, &analysed.diagnostics);
    let Some(api) = &analysed.api else {
        return Status::Failed;
    };
    let source = Source {
        document: &opened.entry,
        format: &analysed.format,
        files: &analysed.files,
        diagnostics: &analysed.diagnostics,
    };
    let inspection = inspect(api, &source);
    if !arguments.json {
        reporter.print(&printable(&text(&inspection)));
    } else if let Ok(json) = serde_json::to_string_pretty(&inspection) {
        reporter.print(&format!("{}\n", escape_invisible(&json)));
    }
    if failed {
        Status::Failed
    } else {
        Status::Done
    }
}

/// The summary of a document.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// The document, as the user named it.
    pub document: String,
    /// The version of OpenAPI or Swagger it is written in.
    pub format: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The URL templates of its servers.
    pub servers: Vec<String>,
    /// Descriptions of its security schemes, by name.
    pub security: IndexMap<String, String>,
    /// Its operations by first tag; those without tags under the empty one.
    pub operations: IndexMap<String, Vec<Summary>>,
    /// Counts of its schemas.
    pub schemas: Schemas,
    /// Its diagnostics, by code.
    pub findings: BTreeMap<&'static str, Finding>,
}

/// An operation.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// `operationId`, or the name derived from method and path.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// `true` if the document declares it deprecated.
    pub deprecated: bool,
}

/// Counts of schemas, and those that became any JSON.
#[derive(Debug, Serialize)]
pub struct Schemas {
    /// Schemas in `components.schemas`.
    pub components: usize,
    /// Schemas in other schemas and in operations.
    pub inline: usize,
    /// Schemas that allow any JSON.
    #[serde(rename = "asked")]
    pub unconstrained: usize,
    /// Schemas for which the generator has no better type than any JSON.
    pub untyped: Vec<Position>,
}

/// A schema that became any JSON.
#[derive(Debug, Serialize)]
pub struct Position {
    /// Its place as `file:line:column`; empty if unknown.
    pub place: String,
    /// Its JSON pointer.
    pub pointer: String,
    /// The reason.
    pub reason: String,
}

/// The diagnostics of one code.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// Title of the code.
    pub title: &'static str,
    /// Number of diagnostics.
    pub count: usize,
}

/// A document, in addition to its [`Api`].
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The document, as the user named it.
    pub document: &'a str,
    /// The version of OpenAPI or Swagger.
    pub format: &'a str,
    /// Its files.
    pub files: &'a Files,
    /// Its diagnostics.
    pub diagnostics: &'a Diagnostics,
}

/// Summarises a document.
pub fn inspect(api: &Api, source: &Source<'_>) -> Inspection {
    let servers = api.servers.iter();
    let schemes = api.security_schemes.iter();
    Inspection {
        document: source.document.to_owned(),
        format: source.format.to_owned(),
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        servers: servers.map(|server| server.url.clone()).collect(),
        security: schemes.map(|(name, scheme)| (name.clone(), kind(&scheme.kind))).collect(),
        operations: operations(api),
        schemas: schemas(api, source.files),
        findings: findings(source.diagnostics),
    }
}

fn kind(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { name, .. } => format!("API key `{name}`"),
        SchemeKind::Basic => "HTTP basic".into(),
        SchemeKind::Bearer => "bearer token".into(),
        SchemeKind::Digest => "HTTP digest".into(),
        SchemeKind::OAuth2 { client_credentials, .. } => match client_credentials {
            Some(url) => format!("OAuth 2.0, client credentials at {url}"),
            None => "OAuth 2.0, by a token".into(),
        },
        SchemeKind::OpenIdConnect(url) => format!("OpenID Connect at {url}"),
        SchemeKind::MutualTls => "mutual TLS".into(),
        SchemeKind::Unplaced => "an API key, sent by the caller".into(),
        SchemeKind::Other(name) => format!("`{name}`, by a token"),
    }
}

fn operations(api: &Api) -> IndexMap<String, Vec<Summary>> {
    let mut by_tag: IndexMap<String, Vec<Summary>> = IndexMap::new();
    for operation in &api.operations {
        let tag = operation.tag.clone().unwrap_or_default();
        by_tag.entry(tag).or_default().push(summary(operation));
    }
    by_tag
}

fn summary(operation: &Operation) -> Summary {
    Summary {
        id: operation.id.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        deprecated: operation.docs.deprecated,
    }
}

fn schemas(api: &Api, files: &Files) -> Schemas {
    let component = |schema: &Schema| matches!(schema.owner, Owner::Component(_));
    let all = || api.schemas.iter().map(|(_, schema)| schema);
    let components = all().filter(|schema| component(schema)).count();
    let is_unconstrained =
        |schema: &Schema| matches!(schema.shape, Shape::Any(AnyReason::Unconstrained));
    Schemas {
        components,
        inline: api.schemas.len() - components,
        unconstrained: all().filter(|schema| is_unconstrained(schema)).count(),
        untyped: all().filter_map(|schema| untyped(schema, files)).collect(),
    }
}

fn untyped(schema: &Schema, files: &Files) -> Option<Position> {
    let Shape::Any(AnyReason::Lossy(reason)) = &schema.shape else {
        return None;
    };
    Some(Position {
        place: place(files, &schema.at.place).unwrap_or_default(),
        pointer: schema.at.pointer.clone(),
        reason: reason.clone(),
    })
}

fn findings(diagnostics: &Diagnostics) -> BTreeMap<&'static str, Finding> {
    let mut findings = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let code = diagnostic.code;
        let entry = findings.entry(code.id).or_insert(Finding {
            severity: severity_name(code.severity),
            title: code.title,
            count: 0,
        });
        entry.count += 1;
    }
    findings
}

impl Inspection {
    /// The number of diagnostics of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let findings = self.findings.values();
        let findings = findings.filter(|finding| finding.severity == severity_name(severity));
        findings.map(|finding| finding.count).sum()
    }
}

#[cfg(test)]
mod tests;
