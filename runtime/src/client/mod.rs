//! Clients: the builder of a generated `Client`, the choice of a server, and the leniency with replies.

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
use crate::retry::{Budget, RetryPolicy};
use crate::spec::ApiSpec;
use crate::transport::Io;
use http::HeaderMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A client of one API, around which a generated `Client` is made. Cloning it is cheap, and its clones share connections, tokens
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

/// What the clones of a client share.
pub(crate) struct Shared {
    pub(crate) api: &'static ApiSpec,
    pub(crate) servers: Servers,
    /// The base URL of calls that say nothing else, as far as it is known.
    pub(crate) base: Option<String>,
    pub(crate) io: Io,
    /// How long the transport waits for a sign of the server before it fails by itself, by the client's clock.
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) keyring: Keyring,
    pub(crate) signer: Option<Arc<dyn RequestSigner>>,
    pub(crate) headers: HeaderMap,
    /// Pairs for every query, encoded.
    pub(crate) query: Vec<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_body_bytes: usize,
    pub(crate) decoding: Decoding,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: Budget,
}

impl Client {
    /// The document that the client is for.
    #[must_use]
    pub fn api(&self) -> &'static ApiSpec {
        self.shared.api
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.shared.api.title)
            .finish_non_exhaustive()
    }
}
