//! A text that nobody shall see.

use crate::codec::{read_text, CodecError, Decode, Decoder, Encode, Encoder};
use std::fmt;
use std::sync::Arc;

/// A secret text, such as a key or a password: `Debug` shows `***`, and there is no `Display`.
///
/// ```
/// use typewright_runtime::auth::Secret;
/// let key = Secret::from("hunter2");
/// assert_eq!(format!("{key:?}"), "***");
/// assert_eq!(key.expose(), "hunter2");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Decode for Secret {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        read_text(decoder, |text| Self::from(text))
    }
}

impl Encode for Secret {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.text(self.expose())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}
