//! Transports: what carries a request to a server. Middleware is a transport around another.

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

/// The final request: absolute URL, credentials included.
pub type Request = http::Request<Body>;
/// A reply whose body is yet to be read.
pub type Response = http::Response<ByteStream>;

/// Sends a request once. It follows no redirect and tries nothing again: the call does.
///
/// ```
/// use typewright_runtime::codegen::v1::{BoxFuture, Transport, TransportError, TransportResponse, TransportRequest};
/// struct Named<T>(T);
/// impl<T: Transport> Transport for Named<T> {
///     fn send(&self, mut request: TransportRequest) -> BoxFuture<Result<TransportResponse, TransportError>> {
///         request.headers_mut().insert("x-team", http::HeaderValue::from_static("storage"));
///         self.0.send(request)
///     }
/// }
/// ```
pub trait Transport: MaybeSendSync + 'static {
    /// Sends the request and waits for the head of the reply.
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>>;

    /// Whether it looks at the operation, a `&'static OperationSpec` in the request's extensions. One that does not saves
    /// every call the trouble.
    fn knows_operations(&self) -> bool {
        true
    }

    /// How long it waits, at most, for a sign of the server before it fails by itself; `None` where it may wait for ever.
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

/// At what point a transport failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportFailure {
    /// No connection was made: the server has seen nothing of the request.
    Connect,
    /// Nothing was heard for too long.
    Timeout,
    /// A body broke off, the request's or the reply's.
    Body,
    /// The request cannot be sent by this transport.
    Request,
    /// Anything else: the server may have seen the request.
    Other,
}

/// The failure of a transport. It never holds the request's URL or headers.
#[derive(Debug)]
pub struct TransportError {
    failure: TransportFailure,
    source: BoxError,
}

impl TransportError {
    /// A failure at this point, for this reason.
    pub fn new(failure: TransportFailure, source: impl Into<BoxError>) -> Self {
        Self {
            failure,
            source: source.into(),
        }
    }

    /// At what point it failed.
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
