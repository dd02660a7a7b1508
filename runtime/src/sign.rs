//! Request signing.

use crate::boxed::{BoxError, BoxFuture, MaybeSendSync};
use crate::transport::Request;

/// Sees the final request, credentials and all, and may change it: its last headers are the signature's.
///
/// It is asked before every attempt, so that a signature may hold the time.
pub trait RequestSigner: MaybeSendSync + 'static {
    /// The request as it is to be sent.
    fn sign(&self, request: Request) -> BoxFuture<Result<Request, BoxError>>;
}
