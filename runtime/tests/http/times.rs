//! Where the time of a call ends it, whatever it waits for.

use crate::api::{self, get, Shelf};
use crate::server::{json, misbehave, serve};
use std::future::pending;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use typewright_runtime::v1::{
    self, BoxFuture, ByteStream, Credential, Credentials, ErrorKind, Retry, Secret, Token,
    TransportError, TransportReply, TransportRequest,
};

const SHORT: Duration = Duration::from_millis(300);

/// Answers at once, and says that it never waits for long; the bodies of its replies never end.
struct AtOnce(u16);

impl v1::Transport for AtOnce {
    fn send(&self, _: TransportRequest) -> BoxFuture<Result<TransportReply, TransportError>> {
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
    let asked = AtomicBool::new(false);
    let token = Token::from_fn(move || {
        let again = asked.swap(true, Ordering::SeqCst);
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
    assert!(error.to_string().contains("300ms"), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(start.elapsed() >= SHORT, "{:?}", start.elapsed());
}

/// What a transport promises of its own waiting holds for nothing that comes after its reply.
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
        let builder = api::builder()
            .base_url(&server.url)
            .credentials(one_token());
        let builder = builder.read_timeout(read_timeout).timeout(SHORT);
        let client: v1::Client = builder.build().unwrap();
        is_ended(client.call(&api::BY_BEARER)).await;
    }
    assert_eq!(server.seen().len(), 2);
}

/// The default transport's own patience is that of the system's clock: a call by a faster clock ends before.
#[tokio::test]
async fn a_clock_of_ones_own_over_the_default_transport() {
    struct Fast(Instant);
    impl v1::Clock for Fast {
        fn now(&self) -> Duration {
            self.0.elapsed() * 1000
        }
        fn since_epoch(&self) -> Duration {
            self.now()
        }
        fn sleep(&self, duration: Duration) -> BoxFuture<()> {
            Box::pin(tokio::time::sleep(duration / 1000))
        }
    }
    let url = misbehave(|_, stream| async move {
        pending::<()>().await;
        drop(stream);
    })
    .await;
    let builder = api::builder().base_url(url).retry(Retry::off());
    let builder = builder.clock(Fast(Instant::now()));
    let client: v1::Client = builder.build().unwrap();
    let start = Instant::now();
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.to_string().contains("300s"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(20));
}
