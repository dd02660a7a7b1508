//! One text to one value tree, and what there is to say about the text.

use super::node::Node;
use super::oddities::report;
use super::origin::{OriginId, OriginTable};
use super::spans::Spans;
use super::yaml::{Failure, Fault};
use super::{json, reach, yaml, FileId, Files};
use crate::diagnostics::codes::load as codes;
use crate::diagnostics::{Code, Diagnostics, Place};
use std::borrow::Cow;

/// Reads a file. What is odd is reported; nothing comes back where the text is neither JSON nor YAML.
pub(super) fn parse(
    files: &Files,
    file: FileId,
    table: &mut OriginTable,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let text = &files.get(file)?.text;
    let node = if text.trim_start().starts_with(['{', '[']) {
        parse_json(files, file, table, diagnostics)
    } else {
        parse_yaml(files, file, table, diagnostics)
    };
    node.filter(|node| reach::check(node, file, diagnostics))
}

fn parse_json(
    files: &Files,
    file: FileId,
    table: &mut OriginTable,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let text = &files.get(file)?.text;
    let error = match json::parse(text, file, table) {
        Ok((node, oddities)) => {
            report(oddities, table, diagnostics);
            return Some(node);
        }
        Err(error) => error,
    };
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    let message = message.get(..end).unwrap_or_default();
    let at = offset_of_bytes(text, error.line(), error.column());
    let place = Place::Span(file, at..next_boundary(text, at));
    if message.starts_with("recursion limit") {
        diagnostics.push(codes::TOO_DEEP, place, "the values are nested too deeply");
        return None;
    }
    match yaml::parse(text, file, table) {
        Ok(parsed) => {
            diagnostics.push(
                codes::NOT_QUITE_JSON,
                place,
                format!("this is not JSON ({message}), but it can be read as YAML"),
            );
            Some(accept(parsed, files, table, diagnostics))
        }
        Err(_) => diagnostics.lost(codes::JSON_SYNTAX, place, message, None),
    }
}

fn parse_yaml(
    files: &Files,
    file: FileId,
    table: &mut OriginTable,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let text = &files.get(file)?.text;
    let failure = match yaml::parse(text, file, table) {
        Ok(parsed) => return Some(accept(parsed, files, table, diagnostics)),
        Err(failure) => failure,
    };
    if let Some(tab) = tab_in_indentation(text) {
        if let Ok(parsed) = yaml::parse(&without_tabs(text), file, table) {
            diagnostics.push(
                codes::TABS,
                Place::Span(file, tab..tab + 1),
                "a tab indents this line; each tab was read as one space",
            );
            return Some(accept(parsed, files, table, diagnostics));
        }
    }
    let at = failure.at.min(text.len());
    let place = Place::Span(file, at..next_boundary(text, at));
    let (code, message) = explained(failure);
    diagnostics.lost(code, place, message, None)
}

fn explained(failure: Failure) -> (Code, String) {
    match failure.fault {
        Fault::Syntax(message) => (codes::YAML_SYNTAX, message),
        Fault::TooDeep => (
            codes::TOO_DEEP,
            "the values are nested too deeply".to_owned(),
        ),
        Fault::TooLarge => (
            codes::TOO_MANY_ALIASES,
            "aliases make too many values".to_owned(),
        ),
    }
}

fn accept(
    parsed: yaml::Parsed,
    files: &Files,
    table: &OriginTable,
    diagnostics: &mut Diagnostics,
) -> Node {
    let node = parsed.node;
    let file = table.file(node.origin);
    if let Some(file) = files.get(file) {
        file.spans.get_or_init(|| Spans::Outline(parsed.outline));
    }
    report(parsed.oddities, table, diagnostics);
    if parsed.more {
        diagnostics.push(
            codes::SEVERAL_DOCUMENTS,
            Place::File(file),
            "the file holds more than one YAML document; only the first was read",
        );
    }
    node
}

/// The text of a scalar as the user wrote it.
pub(super) fn written<'f>(
    files: &'f Files,
    table: &OriginTable,
    origin: OriginId,
) -> Option<&'f str> {
    let file = files.get(table.file(origin))?;
    let (spot, exact) = file.find(table.steps(origin))?;
    if exact && !spot.container {
        file.text.get(spot.value.clone())
    } else {
        None
    }
}

/// Where the first tab stands that indents a line.
fn tab_in_indentation(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line.get(..blank).and_then(|blank| blank.find('\t')) {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// The text with each tab that indents a line replaced by one space, so that no offset moves.
pub(super) fn without_tabs(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        spaced.extend(std::iter::repeat_n(' ', line.len() - rest.len()));
        spaced.push_str(rest);
    }
    Cow::Owned(spaced)
}

fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum()
}

/// The offset of a line and column that count from 1, the column in bytes.
fn offset_of_bytes(text: &str, line: usize, column: usize) -> usize {
    let mut at = (line_start(text, line) + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The end of the character at `at`.
fn next_boundary(text: &str, at: usize) -> usize {
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    at + next.map_or(0, char::len_utf8)
}
