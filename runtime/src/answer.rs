//! Replies: matched with the document, and decoded.

mod decoders;
mod matching;

pub use decoders::{
    Binary, Coding, Empty, EncodeResponse, Form, FormAs, FromResponse, Json, JsonAs, PlainText,
    Streamed, Undocumented,
};
pub(crate) use matching::{assumed, content, is_bodiless, is_named, matching};
use matching::{came, is_of};

use crate::body::ByteStream;
use crate::codec::{read_form, Codec, CodecError, Decode, Target, Value};
use crate::content::media_type;
use crate::data::{MediaCodec, OperationSpec, Status};
use crate::decoding::Decoding;
use crate::opaque::OpaqueArc;
use crate::response::read_header;
use crate::send::Witness;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

/// The head of a reply, which failures share with the answer.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

/// The body of a reply: read, or left for the caller to read.
#[derive(Debug)]
pub(crate) enum Incoming {
    Whole(Bytes),
    Stream(ByteStream),
}

/// A reply, and which of the documented ones it is.
#[derive(Debug)]
pub struct RawResponse {
    pub(crate) operation: &'static OperationSpec,
    pub(crate) head: OpaqueArc<Head>,
    pub(crate) body: Incoming,
    pub(crate) reply: Option<usize>,
    pub(crate) content: Option<usize>,
    pub(crate) attempts: u32,
    pub(crate) retry_after: Option<std::time::Duration>,
    pub(crate) decoding: Decoding,
    /// How much of the body may be held in memory, in bytes.
    pub(crate) max_body_bytes: usize,
    /// Whether the document does not name the status, and the reply is taken for the documented success all the same.
    pub(crate) assumed: bool,
    /// The call again, where its reply is a stream that can be taken up anew.
    pub(crate) again: Option<Box<crate::call::Call>>,
}

