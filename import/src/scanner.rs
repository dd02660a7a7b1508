//! Text with places, and a scanner for it.

use std::ops::Range;

/// A value and the bytes of the page that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the page.
    pub span: Range<usize>,
}

/// A line without its line ending, and the offset of its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// The text, without `\n` or `\r\n`.
    pub text: &'t str,
    /// The offset of the line in the page.
    pub start: usize,
}

impl<'t> Line<'t> {
    /// The bytes that the line covers.
    pub fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// The line from a byte on; empty beyond its end.
    pub fn from(&self, at: usize) -> Line<'t> {
        let at = at.min(self.text.len());
        Line { text: self.text.get(at..).unwrap_or_default(), start: self.start + at }
    }

    /// The line without the blanks around its text.
    pub fn trimmed(&self) -> Line<'t> {
        let text = self.text.trim_start();
        Line { text: text.trim_end(), start: self.start + self.text.len() - text.len() }
    }

    /// `true` if the line has only blanks.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a text that starts at `start` of its page. A byte-order mark is in no line.
pub fn lines(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let bare = text.trim_start_matches('\u{feff}');
    let mut at = start + text.len() - bare.len();
    bare.split_inclusive('\n').map(move |raw| {
        let line = Line { text: raw.trim_end_matches('\n').trim_end_matches('\r'), start: at };
        at += raw.len();
        line
    })
}

/// The bytes from the first of these lines to the last.
pub fn span_of(lines: &[Line<'_>]) -> Range<usize> {
    let start = lines.first().map_or(0, |line| line.start);
    start..lines.last().map_or(start, |line| line.span().end)
}

/// Reads a line from left to right.
#[derive(Clone, Copy, Debug)]
pub struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    /// Starts at the beginning of a text.
    pub fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// The remaining text.
    pub fn rest(&self) -> &'t str {
        self.rest
    }

    /// Skips blanks and line ends.
    pub fn blanks(&mut self) -> &mut Self {
        self.rest = self.rest.trim_start();
        self
    }

    /// Reads exactly this text, if it comes next.
    pub fn tag(&mut self, tag: &str) -> bool {
        match self.rest.strip_prefix(tag) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Reads up to a text and skips it; `None` if the text is absent.
    pub fn until(&mut self, end: &str) -> Option<&'t str> {
        let (before, after) = self.rest.split_once(end)?;
        self.rest = after;
        Some(before)
    }

    /// Reads as many characters as satisfy a condition, at least one.
    pub fn while_some(&mut self, accept: impl Fn(char) -> bool) -> Option<&'t str> {
        let end = self.rest.find(|character| !accept(character)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!taken.is_empty()).then_some(taken)
    }

    /// Reads a number such as `-5`, `0.5` or `999,999,999`; returns it without commas.
    pub fn number(&mut self) -> Option<String> {
        let mut ahead = *self;
        let sign = if ahead.tag("-") { "-" } else { "" };
        let digits = ahead.while_some(|c| c.is_ascii_digit() || c == ',')?;
        let whole = digits.trim_end_matches(',');
        ahead.rest = self.rest.get(sign.len() + whole.len()..)?;
        let mut fraction = String::new();
        let mut beyond = ahead;
        if beyond.tag(".") {
            if let Some(digits) = beyond.while_some(|c| c.is_ascii_digit()) {
                fraction = format!(".{digits}");
                ahead = beyond;
            }
        }
        if whole.is_empty() {
            return None;
        }
        *self = ahead;
        Some(format!("{sign}{}{fraction}", whole.replace(',', "")))
    }

    /// Reads a span of code: as many backticks as open it close it, and one blank inside each is padding (CommonMark 6.1).
    pub fn code(&mut self) -> Option<&'t str> {
        let mut ahead = *self;
        let fence = ahead.while_some(|c| c == '`')?;
        let mut searched = 0;
        loop {
            let tail = ahead.rest.get(searched..)?;
            let at = searched + tail.find(fence)?;
            let run: usize = ahead.rest.get(at..)?.chars().take_while(|c| *c == '`').count();
            if run == fence.len() {
                let inside = ahead.rest.get(..at)?;
                self.rest = ahead.rest.get(at + run..)?;
                return Some(unpadded(inside));
            }
            searched = at + run;
        }
    }
}

fn unpadded(code: &str) -> &str {
    code.strip_prefix(' ').and_then(|code| code.strip_suffix(' ')).unwrap_or(code)
}

/// A table cell's text as its author meant it: a bar in a cell is written `\|`.
pub fn unescaped(text: &str) -> String {
    text.replace("\\|", "|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_places() {
        let all: Vec<_> = lines("a\r\nbc\n\nd", 10).collect();
        assert_eq!(all.iter().map(|l| l.text).collect::<Vec<_>>(), ["a", "bc", "", "d"]);
        assert_eq!(all.iter().map(|l| l.start).collect::<Vec<_>>(), [10, 13, 16, 17]);
    }

    #[test]
    fn numbers_stop_before_the_full_stop() {
        let mut scanner = Scanner::new("999,999,999. More");
        assert_eq!(scanner.number().as_deref(), Some("999999999"));
        assert_eq!(scanner.rest(), ". More");
        assert_eq!(Scanner::new("-0.5x").number().as_deref(), Some("-0.5"));
        assert_eq!(Scanner::new("x").number(), None);
    }

    #[test]
    fn code_ends_at_a_fence_of_its_own_length() {
        assert_eq!(Scanner::new("` a|b `.").code(), Some("a|b"));
        assert_eq!(Scanner::new("```|`x` y```").code(), Some("|`x` y"));
        assert_eq!(Scanner::new("`open").code(), None);
        assert_eq!(Scanner::new("").code(), None);
    }
}
