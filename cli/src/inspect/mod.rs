//! What a document holds, as data: for `typewright inspect`.

mod text;

pub use text::text;

use crate::commands::explain::word;
use crate::report;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use typewright::api::model::{AnyReason, Api, Operation, Owner, Schema, SchemeKind, Shape};
use typewright::diagnostics::{Diagnostics, Severity};
use typewright::source::Files;

/// What a document holds.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// The document as the user named it.
    pub document: String,
    /// The version of OpenAPI or Swagger it is written in.
    pub format: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The URL templates of its servers.
    pub servers: Vec<String>,
    /// What its security schemes are, by their names.
    pub security: IndexMap<String, String>,
    /// Its operations by their first tag; those without one under the empty tag.
    pub operations: IndexMap<String, Vec<Summary>>,
    /// How many schemas are components and how many stand inside others or operations.
    pub schemas: Schemas,
    /// How many findings there are of each code.
    pub findings: BTreeMap<&'static str, Finding>,
}

/// An operation in short.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// `operationId`, or what stands for it.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

/// How many schemas there are, and which have become any JSON.
#[derive(Debug, Serialize)]
pub struct Schemas {
    /// Under `components.schemas`.
    pub components: usize,
    /// Inside other schemas and operations.
    pub inline: usize,
    /// Positions that hold any JSON since the document asks for it.
    pub asked: usize,
    /// Positions that hold any JSON since the generator knows nothing better.
    pub untyped: Vec<Position>,
}

/// A position that became any JSON.
#[derive(Debug, Serialize)]
pub struct Position {
    /// Where it is, as `file:line:column` where that is known.
    pub place: String,
    /// Its JSON pointer.
    pub pointer: String,
    /// Why nothing better is known.
    pub reason: String,
}

/// A code that was found.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// How often.
    pub count: usize,
}

/// What is known of a document beside its [`Api`].
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The document as the user named it.
    pub document: &'a str,
    /// The version of OpenAPI or Swagger.
    pub format: &'a str,
    /// Its files.
    pub files: &'a Files,
    /// What was found in it.
    pub diagnostics: &'a Diagnostics,
}

/// Looks at a whole document.
pub fn inspect(api: &Api, source: &Source<'_>) -> Inspection {
    let servers = api.servers.iter();
    let schemes = api.security_schemes.iter();
    Inspection {
        document: source.document.to_owned(),
        format: source.format.to_owned(),
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        servers: servers.map(|server| server.url.clone()).collect(),
        security: schemes
            .map(|(name, scheme)| (name.clone(), kind(&scheme.kind)))
            .collect(),
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
        SchemeKind::OAuth2 {
            client_credentials, ..
        } => match client_credentials {
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
    let asked = |schema: &Schema| matches!(schema.shape, Shape::Any(AnyReason::Unconstrained));
    Schemas {
        components,
        inline: api.schemas.len() - components,
        asked: all().filter(|schema| asked(schema)).count(),
        untyped: all().filter_map(|schema| untyped(schema, files)).collect(),
    }
}

fn untyped(schema: &Schema, files: &Files) -> Option<Position> {
    let Shape::Any(AnyReason::Lossy(reason)) = &schema.shape else {
        return None;
    };
    Some(Position {
        place: report::place(files, &schema.at.place).unwrap_or_default(),
        pointer: schema.at.pointer.clone(),
        reason: reason.clone(),
    })
}

fn findings(diagnostics: &Diagnostics) -> BTreeMap<&'static str, Finding> {
    let mut found = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let code = diagnostic.code;
        let entry = found.entry(code.id).or_insert(Finding {
            severity: word(code.severity),
            title: code.title,
            count: 0,
        });
        entry.count += 1;
    }
    found
}

impl Inspection {
    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of = self.findings.values();
        let of = of.filter(|finding| finding.severity == word(severity));
        of.map(|finding| finding.count).sum()
    }
}

#[cfg(test)]
mod tests;
