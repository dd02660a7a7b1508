//! From the text of a file to its tree, with the problems of the text reported.

use crate::diagnostics::codes::load as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::source::{FileId, Files};
use crate::syntax::{self, pointer, Node, OriginTable, SyntaxErrorKind, SyntaxWarning, Value};
use std::ops::Range;

/// Parses a file; `None` after an error has been reported.
pub(super) fn parse(
    files: &Files,
    file: FileId,
    table: &mut OriginTable,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let source = files.get(file)?;
    let text = &source.text;
    match syntax::parse(text, file, table) {
        Ok(parsed) => {
            if let Some(spans) = parsed.spans {
                source.set_spans(spans);
            }
            for warning in parsed.warnings {
                report(warning, (file, text), table, diagnostics);
            }
            let node = parsed.node;
            has_short_paths(&node, file, diagnostics).then_some(node)
        }
        Err(error) => {
            let code = match error.kind {
                SyntaxErrorKind::Json(_) => codes::JSON_SYNTAX,
                SyntaxErrorKind::Yaml(_) => codes::YAML_SYNTAX,
                SyntaxErrorKind::TooDeep => codes::TOO_DEEP,
                SyntaxErrorKind::TooManyAliases => codes::TOO_MANY_ALIASES,
            };
            let place = Place::Span(file, character(text, error.offset));
            diagnostics.lost(code, place, error.to_string(), None)
        }
    }
}

fn report(
    warning: SyntaxWarning,
    (file, text): (FileId, &str),
    table: &OriginTable,
    diagnostics: &mut Diagnostics,
) {
    let (code, place, message) = match warning {
        SyntaxWarning::NotQuiteJson(error) => (
            codes::NOT_QUITE_JSON,
            Place::Span(file, character(text, error.offset)),
            format!("this is not JSON ({error}), but it is valid YAML"),
        ),
        SyntaxWarning::Tab(offset) => (
            codes::TABS,
            Place::Span(file, offset..offset + 1),
            "a tab indents this line; each tab is read as one space".to_owned(),
        ),
        SyntaxWarning::DuplicateKey(origin) => {
            let steps = table.steps(origin);
            let key = steps.last().copied().unwrap_or_default();
            (
                codes::DUPLICATE_KEY,
                Place::key(table, origin),
                format!("the key `{key}` occurs more than once; the last member is used"),
            )
        }
        SyntaxWarning::MergeKey(origin) => (
            codes::MERGE_KEY,
            Place::value(table, origin),
            "the value of `<<` is not an object".to_owned(),
        ),
        SyntaxWarning::Tag(origin, tag) => (
            codes::TAG,
            Place::value(table, origin),
            format!("the YAML tag `{tag}` has no meaning here; it is ignored"),
        ),
        SyntaxWarning::SeveralDocuments => (
            codes::SEVERAL_DOCUMENTS,
            Place::File(file),
            "the file contains more than one YAML document; only the first is read".to_owned(),
        ),
    };
    diagnostics.push(code, place, message);
}

/// The range of the character at an offset; empty at the end of the text.
fn character(text: &str, offset: usize) -> Range<usize> {
    let mut start = offset.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut following = text.get(start..).unwrap_or_default().chars();
    start..start + following.next().map_or(0, char::len_utf8)
}

/// The bytes that all keys on the way to a value may have together. Real documents need about 300.
const MAX_PATH_BYTES: usize = 4096;

/// `true` if the path to every value is short enough, else the first long one is reported. Pointers and names repeat these
/// keys, so that a long key would be copied as often as there are values below it.
fn has_short_paths(root: &Node, file: FileId, diagnostics: &mut Diagnostics) -> bool {
    let mut path = Vec::new();
    let Some(last) = first_long_path(root, &mut path, MAX_PATH_BYTES) else {
        return true;
    };
    path.push(last);
    // The place is the object with the longest key.
    let longest = path.iter().enumerate().max_by_key(|(_, key)| key.len());
    let (at, key) = longest.unwrap_or((0, &last));
    let start: String = key.chars().take(40).collect();
    let message = format!(
        "the keys on the path to a value have more than {MAX_PATH_BYTES} bytes, of which `{start}…` has {}",
        key.len()
    );
    let place = Place::Key(file, pointer::join(path.iter().take(at).copied()));
    diagnostics.lost(codes::TOO_FAR, place, message, false)
}

/// The first key beyond `budget` bytes; `path` then holds the keys before it.
fn first_long_path<'n>(node: &'n Node, path: &mut Vec<&'n str>, budget: usize) -> Option<&'n str> {
    match &node.value {
        Value::Object(members) => members.iter().find_map(|(key, member)| {
            let Some(budget) = budget.checked_sub(key.len() + 1) else {
                return Some(&**key);
            };
            path.push(key);
            let long = first_long_path(member, path, budget);
            if long.is_none() {
                path.pop();
            }
            long
        }),
        Value::List(items) => items.iter().find_map(|item| first_long_path(item, path, budget)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    }
}
