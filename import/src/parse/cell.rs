//! Reads the prose of a table cell: marks, limits, groups, the values of an enum, and the description that remains.

use super::{enums, prose, sentences};
use crate::page::{Interval, Kind, Limits};
use crate::say::Say;
use crate::text::{span_of, unescaped, Line, Scan};
use indexmap::IndexMap;
use sentences::{Sentence, Target};
use typewright::diagnostics::codes::import::{IMPORT_HINT, IMPORT_SENTENCE};

/// What the prose of a field says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Whether the field is required.
    pub required: bool,
    /// Whether the field is deprecated.
    pub deprecated: bool,
    /// The limits.
    pub limits: Limits,
    /// The values of an enum with their texts.
    pub values: IndexMap<String, String>,
    /// The fields of which only one may be set.
    pub group: Vec<String>,
    /// What the field is.
    pub doc: String,
    /// The enum's full name, where the prose links to it.
    pub full_name: Option<String>,
}

/// How the texts begin that the vendor's generator puts into every field of two formats: they describe the format, not the field.
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
pub fn read(kind: &Kind, lines: &[Line<'_>], say: &mut Say<'_>) -> Cell {
    let mut cell = Cell::default();
    let mut lines: Vec<Line<'_>> = lines.to_vec();
    if let Some(first) = lines.iter_mut().find(|line| !line.is_blank()) {
        let mark = "Required field.";
        let text = first.trimmed();
        cell.required = text.text.starts_with(mark);
        *first = if cell.required {
            text.from(mark.len()).trimmed()
        } else {
            *first
        };
    }
    if let Kind::Enum(name, _) = kind {
        cell.full_name = full_name(name, &lines);
        (cell.values, lines) = enums::values(&lines);
    }
    let mut told = Vec::new();
    for paragraph in lines.split(Line::is_blank) {
        let first = paragraph.first().map_or("", |line| line.text.trim_start());
        if !is_boilerplate(first) {
            let kept = paragraph_of(&mut cell, paragraph, say);
            told.push(kept);
        }
    }
    cell.limits_in_prose(&told, say);
    let marks = ["[Deprecated]", "@deprecated"];
    let marked = |line: &Line<'_>| marks.iter().any(|mark| line.text.contains(mark));
    cell.deprecated = told.iter().flatten().any(marked);
    cell.doc = description(&told);
    cell
}

/// The lines of a paragraph that state nothing by themselves; the others go into the cell.
fn paragraph_of<'t>(cell: &mut Cell, lines: &[Line<'t>], say: &mut Say<'_>) -> Vec<Line<'t>> {
    let mut kept = Vec::new();
    for line in lines {
        let text = line.trimmed();
        if let Some((group, rest)) = group(text.text) {
            cell.group = group;
            let rest = text.from(text.text.len() - rest.len()).trimmed();
            kept.extend((!rest.text.is_empty()).then_some(rest));
        } else if let Some(found) = sentences::line(text.text) {
            found.into_iter().for_each(|sentence| cell.limit(sentence));
        } else {
            if sentences::opens(text.text) && !is_hint(text.text) {
                say.at(
                    IMPORT_SENTENCE,
                    &text.span(),
                    format!(
                        "`{}` starts like a limit and is none that can be read",
                        text.text
                    ),
                );
            }
            kept.push(*line);
        }
    }
    kept
}

/// ``Includes only one of the fields `a`, `b`.`` and what follows it on the line.
fn group(text: &str) -> Option<(Vec<String>, &str)> {
    let mut scan = Scan::new(text);
    if !scan.tag("Includes only one of the fields ") {
        return None;
    }
    let mut members = vec![scan.code()?.to_owned()];
    while scan.tag(", ") {
        members.push(scan.code()?.to_owned());
    }
    scan.tag(".").then(|| (members, scan.rest()))
}

/// Whether the line is of sentences and prose in one: the sentence may be about anything then.
fn is_hint(text: &str) -> bool {
    text.split_once(". ")
        .is_some_and(|(first, _)| sentences::line(&format!("{first}.")).is_some())
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
            Sentence::Duration(words) => limits.duration = Some(words),
        }
    }

    /// Takes what whole sentences of the prose say; the machine's own sentences come first.
    fn limits_in_prose(&mut self, told: &[Vec<Line<'_>>], say: &mut Say<'_>) {
        let mut found = Vec::new();
        for lines in told {
            let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
            found.extend(prose::limits(&text.join("\n")));
        }
        let stated = std::mem::take(&mut self.limits);
        found
            .iter()
            .for_each(|sentence| self.limit(sentence.clone()));
        self.limits = stated.over(std::mem::take(&mut self.limits));
        let hint = told
            .iter()
            .flatten()
            .find(|line| HINTS.iter().any(|hint| line.text.contains(hint)));
        if let (Some(line), true) = (hint, found.is_empty()) {
            say.at(
                IMPORT_HINT,
                &line.trimmed().span(),
                "this prose speaks of a limit or a default and stays a description",
            );
        }
    }
}

impl Limits {
    fn text(&mut self, target: Target) -> &mut crate::page::TextLimits {
        match target {
            Target::Own => &mut self.own,
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

    /// These limits, and the others where these say nothing.
    pub fn over(self, other: Self) -> Self {
        let text =
            |a: crate::page::TextLimits, b: crate::page::TextLimits| crate::page::TextLimits {
                length: a.length.or(b.length),
                pattern: a.pattern.or(b.pattern),
            };
        let value = if self.value == Interval::default() {
            other.value
        } else {
            self.value
        };
        Self {
            own: text(self.own, other.own),
            each: text(self.each, other.each),
            key: text(self.key, other.key),
            count: self.count.or(other.count),
            value,
            only: if self.only.is_empty() {
                other.only
            } else {
                self.only
            },
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

/// The bytes of a cell.
pub fn span(lines: &[Line<'_>]) -> std::ops::Range<usize> {
    span_of(lines)
}
