//! Findings as people read them: the place, the text underlined, and what to do.

use super::locate::{Located, Locator};
use super::{Diagnostic, Diagnostics, Severity};
use crate::load::Files;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Lines longer than this are cut around the place.
const LONGEST_LINE: usize = 400;
/// What is left of a cut line on each side of the place.
const MARGIN: usize = 60;

/// Whether the output has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text only.
    Plain,
    /// With the escape sequences of terminals.
    Coloured,
}

/// All findings, each with `file:line:column`, the underlined excerpt and a help line.
pub fn human(diagnostics: &Diagnostics, files: &Files, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut locator = Locator::new(files);
    let mut shown = String::new();
    for diagnostic in diagnostics.iter() {
        let located = locator.locate(&diagnostic.place);
        let help = help(diagnostic);
        shown.push_str(&renderer.render(&[group(diagnostic, located, &help)]));
        shown.push_str("\n\n");
    }
    shown
}

/// What to do about a finding, in a line.
pub(super) fn help(diagnostic: &Diagnostic) -> String {
    let more = format!("`typewright explain {}` says more", diagnostic.code.id);
    diagnostic.help.clone().unwrap_or(more)
}

fn group<'a>(diagnostic: &'a Diagnostic, located: Option<Located<'a>>, help: &'a str) -> Group<'a> {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.id);
    let group = match located {
        None => Group::with_title(title),
        Some(located) => with_excerpt(Group::with_title(title), diagnostic, &located),
    };
    group.element(Level::HELP.message(help))
}

fn with_excerpt<'a>(
    group: Group<'a>,
    diagnostic: &'a Diagnostic,
    located: &Located<'a>,
) -> Group<'a> {
    let text = &located.file.text;
    let line = line_around(text, located.range.start);
    let origin = Origin::path(&located.file.name)
        .line(located.line)
        .char_column(located.column);
    if located.range.is_empty() && located.range.start == 0 {
        return group.element(origin);
    }
    let end = located.range.end.clamp(located.range.start, line.end);
    let label = AnnotationKind::Primary;
    if line.len() > LONGEST_LINE {
        let cut = cut(text, &line, &(located.range.start..end));
        let span = located.range.start - cut.start..end - cut.start;
        let excerpt = text.get(cut).unwrap_or_default();
        let snippet = Snippet::source(excerpt).line_start(located.line);
        return group
            .element(origin)
            .element(snippet.annotation(label.span(span).label(diagnostic.code.title)));
    }
    let excerpt = text.get(line.clone()).unwrap_or_default();
    let span = located.range.start - line.start..end - line.start;
    let snippet = Snippet::source(excerpt)
        .line_start(located.line)
        .path(&located.file.name);
    group.element(snippet.annotation(label.span(span).label(diagnostic.code.title)))
}

/// The line at an offset, without its end.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |found| found + 1);
    let rest = text.get(at..).unwrap_or_default();
    let end = at + rest.find('\n').unwrap_or(rest.len());
    let line = text.get(start..end).unwrap_or_default();
    start..start + line.trim_end_matches('\r').len().max(at - start)
}

/// The part of a long line around a place.
fn cut(text: &str, line: &Range<usize>, place: &Range<usize>) -> Range<usize> {
    let mut start = place.start.saturating_sub(MARGIN).max(line.start);
    let mut end = (place.end + MARGIN)
        .min(line.end)
        .min(place.start + LONGEST_LINE)
        .max(place.end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
