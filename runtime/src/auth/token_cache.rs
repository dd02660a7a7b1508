//! The tokens that OAuth 2.0 credentials give: each is had once and used by all calls.

use crate::auth::endpoints::{Endpoint, Endpoints};
use crate::auth::token_response::{read, Granted, Refused};
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
/// How long a token endpoint may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// How often a request is begun that ends without an outcome, as tasks do that are lost with their runtime.
const BEGINNINGS: u32 = 2;

/// Where tokens come from, and those that are still good.
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
    kept: Mutex<Kept>,
    /// For credentials whose grant serves any number of requests at once.
    turn: Arc<Turn>,
}

#[derive(Default)]
struct Kept {
    held: Option<Held>,
    /// Why the last request for a token failed, where it did.
    refusal: Option<String>,
    /// How many requests for a token have ended: who waited while one ended does not ask again.
    ended: u64,
}

/// A token and the moment from which it is not used any more.
#[derive(Clone)]
struct Held {
    token: Secret,
    until: Option<Duration>,
}

impl Slot {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A token that is good for a while.
    fn good(&self, now: Duration) -> Option<Secret> {
        let kept = self.kept();
        let held = kept.held.as_ref()?;
        let good = held.until.is_none_or(|until| now < until);
        good.then(|| held.token.clone())
    }

    /// How the last request ended that did after so many others, if one has.
    fn outcome(&self, before: u64) -> Option<Result<Secret, BoxError>> {
        let kept = self.kept();
        if kept.ended == before {
            return None;
        }
        match (&kept.refusal, &kept.held) {
            (Some(refusal), _) => Some(Err(refusal.clone().into())),
            (None, held) => held.as_ref().map(|held| Ok(held.token.clone())),
        }
    }

    fn keep(&self, outcome: Result<Held, BoxError>) {
        let mut kept = self.kept();
        kept.ended += 1;
        match outcome {
            Ok(held) => (kept.held, kept.refusal) = (Some(held), None),
            Err(refusal) => kept.refusal = Some(refusal.to_string()),
        }
    }
}

