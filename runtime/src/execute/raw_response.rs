//! Responses before they are decoded, matched with the documented ones.

use super::{BodyMode, Execution};
use crate::body::ByteStream;
use crate::client::Decoding;
use crate::codec::{Codec, CodecError};
use crate::error::{Cause, ResponseContext, ResponseHead, TransportError, TransportFailure};
use crate::header;
use crate::opaque::OpaqueArc;
use crate::request::Call;
use crate::spec::{content_type, MediaCodec, OperationSpec, ResponseSpec, Status};
use crate::transport::Response;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// The body of a response: in memory, or still arriving.
#[derive(Debug)]
pub(crate) enum IncomingBody {
    Buffered(Bytes),
    Stream(ByteStream),
}

/// A response that has not been decoded, matched with the documented responses of its operation.
#[derive(Debug)]
pub struct RawResponse {
    pub(crate) operation: &'static OperationSpec,
    /// That of the head, which is behind a pointer.
    pub(crate) status: StatusCode,
    pub(crate) head: OpaqueArc<ResponseHead>,
    pub(crate) body: IncomingBody,
    pub(crate) response_index: Option<usize>,
    pub(crate) content_index: Option<usize>,
    pub(crate) attempts: u32,
    pub(crate) decoding: Decoding,
    /// Limit of the bytes held in memory.
    pub(crate) max_body_bytes: usize,
    /// `true` if the document does not name the status, and the response is read as the documented success.
    pub(crate) is_assumed: bool,
    /// The call for connecting anew, where the body may be a stream.
    pub(crate) reconnect: Option<Box<Call>>,
}

impl RawResponse {
    pub(super) fn new(execution: &Execution<'_>, response: Response) -> (Self, ByteStream) {
        let operation = execution.operation;
        let decoding = execution.shared.decoding.clone();
        let (head, body) = response.into_parts();
        let (status, headers) = (head.status, head.headers);
        let received = execution.shared.io.clock.since_epoch();
        let documented = operation.response_for(status);
        let assumed = if operation.names_status(documented) || decoding.is_strict() {
            None
        } else {
            operation.assumed_success(status, &headers)
        };
        let response_index = assumed.or(documented);
        let response = Self {
            operation,
            status,
            response_index,
            content_index: operation.content_for(response_index, &headers),
            head: OpaqueArc::new(ResponseHead { status, headers, received }),
            body: IncomingBody::Buffered(Bytes::new()),
            attempts: 0,
            decoding,
            max_body_bytes: execution.max_body_bytes(),
            is_assumed: assumed.is_some(),
            reconnect: None,
        };
        (response, body)
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// A header's value by its codec; `None` where the header is absent.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn header<C: Codec>(&self, name: &str) -> Result<Option<C::Value>, CodecError> {
        header::read::<C>(&self.head.headers, name)
    }

    /// Index of the matching documented response in [`OperationSpec::responses`].
    #[must_use]
    pub fn response_index(&self) -> Option<usize> {
        self.response_index
    }

    /// Index of the body's media type in [`ResponseSpec::contents`].
    #[must_use]
    pub fn content_index(&self) -> Option<usize> {
        self.content_index
    }

    /// The matching documented response.
    pub(crate) fn documented(&self) -> Option<&'static ResponseSpec> {
        self.operation.responses.get(self.response_index?)
    }

    /// The failure of a response that the document does not describe.
    #[must_use]
    pub fn undocumented(&self) -> CodecError {
        CodecError::new("a documented response", format!("status {}", self.status()))
    }

    /// `true` for a documented response of success, and for one of another status of success (2xx) that the client reads as
    /// such.
    ///
    /// `default` describes success only where no other response does.
    #[must_use]
    pub fn is_success(&self) -> bool {
        if self.is_assumed {
            return true;
        }
        let is_below_400 = self.status.as_u16() < 400;
        match self.documented().map(|response| response.status) {
            Some(Status::Exact(_) | Status::Range(_)) => is_below_400,
            Some(Status::Default) => {
                let mut responses = self.operation.responses.iter();
                is_below_400 && !responses.any(|response| response.status.is_success())
            }
            None => false,
        }
    }

    /// `true` for the response to a `HEAD`, which never has a body.
    pub(crate) fn is_of_head(&self) -> bool {
        self.operation.method == "HEAD"
    }

    /// `true` if the body is in a media type of a documented error.
    pub(crate) fn is_like_an_error(&self) -> bool {
        let errors = self.operation.responses.iter();
        let mut errors = errors.filter(|response| !response.status.is_success());
        content_type(&self.head.headers).is_some_and(|media_type| {
            errors.any(|response| {
                let mut contents = response.contents.iter();
                contents.any(|content| content.includes(media_type))
            })
        })
    }

    /// `true` if the body is left to be read while it arrives.
    pub(super) fn is_streamed(&self, body_mode: BodyMode) -> bool {
        let may_stream = match body_mode {
            BodyMode::Buffered => false,
            BodyMode::Streamed => {
                let contents = self.documented().map(|response| response.contents);
                let content = self.content_index.and_then(|index| contents?.get(index));
                content.is_none_or(|content| match content.codec {
                    MediaCodec::Bytes | MediaCodec::EventStream | MediaCodec::JsonLines => true,
                    MediaCodec::Json
                    | MediaCodec::Text
                    | MediaCodec::Form
                    | MediaCodec::FormData
                    | MediaCodec::Multipart
                    | MediaCodec::Xml => false,
                })
            }
            BodyMode::Raw => true,
        };
        may_stream && self.is_success() && !self.is_of_head()
    }

    /// Reverts the assumption of success: the response is what the document says of any other status.
    pub(crate) fn revert_assumption(&mut self) {
        self.is_assumed = false;
        self.response_index = self.operation.response_for(self.status);
        let headers = &self.head.headers;
        self.content_index = self.operation.content_for(self.response_index, headers);
    }

    /// Returns the body as a stream, and leaves an empty one.
    #[must_use]
    pub fn take_stream(&mut self) -> ByteStream {
        match std::mem::replace(&mut self.body, IncomingBody::Buffered(Bytes::new())) {
            IncomingBody::Buffered(bytes) => bytes.into(),
            IncomingBody::Stream(stream) => stream,
        }
    }

    /// The parts of the response that its failures retain.
    pub(crate) fn context(&self) -> ResponseContext {
        ResponseContext {
            operation: self.operation.id,
            head: Some(self.head.clone()),
            body: match &self.body {
                IncomingBody::Buffered(bytes) => bytes.clone(),
                IncomingBody::Stream(_) => Bytes::new(),
            },
            attempts: self.attempts,
        }
    }
}

/// The cause of a failure while a body is received: of the kind [`TransportFailure::Body`], unless the time is over.
pub(super) fn body_failure(error: TransportError) -> Cause {
    match error.failure() {
        TransportFailure::Timeout => Cause::Transport(error),
        TransportFailure::Body
        | TransportFailure::Connect
        | TransportFailure::Request
        | TransportFailure::Other => {
            Cause::Transport(TransportError::new(TransportFailure::Body, error))
        }
    }
}
