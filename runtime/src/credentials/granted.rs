//! What the endpoints of OAuth 2.0 reply.

use crate::boxed::BoxError;
use crate::transport::Reply;
use std::fmt;

/// How much of a reply is read, in bytes.
const LONGEST: usize = 1 << 20;

/// What the token endpoint gave (RFC 6749, section 5.1).
pub(super) struct Granted {
    pub(super) access_token: String,
    /// In seconds.
    pub(super) expires_in: Option<u64>,
    pub(super) refresh_token: Option<String>,
}

/// What an endpoint refused with (RFC 6749, section 5.2).
#[derive(Debug)]
pub(super) struct Refused {
    /// The error's code.
    pub(super) error: String,
    message: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refused {}

/// The reply's JSON; a refusal's message is the server's `error` and `error_description`.
pub(super) async fn reply(reply: Reply, from: &str) -> Result<serde_json::Value, BoxError> {
    let (head, body) = reply.into_parts();
    let body = body.collect(LONGEST).await;
    if let Some(failure) = body.failure {
        return Err(failure.into());
    }
    // The value itself is never shown: it may hold a token.
    let value: serde_json::Value = serde_json::from_slice(&body.bytes).unwrap_or_default();
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    if head.status.is_success() {
        return Ok(value);
    }
    let error = text("error").unwrap_or("no reason given").to_owned();
    let description = text("error_description").unwrap_or_default();
    let message = format!("{from} answered {}: {error} {description}", head.status);
    let message = message.trim_end().to_owned();
    Err(Refused { error, message }.into())
}

/// Reads the token endpoint's reply.
pub(super) async fn read(answer: Reply) -> Result<Granted, BoxError> {
    let value = reply(answer, "the token endpoint").await?;
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    let access_token =
        text("access_token").ok_or("the token endpoint's reply has no access_token")?;
    Ok(Granted {
        access_token: access_token.to_owned(),
        expires_in: value.get("expires_in").and_then(seconds),
        refresh_token: text("refresh_token").map(str::to_owned),
    })
}

/// Seconds, also where a server writes them as text or with a fraction.
pub(super) fn seconds(value: &serde_json::Value) -> Option<u64> {
    match value {
        serde_json::Value::String(text) => text.trim().parse().ok(),
        serde_json::Value::Number(number) => {
            let whole = number.to_string();
            whole.split('.').next()?.parse().ok()
        }
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_) => None,
    }
}
