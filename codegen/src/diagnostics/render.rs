//! Findings as people read them: the place, the text underlined, and what to do.

use super::locate::{Located, Locator};
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Files;
use crate::unseen::{escaped, is_unseen};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;
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
        let located = locator.locate(&diagnostic.place).map(|located| {
            let id = diagnostic.place.file().unwrap_or_default();
            let line = locator.line(id, located.file, located.line);
            (located, line)
        });
        let help = help(diagnostic);
        shown.push_str(&renderer.render(&[group(diagnostic, located, &help)]));
        shown.push_str("\n\n");
    }
    shown
}

/// A text as it may be shown: what cannot be seen, or changes how the rest is seen, is escaped.
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, is_unseen)
}

/// What to do about a finding, in a line.
pub(super) fn help(diagnostic: &Diagnostic) -> String {
    let more = || format!("`typewright explain {}` says more", diagnostic.code.id);
    let help = diagnostic.help.as_deref();
    help.map_or_else(more, |help| shown(help).into_owned())
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
    let title = level
        .primary_title(shown(&diagnostic.message))
        .id(diagnostic.code.id);
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
    let origin = Origin::path(shown(&located.file.name))
        .line(located.line)
        .char_column(located.column);
    if located.range.is_empty() && located.range.start == 0 {
        return group.element(origin);
    }
    let end = located.range.end.clamp(located.range.start, line.end);
    let label = AnnotationKind::Primary;
    let is_cut = line.len() > LONGEST_LINE;
    let cut = match is_cut {
        true => cut(text, &line, &(located.range.start..end)),
        false => line,
    };
    let (excerpt, span) = excerpt(text, &cut, located.range.start..end);
    let annotation = label.span(span).label(diagnostic.code.title);
    let snippet = Snippet::source(excerpt).line_start(located.line);
    if is_cut {
        return group
            .element(origin)
            .element(snippet.annotation(annotation));
    }
    let snippet = snippet.path(shown(&located.file.name));
    group.element(snippet.annotation(annotation))
}

/// The part of a text as it is shown, and where in that the place is.
fn excerpt<'a>(
    text: &'a str,
    part: &Range<usize>,
    place: Range<usize>,
) -> (Cow<'a, str>, Range<usize>) {
    let piece = |range| shown(text.get(range).unwrap_or_default());
    let whole = piece(part.clone());
    if let Cow::Borrowed(whole) = whole {
        return (
            Cow::Borrowed(whole),
            place.start - part.start..place.end - part.start,
        );
    }
    let start = piece(part.start..place.start).len();
    let end = start + piece(place.start..place.end).len();
    (whole, start..end)
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
