//! A server in this process that records requests byte for byte and sends prepared responses.

use axum::body::{to_bytes, Body};
use axum::extract::{Request, State};
use axum::response::Response;
use axum::Router;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// A received request.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub method: String,
    /// The request target as it stood on the first line.
    pub target: String,
    /// The headers in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Sent {
    /// The values of a header.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let same = self.headers.iter().filter(|(other, _)| other == name);
        same.map(|(_, value)| value.as_str()).collect()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// A response of the server.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    breaks_off: bool,
}

impl Answer {
    pub fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", media_type.to_owned())];
        Self { status, headers, body: body.into(), breaks_off: false }
    }

    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json", body)
    }

    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), breaks_off: false }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Closes the connection after the body, although more was announced.
    pub fn breaks_off(mut self) -> Self {
        self.breaks_off = true;
        self
    }

    fn into_response(self) -> Response {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        if !self.breaks_off {
            return response.body(Body::from(self.body)).unwrap();
        }
        let parts = [Ok(self.body), Err(std::io::Error::other("broken off"))];
        let body = Body::from_stream(futures_util::stream::iter(parts));
        response.header("content-length", "100000").body(body).unwrap()
    }
}

#[derive(Debug, Default)]
struct Shared {
    sent: Vec<Sent>,
    answers: VecDeque<Answer>,
}

/// The server; it ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    pub url: String,
    shared: Arc<Mutex<Shared>>,
    task: AbortHandle,
}

impl Server {
    /// Starts a server that gives these answers, one a request.
    pub async fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = answers.into_iter().collect();
        let shared = Arc::new(Mutex::new(Shared { answers, ..Shared::default() }));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(shared.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let task = task.abort_handle();
        Self { url, shared, task }
    }

    /// Everything that was sent.
    pub fn sent(&self) -> Vec<Sent> {
        self.shared.lock().unwrap().sent.clone()
    }

    /// The one request that was sent.
    pub fn only(&self) -> Sent {
        let mut sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:#?}");
        sent.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(shared): State<Arc<Mutex<Shared>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let headers = head.headers.iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let sent = Sent {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers: headers.collect(),
        body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
    };
    let mut shared = shared.lock().unwrap();
    shared.sent.push(sent);
    let answer = shared.answers.pop_front();
    answer.unwrap_or_else(|| Answer::new(599, "text/plain", "no answer is left")).into_response()
}
