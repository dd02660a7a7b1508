//! The default transport.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

use crate::error::{TransportError, TransportFailure};
use crate::futures::BoxFuture;
use crate::transport::{Request, Response, Transport};
use crate::uri;
use http::uri::{Authority, Scheme};
use http::Uri;
use reqwest::Url;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The settings of the default transport.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
}

/// The default transport, over a [`reqwest::Client`].
///
/// One made from a client has that client's proxies, certificates, timeouts and redirect policy. Configure the client with
/// `redirect(Policy::none())`, so that the call itself follows redirects and keeps credentials from other origins.
///
/// ```
/// use typewright_runtime::transport::ReqwestTransport;
/// # fn make() -> Result<ReqwestTransport, typewright_runtime::transport::BoxError> {
/// let client = ReqwestTransport::client_builder()?.no_proxy().build()?;
/// let transport = ReqwestTransport::from(client);
/// # Ok(transport)
/// # }
/// # make().unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// The reason why HTTPS is impossible, if it is.
    no_https: Option<String>,
    first_server: Arc<OnceLock<ServerUrl>>,
    /// Time limit of the server's silence; in the browser, until the response's head.
    read_timeout: Option<Duration>,
}

/// A server and its URL. It is parsed once, as nearly all requests have the server of the first one.
#[derive(Debug)]
struct ServerUrl {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl ServerUrl {
    fn new(uri: &Uri, url: &Url) -> Option<Self> {
        let (scheme, authority) = (uri.scheme()?.clone(), uri.authority()?.clone());
        // A URL with credentials is not stored.
        let is_plain = !authority.as_str().contains('@');
        let mut url = url.clone();
        url.set_path("");
        url.set_query(None);
        is_plain.then_some(Self { scheme, authority, url })
    }

    fn matches(&self, uri: &Uri) -> bool {
        // As text, since a comparison without case costs more, and clients spell their server in one way.
        let authority = uri.authority().map(Authority::as_str);
        uri.scheme() == Some(&self.scheme) && authority == Some(self.authority.as_str())
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client, no_https: None, first_server: Arc::default(), read_timeout: None }
    }
}

/// The failure without the URL, whose query may hold a key.
fn failed(error: reqwest::Error) -> TransportError {
    let failure = failure(&error);
    TransportError::new(failure, error.without_url())
}

fn failure(error: &reqwest::Error) -> TransportFailure {
    #[cfg(not(target_arch = "wasm32"))]
    if error.is_connect() {
        return TransportFailure::Connect;
    }
    if error.is_timeout() {
        TransportFailure::Timeout
    } else if let Some(failure) = request_body_failure(error) {
        failure
    } else if error.is_body() || error.is_decode() {
        TransportFailure::Body
    } else if error.is_builder() {
        TransportFailure::Request
    } else {
        TransportFailure::Other
    }
}

/// The failure of the request's body, which reqwest has among the sources of its error.
fn request_body_failure(error: &reqwest::Error) -> Option<TransportFailure> {
    let first = std::error::Error::source(error);
    let mut sources = std::iter::successors(first, |reason| reason.source());
    let failure = sources.find_map(|reason| reason.downcast_ref::<TransportError>());
    failure.map(TransportError::failure)
}

impl ReqwestTransport {
    fn prepare(&self, head: http::request::Parts) -> Result<reqwest::Request, TransportError> {
        if let (Some(reason), Some("https")) = (&self.no_https, head.uri.scheme_str()) {
            let reason = reason.clone();
            return Err(TransportError::new(TransportFailure::Connect, reason));
        }
        let url = self.url(&head.uri)?;
        let mut prepared = reqwest::Request::new(head.method, url);
        *prepared.headers_mut() = head.headers;
        Ok(prepared)
    }

    /// The URL in reqwest's type.
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        if let Some(server) = self.first_server.get().filter(|server| server.matches(uri)) {
            let mut url = server.url.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = Url::parse(&uri::text(uri))
            .map_err(|error| TransportError::new(TransportFailure::Request, error))?;
        if let Some(server) = ServerUrl::new(uri, &url) {
            self.first_server.set(server).ok();
        }
        Ok(url)
    }
}

impl Transport for ReqwestTransport {
    fn knows_operations(&self) -> bool {
        false
    }

    fn read_timeout(&self) -> Option<Duration> {
        self.read_timeout.filter(|_| cfg!(not(target_arch = "wasm32")))
    }

    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>> {
        let (head, body) = request.into_parts();
        match self.prepare(head) {
            Ok(prepared) => self.carry(prepared, body),
            Err(failure) => Box::pin(std::future::ready(Err(failure))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Body;

    fn transport() -> ReqwestTransport {
        let client = ReqwestTransport::client_builder().unwrap().build();
        client.unwrap().into()
    }

    #[test]
    fn urls_of_the_first_server_and_of_others() {
        let transport = transport();
        for text in [
            "https://api.example:8443/a?key=k",
            "https://API.example:8443/a/b%2Fc//d;e=f:g@h/?x=1&y='%20[]&z",
            "https://api.example:8443",
            "https://api.example:8443/?",
            "https://api.example:8443/a/../b/%2e%2E/{c}|d^\"`?a{b}|^\"`",
            "https://api.example/a",
            "http://api.example:8443/a",
            "https://u:p@api.example:8443/a",
            "http://127.0.0.1:80/",
            "http://[::1]/x",
        ] {
            let Ok(uri) = text.parse::<Uri>() else {
                continue;
            };
            let expected = Url::parse(text).unwrap();
            assert_eq!(transport.url(&uri).unwrap(), expected, "{text}");
        }
        let formatted = format!("{transport:?}");
        assert!(!formatted.contains("key") && formatted.contains("8443"), "{formatted}");
    }

    #[test]
    fn names_and_passwords_are_not_kept() {
        let transport = transport();
        let uri = "https://u:p@api.example/a".parse().unwrap();
        transport.url(&uri).unwrap();
        assert!(transport.first_server.get().is_none());
    }

    /// As in `runtime.block_on(transport.send(request))`.
    #[test]
    fn a_request_may_be_given_outside_of_a_runtime() {
        let limit = Some(Duration::from_secs(1));
        let settings = Settings { connect_timeout: limit, read_timeout: limit };
        let transport = ReqwestTransport::build(&settings).unwrap();
        let request = http::Request::get("http://127.0.0.1:1/").body(Body::Empty).unwrap();
        let exchange = transport.send(request);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let failure = runtime.block_on(exchange).unwrap_err();
        assert_eq!(failure.failure(), TransportFailure::Connect);
    }
}
