//! Many calls at once, over connections that break and with tokens that expire.
//!
//! In release it makes 64 × 2,000 calls and prints how fast they were beside a plain loop over reqwest:
//! `cargo test --profile dist -p typewright-runtime --test http load -- --nocapture`.

use crate::api::{self, reply, Shelf, JSON};
use crate::server::{json, serve, Server};
use std::collections::BTreeMap;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use typewright_runtime::codegen::v1::{self, Credential, Credentials, RetryPolicy};

const TASKS: usize = 64;
const EACH: usize = if cfg!(debug_assertions) { 20 } else { 2_000 };
const CALLS: usize = TASKS * EACH;

static GET: v1::OperationSpec = v1::OperationSpec {
    id: "load",
    path: "/load/{id}",
    parameters: &[v1::Parameter::path("id")],
    responses: &[reply(v1::Status::Exact(200), JSON), reply(v1::Status::Exact(401), JSON)],
    security: &[&[v1::SecurityNeed::scheme("oauth")]],
    ..v1::OperationSpec::DEFAULT
};

/// A body that breaks off.
struct Broken;

impl tokio::io::AsyncRead for Broken {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
    }
}

/// The counters of the server.
#[derive(Default)]
struct Done {
    answered: Mutex<BTreeMap<String, u32>>,
    requests: AtomicUsize,
    tokens: AtomicU32,
    /// Which token is good.
    good: AtomicU32,
}

/// Breaks every hundredth response, and every third of all calls lets the token expire.
async fn server(done: Arc<Done>) -> Server {
    serve(move |_, seen| {
        if seen.target == "/token" {
            done.tokens.fetch_add(1, Ordering::SeqCst);
            let good = done.good.load(Ordering::SeqCst);
            return json(200, &format!(r#"{{"access_token":"t{good}"}}"#));
        }
        let number = done.requests.fetch_add(1, Ordering::SeqCst);
        if number > 0 && number.is_multiple_of(CALLS / 3) {
            done.good.fetch_add(1, Ordering::SeqCst);
        }
        let good = format!("Bearer t{}", done.good.load(Ordering::SeqCst));
        if seen.header("authorization") != Some(&good) {
            return json(401, "{}");
        }
        if number % 100 == 99 {
            let body = axum::body::Body::from_stream(v1::ByteStream::read(Broken));
            return http::Response::new(body);
        }
        *done.answered.lock().unwrap().entry(seen.target).or_default() += 1;
        json(200, r#"{"id":1}"#)
    })
    .await
}

async fn run(client: v1::Client, each: usize) -> Duration {
    let start = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let client = client.clone();
            tokio::spawn(async move {
                for number in 0..each {
                    let mut call = client.call(&GET);
                    call.path("id", &format!("{task}-{number}"));
                    call.send::<Shelf>().await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_call_is_lost_or_doubled() {
    let done = Arc::new(Done::default());
    let server = server(Arc::clone(&done)).await;
    let credentials = Credentials::new().with("oauth", Credential::client_credentials("i", "s"));
    let builder = api::builder().base_url(&server.url).credentials(credentials);
    let backoff =
        RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(9));
    run(builder.retry(backoff.max_attempts(6)).build().unwrap(), EACH).await;
    let answered = done.answered.lock().unwrap();
    assert_eq!(answered.len(), CALLS);
    assert!(answered.values().all(|count| *count == 1), "a call was answered twice");
    assert!(done.requests.load(Ordering::SeqCst) > CALLS);
    let expiries = done.good.load(Ordering::SeqCst);
    assert_eq!(done.tokens.load(Ordering::SeqCst), expiries + 1, "one request a token");
    assert!(expiries >= 3);
}

/// How a URL is made by hand.
type Making = fn(&reqwest::Url, &str) -> reqwest::Url;

/// As most write it: joined, and read anew for each call.
fn joined(base: &reqwest::Url, id: &str) -> reqwest::Url {
    format!("{base}load/{id}").parse().unwrap()
}

/// As the sparing write it: read once, and with the parameter encoded.
fn extended(base: &reqwest::Url, id: &str) -> reqwest::Url {
    let mut url = base.clone();
    url.path_segments_mut().unwrap().extend(["load", id]);
    url
}

/// In many short rounds of each by turns, so that what else the machine does hits all alike; the median counts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_cost_little_beside_the_connection() {
    const ROUNDS: usize = if cfg!(debug_assertions) { 4 } else { 40 };
    let each = EACH / ROUNDS;
    let server = serve(|_, _| json(200, r#"{"id":1}"#)).await;
    let credentials = Credentials::new().with("oauth", Credential::bearer("t"));
    let builder = api::builder().base_url(&server.url).credentials(credentials);
    let ours: v1::Client = builder.build().unwrap();
    let by_hand = by_hand();
    let mut spent = [Duration::ZERO; 3];
    let mut ratios = [const { Vec::new() }; 2];
    for round in 0..ROUNDS {
        let mut took = [Duration::ZERO; 3];
        // By turns first, second and last, so that none has always another's leavings.
        for index in (0..3).map(|index| (index + round) % 3) {
            took[index] = match index {
                0 => run(ours.clone(), each).await,
                1 => plain(&by_hand, (&server.url, joined), each).await,
                _ => plain(&by_hand, (&server.url, extended), each).await,
            };
            spent[index] += took[index];
        }
        let [baseline, hands @ ..] = took;
        for (ratios, hand) in ratios.iter_mut().zip(hands) {
            ratios.push(hand.as_secs_f64() / baseline.as_secs_f64());
        }
        server.seen.lock().unwrap().clear();
    }
    let [baseline, usual, sparing] =
        spent.map(|time| f64::from(u32::try_from(CALLS).unwrap()) / time.as_secs_f64());
    let [ratio, least] = ratios.map(|mut ratios| {
        ratios.sort_by(f64::total_cmp);
        ratios[ROUNDS / 2]
    });
    println!(
        "calls a second: {baseline:.0}, by hand: {usual:.0}, ratio {ratio:.2}; sparing: {sparing:.0}, ratio {least:.2}"
    );
    // A debug build measures the debug build.
    assert!(cfg!(debug_assertions) || ratio >= 0.9, "{ratio}");
}

/// A client with the limits that ours has by default.
fn by_hand() -> reqwest::Client {
    let builder = v1::ReqwestTransport::client_builder().unwrap();
    let builder = builder
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(60))
        .timeout(Duration::from_secs(300));
    builder.build().unwrap()
}

/// The same by hand: the token, the status looked at, the body read into the same type.
async fn plain(client: &reqwest::Client, (url, make): (&str, Making), each: usize) -> Duration {
    let start = Instant::now();
    let base = reqwest::Url::parse(url).unwrap();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let (client, base) = (client.clone(), base.clone());
            tokio::spawn(async move {
                for number in 0..each {
                    let url = make(&base, &format!("{task}-{number}"));
                    let request = client.get(url).bearer_auth("t");
                    let reply = request.send().await.unwrap().error_for_status().unwrap();
                    let bytes = reply.bytes().await.unwrap();
                    let _: v1::Value = v1::from_json(&bytes).unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.elapsed()
}
