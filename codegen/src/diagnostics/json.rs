//! Diagnostics for tools: one JSON object per line.

use super::locate::Locator;
use super::{render, Diagnostic, Diagnostics, Place, Severity};
use crate::source::Files;
use crate::unseen::is_unseen;
use serde_json::{json, Value};
use std::fmt::Write as _;

/// All diagnostics, one per line.
///
/// A line is an object with `code`, `severity`, `title`, `message` and `help`. For a place in a file it also has `file`,
/// `line`, `column`, `end_line`, `end_column` (from 1, columns in characters), `offset`, `end_offset` (bytes, from 0) and
/// `excerpt`, and for a value `pointer`.
pub fn lines(diagnostics: &Diagnostics, files: &Files) -> String {
    let mut locator = Locator::new(files);
    let mut text = String::new();
    for diagnostic in diagnostics.iter() {
        text.push_str(&escape_invisible(&line(diagnostic, &mut locator).to_string()));
        text.push('\n');
    }
    text
}

/// The JSON text with `\u` escapes for invisible characters, which occur in its strings only.
pub fn escape_invisible(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if !is_unseen(character) {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}

fn line(diagnostic: &Diagnostic, locator: &mut Locator<'_>) -> Value {
    let mut object = json!({
        "code": diagnostic.code.id,
        "severity": severity(diagnostic.code.severity),
        "title": diagnostic.code.title,
        "message": diagnostic.message,
        "help": render::help(diagnostic),
    });
    let Some(members) = object.as_object_mut() else {
        return object;
    };
    if let Place::Pointer(_, pointer) | Place::Key(_, pointer) = &diagnostic.place {
        members.insert("pointer".to_owned(), json!(pointer));
    }
    let Some(located) = locator.locate(&diagnostic.place) else {
        return object;
    };
    let Some(id) = diagnostic.place.file() else {
        return object;
    };
    let (end_line, end_column) = locator.position(id, located.file, located.range.end);
    let place = json!({
        "file": located.file.name,
        "line": located.line,
        "column": located.column,
        "end_line": end_line,
        "end_column": end_column,
        "offset": located.range.start,
        "end_offset": located.range.end,
        "excerpt": located.file.text.get(located.range.clone()),
    });
    members.extend(place.as_object().cloned().unwrap_or_default());
    object
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
