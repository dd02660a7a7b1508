//! The failures of calls.

mod build;
mod credentials;
mod fault;
mod transport;

pub use build::BuildError;
pub use credentials::CredentialsError;
pub(crate) use fault::{is_transient, Cause, Fault, ResponseContext, ResponseHead};
pub use transport::{TransportError, TransportFailure};

use crate::opaque::OpaqueBox;
use crate::rate_limit::RateLimit;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// The kind of a failure: who failed, and at what.
///
/// | kind | was the call sent? | did the server respond? |
/// |---|---|---|
/// | `Encode`, `Credentials` | no | no |
/// | `Transport`, `Timeout` | perhaps | not completely |
/// | `Api`, `Unexpected` | yes | with a refusal, or with a status that the document does not name |
/// | `Decode`, `TooLarge` | yes | with a success that cannot be read |
/// | `Redirect` | yes | with a redirect that is not followed |
/// | `Operation` | yes | with the failure of the long-running operation |
///
/// ```
/// use typewright_runtime::ErrorKind;
///
/// fn is_ours(kind: ErrorKind) -> bool {
///     matches!(kind, ErrorKind::Encode | ErrorKind::Credentials)
/// }
/// assert!(!is_ours(ErrorKind::Timeout));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The server responded with a status that the document describes as an error. [`Error::body`] has its typed body where one
    /// came that can be read, [`Error::raw_body`] whatever came.
    Api,
    /// The server responded with a status that the document does not name. [`Error::body`] has its typed body where all
    /// documented errors share one type and the body is of it.
    Unexpected,
    /// The body of a success is not of the type that the document gives it: [`Error::path`] has the place.
    Decode,
    /// The response's body is longer than the client's `max_body_bytes`.
    TooLarge,
    /// No response came, or it broke off.
    Transport,
    /// A time limit ran out.
    Timeout,
    /// A long-running operation ended in an error, which [`Error::raw_body`] has.
    Operation,
    /// A redirect that must not or cannot be followed.
    Redirect,
    /// A value cannot be written in the request; nothing was sent.
    Encode,
    /// No credential meets what the operation needs, or none could be had; the operation was not sent.
    Credentials,
}

macro_rules! accessors {
    () => {
        /// The kind of the failure.
        #[must_use]
        pub fn kind(&self) -> ErrorKind {
            self.fault().kind()
        }

        /// The operation's id, as the document has it or the generator made it.
        #[must_use]
        pub fn operation(&self) -> &'static str {
            self.fault().context.operation
        }

        /// The response's status, where there was a response.
        #[must_use]
        pub fn status(&self) -> Option<StatusCode> {
            self.fault().status()
        }

        /// The response's headers; empty where there was no response.
        #[must_use]
        pub fn headers(&self) -> &HeaderMap {
            self.fault().headers()
        }

        /// The response's body as it came, up to 64 KiB; empty where there was no response.
        #[must_use]
        pub fn raw_body(&self) -> &Bytes {
            &self.fault().context.body
        }

        /// The beginning of the response's body as one line of text, up to 300 characters: for a message about a refusal.
        ///
        /// `Display` and `Debug` leave it out, since a response may hold secrets and private data.
        #[must_use]
        pub fn excerpt(&self) -> String {
            self.fault().excerpt()
        }

        /// The place of the failure in the response, or in the request where it could not be written: `results[3].createdAt`, or the
        /// name of a parameter.
        #[must_use]
        pub fn path(&self) -> Option<String> {
            self.fault().path()
        }

        /// The option of the generator that takes responses such as this one, if there is one: a response without a required member
        /// can be read by a client that is generated with `responses = "lenient"`.
        ///
        /// `{error:#}` has it at its end.
        #[must_use]
        pub fn help(&self) -> Option<&str> {
            self.fault().help()
        }

        /// True where the same call may succeed later: after 408, 429, most of 5xx, timeouts and broken connections.
        ///
        /// It does not imply that sending the call again is safe, which depends on the method.
        #[must_use]
        pub fn is_retryable(&self) -> bool {
            self.fault().is_retryable()
        }

        /// The time that the server asks to wait (`Retry-After`, RFC 9110, section 10.2.3), where it does.
        #[must_use]
        pub fn retry_after(&self) -> Option<Duration> {
            self.fault().retry_after()
        }

        /// The limit of requests that the response states; `None` where there was no response, or it states none.
        #[must_use]
        pub fn rate_limit(&self) -> Option<RateLimit> {
            self.fault().rate_limit()
        }

        /// The number of requests that were sent, redirects and further tries included; 0 where the call was not sent.
        #[must_use]
        pub fn attempts(&self) -> u32 {
            self.fault().context.attempts
        }
    };
}

