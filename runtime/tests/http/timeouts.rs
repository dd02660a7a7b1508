//! Timeouts of calls in all their phases.
//!
//! The system's clock is under test, whose timers are tokio's: they are paused while nothing but them can end a call, and then
//! take no time.

use crate::api::{self, get, Shelf, Touch};
use crate::clock::TestClock;
use crate::server::{json, misbehave, send_text, serve};
use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use typewright_runtime::codegen::v1::{
    self, BoxFuture, ByteStream, Credential, Credentials, ErrorKind, RetryPolicy, Secret, Token,
    TransportError, TransportRequest, TransportResponse,
};

/// The time of a call. No machine is so busy that it does not respond within half of it.
const LIMIT: Duration = Duration::from_secs(60);

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
        Some(LIMIT / 2)
    }
}

/// A token for the first request, and silence for the next one, at which the function is called.
fn one_token(at_silence: fn()) -> Credentials {
    let was_called = AtomicBool::new(false);
    let token = Token::from_fn(move || {
        let again = was_called.swap(true, Ordering::SeqCst);
        async move {
            if again {
                at_silence();
                pending::<()>().await;
            }
            Ok(Secret::from("t0"))
        }
    });
    Credentials::new().with("bearer", Credential::bearer(token))
}

/// Asserts that the call's time ends it, after which the time goes on.
async fn is_ended(call: v1::Call) {
    let start = Instant::now();
    let limited = tokio::time::timeout(LIMIT * 3, call.send::<Shelf>());
    let error = limited.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(format!("{error:#}").contains("60s"), "{error:#}");
    assert_eq!(error.attempts(), 1);
    // What passed before the pause is counted by the system's clock alone.
    assert!(start.elapsed() > LIMIT * 9 / 10, "{:?}", start.elapsed());
    tokio::time::resume();
}

/// The read timeout of a transport does not apply after its response.
#[tokio::test]
async fn after_a_reply_that_was_there_at_once() {
    for status in [200, 401] {
        tokio::time::pause();
        let builder = api::builder().transport(AtOnce(status)).timeout(LIMIT);
        let client = builder.credentials(one_token(|| ())).build().unwrap();
        is_ended(client.call(&api::BY_BEARER)).await;
    }
}

