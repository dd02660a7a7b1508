//! What unions need beside the ways to find a branch by a tag, a type or trial.

use super::union::tried;
use super::value::{Replay, Tally};
use super::{Branch, CodecError, Kind, Decode, Encoder, Decoder, Value, Visit, Encode};

/// Reads a union by a member that only one branch has; the branch without one takes everything else.
///
/// # Errors
/// No branch is for the value, or the branch does not take it.
pub fn read_by_key<T>(
    decoder: &mut dyn Decoder,
    branches: &[(Option<&'static str>, Branch<T>)],
) -> Result<T, CodecError> {
    let value = decoder.any()?;
    let keyed = branches
        .iter()
        .find(|(key, _)| key.is_some_and(|key| value.has(key)));
    let chosen = keyed.or_else(|| branches.iter().find(|(key, _)| key.is_none()));
    match chosen {
        Some((_, (_, read))) => read(&mut Replay::new(&value, &Tally::default())),
        None => Err(no_key(branches.iter().filter_map(|(key, _)| *key), &value)),
    }
}

/// Reads a union whose branches are texts, with those that each lists: a listed text is of the branch that lists it, and
/// any other one of a branch that lists none and takes it, such as the only date. A text of neither is kept by a branch
/// that keeps what it does not list. Values of other types go to the branch that takes them.
///
/// # Errors
/// No branch takes the value; the failure lists each with its reason.
pub fn read_by_text<T>(
    decoder: &mut dyn Decoder,
    branches: &[(&[&str], Branch<T>)],
) -> Result<T, CodecError> {
    let value = decoder.any()?;
    let lists = |text: &str| {
        let mut branches = branches.iter();
        branches.find(|(listed, _)| listed.contains(&text))
    };
    match value.as_str().and_then(lists) {
        Some((_, (_, read))) => read(&mut Replay::new(&value, &Tally::default())),
        None => tried(&value, branches.iter().map(|(_, branch)| branch)),
    }
}

#[cold]
fn no_key<'a>(keys: impl Iterator<Item = &'a str>, value: &Value) -> CodecError {
    let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
    CodecError::new(
        format!("an object with one of {}", keys.join(", ")),
        value.describe(),
    )
}

impl Kind {
    /// The failure of a value whose type no branch is for.
    #[cold]
    #[must_use]
    pub fn unexpected(self, expected: &'static str) -> CodecError {
        let found = match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Object => "an object",
        };
        CodecError::new(expected, found)
    }
}

/// The type of which there is no value: what a schema that allows nothing becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Never {}

impl Decode for Never {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        Err(CodecError::new(
            "nothing, as the document allows no value here",
            decoder.any()?.describe(),
        ))
    }
}

impl Encode for Never {
    fn encode(&self, _encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match *self {}
    }
}

impl Value {
    /// The value of a JSON text that is known to be one; null where it is not.
    #[must_use]
    pub fn from_json_text(text: &str) -> Self {
        super::from_json(text.as_bytes()).unwrap_or_default()
    }
}

/// The type whose only value is null.
impl Decode for () {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        struct OnlyNull;
        impl Visit for OnlyNull {
            fn expected(&self) -> &'static str {
                "null"
            }

            fn null(&mut self) -> Result<(), CodecError> {
                Ok(())
            }
        }
        decoder.visit(&mut OnlyNull)
    }

    fn null() -> Option<Self> {
        Some(())
    }
}

impl Encode for () {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.null()
    }
}
