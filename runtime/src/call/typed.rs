//! Sends a call and decodes its reply.

use super::{Call, Endpoint, ErrorOf, OutputOf};
use crate::answer::{FromResponse, RawResponse};
use crate::boxed::{BoxFuture, Then};
use crate::codec::CodecError;
use crate::error::{Cause, Error, Fault};
use crate::response::Response;
use crate::send;
#[cfg(feature = "blocking")]
use crate::transport::{TransportError, TransportFailure};

type Outcome = Result<RawResponse, Box<Fault>>;
/// The typed reply of `O`, with status and headers.
pub(super) type Typed<O> = Result<Response<OutputOf<O>>, Error<ErrorOf<O>>>;

/// A call on its way to its typed reply.
pub type OutputFuture<O> = BoxFuture<Result<OutputOf<O>, Error<ErrorOf<O>>>>;
/// A call on its way to its typed reply with status and headers.
pub type ResponseFuture<O> = BoxFuture<Typed<O>>;

impl Call {
    /// Sends the call: the typed reply, its status and headers.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn response<O: Endpoint>(self) -> BoxFuture<Typed<O>> {
        let first = self.answer(O::Output::STREAMED);
        Box::pin(Then {
            first,
            finish: typed::<O>,
        })
    }

    /// Sends the call: the typed reply alone.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn send<O: Endpoint>(self) -> BoxFuture<Result<OutputOf<O>, Error<ErrorOf<O>>>> {
        let first = self.answer(O::Output::STREAMED);
        Box::pin(Then {
            first,
            finish: |outcome| typed::<O>(outcome).map(Response::into_body),
        })
    }

    /// Sends the call and waits for the typed reply alone, on a thread of the runtime's own.
    ///
    /// It works in plain threads and inside other runtimes, whose thread it holds up.
    ///
    /// # Errors
    /// As [`Self::send`].
    #[cfg(feature = "blocking")]
    pub fn send_blocking<O: Endpoint>(self) -> Result<OutputOf<O>, Error<ErrorOf<O>>> {
        self.response_blocking::<O>().map(Response::into_body)
    }

    /// The same with status and headers.
    ///
    /// # Errors
    /// As [`Self::response`].
    #[cfg(feature = "blocking")]
    pub fn response_blocking<O: Endpoint>(self) -> Typed<O> {
        let operation = self.operation.id;
        let outcome = crate::blocking::wait(self.answer(O::Output::STREAMED));
        typed::<O>(outcome.unwrap_or_else(|| {
            let reason = "the thread for blocking calls is not there";
            let error = TransportError::new(TransportFailure::Request, reason);
            Err(Fault::new(operation, Cause::Transport(error)))
        }))
    }

    /// The reply before it is decoded.
    pub(crate) fn answer(self, streamed: bool) -> BoxFuture<Outcome> {
        send::execute(self, streamed)
    }
}

pub(crate) fn typed<O: Endpoint>(outcome: Outcome) -> Typed<O> {
    let answer = outcome.map_err(|fault| Error::new(fault, None))?;
    let witness = answer.witness();
    if answer.is_success() {
        let head = std::sync::Arc::clone(&answer.head);
        return match O::Output::decode(answer) {
            Ok(body) => Ok(Response::new(head, body)),
            Err(failure) => Err(Error::new(
                witness.fault(Cause::FromResponse(failure)),
                None,
            )),
        };
    }
    if !answer.is_documented() || !O::Error::DOCUMENTED {
        return Err(Error::new(witness.fault(Cause::Unexpected), None));
    }
    Err(refused(witness, O::Error::decode(answer)))
}

fn refused<F>(witness: send::Witness, decoded: Result<F, CodecError>) -> Error<F> {
    match decoded {
        Ok(body) => Error::new(witness.fault(Cause::Api), Some(body)),
        Err(failure) => Error::new(witness.fault(Cause::FromResponse(failure)), None),
    }
}
