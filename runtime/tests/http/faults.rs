//! Servers that drop, stall, lie and send too much.
//!
//! Where the system's timers are under test, time is paused: it passes only while no byte is under way. The default transport
//! then has no limit for connecting, as that passes too.

use crate::api::{self, get, Shelf, Upload};
use crate::server::{json, misbehave, send_text, serve};
use std::time::Duration;
use tokio::time::Instant;
use typewright_runtime::codegen::v1::{self, ErrorKind, RetryPolicy};

fn client(url: &str) -> v1::Client {
    api::builder().base_url(url).retry(RetryPolicy::off()).build().unwrap()
}

async fn fails(url: &str, kind: ErrorKind) -> api::Fault {
    let error = get(&client(url), "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    error
}

#[tokio::test]
async fn a_dropped_connection() {
    let url = misbehave(|_, stream| async move { drop(stream) }).await;
    let error = fails(&url, ErrorKind::Transport).await;
    assert!(error.is_retryable() && error.status().is_none());
}

#[tokio::test]
async fn nobody_listens() {
    let error = fails("http://127.0.0.1:1", ErrorKind::Transport).await;
    assert!(format!("{error:#}").contains("no connection was made"), "{error:#}");
    assert!(!format!("{error:#}").contains("127.0.0.1:1/shelves"), "{error:#}");
}

/// A body that breaks off while it is sent: the reason is in the error, and no half of it counts as sent.
#[tokio::test]
async fn half_a_body_of_ones_own() {
    struct Half(Option<&'static str>);
    impl futures_core::Stream for Half {
        type Item = Result<v1::Bytes, v1::BoxError>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(Some(match self.0.take() {
                Some(piece) => Ok(piece.into()),
                None => Err("the disk is gone".into()),
            }))
        }
    }
    let server = serve(|_, _| json(200, "{}")).await;
    let mut call = client(&server.url).call(&api::UPLOAD);
    let body = v1::ByteStream::from_fallible(Half(Some("half")));
    call.bytes(0, v1::Body::once(body, None));
    let error = call.send::<Upload>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    let mut reason: &dyn std::error::Error = &error;
    let failure = reason.source().unwrap();
    let failure = failure.downcast_ref::<v1::TransportError>().unwrap();
    assert_eq!(failure.failure(), v1::TransportFailure::Body);
    while let Some(decoder) = reason.source() {
        reason = decoder;
    }
    assert_eq!(reason.to_string(), "the disk is gone");
}

#[tokio::test]
async fn half_a_body() {
    let url = misbehave(|_, mut stream| async move {
        send_text(&mut stream, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{\"half\":").await;
    })
    .await;
    let error = fails(&url, ErrorKind::Transport).await;
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.raw_body(), "{\"half\":");
}

#[tokio::test]
async fn a_chunked_body_that_ends_early() {
    let url = misbehave(|_, mut stream| async move {
        send_text(
            &mut stream,
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n",
        )
        .await;
    })
    .await;
    fails(&url, ErrorKind::Transport).await;
}

#[tokio::test]
async fn no_http_at_all() {
    let url = misbehave(|_, mut stream| async move {
        send_text(&mut stream, "SSH-2.0-OpenSSH\r\n\r\n").await
    })
    .await;
    fails(&url, ErrorKind::Transport).await;
}

#[tokio::test(start_paused = true)]
async fn a_stall_before_the_head_and_within_the_body() {
    for text in ["", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        let url = misbehave(move |_, mut stream| async move {
            send_text(&mut stream, text).await;
            std::future::pending::<()>().await;
        })
        .await;
        let start = Instant::now();
        let limit = Duration::from_secs(20);
        let builder = || {
            let builder = api::builder().base_url(&url).retry(RetryPolicy::off());
            builder.connect_timeout(None)
        };
        let client: v1::Client = builder().build().unwrap();
        let mut call = get(&client, "s");
        call.set_timeout(limit);
        let error = call.send::<Shelf>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(error.attempts(), 1);
        assert!(format!("{error:#}").contains("20s"), "{error:#}");
        let client: v1::Client = builder().read_timeout(limit).build().unwrap();
        let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert_eq!(error.status().is_some(), !text.is_empty());
        assert!(start.elapsed() < limit * 3, "{:?}", start.elapsed());
    }
}

/// A server that never falls silent for long, and one that always does: the call's own time ends both.
#[tokio::test(start_paused = true)]
async fn the_time_of_a_call_ends_what_the_read_timeout_does_not() {
    // A second try is still under way when it is over.
    let whole = Duration::from_secs(18);
    for (head, more) in [("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{", " "), ("", "")] {
        let url = misbehave(move |_, mut stream| async move {
            send_text(&mut stream, head).await;
            for _ in 0..999 {
                tokio::time::sleep(Duration::from_millis(300)).await;
                send_text(&mut stream, more).await;
            }
        })
        .await;
        let backoff =
            RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2));
        let builder = api::builder().base_url(&url).retry(backoff.max_attempts(99));
        let builder = builder.connect_timeout(None);
        let client: v1::Client =
            builder.read_timeout(Duration::from_secs(10)).timeout(whole).build().unwrap();
        let start = Instant::now();
        let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(format!("{error:#}").contains("18s"), "{error:#}");
        assert!((whole * 9 / 10..whole * 3).contains(&start.elapsed()), "{:?}", start.elapsed());
        let attempts = error.attempts();
        assert_eq!(attempts > 1, more.is_empty(), "{attempts}");
    }
}

