//! Selection of operations, and of the diagnostics that concern them.

use super::lower::Options;
use super::model::Api;
use super::operation::Entry;
use super::read_write::{request_uses, response_uses, uses};
use crate::diagnostics::{codes::api as codes, Diagnostics, Place};
use crate::source::FileId;
use crate::syntax::pointer;
use std::collections::BTreeSet;

/// Returns the operations that the options keep; reports selectors without a match, with the nearest name.
pub(super) fn select<'a>(
    entries: Vec<Entry<'a>>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    for selector in options.include.iter().chain(&options.exclude) {
        if !entries.iter().any(|entry| is_match(entry, selector)) {
            report_unmatched(&entries, selector, diagnostics);
        }
    }
    let matches_any = |selectors: &[String], entry: &Entry| {
        selectors.iter().any(|selector| is_match(entry, selector))
    };
    let is_included = |entry: &Entry| {
        (options.include.is_empty() || matches_any(&options.include, entry))
            && !matches_any(&options.exclude, entry)
    };
    entries.into_iter().filter(is_included).collect()
}

fn is_match(entry: &Entry, selector: &str) -> bool {
    if let Some(tag) = selector.strip_prefix("tag:") {
        return entry.operation.tags.iter().any(|name| glob(tag, name));
    }
    match selector.split_once(' ') {
        Some((method, path)) => {
            glob(&method.to_ascii_uppercase(), &entry.method) && glob(path.trim(), entry.path)
        }
        None => glob(selector, &entry.id()),
    }
}

/// `true` if a pattern with `*` (any text) and `?` (one character) matches the whole text.
pub fn glob(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut from) = (0, 0);
    // Where to continue if the pattern after the last `*` does not match: after it, one character further in the text.
    let mut retry = None;
    while from < text.len() {
        match pattern.get(at) {
            Some('*') => {
                at += 1;
                retry = Some((at, from));
            }
            Some(expected) if *expected == '?' || text.get(from) == Some(expected) => {
                at += 1;
                from += 1;
            }
            Some(_) | None => match retry {
                Some((after_star, start)) => {
                    at = after_star;
                    from = start + 1;
                    retry = Some((after_star, from));
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|character| *character == '*')
}

fn report_unmatched(entries: &[Entry], selector: &str, diagnostics: &mut Diagnostics) {
    let message = format!("`{selector}` selects no operation");
    let help = match nearest(entries, selector) {
        Some(name) => format!("is `{name}` meant?"),
        None => "`typewright inspect` lists the operations and tags".to_owned(),
    };
    diagnostics.push_with_help(codes::SELECTS_NOTHING, Place::Nowhere, message, help);
}

/// The least similarity, from 0 to 1, of a selector that is proposed.
const SIMILAR: f64 = 0.5;

/// The most similar selector of any form, since people write the bare name of a tag, or a path without a method. Of equally
/// similar ones the first of these forms: operation, method and path, tag, path.
fn nearest(entries: &[Entry], selector: &str) -> Option<String> {
    let ids = || entries.iter().map(Entry::id);
    let lines = || entries.iter().map(|entry| format!("{} {}", entry.method, entry.path));
    let tags = || entries.iter().flat_map(|entry| &entry.operation.tags);
    // what is compared, and the selector that it stands for
    let candidates = (ids().map(|id| (id.clone(), id)))
        .chain(lines().map(|line| (line.clone(), line)))
        .chain(tags().map(|tag| (tag.clone(), format!("tag:{tag}"))))
        .chain(tags().map(|tag| (format!("tag:{tag}"), format!("tag:{tag}"))))
        .chain(entries.iter().map(|entry| (entry.path.to_owned(), format!("* {}", entry.path))));
    let selector = selector.to_lowercase();
    let similarity =
        |name: &String| strsim::normalized_damerau_levenshtein(&selector, &name.to_lowercase());
    let best = candidates.fold((SIMILAR, None), |best, (name, proposal)| {
        let similarity = similarity(&name);
        if similarity > best.0 {
            (similarity, Some(proposal))
        } else {
            best
        }
    });
    best.1
}

/// A part of a document that selection keeps or drops: an operation, the other members of a path, or a component.
type Part = (FileId, Vec<String>);

/// Drops diagnostics of operations and components that the API does not include.
pub fn retain_selected(api: &Api, diagnostics: &mut Diagnostics) {
    let mut parts: BTreeSet<Part> = BTreeSet::new();
    for operation in &api.operations {
        let of_operation = part(&operation.at.place);
        let of_path = of_operation.clone().map(|(file, mut tokens)| {
            tokens.truncate(2);
            (file, tokens)
        });
        parts.extend([of_operation, of_path].into_iter().flatten());
        parts.extend(
            request_uses(operation)
                .chain(response_uses(operation))
                .filter_map(|used| part(&used.at.place)),
        );
    }
    for (_, schema) in api.schemas.iter() {
        let uses = uses(&schema.shape).into_iter().map(|used| &used.at);
        parts.extend(uses.chain([&schema.at]).filter_map(|at| part(&at.place)));
    }
    diagnostics
        .retain(|diagnostic| part(&diagnostic.place).is_none_or(|part| parts.contains(&part)));
}
/// Returns the part that a place belongs to; `None` if it concerns the document as a whole, or lies outside it.
fn part(place: &Place) -> Option<Part> {
    let (Place::Pointer(file, at) | Place::Key(file, at)) = place else {
        return None;
    };
    let mut tokens: Vec<String> = pointer::steps(at).map(|token| token.into_owned()).collect();
    let texts: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let length = match texts.as_slice() {
        ["paths", _, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query", ..] => {
            3
        }
        ["paths", _, "additionalOperations", _, ..] => 4,
        ["paths", _, ..] => 2,
        ["components", "securitySchemes", ..] => return None,
        ["components", _, _, ..] => 3,
        ["definitions" | "parameters" | "responses", _, ..] => 2,
        _ => return None,
    };
    tokens.truncate(length);
    Some((*file, tokens))
}
