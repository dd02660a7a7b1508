//! An operation as text, a line a thing: what generated code keeps in place of nested literals.
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
//! 200 application/json text/plain as json            a reply: statuses, then media types
//! 400 404 5XX default application/problem+json       several replies alike
//! security oauth read write + key | basic | none     alternatives of schemes with their scopes
//! idempotent
//! idempotency-key Idempotency-Key
//! pages token pageToken /nextPageToken items=/results limit=pageSize more=/hasMore total=/total
//! wait operationId id=/id state=/status success=DONE failure=FAILED
//! get https://operations.example.com /operations/{operationId}
//! ```
//!
//! Media types have the codec of their name ([`MediaCodec::of`]) or the one behind `as`: `json`, `form`, `formdata`,
//! `multipart`, `text`, `events`, `lines`, `bytes`. Pages are `number PARAMETER FIRST`, `offset PARAMETER`,
//! `index PARAMETER`, `last PARAMETER POINTER`, `token PARAMETER POINTER`, `link POINTER` or `header`. What goes on after
//! its reply says `wait location`, or where the id goes with `done=` and `error=`, or `state=` with the states; `get` is
//! asked of another server.
//!
//! A word with blanks, quotes, commas, backslashes, control or non-ASCII letters, an empty one, and one that would be
//! taken for another thing at its place, is written as a JSON string; so is the value behind `=`.

mod build;
mod follow;
mod settings;
mod words;

use super::OperationSpec;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;
use words::Line;

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
    spec: OnceLock<OperationSpec>,
}

impl LazySpec {
    /// The operation of this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let spec = OnceLock::new();
        Self { text, spec }
    }

    /// The operation; where the text cannot be read, one that says so in [`OperationSpec::invalid`].
    pub fn get(&self) -> &OperationSpec {
        self.spec.get_or_init(|| {
            OperationSpec::parse(self.text).unwrap_or_else(|error| OperationSpec {
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
    /// Its lists, and the words in it that are JSON strings, are kept until the program ends: operations are statics.
    ///
    /// # Errors
    /// The line that is no line of an operation.
    pub fn parse(text: &'static str) -> Result<Self, SpecError> {
        let lines = text.split('\n').enumerate();
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty());
        let (number, first) = lines.next().unwrap_or((0, ""));
        let mut builder = build::Builder::new(Line::read(number + 1, first)?)?;
        for (number, line) in lines {
            builder.line(Line::read(number + 1, line)?)?;
        }
        Ok(builder.build())
    }
}

#[cfg(test)]
mod tests;
