//! Limits of streams: memory, time and polls; and their ends.

use crate::api;
use crate::clock::TestClock;
use crate::server::{serve, typed};
use crate::streams::{client, List, Watch, LIST, WATCH};
use std::time::{Duration, Instant};
use typewright_runtime::codegen::v1::{self, ErrorKind};

/// Answers with this body in one piece.
fn at_once(media_type: &'static str, body: Vec<u8>) -> v1::Client {
    let body = v1::Bytes::from(body);
    let memory = v1::InMemoryTransport::new(move |_| {
        let reply = http::Response::builder().header("content-type", media_type);
        reply.body(body.clone()).unwrap()
    });
    api::builder().transport(memory).build().unwrap()
}

/// How often the wait for an item lets others run, and whether there was one.
async fn polls<T>(item: impl std::future::Future<Output = Option<T>>) -> (usize, bool) {
    let (mut polls, mut item) = (0, std::pin::pin!(item));
    let outcome = std::future::poll_fn(|context| {
        polls += 1;
        item.as_mut().poll(context)
    })
    .await;
    (polls, outcome.is_some())
}

/// Two megabytes of nothing take no time, and let other tasks run meanwhile.
#[tokio::test]
async fn blank_lines_and_comments_are_passed_over_at_once() {
    let start = Instant::now();
    let blank = at_once("application/x-ndjson", b"\n".repeat(2 << 20));
    let mut lines = blank.call(&LIST).send::<List>().await.unwrap();
    let (paused, any) = polls(lines.next()).await;
    assert!(paused > 1000 && !any, "{paused}");
    let comments = at_once("text/event-stream", b":\n".repeat(1 << 20));
    let mut events = comments.call(&WATCH).send::<Watch>().await.unwrap();
    let (paused, any) = polls(events.next()).await;
    assert!(paused > 1000 && !any, "{paused}");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

/// Items that are all there at once do not keep the thread either.
#[tokio::test]
async fn items_that_are_there_let_others_run() {
    let many = at_once("application/x-ndjson", b"{\"a\":1}\n".repeat(10_000));
    let mut lines = many.call(&LIST).send::<List>().await.unwrap();
    let (mut paused, mut count) = (0, 0);
    loop {
        let (polls, any) = polls(lines.next()).await;
        if !any {
            break;
        }
        (paused, count) = (paused + polls - 1, count + 1);
    }
    assert_eq!(count, 10_000);
    assert!(paused >= 10, "{paused}");
}

/// A line that is there whole has the same bound as one that arrives in pieces.
#[tokio::test]
async fn a_whole_line_has_a_bound_too() {
    let long = at_once("application/x-ndjson", b"{\"a\":12345}\n{\"a\":1}\n".to_vec());
    let mut call = long.call(&LIST);
    call.set_max_body_bytes(8);
    let mut lines = call.send::<List>().await.unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

struct Texts;
impl v1::Endpoint for Texts {
    type Output = v1::TextEvents;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &WATCH
    }
}

/// The text that ends a stream of JSON is like any other in a stream of texts.
#[tokio::test]
async fn a_text_that_says_done_is_an_event() {
    let client = at_once("text/event-stream", b"data: [DONE]\n\ndata: x\n\n".to_vec());
    let mut events = client.call(&WATCH).send::<Texts>().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "[DONE]");
    assert_eq!(events.next().await.unwrap().unwrap().data, "x");
    assert!(events.next().await.is_none());
}

/// The pauses before connecting anew, by a clock that takes none.
#[tokio::test]
async fn a_server_is_asked_neither_all_the_time_nor_never() {
    for (retry, pause) in [("0", 100), ("99999999999", 300_000), ("2000", 2000)] {
        let body = format!("retry: {retry}\ndata: 1\n\n");
        let memory = v1::InMemoryTransport::new(move |_| http::Response::new(body.clone().into()));
        let clock = TestClock::skipping(Duration::MAX);
        let builder = api::builder().transport(memory).clock(clock.clone());
        let client: v1::Client = builder.timeout(None).build().unwrap();
        let events = client.call(&WATCH).send::<Watch>().await.unwrap();
        let mut events = events.reconnecting(1);
        for _ in 0..2 {
            assert_eq!(events.next().await.unwrap().unwrap().data, 1);
        }
        assert_eq!(clock.pauses(), [Duration::from_millis(pause)], "{retry}");
    }
}

/// An incomplete event is requested again.
#[tokio::test]
async fn an_event_that_broke_off_is_not_skipped() {
    let server = serve(|number, _| match number {
        0 => typed(200, "text/event-stream", "retry: 1\nid: a\ndata: 1\n\nid: b\ndata: 2"),
        _ => typed(200, "text/event-stream", "id: b\ndata: 2\n\n"),
    })
    .await;
    let events = client(&server.url).call(&WATCH).send::<Watch>().await;
    let mut events = events.unwrap().reconnecting(1);
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    assert_eq!(events.next().await.unwrap().unwrap().data, 2);
    assert_eq!(server.seen()[1].header("last-event-id"), Some("a"));
}
