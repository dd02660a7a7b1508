//! OAuth 2.0 client credentials (RFC 6749, section 4.4): tokens are had once and used by all calls.

use super::grant::Grants;
use super::Secret;
use crate::body::Body;
use crate::boxed::BoxError;
use crate::parameters::percent;
use crate::transport::{Reply, Request};
use crate::wire::Wire;
use base64::Engine as _;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::sync::Mutex;

/// A token is renewed this long before it expires, or after nine tenths of its life where that is later.
const MARGIN: Duration = Duration::from_secs(60);
/// How much of a token endpoint's reply is read, in bytes.
const LONGEST_REPLY: usize = 1 << 20;
/// How long a token endpoint may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The id and secret of a client, and what its tokens are asked for with.
///
/// ```
/// use typewright_runtime::v1::{ClientCredentials, Credential};
/// let client = ClientCredentials::new("id", "s3cr3t").scopes(["read"]).parameter("audience", "https://api.example");
/// let credential = Credential::from(client);
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    id: String,
    secret: Secret,
    pub(super) token_url: Option<String>,
    scopes: Option<Vec<String>>,
    parameters: Vec<(String, String)>,
    in_body: bool,
    grants: Grants,
}

impl ClientCredentials {
    /// This client.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token_url: None,
            scopes: None,
            parameters: Vec::new(),
            in_body: false,
            grants: Grants::client(),
        }
    }

    /// This client, for a person who has consented: the code from the redirect, and from then on refresh tokens.
    ///
    /// The code's `redirect_uri` and `code_verifier` are given by [`Self::parameter`]; a client without a secret gives an
    /// empty one and [`Self::in_body`].
    pub fn from_code(
        id: impl Into<String>,
        secret: impl Into<Secret>,
        code: impl Into<Secret>,
    ) -> Self {
        let grants = Grants::code(code.into());
        Self {
            grants,
            ..Self::new(id, secret)
        }
    }

    /// This client, with a refresh token from before. A new one that the server gives takes its place, in this process.
    pub fn from_refresh_token(
        id: impl Into<String>,
        secret: impl Into<Secret>,
        token: impl Into<Secret>,
    ) -> Self {
        let grants = Grants::refresh(token.into());
        Self {
            grants,
            ..Self::new(id, secret)
        }
    }

    /// Asks there, and not at the URL in the document.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Asks for these scopes always; else for those of the operation.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sends a further parameter with each request for a token: `audience`, `resource`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends id and secret in the body, for servers that do not take HTTP basic (RFC 6749, section 2.3.1).
    #[must_use]
    pub fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// The request for a token; the scopes are joined by spaces.
    fn request(&self, url: &http::Uri, scopes: &str) -> Result<Request, BoxError> {
        let spent =
            "the authorization code has been used, and no refresh token came with its token";
        let grant = self.grants.pairs().ok_or(spent)?;
        let mut form: Vec<_> = grant
            .iter()
            .map(|(name, value)| (*name, value.expose()))
            .collect();
        if !scopes.is_empty() {
            form.push(("scope", scopes));
        }
        if self.in_body {
            form.push(("client_id", &self.id));
            if !self.secret.expose().is_empty() {
                form.push(("client_secret", self.secret.expose()));
            }
        }
        let further = self.parameters.iter();
        form.extend(further.map(|(name, value)| (name.as_str(), value.as_str())));
        let mut request = http::Request::post(url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json");
        if !self.in_body {
            let id = percent::form(&self.id);
            let pair = format!("{id}:{}", percent::form(self.secret.expose()));
            let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
            request = request.header(AUTHORIZATION, format!("Basic {encoded}"));
        }
        Ok(request.body(Body::from(percent::form_pairs(&form)))?)
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").finish_non_exhaustive()
    }
}

/// A token and the moment from which it is not used any more.
#[derive(Clone)]
struct Held {
    token: Secret,
    until: Option<Duration>,
}

/// The tokens of one set of scopes.
#[derive(Default)]
struct Slot {
    held: Mutex<Option<Held>>,
    /// How many requests for a token have ended: who waited while one ended does not ask again.
    ended: AtomicU64,
    refusal: std::sync::Mutex<Option<String>>,
}

/// Where tokens come from, and those that are still good.
pub(super) struct Tokens {
    credentials: ClientCredentials,
    endpoint: Endpoint,
    wire: Wire,
    slots: std::sync::Mutex<BTreeMap<String, Arc<Slot>>>,
}

