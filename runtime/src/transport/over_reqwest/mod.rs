//! The default transport.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(all(feature = "rustls-tls", not(target_arch = "wasm32")))]
mod tls;
#[cfg(target_arch = "wasm32")]
mod web;

use super::{Reply, Request, Transport, TransportError, TransportFailure};
use crate::boxed::BoxFuture;
use std::time::Duration;

/// What the default transport is made with.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
}

/// Sends over a [`reqwest::Client`].
///
/// One made from the caller's own client keeps that client's proxies, certificates, timeouts and redirect policy;
/// give it `redirect(Policy::none())`, so that the call itself follows redirects and keeps credentials from other origins.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// Why HTTPS is not possible, where it is not.
    no_https: Option<String>,
    /// How long there may be nothing of a reply.
    #[cfg(target_arch = "wasm32")]
    silence: Option<Duration>,
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self {
            client,
            no_https: None,
            #[cfg(target_arch = "wasm32")]
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
    } else if error.is_body() || error.is_decode() {
        TransportFailure::Body
    } else if error.is_builder() {
        TransportFailure::Request
    } else {
        TransportFailure::Other
    }
}

impl ReqwestTransport {
    fn prepare(&self, head: http::request::Parts) -> Result<reqwest::Request, TransportError> {
        if let (Some(reason), Some("https")) = (&self.no_https, head.uri.scheme_str()) {
            let reason = reason.clone();
            return Err(TransportError::new(TransportFailure::Connect, reason));
        }
        let url = reqwest::Url::parse(&head.uri.to_string())
            .map_err(|error| TransportError::new(TransportFailure::Request, error))?;
        let mut prepared = reqwest::Request::new(head.method, url);
        *prepared.headers_mut() = head.headers;
        Ok(prepared)
    }
}

impl Transport for ReqwestTransport {
    fn knows_operations(&self) -> bool {
        false
    }

    fn send(&self, request: Request) -> BoxFuture<Result<Reply, TransportError>> {
        let (head, body) = request.into_parts();
        match self.prepare(head) {
            Ok(prepared) => self.carry(prepared, body),
            Err(failure) => Box::pin(std::future::ready(Err(failure))),
        }
    }
}
