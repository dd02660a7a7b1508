//! The futures of calls.

use super::send::TypedOutcome;
use super::{ErrorOf, OutputOf};
use crate::error::Error;
use crate::execute::Outcome;
use crate::futures::BoxFuture;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The decoded body of a successful response, once it is there.
pub type OutputFuture<O> = CallFuture<Result<OutputOf<O>, Error<ErrorOf<O>>>>;
/// The typed response with status and headers, once it is there.
pub type ResponseFuture<O> = CallFuture<TypedOutcome<O>>;

/// The result of a call, once it is there. The request is sent when the future is polled for the first time.
///
/// Its type names no more than the result, so that it can be a field or an argument.
///
/// ```
/// use typewright_runtime::body::ByteStream;
/// use typewright_runtime::{AnyError, CallFuture, Response};
/// struct Download {
///     name: String,
///     response: CallFuture<Result<Response<ByteStream>, AnyError>>,
/// }
/// async fn length(download: Download) -> Result<usize, AnyError> {
///     let body = download.response.await?.into_body();
///     Ok(body.collect(1 << 20).await.bytes.len())
/// }
/// # drop(length);
/// ```
#[must_use = "futures do nothing until they are awaited"]
pub struct CallFuture<T> {
    outcome: BoxFuture<Outcome>,
    finish: fn(Outcome) -> T,
}

impl<T> CallFuture<T> {
    pub(crate) fn new(outcome: BoxFuture<Outcome>, finish: fn(Outcome) -> T) -> Self {
        Self { outcome, finish }
    }
}

impl<T> Future for CallFuture<T> {
    type Output = T;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let finish = self.finish;
        self.outcome.as_mut().poll(context).map(finish)
    }
}

impl<T> fmt::Debug for CallFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallFuture")
    }
}
