//! All of a failure but its types: what happened, and the reply as far as there was one.

use super::ErrorKind;
use crate::boxed::BoxError;
use crate::codec::CodecError;
use crate::credentials::CredentialsError;
use crate::opaque::OpaqueBox;
use crate::transport::{TransportError, TransportFailure};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// How much of a body an excerpt gives, in characters.
const EXCERPT: usize = 300;

/// What happened, beside the reply itself.
#[derive(Debug)]
pub(crate) enum Cause {
    /// With the reason why its documented body cannot be read, where it cannot.
    Api(Option<CodecError>),
    Unexpected,
    Decode(CodecError),
    TooLarge(usize),
    Transport(TransportError),
    Timeout(Duration),
    Redirect(&'static str),
    Operation,
    Encode {
        name: String,
        reason: BoxError,
    },
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
    pub(crate) fn new(operation: &'static str, cause: Cause) -> OpaqueBox<Self> {
        OpaqueBox::new(Self {
            operation,
            cause,
            kept: Kept::default(),
            attempts: 0,
            retry_after: None,
        })
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
            Cause::Timeout(_) => ErrorKind::Timeout,
            Cause::Redirect(_) => ErrorKind::Redirect,
            Cause::Operation => ErrorKind::Operation,
            Cause::Encode { .. } => ErrorKind::Encode,
            Cause::Credentials(_) => ErrorKind::Credentials,
        }
    }

    pub(crate) fn is_retryable(&self) -> bool {
        match &self.cause {
            Cause::Api(_) | Cause::Unexpected | Cause::Decode(_) | Cause::TooLarge(_) => {
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

    pub(super) fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::Decode(failure) | Cause::Api(Some(failure)) => Some(failure),
            Cause::Transport(error) => Some(error),
            Cause::Encode { reason, .. } => Some(&**reason),
            Cause::Credentials(error) => Some(error),
            Cause::Api(None)
            | Cause::Unexpected
            | Cause::TooLarge(_)
            | Cause::Timeout(_)
            | Cause::Operation
            | Cause::Redirect(_) => None,
        }
    }

    pub(super) fn path(&self) -> Option<String> {
        match &self.cause {
            Cause::Decode(failure) | Cause::Api(Some(failure)) => Some(failure.path()),
            Cause::Encode { name, reason } => {
                let failure = reason.downcast_ref::<CodecError>();
                let inner = failure.map(|failure| failure.path());
                // What is no parameter has an article: "the body".
                let own = Some(name.clone()).filter(|name| !name.starts_with("the "));
                match inner {
                    Some(inner) if !inner.is_empty() => Some(inner),
                    inner => own.or(inner),
                }
            }
            Cause::Api(None)
            | Cause::Unexpected
            | Cause::TooLarge(_)
            | Cause::Transport(_)
            | Cause::Timeout(_)
            | Cause::Operation
            | Cause::Redirect(_)
            | Cause::Credentials(_) => None,
        }
    }

    pub(super) fn help(&self) -> Option<&str> {
        match &self.cause {
            Cause::Decode(failure) | Cause::Api(Some(failure)) => failure.help(),
            Cause::Api(None)
            | Cause::Unexpected
            | Cause::TooLarge(_)
            | Cause::Transport(_)
            | Cause::Timeout(_)
            | Cause::Operation
            | Cause::Redirect(_)
            | Cause::Encode { .. }
            | Cause::Credentials(_) => None,
        }
    }

    pub(super) fn excerpt(&self) -> String {
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

impl Fault {
    fn message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        if let Some(status) = self.kept.status {
            write!(f, "{status}: ")?;
        }
        match &self.cause {
            Cause::Api(_) => f.write_str("the server refused"),
            Cause::Unexpected => f.write_str("a status that is not documented"),
            Cause::Decode(_) => f.write_str("the reply cannot be read"),
            Cause::TooLarge(limit) => write!(
                f,
                "the reply is longer than the {limit} bytes that this client reads"
            ),
            Cause::Transport(_) => f.write_str("the exchange with the server failed"),
            Cause::Timeout(limit) => write!(f, "not finished within {limit:?}"),
            Cause::Redirect(reason) => f.write_str(reason),
            Cause::Operation => f.write_str("the operation failed"),
            Cause::Encode { name, .. } => write!(f, "{name} cannot be sent"),
            Cause::Credentials(_) => f.write_str("the call cannot be authenticated"),
        }
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
        // Headers and body are left out: they may hold secrets.
        f.debug_struct("Error")
            .field("operation", &self.operation)
            .field("cause", &self.cause)
            .field("status", &self.kept.status)
            .field("body", &format_args!("{} bytes", self.kept.body.len()))
            .field("attempts", &self.attempts)
            .finish()
    }
}
