//! Reads the rows of a table.

use super::sentences::{self, Sentence, Target};
use super::types;
use crate::page::{Interval, Kind, Limits, Row};
use crate::page_reporter::PageReporter;
use crate::scanner::{span_of, unescaped, Line, Scanner};
use indexmap::IndexMap;
use typewright::diagnostics::codes::import::{
    IMPORT_BROKEN, IMPORT_HINT, IMPORT_ROW, IMPORT_SENTENCE, IMPORT_TYPE,
};

/// The rows between `#|` and `|#`. A row that cannot be read is reported and left out.
pub fn rows(lines: &[Line<'_>], reporter: &mut PageReporter<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for raw in raw_rows(lines, reporter) {
        let Some(row) = row(&raw, reporter) else {
            continue;
        };
        if rows.iter().any(|other| other.name == row.name) {
            let message = format!("the table has a second row for `{}`", row.name);
            reporter.at(IMPORT_ROW, &row.span, message);
        } else {
            rows.push(row);
        }
    }
    rows
}

/// The lines of each row, without the bars around it. The header row is none.
fn raw_rows<'t>(lines: &[Line<'t>], reporter: &mut PageReporter<'_>) -> Vec<Vec<Line<'t>>> {
    let mut rows = Vec::new();
    let mut current: Vec<Line<'t>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if current.is_empty() && (line.is_blank() || line.text.starts_with("||Field")) {
            continue;
        }
        let mut after = lines.get(at + 1..).unwrap_or_default().iter();
        let next = after.find(|line| !line.is_blank()).map_or("||", |next| next.text);
        let last = line.text.trim_end().ends_with("||") && next.starts_with("||");
        current.push(*line);
        let unended = !last && next.starts_with("|| ") && next.contains(" | **");
        if unended || (!last && at + 1 == lines.len()) {
            reporter.at(IMPORT_BROKEN, &span_of(&current), "nothing ends this row with `||`");
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

fn row(lines: &[Line<'_>], reporter: &mut PageReporter<'_>) -> Option<Row> {
    let (first, prose) = lines.split_first()?;
    let span = span_of(lines);
    let Some((name, _)) = first.text.split_once('|') else {
        reporter.at(IMPORT_ROW, &span, "this row has one cell only");
        return None;
    };
    let cell_text = first.from(name.len() + 1).trimmed();
    let name = name.trim();
    let (name, repeated) = name.strip_suffix("[]").map_or((name, false), |name| (name, true));
    if name.is_empty() || name.contains(char::is_whitespace) {
        reporter.at(IMPORT_ROW, &span, format!("`{name}` is no name of a field"));
        return None;
    }
    let (mut kind, rest) = kind(&cell_text, reporter);
    let mut lines = vec![cell_text.from(cell_text.text.len() - rest.len())];
    lines.extend_from_slice(prose);
    let cell = read_cell(&kind, &lines, reporter);
    if let Kind::Enum(_, full_name) = &mut kind {
        *full_name = cell.full_name;
    }
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

/// The type at the start of a row's second cell, and the text after it. An unreadable type allows any value.
fn kind<'t>(cell_text: &Line<'t>, reporter: &mut PageReporter<'_>) -> (Kind, &'t str) {
    if let Some((kind, rest)) = types::read(cell_text.text) {
        return (kind, rest);
    }
    let message = format!("`{}` is no type of the grammar", cell_text.text);
    reporter.at(IMPORT_TYPE, &cell_text.span(), message);
    (Kind::Either(Vec::new()), "")
}

/// Contents of a field's prose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// `true` if the field is required.
    pub required: bool,
    /// `true` if the field is deprecated.
    pub deprecated: bool,
    /// The limits.
    pub limits: Limits,
    /// The values of an enum with their texts.
    pub values: IndexMap<String, String>,
    /// The fields of which only one may be set.
    pub group: Vec<String>,
    /// Description of the field.
    pub doc: String,
    /// The enum's full name, where the prose links to it.
    pub full_name: Option<String>,
}

/// First words of texts that the vendor's generator adds to every field of two formats: they describe the format, not the field.
const BOILERPLATE: [&str; 4] = [
    "String in [RFC3339]",
    "To work with values in this field, use the APIs described in the",
    "A comma-separated names off ALL fields",
    "If the field is specified in ",
];

fn is_boilerplate(first: &str) -> bool {
    let mask =
        first.starts_with("If `") && first.contains("` is not sent in the request, all fields");
    mask || BOILERPLATE.iter().any(|opening| first.starts_with(opening))
}

/// Words of limits that are worth a look where no limit was read.
const HINTS: [&str; 7] = [
    "characters long",
    " per resource",
    "Acceptable values are",
    "Default value",
    "must match the regular expression",
    "The maximum value",
    "The maximum string length",
];

/// Reads the lines of a cell after its type.
pub fn read_cell(kind: &Kind, lines: &[Line<'_>], reporter: &mut PageReporter<'_>) -> Cell {
    let mut cell = Cell::default();
    let mut lines: Vec<Line<'_>> = lines.to_vec();
    if let Some(first) = lines.iter_mut().find(|line| !line.is_blank()) {
        let mark = "Required field.";
        let text = first.trimmed();
        cell.required = text.text.starts_with(mark);
        *first = if cell.required { text.from(mark.len()).trimmed() } else { *first };
    }
    if let Kind::Enum(name, _) = kind {
        cell.full_name = full_name(name, &lines);
        (cell.values, lines) = enum_values(&lines);
    }
    let mut prose = Vec::new();
    for paragraph in lines.split(Line::is_blank) {
        let first = paragraph.first().map_or("", |line| line.text.trim_start());
        if !is_boilerplate(first) {
            let remaining = paragraph_of(&mut cell, paragraph, reporter);
            prose.push(remaining);
        }
    }
    cell.limits_in_prose(&prose, reporter);
    let marks = ["[Deprecated]", "@deprecated"];
    let marked = |line: &Line<'_>| marks.iter().any(|mark| line.text.contains(mark));
    cell.deprecated = prose.iter().flatten().any(marked);
    cell.doc = description(&prose);
    cell
}

/// Moves the limits and groups of a paragraph into the cell; returns its other lines.
fn paragraph_of<'t>(
    cell: &mut Cell,
    lines: &[Line<'t>],
    reporter: &mut PageReporter<'_>,
) -> Vec<Line<'t>> {
    let mut prose = Vec::new();
    for line in lines {
        let text = line.trimmed();
        if let Some((group, rest)) = group(text.text) {
            cell.group = group;
            let rest = text.from(text.text.len() - rest.len()).trimmed();
            prose.extend((!rest.text.is_empty()).then_some(rest));
        } else if let Some(sentences) = sentences::line(text.text) {
            sentences.into_iter().for_each(|sentence| cell.limit(sentence));
        } else {
            if sentences::opens(text.text) && !is_hint(text.text) {
                let message =
                    format!("`{}` starts like a limit and is none that can be read", text.text);
                reporter.at(IMPORT_SENTENCE, &text.span(), message);
            }
            prose.push(*line);
        }
    }
    prose
}

/// ``Includes only one of the fields `a`, `b`.`` and what follows it on the line.
fn group(text: &str) -> Option<(Vec<String>, &str)> {
    let mut scanner = Scanner::new(text);
    if !scanner.tag("Includes only one of the fields ") {
        return None;
    }
    let mut members = vec![scanner.code()?.to_owned()];
    while scanner.tag(", ") {
        members.push(scanner.code()?.to_owned());
    }
    scanner.tag(".").then(|| (members, scanner.rest()))
}

/// `true` for a line that mixes a sentence with prose: the sentence may not be about the field.
fn is_hint(text: &str) -> bool {
    text.split_once(". ").is_some_and(|(first, _)| sentences::line(&format!("{first}.")).is_some())
}

impl Cell {
    fn limit(&mut self, sentence: Sentence) {
        let limits = &mut self.limits;
        match sentence {
            Sentence::Required => self.required = true,
            Sentence::Length(target, bounds) => {
                let length = &mut limits.text(target).length;
                length.min = bounds.min.or(length.min);
                length.max = bounds.max.or(length.max);
            }
            Sentence::Pattern(target, pattern) => limits.text(target).pattern = Some(pattern),
            Sentence::Count(bounds) => {
                limits.count.min = bounds.min.or(limits.count.min);
                limits.count.max = bounds.max.or(limits.count.max);
            }
            Sentence::Value(interval) => limits.number(interval),
            Sentence::Only(numbers) => limits.only = numbers,
            Sentence::Duration(amounts) => limits.duration = Some(amounts),
        }
    }

    /// Adds the limits of whole sentences in prose; those of generated sentences take precedence.
    fn limits_in_prose(&mut self, prose: &[Vec<Line<'_>>], reporter: &mut PageReporter<'_>) {
        let mut sentences = Vec::new();
        for lines in prose {
            let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
            sentences.extend(sentences::prose_limits(&text.join("\n")));
        }
        let machine_limits = std::mem::take(&mut self.limits);
        sentences.iter().for_each(|sentence| self.limit(sentence.clone()));
        self.limits = machine_limits.over(std::mem::take(&mut self.limits));
        let hint =
            prose.iter().flatten().find(|line| HINTS.iter().any(|hint| line.text.contains(hint)));
        if let (Some(line), true) = (hint, sentences.is_empty()) {
            let message = "this prose speaks of a limit or a default and stays a description";
            reporter.at(IMPORT_HINT, &line.trimmed().span(), message);
        }
    }
}

impl Limits {
    fn text(&mut self, target: Target) -> &mut crate::page::TextLimits {
        match target {
            Target::Direct => &mut self.direct,
            Target::Each => &mut self.each,
            Target::Key => &mut self.key,
        }
    }

    fn number(&mut self, interval: Interval) {
        if interval.min.is_some() {
            self.value.above = interval.above;
            self.value.min = interval.min;
        }
        if interval.max.is_some() {
            self.value.below = interval.below;
            self.value.max = interval.max;
        }
    }

    /// These limits, completed by the others.
    pub fn over(self, other: Self) -> Self {
        let text =
            |a: crate::page::TextLimits, b: crate::page::TextLimits| crate::page::TextLimits {
                length: a.length.or(b.length),
                pattern: a.pattern.or(b.pattern),
            };
        let value = if self.value == Interval::default() { other.value } else { self.value };
        Self {
            direct: text(self.direct, other.direct),
            each: text(self.each, other.each),
            key: text(self.key, other.key),
            count: self.count.or(other.count),
            value,
            only: if self.only.is_empty() { other.only } else { self.only },
            duration: self.duration.or(other.duration),
        }
    }
}

impl crate::page::Bounds {
    fn or(self, other: Self) -> Self {
        if self == Self::default() {
            other
        } else {
            self
        }
    }
}

/// The full name of an enum from a link such as `#yandex.cloud.logging.v1.LogLevel.Level`.
fn full_name(name: &str, lines: &[Line<'_>]) -> Option<String> {
    let ending = format!(".{name})");
    lines.iter().find_map(|line| {
        let (before, _) = line.text.split_once(&ending)?;
        let (_, anchor) = before.rsplit_once('#')?;
        (!anchor.contains(['(', ' '])).then(|| format!("{anchor}.{name}"))
    })
}

fn description(prose: &[Vec<Line<'_>>]) -> String {
    let paragraphs: Vec<String> = prose
        .iter()
        .filter(|lines| !lines.is_empty())
        .map(|lines| {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.trim_end()).collect();
            unescaped(lines.join("\n").trim())
        })
        .filter(|text| !text.is_empty())
        .collect();
    paragraphs.join("\n\n")
}

/// A value's line: the name, and the text after the colon.
fn item<'t>(line: &Line<'t>) -> Option<(&'t str, &'t str)> {
    let mut scanner = Scanner::new(line.text);
    if !scanner.tag("- ") {
        return None;
    }
    let name = scanner.code()?;
    let first = name.chars().next()?;
    let rest = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if !first.is_ascii_uppercase() || !rest {
        return None;
    }
    let ended = scanner.tag(":") || scanner.rest().trim().is_empty();
    ended.then(|| (name, scanner.rest().trim()))
}

/// `true` if a line continues the item before it: as text, or as an indented paragraph.
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
pub fn enum_values<'t>(lines: &[Line<'t>]) -> (IndexMap<String, String>, Vec<Line<'t>>) {
    let Some(range) = last_list(lines) else {
        return (IndexMap::new(), lines.to_vec());
    };
    let mut values: IndexMap<String, String> = IndexMap::new();
    for line in lines.get(range.clone()).unwrap_or_default() {
        match item(line) {
            Some((name, text)) => {
                values.insert(name.to_owned(), unescaped(text));
            }
            None => {
                if let Some((_, text)) = values.last_mut() {
                    text.push('\n');
                    text.push_str(&unescaped(line.text.trim()));
                }
            }
        }
    }
    values.values_mut().for_each(|text| *text = text.trim().to_owned());
    let before = lines.get(..range.start).unwrap_or_default();
    let after = lines.get(range.end..).unwrap_or_default();
    (values, [before, after].concat())
}
