//! `multipart/form-data` (RFC 7578), `multipart/related` (RFC 2387) and the like.

use crate::body::{Body, ByteStream};
use crate::codec::to_value;
use crate::codec::{to_json, CodecError, Encode, Value};
use crate::error::TransportError;
use crate::futures::BoxError;
use crate::random;
use crate::request::body::part;
use crate::request::parameters;
use crate::request::parameters::Flat;
use crate::spec::{media_type, Content, OrderedParts, Parameter, PartSpec, Style};
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

    /// Adds a header to the part, such as `Content-ID`; an invalid one is an error when the call is sent.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The body and its media type.
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

    /// Adds the documented headers and media type, unless the caller has set them. The media type is added only to files and to
    /// parts in order, as other parts are created with it.
    fn apply_spec(&mut self, content: &Content, index: usize) {
        let by_name = || content.parts.iter().find(|part| part.name == self.name);
        let spec = match content.ordered {
            Some(ordered) => ordered.at(index),
            None => by_name(),
        };
        for (name, value) in spec.map_or(&[][..], |part| part.headers) {
            let mut headers = self.headers.iter();
            if !headers.any(|(header, _)| header.eq_ignore_ascii_case(name)) {
                self.headers.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        let needs_type = self.file_name.is_some() || content.ordered.is_some();
        let spec = spec.filter(|_| needs_type && self.media_type.is_none());
        let documented = spec.and_then(|part| part.content_type);
        let documented = documented.filter(|text| !text.contains(['*', ',']));
        self.media_type = self.media_type.take().or(documented.map(str::to_owned));
    }

    fn head(&self, boundary: &str, form: bool) -> Result<Bytes, BoxError> {
        let mut head = format!("--{boundary}\r\n");
        if form {
            write!(head, "Content-Disposition: form-data; name=\"{}\"", escaped(&self.name))?;
            if let Some(name) = &self.file_name {
                write!(head, "; filename=\"{}\"", escaped(name))?;
            }
            head.push_str("\r\n");
        } else if let Some(name) = &self.file_name {
            write!(head, "Content-Disposition: attachment; filename=\"{}\"\r\n", escaped(name))?;
        }
        let bytes = self.file_name.is_some().then_some("application/octet-stream");
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
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
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
        parts.for_each(|(index, part)| part.apply_spec(content, index));
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

impl Multipart {
    /// The members of an object: lists become one part an item, objects JSON, nulls nothing. Or the items of a list, a part
    /// each, in their order. Those of which the content speaks are written as it says.
    pub(super) fn from_value(value: &Value, content: &Content) -> Result<Self, CodecError> {
        match value {
            Value::Object(members) => {
                let members = members.iter().filter(|(_, member)| !member.is_null());
                members.into_iter().try_fold(Self::new(), |parts, member| {
                    parts.member(member.0, member.1, content.parts)
                })
            }
            Value::List(items) => Self::in_order(items, content.ordered),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
                Err(CodecError::new(
                    "an object, whose members are the parts, or a list of them",
                    "another value",
                ))
            }
        }
    }

    fn in_order(items: &[Value], ordered: Option<&OrderedParts>) -> Result<Self, CodecError> {
        let mut parts = Self::new();
        for (index, item) in items.iter().enumerate() {
            let spec = ordered.and_then(|ordered| ordered.at(index));
            let part = single("", item, spec.and_then(PartSpec::media_type));
            parts = parts.part(part.map_err(|failure| failure.at_index(index))?);
        }
        Ok(parts)
    }

    /// Adds the value of a property, unless it is absent or null.
    pub(crate) fn with_property(
        self,
        name: &str,
        value: &dyn Encode,
        parts: &[PartSpec],
    ) -> Result<Self, CodecError> {
        match to_value(value)? {
            None | Some(Value::Null) => Ok(self),
            Some(member) => self.member(name, &member, parts),
        }
    }

    fn member(self, name: &str, member: &Value, parts: &[PartSpec]) -> Result<Self, CodecError> {
        let spec = part(parts, name);
        let parts = match spec.and_then(|part| part.styled) {
            Some(parameter) => styled(&parameter, member)?,
            None => plain(name, member, spec.and_then(PartSpec::media_type))?,
        };
        Ok(parts.into_iter().fold(self, Self::part))
    }
}

fn plain(name: &str, member: &Value, media_type: Option<&str>) -> Result<Vec<Part>, CodecError> {
    let items = match member.as_list() {
        Some(items) => items,
        None => std::slice::from_ref(member),
    };
    let items = items.iter().filter(|item| !item.is_null());
    items.map(|item| single(name, item, media_type)).collect()
}

fn single(name: &str, value: &Value, media_type: Option<&str>) -> Result<Part, CodecError> {
    match (media_type, value) {
        (Some(kind), _) if media_type::is_json(kind) => {
            Ok(Part::new(name, to_json(value)?).media_type(kind))
        }
        (Some(kind), _) => Ok(Part::new(name, parameters::text(value)?).media_type(kind)),
        (None, Value::Object(_) | Value::List(_) | Value::Null) => Part::json(name, value),
        (None, Value::Bool(_) | Value::Number(_) | Value::Text(_)) => {
            Ok(Part::new(name, parameters::text(value)?))
        }
    }
}

/// As a query parameter, but for the percent-encoding, which multipart bodies do without (RFC 7578, section 2).
fn styled(parameter: &Parameter, member: &Value) -> Result<Vec<Part>, CodecError> {
    if parameter.style == Style::DeepObject {
        let mut parts = Vec::new();
        deep(parameter.name.to_owned(), member, &mut parts)?;
        return Ok(parts);
    }
    let separator = parameters::separator(parameter.style).to_string();
    let name = parameter.name;
    let one = |text: String| vec![Part::new(name, text)];
    Ok(match parameters::flat(member, parameter.nested)? {
        Flat::One(text) => one(text),
        Flat::Many(items) if parameter.explode => {
            items.into_iter().map(|item| Part::new(name, item)).collect()
        }
        Flat::Pairs(pairs) if parameter.explode => {
            pairs.into_iter().map(|(name, value)| Part::new(name, value)).collect()
        }
        Flat::Many(items) => one(items.join(&separator)),
        Flat::Pairs(pairs) => {
            let pairs = pairs.into_iter();
            let flat: Vec<_> = pairs.flat_map(|(name, value)| [name, value]).collect();
            one(flat.join(&separator))
        }
    })
}

/// `name[member][0]`, to any depth.
fn deep(name: String, value: &Value, parts: &mut Vec<Part>) -> Result<(), CodecError> {
    match value {
        Value::Null => {}
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(format!("{name}[{index}]"), item, parts)?;
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                deep(format!("{name}[{member}]"), value, parts)?;
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            parts.push(Part::new(name, parameters::text(value)?));
        }
    }
    Ok(())
}

/// A file in a multipart body (RFC 7578, section 4.2): its bytes, its name, and its media type.
///
/// ```
/// use typewright_runtime::body::FilePart;
/// let notes = FilePart::new("Buy milk.").name("notes.txt").media_type("text/plain");
/// let bytes = FilePart::from(vec![1, 2, 3]);
/// # drop((notes, bytes));
/// ```
#[derive(Debug)]
pub struct FilePart {
    body: Body,
    name: Option<String>,
    media_type: Option<String>,
    headers: Vec<(String, String)>,
    /// `true` if it is sent without a file name.
    nameless: bool,
}

impl FilePart {
    /// Creates a file of these bytes: in memory, or a stream that is not held in memory ([`Body::once`], [`ByteStream::read`]).
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            name: None,
            media_type: None,
            headers: Vec::new(),
            nameless: false,
        }
    }

    /// Creates a part that is made of parts itself, in a media type such as `multipart/mixed`; it has a file name only where one is
    /// given.
    ///
    /// # Errors
    /// A name or value of a part's header cannot be written.
    pub fn multipart(media_type: &str, parts: Multipart) -> Result<Self, BoxError> {
        let part = Part::multipart("", media_type, parts)?;
        let (body, media_type) = part.into_body();
        Ok(Self { media_type, nameless: true, ..Self::new(body) })
    }

    /// Sets the file name; by default the name of the part, since servers take a part without a file name for a field.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type; by default the one that the document names, else `application/octet-stream`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part, such as `Content-ID`; an invalid one is an error when the call is sent.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn into_part(self, name: &str) -> Part {
        let usual = (!self.nameless).then(|| name.to_owned());
        let part = Part::new(name, self.body);
        let part = match self.name.or(usual) {
            Some(file_name) => part.file_name(file_name),
            None => part,
        };
        let part = match self.media_type {
            Some(media_type) => part.media_type(media_type),
            None => part,
        };
        let headers = self.headers.into_iter();
        headers.fold(part, |part, (name, value)| part.header(name, value))
    }
}

impl From<Body> for FilePart {
    fn from(body: Body) -> Self {
        Self::new(body)
    }
}

impl From<ByteStream> for FilePart {
    fn from(stream: ByteStream) -> Self {
        Self::new(stream)
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for FilePart {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}
