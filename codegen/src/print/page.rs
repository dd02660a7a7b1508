//! A layout as text.

use super::layout::{columns, Break, Entry, Part, LEAST, MARGIN};

/// How a box that is being printed is broken.
#[derive(Clone, Copy)]
enum Broken {
    No,
    /// Where the line is full; what the lines around are indented by.
    Filled(i64),
    /// At every break.
    All(i64),
}

/// The text as far as it is printed.
pub(super) struct Page<'a> {
    text: &'a str,
    printed: usize,
    out: &'a mut String,
    /// The columns that the line has left.
    space: i64,
    indent: i64,
    /// Spaces that stand before the next word.
    due: i64,
    boxes: Vec<Broken>,
}

impl<'a> Page<'a> {
    /// Writes what is laid out in this text.
    pub fn new(text: &'a str, out: &'a mut String) -> Self {
        Self {
            text,
            printed: 0,
            out,
            space: MARGIN,
            indent: 0,
            due: 0,
            boxes: Vec::new(),
        }
    }

    /// Writes one more part.
    pub fn entry(&mut self, entry: &Entry) {
        match entry.part {
            Part::Words(end) => {
                let words = self.text.get(self.printed..end).unwrap_or_default();
                self.printed = end;
                self.word(words);
            }
            Part::Break(found) => self.break_(&found, entry.size),
            Part::Begin { all, indent } => {
                if entry.size <= self.space {
                    return self.boxes.push(Broken::No);
                }
                let kind = if all { Broken::All } else { Broken::Filled };
                self.boxes.push(kind(self.indent));
                self.indent += indent;
            }
            Part::End => {
                if let Some(Broken::Filled(indent) | Broken::All(indent)) = self.boxes.pop() {
                    self.indent = indent;
                }
            }
            Part::Wide => {}
        }
    }

    fn break_(&mut self, found: &Break, size: i64) {
        let goes_on = found.never
            || match self.boxes.last() {
                Some(Broken::No) => true,
                Some(Broken::All(_)) => false,
                Some(Broken::Filled(_)) | None => size <= self.space,
            };
        if goes_on {
            let instead = found.edge.instead();
            self.due += found.spaces;
            self.space -= found.spaces + columns(instead);
            self.out.push_str(instead);
            return;
        }
        self.word(found.edge.before());
        self.out.push_str(if found.blank { "\n\n" } else { "\n" });
        let indent = self.indent + found.indent;
        self.due = indent;
        self.space = (MARGIN - indent).max(LEAST);
        self.word(found.edge.after());
    }

    /// Writes the spaces that are due.
    fn spaces(&mut self) {
        const SPACES: &str = "                                                                ";
        let mut due = usize::try_from(self.due).unwrap_or_default();
        while due > 0 {
            let some = SPACES.get(..due).unwrap_or(SPACES);
            self.out.push_str(some);
            due -= some.len();
        }
        self.due = 0;
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        self.spaces();
        self.out.push_str(word);
        self.space -= columns(word);
    }
}
