//! The failure of a call without its types: its cause, and the response as far as one came.

use super::{CredentialsError, ErrorKind, TransportError, TransportFailure};
use crate::codec::CodecError;
use crate::futures::BoxError;
use crate::header;
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::rate_limit::RateLimit;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

/// Length of an excerpt, in characters.
const EXCERPT: usize = 300;
/// Length of the body that a failure retains, in bytes.
const RETAINED: usize = 64 << 10;

/// Cause of a failure.
#[derive(Debug)]
pub(crate) enum Cause {
    /// A documented error; with the reason where its body cannot be decoded.
    Api(Option<CodecError>),
    Unexpected,
    Decode(CodecError),
    TooLarge(usize),
    Transport(TransportError),
    /// The time of the call is over.
    Timeout(Duration),
    /// The time of the last attempt is over.
    AttemptTimeout(Duration),
    Redirect(&'static str),
    Operation,
    Encode {
        name: String,
        reason: BoxError,
    },
    Credentials(CredentialsError),
}

impl Cause {
    fn codec_error(&self) -> Option<&CodecError> {
        match self {
            Self::Decode(error) | Self::Api(Some(error)) => Some(error),
            Self::Api(None)
            | Self::Unexpected
            | Self::TooLarge(_)
            | Self::Transport(_)
            | Self::Timeout(_)
            | Self::AttemptTimeout(_)
            | Self::Redirect(_)
            | Self::Operation
            | Self::Encode { .. }
            | Self::Credentials(_) => None,
        }
    }
}

/// Status and headers of a response, shared by the typed response and its failures.
#[derive(Debug)]
pub(crate) struct ResponseHead {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Time of arrival since 1970.
    pub(crate) received: Duration,
}

impl ResponseHead {
    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers, self.received)
    }

    /// `Retry-After`, as a time from the arrival.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        header::retry_after(&self.headers, self.received)
    }
}

/// The response of a call, as far as one came, and the attempts that it took.
#[derive(Clone)]
pub(crate) struct ResponseContext {
    pub(crate) operation: &'static str,
    /// `None` where no response came.
    pub(crate) head: Option<OpaqueArc<ResponseHead>>,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
}

impl ResponseContext {
    /// Creates a failure after this response.
    #[cold]
    pub(crate) fn fault(mut self, cause: Cause) -> OpaqueBox<Fault> {
        self.body.truncate(RETAINED);
        let context = self;
        OpaqueBox::new(Fault { cause, context })
    }
}

/// A failure without the typed body of the documented error.
pub(crate) struct Fault {
    pub(crate) cause: Cause,
    pub(crate) context: ResponseContext,
}

impl Fault {
    /// Creates a failure without a response.
    #[cold]
    pub(crate) fn new(operation: &'static str, cause: Cause) -> OpaqueBox<Self> {
        let context = ResponseContext { operation, head: None, body: Bytes::new(), attempts: 0 };
        context.fault(cause)
    }

    pub(super) fn kind(&self) -> ErrorKind {
        match &self.cause {
            Cause::Api(_) => ErrorKind::Api,
            Cause::Unexpected => ErrorKind::Unexpected,
            Cause::Decode(_) => ErrorKind::Decode,
            Cause::TooLarge(_) => ErrorKind::TooLarge,
            Cause::Transport(error) if error.failure() == TransportFailure::Timeout => {
                ErrorKind::Timeout
            }
            Cause::Transport(_) => ErrorKind::Transport,
            Cause::Timeout(_) | Cause::AttemptTimeout(_) => ErrorKind::Timeout,
            Cause::Redirect(_) => ErrorKind::Redirect,
            Cause::Operation => ErrorKind::Operation,
            Cause::Encode { .. } => ErrorKind::Encode,
            Cause::Credentials(_) => ErrorKind::Credentials,
        }
    }

    pub(crate) fn status(&self) -> Option<StatusCode> {
        self.context.head.as_ref().map(|head| head.status)
    }

