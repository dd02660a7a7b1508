//! The bodies of requests: their media types, lengths and values.

use crate::body::ByteStream;
#[cfg(feature = "xml")]
use crate::codec::read_xml;
use crate::codec::{
    read_form, read_json, validate, Codec, CodecError, Coding, Decode, Deviations, Encode, Rule,
    Target, Value,
};
use crate::response::{Binary, Form, FormAs, Json, JsonAs, PlainText, Streamed};
#[cfg(feature = "xml")]
use crate::response::{Xml, XmlAs};
use crate::server::negotiation::body_index;
use crate::server::parameters::read_styled_form;
use crate::server::problem::Problem;
use crate::spec::{content_type, Content, MediaCodec, OperationSpec};
use crate::transport::body::gather;
use axum::body::{Body, BodyDataStream, HttpBody as _};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::marker::PhantomData;

/// A decoder of the bodies of requests.
pub trait RequestBody {
    /// The value that a body is decoded into.
    type Value: Send + 'static;
    /// True if a request may have no body.
    const OPTIONAL: bool = false;

    /// Reports whether bodies of the media type of this index are left to be read while they arrive.
    #[must_use]
    fn is_streamed(_content: usize) -> bool {
        false
    }

    /// Decodes a body, of the media type that [`ReceivedBody::content_index`] names.
    ///
    /// # Errors
    /// The body is not as documented.
    fn decode(body: &mut ReceivedBody) -> Result<Self::Value, CodecError>;

    /// Checks a body against the rules of its media type, where each has its own.
    ///
    /// # Errors
    /// It breaks some.
    fn check(_value: &mut Self::Value) -> Result<(), Problem> {
        Ok(())
    }
}

/// A value that is checked against rules at once, or a stream that is checked with each of its items.
pub trait CheckRules {
    /// Checks it.
    ///
    /// # Errors
    /// It breaks some: 422 with all of them.
    fn check_rules(&mut self, rules: &'static [Rule]) -> Result<(), Problem>;
}

impl<T: Encode> CheckRules for T {
    fn check_rules(&mut self, rules: &'static [Rule]) -> Result<(), Problem> {
        validate(self, rules).map_err(Problem::from)
    }
}

/// The limits of bodies, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Of what is held in memory: a body, an item of a stream, a part.
    pub(super) memory: usize,
    /// Of a stream.
    pub(super) stream: usize,
}

/// The body of a request.
pub struct ReceivedBody {
    operation: &'static OperationSpec,
    content: usize,
    /// The media type with its parameters, of a stream and of parts.
    content_type: Option<String>,
    bytes: ReceivedBytes,
    limits: Limits,
}

enum ReceivedBytes {
    /// There is no body.
    Absent,
    /// It arrives, and none of it is read.
    Arriving(BodyDataStream),
    Buffered(Bytes),
    Stream(ByteStream),
}

impl ReceivedBody {
    /// The body as it arrives. None of it is read.
    pub(super) fn new(operation: &'static OperationSpec, body: Body, limits: Limits) -> Self {
        let bytes = if body.is_end_stream() {
            ReceivedBytes::Absent
        } else {
            ReceivedBytes::Arriving(body.into_data_stream())
        };
        Self { operation, content: 0, content_type: None, bytes, limits }
    }

