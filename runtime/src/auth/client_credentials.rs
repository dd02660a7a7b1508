//! What a caller gives for OAuth 2.0 (RFC 6749), and the requests to the token endpoint that come of it.

use crate::auth::device::{DevicePrompt, Show};
use crate::auth::token_cache::Turn;
use crate::auth::Secret;
use crate::body::Body;
use crate::futures::{BoxError, MaybeSendSync};
use crate::percent;
use crate::transport::Request;
use base64::Engine as _;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The id and secret of a client, and the grant that its tokens are asked for with: the client's own credentials by default
/// (RFC 6749, section 4.4).
///
/// A token serves all calls until shortly before it expires. Where a code or a refresh token serves once, requests for tokens
/// go one after the other, and one that has left is carried to its end, also where the call that began it is given up: what
/// the server has given is not lost.
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
    /// Who shows the code of a device.
    pub(super) device: Option<Arc<dyn Show>>,
}

impl ClientCredentials {
    /// Creates credentials of a client that asks for tokens in its own name (RFC 6749, section 4.4).
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

    /// Creates credentials of a client with a refresh token from before (RFC 6749, section 6). A new one that the server gives
    /// takes its place, in this process.
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

    /// Creates credentials of a client for a person who consents on another device (RFC 8628): `show` is given the code and the
    /// page to enter it on, and the call waits meanwhile. A client without a secret gives an empty one.
    ///
    /// A call that is given up while it waits, for its timeout say, leaves the code to the next one. Afterwards refresh
    /// tokens serve; where the server refuses one, `show` is called again. `show` itself must not wait for a call with these
    /// credentials.
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

    /// Asks for device codes at this URL (RFC 8628, section 3.1), in place of the one in the document. One that is relative is
    /// relative to the server.
    #[must_use]
    pub fn device_authorization_url(mut self, url: impl Into<String>) -> Self {
        self.device_url = Some(url.into());
        self
    }

    /// Asks for tokens at this URL (RFC 6749, section 3.2), in place of the one in the document. One that is relative is relative to
    /// the server.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Asks for these scopes always (RFC 6749, section 3.3); by default for those of the operation.
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

    /// Sends id and secret in the body, in place of HTTP basic, for servers that do not take HTTP basic (RFC 6749, section 2.3.1).
    #[must_use]
    pub fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// The request for a token; the scopes are joined by spaces.
    pub(super) fn request(&self, url: &http::Uri, scopes: &str) -> Result<Request, BoxError> {
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

/// The grant of the next request for a token.
#[derive(Clone)]
enum Grant {
    /// RFC 6749, section 4.4.
    Client,
    /// RFC 6749, section 4.1.3.
    Code(Secret),
    /// RFC 6749, section 6.
    Refresh(Secret),
    /// RFC 8628: what a person's consent on another device gives.
    Device,
    /// A code serves once.
    Spent,
}

/// The grant, which changes when a code has been used and when the server gives another refresh token.
#[derive(Clone)]
pub(super) struct Grants {
    grant: Arc<Mutex<Grant>>,
    turn: Arc<Turn>,
}

impl Grants {
    fn new(grant: Grant) -> Self {
        Self {
            grant: Arc::new(Mutex::new(grant)),
            turn: Arc::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Grant> {
        self.grant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn that all requests with this grant take, whatever their scopes: what it holds may serve once. `None` where
    /// requests need not wait for each other.
    pub(super) fn turn(&self) -> Option<Arc<Turn>> {
        match *self.lock() {
            Grant::Client => None,
            Grant::Code(_) | Grant::Refresh(_) | Grant::Device | Grant::Spent => {
                Some(Arc::clone(&self.turn))
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

    fn now(&self) -> Grant {
        self.lock().clone()
    }

    pub(super) fn is_device(&self) -> bool {
        matches!(self.now(), Grant::Device)
    }

    /// The refresh token has been refused: the person is asked again.
    pub(super) fn back_to_device(&self) {
        *self.lock() = Grant::Device;
    }

    /// The flows of the document whose token URL is meant, before that for client credentials.
    pub(super) fn flows(&self) -> &'static [&'static str] {
        match self.now() {
            Grant::Client | Grant::Spent => &[],
            Grant::Code(_) => &["authorizationCode"],
            Grant::Refresh(_) => &["authorizationCode", "deviceAuthorization", "password"],
            Grant::Device => &["deviceAuthorization"],
        }
    }

    /// `grant_type`, and the pair that goes with it; `None` where there is nothing left to ask with.
    pub(super) fn pairs(&self) -> Option<Vec<(&'static str, Secret)>> {
        let grant = self.now();
        let kind = |kind: &str| ("grant_type", Secret::from(kind));
        match grant {
            Grant::Client => Some(vec![kind("client_credentials")]),
            Grant::Code(code) => Some(vec![kind("authorization_code"), ("code", code)]),
            Grant::Refresh(token) => Some(vec![kind("refresh_token"), ("refresh_token", token)]),
            Grant::Spent | Grant::Device => None,
        }
    }

    /// Takes up what came with a token.
    pub(super) fn granted(&self, refresh: Option<&str>) {
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
