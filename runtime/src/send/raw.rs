//! The reply of a call as it came.

use super::{execute, Mode};
use crate::body::ByteStream;
use crate::boxed::{BoxFuture, Then};
use crate::call::Call;
use crate::error::{AnyError, Cause};
use crate::response::Response;

impl Call {
    /// Sends the call: status, headers and body of a success as they came, without decoding, whatever the document says of the
    /// body. The body is read while it arrives, without a bound.
    ///
    /// Redirects, further tries and credentials are as for every call, and a refusal is an error.
    ///
    /// ```
    /// use typewright_runtime::codegen::v1::{AnyError, Bytes, Call};
    /// async fn download(call: Call) -> Result<Bytes, AnyError> {
    ///     let response = call.response_raw().await?;
    ///     println!("{} {:?}", response.status(), response.headers().get("content-type"));
    ///     Ok(response.into_body().collect(1 << 20).await.bytes)
    /// }
    /// # drop(download);
    /// ```
    #[must_use = "futures do nothing until they are awaited"]
    pub fn response_raw(self) -> BoxFuture<Result<Response<ByteStream>, AnyError>> {
        let first = execute(self, Mode::Raw);
        Box::pin(Then {
            first,
            finish: |outcome| {
                let mut answer = outcome.map_err(AnyError::of)?;
                if answer.is_success() {
                    let head = answer.head.clone();
                    return Ok(Response::new(head, answer.take_stream()));
                }
                let cause = if answer.is_documented() {
                    Cause::Api(None)
                } else {
                    Cause::Unexpected
                };
                Err(AnyError::of(answer.witness().fault(cause)))
            },
        })
    }
}
