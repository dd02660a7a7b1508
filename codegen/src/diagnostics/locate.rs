//! From places to lines and columns.

use super::Place;
use crate::load::{pointer, File, FileId, Files};
use indexmap::IndexMap;
use std::ops::Range;

/// Where something is in a text that people can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<'f> {
    /// The file.
    pub file: &'f File,
    /// The bytes of its text; empty where the file as a whole is meant.
    pub range: Range<usize>,
    /// The first line, from 1.
    pub line: usize,
    /// The first column, from 1, in characters.
    pub column: usize,
}

/// Finds places; remembers where the lines of each file start.
#[derive(Debug)]
pub struct Locator<'f> {
    files: &'f Files,
    lines: IndexMap<FileId, Vec<usize>>,
}

impl<'f> Locator<'f> {
    /// A locator for these files.
    pub fn new(files: &'f Files) -> Self {
        Self {
            files,
            lines: IndexMap::new(),
        }
    }

    /// Where a place is; none where it is in no file.
    pub fn locate(&mut self, place: &Place) -> Option<Located<'f>> {
        let id = match place {
            Place::Nowhere => return None,
            Place::File(id) | Place::Pointer(id, _) | Place::Key(id, _) | Place::Span(id, _) => *id,
        };
        let file = self.files.get(id)?;
        let range = match place {
            Place::Nowhere | Place::File(_) => 0..0,
            Place::Span(_, range) => clamp(&file.text, range),
            Place::Pointer(_, pointer) => clamp(&file.text, &value(file, pointer)),
            Place::Key(_, pointer) => clamp(&file.text, &key(file, pointer)),
        };
        let (line, column) = self.position(id, file, range.start);
        Some(Located {
            file,
            range,
            line,
            column,
        })
    }

    /// The line and column of an offset, both from 1.
    pub fn position(&mut self, id: FileId, file: &File, offset: usize) -> (usize, usize) {
        let starts = self.lines.entry(id).or_insert_with(|| starts(&file.text));
        let line = starts.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|at| starts.get(at))
            .copied()
            .unwrap_or_default();
        let before = file.text.get(start..offset).unwrap_or_default();
        (line.max(1), before.chars().count() + 1)
    }
}

fn starts(text: &str) -> Vec<usize> {
    let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(breaks).collect()
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

/// The text of a value. Of an object or array its key is shown: nobody wants to see a page underlined.
fn value(file: &File, pointer: &str) -> Range<usize> {
    let steps = pointer::split(pointer);
    let Some((spot, exact)) = file.find(steps.iter().map(|step| &**step)) else {
        return 0..0;
    };
    match &spot.key {
        Some(key) if spot.container || !exact => key.clone(),
        _ => spot.value.clone(),
    }
}

fn key(file: &File, pointer: &str) -> Range<usize> {
    let steps = pointer::split(pointer);
    let spot = file.find(steps.iter().map(|step| &**step));
    spot.map_or(0..0, |(spot, _)| {
        spot.key.clone().unwrap_or_else(|| spot.value.clone())
    })
}
