//! The cache of responses: what it asks the server, and what it holds.

use crate::api::{self, get, Shelf, Touch, Upload};
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1::{
    self, Bytes, Cache, Credential, Credentials, InMemoryTransport, Recorded,
};

/// A server of one resource, which responds with 304 to its validators.
#[derive(Clone)]
struct Origin {
    headers: Arc<Mutex<Vec<(&'static str, &'static str)>>>,
    body: Arc<Mutex<&'static str>>,
    transport: InMemoryTransport,
}

impl Origin {
    fn new(headers: &[(&'static str, &'static str)], body: &'static str) -> Self {
        let headers = Arc::new(Mutex::new(headers.to_vec()));
        let body = Arc::new(Mutex::new(body));
        let (shared_headers, shared_body) = (Arc::clone(&headers), Arc::clone(&body));
        let transport = InMemoryTransport::new(move |request| {
            let headers = shared_headers.lock().unwrap();
            let is_current = headers.iter().any(|(name, value)| {
                let condition = match *name {
                    "etag" => "if-none-match",
                    "last-modified" => "if-modified-since",
                    _ => return false,
                };
                request.headers().get(condition).is_some_and(|sent| sent == *value)
            });
            let (status, body) =
                if is_current { (304, "") } else { (200, *shared_body.lock().unwrap()) };
            let mut reply = http::Response::builder().status(status).header("x-new", status);
            if !is_current {
                reply = reply.header("content-type", "application/json");
            }
            for (name, value) in headers.iter() {
                reply = reply.header(*name, *value);
            }
            reply.body(body.into()).unwrap()
        });
        Self { headers, body, transport }
    }

    fn set(&self, headers: &[(&'static str, &'static str)], body: &'static str) {
        *self.headers.lock().unwrap() = headers.to_vec();
        *self.body.lock().unwrap() = body;
    }

    fn client(&self, cache: &Cache) -> v1::Client {
        api::builder().transport(self.transport.clone()).cache(cache.clone()).build().unwrap()
    }

    /// The condition that each request so far had.
    fn conditions(&self) -> Vec<String> {
        let condition = |request: &Recorded| {
            let names = ["if-none-match", "if-modified-since"];
            let conditions = names.iter().filter_map(|name| request.headers().get(*name));
            conditions.map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join("+")
        };
        self.transport.requests().iter().map(condition).collect()
    }
}

async fn number(client: &v1::Client) -> i64 {
    let response = get(client, "s").response::<Shelf>().await.unwrap();
    assert_eq!(response.status(), 200);
    response.into_body().as_i64().unwrap()
}

#[tokio::test]
async fn what_is_held_is_asked_for_each_time() {
    let origin = Origin::new(&[("etag", "\"a\"")], "1");
    let cache = Cache::new(1 << 20);
    let client = origin.client(&cache);
    assert_eq!(number(&client).await, 1);
    let response = get(&client, "s").response::<Shelf>().await.unwrap();
    // Of the 304, but for what describes the body.
    assert_eq!(
        (response.status().as_u16(), response.headers()["x-new"].as_bytes()),
        (200, &b"304"[..])
    );
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.body().as_i64(), Some(1));
    origin.set(&[("etag", "\"b\"")], "2");
    assert_eq!(number(&client).await, 2);
    assert_eq!(number(&client).await, 2);
    assert_eq!(origin.conditions(), ["", "\"a\"", "\"a\"", "\"b\""]);
    assert!(cache.bytes() > 0 && format!("{cache:?}").contains("bytes"));
    cache.clear();
    assert_eq!((cache.bytes(), number(&client).await), (0, 2));
    assert_eq!(origin.conditions().last().unwrap(), "");
}

#[tokio::test]
async fn a_time_is_a_validator_where_there_is_no_tag() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (headers, condition) in [
        (&[("last-modified", date)][..], date),
        (&[("last-modified", date), ("etag", "W/\"a\"")], "W/\"a\""),
        (&[("x-other", "1")], ""),
    ] {
        let origin = Origin::new(headers, "1");
        let client = origin.client(&Cache::new(1 << 20));
        assert_eq!((number(&client).await, number(&client).await), (1, 1));
        assert_eq!(origin.conditions(), ["", condition]);
    }
}

#[tokio::test]
async fn directives_and_other_requests() {
    for (name, value, is_held) in [
        ("cache-control", "max-age=0, No-Store", false),
        ("cache-control", "private, no-cache, must-revalidate", true),
        ("vary", "*", false),
        ("vary", "x-trace, Accept", true),
        ("content-range", "bytes 0-0/1", false),
    ] {
        let cache = Cache::new(1 << 20);
        let origin = Origin::new(&[("etag", "\"a\""), (name, value)], "1");
        let client = origin.client(&cache);
        assert_eq!((number(&client).await, number(&client).await), (1, 1));
        assert_eq!(origin.conditions()[1] == "\"a\"", is_held, "{name}: {value}");
        assert_eq!(cache.bytes() > 0, is_held);
    }
    let origin = Origin::new(&[("etag", "\"a\"")], "1");
    let client = origin.client(&Cache::new(1 << 20));
    number(&client).await;
    for (name, value) in
        [("cache-control", "no-store"), ("range", "bytes=0-0"), ("if-none-match", "\"x\"")]
    {
        let mut call = get(&client, "s");
        call.set_header(name, value);
        call.send::<Shelf>().await.unwrap();
        assert_ne!(origin.conditions().last().unwrap(), "\"a\"", "{name}");
    }
}

