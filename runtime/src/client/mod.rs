//! Clients: the builder of a generated `Client`, the choice of a server, and the leniency with responses.

mod builder;
mod decoding;
mod servers;

pub use crate::error::BuildError;
pub use builder::ClientBuilder;
pub use decoding::{Decoding, Deviation, Observe};
pub use servers::ServerChoice;
pub(crate) use servers::Servers;

use crate::auth::{Keyring, RequestSigner};
use crate::opaque::OpaqueArc;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::spec::ApiSpec;
use crate::transport::Io;
use http::HeaderMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A client of one API, which a generated `Client` wraps. Cloning it is cheap, and its clones share connections, tokens
/// and nonces.
///
/// ```
/// use typewright_runtime::client::Client;
///
/// fn for_each_worker(client: &Client) -> Vec<Client> {
///     vec![client.clone(); 4]
/// }
/// # drop(for_each_worker);
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: OpaqueArc<Shared>,
}

/// The state that the clones of a client share.
pub(crate) struct Shared {
    pub(crate) api: &'static ApiSpec,
    pub(crate) servers: Servers,
    /// The default base URL of calls, if it is known.
    pub(crate) base: Option<String>,
    pub(crate) io: Io,
    /// Time of silence after which the transport itself fails, if it uses the client's clock.
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) keyring: Keyring,
    pub(crate) signer: Option<Arc<dyn RequestSigner>>,
    pub(crate) headers: HeaderMap,
    /// Encoded pairs of every query.
    pub(crate) query: Vec<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_body_bytes: usize,
    pub(crate) decoding: Decoding,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: RetryBudget,
}

impl Client {
    /// The document of the client.
    #[must_use]
    pub fn api(&self) -> &'static ApiSpec {
        self.shared.api
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api", &self.shared.api.title).finish_non_exhaustive()
    }
}
