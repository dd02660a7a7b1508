//! Splits a page into its blocks: headings, fences, tables, text.
//!
//! Tables come first: `#| … |#` is no Markdown, and what is between the two, be it a heading's or a fence's marks, belongs to the table.
//! That is why no Markdown parser is asked here: it would read the cells as paragraphs and lists, and an odd backtick in one cell would take
//! the rest of the page with it.

use crate::say::Say;
use crate::text::{lines, Line, Spanned};
use std::ops::Range;
use typewright::diagnostics::codes::import::IMPORT_BROKEN;

/// A block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'t> {
    /// `## Cluster {#yandex.cloud.trino.v1.Cluster}`
    Heading {
        /// The number of `#`.
        level: usize,
        /// The words.
        text: Spanned<String>,
        /// What is between `{#` and `}`.
        anchor: String,
    },
    /// What is between two lines of three backticks.
    Fence(Vec<Line<'t>>),
    /// What is between `#|` and `|#`.
    Table(Vec<Line<'t>>),
    /// Lines of text.
    Text(Vec<Line<'t>>),
}

/// The blocks of a text that starts at `start` of its page.
pub fn blocks<'t>(text: &'t str, start: usize, say: &mut Say<'_>) -> Vec<Block<'t>> {
    let all: Vec<Line<'t>> = lines(text, start).collect();
    let mut rest = all.as_slice();
    let mut found = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        let block;
        (block, rest) = if first.text.trim_end() == "#|" {
            let (inside, rest) = enclosed(after, "|#", &first.span(), say);
            (Block::Table(inside), rest)
        } else if first.text.starts_with("```") {
            let (inside, rest) = enclosed(after, "```", &first.span(), say);
            (Block::Fence(inside), rest)
        } else if let Some(heading) = heading(first) {
            (heading, after)
        } else {
            let count = rest.iter().take_while(|line| is_text(line)).count();
            let (text, rest) = rest.split_at_checked(count.max(1)).unwrap_or((rest, &[]));
            (Block::Text(text.to_vec()), rest)
        };
        found.push(block);
    }
    found
}

fn is_text(line: &Line<'_>) -> bool {
    line.text.trim_end() != "#|" && !line.text.starts_with("```") && heading(line).is_none()
}

/// The lines up to one that says `end`, and those after it. A section's heading ends what has no end.
fn enclosed<'t, 'l>(
    after: &'l [Line<'t>],
    end: &str,
    opening: &Range<usize>,
    say: &mut Say<'_>,
) -> (Vec<Line<'t>>, &'l [Line<'t>]) {
    let closing = after.iter().position(|line| line.text.trim_end() == end);
    let limit = closing.unwrap_or(after.len());
    let inside = after.get(..limit).unwrap_or_default();
    let section = inside.iter().position(is_section);
    match (closing, section) {
        (Some(_), None) => (inside.to_vec(), after.get(limit + 1..).unwrap_or_default()),
        (_, section) => {
            say.at(
                IMPORT_BROKEN,
                opening,
                format!("nothing closes this with `{end}`"),
            );
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
    let words = line.from(level);
    if level == 0 || level > 6 || !words.text.starts_with(' ') {
        return None;
    }
    let words = words.trimmed();
    let (words, anchor) = match words
        .text
        .strip_suffix('}')
        .and_then(|t| t.rsplit_once("{#"))
    {
        Some((before, anchor)) => (
            Line {
                text: before.trim_end(),
                start: words.start,
            },
            anchor,
        ),
        None => (words, ""),
    };
    Some(Block::Heading {
        level,
        text: Spanned {
            value: words.text.to_owned(),
            span: line.span(),
        },
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
    let line = |line: &Line<'_>| Spanned {
        value: line.text.trim_end().to_owned(),
        span: line.span(),
    };
    lines.iter().map(line).collect()
}
