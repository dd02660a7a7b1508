//! What a token is asked for with: the client's own secret, or what a person's consent gave.

use super::turn::Turn;
use crate::credentials::Secret;
use crate::data::Flow;
use crate::parameters::percent;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

impl Flow {
    /// Where a person gives consent, with these parameters (RFC 6749, section 4.1.1): `client_id`, `redirect_uri`, `scope`,
    /// `state`, `code_challenge`. `None` where the flow has no such URL.
    ///
    /// The code that comes of it becomes tokens through
    /// [`ClientCredentials::from_code`](crate::codegen::v1::ClientCredentials::from_code).
    ///
    /// ```
    /// use typewright_runtime::codegen::v1::Flow;
    /// let url = Some("https://login.example/authorize?prompt=login");
    /// let flow = Flow { name: "authorizationCode", authorization_url: url, token_url: None };
    /// let consent = flow.consent_url(&[("client_id", "me"), ("scope", "read write")]).unwrap();
    /// assert_eq!(consent, "https://login.example/authorize?prompt=login&response_type=code&client_id=me&scope=read+write");
    /// ```
    #[must_use]
    pub fn consent_url(&self, parameters: &[(&str, &str)]) -> Option<String> {
        let url = self.authorization_url?;
        let joint = if url.contains('?') { '&' } else { '?' };
        let mut pairs = vec![("response_type", "code")];
        pairs.extend(parameters);
        Some(format!("{url}{joint}{}", percent::form_pairs(&pairs)))
    }
}
