//! Files as parts of multipart bodies.

use super::multipart::{Multipart, Part};
use crate::body::{Body, ByteStream};
use crate::boxed::BoxError;
use bytes::Bytes;

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
    /// Whether it is no file but a part like others.
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
        Ok(Self {
            media_type,
            nameless: true,
            ..Self::new(body)
        })
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

    /// Adds a header to the part, such as `Content-ID`; one that cannot be written is an error when the call is sent.
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
