//! Sends calls and decodes their responses.

use super::{
    CallFuture, Endpoint, ErrorOf, FromResponse, OutputFuture, OutputOf, Response, ResponseFuture,
};
use crate::body::ByteStream;
use crate::codec::CodecError;
use crate::error::{AnyError, Cause, Error, Fault, ResponseHead};
#[cfg(feature = "blocking")]
use crate::error::{TransportError, TransportFailure};
#[cfg(feature = "blocking")]
use crate::execute::blocking;
use crate::execute::{BodyMode, Outcome, RawResponse};
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::request::Call;

pub(super) type TypedOutcome<O> = Result<Response<OutputOf<O>>, Error<ErrorOf<O>>>;

/// How the operation's responses are decoded.
fn body_mode<O: Endpoint>() -> BodyMode {
    if O::Output::STREAMED {
        BodyMode::Streamed
    } else {
        BodyMode::Buffered
    }
}

impl Call {
    /// Sends the call; the future yields the typed response with status and headers.
    pub fn response<O: Endpoint>(self) -> ResponseFuture<O> {
        CallFuture::new(self.execute(body_mode::<O>()), decode_outcome::<O>)
    }

    /// Sends the call; the future yields the decoded body.
    pub fn send<O: Endpoint>(self) -> OutputFuture<O> {
        CallFuture::new(self.execute(body_mode::<O>()), decode_body::<O>)
    }

    /// Sends the call and waits for the decoded body, on a thread of the runtime.
    ///
    /// It works in plain threads and inside other async runtimes, whose thread it blocks; within another blocking call, from
    /// a token provider for example, it fails at once.
    ///
    /// # Errors
    /// As [`Self::send`].
    #[cfg(feature = "blocking")]
    pub fn send_blocking<O: Endpoint>(self) -> Result<OutputOf<O>, Error<ErrorOf<O>>> {
        self.response_blocking::<O>().map(Response::into_body)
    }

    /// Sends the call and waits for the typed response with status and headers, as [`Self::send_blocking`] does.
    ///
    /// # Errors
    /// As [`Self::response`].
    #[cfg(feature = "blocking")]
    pub fn response_blocking<O: Endpoint>(self) -> TypedOutcome<O> {
        let operation = self.operation().id;
        let outcome = blocking::wait(self.execute(body_mode::<O>()));
        decode_outcome::<O>(outcome.unwrap_or_else(|reason| {
            let error = TransportError::new(TransportFailure::Request, reason);
            Err(Fault::new(operation, Cause::Transport(error)))
        }))
    }

    /// Sends the call; the future yields status, headers and body of a success without decoding, whatever its media type. The
    /// body is read while it arrives, without a limit.
    ///
    /// Redirects, retries and credentials are those of every call, and an error response is an error.
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
    pub fn response_raw(self) -> CallFuture<Result<Response<ByteStream>, AnyError>> {
        CallFuture::new(self.execute(BodyMode::Raw), |outcome| {
            let mut response = outcome.map_err(AnyError::from_fault)?;
            if response.is_success() {
                let head = response.head.clone();
                return Ok(Response::new(head, response.take_stream()));
            }
            let cause = refusal(&response, None);
            Err(AnyError::from_fault(response.context().fault(cause)))
        })
    }
}

/// Decodes the body of a successful response by the types of its operation.
pub(crate) fn decode_body<O: Endpoint>(outcome: Outcome) -> Result<OutputOf<O>, Error<ErrorOf<O>>> {
    decode_outcome::<O>(outcome).map(Response::into_body)
}

/// Decodes the response of a call by the types of its operation.
pub(crate) fn decode_outcome<O: Endpoint>(outcome: Outcome) -> TypedOutcome<O> {
    let (mut body, mut error) = (None, None);
    let head = outcome.and_then(|response| {
        decode_response(
            response,
            O::Output::ALSO_DECODED,
            &mut |response| {
                body = Some(O::Output::decode(response)?);
                Ok(())
            },
            O::Error::DOCUMENTED.then_some(&mut |response| {
                error = Some(O::Error::decode(response)?);
                Ok(())
            }),
        )
    });
    match (head, body) {
        (Ok(head), Some(body)) => Ok(Response::new(head, body)),
        (Ok(_), None) => {
            let cause = Cause::Decode(CodecError::nothing());
            Err(Error::new(Fault::new(O::spec().id, cause), None))
        }
        (Err(fault), _) => Err(Error::new(fault, error)),
    }
}

/// Decodes a response into a place of the caller's.
type DecodeInto<'d> = dyn FnMut(&mut RawResponse) -> Result<(), CodecError> + 'd;

/// Decodes a response as a success or as an error: the part of [`decode_outcome`] that is compiled once for all operations.
///
/// Returns the head of a success, whose body has been decoded.
fn decode_response(
    mut response: RawResponse,
    is_also_decoded: Option<fn(&RawResponse) -> bool>,
    success: &mut DecodeInto<'_>,
    error: Option<&mut DecodeInto<'_>>,
) -> Result<OpaqueArc<ResponseHead>, OpaqueBox<Fault>> {
    let is_decoded = is_also_decoded.is_some_and(|is_decoded| is_decoded(&response));
    if !response.is_success() && !is_decoded {
        return Err(decode_error(response, error));
    }
    match success(&mut response) {
        Ok(()) => {
            if response.is_assumed {
                response.decoding.observe_status(response.operation.id, response.status());
            }
            Ok(response.head)
        }
        Err(_) if response.is_assumed => {
            response.revert_assumption();
            Err(decode_error(response, error))
        }
        Err(failure) => Err(response.context().fault(Cause::Decode(failure))),
    }
}

/// Decodes an error response where the document describes it, or describes the same for every other error.
#[cold]
fn decode_error(mut response: RawResponse, error: Option<&mut DecodeInto<'_>>) -> OpaqueBox<Fault> {
    let context = response.context();
    let documented = response.documented();
    let is_described = documented.is_some_and(|response| !response.contents.is_empty());
    let is_readable =
        !response.is_of_head() && (documented.is_some() || response.is_like_an_error());
    let failure = error
        .filter(|_| is_readable)
        .and_then(|decode| decode(&mut response).err())
        .filter(|_| is_described);
    context.fault(refusal(&response, failure))
}

fn refusal(response: &RawResponse, failure: Option<CodecError>) -> Cause {
    match response.documented() {
        Some(_) => Cause::Api(failure),
        None => Cause::Unexpected,
    }
}