impl Tokens {
    pub(super) fn new(credentials: ClientCredentials, endpoints: Endpoints, io: Io) -> Self {
        let source = Source {
            credentials,
            endpoints,
            io,
        };
        Self {
            source: Arc::new(source),
            slots: Mutex::default(),
        }
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

    /// A token that is good for a while. However many calls wait, one request is made.
    pub(super) async fn token(&self, needed: &[&str]) -> Result<Secret, BoxError> {
        let scopes = self.scopes(needed);
        let slot = self.slot(&scopes);
        let clock = &self.source.io.clock;
        if let Some(token) = slot.good(clock.now()) {
            return Ok(token);
        }
        let before = slot.kept().ended;
        let grants = &self.source.credentials.grants;
        let turn = grants.turn().unwrap_or_else(|| Arc::clone(&slot.turn));
        let mut turn = turn.take().await;
        let resumed = turn.finish().await;
        if let Some(token) = slot.good(clock.now()) {
            return Ok(token);
        }
        // A refusal of what another call has left is no answer to this one.
        if let Some(Err(refusal)) = slot.outcome(before).filter(|_| !resumed) {
            return Err(refusal);
        }
        for _ in 0..BEGINNINGS {
            let before = slot.kept().ended;
            let (source, kept) = (Arc::clone(&self.source), Arc::clone(&slot));
            let scopes = scopes.clone();
            turn.begin(async move { kept.keep(source.ask(&scopes).await) });
            turn.finish().await;
            if let Some(outcome) = slot.outcome(before) {
                return outcome;
            }
        }
        Err("the request for a token was given up".into())
    }

    /// Forgets a token that the server refused, unless another has taken its place already.
    pub(super) fn refused(&self, needed: &[&str], token: &Secret) {
        let slot = self.slot(&self.scopes(needed));
        let mut kept = slot.kept();
        if kept.held.as_ref().is_some_and(|held| held.token == *token) {
            kept.held = None;
        }
    }
}

impl Source {
    async fn ask(&self, scopes: &str) -> Result<Held, BoxError> {
        let asked = self.io.clock.now();
        let grants = &self.credentials.grants;
        let granted = if grants.is_device() {
            self.by_device(scopes).await
        } else {
            let granted = self.by_grant(scopes).await;
            let refused = granted.as_ref().err();
            let refused = refused.and_then(|refused| refused.downcast_ref::<Refused>());
            let expired = refused.is_some_and(|refused| refused.error == "invalid_grant");
            if expired && self.credentials.device.is_some() {
                grants.back_to_device();
                self.by_device(scopes).await
            } else {
                granted
            }
        };
        let granted = granted?;
        grants.granted(granted.refresh_token.as_deref());
        // A person's consent takes time: the token's life begins with the reply.
        let start = match self.credentials.device {
            Some(_) => self.io.clock.now(),
            None => asked,
        };
        let used = |life: Duration| life.saturating_sub(MARGIN).max(life.mul_f64(0.9));
        let until = granted.expires_in.map(used);
        Ok(Held {
            token: granted.access_token.into(),
            until: until.map(|used| start.saturating_add(used)),
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

    async fn by_grant(&self, scopes: &str) -> Result<Granted, BoxError> {
        let request = self.credentials.request(&self.token_url().await?, scopes)?;
        read(self.io.send_within(request, PATIENCE).await?).await
    }

    async fn by_device(&self, scopes: &str) -> Result<Granted, BoxError> {
        let endpoint = self.endpoints.device.as_ref();
        let endpoint = endpoint.ok_or("the document names no URL for device codes")?;
        let url = self.url(endpoint, "device_authorization_endpoint").await?;
        let begun = device::begin(&self.credentials, (&self.io, &url), scopes).await?;
        let url = self.token_url().await?;
        device::wait(&self.credentials, (&self.io, &url), begun).await
    }
}

/// The one request that is on its way.
///
/// Whoever waits for it can be given up at any moment; the request cannot, since its reply may hold the only token that the
/// next request can be made with. On a tokio runtime it is a task of its own; elsewhere the next one who waits carries it on.
#[derive(Default)]
pub(super) struct Turn(Arc<AsyncMutex<Option<BoxFuture<()>>>>);

/// The right to make requests, which one call has at a time.
pub(super) struct Taken(OwnedMutexGuard<Option<BoxFuture<()>>>);

impl Turn {
    pub(super) async fn take(&self) -> Taken {
        Taken(Arc::clone(&self.0).lock_owned().await)
    }
}

impl Taken {
    /// Begins a request.
    pub(super) fn begin(&mut self, request: impl Future<Output = ()> + MaybeSend + 'static) {
        *self.0 = Some(start(request));
    }

    /// Waits for the request to end; `false` where there is none.
    pub(super) async fn finish(&mut self) -> bool {
        let running = &mut *self.0;
        let there = running.is_some();
        std::future::poll_fn(|context| {
            // Taken out meanwhile: one that panics is not asked again.
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
        there
    }
}

#[cfg(all(
    not(target_arch = "wasm32"),
    any(feature = "reqwest", feature = "blocking")
))]
fn start(request: impl Future<Output = ()> + MaybeSend + 'static) -> BoxFuture<()> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => {
            let task = runtime.spawn(request);
            Box::pin(async move {
                // A task that is lost leaves no outcome, which is looked for afterwards.
                task.await.ok();
            })
        }
        Err(_) => Box::pin(request),
    }
}

#[cfg(not(all(
    not(target_arch = "wasm32"),
    any(feature = "reqwest", feature = "blocking")
)))]
fn start(request: impl Future<Output = ()> + MaybeSend + 'static) -> BoxFuture<()> {
    Box::pin(request)
}
