//! What unions need beside the ways to find a branch by a tag, a type or trial.

use super::{CodecError, Decode, Decoder, Encode, Encoder, Kind, Value, Visit};

#[cold]
pub(super) fn no_key<'a>(keys: impl Iterator<Item = &'a &'a str>, value: &Value) -> CodecError {
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
    pub fn unexpected(self, expected: impl Into<std::borrow::Cow<'static, str>>) -> CodecError {
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

/// The type of which there is no value: that of a schema that allows nothing (`false`, JSON Schema 2020-12 core, section 4.3.2).
///
/// ```
/// use typewright_runtime::value::{from_json, Never};
///
/// assert!(from_json::<Never>(b"null").is_err());
/// let none: Vec<Never> = from_json(b"[]").unwrap();
/// assert!(none.is_empty());
/// ```
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