/// A response that later forbids to be held, or is another, leaves none behind.
#[tokio::test]
async fn what_must_not_be_held_any_longer_is_forgotten() {
    for last in [&[("etag", "\"a\""), ("cache-control", "no-store")][..], &[("x-other", "1")]] {
        let cache = Cache::new(1 << 20);
        let origin = Origin::new(&[("etag", "\"a\"")], "1");
        let client = origin.client(&cache);
        number(&client).await;
        origin.set(last, "1");
        assert_eq!((number(&client).await, cache.bytes()), (1, 0));
    }
}

#[tokio::test]
async fn requests_that_differ_share_nothing() {
    let origin = Origin::new(&[("etag", "\"a\""), ("vary", "X-Trace")], "1");
    let cache = Cache::new(1 << 20);
    let client = origin.client(&cache);
    let traced = |trace: &str| {
        let mut call = get(&client, "s");
        call.header("X-Trace", &trace);
        call.send::<Shelf>()
    };
    for trace in ["a", "b", "a", "b"] {
        traced(trace).await.unwrap();
    }
    let mut other = get(&client, "s");
    other.query("depth", &1);
    other.header("X-Trace", &"a");
    other.send::<Shelf>().await.unwrap();
    assert_eq!(origin.conditions(), ["", "", "\"a\"", "\"a\"", ""]);

    let origin = Origin::new(&[("etag", "\"a\"")], "1");
    let by = |key: &str| {
        let credentials = Credentials::new().with("key", Credential::api_key(key));
        let builder = api::builder().transport(origin.transport.clone()).cache(cache.clone());
        let client: v1::Client = builder.credentials(credentials).build().unwrap();
        client.call(&api::BY_KEY).send::<Shelf>()
    };
    for key in ["k1", "k2", "k1"] {
        by(key).await.unwrap();
    }
    assert_eq!(origin.conditions(), ["", "", "\"a\""]);
}

#[tokio::test]
async fn other_methods_forget_what_is_held() {
    static CHANGE: v1::OperationSpec = v1::OperationSpec { path: "/shelves/s", ..api::TOUCH };
    let origin = Origin::new(&[("etag", "\"a\"")], "1");
    let cache = Cache::new(1 << 20);
    let client = origin.client(&cache);
    number(&client).await;
    assert!(cache.bytes() > 0);
    client.call(&CHANGE).send::<Touch>().await.unwrap();
    assert_eq!(cache.bytes(), 0);
}

/// A body is held once it was read to its end; what is too long for the cache goes through it.
#[tokio::test]
async fn streams_are_held_at_their_end() {
    static DOWNLOAD: v1::OperationSpec =
        v1::OperationSpec { method: "GET", bodies: &[], ..api::UPLOAD };
    let cache = Cache::new(8 * 1000);
    let reply = |length: usize| {
        InMemoryTransport::new(move |_| {
            let reply = http::Response::builder().header("etag", "\"a\"");
            reply.body(Bytes::from(vec![b'x'; length])).unwrap()
        })
    };
    for (length, is_held) in [(500, true), (2000, false)] {
        cache.clear();
        let builder = api::builder().transport(reply(length)).cache(cache.clone());
        let client: v1::Client = builder.build().unwrap();
        let body = client.call(&DOWNLOAD).send::<Upload>().await.unwrap();
        assert_eq!(cache.bytes(), 0);
        assert_eq!(body.collect(usize::MAX).await.bytes.len(), length);
        assert_eq!(cache.bytes() > 0, is_held);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_held() {
    struct Broken;
    impl v1::Transport for Broken {
        fn send(
            &self,
            _: v1::TransportRequest,
        ) -> v1::BoxFuture<Result<v1::TransportResponse, v1::TransportError>> {
            let failure = || v1::TransportError::new(v1::TransportFailure::Body, "broken");
            let mut pieces = vec![Err(failure()), Ok(Bytes::from("1"))];
            let stream = futures_stream(move || pieces.pop());
            let reply = http::Response::builder().header("etag", "\"a\"").body(stream).unwrap();
            Box::pin(std::future::ready(Ok(reply)))
        }
    }
    let cache = Cache::new(1 << 20);
    let builder =
        api::builder().transport(Broken).cache(cache.clone()).retry(v1::RetryPolicy::off());
    let client: v1::Client = builder.build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(cache.bytes(), 0);
}

fn futures_stream<F>(next: F) -> v1::ByteStream
where
    F: FnMut() -> Option<Result<Bytes, v1::TransportError>> + Send + Unpin + 'static,
{
    struct Pieces<F>(F);
    impl<F: FnMut() -> Option<Result<Bytes, v1::TransportError>> + Unpin> futures_core::Stream
        for Pieces<F>
    {
        type Item = Result<Bytes, v1::TransportError>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready((self.0)())
        }
    }
    v1::ByteStream::new(Pieces(next))
}

#[tokio::test]
async fn a_failure_is_not_held_and_forgets_nothing() {
    let cache = Cache::new(1 << 20);
    let origin = Origin::new(&[("etag", "\"a\"")], "1");
    let client = origin.client(&cache);
    number(&client).await;
    let bytes = cache.bytes();
    let failing = InMemoryTransport::new(|_| {
        let reply = http::Response::builder().status(404).header("etag", "\"e\"");
        reply.body(Bytes::from("{}")).unwrap()
    });
    let builder = api::builder().transport(failing).cache(cache.clone());
    let client: v1::Client = builder.build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(cache.bytes(), bytes);
}
