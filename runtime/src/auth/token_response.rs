//! What the endpoints of OAuth 2.0 reply.

use crate::futures::BoxError;
use crate::transport::Response;
use std::fmt;
use std::time::Duration;

/// How much of a reply is read, in bytes.
const LONGEST: usize = 1 << 20;
/// What is longer serves nobody, and may be more than clocks can count.
const LONGEST_LIFE: Duration = Duration::from_secs(365 * 24 * 3600);
/// The life of a token of which the server says something that is no time.
const UNREADABLE: Duration = Duration::from_secs(3600);
/// How much of a refusal's description is told, in characters.
const EXCERPT: usize = 200;

/// What the token endpoint gave (RFC 6749, section 5.1).
pub(super) struct Granted {
    pub(super) access_token: String,
    /// `None` where the server does not say.
    pub(super) expires_in: Option<Duration>,
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
pub(super) async fn reply(reply: Response, from: &str) -> Result<serde_json::Value, BoxError> {
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
    let told = format!("{error} {description}");
    let told = told.trim_end().chars().take(EXCERPT);
    let told: String = told.map(|c| if c.is_control() { ' ' } else { c }).collect();
    let message = format!("{from} answered {}: {told}", head.status);
    Err(Refused { error, message }.into())
}

/// Reads the token endpoint's reply.
pub(super) async fn read(answer: Response) -> Result<Granted, BoxError> {
    let value = reply(answer, "the token endpoint").await?;
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    let access_token =
        text("access_token").ok_or("the token endpoint's reply has no access_token")?;
    Ok(Granted {
        access_token: access_token.to_owned(),
        expires_in: life(value.get("expires_in")),
        refresh_token: text("refresh_token").map(str::to_owned),
    })
}

/// How long a token is good: an hour where the server says something that is no time.
fn life(expires_in: Option<&serde_json::Value>) -> Option<Duration> {
    let stated = expires_in.filter(|stated| !stated.is_null())?;
    Some(seconds(stated).unwrap_or(UNREADABLE))
}

/// Seconds, also where a server writes them as text or with a fraction; none is negative, and none more than a year.
pub(super) fn seconds(value: &serde_json::Value) -> Option<Duration> {
    let number = match value {
        serde_json::Value::String(text) => text.trim().parse().ok()?,
        serde_json::Value::Number(number) => number.as_f64()?,
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_) => return None,
    };
    let bounded = |number: f64| number.clamp(0.0, LONGEST_LIFE.as_secs_f64());
    number
        .is_finite()
        .then(|| Duration::from_secs_f64(bounded(number)))
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
            (json!(i64::MAX), Some(LONGEST_LIFE)),
            (json!(u64::MAX), Some(LONGEST_LIFE)),
            (json!(1e30), Some(LONGEST_LIFE)),
            (json!("1e300"), Some(LONGEST_LIFE)),
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
