//! Reads the rows of a table.

use super::{cell, types};
use crate::page::{Kind, Row};
use crate::say::Say;
use crate::text::{span_of, Line};
use typewright::diagnostics::codes::import::{IMPORT_BROKEN, IMPORT_ROW, IMPORT_TYPE};

/// The rows between `#|` and `|#`. A row that cannot be read is reported and left out.
pub fn rows(lines: &[Line<'_>], say: &mut Say<'_>) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::new();
    for raw in raw_rows(lines, say) {
        let Some(row) = row(&raw, say) else { continue };
        if found.iter().any(|other| other.name == row.name) {
            say.at(
                IMPORT_ROW,
                &row.span,
                format!("the table has a second row for `{}`", row.name),
            );
        } else {
            found.push(row);
        }
    }
    found
}

/// The lines of each row, without the bars around it. The header row is none.
fn raw_rows<'t>(lines: &[Line<'t>], say: &mut Say<'_>) -> Vec<Vec<Line<'t>>> {
    let mut rows = Vec::new();
    let mut current: Vec<Line<'t>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if current.is_empty() && (line.is_blank() || line.text.starts_with("||Field")) {
            continue;
        }
        let mut after = lines.get(at + 1..).unwrap_or_default().iter();
        let next = after
            .find(|line| !line.is_blank())
            .map_or("||", |next| next.text);
        let last = line.text.trim_end().ends_with("||") && next.starts_with("||");
        current.push(*line);
        let unended = !last && next.starts_with("|| ") && next.contains(" | **");
        if unended || (!last && at + 1 == lines.len()) {
            say.at(
                IMPORT_BROKEN,
                &span_of(&current),
                "nothing ends this row with `||`",
            );
        }
        if last || unended || at + 1 == lines.len() {
            rows.push(bare(std::mem::take(&mut current)));
        }
    }
    rows
}

/// A row's lines without the `||` at both ends.
fn bare(mut lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    if let Some(first) = lines.first_mut() {
        let bars = first.text.len() - first.text.trim_start_matches('|').len();
        let inside = first.from(bars.min(2));
        *first = inside.from(inside.text.len() - inside.text.trim_start().len());
    }
    if let Some(last) = lines.last_mut() {
        let text = last.text.trim_end();
        last.text = text.strip_suffix("||").unwrap_or(text).trim_end();
    }
    lines
}

fn row(lines: &[Line<'_>], say: &mut Say<'_>) -> Option<Row> {
    let (first, prose) = lines.split_first()?;
    let span = span_of(lines);
    let Some((name, _)) = first.text.split_once('|') else {
        say.at(IMPORT_ROW, &span, "this row has one cell only");
        return None;
    };
    let words = first.from(name.len() + 1).trimmed();
    let name = name.trim();
    let (name, repeated) = name
        .strip_suffix("[]")
        .map_or((name, false), |name| (name, true));
    if name.is_empty() || name.contains(char::is_whitespace) {
        say.at(IMPORT_ROW, &span, format!("`{name}` is no name of a field"));
        return None;
    }
    let (kind, rest) = kind(&words, say);
    let mut lines = vec![words.from(words.text.len() - rest.len())];
    lines.extend_from_slice(prose);
    let cell = cell::read(&kind, &lines, say);
    let kind = match kind {
        Kind::Enum(name, _) => Kind::Enum(name, cell.full_name),
        other @ (Kind::Text(_)
        | Kind::Boolean
        | Kind::Integer
        | Kind::Number
        | Kind::Free
        | Kind::Message(_)
        | Kind::Map(_)
        | Kind::Either(_)) => other,
    };
    Some(Row {
        name: name.to_owned(),
        repeated,
        kind,
        required: cell.required,
        deprecated: cell.deprecated,
        unique: false,
        doc: cell.doc,
        limits: cell.limits,
        values: cell.values,
        group: cell.group,
        span,
    })
}

/// The type at the start of a row's second cell, and what follows it. What is no type takes any value.
fn kind<'t>(words: &Line<'t>, say: &mut Say<'_>) -> (Kind, &'t str) {
    if let Some((kind, rest)) = types::read(words.text) {
        return (kind, rest);
    }
    let message = format!("`{}` is no type of the grammar", words.text);
    say.at(IMPORT_TYPE, &words.span(), message);
    (Kind::Either(Vec::new()), "")
}