#[tokio::test]
async fn too_long_a_body() {
    let long = format!("{{\"long\":\"{}\"}}", "x".repeat(200_000));
    let text = long.clone();
    let server = serve(move |_, _| json(200, &text)).await;
    let mut call = get(&client(&server.url), "s");
    call.set_max_body_bytes(100_000);
    let error = call.send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.raw_body().len(), 64 << 10);
    let mut call = get(&client(&server.url), "s");
    call.set_max_body_bytes(long.len());
    call.send::<Shelf>().await.unwrap();
}

#[tokio::test]
async fn streams_go_both_ways_without_a_buffer() {
    let server = serve(|_, seen| {
        let body = axum::body::Body::from(seen.body);
        http::Response::builder()
            .header("content-type", "application/octet-stream")
            .body(body)
            .unwrap()
    })
    .await;
    let body = || v1::ByteStream::from(v1::Bytes::from(vec![7; 300_000]));
    for body in [v1::Body::from_fn(Some(300_000), body), v1::Body::once(body(), None)] {
        let mut call = client(&server.url).call(&api::UPLOAD);
        call.set_max_body_bytes(10);
        call.bytes(0, body);
        let stream = call.send::<Upload>().await.unwrap();
        let collected = stream.collect(usize::MAX).await;
        assert_eq!(collected.bytes.len(), 300_000);
        assert!(collected.failure.is_none() && !collected.truncated);
    }
    let seen = server.seen();
    assert_eq!(seen[0].header("content-length"), Some("300000"));
    assert_eq!(seen[1].header("transfer-encoding"), Some("chunked"));
    assert_eq!(seen[0].header("content-type"), Some("application/octet-stream"));
}

/// A queue of one connection that nobody takes out: once it is full, the system answers no further one.
#[tokio::test]
async fn a_connection_that_is_never_made() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let _queue = socket.listen(0).unwrap();
    let connect = || tokio::net::TcpStream::connect(address);
    // The system itself tells how full the queue is, in no time but its own.
    let quick = Duration::from_millis(50);
    let mut waiting = Vec::new();
    while let Ok(stream) = tokio::time::timeout(quick, connect()).await {
        waiting.push(stream.unwrap());
        assert!(waiting.len() < 100, "the queue is never full");
    }
    let builder = api::builder().base_url(format!("http://{address}"));
    let builder = builder.retry(RetryPolicy::off());
    let limit = Duration::from_secs(20);
    let client: v1::Client = builder.connect_timeout(limit).build().unwrap();
    tokio::time::pause();
    let start = Instant::now();
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert!((limit..limit * 2).contains(&start.elapsed()), "{:?}", start.elapsed());
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    let text = format!("{error:#}");
    assert!(text.contains("no connection was made"), "{text}");
}
