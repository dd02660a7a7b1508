//! Typed responses, and the types that an operation's responses are decoded into.

mod conditional;
mod decode;
mod future;
mod optional;
mod send;
#[cfg(feature = "xml")]
mod xml;

pub use conditional::{Conditional, IfModified};
pub use decode::{
    Binary, Empty, EncodeResponse, Form, FormAs, FromResponse, Json, JsonAs, PlainText, Streamed,
    Undocumented,
};
pub use future::{CallFuture, OutputFuture, ResponseFuture};
pub use optional::OrAbsent;
pub(crate) use send::{decode_body, decode_outcome};
#[cfg(feature = "xml")]
pub use xml::{Xml, XmlAs};

use crate::codec::{Codec, CodecError};
use crate::error::ResponseHead;
use crate::header;
use crate::opaque::OpaqueArc;
use crate::rate_limit::RateLimit;
use crate::spec::OperationSpec;
use http::header::{ETAG, LAST_MODIFIED};
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::marker::PhantomData;

/// An operation: its description, and the types of its responses.
///
/// Generated code declares one for each operation, and the type of its calls:
///
/// ```
/// use typewright_runtime::codegen::v1::{self as rt, Endpoint};
///
/// rt::call!(pub(crate) Call);
///
/// rt::operation! {
///     /// A call that gets a pet.
///     GetPet(GetPetOperation) -> rt::Json<i64>, rt::Undocumented;
///     "getPet GET /pets/{id}
///     path id
///     200 application/json"
/// }
/// assert_eq!(GetPet::spec().path, "/pets/{id}");
/// ```
pub trait Endpoint: 'static {
    /// Decoder of successful responses.
    type Output: FromResponse;
    /// Decoder of documented errors.
    type Error: FromResponse;

    /// The description that calls are made from.
    fn spec() -> &'static OperationSpec;
}

/// The value of a successful call of the operation.
pub type OutputOf<O> = <<O as Endpoint>::Output as FromResponse>::Value;
/// The documented error of the operation.
pub type ErrorOf<O> = <<O as Endpoint>::Error as FromResponse>::Value;

/// An operation that continues after its response.
pub trait LongRunning: Endpoint {
    /// The operation whose response states the result.
    type Last: Endpoint;
}

/// A typed response with its status and headers (OpenAPI 3.1, section 4.8.17).
///
/// ```
/// use typewright_runtime::Response;
///
/// fn request_id<T>(response: &Response<T>) -> Option<&str> {
///     response.headers().get("x-request-id")?.to_str().ok()
/// }
/// # drop(request_id::<()>);
/// ```
#[derive(Clone, Debug)]
pub struct Response<T> {
    head: OpaqueArc<ResponseHead>,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(head: OpaqueArc<ResponseHead>, body: T) -> Self {
        Self { head, body }
    }

    pub(crate) fn into_parts(self) -> (OpaqueArc<ResponseHead>, T) {
        (self.head, self.body)
    }

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

    /// A header's value by its codec; `None` where the header is absent.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn header<C: Codec>(&self, name: &str) -> Result<Option<C::Value>, CodecError> {
        header::read::<C>(self.headers(), name)
    }

    /// The value of a documented header; `None` where the header is absent.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn get<C: Codec>(&self, header: ResponseHeader<C>) -> Result<Option<C::Value>, CodecError> {
        header.read(self.headers())
    }

    /// The entity tag, as it stands in the header (RFC 9110, section 8.8.3): `"a"` or `W/"a"`. It is what the `if_none_match` of a
    /// later conditional call takes.
    #[must_use]
    pub fn etag(&self) -> Option<&str> {
        self.headers().get(ETAG)?.to_str().ok()
    }

    /// The time of the last modification, as it stands in the header (RFC 9110, section 8.8.2). It is what the `if_modified_since`
    /// of a later conditional call takes.
    #[must_use]
    pub fn last_modified(&self) -> Option<&str> {
        self.headers().get(LAST_MODIFIED)?.to_str().ok()
    }

    /// The limit of requests that the headers state; `None` where they state none.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.head.rate_limit()
    }

    /// The decoded body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the decoded body; status and headers are dropped.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

/// A header of responses, with the codec of its value (OpenAPI 3.1, section 4.8.21). Generated crates have one for each
/// documented header.
///
/// ```
/// use typewright_runtime::http::HeaderMap;
/// use typewright_runtime::ResponseHeader;
/// # use typewright_runtime::codegen::v1::Native;
/// const TOTAL: ResponseHeader<Native<i64>> = ResponseHeader::new("X-Total");
/// let mut headers = HeaderMap::new();
/// headers.insert("x-total", "7".parse().unwrap());
/// assert_eq!(TOTAL.read(&headers).unwrap(), Some(7));
/// ```
pub struct ResponseHeader<C> {
    name: &'static str,
    codec: PhantomData<fn() -> C>,
}

impl<C> ResponseHeader<C> {
    /// Creates the header of this name, in which case is irrelevant.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        let codec = PhantomData;
        Self { name, codec }
    }

    /// The header's name, as the document spells it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<C: Codec> ResponseHeader<C> {
    /// Reads the header's value; `None` where the header is absent.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn read(&self, headers: &HeaderMap) -> Result<Option<C::Value>, CodecError> {
        header::read::<C>(headers, self.name)
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
