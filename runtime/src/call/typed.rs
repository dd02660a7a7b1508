//! Sends a call and decodes its reply.

use super::{Call, Endpoint, ErrorOf, OutputOf};
use crate::answer::{FromResponse, RawResponse};
use crate::boxed::{BoxFuture, Then};
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
    /// It works in plain threads and inside other runtimes, whose thread it holds up; within another blocking call, from a
    /// token provider say, it fails at once.
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
        typed::<O>(outcome.unwrap_or_else(|reason| {
            let error = TransportError::new(TransportFailure::Request, reason);
            Err(Fault::new(operation, Cause::Transport(error)))
        }))
    }

    /// The reply before it is decoded.
    pub(crate) fn answer(self, streamed: bool) -> BoxFuture<Outcome> {
        let mode = if streamed {
            send::Mode::Streamed
        } else {
            send::Mode::Whole
        };
        send::execute(self, mode)
    }
}

pub(crate) fn typed<O: Endpoint>(outcome: Outcome) -> Typed<O> {
    let answer = outcome.map_err(|fault| Error::new(fault, None))?;
    let witness = answer.witness();
    if answer.is_success() {
        let head = std::sync::Arc::clone(&answer.head);
        let assumed = answer.assumed.then(|| answer.decoding.clone());
        return match (O::Output::decode(answer), assumed) {
            (Ok(body), assumed) => {
                if let Some(decoding) = assumed {
                    decoding.undocumented(witness.operation, head.status);
                }
                Ok(Response::new(head, body))
            }
            (Err(_), Some(_)) => Err(Error::new(witness.fault(Cause::Unexpected), None)),
            (Err(failure), None) => Err(Error::new(
                witness.fault(Cause::FromResponse(failure)),
                None,
            )),
        };
    }
    Err(refused::<O>(witness, answer))
}

/// The server refused. What it says is read where the document describes it, or describes the same for every other error.
fn refused<O: Endpoint>(witness: send::Witness, answer: RawResponse) -> Error<ErrorOf<O>> {
    let (documented, described) = (answer.is_documented(), answer.has_contents());
    let readable =
        O::Error::DOCUMENTED && !answer.is_of_head() && (documented || answer.is_like_an_error());
    let decoded = readable.then(|| O::Error::decode(answer));
    let (body, failure) = match decoded {
        Some(Ok(body)) => (Some(body), None),
        Some(Err(failure)) => (None, Some(failure).filter(|_| described)),
        None => (None, None),
    };
    let cause = if documented {
        Cause::Api(failure)
    } else {
        Cause::Unexpected
    };
    Error::new(witness.fault(cause), body)
}
