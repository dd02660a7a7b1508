//! Timeouts of calls in all their phases.

use crate::api::{self, get, Shelf};
use crate::server::{json, misbehave, send_text, serve};
use std::future::pending;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};
use typewright_runtime::codegen::v1::{
    self, BoxFuture, ByteStream, Credential, Credentials, ErrorKind, RetryPolicy, Secret, Token,
    TransportError, TransportRequest, TransportResponse,
};

/// Long enough for a busy machine to answer well within half of it.
const SHORT: Duration = Duration::from_millis(1_500);
/// After this the connection of a call is kept for the next one.
const KEEP_ALIVE: Duration = Duration::from_millis(50);

/// Answers at once, and says that it never waits for long; the bodies of its responses never end.
struct AtOnce(u16);

impl v1::Transport for AtOnce {
    fn send(&self, _: TransportRequest) -> BoxFuture<Result<TransportResponse, TransportError>> {
        struct Silence;
        impl futures_core::Stream for Silence {
            type Item = Result<v1::Bytes, TransportError>;
            fn poll_next(
                self: std::pin::Pin<&mut Self>,
                _: &mut std::task::Context<'_>,
            ) -> std::task::Poll<Option<Self::Item>> {
                std::task::Poll::Pending
            }
        }
        let reply = http::Response::builder().status(self.0);
        let reply = reply.body(ByteStream::new(Silence)).unwrap();
        Box::pin(std::future::ready(Ok(reply)))
    }

    fn read_timeout(&self) -> Option<Duration> {
        Some(SHORT / 2)
    }
}

/// A token for the first request, and none ever after.
fn one_token() -> Credentials {
    let was_called = AtomicBool::new(false);
    let token = Token::from_fn(move || {
        let again = was_called.swap(true, Ordering::SeqCst);
        async move {
            if again {
                pending::<()>().await;
            }
            Ok(Secret::from("t0"))
        }
    });
    Credentials::new().with("bearer", Credential::bearer(token))
}

async fn is_ended(call: v1::Call) {
    let start = Instant::now();
    let limited = tokio::time::timeout(Duration::from_secs(20), call.send::<Shelf>());
    let error = limited.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(format!("{error:#}").contains("1.5s"), "{error:#}");
    assert_eq!(error.attempts(), 1);
    assert!(start.elapsed() >= SHORT, "{:?}", start.elapsed());
}

/// The read timeout of a transport does not apply after its response.
#[tokio::test]
async fn after_a_reply_that_was_there_at_once() {
    for status in [200, 401] {
        let builder = api::builder().transport(AtOnce(status)).timeout(SHORT);
        let client = builder.credentials(one_token()).build().unwrap();
        is_ended(client.call(&api::BY_BEARER)).await;
    }
}

#[tokio::test]
async fn a_provider_that_falls_silent_after_a_401() {
    let server = serve(|_, _| json(401, "{}")).await;
    for read_timeout in [SHORT / 2, SHORT * 2] {
        let builder = api::builder().base_url(&server.url).credentials(one_token());
        let builder = builder.read_timeout(read_timeout).timeout(SHORT);
        let client: v1::Client = builder.build().unwrap();
        is_ended(client.call(&api::BY_BEARER)).await;
    }
    assert_eq!(server.seen().len(), 2);
}

/// A server that answers the first request of a connection and no other one: what waits for a response over a connection that
/// is there already is woken by nothing.
async fn answers_once() -> String {
    misbehave(|_, mut stream| async move {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2";
        send_text(&mut stream, &format!("{head}\r\n\r\n{{}}")).await;
        pending::<()>().await;
    })
    .await
}

/// The default transport's own patience is that of the system's clock: a call by a faster clock ends before.
#[tokio::test]
async fn a_clock_of_ones_own_over_the_default_transport() {
    struct Fast(Instant);
    impl v1::Clock for Fast {
        fn now(&self) -> Duration {
            self.0.elapsed() * 100
        }
        fn since_epoch(&self) -> Duration {
            self.now()
        }
        fn sleep(&self, duration: Duration) -> BoxFuture<()> {
            Box::pin(tokio::time::sleep(duration / 100))
        }
    }
    let builder = api::builder().base_url(answers_once().await);
    let builder = builder.retry(RetryPolicy::off()).clock(Fast(Instant::now()));
    let client: v1::Client = builder.build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    tokio::time::sleep(KEEP_ALIVE).await;
    let start = Instant::now();
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(format!("{error:#}").contains("300s"), "{error:#}");
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// Nothing else ends a wait for a transport that may wait for ever, or for longer than the call.
#[tokio::test]
async fn a_transport_that_promises_nothing_or_too_much() {
    struct Never;
    impl v1::Transport for Never {
        fn send(
            &self,
            _: TransportRequest,
        ) -> BoxFuture<Result<TransportResponse, TransportError>> {
            Box::pin(pending())
        }
    }
    let builder = || api::builder().timeout(SHORT);
    for builder in [builder().transport(Never), builder().transport(Arc::new(Never))] {
        is_ended(get(&builder.build().unwrap(), "s")).await;
    }
    let custom = v1::ReqwestTransport::client_builder().unwrap().build();
    for builder in [
        builder().reqwest(custom.unwrap()),
        builder().read_timeout(None),
        builder().read_timeout(SHORT * 2),
    ] {
        let client: v1::Client = builder.base_url(answers_once().await).build().unwrap();
        let mut first = get(&client, "s");
        first.set_timeout(Duration::from_secs(20));
        first.send::<Shelf>().await.unwrap();
        tokio::time::sleep(KEEP_ALIVE).await;
        is_ended(get(&client, "s")).await;
    }
}

/// Nothing is added to them beyond the range of a clock.
#[tokio::test]
async fn times_of_any_length() {
    let server = serve(|number, _| match number % 2 {
        0 => json(503, "{}"),
        _ => json(200, "{}"),
    })
    .await;
    let retry = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::MAX);
    let builder = api::builder().base_url(&server.url).retry(retry);
    let builder =
        builder.connect_timeout(Duration::MAX).read_timeout(Duration::MAX).timeout(Duration::MAX);
    let client: v1::Client = builder.build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    for timeout in [Duration::MAX, Duration::from_secs(1 << 40)] {
        let mut call = get(&client, "s");
        call.set_timeout(timeout);
        call.send::<Shelf>().await.unwrap();
    }
}
