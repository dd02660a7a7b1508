//! Transports, which carry requests to servers. Middleware is a transport around another.

pub(crate) mod body;
mod cache;
mod cassette;
mod memory;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "tower")]
mod tower;
mod wire_log;

#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(feature = "reqwest")]
pub(crate) use self::reqwest::Settings;
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;
pub use crate::clock::Clock;
pub use crate::error::{TransportError, TransportFailure};
pub use crate::futures::{BoxError, BoxFuture, BoxStream, MaybeSend, MaybeSendSync};
pub use cache::Cache;
pub(crate) use cache::CachingTransport;
pub use cassette::Cassette;
pub use memory::{InMemoryTransport, Recorded};
pub use wire_log::WireLog;

use crate::body::{Body, ByteStream};
use crate::futures::Within;
use std::sync::Arc;
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
/// The response as a transport gives it: its body is yet to be read.
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
    /// Sends the request and waits for the head of the response, whatever its status.
    ///
    /// # Errors
    /// There was no response; the kind of the failure decides about further tries.
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>>;

    /// Reports whether it looks at the operation, which is in the request's extensions; `true` by default. `false`
    /// saves every call that step.
    fn knows_operations(&self) -> bool {
        true
    }

    /// The longest time that it waits for a sign of the server before it fails by itself; `None`, the default, where it may wait
    /// for ever.
    /// A call whose own time is longer can do without a timer until the transport wakes it.
    fn read_timeout(&self) -> Option<Duration> {
        None
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
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

/// A transport and a clock.
#[derive(Clone)]
pub(crate) struct Io {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Io {
    /// Sends a request of the client's own; the head of the response must come in time.
    pub(crate) async fn send_within(
        &self,
        request: Request,
        limit: Duration,
    ) -> Result<Response, BoxError> {
        let future = self.transport.send(request);
        let limit = Some(self.clock.sleep(limit));
        match (Within { future, limit }).await {
            Some(response) => Ok(response?),
            None => Err("the server was silent for too long".into()),
        }
    }
}
