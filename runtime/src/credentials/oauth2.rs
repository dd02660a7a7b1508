//! OAuth 2.0 client credentials (RFC 6749, section 4.4): tokens are had once and used by all calls.

use super::device::{self, DevicePrompt, Pending, Show};
use super::grant::Grants;
use super::granted::{read, Granted, Refused};
use super::Secret;
use crate::body::Body;
use crate::boxed::{BoxError, MaybeSendSync};
use crate::parameters::percent;
use crate::transport::Request;
use crate::wire::{Discovery, Wire};
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
/// How long a token endpoint may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// The id and secret of a client, and what its tokens are asked for with.
///
/// ```
/// use typewright_runtime::codegen::v1::{ClientCredentials, Credential};
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
    pub(super) grants: Grants,
    pub(super) device_url: Option<String>,
    /// Who shows the code of a device.
    pub(super) device: Option<Arc<dyn Show>>,
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
            device_url: None,
            device: None,
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

    /// This client, for a person who consents on another device (RFC 8628): `show` is given the code and the page to enter
    /// it on, and the call waits meanwhile. A client without a secret gives an empty one.
    ///
    /// A call that is given up while it waits, for its timeout say, leaves the code to the next one. Afterwards refresh
    /// tokens serve; where the server refuses one, `show` is called again.
    pub fn from_device(
        id: impl Into<String>,
        secret: impl Into<Secret>,
        show: impl Fn(&DevicePrompt) + MaybeSendSync + 'static,
    ) -> Self {
        let secret = secret.into();
        Self {
            in_body: secret.expose().is_empty(),
            grants: Grants::device(),
            device: Some(Arc::new(show)),
            ..Self::new(id, secret)
        }
    }

    /// Asks for device codes there, and not at the URL in the document.
    #[must_use]
    pub fn device_authorization_url(mut self, url: impl Into<String>) -> Self {
        self.device_url = Some(url.into());
        self
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
        self.post(url, form)
    }

    /// A request with this form, which says who the client is.
    pub(super) fn post<'a>(
        &'a self,
        url: &http::Uri,
        mut form: Vec<(&'a str, &'a str)>,
    ) -> Result<Request, BoxError> {
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
    /// What a call that was given up has left.
    pending: std::sync::Mutex<Option<Pending>>,
}

/// Where tokens come from, and those that are still good.
pub(super) struct Tokens {
    credentials: ClientCredentials,
    endpoints: Endpoints,
    wire: Wire,
    slots: std::sync::Mutex<BTreeMap<String, Arc<Slot>>>,
}

/// An endpoint: known, or named by a discovery document.
#[derive(Clone)]
pub(super) enum Endpoint {
    Known(http::Uri),
    Discovered(Arc<Discovery>),
}

/// Where tokens and the codes of devices are issued.
pub(super) struct Endpoints {
    pub(super) token: Endpoint,
    pub(super) device: Option<Endpoint>,
}

impl Endpoint {
    /// The URL; `name` is the discovery document's for it.
    async fn url(&self, wire: &Wire, name: &str) -> Result<http::Uri, BoxError> {
        match self {
            Self::Known(url) => Ok(url.clone()),
            Self::Discovered(discovery) => discovery.endpoint(wire, name).await,
        }
    }
}

impl Tokens {
    pub(super) fn new(credentials: ClientCredentials, endpoints: Endpoints, wire: Wire) -> Self {
        Self {
            credentials,
            endpoints,
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
        let outcome = self.ask(&slot, &scopes).await;
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

    async fn ask(&self, slot: &Slot, scopes: &str) -> Result<Held, BoxError> {
        let asked = self.wire.clock.now();
        let grants = &self.credentials.grants;
        let granted = if grants.is_device() {
            self.by_device(slot, scopes).await
        } else {
            let granted = self.by_grant(scopes).await;
            let refused = granted.as_ref().err();
            let refused = refused.and_then(|refused| refused.downcast_ref::<Refused>());
            let expired = refused.is_some_and(|refused| refused.error == "invalid_grant");
            if expired && self.credentials.device.is_some() {
                grants.back_to_device();
                self.by_device(slot, scopes).await
            } else {
                granted
            }
        };
        let granted = granted?;
        grants.granted(granted.refresh_token.as_deref());
        // A person's consent takes time: the token's life begins with the reply.
        let start = match self.credentials.device {
            Some(_) => self.wire.clock.now(),
            None => asked,
        };
        let life = granted.expires_in.map(Duration::from_secs);
        let until = life.map(|life| start + life.saturating_sub(MARGIN).max(life * 9 / 10));
        Ok(Held {
            token: granted.access_token.into(),
            until,
        })
    }

    async fn token_url(&self) -> Result<http::Uri, BoxError> {
        self.endpoints.token.url(&self.wire, "token_endpoint").await
    }

    async fn by_grant(&self, scopes: &str) -> Result<Granted, BoxError> {
        let request = self.credentials.request(&self.token_url().await?, scopes)?;
        read(self.wire.send_within(request, PATIENCE).await?).await
    }

    async fn by_device(&self, slot: &Slot, scopes: &str) -> Result<Granted, BoxError> {
        let pending = || slot.pending.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.wire.clock.now();
        let left = pending().clone().filter(|left| !left.is_over(now));
        let begun = match left {
            Some(left) => left,
            None => {
                let endpoint = self.endpoints.device.as_ref();
                let endpoint = endpoint.ok_or("the document names no URL for device codes")?;
                let name = "device_authorization_endpoint";
                let url = endpoint.url(&self.wire, name).await?;
                device::begin(&self.credentials, (&self.wire, &url), scopes).await?
            }
        };
        *pending() = Some(begun.clone());
        let url = self.token_url().await?;
        let granted = device::wait(&self.credentials, (&self.wire, &url), begun).await;
        *pending() = None;
        granted
    }
}