impl RawResponse {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// A header's value by its codec; `None` where it is not there.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn header<C: Codec>(&self, name: &str) -> Result<Option<C::Value>, CodecError> {
        read_header::<C>(&self.head.headers, name)
    }

    /// Which of the operation's replies this is, as an index into [`OperationSpec::replies`].
    #[must_use]
    pub fn reply(&self) -> Option<usize> {
        self.reply
    }

    /// In which of that reply's media types, as an index into [`Reply::contents`](crate::data::Reply::contents).
    #[must_use]
    pub fn content(&self) -> Option<usize> {
        self.content
    }

    /// The failure of a reply that the document says nothing of.
    #[must_use]
    pub fn undocumented(&self) -> CodecError {
        CodecError::new("a documented reply", format!("status {}", self.status()))
    }

    /// Whether the document describes this status.
    #[must_use]
    pub fn is_documented(&self) -> bool {
        self.reply.is_some()
    }

    /// True for a documented reply to a call that went well, and for one of another status of success (2xx) that the client
    /// takes for it.
    ///
    /// `default` describes success only where the document describes no other.
    #[must_use]
    pub fn is_success(&self) -> bool {
        if self.assumed {
            return true;
        }
        let status = self
            .reply
            .and_then(|reply| self.operation.replies.get(reply));
        match status.map(|reply| reply.status) {
            Some(Status::Exact(_) | Status::Range(_)) => self.head.status.as_u16() < 400,
            Some(Status::Default) => {
                let described = |status: Status| match status {
                    Status::Exact(code) => code < 400,
                    Status::Range(digit) => digit < 4,
                    Status::Default => false,
                };
                let replies = self.operation.replies.iter();
                self.head.status.as_u16() < 400 && !replies.map(|reply| reply.status).any(described)
            }
            None => false,
        }
    }

    /// Takes back that the reply was taken for a success of another status: it is what the document says of any other.
    pub(crate) fn assume_nothing(&mut self) {
        self.assumed = false;
        self.reply = matching(self.operation, self.head.status);
        self.content = content(self.operation, self.reply, &self.head.headers);
    }

    /// The body as JSON; where what came is a documented type of text, as that text, and as a form where that came.
    ///
    /// Where nothing came, that is null; and with a status or method that allows no body (RFC 9110, sections 9.3.2, 15.3.5 and 15.3.6)
    /// an object without members, since documents describe such a body all the same.
    ///
    /// # Errors
    /// It is no JSON, or not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, CodecError> {
        if self.whole()?.is_empty() {
            if let Some(nothing) = T::null() {
                return Ok(nothing);
            }
        }
        let mut value = None;
        self.read(&mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// Gives the body to a target; the one body of [`Self::json`] for all types.
    fn read(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let mut bytes: &[u8] = self.whole()?;
        let operation = self.operation.id;
        match self.came_as() {
            Some(MediaCodec::Text) if !bytes.is_empty() => {
                let text = Value::Text(self.text()?);
                let mut read = || text.read_into(target);
                return self.decoding.run(operation, &mut read);
            }
            Some(MediaCodec::Form) => return self.read_form(target),
            Some(_) | None => {}
        }
        if bytes.is_empty() && is_bodiless(self.operation, self.status()) {
            bytes = b"{}";
        }
        let result = self.decoding.read(operation, bytes, target);
        result.map_err(|failure| self.explained(failure))
    }

    /// The body as a form (`application/x-www-form-urlencoded`): an object whose members are texts, each of them what its type
    /// reads, and a list where its name comes several times.
    ///
    /// # Errors
    /// It is not of this type.
    pub fn form<T: Decode>(&self) -> Result<T, CodecError> {
        let mut value = None;
        self.read_form(&mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// Gives a form to a target; the one body of [`Self::form`] for all types.
    fn read_form(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let bytes = self.whole()?;
        let mut read = || read_form(bytes, target);
        self.decoding.run(self.operation.id, &mut read)
    }

    /// How the media type that came is written, by its name, where the document has it.
    fn came_as(&self) -> Option<MediaCodec> {
        let reply = self
            .reply
            .and_then(|reply| self.operation.replies.get(reply));
        let contents = reply.map(|reply| reply.contents).unwrap_or_default();
        let content = self.content.and_then(|content| contents.get(content));
        let came = came(&self.head.headers)?;
        content
            .filter(|content| is_of(content, came))
            .map(|content| content.codec)
    }

    /// Whether it answers a `HEAD`, which is never answered by a body.
    pub(crate) fn is_of_head(&self) -> bool {
        self.operation.method == "HEAD"
    }

    /// Whether the document describes a body for this very status.
    pub(crate) fn has_contents(&self) -> bool {
        let reply = self
            .reply
            .and_then(|reply| self.operation.replies.get(reply));
        reply.is_some_and(|reply| !reply.contents.is_empty())
    }

    /// Whether the body is in a media type of a documented error.
    pub(crate) fn is_like_an_error(&self) -> bool {
        let errors = self.operation.replies.iter();
        let mut errors = errors.filter(|reply| match reply.status {
            Status::Exact(code) => code >= 400,
            Status::Range(digit) => digit >= 4,
            Status::Default => true,
        });
        let came = came(&self.head.headers);
        came.is_some_and(|came| {
            errors.any(|reply| reply.contents.iter().any(|content| is_of(content, came)))
        })
    }

    /// A body that is no JSON and does not say that it is: its media type explains more than its first byte.
    #[cold]
    fn explained(&self, failure: CodecError) -> CodecError {
        let came = self.head.headers.get(CONTENT_TYPE);
        let came = came.and_then(|value| value.to_str().ok());
        match came {
            Some(came) if failure.is_malformed() && !media_type::is_json(came) => {
                CodecError::new("a JSON body", format!("one of `{came}`"))
            }
            Some(_) | None => failure,
        }
    }

    /// The body as text: UTF-8, with anything else replaced.
    ///
    /// # Errors
    /// The body is a stream.
    pub fn text(&self) -> Result<String, CodecError> {
        Ok(String::from_utf8_lossy(self.whole()?).into_owned())
    }

    /// The body's bytes.
    ///
    /// # Errors
    /// The body is a stream.
    pub fn bytes(&self) -> Result<Bytes, CodecError> {
        self.whole().cloned()
    }

    fn whole(&self) -> Result<&Bytes, CodecError> {
        match &self.body {
            Incoming::Whole(bytes) => Ok(bytes),
            Incoming::Stream(_) => Err(CodecError::new("a body in memory", "a stream")),
        }
    }

    /// Takes the body as a stream, which leaves an empty one.
    #[must_use]
    pub fn take_stream(&mut self) -> ByteStream {
        match std::mem::replace(&mut self.body, Incoming::Whole(Bytes::new())) {
            Incoming::Whole(bytes) => bytes.into(),
            Incoming::Stream(stream) => stream,
        }
    }

    pub(crate) fn witness(&self) -> Witness {
        Witness {
            operation: self.operation.id,
            head: self.head.clone(),
            body: match &self.body {
                Incoming::Whole(bytes) => bytes.clone(),
                Incoming::Stream(_) => Bytes::new(),
            },
            attempts: self.attempts,
            retry_after: self.retry_after,
        }
    }
}
