//! Replies: what a handler returns, and how the description says that it is written.

use crate::body::Body;
use crate::codec::{by_codec, to_json, to_value, Codec, CodecError, Encode, Value};
use crate::request::body as request_body;
use crate::request::parameters;
use crate::response::{Binary, Form, FormAs, Json, JsonAs, PlainText, Streamed};
#[cfg(feature = "xml")]
use crate::response::{Xml, XmlAs};
use crate::server::context::Head;
use crate::server::problem::Problem;
use crate::spec::{media_type, Content, MediaCodec, Parameter, ResponseSpec, Status};
use axum::body::HttpBody as _;
use axum::response::Response;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue, CONTENT_LENGTH, CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, Method, StatusCode};
use std::fmt;
use std::sync::Arc;

/// The replies of an operation.
pub trait Reply: Sized {
    /// Writes the reply as a response.
    ///
    /// # Errors
    /// It has no form that the description allows.
    fn write(self, writer: ReplyWriter<'_>) -> ReplyResult;
}

/// A response, or the reason why a reply has none.
pub type ReplyResult = Result<Response, ReplyError>;

/// The reason why a reply cannot be written: the service does not do what its description says.
#[derive(Debug)]
pub struct ReplyError(String);

impl ReplyError {
    fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<CodecError> for ReplyError {
    fn from(failure: CodecError) -> Self {
        Self::new(failure.to_string())
    }
}

/// An encoder of the bodies of replies.
pub trait ReplyBody {
    /// The value of the body.
    type Value;

    /// Writes the value as the body of a reply.
    ///
    /// # Errors
    /// The value has no form in the media type.
    fn write(value: Self::Value, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError>;
}

/// Begins replies to one request.
pub struct ReplyWriter<'r> {
    head: &'r Head,
}

impl<'r> ReplyWriter<'r> {
    /// Begins the documented response of this index, in the media type of this index, none without a body.
    #[must_use]
    pub fn response(self, response: usize, content: &[usize]) -> ReplyParts<'r> {
        let spec = self.head.operation.responses.get(response);
        let contents = spec.map_or(&[][..], |spec| spec.contents);
        ReplyParts {
            head: self.head,
            index: response,
            spec,
            content: content.first().and_then(|content| contents.get(*content)),
            status: None,
            content_type: None,
            headers: HeaderMap::new(),
            body: Body::Empty,
        }
    }
}

/// A reply that is being written.
pub struct ReplyParts<'r> {
    head: &'r Head,
    index: usize,
    spec: Option<&'static ResponseSpec>,
    content: Option<&'static Content>,
    status: Option<StatusCode>,
    content_type: Option<String>,
    headers: HeaderMap,
    body: Body,
}

impl ReplyParts<'_> {
    /// Sets the status, for responses that are documented for several.
    pub fn status(&mut self, status: StatusCode) {
        self.status = Some(status);
    }

    /// Sets the media type, for contents that are documented as a range of them.
    pub fn content_type(&mut self, media_type: String) {
        self.content_type = Some(media_type);
    }

    /// Adds the documented headers, an object (OpenAPI 3.2, section 4.21: style `simple`).
    ///
    /// # Errors
    /// A value has no text, or none that a header can carry.
    pub fn headers(&mut self, headers: &dyn Encode) -> Result<(), ReplyError> {
        let Some(Value::Object(members)) = to_value(headers)? else {
            return Err(ReplyError::new("headers are not an object"));
        };
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let header = HeaderName::from_bytes(name.as_bytes());
            let header = header.map_err(|_| ReplyError::new(format!("`{name}` is no header")))?;
            // Which is never a list in one line (RFC 6265, section 3).
            let items = value.as_list().filter(|_| header == SET_COOKIE);
            let values = items.unwrap_or(std::slice::from_ref(value));
            for value in values {
                let text = header_text(value)?;
                let text = HeaderValue::from_str(&text);
                let text = text.map_err(|_| ReplyError::new(format!("the value of `{name}`")))?;
                self.headers.append(header.clone(), text);
            }
        }
        Ok(())
    }

    /// The documented media type of the body.
    pub(super) fn documented(&self) -> Result<&'static Content, ReplyError> {
        self.content.ok_or_else(|| ReplyError::new("the response has no such media type"))
    }

    /// Sets the body, in the documented media type.
    pub(super) fn set_body(&mut self, body: Body) {
        self.body = body;
    }

    /// Sets a body that the documented media type encodes.
    fn encode(&mut self, value: &dyn Encode) -> Result<(), ReplyError> {
        let content = self.documented()?;
        if content.codec == MediaCodec::Json && !content.media_type.contains('*') {
            self.body = to_json(value)?.into();
            return Ok(());
        }
        let encoded = request_body::encode(content, value);
        let (body, media_type) = encoded.map_err(|reason| ReplyError::new(reason.to_string()))?;
        self.body = body;
        self.content_type.get_or_insert(media_type);
        Ok(())
    }

    /// The response.
    ///
    /// # Errors
    /// The status or the media type is not one that the description allows here.
    pub fn finish(mut self) -> ReplyResult {
        let status = self.response_status()?;
        if let Some(media_type) = self.media_type()? {
            let value = HeaderValue::from_maybe_shared(media_type);
            let value = value.map_err(|_| ReplyError::new("the media type is no header"))?;
            self.headers.insert(CONTENT_TYPE, value);
        }
        // That of a body in memory is set by axum.
        let length = match &self.body {
            Body::Empty | Body::Bytes(_) => None,
            Body::Factory(_) | Body::Once(..) => self.body.length(),
        };
        let mut response = Response::new(into_axum(self.body));
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        if let Some(length) = length {
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        Ok(response)
    }

    fn response_status(&self) -> Result<StatusCode, ReplyError> {
        let documented = self.spec.map(|spec| spec.status);
        let status = match (documented, self.status) {
            (Some(Status::Exact(code)), None) => StatusCode::from_u16(code).ok(),
            (_, status) => status,
        };
        let status = status.ok_or_else(|| ReplyError::new("the response has no status"))?;
        let is_documented = self.head.operation.response_for(status) == Some(self.index)
            || matches!(documented, Some(Status::Exact(code)) if code == status.as_u16());
        if !is_documented || status.is_informational() {
            let reason = format!("the status {} is not that of this response", status.as_u16());
            return Err(ReplyError::new(reason));
        }
        Ok(status)
    }

    /// The media type to send; `None` without a body.
    fn media_type(&self) -> Result<Option<Bytes>, ReplyError> {
        let Some(content) = self.content else {
            return Ok(None);
        };
        let Some(media_type) = &self.content_type else {
            let media_type = media_type::sendable(content.media_type);
            return Ok(Some(Bytes::from_static(media_type.as_bytes())));
        };
        if content.includes(media_type) {
            return Ok(Some(Bytes::copy_from_slice(media_type.as_bytes())));
        }
        let reason = format!("`{media_type}` is not of `{}`", content.media_type);
        Err(ReplyError::new(reason))
    }
}

