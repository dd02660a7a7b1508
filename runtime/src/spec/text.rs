//! An operation as text, with a line for each of its parts: generated code has it in place of nested literals.
//!
//! ```text
//! createExport POST /groups/{groupId}/exports        id, method, path
//! server https://{region}.example.com                a server of its own, in place of the document's
//! variable region eu eu us                           a variable of that server: name, default, allowed values
//! path groupId                                       a parameter, in the order in which they are written
//! query filter required style=deepObject explode=false reserved empty
//! header X-Filter content=application/json           also `cookie` and `querystring`
//! body application/json                              a media type of the request body
//! body multipart/form-data
//! part meta type=application/xml style=form explode=false reserved headers X-Kind scan
//! first type=application/json                        a part of a body that is a list, by its place
//! others type=image/png                              the parts after those
//! 200 application/json text/plain as json            a response: statuses, then media types
//! 400 404 5XX default application/problem+json       several responses alike
//! security oauth read write + key | basic | none     alternatives of schemes with their scopes
//! idempotent
//! idempotency-key Idempotency-Key
//! pages token pageToken /nextPageToken items=/results limit=pageSize more=/hasMore total=/total
//! wait operationId id=/id state=/status success=DONE failure=FAILED
//! get https://operations.example.com /operations/{operationId}
//! ```
//!
//! Media types have the codec of their name ([`MediaCodec::of`]) or the one behind `as`: `json`, `form`, `formdata`,
//! `multipart`, `text`, `events`, `lines`, `bytes`, or `xml` with the index of the outermost element in [`XmlNames`]. Pages are
//! `number PARAMETER FIRST`, `offset PARAMETER`, `index PARAMETER`, `last PARAMETER POINTER`, `token PARAMETER POINTER`,
//! `link POINTER` or `header`. A long-running operation has `wait location`, or `wait` with the parameter of the id and `done=`
//! and `error=`, or `state=` with the states; `get` names the server and the path of its state, where another server has that.
//!
//! A word with blanks, quotes, commas, backslashes, control or non-ASCII letters, an empty one, and one that would be
//! taken for another thing at its place, is written as a JSON string; so is the value behind `=`.

use crate::spec::{OperationSpec, XmlNames};
use std::fmt;
use std::iter::Peekable;
use std::ops::Deref;
use std::sync::OnceLock;
use std::vec::IntoIter;

/// An operation that is read from its text when it is first used; for a `static`.
///
/// ```
/// use typewright_runtime::codegen::v1::LazySpec;
/// static GET_PET: LazySpec = LazySpec::new(
///     "getPet GET /pets/{id}
///     path id
///     200 application/json",
/// );
/// assert_eq!(GET_PET.get().path, "/pets/{id}");
/// ```
#[derive(Debug)]
pub struct LazySpec {
    text: &'static str,
    names: Option<&'static XmlNames>,
    spec: OnceLock<OperationSpec>,
}

impl LazySpec {
    /// The operation of this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let spec = OnceLock::new();
        Self { text, names: None, spec }
    }

    /// Sets the names of bodies of XML.
    #[must_use]
    pub const fn xml(mut self, names: &'static XmlNames) -> Self {
        self.names = Some(names);
        self
    }

    /// The operation; where the text cannot be read, one that says so in [`OperationSpec::invalid`].
    pub fn get(&self) -> &OperationSpec {
        self.spec.get_or_init(|| {
            let spec = OperationSpec::parse_with(self.text, self.names);
            spec.unwrap_or_else(|error| OperationSpec {
                // For messages, which begin with it.
                id: self.text.split_whitespace().next().unwrap_or_default(),
                invalid: Some(error),
                ..OperationSpec::DEFAULT
            })
        })
    }
}

impl Deref for LazySpec {
    type Target = OperationSpec;

    fn deref(&self) -> &OperationSpec {
        self.get()
    }
}

/// A place in the text of an operation that cannot be read, and the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecError {
    line: usize,
    word: &'static str,
    reason: &'static str,
}

impl SpecError {
    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, word, reason } = self;
        write!(f, "line {line} of the operation's text: `{word}`: {reason}")
    }
}

impl std::error::Error for SpecError {}

