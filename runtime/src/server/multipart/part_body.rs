//! Decoders of the parts of a body.

use super::{text, FileStream, FromPart, PartBody, ReceivedPart};
use crate::codec::{Codec, CodecError, Coding, Decode};
use crate::response::{Binary, Form, FormAs, Json, JsonAs, PlainText};
use bytes::Bytes;

impl FromPart for FileStream {
    fn is_streamed(_name: &str) -> bool {
        true
    }

    fn decode(part: ReceivedPart) -> Result<Self, CodecError> {
        Ok(part.file)
    }
}

impl PartBody for FileStream {
    type Value = Self;
    const STREAMED: bool = true;

    fn decode(part: ReceivedPart) -> Result<Self, CodecError> {
        Ok(part.file)
    }
}

impl PartBody for PlainText {
    type Value = String;

    fn decode(part: ReceivedPart) -> Result<String, CodecError> {
        text(part.in_memory()?)
    }
}

impl PartBody for Binary {
    type Value = Bytes;

    fn decode(part: ReceivedPart) -> Result<Bytes, CodecError> {
        part.in_memory().cloned()
    }
}

/// Decoders of a whole value, by its type and by a codec.
macro_rules! value_decoders {
    ($($name:ident, $by_codec:ident: $read:ident;)*) => {$(
        impl<T: Decode> PartBody for $name<T> {
            type Value = T;

            fn decode(part: ReceivedPart) -> Result<T, CodecError> {
                let mut value = None;
                part.$read(&mut value)?;
                value.ok_or_else(CodecError::nothing)
            }
        }

        impl<C: Codec> PartBody for $by_codec<C> {
            type Value = C::Value;

            fn decode(part: ReceivedPart) -> Result<C::Value, CodecError> {
                let mut value: Option<Coding<C>> = None;
                part.$read(&mut value)?;
                value.map(|coding| coding.0).ok_or_else(CodecError::nothing)
            }
        }
    )*};
}

value_decoders! {
    Json, JsonAs: value;
    Form, FormAs: form;
}