struct Inner<F> {
    fault: OpaqueBox<Fault>,
    body: Option<F>,
}

/// The failure of a call whose documented error is `F`. One pointer in size.
///
/// `{error}` says which operation failed and how; `{error:#}` says all its reasons too, as reporters of errors do by
/// [`source`](std::error::Error::source). Neither quotes the response: that is left to [`Self::excerpt`].
///
/// ```
/// use typewright_runtime::{Error, ErrorKind};
/// fn report<F>(error: &Error<F>) -> String {
///     match error.kind() {
///         ErrorKind::Api | ErrorKind::Unexpected => format!("{error}: {}", error.excerpt()),
///         _ => format!("{error:#}"),
///     }
/// }
/// # drop(report::<()>);
/// ```
pub struct Error<F>(Box<Inner<F>>);

impl<F> Error<F> {
    pub(crate) fn new(fault: OpaqueBox<Fault>, body: Option<F>) -> Self {
        Self(Box::new(Inner { fault, body }))
    }

    fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// The documented error, where the server sent it and it can be read.
    #[must_use]
    pub fn body(&self) -> Option<&F> {
        self.0.body.as_ref()
    }

    /// Takes the documented error out of the failure.
    ///
    /// # Errors
    /// The failure itself where it is not a documented error.
    pub fn into_body(mut self) -> Result<F, Self> {
        self.0.body.take().ok_or(self)
    }

    accessors!();
}

impl<F: Send + Sync + 'static> Error<F> {
    /// Turns the failure into one without the type of the documented error, so that failures of all operations are of one type.
    #[must_use]
    pub fn erase(self) -> AnyError {
        let Inner { fault, body } = *self.0;
        let body = body.map(|body| Box::new(body) as Box<dyn Any + Send + Sync>);
        AnyError(Box::new(Erased { fault, body }))
    }
}

struct Erased {
    fault: OpaqueBox<Fault>,
    body: Option<Box<dyn Any + Send + Sync>>,
}

/// The failure of any call; every [`Error`] converts into it, so that calls of several operations can be made with `?`.
///
/// ```
/// use typewright_runtime::{AnyError, Error};
///
/// fn sum<F, G>(one: Result<i64, Error<F>>, other: Result<i64, Error<G>>) -> Result<i64, AnyError>
/// where
///     F: Send + Sync + 'static,
///     G: Send + Sync + 'static,
/// {
///     Ok(one? + other?)
/// }
/// assert_eq!(sum::<(), String>(Ok(1), Ok(2)).unwrap(), 3);
/// ```
pub struct AnyError(Box<Erased>);

impl AnyError {
    fn fault(&self) -> &Fault {
        &self.0.fault
    }

    pub(crate) fn from_fault(fault: OpaqueBox<Fault>) -> Self {
        Self(Box::new(Erased { fault, body: None }))
    }

    /// The documented error, where the server sent it, it can be read and it is an `F`.
    #[must_use]
    pub fn body<F: 'static>(&self) -> Option<&F> {
        self.0.body.as_ref()?.downcast_ref()
    }

    accessors!();
}

impl<F: Send + Sync + 'static> From<Error<F>> for AnyError {
    fn from(error: Error<F>) -> Self {
        error.erase()
    }
}

impl<F> fmt::Display for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault().fmt(f)
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault().fmt(f)
    }
}

impl<F> fmt::Debug for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.fault(), f)
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.fault(), f)
    }
}

impl<F> StdError for Error<F> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.fault().source()
    }
}

impl StdError for AnyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.fault().source()
    }
}
