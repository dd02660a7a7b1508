//! Typed replies with their status and headers.

use crate::answer::{Coding, Head};
use crate::codec::{from_json, Codec, CodecError, Value};
use crate::opaque::OpaqueArc;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::marker::PhantomData;

/// A typed reply with its status and headers (OpenAPI 3.1, section 4.8.17).
///
/// ```
/// use typewright_runtime::Response;
///
/// fn tag<T>(response: &Response<T>) -> Option<&str> {
///     response.headers().get("etag")?.to_str().ok()
/// }
/// # drop(tag::<()>);
/// ```
#[derive(Clone, Debug)]
pub struct Response<T> {
    head: OpaqueArc<Head>,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(head: OpaqueArc<Head>, body: T) -> Self {
        Self { head, body }
    }

    /// The reply's status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The reply's headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// A header's value by its codec; `None` where it is not there.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn header<C: Codec>(&self, name: &str) -> Result<Option<C::Value>, CodecError> {
        read_header::<C>(self.headers(), name)
    }

    /// The value of a header that the document declares; `None` where it is not there.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn get<C: Codec>(&self, header: ResponseHeader<C>) -> Result<Option<C::Value>, CodecError> {
        header.read(self.headers())
    }

    /// The value that the body was read into.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Takes the value out; status and headers are dropped.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

/// A header of replies, with the codec of its value (OpenAPI 3.1, section 4.8.21). Generated crates have one for each header that
/// the document describes.
///
/// ```
/// use typewright_runtime::http::HeaderMap;
/// use typewright_runtime::ResponseHeader;
/// # use typewright_runtime::codegen::v1::Own;
/// const TOTAL: ResponseHeader<Own<i64>> = ResponseHeader::new("X-Total");
/// let mut headers = HeaderMap::new();
/// headers.insert("x-total", "7".parse().unwrap());
/// assert_eq!(TOTAL.read(&headers).unwrap(), Some(7));
/// ```
pub struct ResponseHeader<C> {
    name: &'static str,
    codec: PhantomData<fn() -> C>,
}

impl<C> ResponseHeader<C> {
    /// Names a header; the case of letters does not count.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        let codec = PhantomData;
        Self { name, codec }
    }

    /// The header's name, as the document writes it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<C: Codec> ResponseHeader<C> {
    /// Reads the header's value among these headers; `None` where it is not there.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn read(&self, headers: &HeaderMap) -> Result<Option<C::Value>, CodecError> {
        read_header::<C>(headers, self.name)
    }
}

impl<C> Clone for ResponseHeader<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for ResponseHeader<C> {}

impl<C> fmt::Debug for ResponseHeader<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ResponseHeader").field(&self.name).finish()
    }
}

/// A header as text where its type takes text, else as a number or boolean.
pub(crate) fn read_header<C: Codec>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<C::Value>, CodecError> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(value.as_bytes()).trim().to_owned();
    let bare = from_json::<Coding<C>>(text.as_bytes());
    let read = Value::Text(text).read::<Coding<C>>().or(bare);
    read.map(|coding| Some(coding.0))
        .map_err(|failure| failure.in_member(name))
}
