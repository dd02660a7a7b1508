//! Many calls at once, over connections that break and with tokens that expire.
//!
//! In release it makes 64 × 2,000 calls and prints how fast they were beside a plain loop over reqwest:
//! `cargo test --release -p typewright-runtime --test http load -- --nocapture`.

use crate::api::{self, reply, Shelf, JSON};
use crate::server::{json, serve, Server};
use std::collections::BTreeMap;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use typewright_runtime::v1::{self, Credential, Credentials, Retry};

const TASKS: usize = 64;
const EACH: usize = if cfg!(debug_assertions) { 20 } else { 2_000 };
const CALLS: usize = TASKS * EACH;

static GET: v1::OperationData = v1::OperationData {
    id: "load",
    path: "/load/{id}",
    parameters: &[v1::Parameter::path("id")],
    replies: &[
        reply(v1::Status::Exact(200), JSON),
        reply(v1::Status::Exact(401), JSON),
    ],
    security: &[&[v1::Need::scheme("oauth")]],
    ..v1::OperationData::DEFAULT
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

/// What the server has done.
#[derive(Default)]
struct Done {
    answered: Mutex<BTreeMap<String, u32>>,
    requests: AtomicUsize,
    tokens: AtomicU32,
    /// Which token is good.
    good: AtomicU32,
}

/// Breaks every hundredth reply, and every third of all calls lets the token expire.
async fn server(done: Arc<Done>) -> Server {
    serve(move |_, seen| {
        if seen.target == "/token" {
            done.tokens.fetch_add(1, Ordering::SeqCst);
            let good = done.good.load(Ordering::SeqCst);
            return json(200, &format!(r#"{{"access_token":"t{good}"}}"#));
        }
        let number = done.requests.fetch_add(1, Ordering::SeqCst);
        if number > 0 && number % (CALLS / 3) == 0 {
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
        *done
            .answered
            .lock()
            .unwrap()
            .entry(seen.target)
            .or_default() += 1;
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
    let builder = api::builder()
        .base_url(&server.url)
        .credentials(credentials);
    let pauses = Retry::default().pauses(Duration::from_millis(1), Duration::from_millis(9));
    run(builder.retry(pauses.attempts(6)).build().unwrap(), EACH).await;
    let answered = done.answered.lock().unwrap();
    assert_eq!(answered.len(), CALLS);
    assert!(
        answered.values().all(|count| *count == 1),
        "a call was answered twice"
    );
    assert!(done.requests.load(Ordering::SeqCst) > CALLS);
    let expiries = done.good.load(Ordering::SeqCst);
    assert_eq!(
        done.tokens.load(Ordering::SeqCst),
        expiries + 1,
        "one request a token"
    );
    assert!(expiries >= 3);
}

/// In many short pairs of rounds, of which the median counts: what else the machine does hits both of a pair alike.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_cost_little_beside_the_connection() {
    const ROUNDS: usize = if cfg!(debug_assertions) { 4 } else { 40 };
    let server = serve(|_, _| json(200, r#"{"id":1}"#)).await;
    let credentials = Credentials::new().with("oauth", Credential::bearer("t"));
    let builder = api::builder()
        .base_url(&server.url)
        .credentials(credentials);
    let ours: v1::Client = builder.build().unwrap();
    // The limits that a client has by default.
    let by_hand = v1::ReqwestTransport::client_builder().unwrap();
    let by_hand = by_hand
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(60))
        .timeout(Duration::from_secs(300));
    let by_hand = by_hand.build().unwrap();
    let mut ratios = Vec::new();
    let mut spent = [Duration::ZERO; 2];
    for round in 0..ROUNDS {
        let (own, hand);
        // By turns first and second, so that neither has the other's leavings.
        if round % 2 == 0 {
            own = run(ours.clone(), EACH / ROUNDS).await;
            hand = plain(&by_hand, &server.url, EACH / ROUNDS).await;
        } else {
            hand = plain(&by_hand, &server.url, EACH / ROUNDS).await;
            own = run(ours.clone(), EACH / ROUNDS).await;
        }
        spent = [spent[0] + own, spent[1] + hand];
        ratios.push(hand.as_secs_f64() / own.as_secs_f64());
        server.seen.lock().unwrap().clear();
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ROUNDS / 2];
    let rate = |spent: Duration| f64::from(u32::try_from(CALLS).unwrap()) / spent.as_secs_f64();
    println!(
        "calls a second: {:.0}, by hand: {:.0}, median ratio {ratio:.2}",
        rate(spent[0]),
        rate(spent[1])
    );
    // A debug build measures the debug build.
    assert!(cfg!(debug_assertions) || ratio >= 0.9, "{ratio}");
}

/// The same by hand: the parameter encoded, the token, the status looked at, the body read into the same type.
async fn plain(client: &reqwest::Client, url: &str, each: usize) -> Duration {
    let start = Instant::now();
    let base = reqwest::Url::parse(url).unwrap();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let (client, base) = (client.clone(), base.clone());
            tokio::spawn(async move {
                for number in 0..each {
                    let mut url = base.clone();
                    let id = format!("{task}-{number}");
                    url.path_segments_mut().unwrap().extend(["load", &id]);
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
