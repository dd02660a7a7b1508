//! Request signing.

use crate::boxed::{BoxError, BoxFuture, MaybeSendSync};
use crate::transport::Request;

/// A signer of requests: it sees the final request, credentials and all, and may change it.
///
/// It is asked before every attempt, so that a signature may hold the time; headers that it adds are the last.
///
/// ```
/// use typewright_runtime::auth::RequestSigner;
/// use typewright_runtime::http::HeaderValue;
/// use typewright_runtime::transport::{BoxError, BoxFuture, Request};
///
/// struct Signer;
/// impl RequestSigner for Signer {
///     fn sign(&self, mut request: Request) -> BoxFuture<Result<Request, BoxError>> {
///         // Here a fixed text; else a signature of the method, the URL and the headers.
///         request.headers_mut().insert("x-signature", HeaderValue::from_static("signed"));
///         Box::pin(async { Ok(request) })
///     }
/// }
/// ```
pub trait RequestSigner: MaybeSendSync + 'static {
    /// Signs the request, and returns it as it is to be sent.
    ///
    /// # Errors
    /// The request cannot be signed; the call fails with [`ErrorKind::Credentials`](crate::ErrorKind::Credentials).
    fn sign(&self, request: Request) -> BoxFuture<Result<Request, BoxError>>;
}
