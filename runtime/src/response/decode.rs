//! Decoders of responses.

use crate::body::ByteStream;
use crate::codec::{read_form, Codec, CodecError, Coding, Decode, Encode, Encoder, Target, Value};
use crate::execute::{IncomingBody, RawResponse};
use crate::futures::MaybeSend;
use crate::spec::{content_type, media_type, MediaCodec};
use bytes::Bytes;
use std::fmt;
use std::marker::PhantomData;

/// A decoder of responses.
pub trait FromResponse {
    /// The value that a response is decoded into.
    type Value: MaybeSend + 'static;
    /// `true` if bytes, events and lines are left to be read while they arrive.
    const STREAMED: bool = false;
    /// `true` if the document describes a response.
    const DOCUMENTED: bool = true;
    /// Reports whether a response is decoded although it is none of success; by default none is.
    const ALSO_DECODED: Option<fn(&RawResponse) -> bool> = None;

    /// Decodes a response, which [`RawResponse::response_index`] and [`RawResponse::content_index`] match with the documented
    /// ones.
    ///
    /// # Errors
    /// The body is not as documented.
    fn decode(response: &mut RawResponse) -> Result<Self::Value, CodecError>;
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
    /// No body, or one that is irrelevant.
    Empty;
    /// A body of text.
    PlainText;
    /// A body of bytes, in memory.
    Binary;
    /// A body of bytes, read while it arrives.
    Streamed;
}

/// A body of JSON whose value has a codec.
pub struct JsonAs<C>(PhantomData<fn() -> C>);

/// A body of a form whose value has a codec.
pub struct FormAs<C>(PhantomData<fn() -> C>);

/// Decoders of a whole value, by its type and by a codec.
macro_rules! value_decoders {
    ($($name:ident, $by_codec:ident: $read:ident;)*) => {$(
        impl<T: Decode + Send + Sync + 'static> FromResponse for $name<T> {
            type Value = T;

            fn decode(response: &mut RawResponse) -> Result<T, CodecError> {
                response.$read()
            }
        }

        impl<C: Codec + 'static> FromResponse for $by_codec<C>
        where
            C::Value: Send + Sync + 'static,
        {
            type Value = C::Value;

            fn decode(response: &mut RawResponse) -> Result<C::Value, CodecError> {
                response.$read::<Coding<C>>().map(|coding| coding.0)
            }
        }
    )*};
}

value_decoders! {
    Json, JsonAs: json;
    Form, FormAs: form;
}

impl FromResponse for Empty {
    type Value = ();

    fn decode(_: &mut RawResponse) -> Result<(), CodecError> {
        Ok(())
    }
}

impl FromResponse for PlainText {
    type Value = String;

    fn decode(response: &mut RawResponse) -> Result<String, CodecError> {
        response.text()
    }
}

impl FromResponse for Binary {
    type Value = Bytes;

    fn decode(response: &mut RawResponse) -> Result<Bytes, CodecError> {
        response.bytes()
    }
}

impl FromResponse for Streamed {
    type Value = ByteStream;
    const STREAMED: bool = true;

    fn decode(response: &mut RawResponse) -> Result<ByteStream, CodecError> {
        Ok(response.take_stream())
    }
}

/// The error type of an operation without documented errors; it has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undocumented {}

impl FromResponse for Undocumented {
    type Value = Self;
    const DOCUMENTED: bool = false;

    fn decode(_: &mut RawResponse) -> Result<Self, CodecError> {
        Err(CodecError::new("nothing", "a response that is not documented"))
    }
}

/// The inverse of [`FromResponse`] for responses of JSON and XML, for mocks.
pub trait EncodeResponse: FromResponse {
    /// Writes the value, which the media type of the response encodes.
    ///
    /// # Errors
    /// The value has no JSON form.
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

impl RawResponse {
    /// Decodes the body as JSON; as text or as a form where the response is of a documented media type of those.
    ///
    /// An empty body is null. Where the status or method allows no body (RFC 9110, sections 9.3.2, 15.3.5 and 15.3.6), it is
    /// else an object without members, since documents describe a body there all the same.
    ///
    /// # Errors
    /// The body is not JSON, or not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, CodecError> {
        if self.buffered()?.is_empty() {
            if let Some(null) = T::null() {
                return Ok(null);
            }
        }
        let mut value = None;
        self.decode_json(&mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// The part of [`Self::json`] that is compiled once for all types.
    fn decode_json(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let mut bytes: &[u8] = self.buffered()?;
        let operation = self.operation.id;
        match self.received_codec() {
            Some(MediaCodec::Text) if !bytes.is_empty() => {
                let text = Value::Text(self.text()?);
                let mut read = |deviations: &_| text.read_into(deviations, target);
                return self.decoding.run(operation, &mut read);
            }
            Some(MediaCodec::Form) => return self.decode_form(target),
            Some(_) | None => {}
        }
        if bytes.is_empty() && self.operation.is_bodiless(self.status()) {
            bytes = b"{}";
        }
        let result = self.decoding.read(operation, bytes, target);
        result.map_err(|failure| self.explain(failure))
    }

    /// Decodes the body as a form (`application/x-www-form-urlencoded`): an object of texts, each interpreted by the type that
    /// reads it; a name that occurs several times is a list.
    ///
    /// # Errors
    /// The body is not of this type.
    pub fn form<T: Decode>(&self) -> Result<T, CodecError> {
        let mut value = None;
        self.decode_form(&mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// The part of [`Self::form`] that is compiled once for all types.
    fn decode_form(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let bytes = self.buffered()?;
        let mut read = |deviations: &_| read_form(bytes, deviations, target);
        self.decoding.run(self.operation.id, &mut read)
    }

    /// The codec of the received media type, where the document describes that media type.
    fn received_codec(&self) -> Option<MediaCodec> {
        let content = self.documented()?.contents.get(self.content_index?)?;
        let media_type = content_type(&self.head.headers)?;
        content.includes(media_type).then_some(content.codec)
    }

    /// Names the media type of a body that is not JSON and does not claim to be: it explains more than the first byte does.
    #[cold]
    fn explain(&self, failure: CodecError) -> CodecError {
        match content_type(&self.head.headers) {
            Some(received) if failure.is_malformed() && !media_type::is_json(received) => {
                CodecError::new("a JSON body", format!("one of `{received}`"))
            }
            Some(_) | None => failure,
        }
    }

    /// The body as text: UTF-8, with anything else replaced.
    ///
    /// # Errors
    /// The body is a stream.
    pub fn text(&self) -> Result<String, CodecError> {
        Ok(String::from_utf8_lossy(self.buffered()?).into_owned())
    }

    /// The body's bytes.
    ///
    /// # Errors
    /// The body is a stream.
    pub fn bytes(&self) -> Result<Bytes, CodecError> {
        self.buffered().cloned()
    }

    pub(super) fn buffered(&self) -> Result<&Bytes, CodecError> {
        match &self.body {
            IncomingBody::Buffered(bytes) => Ok(bytes),
            IncomingBody::Stream(_) => Err(CodecError::new("a body in memory", "a stream")),
        }
    }
}