/// The text of a header.
fn header_text(value: &Value) -> Result<String, ReplyError> {
    let flat = parameters::flat(value, &[])?;
    Ok(parameters::whole(&Parameter::header(""), &flat))
}

fn into_axum(body: Body) -> axum::body::Body {
    match body {
        Body::Empty => axum::body::Body::empty(),
        Body::Bytes(bytes) => bytes.into(),
        Body::Factory(_) | Body::Once(..) => axum::body::Body::from_stream(body.into_stream()),
    }
}

/// Encoders of a whole value, by its type and by a codec.
macro_rules! value_encoders {
    ($($name:ident, $by_codec:ident;)*) => {$(
        impl<T: Encode> ReplyBody for $name<T> {
            type Value = T;

            fn write(value: T, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
                reply.encode(&value)
            }
        }

        impl<C: Codec> ReplyBody for $by_codec<C> {
            type Value = C::Value;

            fn write(value: C::Value, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
                reply.encode(&by_codec::<C>(&value))
            }
        }
    )*};
}

value_encoders! {
    Json, JsonAs;
    Form, FormAs;
}

#[cfg(feature = "xml")]
value_encoders! {
    Xml, XmlAs;
}

impl ReplyBody for PlainText {
    type Value = String;

    fn write(value: String, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
        reply.set_body(value.into());
        Ok(())
    }
}

impl ReplyBody for Binary {
    type Value = Bytes;

    fn write(value: Bytes, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
        reply.set_body(value.into());
        Ok(())
    }
}

impl ReplyBody for Streamed {
    type Value = Body;

    fn write(value: Body, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
        reply.set_body(value);
        Ok(())
    }
}

/// Turns the reply of a handler into a response.
pub struct Responder {
    pub(super) head: Arc<Head>,
}

impl Responder {
    /// Writes a reply; one that the description does not allow is a response 500.
    pub fn respond<R: Reply>(&self, reply: R) -> Response {
        let outcome = reply.write(ReplyWriter { head: &self.head });
        outcome.unwrap_or_else(|error| unwritable(&self.head, &error))
    }
}

/// The response to a request whose reply is not as documented. The reason is for the service's own log.
fn unwritable(head: &Head, error: &ReplyError) -> Response {
    report(head, error);
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into()
}

#[cfg(feature = "tracing")]
fn report(head: &Head, error: &ReplyError) {
    let operation = head.operation.id;
    tracing::error!(operation.id = operation, reason = %error, "the reply is not as documented");
}

#[cfg(not(feature = "tracing"))]
fn report(_: &Head, _: &ReplyError) {}

/// Removes the body of a response that can have none (RFC 9110, sections 9.3.2, 15.3.5 and 15.4.5).
pub(super) fn without_forbidden_body(method: &Method, mut response: Response) -> Response {
    let status = response.status();
    if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        *response.body_mut() = axum::body::Body::empty();
        response.headers_mut().remove(CONTENT_LENGTH);
        if status == StatusCode::NO_CONTENT {
            response.headers_mut().remove(CONTENT_TYPE);
        }
    } else if method == Method::HEAD {
        let body = std::mem::take(response.body_mut());
        if let Some(length) = body.size_hint().exact() {
            response.headers_mut().entry(CONTENT_LENGTH).or_insert_with(|| length.into());
        }
    }
    response
}
