//! Responses of OAuth 2.0 endpoints.

use crate::futures::BoxError;
use crate::transport::Response;
use std::fmt;
use std::time::Duration;

/// Limit of a response's body, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// Upper bound of a token's life; longer ones may be more than clocks can count.
const MAX_LIFE: Duration = Duration::from_secs(365 * 24 * 3600);
/// The life of a token whose `expires_in` is not a number.
const DEFAULT_LIFE: Duration = Duration::from_secs(3600);
/// Limit of an error's description in messages, in characters.
const MAX_DESCRIPTION: usize = 200;

/// A successful response of the token endpoint (RFC 6749, section 5.1).
pub(super) struct TokenResponse {
    pub(super) access_token: String,
    /// `None` if the server does not state it.
    pub(super) expires_in: Option<Duration>,
    pub(super) refresh_token: Option<String>,
}

/// An error response (RFC 6749, section 5.2).
#[derive(Debug)]
pub(super) struct ErrorResponse {
    /// The error's code.
    pub(super) error: String,
    message: String,
}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ErrorResponse {}

/// Reads the JSON of a response. The message of an error response has the server's `error` and `error_description`.
pub(super) async fn read_json(
    response: Response,
    sender: &str,
) -> Result<serde_json::Value, BoxError> {
    let (head, body) = response.into_parts();
    let body = body.collect(MAX_BYTES).await;
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
    let description = format!("{error} {description}");
    let description = description.trim_end().chars().take(MAX_DESCRIPTION);
    let description: String = description.map(|c| if c.is_control() { ' ' } else { c }).collect();
    let message = format!("{sender} responded with {}: {description}", head.status);
    Err(ErrorResponse { error, message }.into())
}

/// Reads the token endpoint's response.
pub(super) async fn read_token(response: Response) -> Result<TokenResponse, BoxError> {
    let value = read_json(response, "the token endpoint").await?;
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    let access_token =
        text("access_token").ok_or("the token endpoint's response has no access_token")?;
    Ok(TokenResponse {
        access_token: access_token.to_owned(),
        expires_in: life(value.get("expires_in")),
        refresh_token: text("refresh_token").map(str::to_owned),
    })
}

/// The life of a token, if the server states it.
fn life(expires_in: Option<&serde_json::Value>) -> Option<Duration> {
    let value = expires_in.filter(|value| !value.is_null())?;
    Some(seconds(value).unwrap_or(DEFAULT_LIFE))
}

/// Seconds, also as text or with a fraction, limited to the range from zero to a year.
pub(super) fn seconds(value: &serde_json::Value) -> Option<Duration> {
    let number = match value {
        serde_json::Value::String(text) => text.trim().parse().ok()?,
        serde_json::Value::Number(number) => number.as_f64()?,
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_) => return None,
    };
    let bounded = |number: f64| number.clamp(0.0, MAX_LIFE.as_secs_f64());
    number.is_finite().then(|| Duration::from_secs_f64(bounded(number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_of_any_kind() {
        let hour = Some(Duration::from_secs(3600));
        for (value, expected) in [
            (json!(3600), hour),
            (json!(" 3600 "), hour),
            (json!(1.5), Some(Duration::from_millis(1500))),
            (json!("3600.5"), Some(Duration::from_millis(3_600_500))),
            (json!(0), Some(Duration::ZERO)),
            (json!(-5), Some(Duration::ZERO)),
            (json!(i64::MIN), Some(Duration::ZERO)),
            (json!(i64::MAX), Some(MAX_LIFE)),
            (json!(u64::MAX), Some(MAX_LIFE)),
            (json!(1e30), Some(MAX_LIFE)),
            (json!("1e300"), Some(MAX_LIFE)),
            (json!("inf"), hour),
            (json!("NaN"), hour),
            (json!("soon"), hour),
            (json!([]), hour),
            (json!(true), hour),
            (json!(null), None),
        ] {
            assert_eq!(life(Some(&value)), expected, "{value}");
        }
        assert_eq!(life(None), None);
    }
}