    /// Receives the body: into memory, unless it is to be streamed.
    ///
    /// # Errors
    /// It has no documented media type, is too long, is interrupted, or is missing.
    pub(super) async fn receive(
        &mut self,
        headers: &HeaderMap,
        is_streamed: fn(usize) -> bool,
        is_optional: bool,
    ) -> Result<(), Problem> {
        let content_type = content_type(headers);
        if content_type.is_none() && self.is_empty().await? {
            return if is_optional { Ok(()) } else { Err(missing()) };
        }
        self.content = body_index(self.operation, headers)?;
        let is_streamed = is_streamed(self.content);
        let codec = self.content().map(|content| content.codec);
        if is_streamed || codec == Some(MediaCodec::Multipart) {
            self.content_type = content_type.map(str::to_owned);
        }
        if is_streamed {
            let stream = super::streams::limited(self.take_stream(), self.limits.stream);
            self.bytes = ReceivedBytes::Stream(stream);
            return Ok(());
        }
        let bytes = match std::mem::replace(&mut self.bytes, ReceivedBytes::Absent) {
            ReceivedBytes::Arriving(body) => {
                collect(body, length(headers), self.limits.memory).await?
            }
            ReceivedBytes::Buffered(bytes) => bytes,
            // A media type without a body is an empty one.
            ReceivedBytes::Absent | ReceivedBytes::Stream(_) => Bytes::new(),
        };
        if bytes.is_empty() && codec == Some(MediaCodec::Json) {
            return if is_optional { Ok(()) } else { Err(missing()) };
        }
        self.bytes = ReceivedBytes::Buffered(bytes);
        Ok(())
    }

    /// True if there is not a byte; where there is one, all that is left is to refuse the body.
    async fn is_empty(&mut self) -> Result<bool, Problem> {
        let ReceivedBytes::Arriving(body) =
            std::mem::replace(&mut self.bytes, ReceivedBytes::Absent)
        else {
            return Ok(true);
        };
        let gathered = gather(body, 0).await;
        match gathered.failure {
            Some(_) => Err(interrupted()),
            None => Ok(!gathered.truncated),
        }
    }

    /// The index of the body's media type among those of the operation.
    #[must_use]
    pub fn content_index(&self) -> usize {
        self.content
    }

    /// The failure of a media type that generated code does not know.
    #[cold]
    #[must_use]
    pub fn undocumented(&self) -> CodecError {
        CodecError::new("a documented media type", "another")
    }

    /// The documented media type.
    pub(super) fn content(&self) -> Option<&'static Content> {
        self.operation.bodies.get(self.content)
    }

    /// The media type of the request, with its parameters.
    pub(super) fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    fn buffered(&self) -> Result<&Bytes, CodecError> {
        match &self.bytes {
            ReceivedBytes::Buffered(bytes) => Ok(bytes),
            ReceivedBytes::Absent => Err(CodecError::new("a body", "none")),
            ReceivedBytes::Arriving(_) | ReceivedBytes::Stream(_) => {
                Err(CodecError::new("a body in memory", "a stream"))
            }
        }
    }

    /// The stream of the body; an empty one where it was taken.
    pub(super) fn take_stream(&mut self) -> ByteStream {
        match std::mem::replace(&mut self.bytes, ReceivedBytes::Absent) {
            ReceivedBytes::Arriving(body) => ByteStream::from_fallible(body),
            ReceivedBytes::Stream(stream) => stream,
            ReceivedBytes::Buffered(bytes) => bytes.into(),
            // A media type without a body is an empty one.
            ReceivedBytes::Absent => Bytes::new().into(),
        }
    }

    /// Decodes JSON; or as a text or a form where that is the documented media type.
    fn json(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let bytes = self.buffered()?;
        match self.content().map(|content| content.codec) {
            Some(MediaCodec::Text) => {
                Value::Text(text(bytes)?).read_into(&Deviations::lenient(0), target)
            }
            Some(MediaCodec::Form) => self.form(target),
            Some(_) | None => read_json(bytes, &Deviations::lenient(0), target),
        }
    }

    #[cfg(feature = "xml")]
    fn xml(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let bytes = self.buffered()?;
        let body = self.content().and_then(|content| content.xml);
        let body =
            body.ok_or_else(|| CodecError::new("a body that is documented as XML", "another"))?;
        read_xml(bytes, body, &Deviations::lenient(0), target)
    }

    fn form(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let bytes = self.buffered()?;
        let parts = self.content().map_or(&[][..], |content| content.parts);
        if parts.is_empty() {
            return read_form(bytes, &Deviations::lenient(0), target);
        }
        read_styled_form(&text(bytes)?, parts, &Deviations::lenient(0), target)
    }
}

