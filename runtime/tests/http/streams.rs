//! Responses that are streams of typed values.

use crate::api::{self, reply};
use crate::clock::TestClock;
use crate::server::{misbehave, send_text, serve, typed, with};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use typewright_runtime::codegen::v1::{self, ErrorKind};

pub static WATCH: v1::OperationSpec = v1::OperationSpec {
    id: "watch",
    path: "/watch",
    responses: &[reply(
        v1::Status::Exact(200),
        &[v1::Content::new("text/event-stream", v1::MediaCodec::EventStream)],
    )],
    ..v1::OperationSpec::DEFAULT
};
pub static LIST: v1::OperationSpec = v1::OperationSpec {
    id: "list",
    path: "/list",
    responses: &[reply(
        v1::Status::Exact(200),
        &[v1::Content::new("application/x-ndjson", v1::MediaCodec::JsonLines)],
    )],
    ..v1::OperationSpec::DEFAULT
};

pub struct Watch;
impl v1::Endpoint for Watch {
    type Output = v1::Events<i64>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

pub struct List;
impl v1::Endpoint for List {
    type Output = v1::Lines<v1::Map<i64>>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

/// A client that skips the pauses before connecting anew.
pub fn client(url: &str) -> v1::Client {
    let clock = TestClock::skipping(Duration::from_secs(10));
    api::builder().base_url(url).clock(clock).build().unwrap()
}

/// As the combinators of other crates take it.
#[tokio::test]
async fn lines_are_a_stream() {
    let server = serve(|_, _| typed(200, "application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n")).await;
    let mut lines = client(&server.url).call(&LIST).send::<List>().await.unwrap();
    let mut values = Vec::new();
    while let Some(line) = std::future::poll_fn(|context| {
        futures_core::Stream::poll_next(std::pin::Pin::new(&mut lines), context)
    })
    .await
    {
        values.push(line.unwrap()["a"]);
    }
    assert_eq!(values, [1, 2]);
}

#[tokio::test]
async fn lines_arrive_one_by_one() {
    let has_first = Arc::new(Notify::new());
    let go_on = Arc::clone(&has_first);
    let url = misbehave(move |_, mut stream| {
        let go_on = Arc::clone(&go_on);
        async move {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n\r\n";
            send_text(&mut stream, &format!("{head}{{\"a\":1}}\r\n\r\n{{\"a\"")).await;
            go_on.notified().await;
            send_text(&mut stream, ":2}\n\u{1e}{\"a\":3}").await;
        }
    })
    .await;
    let mut lines = client(&url).call(&LIST).send::<List>().await.unwrap();
    let first = tokio::time::timeout(Duration::from_secs(20), lines.next()).await;
    let first = first.expect("the first line waits for no other");
    assert_eq!(first.unwrap().unwrap()["a"], 1);
    has_first.notify_one();
    assert_eq!(lines.next().await.unwrap().unwrap()["a"], 2);
    assert_eq!(lines.next().await.unwrap().unwrap()["a"], 3);
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_bad_line_ends_the_stream_with_its_path() {
    let server =
        serve(|_, _| typed(200, "application/x-ndjson", "{\"a\":1}\n{\"a\":\"x\"}\n{\"a\":3}\n"))
            .await;
    let mut lines = client(&server.url).call(&LIST).send::<List>().await.unwrap();
    lines.next().await.unwrap().unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Decode, Some("a")));
    assert!(lines.next().await.is_none());
    let mut call = client(&server.url).call(&LIST);
    call.set_max_body_bytes(3);
    let server = serve(|_, _| typed(200, "application/x-ndjson", &"x".repeat(100))).await;
    call.set_base_url(&server.url);
    let mut lines = call.send::<List>().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap_err().kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn events_are_typed_and_end() {
    let text = "id: 7\nevent: tick\ndata: 1\n\n: comment\n\ndata: 2\n\ndata: [DONE]\n\ndata: 3\n\n";
    let server = serve(move |_, _| typed(200, "text/event-stream; charset=utf-8", text)).await;
    let mut events = client(&server.url).call(&WATCH).send::<Watch>().await.unwrap();
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((&*first.event, &*first.id, first.data), ("tick", "7", 1));
    let second = events.next().await.unwrap().unwrap();
    assert_eq!((&*second.event, &*second.id, second.data), ("message", "7", 2));
    assert!(events.next().await.is_none() && events.next().await.is_none());
    assert_eq!(server.one().header("accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn a_broken_stream_is_taken_up_from_the_last_event() {
    let server = serve(|number, _| match number {
        0 => typed(200, "text/event-stream", "retry: 10\nid: a\ndata: 1\n\ndata: 99"),
        1 => typed(200, "text/event-stream", "id: b\ndata: 2\n\n"),
        _ => with(typed(200, "text/event-stream", ""), "x-end", "1"),
    })
    .await;
    let events = client(&server.url).call(&WATCH).send::<Watch>().await.unwrap();
    let mut events = events.reconnecting(2);
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    assert_eq!(events.next().await.unwrap().unwrap().data, 2);
    assert!(events.next().await.is_none());
    let seen = server.seen();
    let ids: Vec<_> = seen.iter().map(|one| one.header("last-event-id")).collect();
    assert_eq!(ids, [None, Some("a"), Some("b"), Some("b")]);
}

#[tokio::test]
async fn a_server_that_is_away_for_a_while_is_asked_again() {
    let text = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    let url = misbehave(move |number, mut stream| async move {
        match number {
            0 => send_text(&mut stream, &format!("{text}retry: 10\nid: a\ndata: 1\n\n")).await,
            1 | 2 => drop(stream),
            _ => send_text(&mut stream, &format!("{text}data: 2\n\n")).await,
        }
    })
    .await;
    let mut call = client(&url).call(&WATCH);
    call.set_retry(v1::RetryPolicy::off());
    let mut events = call.send::<Watch>().await.unwrap().reconnecting(3);
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    assert_eq!(events.next().await.unwrap().unwrap().data, 2);
}

/// An event that never ends is given up, wherever it grows.
#[tokio::test]
async fn an_event_has_a_bound() {
    for (text, fits) in [
        ("data: 1\n\n", true),
        ("data: 12345678901234567890", false),
        ("data: 1234567\ndata: 2345678901", false),
        ("data: 1234567\ndata: 2345678\ndata: 3456\n", false),
        // 15 bytes are held of either, and no more.
        ("data: 123456789", true),
        ("data: 123456789012345\n", true),
    ] {
        let server = serve(move |_, _| typed(200, "text/event-stream", text)).await;
        let mut call = client(&server.url).call(&WATCH);
        call.set_max_body_bytes(15);
        let mut events = call.send::<Watch>().await.unwrap();
        let kind = events.next().await.and_then(Result::err);
        let kind = kind.map(|error| error.kind());
        let expected = (!fits).then_some(ErrorKind::TooLarge);
        assert_eq!(kind, expected, "{text:?}");
    }
}

#[tokio::test]
async fn a_line_may_be_as_long_as_the_bound() {
    let server = serve(|_, _| typed(200, "application/x-ndjson", "{\"a\":1}")).await;
    for (limit, fits) in [(7, true), (6, false)] {
        let mut call = client(&server.url).call(&LIST);
        call.set_max_body_bytes(limit);
        let mut lines = call.send::<List>().await.unwrap();
        assert_eq!(lines.next().await.unwrap().is_ok(), fits);
    }
}

/// The outcome of a first event and this response to each reconnection, and the number of connections.
async fn after_the_first(then: &'static str, times: u32) -> (Option<ErrorKind>, usize) {
    let tries = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&tries);
    let url = misbehave(move |number, mut stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move {
            let first = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\nretry: 10\ndata: 1\n\n";
            send_text(&mut stream, if number == 0 { first } else { then }).await;
        }
    })
    .await;
    let mut call = client(&url).call(&WATCH);
    call.set_retry(v1::RetryPolicy::off());
    let mut events = call.send::<Watch>().await.unwrap().reconnecting(times);
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    let next = events.next().await;
    let kind = next.map(|event| event.unwrap_err().kind());
    assert!(events.next().await.is_none());
    (kind, tries.load(Ordering::SeqCst))
}

#[tokio::test]
async fn connecting_anew_comes_to_an_end() {
    let transport = Some(ErrorKind::Transport);
    assert_eq!(after_the_first("", 2).await, (transport, 3));
    let refusal = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let unexpected = Some(ErrorKind::Unexpected);
    assert_eq!(after_the_first(refusal, 2).await, (unexpected, 2));
    let nothing = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    assert_eq!(after_the_first(nothing, 2).await, (None, 2));
}

#[tokio::test]
async fn events_and_lines_say_what_they_are() {
    let server = serve(|_, _| typed(200, "text/plain", "")).await;
    let client = client(&server.url);
    let lines = client.call(&LIST).send::<List>().await.unwrap();
    assert_eq!(format!("{lines:?}"), "LineStream");
    let events = client.call(&WATCH).send::<Watch>().await.unwrap();
    assert_eq!(format!("{events:?}"), "EventStream");
}
