//! Overview: what the API is, where it is, how to authenticate, and how much there is of it.

use super::code::{list, ty, Remark, Row};
use super::diagnostics;
use super::index::Index;
use super::markdown;
use crate::commands::inspect::scheme_kind;
use maud::{html, Markup};
use typewright::api::model::{KeyLocation, SchemeKind, Server};
use typewright::diagnostics::Severity;
use typewright::diff::Model;
use typewright::emit::signature::{self, short};
use typewright::lower::model::{Client, Item, Scheme};

/// A longer description is folded, in lines of a doc comment.
const MAX_UNFOLDED_LINES: usize = 40;

/// Description and counts of an API.
pub fn section(model: &Model, index: &Index<'_>) -> Markup {
    let docs = &model.krate.docs;
    html! {
        section id="overview" aria-label="Overview" {
            (counts(model, index))
            @if docs.len() > MAX_UNFOLDED_LINES {
                details { summary { "Description" } div.docs { (markdown::render(docs)) } }
            } @else if !docs.is_empty() {
                div.docs { (markdown::render(docs)) }
            }
            (servers(&model.api.servers, model.krate.client.as_ref()))
            @if let Some(client) = &model.krate.client { (headers(client, index)) }
        }
        @if let Some(client) = &model.krate.client { (authentication(client)) }
    }
}

fn counts(model: &Model, index: &Index<'_>) -> Markup {
    let items = model.krate.types.iter().flat_map(|file| &file.items);
    let types = items.filter(|item| !matches!(item, Item::Validation(_))).count();
    let severities =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    html! {
        ul.counts aria-label="Counts" {
            (number("#operations", model.api.operations.len(), "operation"))
            (number("#types", types, "type"))
            @for (severity, noun) in severities {
                (number("#diagnostics", diagnostics::count(severity, index), noun))
            }
        }
    }
}

/// A number of things, with a link to them.
fn number(href: &str, count: usize, noun: &str) -> Markup {
    let plural = if count == 1 { "" } else { "s" };
    html! { li { a href=(href) { b { (count) } " " (noun) (plural) } } }
}

fn servers(servers: &[Server], client: Option<&Client>) -> Markup {
    let choices = client.map(|client| client.choices.as_slice()).unwrap_or_default();
    html! {
        h3 { "Servers" }
        @if servers.is_empty() {
            p.empty { "The document has none: " code { "Client::new(base_url, credentials)" } " takes the URL." }
        }
        ul.rows {
            @for (number, server) in servers.iter().enumerate() {
                li {
                    div.head {
                        code { (server.url) }
                        @for choice in choices.iter().filter(|choice| choice.index == number) {
                            " " span.remark { code { "servers::" (choice.name) } }
                        }
                    }
                    @if let Some(description) = &server.docs.description {
                        div.docs { (markdown::render(&typewright::rustdoc::lines(description))) }
                    }
                    @for variable in &server.variables {
                        div.docs {
                            code { "{" (variable.name) "}" } " is " code { (variable.default) } " by default"
                            @if !variable.values.is_empty() { ", one of " code { (variable.values.join(", ")) } }
                        }
                    }
                }
            }
        }
    }
}

/// Constants that decode documented response headers.
fn headers(client: &Client, index: &Index<'_>) -> Markup {
    let headers = client.headers.iter().map(|header| Row {
        name: format!("headers::{}", header.ident),
        ty: ty(&header.value.ty, index),
        remarks: vec![Remark::Wire(&header.wire)],
        attributes: &header.attributes,
    });
    let headers: Vec<Row<'_>> = headers.collect();
    html! {
        @if !headers.is_empty() {
            details { summary { "Response headers" } (list(&headers)) }
        }
    }
}

fn authentication(client: &Client) -> Markup {
    html! {
        section id="authentication" aria-labelledby="authentication-title" {
            h2 id="authentication-title" { "Authentication " span.count { (client.schemes.len()) } }
            @if client.schemes.is_empty() { p.empty { "No security schemes." } }
            @for scheme in &client.schemes { (scheme_entry(scheme)) }
        }
    }
}

fn scheme_entry(scheme: &Scheme) -> Markup {
    let arguments = short(&signature::credential(&scheme.kind));
    html! {
        article.entry.scheme id=(format!("scheme.{}", scheme.name.ident.text())) data-kind="scheme" {
            h3 { code { (scheme.name.wire) } }
            p.remark { (kind(&scheme.kind)) }
            pre.signature { code { "Credentials::new()." b { (scheme.name.ident) } "(" (arguments) ")" } }
            @if !scheme.attributes.docs.is_empty() {
                div.docs { (markdown::render(&scheme.attributes.docs)) }
            }
        }
    }
}

fn kind(kind: &SchemeKind) -> Markup {
    let SchemeKind::ApiKey { location, name } = kind else {
        return html! { (scheme_kind(kind)) };
    };
    let location = match location {
        KeyLocation::Header => "header",
        KeyLocation::Query => "query parameter",
        KeyLocation::Cookie => "cookie",
    };
    html! { "API key in the " (location) " " code { (name) } }
}
