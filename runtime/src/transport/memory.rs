//! A server in memory, for tests.

use crate::body::ByteStream;
use crate::error::TransportError;
use crate::futures::{BoxFuture, MaybeSendSync};
use crate::transport::{Request, Response, Transport};
use bytes::Bytes;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A request as the server in memory received it, its body read to the end.
///
/// ```
/// use typewright_runtime::transport::Recorded;
/// use typewright_runtime::{http, Bytes};
/// fn respond(request: &Recorded) -> http::Response<Bytes> {
///     http::Response::new(request.body().clone())
/// }
/// # drop(respond);
/// ```
pub type Recorded = http::Request<Bytes>;

type Responder = dyn Respond;

/// The function that responds; a trait, so that the bound can differ on wasm32.
trait Respond: MaybeSendSync {
    fn respond(&self, request: &Recorded) -> Result<http::Response<Bytes>, TransportError>;
}

impl<F> Respond for F
where
    F: Fn(&Recorded) -> Result<http::Response<Bytes>, TransportError> + MaybeSendSync,
{
    fn respond(&self, request: &Recorded) -> Result<http::Response<Bytes>, TransportError> {
        self(request)
    }
}

/// A transport that responds by a function and records its requests.
///
/// ```
/// use typewright_runtime::http;
/// use typewright_runtime::transport::InMemoryTransport;
/// let server = InMemoryTransport::new(|_| http::Response::new("{}".into()));
/// assert!(server.requests().is_empty());
/// ```
#[derive(Clone)]
pub struct InMemoryTransport {
    responder: Arc<Responder>,
    seen: Arc<Mutex<Vec<Recorded>>>,
}

impl InMemoryTransport {
    /// Creates a transport that responds to each request with the return value of the function.
    pub fn new<F>(respond: F) -> Self
    where
        F: Fn(&Recorded) -> http::Response<Bytes> + MaybeSendSync + 'static,
    {
        Self::failing(move |request: &Recorded| Ok(respond(request)))
    }

    /// Creates a transport that responds, or fails as a connection does where the function returns an error.
    pub fn failing<F>(respond: F) -> Self
    where
        F: Fn(&Recorded) -> Result<http::Response<Bytes>, TransportError> + MaybeSendSync + 'static,
    {
        Self { responder: Arc::new(respond), seen: Arc::default() }
    }

    /// The requests so far, in the order in which they came.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for InMemoryTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemoryTransport").finish_non_exhaustive()
    }
}

impl Transport for InMemoryTransport {
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>> {
        let this = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.into_stream().collect(usize::MAX).await;
            if let Some(failure) = body.failure {
                return Err(failure);
            }
            let recorded = http::Request::from_parts(head, body.bytes);
            let response = this.responder.respond(&recorded);
            this.seen.lock().unwrap_or_else(PoisonError::into_inner).push(recorded);
            response.map(|response| response.map(ByteStream::from))
        })
    }
}
