//! The failure of a transport.

use crate::futures::BoxError;
use std::fmt;

/// The point at which a transport failed. It decides whether sending the request again is safe.
///
/// ```
/// use typewright_runtime::transport::{TransportError, TransportFailure};
/// let error = TransportError::new(TransportFailure::Connect, "no route to host");
/// assert_eq!(error.failure(), TransportFailure::Connect);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportFailure {
    /// A connection that was not made: the server has seen nothing of the request, so that it is safe to send it again.
    Connect,
    /// Silence of the server for too long.
    Timeout,
    /// A body broke off, the request's or the response's.
    Body,
    /// A request that this transport cannot send; it is not tried again.
    Request,
    /// Any other failure: the server may have seen the request.
    Other,
}

/// The failure of a transport. It never holds the request's URL or headers.
///
/// ```
/// use std::error::Error as _;
/// use typewright_runtime::transport::{TransportError, TransportFailure};
/// let error = TransportError::new(TransportFailure::Timeout, "after 60 s");
/// assert_eq!(error.to_string(), "the server was silent for too long");
/// assert_eq!(error.source().unwrap().to_string(), "after 60 s");
/// ```
#[derive(Debug)]
pub struct TransportError {
    failure: TransportFailure,
    source: BoxError,
}

impl TransportError {
    /// Creates a failure at this point, for this reason.
    pub fn new(failure: TransportFailure, source: impl Into<BoxError>) -> Self {
        Self { failure, source: source.into() }
    }

    /// The point at which it failed.
    #[must_use]
    pub fn failure(&self) -> TransportFailure {
        self.failure
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.failure {
            TransportFailure::Connect => "no connection was made",
            TransportFailure::Timeout => "the server was silent for too long",
            TransportFailure::Body => "a body broke off",
            TransportFailure::Request => "the request cannot be sent",
            TransportFailure::Other => "the connection failed",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
