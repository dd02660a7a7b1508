//! Splits a page into its blocks: headings, fences, tables, text.
//!
//! Tables have precedence: `#| … |#` is not Markdown, and headings or fences between the two belong to the table. A Markdown
//! parser cannot be used, since it reads cells as paragraphs and lists, and an odd backtick in a cell changes the rest of the
//! page.

use crate::page_reporter::PageReporter;
use crate::scanner::{lines, Line, Spanned};
use std::ops::Range;
use typewright::diagnostics::codes::import::IMPORT_BROKEN;

/// A block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'t> {
    /// `## Cluster {#yandex.cloud.trino.v1.Cluster}`
    Heading {
        /// The number of `#`.
        level: usize,
        /// Text of the heading.
        text: Spanned<String>,
        /// Anchor, between `{#` and `}`.
        anchor: String,
    },
    /// Lines between two lines of three backticks.
    Fence(Vec<Line<'t>>),
    /// Lines between `#|` and `|#`.
    Table(Vec<Line<'t>>),
    /// Lines of text.
    Text(Vec<Line<'t>>),
}

/// The blocks of a text that starts at `start` of its page.
pub fn blocks<'t>(text: &'t str, start: usize, reporter: &mut PageReporter<'_>) -> Vec<Block<'t>> {
    let all: Vec<Line<'t>> = lines(text, start).collect();
    let mut rest = all.as_slice();
    let mut blocks = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        let block;
        (block, rest) = if first.text.trim_end() == "#|" {
            let (inside, rest) = enclosed(after, "|#", &first.span(), reporter);
            (Block::Table(inside), rest)
        } else if first.text.starts_with("```") {
            let (inside, rest) = enclosed(after, "```", &first.span(), reporter);
            (Block::Fence(inside), rest)
        } else if let Some(heading) = heading(first) {
            (heading, after)
        } else {
            let count = rest.iter().take_while(|line| is_text(line)).count();
            let (text, rest) = rest.split_at_checked(count.max(1)).unwrap_or((rest, &[]));
            (Block::Text(text.to_vec()), rest)
        };
        blocks.push(block);
    }
    blocks
}

fn is_text(line: &Line<'_>) -> bool {
    line.text.trim_end() != "#|" && !line.text.starts_with("```") && heading(line).is_none()
}

/// The lines before the line `end`, and those after it. Without such a line, the heading of a section ends the block.
fn enclosed<'t, 'l>(
    after: &'l [Line<'t>],
    end: &str,
    opening: &Range<usize>,
    reporter: &mut PageReporter<'_>,
) -> (Vec<Line<'t>>, &'l [Line<'t>]) {
    let closing = after.iter().position(|line| line.text.trim_end() == end);
    let limit = closing.unwrap_or(after.len());
    let inside = after.get(..limit).unwrap_or_default();
    let section = inside.iter().position(is_section);
    match (closing, section) {
        (Some(_), None) => (inside.to_vec(), after.get(limit + 1..).unwrap_or_default()),
        (_, section) => {
            reporter.at(IMPORT_BROKEN, opening, format!("nothing closes this with `{end}`"));
            let limit = section.unwrap_or(limit);
            let inside = after.get(..limit).unwrap_or_default();
            (inside.to_vec(), after.get(limit..).unwrap_or_default())
        }
    }
}

fn is_section(line: &Line<'_>) -> bool {
    let text = line.text;
    text.starts_with("## ")
        && (text.contains("{#")
            || text.contains("HTTP request")
            || text.contains("Path parameters"))
}

fn heading<'t>(line: &Line<'t>) -> Option<Block<'t>> {
    let level = line.text.chars().take_while(|c| *c == '#').count();
    let text = line.from(level);
    if level == 0 || level > 6 || !text.text.starts_with(' ') {
        return None;
    }
    let text = text.trimmed();
    let (text, anchor) = match text.text.strip_suffix('}').and_then(|t| t.rsplit_once("{#")) {
        Some((before, anchor)) => (Line { text: before.trim_end(), start: text.start }, anchor),
        None => (text, ""),
    };
    Some(Block::Heading {
        level,
        text: Spanned { value: text.text.to_owned(), span: line.span() },
        anchor: anchor.to_owned(),
    })
}

/// The text of some lines as paragraphs, without the blanks around it.
pub fn prose(lines: &[Line<'_>]) -> String {
    let text: Vec<&str> = lines.iter().map(|line| line.text.trim_end()).collect();
    text.join("\n").trim().to_owned()
}

/// The lines of a fence with their places.
pub fn block(lines: &[Line<'_>]) -> Vec<Spanned<String>> {
    let line =
        |line: &Line<'_>| Spanned { value: line.text.trim_end().to_owned(), span: line.span() };
    lines.iter().map(line).collect()
}
