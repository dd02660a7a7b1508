//! OAuth 2.0 device authorization (RFC 8628): a person consents on another device, while this one polls the server.

use crate::auth::token_cache::REQUEST_TIMEOUT;
use crate::auth::token_response::{read_json, read_token, ErrorResponse, TokenResponse};
use crate::auth::{token_response, ClientCredentials, Secret};
use crate::futures::{BoxError, MaybeSendSync};
use crate::transport::Io;
use std::fmt;
use std::time::Duration;

/// The pause between two requests by default (RFC 8628, section 3.2).
const INTERVAL: Duration = Duration::from_secs(5);
/// The time that `slow_down` adds to the pause (RFC 8628, section 3.5).
const SLOW_DOWN: Duration = Duration::from_secs(5);
/// The bounds of the pause that a server may state.
const MIN_INTERVAL: Duration = Duration::from_secs(1);
const MAX_INTERVAL: Duration = Duration::from_secs(300);
/// The life of a code by default.
const LIFE: Duration = Duration::from_secs(600);
/// Upper bound of the life of a code.
const MAX_LIFE: Duration = Duration::from_secs(24 * 3600);
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The steps by which a person gives consent (RFC 8628, section 3.2): visit a page, and enter a code there.
///
/// ```
/// use typewright_runtime::auth::{ClientCredentials, Credential};
/// let client = ClientCredentials::from_device("my-cli", "", |prompt| {
///     eprintln!("visit {} and enter {}", prompt.verification_uri(), prompt.user_code());
/// });
/// let credential = Credential::from(client);
/// ```
#[derive(Clone)]
pub struct DevicePrompt {
    user_code: String,
    uri: String,
    complete: Option<String>,
    expires_in: Duration,
}

impl DevicePrompt {
    /// The code to enter (`user_code`).
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The URL of the page to enter it on (`verification_uri`).
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        &self.uri
    }

    /// The URL of the same page with the code in it (`verification_uri_complete`), if the server sends one: for a QR code, for example.
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.complete.as_deref()
    }

    /// The time after which the code expires (`expires_in`).
    #[must_use]
    pub fn expires_in(&self) -> Duration {
        self.expires_in
    }
}

/// Shows the page and the time, and not the code.
impl fmt::Debug for DevicePrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevicePrompt")
            .field("verification_uri", &self.uri)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// Shows a prompt to a person.
pub(super) trait ShowPrompt: MaybeSendSync {
    fn show(&self, prompt: &DevicePrompt);
}

impl<F: Fn(&DevicePrompt) + MaybeSendSync> ShowPrompt for F {
    fn show(&self, prompt: &DevicePrompt) {
        self(prompt);
    }
}

/// A code that a person has been shown, but has not consented to yet.
pub(super) struct Pending {
    code: Secret,
    interval: Duration,
    /// By the client's clock.
    expires_at: Duration,
}

impl Pending {
    fn is_expired(&self, now: Duration) -> bool {
        now >= self.expires_at
    }
}

/// Requests a code and shows it (RFC 8628, sections 3.1 and 3.2).
pub(super) async fn begin(
    credentials: &ClientCredentials,
    io: &Io,
    url: &http::Uri,
    scopes: &str,
) -> Result<Pending, BoxError> {
    let form = match scopes {
        "" => Vec::new(),
        scopes => vec![("scope", scopes)],
    };
    let requested_at = io.clock.now();
    let response = io.send_within(credentials.post(url, form)?, REQUEST_TIMEOUT).await?;
    let value = read_json(response, "the device authorization endpoint").await?;
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    let seconds = |name: &str| value.get(name).and_then(token_response::seconds);
    let missing =
        |name: &str| format!("the device authorization endpoint's response has no {name}");
    let code = text("device_code").ok_or_else(|| missing("device_code"))?;
    let uri = text("verification_uri").or(text("verification_url"));
    let prompt = DevicePrompt {
        user_code: text("user_code").ok_or_else(|| missing("user_code"))?.to_owned(),
        uri: uri.ok_or_else(|| missing("verification_uri"))?.to_owned(),
        complete: text("verification_uri_complete").map(str::to_owned),
        expires_in: seconds("expires_in").unwrap_or(LIFE).min(MAX_LIFE),
    };
    if let Some(show) = &credentials.device {
        show.show(&prompt);
    }
    Ok(Pending {
        code: code.into(),
        interval: seconds("interval")
            .map_or(INTERVAL, |pause| pause.clamp(MIN_INTERVAL, MAX_INTERVAL)),
        expires_at: requested_at.saturating_add(prompt.expires_in),
    })
}

/// Polls until the person has consented or declined, or the code has expired (RFC 8628, sections 3.4 and 3.5).
pub(super) async fn wait(
    credentials: &ClientCredentials,
    io: &Io,
    url: &http::Uri,
    mut pending: Pending,
) -> Result<TokenResponse, BoxError> {
    loop {
        io.clock.sleep(pending.interval).await;
        if pending.is_expired(io.clock.now()) {
            return Err("the code expired before anybody consented".into());
        }
        let form = vec![("grant_type", GRANT), ("device_code", pending.code.expose())];
        let request = credentials.post(url, form)?;
        let Ok(response) = io.send_within(request, REQUEST_TIMEOUT).await else {
            // RFC 8628, section 3.5: after a connection that timed out, less often.
            pending.interval = pending.interval.saturating_mul(2).clamp(INTERVAL, MAX_INTERVAL);
            continue;
        };
        let failure = match read_token(response).await {
            Ok(token) => return Ok(token),
            Err(failure) => failure,
        };
        let response = failure.downcast_ref::<ErrorResponse>();
        match response.map_or("", |response| &*response.error) {
            "authorization_pending" => {}
            "slow_down" => pending.interval = pending.interval.saturating_add(SLOW_DOWN),
            _ => return Err(failure),
        }
    }
}