#[tokio::test]
async fn a_provider_that_falls_silent_after_a_401() {
    let server = serve(|_, _| json(401, "{}")).await;
    for read_timeout in [LIMIT / 2, LIMIT * 2] {
        let builder =
            api::builder().base_url(&server.url).credentials(one_token(tokio::time::pause));
        let builder = builder.read_timeout(read_timeout).timeout(LIMIT);
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

/// A client of such a server, whose second call finds the connection of its first.
async fn connected(builder: v1::ClientBuilder<v1::Client>) -> v1::Client {
    let client = builder.base_url(answers_once().await).build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    tokio::time::pause();
    // While time is paused, a sleep ends when nothing else is left to do: the connection is kept by then.
    tokio::time::sleep(Duration::from_millis(1)).await;
    client
}

/// The default transport measures its own time by the system's clock: a call by another clock does not rely on it.
#[tokio::test]
async fn a_clock_of_ones_own_over_the_default_transport() {
    let clock = TestClock::still();
    let builder = api::builder().retry(RetryPolicy::off()).clock(clock.clone());
    let client = connected(builder.read_timeout(LIMIT)).await;
    let advance = async {
        clock.sleeper().await;
        clock.advance(Duration::from_secs(300));
    };
    let both = async { tokio::join!(advance, get(&client, "s").send::<Shelf>()).1 };
    let error = tokio::time::timeout(LIMIT * 3, both).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(format!("{error:#}").contains("300s"), "{error:#}");
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
    let builder = || api::builder().timeout(LIMIT);
    for builder in [builder().transport(Never), builder().transport(Arc::new(Never))] {
        tokio::time::pause();
        is_ended(get(&builder.build().unwrap(), "s")).await;
    }
    let custom = v1::ReqwestTransport::client_builder().unwrap().build();
    for builder in [
        builder().reqwest(custom.unwrap()),
        builder().read_timeout(None),
        builder().read_timeout(LIMIT * 2),
    ] {
        let client = connected(builder).await;
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

/// Responds to the first requests never, and then at once; the number of requests.
fn silent_at_first(requests: usize) -> (v1::Client, TestClock, Arc<AtomicUsize>) {
    struct Slow(usize, Arc<AtomicUsize>);
    impl v1::Transport for Slow {
        fn send(
            &self,
            _: TransportRequest,
        ) -> BoxFuture<Result<TransportResponse, TransportError>> {
            if self.1.fetch_add(1, Ordering::SeqCst) < self.0 {
                return Box::pin(pending());
            }
            let reply = http::Response::new(ByteStream::from(v1::Bytes::from("{}")));
            Box::pin(std::future::ready(Ok(reply)))
        }

        fn read_timeout(&self) -> Option<Duration> {
            Some(LIMIT / 2)
        }
    }
    let sent = Arc::new(AtomicUsize::new(0));
    let clock = TestClock::skipping(Duration::from_secs(1));
    let builder = api::builder().transport(Slow(requests, Arc::clone(&sent))).clock(clock.clone());
    let client = builder.timeout(LIMIT).attempt_timeout(LIMIT / 6).build().unwrap();
    (client, clock, sent)
}

/// Lets the time of each attempt pass until the call ends.
async fn advanced<T>(clock: &TestClock, call: impl std::future::Future<Output = T>) -> T {
    let advance = async {
        loop {
            clock.advance(Duration::from_secs(1));
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        outcome = call => outcome,
        () = advance => unreachable!(),
    }
}

#[tokio::test]
async fn an_attempt_that_hangs_is_repeated() {
    let (client, clock, sent) = silent_at_first(2);
    advanced(&clock, get(&client, "s").send::<Shelf>()).await.unwrap();
    assert_eq!(sent.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn which_time_ran_out_is_told() {
    let (client, clock, sent) = silent_at_first(usize::MAX);
    let error = advanced(&clock, get(&client, "s").send::<Shelf>()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
    assert!(error.is_retryable());
    assert_eq!(error.to_string(), "getShelf: the last attempt was not finished within 10s");
    // Not safe to repeat.
    let error = advanced(&clock, client.call(&api::TOUCH).send::<Touch>()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert_eq!(sent.load(Ordering::SeqCst), 4);
    // A limit of the call's own, and none.
    for (limit, message) in [
        (Some(LIMIT / 60), "getShelf: the last attempt was not finished within 1s"),
        (None, "getShelf: not finished within 60s"),
        (Some(LIMIT * 2), "getShelf: not finished within 60s"),
    ] {
        let mut call = get(&client, "s");
        call.set_attempt_timeout(limit);
        call.set_retry(RetryPolicy::default().max_attempts(2));
        let error = advanced(&clock, call.send::<Shelf>()).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::Timeout, message.to_owned()));
    }
}

/// The time of the call ends it also between attempts that have a time of their own.
#[tokio::test]
async fn the_time_of_the_call_is_that_of_all_attempts() {
    let (client, clock, sent) = silent_at_first(usize::MAX);
    let mut call = get(&client, "s");
    call.set_retry(
        RetryPolicy::default().max_attempts(100).backoff(Duration::ZERO, Duration::ZERO),
    );
    // No attempt ends together with the call, when either time may be the first to be noticed.
    call.set_attempt_timeout(Duration::from_secs(25));
    let error = advanced(&clock, call.send::<Shelf>()).await.unwrap_err();
    assert_eq!(error.to_string(), "getShelf: not finished within 60s");
    assert_eq!(sent.load(Ordering::SeqCst), 3);
}
