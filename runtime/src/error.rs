//! Why a call failed.

use crate::boxed::BoxError;
use crate::codec::CodecError;
use crate::credentials::CredentialsError;
use crate::transport::{TransportError, TransportFailure};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// How much of a body is shown in a message, in characters.
const EXCERPT: usize = 300;

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The server answered with an error that the document describes: [`Error::body`] has it.
    Api,
    /// The server answered with a status that the document does not name.
    Unexpected,
    /// The reply's body is not what the document says: [`Error::path`] says where.
    FromResponse,
    /// The reply's body is longer than the client's bound.
    TooLarge,
    /// No reply came, or it broke off.
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

/// What happened, beside the reply itself.
#[derive(Debug)]
pub(crate) enum Cause {
    Api,
    Unexpected,
    FromResponse(CodecError),
    TooLarge(usize),
    Transport(TransportError),
    Timeout(Duration),
    Redirect(&'static str),
    Operation,
    Encode { name: String, reason: BoxError },
    Credentials(CredentialsError),
}

/// The reply to a call that failed, as far as there was one.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// All of a failure but its typed body.
pub(crate) struct Fault {
    pub(crate) operation: &'static str,
    pub(crate) cause: Cause,
    pub(crate) kept: Kept,
    pub(crate) attempts: u32,
    pub(crate) retry_after: Option<Duration>,
}

impl Fault {
    pub(crate) fn new(operation: &'static str, cause: Cause) -> Box<Self> {
        Box::new(Self {
            operation,
            cause,
            kept: Kept::default(),
            attempts: 0,
            retry_after: None,
        })
    }

    fn kind(&self) -> ErrorKind {
        match &self.cause {
            Cause::Api => ErrorKind::Api,
            Cause::Unexpected => ErrorKind::Unexpected,
            Cause::FromResponse(_) => ErrorKind::FromResponse,
            Cause::TooLarge(_) => ErrorKind::TooLarge,
            Cause::Transport(error) if error.failure() == TransportFailure::Timeout => {
                ErrorKind::Timeout
            }
            Cause::Transport(_) => ErrorKind::Transport,
            Cause::Timeout(_) => ErrorKind::Timeout,
            Cause::Redirect(_) => ErrorKind::Redirect,
            Cause::Operation => ErrorKind::Operation,
            Cause::Encode { .. } => ErrorKind::Encode,
            Cause::Credentials(_) => ErrorKind::Credentials,
        }
    }

    pub(crate) fn is_retryable(&self) -> bool {
        match &self.cause {
            Cause::Api | Cause::Unexpected | Cause::FromResponse(_) | Cause::TooLarge(_) => {
                self.kept.status.is_some_and(crate::retry::is_transient)
            }
            Cause::Transport(error) => error.failure() != TransportFailure::Request,
            Cause::Timeout(_) => true,
            Cause::Operation
            | Cause::Redirect(_)
            | Cause::Encode { .. }
            | Cause::Credentials(_) => false,
        }
    }

    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::FromResponse(failure) => Some(failure),
            Cause::Transport(error) => Some(error),
            Cause::Encode { reason, .. } => Some(&**reason),
            Cause::Credentials(error) => Some(error),
            Cause::Api
            | Cause::Unexpected
            | Cause::TooLarge(_)
            | Cause::Timeout(_)
            | Cause::Operation
            | Cause::Redirect(_) => None,
        }
    }

    fn excerpt(&self) -> String {
        let text = String::from_utf8_lossy(&self.kept.body);
        let mut excerpt: String = text
            .chars()
            .take(EXCERPT)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        if text.chars().nth(EXCERPT).is_some() {
            excerpt.push('…');
        }
        excerpt
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        if let Some(status) = self.kept.status {
            write!(f, "{status}: ")?;
        }
        match &self.cause {
            Cause::Api if self.kept.body.is_empty() => f.write_str("the server refused"),
            Cause::Api => f.write_str(&self.excerpt()),
            Cause::Unexpected => {
                write!(f, "a status that is not documented: {}", self.excerpt())
            }
            Cause::FromResponse(failure) => {
                write!(f, "the reply cannot be read: {failure}: {}", self.excerpt())
            }
            Cause::TooLarge(limit) => {
                write!(
                    f,
                    "the reply is longer than the {limit} bytes that this client reads"
                )
            }
            Cause::Transport(error) => {
                write!(f, "{error}")?;
                let mut source = StdError::source(error);
                while let Some(reason) = source {
                    write!(f, ": {reason}")?;
                    source = reason.source();
                }
                Ok(())
            }
            Cause::Timeout(limit) => write!(f, "not finished within {limit:?}"),
            Cause::Redirect(reason) => f.write_str(reason),
            Cause::Operation => write!(f, "the operation failed: {}", self.excerpt()),
            Cause::Encode { name, reason } => write!(f, "{name} cannot be sent: {reason}"),
            Cause::Credentials(error) => write!(f, "{error}"),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers are left out: `Set-Cookie` holds secrets.
        f.debug_struct("Error")
            .field("operation", &self.operation)
            .field("cause", &self.cause)
            .field("status", &self.kept.status)
            .field("body", &self.excerpt())
            .field("attempts", &self.attempts)
            .finish()
    }
}

