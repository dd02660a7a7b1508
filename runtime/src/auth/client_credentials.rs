//! Credentials for OAuth 2.0 (RFC 6749), and their requests to the token endpoint.

use crate::auth::device::{DevicePrompt, ShowPrompt};
use crate::auth::token_cache::InFlight;
use crate::auth::Secret;
use crate::body::Body;
use crate::futures::{BoxError, MaybeSendSync};
use crate::percent;
use crate::transport::Request;
use base64::Engine as _;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The id and secret of a client, and the grant that its tokens are requested with: client credentials by default
/// (RFC 6749, section 4.4).
///
/// All calls use a token until shortly before it expires. With a code or a refresh token, which may be valid only once,
/// requests for tokens are made one after the other, and a request that was sent is completed even if its call is cancelled,
/// so that no token is lost.
///
/// ```
/// use typewright_runtime::auth::{ClientCredentials, Credential};
/// let client = ClientCredentials::new("id", "s3cr3t").scopes(["read"]).parameter("audience", "https://api.example");
/// let credential = Credential::from(client);
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    id: String,
    secret: Secret,
    pub(super) token_url: Option<String>,
    pub(super) scopes: Option<Vec<String>>,
    parameters: Vec<(String, String)>,
    in_body: bool,
    pub(super) grants: Grants,
    pub(super) device_url: Option<String>,
    /// Shows the prompt of the device flow.
    pub(super) device: Option<Arc<dyn ShowPrompt>>,
}

impl ClientCredentials {
    /// Creates credentials of a client that requests tokens in its own name (RFC 6749, section 4.4).
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

    /// Creates credentials of a client for a person who has consented (RFC 6749, section 4.1): the code from the redirect, and from
    /// then on refresh tokens.
    ///
    /// Set the code's `redirect_uri` and `code_verifier` by [`Self::parameter`]. A client without a secret has an empty one, and
    /// [`Self::in_body`].
    pub fn from_code(
        id: impl Into<String>,
        secret: impl Into<Secret>,
        code: impl Into<Secret>,
    ) -> Self {
        let grants = Grants::code(code.into());
        Self { grants, ..Self::new(id, secret) }
    }

    /// Creates credentials of a client with an earlier refresh token (RFC 6749, section 6). A new one that the server sends
    /// replaces it, in this process.
    pub fn from_refresh_token(
        id: impl Into<String>,
        secret: impl Into<Secret>,
        token: impl Into<Secret>,
    ) -> Self {
        let grants = Grants::refresh(token.into());
        Self { grants, ..Self::new(id, secret) }
    }

    /// Creates credentials of a client for a person who consents on another device (RFC 8628): `show` receives the code and the
    /// page to enter it on, and the call waits meanwhile. A client without a secret has an empty one.
    ///
    /// If a call is cancelled while it waits, the next one continues with the same code. Afterwards refresh tokens are used; if the
    /// server refuses one, `show` is called again. `show` itself must not wait for a call with these credentials.
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

    /// Sets the URL for device codes (RFC 8628, section 3.1), in place of the documented one. It may be relative to the server.
    #[must_use]
    pub fn device_authorization_url(mut self, url: impl Into<String>) -> Self {
        self.device_url = Some(url.into());
        self
    }

    /// Sets the URL for tokens (RFC 6749, section 3.2), in place of the documented one. It may be relative to the server.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sets the scopes of all tokens (RFC 6749, section 3.3); the default are those of each operation.
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

    /// Sends id and secret in the body, for servers that do not accept HTTP basic (RFC 6749, section 2.3.1).
    #[must_use]
    pub fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// The request for a token; the scopes are joined by spaces.
    pub(super) fn request(&self, url: &http::Uri, scopes: &str) -> Result<Request, BoxError> {
        let message =
            "the authorization code has been used, and no refresh token came with its token";
        let grant = self.grants.form_pairs().ok_or(message)?;
        let mut form: Vec<_> = grant.iter().map(|(name, value)| (*name, value.expose())).collect();
        if !scopes.is_empty() {
            form.push(("scope", scopes));
        }
        self.post(url, form)
    }

    /// A request with this form and the client's id and secret.
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

/// The grant of the next request for a token.
#[derive(Clone)]
enum Grant {
    /// RFC 6749, section 4.4.
    Client,
    /// RFC 6749, section 4.1.3.
    Code(Secret),
    /// RFC 6749, section 6.
    Refresh(Secret),
    /// RFC 8628.
    Device,
    /// A code that has been used.
    Spent,
}

/// The current grant. It changes once a code has been used, and with each refresh token that the server sends.
#[derive(Clone)]
pub(super) struct Grants {
    grant: Arc<Mutex<Grant>>,
    in_flight: Arc<InFlight>,
}

impl Grants {
    fn new(grant: Grant) -> Self {
        Self { grant: Arc::new(Mutex::new(grant)), in_flight: Arc::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Grant> {
        self.grant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The request in flight with this grant, whatever its scopes, as the grant may be valid only once. `None` if requests need
    /// not wait for each other.
    pub(super) fn in_flight(&self) -> Option<Arc<InFlight>> {
        match *self.lock() {
            Grant::Client => None,
            Grant::Code(_) | Grant::Refresh(_) | Grant::Device | Grant::Spent => {
                Some(Arc::clone(&self.in_flight))
            }
        }
    }

    pub(super) fn client() -> Self {
        Self::new(Grant::Client)
    }

    pub(super) fn code(code: Secret) -> Self {
        Self::new(Grant::Code(code))
    }

    pub(super) fn refresh(token: Secret) -> Self {
        Self::new(Grant::Refresh(token))
    }

    pub(super) fn device() -> Self {
        Self::new(Grant::Device)
    }

    fn current(&self) -> Grant {
        self.lock().clone()
    }

    pub(super) fn is_device(&self) -> bool {
        matches!(self.current(), Grant::Device)
    }

    /// Returns to the person's consent, after a refresh token was refused.
    pub(super) fn restart_device(&self) {
        *self.lock() = Grant::Device;
    }

    /// The documented flows whose token URL is preferred to that of client credentials.
    pub(super) fn flows(&self) -> &'static [&'static str] {
        match self.current() {
            Grant::Client | Grant::Spent => &[],
            Grant::Code(_) => &["authorizationCode"],
            Grant::Refresh(_) => &["authorizationCode", "deviceAuthorization", "password"],
            Grant::Device => &["deviceAuthorization"],
        }
    }

    /// `grant_type` and the pair that belongs to it; `None` if the grant has been used.
    pub(super) fn form_pairs(&self) -> Option<Vec<(&'static str, Secret)>> {
        let grant = self.current();
        let kind = |kind: &str| ("grant_type", Secret::from(kind));
        match grant {
            Grant::Client => Some(vec![kind("client_credentials")]),
            Grant::Code(code) => Some(vec![kind("authorization_code"), ("code", code)]),
            Grant::Refresh(token) => Some(vec![kind("refresh_token"), ("refresh_token", token)]),
            Grant::Spent | Grant::Device => None,
        }
    }

    /// Updates the grant after a token was issued, perhaps with a refresh token.
    pub(super) fn set_refresh_token(&self, refresh: Option<&str>) {
        let mut grant = self.lock();
        let next = match (&*grant, refresh) {
            (Grant::Client, _) => return,
            (_, Some(token)) => Grant::Refresh(token.into()),
            (Grant::Refresh(_) | Grant::Device, None) => return,
            (Grant::Code(_) | Grant::Spent, None) => Grant::Spent,
        };
        *grant = next;
    }
}
