//! Any `tower` service as a transport.

use crate::body::{Body, ByteStream};
use crate::error::{TransportError, TransportFailure};
use crate::futures::{BoxError, BoxFuture, MaybeSend, MaybeSendSync};
use crate::transport::{Request, Response, Transport};
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as HttpBody;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use tower_service::Service;

/// A transport over a service that takes [`http::Request`]s with [`Body`] and is cloned for each of them.
///
/// Middleware that has to know a request's kind of body can map it first; a service of another body type takes
/// [`Body::into_stream`].
///
/// ```
/// use std::convert::Infallible;
/// use std::future::{ready, Ready};
/// use std::task::{Context, Poll};
/// use typewright_runtime::body::Body;
/// use typewright_runtime::http::{Request, Response};
/// use typewright_runtime::transport::TowerTransport;
///
/// #[derive(Clone)]
/// struct Nothing;
/// impl tower_service::Service<Request<Body>> for Nothing {
///     type Response = Response<String>;
///     type Error = Infallible;
///     type Future = Ready<Result<Self::Response, Infallible>>;
///     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
///         Poll::Ready(Ok(()))
///     }
///     fn call(&mut self, _: Request<Body>) -> Self::Future {
///         ready(Ok(Response::new("{}".to_owned())))
///     }
/// }
/// let transport = TowerTransport::new(Nothing);
/// # fn is_transport(_: impl typewright_runtime::transport::Transport) {}
/// # is_transport(transport);
/// ```
#[derive(Clone)]
pub struct TowerTransport<S>(S);

impl<S> TowerTransport<S> {
    /// Creates a transport over this service.
    pub fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerTransport")
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + MaybeSendSync + 'static,
    S::Future: MaybeSend + 'static,
    S::Error: Into<BoxError>,
    B: HttpBody<Data = Bytes> + MaybeSend + 'static,
    B::Error: Into<BoxError>,
{
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>> {
        let mut service = self.0.clone();
        let failed = |error: S::Error| TransportError::new(TransportFailure::Other, error);
        Box::pin(async move {
            let ready = std::future::poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(failed)?;
            let sent = service.call(request);
            let response = sent.await.map_err(failed)?;
            Ok(response.map(|body| ByteStream::new(Frames(Box::pin(body)))))
        })
    }
}

/// The data of a body; trailers carry nothing that a document describes.
struct Frames<B>(Pin<Box<B>>);

impl<B> Stream for Frames<B>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match self.0.as_mut().poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(frame)) => frame,
            };
            let data = match frame {
                Err(error) => Err(TransportError::new(TransportFailure::Body, error)),
                Ok(frame) => match frame.into_data() {
                    Ok(data) => Ok(data),
                    Err(_) => continue,
                },
            };
            return Poll::Ready(Some(data));
        }
    }
}
