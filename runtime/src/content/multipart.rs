//! `multipart/form-data` (RFC 7578), `multipart/related` (RFC 2387) and the like.

use super::media_type;
use crate::body::{Body, ByteStream};
use crate::boxed::BoxError;
use crate::codec::{to_json, CodecError, Encode};
use crate::data::Content;
use crate::random;
use crate::transport::TransportError;
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// One part of a multipart body.
///
/// ```
/// use typewright_runtime::body::Part;
///
/// let title = Part::new("title", "Notes");
/// let size = Part::json("size", &7_i64).unwrap();
/// let file = Part::new("file", vec![1, 2, 3]).file_name("notes.bin").media_type("application/octet-stream");
/// # drop((title, size, file));
/// ```
#[derive(Debug)]
pub struct Part {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    headers: Vec<(String, String)>,
    body: Body,
}

impl Part {
    /// Creates a part of this name (a form's field), with a body of any kind: bytes, or a stream that is not held in memory.
    pub fn new(name: impl Into<String>, body: impl Into<Body>) -> Self {
        Self {
            name: name.into(),
            file_name: None,
            media_type: None,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// Creates a part of the media type `application/json`.
    ///
    /// # Errors
    /// The value has no JSON form.
    pub fn json(name: impl Into<String>, value: &dyn Encode) -> Result<Self, CodecError> {
        Ok(Self::new(name, to_json(value)?).media_type("application/json"))
    }

    /// Creates a part that is made of parts itself, in a media type such as `multipart/mixed`.
    ///
    /// # Errors
    /// A name or value of a part's header cannot be written.
    pub fn multipart(
        name: impl Into<String>,
        media_type: &str,
        parts: Multipart,
    ) -> Result<Self, BoxError> {
        let (body, media_type) = parts.join(media_type)?;
        Ok(Self::new(name, body).media_type(media_type))
    }

    /// Sets the file name, which makes the part a file (RFC 7578, section 4.2); by default there is none.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type; by default `application/octet-stream` where the part has a file name, else none, which means text
    /// (RFC 7578, section 4.4).
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part, such as `Content-ID`; one that cannot be written is an error when the call is sent.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// What it holds, and of which media type.
    pub(super) fn into_body(self) -> (Body, Option<String>) {
        (self.body, self.media_type)
    }

    fn again(&self) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            file_name: self.file_name.clone(),
            media_type: self.media_type.clone(),
            headers: self.headers.clone(),
            body: self.body.again()?,
        })
    }

    /// Takes what the document says and the caller does not: headers, and of a file the media type where there is one; of
    /// any part where it is told by its place, since it is not made by name then.
    fn follow(&mut self, content: &Content, index: usize) {
        let named = || content.parts.iter().find(|part| part.name == self.name);
        let said = match content.ordered {
            Some(ordered) => ordered.at(index),
            None => named(),
        };
        for (name, value) in said.map_or(&[][..], |part| part.headers) {
            let mut given = self.headers.iter();
            if !given.any(|(given, _)| given.eq_ignore_ascii_case(name)) {
                self.headers.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        let typed = self.file_name.is_some() || content.ordered.is_some();
        let said = said.filter(|_| typed && self.media_type.is_none());
        let one = said.and_then(|part| part.content_type);
        let one = one.filter(|text| !text.contains(['*', ',']));
        self.media_type = self.media_type.take().or(one.map(str::to_owned));
    }

    fn head(&self, boundary: &str, form: bool) -> Result<Bytes, BoxError> {
        let mut head = format!("--{boundary}\r\n");
        if form {
            write!(
                head,
                "Content-Disposition: form-data; name=\"{}\"",
                escaped(&self.name)
            )?;
            if let Some(name) = &self.file_name {
                write!(head, "; filename=\"{}\"", escaped(name))?;
            }
            head.push_str("\r\n");
        } else if let Some(name) = &self.file_name {
            write!(
                head,
                "Content-Disposition: attachment; filename=\"{}\"\r\n",
                escaped(name)
            )?;
        }
        let bytes = self
            .file_name
            .is_some()
            .then_some("application/octet-stream");
        if let Some(media_type) = self.media_type.as_deref().or(bytes) {
            header(&mut head, "Content-Type", media_type)?;
        }
        for (name, value) in &self.headers {
            header(&mut head, name, value)?;
        }
        head.push_str("\r\n");
        Ok(head.into())
    }
}

fn header(head: &mut String, name: &str, value: &str) -> Result<(), BoxError> {
    http::HeaderName::from_bytes(name.as_bytes())?;
    http::HeaderValue::from_str(value)?;
    write!(head, "{name}: {value}\r\n")?;
    Ok(())
}

/// A name in quotes as browsers write it (WHATWG HTML, section 4.10.21.8).
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A parameter's value as a quoted string (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

/// The parts of a multipart body (RFC 7578, and RFC 2046, section 5.1), in their order. The boundary is chosen when it is sent.
///
/// ```
/// use typewright_runtime::body::{Multipart, Part};
/// let body = Multipart::new()
///     .part(Part::new("title", "Notes"))
///     .part(Part::new("file", vec![1, 2, 3]).file_name("notes.bin"));
/// ```
#[derive(Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

impl Multipart {
    /// Creates a body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part at the end.
    #[must_use]
    pub fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// The same parts again, or `None` where the body of one exists once.
    pub(crate) fn again(&self) -> Option<Self> {
        let parts: Option<_> = self.parts.iter().map(Part::again).collect();
        Some(Self { parts: parts? })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The body, and its media type with the boundary.
    pub(crate) fn encode(mut self, content: &Content) -> Result<(Body, String), BoxError> {
        let parts = self.parts.iter_mut().enumerate();
        parts.for_each(|(index, part)| part.follow(content, index));
        self.join(content.media_type)
    }

    /// The parts as they are.
    fn join(self, media_type: &str) -> Result<(Body, String), BoxError> {
        let boundary = format!("typewright-{}", random::uuid());
        let media_type = media_type::sendable(media_type);
        let is = |kind: &str| media_type.to_ascii_lowercase().starts_with(kind);
        let form = is("multipart/form-data");
        let mut header = format!("{media_type}; boundary={boundary}");
        let first = self.parts.first().and_then(|part| part.media_type.as_ref());
        // RFC 2387, section 3.1.
        if let (Some(kind), true) = (first, is("multipart/related")) {
            write!(header, "; type={}", quoted(media_type::essence(kind)))?;
        }
        let mut pieces = Vec::new();
        for part in self.parts {
            pieces.push(Body::Bytes(part.head(&boundary, form)?));
            pieces.push(part.body);
            pieces.push(Body::Bytes(Bytes::from_static(b"\r\n")));
        }
        pieces.push(Body::from(format!("--{boundary}--\r\n")));
        Ok((joined(pieces), header))
    }
}

/// One body of many: made again where each of them can be.
fn joined(pieces: Vec<Body>) -> Body {
    let length = pieces.iter().map(Body::length).sum();
    let copies: Option<Vec<Body>> = pieces.iter().map(Body::again).collect();
    match copies {
        Some(copies) => {
            let copies = Arc::new(copies);
            Body::from_fn(length, move || {
                let streams = copies.iter().filter_map(Body::again);
                ByteStream::new(Chain(streams.map(Body::into_stream).collect()))
            })
        }
        None => {
            let streams = pieces.into_iter().map(Body::into_stream).collect();
            Body::once(ByteStream::new(Chain(streams)), length)
        }
    }
}

/// Streams one after the other.
struct Chain(VecDeque<ByteStream>);

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(stream) = self.0.front_mut() {
            match Pin::new(stream).poll_next(context) {
                Poll::Ready(None) => drop(self.0.pop_front()),
                next @ (Poll::Ready(Some(_)) | Poll::Pending) => return next,
            }
        }
        Poll::Ready(None)
    }
}
