//! Diagnostics for people: the place, the underlined text, and the remedy.

use super::locate::{Located, Locator};
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Files;
use crate::unseen::{escaped, is_unseen};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;
use std::ops::Range;

/// Longer lines are cut around the place.
const MAX_LINE: usize = 400;
/// The characters of a cut line that remain on each side of the place.
const MARGIN: usize = 60;

/// The style of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without colours.
    Plain,
    /// With escape sequences for colours.
    Coloured,
}

/// All diagnostics, each with `file:line:column`, the underlined excerpt and a help line.
pub fn human(diagnostics: &Diagnostics, files: &Files, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut locator = Locator::new(files);
    let mut text = String::new();
    for diagnostic in diagnostics.iter() {
        let located = locator.locate(&diagnostic.place).map(|located| {
            let id = diagnostic.place.file().unwrap_or_default();
            let line = locator.line(id, located.file, located.line);
            (located, line)
        });
        let help = help(diagnostic);
        text.push_str(&renderer.render(&[group(diagnostic, located, &help)]));
        text.push_str("\n\n");
    }
    text
}

/// The text with invisible and bidirectional control characters escaped.
pub fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, is_unseen)
}

/// The remedy in one line.
pub(super) fn help(diagnostic: &Diagnostic) -> String {
    let more = || format!("`typewright explain {}` says more", diagnostic.code.id);
    let help = diagnostic.help.as_deref();
    help.map_or_else(more, |help| printable(help).into_owned())
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    located: Option<(Located<'a>, Range<usize>)>,
    help: &'a str,
) -> Group<'a> {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code.id);
    let group = match located {
        None => Group::with_title(title),
        Some((located, line)) => with_excerpt(Group::with_title(title), diagnostic, &located, line),
    };
    group.element(Level::HELP.message(help))
}

fn with_excerpt<'a>(
    group: Group<'a>,
    diagnostic: &'a Diagnostic,
    located: &Located<'a>,
    line: Range<usize>,
) -> Group<'a> {
    let text = &located.file.text;
    let line = line.start..line.end.max(located.range.start);
    let origin =
        Origin::path(printable(&located.file.name)).line(located.line).char_column(located.column);
    if located.range.is_empty() && located.range.start == 0 {
        return group.element(origin);
    }
    let end = located.range.end.clamp(located.range.start, line.end);
    let label = AnnotationKind::Primary;
    let is_cut = line.len() > MAX_LINE;
    let cut = match is_cut {
        true => cut(text, &line, &(located.range.start..end)),
        false => line,
    };
    let (excerpt, span) = excerpt(text, &cut, located.range.start..end);
    let annotation = label.span(span).label(diagnostic.code.title);
    let snippet = Snippet::source(excerpt).line_start(located.line);
    if is_cut {
        return group.element(origin).element(snippet.annotation(annotation));
    }
    let snippet = snippet.path(printable(&located.file.name));
    group.element(snippet.annotation(annotation))
}

/// A part of a text with escapes, and the range of the place in it.
fn excerpt<'a>(
    text: &'a str,
    part: &Range<usize>,
    place: Range<usize>,
) -> (Cow<'a, str>, Range<usize>) {
    let piece = |range| printable(text.get(range).unwrap_or_default());
    let whole = piece(part.clone());
    if let Cow::Borrowed(whole) = whole {
        return (Cow::Borrowed(whole), place.start - part.start..place.end - part.start);
    }
    let start = piece(part.start..place.start).len();
    let end = start + piece(place.start..place.end).len();
    (whole, start..end)
}

/// The part of a long line around a place.
fn cut(text: &str, line: &Range<usize>, place: &Range<usize>) -> Range<usize> {
    let mut start = place.start.saturating_sub(MARGIN).max(line.start);
    let mut end = (place.end + MARGIN).min(line.end).min(place.start + MAX_LINE).max(place.end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
