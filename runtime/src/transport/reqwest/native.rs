//! Everywhere but in the browser: bodies are streams in both directions.

use crate::body::{Body, ByteStream};
use crate::clock::MAX_SLEEP;
use crate::error::TransportError;
use crate::futures::{BoxError, BoxFuture};
use crate::transport::reqwest::{failed, ReqwestTransport, Settings};
use crate::transport::Response;
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
#[cfg(feature = "rustls-tls")]
use rustls::crypto::ring;
#[cfg(feature = "rustls-tls")]
use rustls::{ClientConfig, RootCertStore};
#[cfg(feature = "rustls-tls")]
use rustls_platform_verifier::BuilderVerifierExt as _;
use std::future::Future;
use std::pin::Pin;
#[cfg(feature = "rustls-tls")]
use std::sync::Arc;
use std::task::{Context, Poll};

impl ReqwestTransport {
    /// Creates the builder that the default transport is built from, for callers who add a proxy, certificates or DNS of their own: TLS by
    /// this runtime's features, and redirects left to the calls.
    ///
    /// A plain `reqwest::Client::new()` needs a TLS provider of its own, which comes with reqwest's default features or is
    /// installed for the process.
    ///
    /// # Errors
    /// TLS cannot be set up.
    ///
    /// ```
    /// use typewright_runtime::transport::ReqwestTransport;
    /// let client = ReqwestTransport::client_builder().unwrap().no_proxy().build().unwrap();
    /// ```
    pub fn client_builder() -> Result<reqwest::ClientBuilder, BoxError> {
        Ok(begin()?.0)
    }

    pub(crate) fn build(settings: &Settings) -> Result<Self, BoxError> {
        let (mut builder, no_https) = begin()?;
        if let Some(timeout) = settings.connect_timeout {
            builder = builder.connect_timeout(timeout.min(MAX_SLEEP));
        }
        if let Some(timeout) = settings.read_timeout {
            builder = builder.read_timeout(timeout.min(MAX_SLEEP));
        }
        let client = builder.build()?;
        Ok(Self { no_https, read_timeout: settings.read_timeout, ..Self::from(client) })
    }

    pub(super) fn carry(
        &self,
        mut request: reqwest::Request,
        body: Body,
    ) -> BoxFuture<Result<Response, TransportError>> {
        *request.body_mut() = outgoing(body);
        let client = self.client.clone();
        Box::pin(async move {
            // Here, as it panics outside of Tokio's runtime, where the future may be made.
            let mut received = client.execute(request).await.map_err(failed)?;
            let (mut head, ()) = http::Response::new(()).into_parts();
            head.status = received.status();
            head.version = received.version();
            head.headers = std::mem::take(received.headers_mut());
            head.extensions = std::mem::take(received.extensions_mut());
            Ok(Response::from_parts(head, ByteStream::new(Incoming(received))))
        })
    }
}

/// A builder, and why HTTPS is not possible where it is not.
fn begin() -> Result<(reqwest::ClientBuilder, Option<String>), BoxError> {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    #[cfg(feature = "rustls-tls")]
    let begun = {
        let (tls, no_https) = tls_configuration()?;
        (builder.tls_backend_preconfigured(tls), no_https)
    };
    #[cfg(not(feature = "rustls-tls"))]
    let begun = (builder, None);
    Ok(begun)
}

fn outgoing(body: Body) -> Option<reqwest::Body> {
    match body {
        Body::Empty => None,
        Body::Bytes(bytes) => Some(bytes.into()),
        body @ (Body::Factory(_) | Body::Once(..)) => {
            let length = body.length();
            let stream = body.into_stream();
            Some(reqwest::Body::wrap(Outgoing { stream, length }))
        }
    }
}

struct Outgoing {
    stream: ByteStream,
    length: Option<u64>,
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Pin::new(&mut self.stream)
            .poll_next(context)
            .map(|piece| piece.map(|piece| piece.map(Frame::data).map_err(BoxError::from)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// The body of a response without its headers.
///
/// It stays in reqwest's type, as each other form of it has one more box.
struct Incoming(reqwest::Response);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // The future has no state but the response's, so that each poll can make a new one.
        let chunk = std::pin::pin!(self.0.chunk());
        chunk.poll(context).map(|chunk| chunk.map_err(failed).transpose())
    }
}

/// The configuration; where the system has no certificates, one that trusts nobody and the reason.
///
/// A machine without certificates can still call servers over plain HTTP.
#[cfg(feature = "rustls-tls")]
fn tls_configuration() -> Result<(ClientConfig, Option<String>), BoxError> {
    let provider = Arc::new(ring::default_provider());
    let builder = || {
        ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
    };
    match builder()?.with_platform_verifier() {
        Ok(builder) => Ok((builder.with_no_client_auth(), None)),
        Err(reason) => {
            let nobody = builder()?.with_root_certificates(RootCertStore::empty());
            Ok((nobody.with_no_client_auth(), Some(reason.to_string())))
        }
    }
}
