//! A cache of OAuth 2.0 tokens: each is requested once and used by all calls.

use crate::auth::endpoints::{Endpoint, Endpoints};
use crate::auth::token_response::{read_token, ErrorResponse, TokenResponse};
use crate::auth::{device, ClientCredentials, Secret};
use crate::futures::{BoxError, BoxFuture, MaybeSend};
use crate::transport::Io;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// A token is renewed this long before it expires, or after nine tenths of its life where that is later.
const MARGIN: Duration = Duration::from_secs(60);
/// Time within which a token endpoint must respond.
pub(super) const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
/// Attempts at a request that ends without an outcome, as tasks do that are lost with their runtime.
const MAX_ATTEMPTS: u32 = 2;

/// The tokens of one credential, by their scopes.
pub(super) struct Tokens {
    source: Arc<Source>,
    slots: Mutex<BTreeMap<String, Arc<Slot>>>,
}

struct Source {
    credentials: ClientCredentials,
    endpoints: Endpoints,
    io: Io,
}

/// The token of one set of scopes.
#[derive(Default)]
struct Slot {
    state: Mutex<SlotState>,
    /// For grants that allow any number of requests at once.
    in_flight: Arc<InFlight>,
}

#[derive(Default)]
struct SlotState {
    token: Option<CachedToken>,
    /// The message of the last request for a token, if it failed.
    failure: Option<String>,
    /// Number of requests that have ended. A call that waited while one ended uses its outcome.
    ended: u64,
}

/// A token and the time after which it is not used.
#[derive(Clone)]
struct CachedToken {
    token: Secret,
    valid_until: Option<Duration>,
}

impl Slot {
    fn state(&self) -> MutexGuard<'_, SlotState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token, if it is still valid.
    fn valid_token(&self, now: Duration) -> Option<Secret> {
        let state = self.state();
        let cached = state.token.as_ref()?;
        let is_valid = cached.valid_until.is_none_or(|end| now < end);
        is_valid.then(|| cached.token.clone())
    }

    /// The outcome of the last request, if one has ended since there were so many.
    fn outcome_since(&self, ended: u64) -> Option<Result<Secret, BoxError>> {
        let state = self.state();
        if state.ended == ended {
            return None;
        }
        match (&state.failure, &state.token) {
            (Some(failure), _) => Some(Err(failure.clone().into())),
            (None, cached) => cached.as_ref().map(|cached| Ok(cached.token.clone())),
        }
    }

    fn set_outcome(&self, outcome: Result<CachedToken, BoxError>) {
        let mut state = self.state();
        state.ended += 1;
        match outcome {
            Ok(token) => (state.token, state.failure) = (Some(token), None),
            Err(failure) => state.failure = Some(failure.to_string()),
        }
    }
}

impl Tokens {
    pub(super) fn new(credentials: ClientCredentials, endpoints: Endpoints, io: Io) -> Self {
        let source = Source { credentials, endpoints, io };
        Self { source: Arc::new(source), slots: Mutex::default() }
    }

    fn scopes(&self, needed: &[&str]) -> String {
        match &self.source.credentials.scopes {
            Some(scopes) => scopes.join(" "),
            None => needed.join(" "),
        }
    }

    fn slot(&self, scopes: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(scopes.to_owned()).or_default())
    }

    /// A valid token. However many calls wait for it, one request is made.
    pub(super) async fn token(&self, needed: &[&str]) -> Result<Secret, BoxError> {
        let scopes = self.scopes(needed);
        let slot = self.slot(&scopes);
        let clock = &self.source.io.clock;
        if let Some(token) = slot.valid_token(clock.now()) {
            return Ok(token);
        }
        let before = slot.state().ended;
        let grants = &self.source.credentials.grants;
        let in_flight = grants.in_flight();
        let in_flight = in_flight.unwrap_or_else(|| Arc::clone(&slot.in_flight));
        let mut in_flight = in_flight.lock().await;
        let is_resumed = in_flight.finish().await;
        if let Some(token) = slot.valid_token(clock.now()) {
            return Ok(token);
        }
        // The failure of a request that another call has abandoned says nothing about a new one.
        if let Some(Err(failure)) = slot.outcome_since(before).filter(|_| !is_resumed) {
            return Err(failure);
        }
        for _ in 0..MAX_ATTEMPTS {
            let before = slot.state().ended;
            let (source, target) = (Arc::clone(&self.source), Arc::clone(&slot));
            let scopes = scopes.clone();
            in_flight.begin(async move { target.set_outcome(source.request(&scopes).await) });
            in_flight.finish().await;
            if let Some(outcome) = slot.outcome_since(before) {
                return outcome;
            }
        }
        Err("the request for a token was given up".into())
    }

    /// Removes a token that the server refused, unless another has replaced it already.
    pub(super) fn remove(&self, needed: &[&str], token: &Secret) {
        let slot = self.slot(&self.scopes(needed));
        let mut state = slot.state();
        let cached = state.token.as_ref();
        if cached.is_some_and(|cached| cached.token == *token) {
            state.token = None;
        }
    }
}

