//! Requests to a router, and their responses.

use axum::body::Body;
use axum::Router;
use rt::http::{HeaderMap, Request};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use tower_service::Service as _;
use typewright_runtime::codegen::v1 as rt;

/// A response whose body is in memory.
#[derive(Debug)]
pub struct Received {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Received {
    /// The text of a header; empty without it.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }
}

/// Sends a request: `METHOD target`, headers, and a body.
pub async fn send(
    router: &Router,
    line: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Received {
    let (method, target) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).unwrap();
    let response = router.clone().call(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Received {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: String::from_utf8(body.into()).unwrap(),
    }
}

/// Sends a request without headers and body.
pub async fn get(router: &Router, line: &str) -> Received {
    send(router, line, &[], Body::empty()).await
}

/// A transport that calls a router in the same process, to which a body comes in pieces of a size.
pub struct RouterTransport {
    pub router: Router,
    pub piece: usize,
}

impl rt::Transport for RouterTransport {
    fn send(
        &self,
        request: rt::TransportRequest,
    ) -> rt::BoxFuture<Result<rt::TransportResponse, rt::TransportError>> {
        let (mut router, piece) = (self.router.clone(), self.piece);
        let (mut parts, body) = request.into_parts();
        // A request that has come over a connection has a target in origin form (RFC 9112, section 3.2.1).
        parts.uri = parts.uri.path_and_query().unwrap().as_str().parse().unwrap();
        Box::pin(async move {
            let body = body.into_stream().collect(usize::MAX).await.bytes;
            let body = if body.is_empty() { Body::empty() } else { chunked(&body, piece) };
            let response = router.call(Request::from_parts(parts, body)).await.unwrap();
            Ok(response.map(|body| rt::ByteStream::from_fallible(body.into_data_stream())))
        })
    }
}

/// Items of a list as a stream.
pub struct Listed<T>(pub std::vec::IntoIter<T>);

impl<T> Listed<T> {
    pub fn new(items: impl IntoIterator<Item = T>) -> Self {
        Self(items.into_iter().collect::<Vec<_>>().into_iter())
    }
}

impl<T> Unpin for Listed<T> {}

impl<T> futures_core::Stream for Listed<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.next())
    }
}

/// A body that arrives in pieces of this size.
pub fn chunked(bytes: &[u8], size: usize) -> Body {
    let pieces = bytes.chunks(size).map(|piece| Ok(rt::Bytes::copy_from_slice(piece)));
    let pieces: Vec<Result<rt::Bytes, std::io::Error>> = pieces.collect();
    Body::from_stream(Listed::new(pieces))
}

/// A router of one operation of a test.
pub fn serve(
    text: &str,
    handler: rt::Handler<(), ()>,
    settings: impl FnOnce(rt::Routes<()>) -> rt::Routes<()>,
) -> Router {
    let mut routes = rt::Routes::new(&API, ());
    routes.add(operation(text.to_owned()), handler);
    settings(routes).into_router()
}

/// The API of operations that are written in tests.
pub static API: rt::ApiSpec = rt::ApiSpec {
    title: "Tests",
    version: "1",
    servers: &[rt::Server { url: "http://tests.example", variables: &[] }],
    schemes: &[],
};

/// A client of a router.
pub fn client(transport: RouterTransport) -> rt::Client {
    rt::ClientBuilder::new(&API).transport(transport).build().unwrap()
}

/// The status and the headers that a call receives in one try, whether as a response or as an error.
pub fn outcome(mut call: rt::Call) -> (u16, HeaderMap) {
    call.set_retry(rt::RetryPolicy::off());
    let outcome = wait(call.response_raw());
    match outcome {
        Ok(response) => (response.status().as_u16(), response.headers().clone()),
        Err(error) => (error.status().unwrap().as_u16(), error.headers().clone()),
    }
}

/// The operation of a text.
pub fn operation(text: String) -> &'static rt::OperationSpec {
    let spec = rt::OperationSpec::parse(text.leak()).unwrap();
    Box::leak(Box::new(spec))
}

/// Waits for a future on this thread.
pub fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}
