//! A cache of responses in memory (RFC 9111), which asks the server each time whether what it holds is current.

mod entries;
mod exchange;

use crate::futures::BoxFuture;
use crate::transport::{Request, Response, Transport, TransportError};
use entries::Entries;
use exchange::Exchange;
use http::Method;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A cache of responses in memory, for [`ClientBuilder::cache`](crate::client::ClientBuilder::cache). Clones share what they hold,
/// so that several clients can have one.
///
/// It holds responses to `GET` of status 200 with an `ETag` or `Last-Modified` (RFC 9110, section 8.8), and sends that with the
/// next request of the same URL. A server that responds with 304 spares itself the body, and some do not count the request
/// against a rate limit; the call gets the response that is held, with the headers of the 304 in place of older ones (RFC 9111,
/// section 4.3.4). Nothing is taken from the cache without asking the server: no response is ever older than the server's own.
///
/// A request gets what was held for another only where both have the same URL, `Accept` and credentials, and the same values of
/// the headers that the response names in `Vary` (section 4.1). Credentials that differ in each request, such as those of HTTP
/// digest, leave nothing to share. A response with `Vary: *` or `Cache-Control: no-store` (section 5.2.2.5) is not held; one with
/// `private` is, since the cache is that of one program. Requests with `no-store`, `Range` or conditions of their own go past it.
/// A successful request of another method forgets what is held of its URL (section 4.4).
///
/// It holds copies of bodies, and of the credentials of their requests, in the memory of the program.
///
/// ```
/// use typewright_runtime::client::ClientBuilder;
/// use typewright_runtime::transport::Cache;
///
/// fn sparing<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
///     builder.cache(Cache::new(16 << 20))
/// }
/// # drop(sparing::<()>);
/// ```
#[derive(Clone)]
pub struct Cache {
    entries: Arc<Mutex<Entries>>,
}

impl Cache {
    /// Creates a cache of at most so many bytes: bodies, headers and URLs are counted. The least recently used responses make room
    /// for others; one of more than an eighth of the bytes is not held, and of one URL at most 16 are.
    #[must_use]
    pub fn new(max_bytes: usize) -> Self {
        Self { entries: Arc::new(Mutex::new(Entries::new(max_bytes))) }
    }

    /// The number of bytes that it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.entries().bytes()
    }

    /// Forgets all that it holds.
    pub fn clear(&self) {
        self.entries().clear();
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").field("bytes", &self.bytes()).finish_non_exhaustive()
    }
}

/// A transport behind a cache.
pub(crate) struct CachingTransport {
    pub(crate) inner: Arc<dyn Transport>,
    pub(crate) cache: Cache,
}

/// `true` for a method that changes nothing (RFC 9110, section 9.2.1).
fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
        || method.as_str() == "QUERY"
}

impl Transport for CachingTransport {
    fn send(&self, mut request: Request) -> BoxFuture<Result<Response, TransportError>> {
        let cache = self.cache.clone();
        let is_safe = is_safe(request.method());
        match Exchange::begin(&cache, &mut request) {
            Some(exchange) => {
                let response = self.inner.send(request);
                Box::pin(
                    async move { response.await.map(|response| exchange.end(cache, response)) },
                )
            }
            None if is_safe => self.inner.send(request),
            None => {
                let url = request.uri().to_string();
                let response = self.inner.send(request);
                Box::pin(async move {
                    let response = response.await?;
                    if response.status().as_u16() < 400 {
                        cache.entries().remove(&url);
                    }
                    Ok(response)
                })
            }
        }
    }

    fn knows_operations(&self) -> bool {
        self.inner.knows_operations()
    }

    fn read_timeout(&self) -> Option<Duration> {
        self.inner.read_timeout()
    }
}
