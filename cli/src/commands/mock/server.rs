//! The network: connections, their limits, and requests of HTTP/1.1.

use super::fault::{problem, Reply};
use super::handler::{Answer, Mock};
use super::log;
use super::request::Request;
use crate::report::Log;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONNECTION, EXPECT};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;

/// Longest request body, in bytes.
pub const MAX_BODY: usize = 10 * 1024 * 1024;

/// Longest body that is read to its end before it is refused, so that its sender sees why.
const MAX_DISCARDED: usize = 64 * 1024 * 1024;

/// Longest request head, in bytes.
const MAX_HEAD: usize = 64 * 1024;

/// Largest number of connections at once; further ones wait.
const MAX_CONNECTIONS: usize = 256;

/// Time that a request's head or its body may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Time between looks for a free connection, and after a failure to accept one.
const PAUSE: Duration = Duration::from_millis(20);

/// A mock, and the log that tells of its requests.
#[derive(Debug)]
pub struct Site {
    /// The mock.
    pub mock: Mock,
    /// The log.
    pub log: Log,
}

/// Serves a mock until the process ends.
///
/// # Errors
///
/// The listener cannot be used.
pub fn serve(listener: TcpListener, site: Site) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(accept(listener, Arc::new(site)))
}

async fn accept(listener: TcpListener, site: Arc<Site>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let connections = Arc::new(());
    loop {
        if Arc::strong_count(&connections) > MAX_CONNECTIONS {
            tokio::time::sleep(PAUSE).await;
            continue;
        }
        match listener.accept().await {
            Ok((stream, _)) => {
                let (site, token) = (Arc::clone(&site), Arc::clone(&connections));
                tokio::spawn(async move {
                    connection(stream, site).await;
                    drop(token);
                });
            }
            // the peer has gone, or files have run out
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

async fn connection(stream: TcpStream, site: Arc<Site>) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(answer(request, site).await.map(Full::new)) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // what goes wrong here is the peer's: it has gone, or sends no HTTP, which hyper answers
    let _ = served.await;
}

async fn answer(request: hyper::Request<Incoming>, site: Arc<Site>) -> Reply {
    let (head, body) = request.into_parts();
    let (bytes, refusal) = match tokio::time::timeout(TIMEOUT, collect(&head.headers, body)).await {
        Ok(Ok(bytes)) => (bytes, None),
        Ok(Err(refusal)) => (Bytes::new(), Some(refusal)),
        Err(_) => {
            let detail = format!("the body took more than {} seconds", TIMEOUT.as_secs());
            (Bytes::new(), Some(closing(problem(StatusCode::REQUEST_TIMEOUT, &detail))))
        }
    };
    let request = Request::new(head, bytes);
    let work = move || {
        let answer = match refusal {
            Some(reply) => Answer { reply, operation: None, faults: Vec::new() },
            None => site.mock.answer(&request),
        };
        log::request(&site.log, &request, &answer);
        answer.reply
    };
    // a pattern may take its time, which no other request waits for
    let reply = tokio::task::spawn_blocking(work).await;
    reply.unwrap_or_else(|_| {
        problem(StatusCode::INTERNAL_SERVER_ERROR, "the mock failed; its log has more")
    })
}

/// Reads a body.
///
/// # Errors
///
/// The response to one that is too long or broken off.
async fn collect(headers: &HeaderMap, mut body: Incoming) -> Result<Bytes, Reply> {
    let too_long = || {
        let detail = format!("the body has more than {MAX_BODY} bytes");
        closing(problem(StatusCode::PAYLOAD_TOO_LARGE, &detail))
    };
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let is_waiting = headers.contains_key(EXPECT);
    if announced > MAX_DISCARDED || announced > MAX_BODY && is_waiting {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            closing(problem(StatusCode::BAD_REQUEST, &format!("the body cannot be read: {error}")))
        })?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length > MAX_DISCARDED {
            return Err(too_long());
        }
        if length <= MAX_BODY {
            bytes.extend_from_slice(&data);
        }
    }
    if length > MAX_BODY {
        return Err(too_long());
    }
    Ok(Bytes::from(bytes))
}

/// Closes the connection after a response, since the rest of the request is not read.
fn closing(mut reply: Response<Bytes>) -> Reply {
    let close = hyper::header::HeaderValue::from_static("close");
    reply.headers_mut().insert(CONNECTION, close);
    reply
}
