//! Webhooks and callbacks: verifying that a request came from the service, and reading its body.
//!
//! Only the bytes that arrived are signed, so a [`Verifier`] takes them before anything decodes them, with the request's headers.
//! It has no server of its own: any that has `http`'s headers will do.

mod error;
mod style;

pub use error::{WebhookError, WebhookFailure};

use crate::auth::Secret;
use crate::clock::{Clock, SystemClock};
use crate::codec::{from_json, Decode};
use crate::webhook::style::{Signed, Style, SVIX, WEBHOOK};
use hmac::{Hmac, Mac as _};
use http::HeaderMap;
use sha2::Sha256;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How far from the clock's time a webhook may have been signed.
const TOLERANCE: Duration = Duration::from_secs(300);

/// A verifier of the signatures of webhooks, which are HMACs with SHA-256 (RFC 2104); they are compared in constant time.
///
/// `Debug` shows no secret.
///
/// ```
/// use typewright_runtime::http::HeaderMap;
/// use typewright_runtime::value::Value;
/// use typewright_runtime::webhook::{Verifier, WebhookError};
///
/// fn receive(headers: &HeaderMap, body: &[u8]) -> Result<Value, WebhookError> {
///     let verifier = Verifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
///     verifier.receive(headers, body)
/// }
/// assert!(receive(&HeaderMap::new(), b"{}").is_err());
/// ```
#[derive(Clone)]
pub struct Verifier {
    style: Style,
    keys: Vec<Vec<u8>>,
    tolerance: Duration,
    clock: Arc<dyn Clock>,
}

impl Verifier {
    /// Creates a verifier by [Standard Webhooks](https://www.standardwebhooks.com) 1.0: the headers `webhook-id`,
    /// `webhook-timestamp` and `webhook-signature`, and a secret in base64, as a rule after `whsec_`.
    ///
    /// Signatures with a private key (`v1a`) are passed over.
    ///
    /// # Errors
    /// The secret is empty, or not in base64.
    pub fn standard(secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        Self::new(Style::Standard(&WEBHOOK), &secret.into())
    }

    /// The same with the headers `svix-id`, `svix-timestamp` and `svix-signature`.
    ///
    /// # Errors
    /// As [`standard`](Self::standard).
    pub fn svix(secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        Self::new(Style::Standard(&SVIX), &secret.into())
    }

    /// Creates a verifier by GitHub's
    /// [`X-Hub-Signature-256`](https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries). There is no time
    /// in it: `X-GitHub-Delivery` tells deliveries apart.
    ///
    /// ```
    /// use typewright_runtime::http::HeaderMap;
    /// use typewright_runtime::webhook::Verifier;
    ///
    /// let verifier = Verifier::github("It's a Secret to Everybody")?;
    /// let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    /// let mut headers = HeaderMap::new();
    /// headers.insert("x-hub-signature-256", signature.parse().unwrap());
    /// verifier.verify(&headers, b"Hello, World!")?;
    /// # Ok::<(), typewright_runtime::webhook::WebhookError>(())
    /// ```
    ///
    /// # Errors
    /// The secret is empty.
    pub fn github(secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        Self::new(Style::GitHub, &secret.into())
    }

    /// Creates a verifier by Stripe's [`Stripe-Signature`](https://docs.stripe.com/webhooks#verify-manually), whose secret is the whole
    /// text with `whsec_`.
    ///
    /// # Errors
    /// The secret is empty.
    pub fn stripe(secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        Self::new(Style::Stripe, &secret.into())
    }

    fn new(style: Style, secret: &Secret) -> Result<Self, WebhookError> {
        let keys = vec![style.key(secret)?];
        Ok(Self { style, keys, tolerance: TOLERANCE, clock: Arc::new(SystemClock) })
    }

    /// Accepts the signatures of another secret too, while secrets are replaced.
    ///
    /// # Errors
    /// The secret is empty, or not in the encoding of the style.
    pub fn or(mut self, secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        self.keys.push(self.style.key(&secret.into())?);
        Ok(self)
    }

    /// Sets how far before or after the clock's time a webhook may have been signed, by default 5 minutes.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Replaces the system's clock.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Verifies that the body came from the service, by the headers and the body's bytes as they arrived.
    ///
    /// # Errors
    /// A header is absent or malformed, no signature is that of the body, or it was signed too long ago.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        let signed = self.style.read(headers)?;
        if !self.keys.iter().any(|key| signed.is_by(key, body)) {
            let message = "no signature is that of the body, by any secret";
            return Err(WebhookError::new(WebhookFailure::Signature, message));
        }
        signed.timestamp.map_or(Ok(()), |seconds| self.check_time(seconds))
    }

    /// Verifies a webhook and reads its body as JSON: a payload of the generated module `incoming`, or any other type.
    ///
    /// # Errors
    /// As [`verify`](Self::verify), and where the body is not of the type, with the reason as the source.
    pub fn receive<T: Decode>(&self, headers: &HeaderMap, body: &[u8]) -> Result<T, WebhookError> {
        self.verify(headers, body)?;
        from_json(body).map_err(WebhookError::body)
    }

    fn check_time(&self, seconds: u64) -> Result<(), WebhookError> {
        let now = self.clock.since_epoch().as_secs();
        let (distance, allowed) = (now.abs_diff(seconds), self.tolerance.as_secs());
        if distance <= allowed {
            return Ok(());
        }
        let side = if seconds < now { "before" } else { "after" };
        let message =
            format!("signed {distance} s {side} the clock's time, {allowed} s are allowed");
        Err(WebhookError::new(WebhookFailure::Time, message))
    }
}

impl Signed<'_> {
    /// `true` if one of the signatures is made with the key.
    fn is_by(&self, key: &[u8], body: &[u8]) -> bool {
        let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(key) else {
            return false;
        };
        for text in &self.prefix {
            hmac.update(text.as_bytes());
            hmac.update(b".");
        }
        hmac.update(body);
        self.signatures.iter().any(|signature| hmac.clone().verify_slice(signature).is_ok())
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Verifier");
        debug.field("style", &self.style).field("secrets", &self.keys.len());
        debug.field("tolerance", &self.tolerance).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
