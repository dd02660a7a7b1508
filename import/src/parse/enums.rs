//! Reads the values of an enum: the last list of a cell whose items start with one name in backticks.

use super::sentences;
use crate::text::{unescaped, Line, Scan};
use indexmap::IndexMap;

/// A value's line: the name, and the text after the colon.
fn item<'t>(line: &Line<'t>) -> Option<(&'t str, &'t str)> {
    let mut scan = Scan::new(line.text);
    if !scan.tag("- ") {
        return None;
    }
    let name = scan.code()?;
    let first = name.chars().next()?;
    let rest = name
        .chars()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if !first.is_ascii_uppercase() || !rest {
        return None;
    }
    let ended = scan.tag(":") || scan.rest().trim().is_empty();
    ended.then(|| (name, scan.rest().trim()))
}

/// Whether a line belongs to the item before it, given the line before: text that goes on, or an indented paragraph.
fn continues(line: &Line<'_>, after_blank: bool) -> bool {
    if sentences::line(line.text.trim()).is_some() || line.text.starts_with("Includes only one of")
    {
        return false;
    }
    line.is_blank() || line.text.starts_with("  ") || !(after_blank || line.text.starts_with("- "))
}

/// The lines of the last list, as a range of indices.
fn last_list(lines: &[Line<'_>]) -> Option<std::ops::Range<usize>> {
    let mut list: Option<std::ops::Range<usize>> = None;
    let mut open = false;
    let mut after_blank = false;
    for (at, line) in lines.iter().enumerate() {
        if item(line).is_some() {
            let start = list.filter(|_| open).map_or(at, |list| list.start);
            list = Some(start..at + 1);
            open = true;
        } else if open && continues(line, after_blank) {
            list = list.map(|list| list.start..at + 1);
        } else {
            open = false;
        }
        after_blank = line.is_blank();
    }
    list
}

/// The values in order with their texts, and the lines that are not of the list.
pub fn values<'t>(lines: &[Line<'t>]) -> (IndexMap<String, String>, Vec<Line<'t>>) {
    let Some(range) = last_list(lines) else {
        return (IndexMap::new(), lines.to_vec());
    };
    let mut found: IndexMap<String, String> = IndexMap::new();
    for line in lines.get(range.clone()).unwrap_or_default() {
        match item(line) {
            Some((name, text)) => {
                found.insert(name.to_owned(), unescaped(text));
            }
            None => {
                if let Some((_, text)) = found.last_mut() {
                    text.push('\n');
                    text.push_str(&unescaped(line.text.trim()));
                }
            }
        }
    }
    found
        .values_mut()
        .for_each(|text| *text = text.trim().to_owned());
    let before = lines.get(..range.start).unwrap_or_default();
    let after = lines.get(range.end..).unwrap_or_default();
    (found, [before, after].concat())
}