impl Source {
    async fn request(&self, scopes: &str) -> Result<CachedToken, BoxError> {
        let requested_at = self.io.clock.now();
        let grants = &self.credentials.grants;
        let result = if grants.is_device() {
            self.by_device(scopes).await
        } else {
            let result = self.by_grant(scopes).await;
            let failure = result.as_ref().err();
            let failure = failure.and_then(|failure| failure.downcast_ref::<ErrorResponse>());
            let is_expired = failure.is_some_and(|failure| failure.error == "invalid_grant");
            if is_expired && self.credentials.device.is_some() {
                grants.restart_device();
                self.by_device(scopes).await
            } else {
                result
            }
        };
        let response = result?;
        grants.set_refresh_token(response.refresh_token.as_deref());
        // A person's consent takes time: the token's life begins with the response.
        let start = match self.credentials.device {
            Some(_) => self.io.clock.now(),
            None => requested_at,
        };
        let usable = |life: Duration| life.saturating_sub(MARGIN).max(life.mul_f64(0.9));
        let lifetime = response.expires_in.map(usable);
        Ok(CachedToken {
            token: response.access_token.into(),
            valid_until: lifetime.map(|lifetime| start.saturating_add(lifetime)),
        })
    }

    async fn url(&self, endpoint: &Endpoint, name: &str) -> Result<http::Uri, BoxError> {
        match endpoint {
            Endpoint::Known(url) => Ok(url.clone()),
            Endpoint::Discovered(discovery) => discovery.endpoint(&self.io, name).await,
        }
    }

    async fn token_url(&self) -> Result<http::Uri, BoxError> {
        self.url(&self.endpoints.token, "token_endpoint").await
    }

    async fn by_grant(&self, scopes: &str) -> Result<TokenResponse, BoxError> {
        let request = self.credentials.request(&self.token_url().await?, scopes)?;
        read_token(self.io.send_within(request, REQUEST_TIMEOUT).await?).await
    }

    async fn by_device(&self, scopes: &str) -> Result<TokenResponse, BoxError> {
        let endpoint = self.endpoints.device.as_ref();
        let endpoint = endpoint.ok_or("the document names no URL for device codes")?;
        let url = self.url(endpoint, "device_authorization_endpoint").await?;
        let pending = device::begin(&self.credentials, &self.io, &url, scopes).await?;
        let url = self.token_url().await?;
        device::wait(&self.credentials, &self.io, &url, pending).await
    }
}

/// The one request that is in flight.
///
/// Calls that wait for it can be cancelled at any moment. The request must not be, as its response may hold the only token
/// that the next request can be made with. On a tokio runtime it is a task; elsewhere the next call that waits resumes it.
#[derive(Default)]
pub(super) struct InFlight(Arc<AsyncMutex<Option<BoxFuture<()>>>>);

/// The right to make requests, which one call holds at a time.
pub(super) struct InFlightGuard(OwnedMutexGuard<Option<BoxFuture<()>>>);

impl InFlight {
    pub(super) async fn lock(&self) -> InFlightGuard {
        InFlightGuard(Arc::clone(&self.0).lock_owned().await)
    }
}

impl InFlightGuard {
    /// Begins a request.
    pub(super) fn begin(&mut self, request: impl Future<Output = ()> + MaybeSend + 'static) {
        *self.0 = Some(spawn(request));
    }

    /// Waits for the request to end; `false` if there is none.
    pub(super) async fn finish(&mut self) -> bool {
        let running = &mut *self.0;
        let is_running = running.is_some();
        std::future::poll_fn(|context| {
            // Removed while it is polled, so that one that panics is not polled again.
            let Some(mut request) = running.take() else {
                return Poll::Ready(());
            };
            let poll = request.as_mut().poll(context);
            if poll.is_pending() {
                *running = Some(request);
            }
            poll
        })
        .await;
        is_running
    }
}

#[cfg(all(not(target_arch = "wasm32"), any(feature = "reqwest", feature = "blocking")))]
fn spawn(request: impl Future<Output = ()> + MaybeSend + 'static) -> BoxFuture<()> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => {
            let task = runtime.spawn(request);
            Box::pin(async move {
                // The caller notices a task that is lost by its missing outcome.
                task.await.ok();
            })
        }
        Err(_) => Box::pin(request),
    }
}

#[cfg(not(all(not(target_arch = "wasm32"), any(feature = "reqwest", feature = "blocking"))))]
fn spawn(request: impl Future<Output = ()> + MaybeSend + 'static) -> BoxFuture<()> {
    Box::pin(request)
}
