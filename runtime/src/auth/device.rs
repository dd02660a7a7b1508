//! OAuth 2.0 device authorization (RFC 8628): a person consents on another device, while this one asks again and again.

use crate::auth::token_cache::PATIENCE;
use crate::auth::token_response::{read, reply, Granted, Refused};
use crate::auth::{token_response, ClientCredentials, Secret};
use crate::futures::{BoxError, MaybeSendSync};
use crate::transport::Io;
use std::fmt;
use std::time::Duration;

/// The pause between two questions where the server names none (RFC 8628, section 3.2).
const INTERVAL: Duration = Duration::from_secs(5);
/// What `slow_down` adds to the pause (RFC 8628, section 3.5).
const SLOWER: Duration = Duration::from_secs(5);
/// The bounds of the pause: a server is neither asked all the time nor left waiting.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(300);
/// How long a code is taken to live where the server does not say, and how long at most.
const LIFE: Duration = Duration::from_secs(600);
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 3600);
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

    /// The URL of the same page with the code in it (`verification_uri_complete`), where the server gives one: for a QR code, say.
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.complete.as_deref()
    }

    /// The time for which the code is good (`expires_in`).
    #[must_use]
    pub fn expires_in(&self) -> Duration {
        self.expires_in
    }
}

/// Shows where and how long, and not the code.
impl fmt::Debug for DevicePrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevicePrompt")
            .field("verification_uri", &self.uri)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// Shows a prompt to a person.
pub(super) trait Show: MaybeSendSync {
    fn show(&self, prompt: &DevicePrompt);
}

impl<F: Fn(&DevicePrompt) + MaybeSendSync> Show for F {
    fn show(&self, prompt: &DevicePrompt) {
        self(prompt);
    }
}

/// A code that a person has been shown and may yet consent to.
pub(super) struct Pending {
    code: Secret,
    interval: Duration,
    /// By the client's clock.
    end: Duration,
}

impl Pending {
    fn is_over(&self, now: Duration) -> bool {
        now >= self.end
    }
}

/// Asks for a code and shows it (RFC 8628, sections 3.1 and 3.2).
pub(super) async fn begin(
    credentials: &ClientCredentials,
    (io, url): (&Io, &http::Uri),
    scopes: &str,
) -> Result<Pending, BoxError> {
    let form = match scopes {
        "" => Vec::new(),
        scopes => vec![("scope", scopes)],
    };
    let asked = io.clock.now();
    let answer = io
        .send_within(credentials.post(url, form)?, PATIENCE)
        .await?;
    let value = reply(answer, "the device authorization endpoint").await?;
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    let seconds = |name: &str| value.get(name).and_then(token_response::seconds);
    let missing = |name: &str| format!("the device authorization endpoint's reply has no {name}");
    let code = text("device_code").ok_or_else(|| missing("device_code"))?;
    let uri = text("verification_uri").or(text("verification_url"));
    let prompt = DevicePrompt {
        user_code: text("user_code")
            .ok_or_else(|| missing("user_code"))?
            .to_owned(),
        uri: uri.ok_or_else(|| missing("verification_uri"))?.to_owned(),
        complete: text("verification_uri_complete").map(str::to_owned),
        expires_in: seconds("expires_in").unwrap_or(LIFE).min(LONGEST_LIFE),
    };
    if let Some(show) = &credentials.device {
        show.show(&prompt);
    }
    Ok(Pending {
        code: code.into(),
        interval: seconds("interval").map_or(INTERVAL, |pause| pause.clamp(SHORTEST, LONGEST)),
        end: asked.saturating_add(prompt.expires_in),
    })
}

/// Asks until the person has consented or declined, or the code has expired (RFC 8628, sections 3.4 and 3.5).
pub(super) async fn wait(
    credentials: &ClientCredentials,
    (io, url): (&Io, &http::Uri),
    mut pending: Pending,
) -> Result<Granted, BoxError> {
    loop {
        io.clock.sleep(pending.interval).await;
        if pending.is_over(io.clock.now()) {
            return Err("the code expired before anybody consented".into());
        }
        let form = vec![
            ("grant_type", GRANT),
            ("device_code", pending.code.expose()),
        ];
        let request = credentials.post(url, form)?;
        let Ok(answer) = io.send_within(request, PATIENCE).await else {
            // RFC 8628, section 3.5: after a connection that timed out, less often.
            pending.interval = pending.interval.saturating_mul(2).clamp(INTERVAL, LONGEST);
            continue;
        };
        let refused = match read(answer).await {
            Ok(granted) => return Ok(granted),
            Err(refused) => refused,
        };
        let refusal = refused.downcast_ref::<Refused>();
        match refusal.map_or("", |refusal| &*refusal.error) {
            "authorization_pending" => {}
            "slow_down" => pending.interval = pending.interval.saturating_add(SLOWER),
            _ => return Err(refused),
        }
    }
}
