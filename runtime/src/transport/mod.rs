//! Transports, which carry requests to servers. Middleware is a transport around another.

mod memory;
#[cfg(feature = "reqwest")]
mod over_reqwest;
#[cfg(feature = "tower")]
mod over_tower;
mod tape;
mod wire_log;

pub use crate::boxed::{BoxError, BoxFuture, BoxStream, MaybeSend, MaybeSendSync};
pub use crate::clock::Clock;
pub use memory::{InMemoryTransport, Recorded};
#[cfg(feature = "reqwest")]
pub use over_reqwest::ReqwestTransport;
#[cfg(feature = "reqwest")]
pub(crate) use over_reqwest::Settings;
#[cfg(feature = "tower")]
pub use over_tower::TowerTransport;
pub use tape::Cassette;
pub use wire_log::WireLog;

use crate::body::{Body, ByteStream};
use std::fmt;
use std::time::Duration;

/// The request as a transport gets it: with an absolute URL, and credentials included.
///
/// ```
/// use typewright_runtime::body::Body;
/// use typewright_runtime::http;
/// use typewright_runtime::transport::Request;
/// let request: Request = http::Request::get("https://api.example/pets").body(Body::Empty).unwrap();
/// assert_eq!(request.uri().path(), "/pets");
/// ```
pub type Request = http::Request<Body>;
/// The reply as a transport gives it: its body is yet to be read.
///
/// ```
/// use typewright_runtime::body::ByteStream;
/// use typewright_runtime::transport::Response;
/// use typewright_runtime::{http, Bytes};
/// let response: Response = http::Response::new(ByteStream::from(Bytes::from("{}")));
/// assert_eq!(response.status(), http::StatusCode::OK);
/// ```
pub type Response = http::Response<ByteStream>;

/// A transport: it sends a request once. It follows no redirect and tries nothing again, since the call does.
///
/// ```
/// use typewright_runtime::http::HeaderValue;
/// use typewright_runtime::transport::{BoxFuture, Request, Response, Transport, TransportError};
/// /// Names the team in each request.
/// struct Named<T>(T);
/// impl<T: Transport> Transport for Named<T> {
///     fn send(&self, mut request: Request) -> BoxFuture<Result<Response, TransportError>> {
///         request.headers_mut().insert("x-team", HeaderValue::from_static("storage"));
///         self.0.send(request)
///     }
/// }
/// ```
pub trait Transport: MaybeSendSync + 'static {
    /// Sends the request and waits for the head of the reply, whatever its status.
    ///
    /// # Errors
    /// There was no reply; the kind of the failure decides about further tries.
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>>;

    /// Reports whether it looks at the operation, which is in the request's extensions; `true` by default. One that does not look
    /// saves every call the trouble.
    fn knows_operations(&self) -> bool {
        true
    }

    /// The longest time that it waits for a sign of the server before it fails by itself; `None`, the default, where it may wait
    /// for ever.
    /// A call whose own time is longer can do without a timer until the transport has something to say.
    fn read_timeout(&self) -> Option<Duration> {
        None
    }
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn knows_operations(&self) -> bool {
        (**self).knows_operations()
    }

    fn read_timeout(&self) -> Option<Duration> {
        (**self).read_timeout()
    }

    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>> {
        (**self).send(request)
    }
}

/// The point at which a transport failed. It decides whether sending the request again is safe.
///
/// ```
/// use typewright_runtime::transport::{TransportError, TransportFailure};
/// let error = TransportError::new(TransportFailure::Connect, "no route to host");
/// assert_eq!(error.failure(), TransportFailure::Connect);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportFailure {
    /// A connection that was not made: the server has seen nothing of the request, so that it is safe to send it again.
    Connect,
    /// Silence of the server for too long.
    Timeout,
    /// A body broke off, the request's or the reply's.
    Body,
    /// A request that this transport cannot send; it is not tried again.
    Request,
    /// Any other failure: the server may have seen the request.
    Other,
}

/// The failure of a transport. It never holds the request's URL or headers.
///
/// ```
/// use std::error::Error as _;
/// use typewright_runtime::transport::{TransportError, TransportFailure};
/// let error = TransportError::new(TransportFailure::Timeout, "after 60 s");
/// assert_eq!(error.to_string(), "the server was silent for too long");
/// assert_eq!(error.source().unwrap().to_string(), "after 60 s");
/// ```
#[derive(Debug)]
pub struct TransportError {
    failure: TransportFailure,
    source: BoxError,
}

impl TransportError {
    /// Creates a failure at this point, for this reason.
    pub fn new(failure: TransportFailure, source: impl Into<BoxError>) -> Self {
        Self {
            failure,
            source: source.into(),
        }
    }

    /// The point at which it failed.
    #[must_use]
    pub fn failure(&self) -> TransportFailure {
        self.failure
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.failure {
            TransportFailure::Connect => "no connection was made",
            TransportFailure::Timeout => "the server was silent for too long",
            TransportFailure::Body => "a body broke off",
            TransportFailure::Request => "the request cannot be sent",
            TransportFailure::Other => "the connection failed",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
