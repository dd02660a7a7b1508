//! The reasons why a webhook is refused.

use crate::codec::CodecError;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// The check at which a webhook was refused.
///
/// ```
/// use typewright_runtime::webhook::{Verifier, WebhookFailure};
/// let error = Verifier::github("").unwrap_err();
/// assert_eq!(error.failure(), WebhookFailure::Secret);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookFailure {
    /// A secret that is empty, or not in base64 where it has to be.
    Secret,
    /// A header of the signature that is absent or malformed.
    Header,
    /// No signature is that of the body by any of the secrets.
    Signature,
    /// A time of signing that is too far from the clock's.
    Time,
    /// A body that is signed and not of the type.
    Body,
}

/// The failure to verify or read a webhook. It never holds a secret, a signature or the body.
///
/// ```
/// use typewright_runtime::http::HeaderMap;
/// use typewright_runtime::webhook::Verifier;
/// let error = Verifier::github("s3cr3t").unwrap().verify(&HeaderMap::new(), b"{}").unwrap_err();
/// assert_eq!(error.to_string(), "the header `x-hub-signature-256` is missing");
/// ```
#[derive(Clone, Debug)]
pub struct WebhookError {
    failure: WebhookFailure,
    message: Cow<'static, str>,
    source: Option<CodecError>,
}

impl WebhookError {
    pub(super) fn new(failure: WebhookFailure, message: impl Into<Cow<'static, str>>) -> Self {
        Self { failure, message: message.into(), source: None }
    }

    pub(super) fn body(source: CodecError) -> Self {
        let message = "the signed body is not as documented".into();
        Self { failure: WebhookFailure::Body, message, source: Some(source) }
    }

    /// The check that failed.
    #[must_use]
    pub fn failure(&self) -> WebhookFailure {
        self.failure
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for WebhookError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
