//! Real servers on this machine: one that answers by a function, and one that misbehaves.

use axum::body::{to_bytes, Body};
use axum::extract::Request;
use axum::response::Response;
use axum::Router;
use std::future::Future;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request that a server received.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub target: String,
    pub headers: http::HeaderMap,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

#[derive(Clone)]
pub struct Server {
    pub url: String,
    pub seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn one(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen[0].clone()
    }
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// An axum server that answers with what the function makes of a request and its number, counted from 0.
pub async fn serve<F>(answer: F) -> Server
where
    F: Fn(usize, Seen) -> Response + Send + Sync + 'static,
{
    let (listener, url) = listener().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (record, answer) = (Arc::clone(&seen), Arc::new(answer));
    let app = Router::new().fallback(move |request: Request| {
        let (record, answer) = (Arc::clone(&record), Arc::clone(&answer));
        async move {
            let (head, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec();
            let one = Seen {
                method: head.method.to_string(),
                target: head.uri.to_string(),
                headers: head.headers,
                body,
            };
            let number = {
                let mut all = record.lock().unwrap();
                all.push(one.clone());
                all.len() - 1
            };
            answer(number, one)
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    Server { url, seen }
}

/// A server that treats each connection as it likes; the number is the connection's, counted from 0.
pub async fn misbehave<F, T>(treat: F) -> String
where
    F: Fn(usize, TcpStream) -> T + Send + 'static,
    T: Future<Output = ()> + Send + 'static,
{
    let (listener, url) = listener().await;
    tokio::spawn(async move {
        let mut number = 0;
        while let Ok((mut stream, _)) = listener.accept().await {
            read_request(&mut stream).await;
            tokio::spawn(treat(number, stream));
            number += 1;
        }
    });
    url
}

async fn read_request(stream: &mut TcpStream) {
    let mut text = Vec::new();
    let mut piece = [0; 1024];
    while !text.windows(4).any(|window| window == b"\r\n\r\n") {
        let length = stream.read(&mut piece).await.unwrap_or(0);
        if length == 0 {
            return;
        }
        text.extend_from_slice(&piece[..length]);
    }
}

pub async fn send_text(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
}

pub fn json(status: u16, body: &str) -> Response {
    typed(status, "application/json", body)
}

pub fn typed(status: u16, media_type: &str, body: &str) -> Response {
    Response::builder()
        .status(status)
        .header("content-type", media_type)
        .body(Body::from(body.to_owned()))
        .unwrap()
}

pub fn with(mut response: Response, name: &'static str, value: &str) -> Response {
    response.headers_mut().append(name, value.parse().unwrap());
    response
}
