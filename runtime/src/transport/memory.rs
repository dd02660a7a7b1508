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
/// fn answer(request: &Recorded) -> http::Response<Bytes> {
///     http::Response::new(request.body().clone())
/// }
/// # drop(answer);
/// ```
pub type Recorded = http::Request<Bytes>;

type Answering = dyn Answers;

/// The function that answers; a trait, so that the bound can differ on wasm32.
trait Answers: MaybeSendSync {
    fn answer(&self, request: &Recorded) -> Result<http::Response<Bytes>, TransportError>;
}

impl<F> Answers for F
where
    F: Fn(&Recorded) -> Result<http::Response<Bytes>, TransportError> + MaybeSendSync,
{
    fn answer(&self, request: &Recorded) -> Result<http::Response<Bytes>, TransportError> {
        self(request)
    }
}

/// A transport that answers by a function and records its requests.
///
/// ```
/// use typewright_runtime::http;
/// use typewright_runtime::transport::InMemoryTransport;
/// let server = InMemoryTransport::new(|_| http::Response::new("{}".into()));
/// assert!(server.requests().is_empty());
/// ```
#[derive(Clone)]
pub struct InMemoryTransport {
    answering: Arc<Answering>,
    seen: Arc<Mutex<Vec<Recorded>>>,
}

impl InMemoryTransport {
    /// Creates a transport that answers each request with the return value of the function.
    pub fn new<F>(answer: F) -> Self
    where
        F: Fn(&Recorded) -> http::Response<Bytes> + MaybeSendSync + 'static,
    {
        Self::failing(move |request: &Recorded| Ok(answer(request)))
    }

    /// Creates a transport that answers, or fails as a connection does where the function returns an error.
    pub fn failing<F>(answer: F) -> Self
    where
        F: Fn(&Recorded) -> Result<http::Response<Bytes>, TransportError> + MaybeSendSync + 'static,
    {
        Self { answering: Arc::new(answer), seen: Arc::default() }
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
            let answer = this.answering.answer(&recorded);
            this.seen.lock().unwrap_or_else(PoisonError::into_inner).push(recorded);
            answer.map(|reply| reply.map(ByteStream::from))
        })
    }
}
