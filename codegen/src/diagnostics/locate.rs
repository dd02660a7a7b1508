//! From places to lines and columns.

use super::Place;
use crate::source::{File, FileId, Files};
use crate::syntax::pointer;
use indexmap::IndexMap;
use std::ops::Range;

/// A place with its line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<'f> {
    /// The file.
    pub file: &'f File,
    /// The range of bytes; empty for a whole file.
    pub range: Range<usize>,
    /// The first line, from 1.
    pub line: usize,
    /// The first column, from 1, in characters.
    pub column: usize,
}

/// Locates places; caches the line starts of each file.
#[derive(Debug)]
pub struct Locator<'f> {
    files: &'f Files,
    lines: IndexMap<FileId, Lines>,
}

impl<'f> Locator<'f> {
    /// A locator for these files.
    pub fn new(files: &'f Files) -> Self {
        Self { files, lines: IndexMap::new() }
    }

    /// Locates a place; `None` for a place in no file.
    pub fn locate(&mut self, place: &Place) -> Option<Located<'f>> {
        let id = place.file()?;
        let file = self.files.get(id)?;
        let range = match place {
            Place::Nowhere | Place::File(_) => 0..0,
            Place::Span(_, range) => clamp(&file.text, range),
            Place::Pointer(_, pointer) => clamp(&file.text, &value(file, pointer)),
            Place::Key(_, pointer) => clamp(&file.text, &key(file, pointer)),
        };
        let (line, column) = self.position(id, file, range.start);
        Some(Located { file, range, line, column })
    }

    /// The line and column of an offset, both from 1.
    pub fn position(&mut self, id: FileId, file: &File, offset: usize) -> (usize, usize) {
        let lines = self.lines(id, file);
        let line = lines.number(offset);
        let start = lines.range(line, &file.text).start;
        let column = lines
            .characters(&file.text, offset)
            .saturating_sub(lines.characters(&file.text, start));
        (line, column + 1)
    }

    /// The range of a line without its line end, by its number from 1.
    pub(super) fn line(&mut self, id: FileId, file: &File, line: usize) -> Range<usize> {
        let range = self.lines(id, file).range(line, &file.text);
        let text = file.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + text.trim_end_matches(['\n', '\r']).len()
    }

    fn lines(&mut self, id: FileId, file: &File) -> &Lines {
        self.lines.entry(id).or_insert_with(|| Lines::new(&file.text))
    }
}

/// Bytes between two marks of [`Lines`].
const STRIDE: usize = 4096;

/// The line starts of a text, and the number of characters before marks in it: a minified document is one line, in which
/// counting from the start for every place would take quadratic time.
#[derive(Debug)]
struct Lines {
    starts: Vec<usize>,
    /// The characters before every [`STRIDE`] bytes, rounded down to a character; empty where all are ASCII.
    marks: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for (at, byte) in text.bytes().enumerate() {
                if at % STRIDE == 0 {
                    marks.push(before);
                }
                before += usize::from(is_first(byte));
            }
            // for the end of a text that ends at a mark
            marks.push(before);
        }
        Self { starts: std::iter::once(0).chain(breaks).collect(), marks }
    }

    /// The number of the line at an offset, from 1.
    fn number(&self, offset: usize) -> usize {
        let line = self.starts.partition_point(|start| *start <= offset);
        line.max(1)
    }

    /// The bytes of a line.
    fn range(&self, line: usize, text: &str) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at));
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        start.copied().unwrap_or_default()..end
    }

    /// The number of characters that begin before an offset.
    fn characters(&self, text: &str, offset: usize) -> usize {
        let Some(before) = self.marks.get(offset / STRIDE) else {
            return offset;
        };
        before + firsts(text, offset / STRIDE * STRIDE..offset)
    }
}

/// The number of characters that begin in a range of bytes.
fn firsts(text: &str, range: Range<usize>) -> usize {
    let bytes = text.as_bytes().get(range).unwrap_or_default();
    bytes.iter().filter(|byte| is_first(**byte)).count()
}

/// `true` if a byte of UTF-8 begins a character.
fn is_first(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The range within the text, on character boundaries.
fn clamp(text: &str, range: &Range<usize>) -> Range<usize> {
    let inside = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = inside(range.start);
    start..inside(range.end).max(start)
}

/// The range of a value; for an object or array that of its key, since a whole page underlined helps nobody.
fn value(file: &File, pointer: &str) -> Range<usize> {
    let steps = pointer::split(pointer);
    let Some((span, exact)) = file.find(steps.iter().map(|step| &**step)) else {
        return 0..0;
    };
    match &span.key {
        Some(key) if span.is_container || !exact => key.clone(),
        _ => span.value.clone(),
    }
}

fn key(file: &File, pointer: &str) -> Range<usize> {
    let steps = pointer::split(pointer);
    let span = file.find(steps.iter().map(|step| &**step));
    span.map_or(0..0, |(span, _)| span.key.clone().unwrap_or_else(|| span.value.clone()))
}
