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

/// What the default transport is made with.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
}

/// The default transport, over a [`reqwest::Client`].
///
/// One made from the caller's own client keeps that client's proxies, certificates, timeouts and redirect policy;
/// give it `redirect(Policy::none())`, so that the call itself follows redirects and keeps credentials from other origins.
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
    /// Why HTTPS is not possible, where it is not.
    no_https: Option<String>,
    home: Arc<OnceLock<Home>>,
    /// How long there may be nothing of a reply; in the browser, nothing of its head.
    silence: Option<Duration>,
}

/// The server of the first request, and its URL: nearly all others differ in path and query only.
#[derive(Debug)]
struct Home {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl Home {
    fn of(uri: &Uri, url: &Url) -> Option<Self> {
        let (scheme, authority) = (uri.scheme()?.clone(), uri.authority()?.clone());
        // A name and a password are nothing to keep.
        let bare = !authority.as_str().contains('@');
        let mut url = url.clone();
        url.set_path("");
        url.set_query(None);
        bare.then_some(Self {
            scheme,
            authority,
            url,
        })
    }

    fn is_of(&self, uri: &Uri) -> bool {
        uri.scheme() == Some(&self.scheme) && uri.authority() == Some(&self.authority)
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self {
            client,
            no_https: None,
            home: Arc::default(),
            silence: None,
        }
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
    } else if let Some(own) = of_the_body(error) {
        own
    } else if error.is_body() || error.is_decode() {
        TransportFailure::Body
    } else if error.is_builder() {
        TransportFailure::Request
    } else {
        TransportFailure::Other
    }
}

/// The failure of the request's own body, which reqwest hands back among the reasons of its error.
fn of_the_body(error: &reqwest::Error) -> Option<TransportFailure> {
    let first = std::error::Error::source(error);
    let mut reasons = std::iter::successors(first, |reason| reason.source());
    let own = reasons.find_map(|reason| reason.downcast_ref::<TransportError>());
    own.map(TransportError::failure)
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

    /// The URL as reqwest takes it.
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        if let Some(home) = self.home.get().filter(|home| home.is_of(uri)) {
            let mut url = home.url.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = Url::parse(&uri::text(uri))
            .map_err(|error| TransportError::new(TransportFailure::Request, error))?;
        if let Some(home) = Home::of(uri, &url) {
            self.home.set(home).ok();
        }
        Ok(url)
    }
}

impl Transport for ReqwestTransport {
    fn knows_operations(&self) -> bool {
        false
    }

    fn read_timeout(&self) -> Option<Duration> {
        self.silence.filter(|_| cfg!(not(target_arch = "wasm32")))
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
        let shown = format!("{transport:?}");
        assert!(!shown.contains("key") && shown.contains("8443"), "{shown}");
    }

    #[test]
    fn names_and_passwords_are_not_kept() {
        let transport = transport();
        let uri = "https://u:p@api.example/a".parse().unwrap();
        transport.url(&uri).unwrap();
        assert!(transport.home.get().is_none());
    }
}
