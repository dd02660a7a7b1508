//! Repairs and losses: the diagnostics of the document by code, and links to them from the entries that they concern.

use super::code::message;
use super::index::{diagnostic_id, Index, Target};
use super::markdown;
use crate::report::severity_name;
use maud::{html, Markup};
use std::collections::BTreeMap;
use typewright::diagnostics::{Code, Diagnostic, Severity};

/// Diagnostics of more entries than this are folded, unless they are errors.
const MAX_UNFOLDED: usize = 20;

/// An entry's links to its diagnostics are at most this many; the section has all.
const MAX_LINKS: usize = 20;

/// A diagnostic with its number and the entry that it concerns.
type Occurrence<'i> = (usize, &'i Diagnostic, Option<&'i Target>);

/// Number of diagnostics of a severity.
pub fn count(severity: Severity, index: &Index<'_>) -> usize {
    let severities = index.diagnostics.iter().map(|(diagnostic, _)| diagnostic.code.severity);
    severities.filter(|other| *other == severity).count()
}

/// All diagnostics, the gravest codes first.
pub fn section(index: &Index<'_>) -> Markup {
    let mut codes: BTreeMap<_, (Code, Vec<Occurrence<'_>>)> = BTreeMap::new();
    for (number, (diagnostic, target)) in index.diagnostics.iter().enumerate() {
        let code = diagnostic.code;
        let entry = codes.entry((std::cmp::Reverse(code.severity), code.id));
        let (_, occurrences) = entry.or_insert_with(|| (code, Vec::new()));
        occurrences.push((number, diagnostic, target.as_ref()));
    }
    html! {
        section id="diagnostics" aria-labelledby="diagnostics-title" {
            h2 id="diagnostics-title" {
                "Repaired and lost " span.count { (index.diagnostics.len()) }
            }
            @if codes.is_empty() { p.empty { "Nothing was repaired or lost." } }
            @for (code, occurrences) in codes.values() { (group(*code, occurrences, index)) }
        }
    }
}

fn group(code: Code, occurrences: &[Occurrence<'_>], index: &Index<'_>) -> Markup {
    let severity = severity_name(code.severity);
    let is_open = code.severity == Severity::Error || occurrences.len() <= MAX_UNFOLDED;
    let explanation: Vec<String> = code.explanation.lines().map(str::to_owned).collect();
    html! {
        article.entry.code id=(format!("code.{}", code.id)) data-kind=(severity) {
            h3 {
                span class={ "severity " (severity) } { (severity) } " "
                code { (code.id) } " " (message(code.title)) " "
                span.count { (occurrences.len()) }
            }
            details { summary { "Explanation" } div.docs { (markdown::render(&explanation)) } }
            details.occurrences open[is_open] {
                summary { (occurrences.len()) @if occurrences.len() == 1 { " place" } @else { " places" } }
                ol { @for one in occurrences { (occurrence(*one, index)) } }
            }
        }
    }
}

fn occurrence((number, diagnostic, target): Occurrence<'_>, index: &Index<'_>) -> Markup {
    html! {
        li id=(diagnostic_id(number)) {
            p { (message(&diagnostic.message)) @if let Some(help) = &diagnostic.help { " – " (message(help)) } }
            p.place {
                @match index.place(&diagnostic.place) {
                    Some(place) => (place),
                    None => "in no file",
                }
                @if let Some(target) = target {
                    ", concerns " a href=(format!("#{}", target.id)) { code { (target.name) } }
                }
            }
            @if let Some([before, marked, after]) = index.excerpt(&diagnostic.place) {
                pre.excerpt { code { (before) mark { (marked) } (after) } }
            }
        }
    }
}

/// Links from an entry to the diagnostics that concern it.
pub fn links(id: &str, index: &Index<'_>) -> Markup {
    let numbers = index.concerning(id);
    let diagnostics = numbers.iter().filter_map(|number| {
        let (diagnostic, _) = index.diagnostics.get(*number)?;
        Some((*number, *diagnostic))
    });
    let others = numbers.len().saturating_sub(MAX_LINKS);
    html! {
        @if !numbers.is_empty() {
            ul.concerns aria-label="Diagnostics" {
                @for (number, diagnostic) in diagnostics.take(MAX_LINKS) {
                    @let severity = severity_name(diagnostic.code.severity);
                    li {
                        a href=(format!("#{}", diagnostic_id(number))) {
                            span class={ "severity " (severity) } { (severity) } " " (message(&diagnostic.message))
                        }
                    }
                }
                @if others > 0 { li { a href="#diagnostics" { "and " (others) " more" } } }
            }
        }
    }
}
