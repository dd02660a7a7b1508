//! Decoders: what a reply's body becomes.

use super::RawResponse;
use crate::body::ByteStream;
use crate::boxed::MaybeSend;
use crate::codec::{Codec, CodecError, Decode, Decoder, Encode, Encoder};
use bytes::Bytes;
use std::fmt;
use std::marker::PhantomData;

/// Turns a reply into a value.
pub trait FromResponse {
    /// The value.
    type Value: MaybeSend + 'static;
    /// Whether bytes, events and lines are left to be read while they arrive.
    const STREAMED: bool = false;
    /// Whether there is anything that the document describes.
    const DOCUMENTED: bool = true;

    /// The value of a reply that [`RawResponse::reply`] and [`RawResponse::content`] have matched.
    ///
    /// # Errors
    /// The body is not what the document says.
    fn decode(answer: &mut RawResponse) -> Result<Self::Value, CodecError>;
}

macro_rules! markers {
    ($($(#[$docs:meta])* $name:ident $(<$T:ident>)?;)*) => {$(
        $(#[$docs])*
        pub struct $name $(<$T>(PhantomData<fn() -> $T>))?;

        impl $(<$T>)? fmt::Debug for $name $(<$T>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )*};
}

markers! {
    /// A body of JSON.
    Json<T>;
    /// A body of a form (`application/x-www-form-urlencoded`).
    Form<T>;
    /// No body, or one that does not matter.
    Empty;
    /// A body of text.
    PlainText;
    /// A body of bytes, in memory.
    Binary;
    /// A body of bytes, read while it arrives.
    Streamed;
}

/// A body of JSON that travels by a codec of its own.
pub struct JsonAs<C>(PhantomData<fn() -> C>);

/// A body of a form whose value travels by a codec of its own.
pub struct FormAs<C>(PhantomData<fn() -> C>);

/// What reads a whole value, by its type or by a codec.
macro_rules! values {
    ($($name:ident, $by_codec:ident: $read:ident;)*) => {$(
        impl<T: Decode + Send + Sync + 'static> FromResponse for $name<T> {
            type Value = T;

            fn decode(answer: &mut RawResponse) -> Result<T, CodecError> {
                answer.$read()
            }
        }

        impl<C: Codec + 'static> FromResponse for $by_codec<C>
        where
            C::Value: Send + Sync + 'static,
        {
            type Value = C::Value;

            fn decode(answer: &mut RawResponse) -> Result<C::Value, CodecError> {
                answer.$read::<Coding<C>>().map(|coding| coding.0)
            }
        }
    )*};
}

values! {
    Json, JsonAs: json;
    Form, FormAs: form;
}

/// Turns the value of a JSON response into one again, for mocks.
pub trait EncodeResponse: FromResponse {
    /// Writes the value.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError>;
}

impl<T: Decode + Encode + Send + Sync + 'static> EncodeResponse for Json<T> {
    fn encode(value: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        value.encode(encoder)
    }
}

impl<C: Codec + 'static> EncodeResponse for JsonAs<C>
where
    C::Value: Send + Sync + 'static,
{
    fn encode(value: &C::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        C::encode(value, encoder)
    }
}

/// A value by its codec.
pub struct Coding<C: Codec>(pub C::Value);

impl<C: Codec<Value: fmt::Debug>> fmt::Debug for Coding<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<C: Codec> Decode for Coding<C> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        C::decode(decoder).map(Self)
    }

    fn null() -> Option<Self> {
        C::null().map(Self)
    }
}

impl<C: Codec> Encode for Coding<C> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        C::encode(&self.0, encoder)
    }
}

impl FromResponse for Empty {
    type Value = ();

    fn decode(_: &mut RawResponse) -> Result<(), CodecError> {
        Ok(())
    }
}

impl FromResponse for PlainText {
    type Value = String;

    fn decode(answer: &mut RawResponse) -> Result<String, CodecError> {
        answer.text()
    }
}

impl FromResponse for Binary {
    type Value = Bytes;

    fn decode(answer: &mut RawResponse) -> Result<Bytes, CodecError> {
        answer.bytes()
    }
}

impl FromResponse for Streamed {
    type Value = ByteStream;
    const STREAMED: bool = true;

    fn decode(answer: &mut RawResponse) -> Result<ByteStream, CodecError> {
        Ok(answer.take_stream())
    }
}

/// What an operation without documented errors fails with: never a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undocumented {}

impl FromResponse for Undocumented {
    type Value = Self;
    const DOCUMENTED: bool = false;

    fn decode(_: &mut RawResponse) -> Result<Self, CodecError> {
        Err(CodecError::new("nothing", "a reply that is not documented"))
    }
}