/// The token endpoint: known, or named by a discovery document.
pub(super) enum Endpoint {
    Known(http::Uri),
    Discovered(crate::wire::Discovery),
}

impl Tokens {
    pub(super) fn new(credentials: ClientCredentials, endpoint: Endpoint, wire: Wire) -> Self {
        Self {
            credentials,
            endpoint,
            wire,
            slots: std::sync::Mutex::default(),
        }
    }

    fn scopes(&self, needed: &[&str]) -> String {
        match &self.credentials.scopes {
            Some(scopes) => scopes.join(" "),
            None => needed.join(" "),
        }
    }

    fn slot(&self, scopes: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(scopes.to_owned()).or_default())
    }

    /// A token that is good for a while. However many calls wait, one request is made.
    pub(super) async fn token(&self, needed: &[&str]) -> Result<Secret, BoxError> {
        let scopes = self.scopes(needed);
        let slot = self.slot(&scopes);
        let ended = slot.ended.load(Ordering::Acquire);
        let mut held = slot.held.lock().await;
        let now = self.wire.clock.now();
        if let Some(good) = held
            .as_ref()
            .filter(|h| h.until.is_none_or(|until| now < until))
        {
            return Ok(good.token.clone());
        }
        if slot.ended.load(Ordering::Acquire) != ended {
            let refusal = slot.refusal.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(refusal) = &*refusal {
                return Err(refusal.clone().into());
            }
        }
        let outcome = self.ask(&scopes).await;
        let refusal = outcome.as_ref().err().map(ToString::to_string);
        *slot.refusal.lock().unwrap_or_else(PoisonError::into_inner) = refusal;
        slot.ended.fetch_add(1, Ordering::AcqRel);
        let fresh = outcome?;
        let token = fresh.token.clone();
        *held = Some(fresh);
        Ok(token)
    }

    /// Forgets a token that the server refused, unless another has taken its place already.
    pub(super) async fn refused(&self, needed: &[&str], token: &Secret) {
        let slot = self.slot(&self.scopes(needed));
        let mut held = slot.held.lock().await;
        if held.as_ref().is_some_and(|held| held.token == *token) {
            *held = None;
        }
    }

    async fn ask(&self, scopes: &str) -> Result<Held, BoxError> {
        let url = match &self.endpoint {
            Endpoint::Known(url) => url.clone(),
            Endpoint::Discovered(discovery) => {
                discovery.endpoint(&self.wire, "token_endpoint").await?
            }
        };
        let request = self.credentials.request(&url, scopes)?;
        let asked = self.wire.clock.now();
        let reply = self.wire.send_within(request, PATIENCE).await?;
        let granted = read(reply).await?;
        self.credentials
            .grants
            .granted(granted.refresh_token.as_deref());
        let life = granted.expires_in.map(Duration::from_secs);
        let until = life.map(|life| asked + life.saturating_sub(MARGIN).max(life * 9 / 10));
        Ok(Held {
            token: granted.access_token.into(),
            until,
        })
    }
}

struct Granted {
    access_token: String,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
}

/// Reads the token endpoint's reply; a refusal's message is the server's `error` and `error_description`.
async fn read(reply: Reply) -> Result<Granted, BoxError> {
    let (head, body) = reply.into_parts();
    let body = body.collect(LONGEST_REPLY).await;
    if let Some(failure) = body.failure {
        return Err(failure.into());
    }
    // The value itself is never shown: it may hold a token.
    let value: serde_json::Value = serde_json::from_slice(&body.bytes).unwrap_or_default();
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    if !head.status.is_success() {
        let error = text("error").unwrap_or("no reason given");
        let description = text("error_description").unwrap_or_default();
        let message = format!(
            "the token endpoint answered {}: {error} {description}",
            head.status
        );
        return Err(message.trim_end().into());
    }
    let access_token =
        text("access_token").ok_or("the token endpoint's reply has no access_token")?;
    Ok(Granted {
        access_token: access_token.to_owned(),
        expires_in: value.get("expires_in").and_then(seconds),
        refresh_token: text("refresh_token").map(str::to_owned),
    })
}

/// Seconds, also where a server writes them as text or with a fraction.
fn seconds(value: &serde_json::Value) -> Option<u64> {
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
