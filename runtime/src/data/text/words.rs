//! The words of a line.

use super::SpecError;
use std::iter::Peekable;
use std::vec::IntoIter;

/// A word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) text: &'static str,
    /// A JSON string, which never is a word of the grammar.
    pub(super) quoted: bool,
}

/// The words of a line that have not been read.
pub(super) struct Line {
    number: usize,
    words: Peekable<IntoIter<Word>>,
}

/// How many bytes at the beginning of a text are blanks.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The length of the JSON string at the beginning of a text, quotes included.
fn string_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    let mut letters = text.char_indices().skip(1);
    let end = letters.find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    end.map(|(at, _)| at + 1)
}

impl Line {
    /// Splits a line, which has this number.
    pub(super) fn read(number: usize, line: &'static str) -> Result<Self, SpecError> {
        let mut words = Vec::new();
        let mut rest = line.get(blanks(line)..).unwrap_or_default();
        while !rest.is_empty() {
            let (word, length) = word(rest).ok_or(SpecError {
                line: number,
                word: rest.trim_end(),
                reason: "this is no JSON string",
            })?;
            words.push(word);
            rest = rest.get(length..).unwrap_or_default();
            rest = rest.get(blanks(rest)..).unwrap_or_default();
        }
        let words = words.into_iter().peekable();
        Ok(Self { number, words })
    }

    /// An error about this line.
    pub(super) fn wrong(&self, word: &'static str, reason: &'static str) -> SpecError {
        let line = self.number;
        SpecError { line, word, reason }
    }

    /// The next word, whatever it is.
    pub(super) fn next(&mut self) -> Option<Word> {
        self.words.next()
    }

    /// The next word, where it is a word of the grammar that this is true of.
    pub(super) fn next_if(&mut self, wanted: impl Fn(&str) -> bool) -> Option<&'static str> {
        let word = self
            .words
            .next_if(|word| !word.quoted && wanted(word.text))?;
        Some(word.text)
    }

    /// The next word, unless it is one of these of the grammar.
    pub(super) fn next_unless(&mut self, ends: &[&str]) -> Option<&'static str> {
        let next = |word: &Word| word.quoted || !ends.contains(&word.text);
        self.words.next_if(next).map(|word| word.text)
    }

    /// Whether the next word is this one of the grammar; it is read then.
    pub(super) fn skip(&mut self, wanted: &str) -> bool {
        self.next_if(|word| word == wanted).is_some()
    }

    /// The next word, which has to be there.
    pub(super) fn word(&mut self, missing: &'static str) -> Result<&'static str, SpecError> {
        let word = self.next().map(|word| word.text);
        word.ok_or_else(|| self.wrong("", missing))
    }

    /// The rest of the line.
    pub(super) fn rest(&mut self) -> Vec<&'static str> {
        self.words.by_ref().map(|word| word.text).collect()
    }

    /// Nothing may be left.
    pub(super) fn end(mut self) -> Result<(), SpecError> {
        match self.next() {
            Some(word) => Err(self.wrong(word.text, "the line should end before this")),
            None => Ok(()),
        }
    }
}

/// The first word of a text without blanks before it, and the length of what it is written as.
fn word(text: &'static str) -> Option<(Word, usize)> {
    let end = text
        .find(|letter: char| letter.is_whitespace() || letter == '"')
        .unwrap_or(text.len());
    let plain = text.get(..end)?;
    let rest = text.get(end..)?;
    if !rest.starts_with('"') {
        let quoted = false;
        return Some((
            Word {
                text: plain,
                quoted,
            },
            end,
        ));
    }
    let length = string_length(rest)?;
    let value: String = serde_json::from_str(rest.get(..length)?).ok()?;
    let quoted = plain.is_empty();
    let text: &'static str = [plain, &value].concat().leak();
    (quoted || plain.ends_with('=')).then_some((Word { text, quoted }, end + length))
}