impl OperationSpec {
    /// Reads the text of an operation.
    ///
    /// Its lists, and the tokens in it that are JSON strings, are kept until the program ends: operations are statics.
    ///
    /// # Errors
    /// The line that is no line of an operation.
    pub fn parse(text: &'static str) -> Result<Self, SpecError> {
        Self::parse_with(text, None)
    }

    /// Reads the text of an operation, with the names of its bodies of XML.
    fn parse_with(text: &'static str, names: Option<&'static XmlNames>) -> Result<Self, SpecError> {
        let lines = text.split('\n').enumerate();
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty());
        let (number, first) = lines.next().unwrap_or((0, ""));
        let mut builder = super::parse::Builder::new(Line::read(number + 1, first)?, names)?;
        for (number, line) in lines {
            builder.line(Line::read(number + 1, line)?)?;
        }
        Ok(builder.build())
    }
}

/// A word, or a JSON string.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) text: &'static str,
    /// `true` for a JSON string, which is no keyword.
    pub(super) quoted: bool,
}

/// The unread tokens of a line.
pub(super) struct Line {
    number: usize,
    tokens: Peekable<IntoIter<Token>>,
}

/// The length of the blanks at the beginning of a text, in bytes.
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
    /// Splits the line of this number.
    pub(super) fn read(number: usize, line: &'static str) -> Result<Self, SpecError> {
        let mut tokens = Vec::new();
        let mut rest = line.get(blanks(line)..).unwrap_or_default();
        while !rest.is_empty() {
            let (word, length) = word(rest).ok_or(SpecError {
                line: number,
                word: rest.trim_end(),
                reason: "this is not a JSON string",
            })?;
            tokens.push(word);
            rest = rest.get(length..).unwrap_or_default();
            rest = rest.get(blanks(rest)..).unwrap_or_default();
        }
        let tokens = tokens.into_iter().peekable();
        Ok(Self { number, tokens })
    }

    /// An error about this line.
    pub(super) fn wrong(&self, word: &'static str, reason: &'static str) -> SpecError {
        let line = self.number;
        SpecError { line, word, reason }
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Token> {
        self.tokens.next()
    }

    /// The next token, if it is a word that matches.
    pub(super) fn next_if(&mut self, matches: impl Fn(&str) -> bool) -> Option<&'static str> {
        let word = self.tokens.next_if(|word| !word.quoted && matches(word.text))?;
        Some(word.text)
    }

    /// The next token, unless it is one of these words.
    pub(super) fn next_unless(&mut self, ends: &[&str]) -> Option<&'static str> {
        let next = |word: &Token| word.quoted || !ends.contains(&word.text);
        self.tokens.next_if(next).map(|word| word.text)
    }

    /// Skips this word; `false` if another token is next.
    pub(super) fn skip(&mut self, keyword: &str) -> bool {
        self.next_if(|word| word == keyword).is_some()
    }

    /// The next token, which is required.
    pub(super) fn word(&mut self, missing: &'static str) -> Result<&'static str, SpecError> {
        let word = self.next().map(|word| word.text);
        word.ok_or_else(|| self.wrong("", missing))
    }

    /// The rest of the line.
    pub(super) fn rest(&mut self) -> Vec<&'static str> {
        self.tokens.by_ref().map(|word| word.text).collect()
    }

    /// Requires that no token is left.
    pub(super) fn end(mut self) -> Result<(), SpecError> {
        match self.next() {
            Some(word) => Err(self.wrong(word.text, "the line should end before this")),
            None => Ok(()),
        }
    }
}

/// The first token of a text without leading blanks, and the length of its source.
fn word(text: &'static str) -> Option<(Token, usize)> {
    let end =
        text.find(|letter: char| letter.is_whitespace() || letter == '"').unwrap_or(text.len());
    let plain = text.get(..end)?;
    let rest = text.get(end..)?;
    if !rest.starts_with('"') {
        let quoted = false;
        return Some((Token { text: plain, quoted }, end));
    }
    let length = string_length(rest)?;
    let value: String = serde_json::from_str(rest.get(..length)?).ok()?;
    let quoted = plain.is_empty();
    let text: &'static str = [plain, &value].concat().leak();
    (quoted || plain.ends_with('=')).then_some((Token { text, quoted }, end + length))
}