macro_rules! accessors {
    () => {
        /// What kind of failure it is.
        #[must_use]
        pub fn kind(&self) -> ErrorKind {
            self.fault().kind()
        }

        /// The operation's id.
        #[must_use]
        pub fn operation(&self) -> &'static str {
            self.fault().operation
        }

        /// The reply's status, where there was a reply.
        #[must_use]
        pub fn status(&self) -> Option<StatusCode> {
            self.fault().kept.status
        }

        /// The reply's headers; none where there was no reply.
        #[must_use]
        pub fn headers(&self) -> &HeaderMap {
            &self.fault().kept.headers
        }

        /// The reply's body as it came, up to the client's bound.
        #[must_use]
        pub fn raw_body(&self) -> &Bytes {
            &self.fault().kept.body
        }

        /// Where in the reply (or in the request, if it could not be written) the failure is: `results[3].createdAt`.
        #[must_use]
        pub fn path(&self) -> Option<String> {
            match &self.fault().cause {
                Cause::FromResponse(failure) => Some(failure.path().to_string()),
                Cause::Encode { reason, .. } => {
                    let failure = reason.downcast_ref::<CodecError>()?;
                    Some(failure.path().to_string())
                }
                Cause::Api
                | Cause::Unexpected
                | Cause::TooLarge(_)
                | Cause::Transport(_)
                | Cause::Timeout(_)
                | Cause::Operation
                | Cause::Redirect(_)
                | Cause::Credentials(_) => None,
            }
        }

        /// Whether the same call may succeed later: 408, 429, 5xx, timeouts and broken connections.
        ///
        /// Whether it is safe to send it again is another question, which its method answers.
        #[must_use]
        pub fn is_retryable(&self) -> bool {
            self.fault().is_retryable()
        }

        /// How long the server asks to wait (`RetryPolicy-After`).
        #[must_use]
        pub fn retry_after(&self) -> Option<Duration> {
            self.fault().retry_after
        }

        /// How often the request was sent.
        #[must_use]
        pub fn attempts(&self) -> u32 {
            self.fault().attempts
        }
    };
}

struct Inner<F> {
    fault: Box<Fault>,
    body: Option<F>,
}

/// The failure of a call whose documented error is `F`. One pointer in size.
pub struct Error<F>(Box<Inner<F>>);

impl<F> Error<F> {
    pub(crate) fn new(fault: Box<Fault>, body: Option<F>) -> Self {
        Self(Box::new(Inner { fault, body }))
    }

    fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// The documented error, where the server sent it.
    #[must_use]
    pub fn body(&self) -> Option<&F> {
        self.0.body.as_ref()
    }

    /// The documented error, or everything else unchanged.
    ///
    /// # Errors
    /// The failure itself where it is not a documented error.
    pub fn into_body(mut self) -> Result<F, Self> {
        self.0.body.take().ok_or(self)
    }

    accessors!();
}

impl<F: Send + Sync + 'static> Error<F> {
    /// The same failure without its type, so that failures of all operations are of one.
    #[must_use]
    pub fn erase(self) -> AnyError {
        let Inner { fault, body } = *self.0;
        let body = body.map(|body| Box::new(body) as Box<dyn Any + Send + Sync>);
        AnyError(Box::new(Erased { fault, body }))
    }
}

struct Erased {
    fault: Box<Fault>,
    body: Option<Box<dyn Any + Send + Sync>>,
}

/// The failure of any call; every [`Error`] converts into it.
pub struct AnyError(Box<Erased>);

impl AnyError {
    fn fault(&self) -> &Fault {
        &self.0.fault
    }

    pub(crate) fn of(fault: Box<Fault>) -> Self {
        Self(Box::new(Erased { fault, body: None }))
    }

    /// The documented error, where the server sent it and it is an `F`.
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
