//! Merges the descriptions of a message on several pages.

use crate::model::{Field, Message};
use crate::page::{Kind, Row};
use indexmap::IndexMap;
use typewright::diagnostics::codes::import::IMPORT_CONTRADICTS;
use typewright::diagnostics::Diagnostics;

/// The messages by key. Where two pages differ, both variants are allowed, and a warning is reported.
pub fn messages(all: Vec<Message>, diagnostics: &mut Diagnostics) -> IndexMap<String, Message> {
    let mut merged: IndexMap<String, Message> = IndexMap::new();
    for message in all {
        let message = match merged.get(&message.key) {
            Some(other) => two(other.clone(), message, diagnostics),
            None => message,
        };
        merged.insert(message.key.clone(), message);
    }
    merged
}

fn two(one: Message, other: Message, diagnostics: &mut Diagnostics) -> Message {
    let fields = fields(&one, &other, diagnostics);
    let mut groups = one.groups.clone();
    for group in &other.groups {
        let overlaps = |known: &Vec<String>| known.iter().any(|name| group.contains(name));
        if !groups.iter().any(overlaps) {
            groups.push(group.clone());
        } else if !groups.contains(group) {
            let message = format!(
                "pages put the fields `{}` of `{}` into different groups",
                group.join("`, `"),
                one.name
            );
            diagnostics.push(IMPORT_CONTRADICTS, other.at.place(), message);
            // A value that either page allows stays allowed.
            groups
                .iter_mut()
                .filter(|known| overlaps(known))
                .for_each(|known| known.retain(|name| group.contains(name)));
        }
    }
    let newer = one.newer || other.newer;
    Message {
        doc: if one.doc.is_empty() { other.doc } else { one.doc.clone() },
        groups,
        closed: one.closed && other.closed,
        fields,
        newer,
        ..one
    }
}

fn fields(
    one: &Message,
    other: &Message,
    diagnostics: &mut Diagnostics,
) -> IndexMap<String, Field> {
    let mut fields = one.fields.clone();
    let mut before: Option<usize> = None;
    for (name, field) in &other.fields {
        let mut report = |message: String| {
            diagnostics.push(IMPORT_CONTRADICTS, field.place(), message);
        };
        if let Some(known) = fields.get(name) {
            let row = row(known, field, (one, other), &mut report);
            fields.insert(name.clone(), row);
        } else {
            report(format!("`{}` has the field `{name}` here and not on another page", one.name));
            let at = before.map_or(0, |at| at + 1);
            fields.shift_insert(at.min(fields.len()), name.clone(), field.clone());
        }
        before = fields.get_index_of(name);
    }
    for (name, field) in &one.fields {
        if !other.fields.contains_key(name) {
            let message =
                format!("`{}` has the field `{name}` here and not on another page", one.name);
            diagnostics.push(IMPORT_CONTRADICTS, field.place(), message);
        }
    }
    fields
}

fn row(
    known: &Field,
    field: &Field,
    (one, other): (&Message, &Message),
    report: &mut impl FnMut(String),
) -> Field {
    let (a, b) = (&known.row, &field.row);
    for what in differences(a, b) {
        report(format!("pages differ in {what} of `{}` in `{}`", a.name, one.name));
    }
    let (kind, repeated) = match (one.newer, other.newer) {
        (true, false) => (a.kind.clone(), a.repeated),
        (false, true) => (b.kind.clone(), b.repeated),
        _ if a.kind == b.kind => (a.kind.clone(), a.repeated),
        _ => (either(&a.kind, &b.kind), a.repeated),
    };
    let row = Row {
        required: a.required && b.required,
        deprecated: a.deprecated || b.deprecated,
        unique: a.unique || b.unique,
        repeated,
        kind,
        doc: if a.doc.is_empty() { b.doc.clone() } else { a.doc.clone() },
        limits: if has_limits(a) { a.limits.clone() } else { b.limits.clone() },
        values: values(a, b),
        ..a.clone()
    };
    Field { row, ..known.clone() }
}

/// Names of the properties in which two pages differ.
fn differences(a: &Row, b: &Row) -> impl Iterator<Item = &'static str> {
    let checks = [
        (a.required != b.required, "whether a value is required"),
        (a.kind != b.kind, "the type"),
        (a.repeated != b.repeated, "whether it is a list"),
        (specified(a) != specified(b), "the values"),
        (a.limits != b.limits && has_limits(a) && has_limits(b), "the limits"),
    ];
    checks.into_iter().filter(|(differs, _)| *differs).map(|(_, what)| what)
}

fn has_limits(row: &Row) -> bool {
    row.limits != crate::page::Limits::default()
}

/// The values that a page lists, without the one for an unset field, which pages may omit.
fn specified(row: &Row) -> Vec<&String> {
    let mut values: Vec<&String> =
        row.values.keys().filter(|value| !value.ends_with("_UNSPECIFIED")).collect();
    values.sort();
    values
}

/// The values of both, the one for an unset field first.
fn values(a: &Row, b: &Row) -> IndexMap<String, String> {
    let mut values = IndexMap::new();
    let all = || a.values.iter().chain(&b.values);
    let first = all().filter(|(value, _)| value.ends_with("_UNSPECIFIED"));
    for (value, text) in first.chain(all()) {
        let known: &mut String = values.entry(value.clone()).or_default();
        if known.is_empty() {
            known.clone_from(text);
        }
    }
    values
}

/// Either of two types. An object that one page leaves open and another describes is the one described.
fn either(a: &Kind, b: &Kind) -> Kind {
    match (a, b) {
        (Kind::Free, Kind::Message(_) | Kind::Map(_)) => b.clone(),
        (Kind::Message(_) | Kind::Map(_), Kind::Free) => a.clone(),
        (Kind::Either(kinds), other) | (other, Kind::Either(kinds)) => {
            let mut kinds = kinds.clone();
            if !kinds.contains(other) && !kinds.is_empty() {
                kinds.push(other.clone());
            }
            Kind::Either(kinds)
        }
        _ => Kind::Either(vec![a.clone(), b.clone()]),
    }
}
