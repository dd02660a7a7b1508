//! Edits of a text, which leave all else as it is.

use std::cmp::Reverse;
use std::ops::Range;

/// A piece of a replacement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// New text.
    Text(String),
    /// A part of the old text, with the edits inside of it.
    Old(usize, usize),
}

/// Replacement of a range of the text. An empty range inserts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The new contents.
    pub pieces: Vec<Piece>,
}

impl Edit {
    /// Replaces a range by a text.
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { start: range.start, end: range.end, pieces: vec![Piece::Text(text.into())] }
    }
}

/// The text after all edits. An edit inside the range of another one counts where that one has the old text as a piece.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    // Insertions come before a replacement that begins at the same place, and outer edits before inner ones.
    edits.sort_by_key(|edit| (edit.start, edit.end > edit.start, Reverse(edit.end), *edit));
    edits.dedup();
    rendered(text, 0..text.len(), &edits)
}

fn rendered(text: &str, range: Range<usize>, edits: &[&Edit]) -> String {
    let mut result = String::new();
    let mut cursor = range.start;
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default();
    for (number, edit) in edits.iter().enumerate() {
        if edit.start < cursor || edit.end > range.end {
            continue;
        }
        result.push_str(slice(cursor..edit.start));
        let others = || edits.iter().enumerate().filter(|(other, _)| *other != number);
        for piece in &edit.pieces {
            match piece {
                Piece::Text(text) => result.push_str(text),
                Piece::Old(start, end) => {
                    let others: Vec<&Edit> = others().map(|(_, edit)| *edit).collect();
                    result.push_str(&rendered(text, *start..*end, &others));
                }
            }
        }
        cursor = edit.end;
    }
    result.push_str(slice(cursor..range.end));
    result
}

#[cfg(test)]
mod tests {
    use super::{apply, Edit, Piece};

    #[test]
    fn edits_are_made_at_once() {
        let edits = [Edit::new(0..1, "b"), Edit::new(2..3, "a"), Edit::new(6..6, "!")];
        assert_eq!(apply("a b é", &edits), "b a é!");
        assert_eq!(apply("a", &[]), "a");
    }

    #[test]
    fn a_moved_text_is_edited_too() {
        let inserted = Edit { start: 2, end: 2, pieces: vec![Piece::Old(6, 9)] };
        let removed = Edit { start: 3, end: 10, pieces: vec![] };
        let edits = [removed, inserted, Edit::new(8..9, "c"), Edit::new(3..3, "?")];
        assert_eq!(apply("f().g(a.b)", &edits), "f(a.c)?");
    }
}
