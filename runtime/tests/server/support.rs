//! Requests to a router, and their responses.

use axum::body::Body;
use axum::Router;
use rt::http::{HeaderMap, Request};
use std::future::Future;
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

/// A transport that calls a router in the same process.
pub struct RouterTransport(pub Router);

impl rt::Transport for RouterTransport {
    fn send(
        &self,
        request: rt::TransportRequest,
    ) -> rt::BoxFuture<Result<rt::TransportResponse, rt::TransportError>> {
        let mut router = self.0.clone();
        let (mut parts, body) = request.into_parts();
        // A request that has come over a connection has a target in origin form (RFC 9112, section 3.2.1).
        parts.uri = parts.uri.path_and_query().unwrap().as_str().parse().unwrap();
        let body = Body::from_stream(body.into_stream());
        Box::pin(async move {
            let response = router.call(Request::from_parts(parts, body)).await.unwrap();
            Ok(response.map(|body| rt::ByteStream::from_fallible(body.into_data_stream())))
        })
    }
}

/// The API of operations that are written in tests.
pub static API: rt::ApiSpec = rt::ApiSpec {
    title: "Tests",
    version: "1",
    servers: &[rt::Server { url: "http://tests.example", variables: &[] }],
    schemes: &[],
};

/// A client of a router.
pub fn client(router: Router) -> rt::Client {
    rt::ClientBuilder::new(&API).transport(RouterTransport(router)).build().unwrap()
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
