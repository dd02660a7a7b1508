//! Sends a call and decodes its reply.

use super::{Call, Endpoint, ErrorOf, OutputOf};
use crate::answer::{FromResponse, Head, RawResponse};
use crate::boxed::{BoxFuture, Then};
use crate::codec::CodecError;
use crate::error::{Cause, Error, Fault};
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::response::Response;
use crate::send;
#[cfg(feature = "blocking")]
use crate::transport::{TransportError, TransportFailure};

type Outcome = Result<RawResponse, OpaqueBox<Fault>>;
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
    let (mut body, mut error) = (None, None);
    let head = outcome.and_then(|answer| {
        settle(
            answer,
            &mut |answer| {
                body = Some(O::Output::decode(answer)?);
                Ok(())
            },
            O::Error::DOCUMENTED.then_some(&mut |answer| {
                error = Some(O::Error::decode(answer)?);
                Ok(())
            }),
        )
    });
    match (head, body) {
        (Ok(head), Some(body)) => Ok(Response::new(head, body)),
        (Ok(_), None) => Err(Error::new(nothing(O::spec().id), None)),
        (Err(fault), _) => Err(Error::new(fault, error)),
    }
}

/// A decoder gave no value, which none does.
#[cold]
fn nothing(operation: &'static str) -> OpaqueBox<Fault> {
    Fault::new(operation, Cause::Decode(CodecError::nothing()))
}

/// Decodes a reply into a place of the caller's.
type DecodeReply<'d> = dyn FnMut(&mut RawResponse) -> Result<(), CodecError> + 'd;

/// Decodes a reply as a success or as an error: all of [`typed`] that is the same for every operation.
///
/// Returns the head of a success, whose body has been decoded.
fn settle(
    mut answer: RawResponse,
    success: &mut DecodeReply<'_>,
    error: Option<&mut DecodeReply<'_>>,
) -> Result<OpaqueArc<Head>, OpaqueBox<Fault>> {
    let witness = answer.witness();
    if !answer.is_success() {
        return Err(refused(witness, answer, error));
    }
    let head = answer.head.clone();
    let assumed = answer.assumed.then(|| answer.decoding.clone());
    match (success(&mut answer), assumed) {
        (Ok(()), None) => Ok(head),
        (Ok(()), Some(decoding)) => {
            decoding.undocumented(witness.operation, head.status);
            Ok(head)
        }
        (Err(_), Some(_)) => {
            answer.assume_nothing();
            Err(refused(witness, answer, error))
        }
        (Err(failure), None) => Err(witness.fault(Cause::Decode(failure))),
    }
}

/// The server refused. What it says is read where the document describes it, or describes the same for every other error.
fn refused(
    witness: send::Witness,
    mut answer: RawResponse,
    error: Option<&mut DecodeReply<'_>>,
) -> OpaqueBox<Fault> {
    let (documented, described) = (answer.is_documented(), answer.has_contents());
    let readable = !answer.is_of_head() && (documented || answer.is_like_an_error());
    let failure = error
        .filter(|_| readable)
        .and_then(|decode| decode(&mut answer).err())
        .filter(|_| described);
    witness.fault(if documented {
        Cause::Api(failure)
    } else {
        Cause::Unexpected
    })
}