/// The length that the head of a request announces.
fn length(headers: &HeaderMap) -> Option<usize> {
    headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads a body into memory.
async fn collect(
    body: BodyDataStream,
    length: Option<usize>,
    limit: usize,
) -> Result<Bytes, Problem> {
    if length.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let gathered = gather(body, limit).await;
    if gathered.failure.is_some() {
        return Err(interrupted());
    }
    if gathered.truncated {
        return Err(too_large(limit));
    }
    Ok(gathered.bytes)
}

/// The problem of a body, or a part of it, of more than so many bytes.
pub(super) fn too_large(limit: usize) -> Problem {
    let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE);
    problem.with_detail(format!("the limit is {limit} bytes"))
}

/// The problem of a body that ends before its end.
pub(super) fn interrupted() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST).with_detail("the body was interrupted")
}

fn missing() -> Problem {
    let problem = Problem::new(StatusCode::BAD_REQUEST);
    problem.with_error("body", "expected a body, found none")
}

/// The problem of a body that is not as documented: 400 where it is malformed, else 422.
pub(super) fn undecodable(failure: CodecError) -> Problem {
    let status = if failure.is_malformed() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Problem::of_failures(status, &[failure.in_member("body")])
}

/// Bytes as text, which has to be UTF-8.
pub(super) fn text(bytes: &[u8]) -> Result<String, CodecError> {
    let text = std::str::from_utf8(bytes).map(str::to_owned);
    text.map_err(|_| CodecError::new("UTF-8 text", "other bytes"))
}

/// Decoders of a whole value, by its type and by a codec.
macro_rules! value_decoders {
    ($($name:ident, $by_codec:ident: $read:ident;)*) => {$(
        impl<T: Decode + Send + 'static> RequestBody for $name<T> {
            type Value = T;

            fn decode(body: &mut ReceivedBody) -> Result<T, CodecError> {
                let mut value = None;
                body.$read(&mut value)?;
                value.ok_or_else(CodecError::nothing)
            }
        }

        impl<C: Codec + 'static> RequestBody for $by_codec<C>
        where
            C::Value: Send,
        {
            type Value = C::Value;

            fn decode(body: &mut ReceivedBody) -> Result<C::Value, CodecError> {
                let mut value: Option<Coding<C>> = None;
                body.$read(&mut value)?;
                value.map(|coding| coding.0).ok_or_else(CodecError::nothing)
            }
        }
    )*};
}

value_decoders! {
    Json, JsonAs: json;
    Form, FormAs: form;
}

#[cfg(feature = "xml")]
value_decoders! {
    Xml, XmlAs: xml;
}

impl RequestBody for PlainText {
    type Value = String;

    fn decode(body: &mut ReceivedBody) -> Result<String, CodecError> {
        text(body.buffered()?)
    }
}

impl RequestBody for Binary {
    type Value = Bytes;

    fn decode(body: &mut ReceivedBody) -> Result<Bytes, CodecError> {
        body.buffered().cloned()
    }
}

impl RequestBody for Streamed {
    type Value = ByteStream;

    fn is_streamed(_content: usize) -> bool {
        true
    }

    fn decode(body: &mut ReceivedBody) -> Result<ByteStream, CodecError> {
        Ok(body.take_stream())
    }
}

/// A body that a request may lack.
pub struct OptionalBody<D>(PhantomData<fn() -> D>);

impl<D: RequestBody> RequestBody for OptionalBody<D> {
    type Value = Option<D::Value>;
    const OPTIONAL: bool = true;

    fn is_streamed(content: usize) -> bool {
        D::is_streamed(content)
    }

    fn decode(body: &mut ReceivedBody) -> Result<Self::Value, CodecError> {
        match body.bytes {
            ReceivedBytes::Absent => Ok(None),
            ReceivedBytes::Arriving(_) | ReceivedBytes::Buffered(_) | ReceivedBytes::Stream(_) => {
                D::decode(body).map(Some)
            }
        }
    }

    fn check(value: &mut Self::Value) -> Result<(), Problem> {
        value.as_mut().map_or(Ok(()), D::check)
    }
}