    pub(super) fn rate_limit(&self) -> Option<RateLimit> {
        self.context.head.as_ref()?.rate_limit()
    }

    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.context.head.as_ref()?.retry_after()
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        static NONE: OnceLock<HeaderMap> = OnceLock::new();
        match &self.context.head {
            Some(head) => &head.headers,
            None => NONE.get_or_init(HeaderMap::new),
        }
    }

    pub(crate) fn is_retryable(&self) -> bool {
        match &self.cause {
            Cause::Api(_) | Cause::Unexpected | Cause::Decode(_) | Cause::TooLarge(_) => {
                self.status().is_some_and(is_transient)
            }
            Cause::Transport(error) => error.failure() != TransportFailure::Request,
            Cause::Timeout(_) | Cause::AttemptTimeout(_) => true,
            Cause::Operation
            | Cause::Redirect(_)
            | Cause::Encode { .. }
            | Cause::Credentials(_) => false,
        }
    }

    pub(super) fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::Decode(error) | Cause::Api(Some(error)) => Some(error),
            Cause::Transport(error) => Some(error),
            Cause::Encode { reason, .. } => Some(&**reason),
            Cause::Credentials(error) => Some(error),
            Cause::Api(None)
            | Cause::Unexpected
            | Cause::TooLarge(_)
            | Cause::Timeout(_)
            | Cause::AttemptTimeout(_)
            | Cause::Operation
            | Cause::Redirect(_) => None,
        }
    }

    pub(super) fn path(&self) -> Option<String> {
        let Cause::Encode { name, reason } = &self.cause else {
            return self.cause.codec_error().map(CodecError::path);
        };
        let inner = reason.downcast_ref().map(CodecError::path);
        // Parameters have a bare name; anything else has an article, such as "the body".
        let parameter = Some(name.clone()).filter(|name| !name.starts_with("the "));
        inner.clone().filter(|inner| !inner.is_empty()).or(parameter).or(inner)
    }

    pub(super) fn help(&self) -> Option<&str> {
        self.cause.codec_error()?.help()
    }

    pub(super) fn excerpt(&self) -> String {
        let text = String::from_utf8_lossy(&self.context.body);
        let mut excerpt: String =
            text.chars().take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect();
        if text.chars().nth(EXCERPT).is_some() {
            excerpt.push('…');
        }
        excerpt
    }

    fn message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.context.operation)?;
        if let Some(status) = self.status() {
            write!(f, "{status}: ")?;
        }
        match &self.cause {
            Cause::Api(_) => f.write_str("the server refused"),
            Cause::Unexpected => f.write_str("a status that is not documented"),
            Cause::Decode(_) => f.write_str("the response cannot be read"),
            Cause::TooLarge(limit) => {
                write!(f, "the response is longer than the {limit} bytes that this client reads")
            }
            Cause::Transport(_) => f.write_str("the exchange with the server failed"),
            Cause::Timeout(limit) => write!(f, "not finished within {limit:?}"),
            Cause::AttemptTimeout(limit) => {
                write!(f, "the last attempt was not finished within {limit:?}")
            }
            Cause::Redirect(reason) => f.write_str(reason),
            Cause::Operation => f.write_str("the operation failed"),
            Cause::Encode { name, .. } => write!(f, "{name} cannot be sent"),
            Cause::Credentials(_) => f.write_str("the call cannot be authenticated"),
        }
    }
}

/// `true` if the same request may succeed later, judged by the status alone.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    match status.as_u16() {
        408 | 429 => true,
        // Not implemented, and a version or network that stays as it is.
        501 | 505 | 511 => false,
        code => (500..600).contains(&code),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message(f)?;
        let mut source = self.source().filter(|_| f.alternate());
        while let Some(reason) = source {
            write!(f, ": {reason}")?;
            source = reason.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers and body are omitted: they may hold secrets.
        f.debug_struct("Error")
            .field("operation", &self.context.operation)
            .field("cause", &self.cause)
            .field("status", &self.status())
            .field("body", &format_args!("{} bytes", self.context.body.len()))
            .field("attempts", &self.context.attempts)
            .finish()
    }
}
