//! A server in memory: what it answers, and what it was sent.

use cases::d03::runtime::Bytes;
use cases::d03::runtime::transport::InMemoryTransport;
use std::future::IntoFuture;

/// A reply of this status, media type and body; without a media type where that is empty.
pub fn reply(status: u16, media_type: &str, body: &str) -> http::Response<Bytes> {
    let mut reply = http::Response::builder().status(status);
    if !media_type.is_empty() {
        reply = reply.header("content-type", media_type);
    }
    reply.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}

/// A server that always answers so.
pub fn answering(status: u16, media_type: &str, body: &str) -> InMemoryTransport {
    let answer = reply(status, media_type, body);
    InMemoryTransport::new(move |_| answer.clone())
}

/// A client of a document that asks a server.
macro_rules! client {
    ($document:ident, $server:expr) => {
        cases::$document::Client::builder()
            .base_url("http://h")
            .transport($server.clone())
            .build()
            .unwrap()
    };
}
pub(crate) use client;

/// A request: its first line, the headers that a document decides, sorted by name, and the body.
#[derive(Debug)]
pub struct Sent {
    pub line: String,
    pub headers: Vec<String>,
    pub body: String,
}

impl Sent {
    /// The values of a header, each a line.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let start = format!("{name}: ");
        let lines = self.headers.iter();
        lines.filter_map(|line| line.strip_prefix(&start)).collect()
    }
}

/// The one request of a call that succeeds.
pub async fn sent<T, E: std::fmt::Debug>(
    server: &InMemoryTransport,
    call: impl IntoFuture<Output = Result<T, E>>,
) -> Sent {
    if let Err(error) = call.await {
        panic!("{error:?}");
    }
    let [request] = <[_; 1]>::try_from(server.requests()).unwrap();
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
    let mut headers: Vec<_> = headers.collect();
    headers.sort_unstable();
    Sent {
        line: format!(
            "{} {}",
            request.method(),
            request.uri().path_and_query().unwrap()
        ),
        headers,
        body: String::from_utf8_lossy(request.body()).into_owned(),
    }
}
