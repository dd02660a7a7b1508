//! Pauses between two polls of an operation.

use crate::api::{self, reply, JSON};
use crate::clock::TestClock;
use crate::server::{json, serve};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self, Follow, PollConfig, Polling, Until};

/// Longer than the pauses, and shorter than the time limit of a call.
const LIMIT: Duration = Duration::from_secs(200);

const GET: v1::OperationSpec = v1::OperationSpec {
    id: "getOperation",
    path: "/operations/{id}",
    parameters: &[v1::Parameter::path("id")],
    responses: &[reply(v1::Status::Exact(200), JSON), reply(v1::Status::Exact(202), JSON)],
    ..v1::OperationSpec::DEFAULT
};
const POLLING: Polling = Polling {
    elsewhere: None,
    parameter: "id",
    id: "/id",
    until: Until::Done { done: "/done", error: "/error" },
};

struct Got;
impl v1::Endpoint for Got {
    type Output = v1::Json<v1::Value>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &GET
    }
}

impl v1::LongRunning for Got {
    type Last = Self;
}

static POLLED: v1::OperationSpec = v1::OperationSpec { follow: Some(Follow::Poll(POLLING)), ..GET };
static BY_LOCATION: v1::OperationSpec = v1::OperationSpec { follow: Some(Follow::Location), ..GET };

/// The backoff of an operation that ends with the fourteenth answer.
async fn backoff(config: PollConfig) -> Vec<Duration> {
    let server = serve(|number, _| match number {
        0..13 => json(200, r#"{"id":"1","done":false}"#),
        _ => json(200, r#"{"id":"1","done":true}"#),
    })
    .await;
    let clock = TestClock::skipping(LIMIT);
    let builder = api::builder().base_url(&server.url).clock(clock.clone());
    let client: v1::Client = builder.build().unwrap();
    let mut call = client.call(&POLLED);
    call.path("id", &"1");
    call.wait::<Got>(config).await.unwrap();
    assert_eq!(server.seen().len(), 14);
    clock.pauses()
}

#[tokio::test]
async fn pauses_grow_by_half_and_are_up_to_a_fifth_shorter() {
    for (config, first, longest) in [
        (PollConfig::default(), 1.0, 30.0),
        (PollConfig::default().backoff(Duration::from_secs(2), Duration::from_secs(6)), 2.0, 6.0),
        // An end that is never reached changes nothing.
        (PollConfig::default().deadline(Duration::from_secs(3600)), 1.0, 30.0),
    ] {
        let backoff = backoff(config).await;
        assert_eq!(backoff.len(), 13);
        let mut whole: f64 = first;
        for pause in &backoff {
            let share = pause.as_secs_f64() / whole;
            assert!((0.799..=1.001).contains(&share), "{backoff:?}");
            whole = (whole * 1.5).min(longest);
        }
        let last: Vec<_> = backoff.iter().rev().take(2).collect();
        assert_ne!(last[0], last[1], "they differ by chance");
    }
}

#[tokio::test]
async fn a_202_that_leads_nowhere_is_the_answer() {
    let server = serve(|_, _| json(202, r#"{"a":1}"#)).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&BY_LOCATION);
    call.path("id", &"1");
    let done = call.wait::<Got>(PollConfig::default()).await;
    assert_eq!(done.unwrap()["a"].as_i64(), Some(1));
    assert_eq!(server.seen().len(), 1);
}

/// The pauses before an operation ends whose server asks for this pause each time.
async fn pauses_after(retry_after: &'static str, config: PollConfig) -> Vec<Duration> {
    let server = serve(move |number, _| {
        let reply = match number {
            0..3 => json(200, r#"{"id":"1","done":false}"#),
            _ => json(200, r#"{"id":"1","done":true}"#),
        };
        crate::server::with(reply, "retry-after", retry_after)
    })
    .await;
    let clock = TestClock::skipping(LIMIT);
    let builder = api::builder().base_url(&server.url).clock(clock.clone());
    let client: v1::Client = builder.build().unwrap();
    let mut call = client.call(&POLLED);
    call.path("id", &"1");
    call.wait::<Got>(config).await.unwrap();
    clock.pauses()
}

#[tokio::test]
async fn what_a_server_asks_for_has_bounds() {
    let config = PollConfig::default().max_retry_after(Duration::from_secs(90));
    let quick = Duration::from_millis(20);
    for (retry_after, config, pause) in [
        ("0", config, Duration::from_secs(1)),
        ("7", config, Duration::from_secs(7)),
        ("99999999999", config, Duration::from_secs(90)),
        ("99999999999999999999999", config, Duration::from_secs(90)),
        ("0", config.backoff(quick, quick), quick),
        ("0", config.backoff(Duration::ZERO, Duration::ZERO), Duration::from_millis(10)),
        ("1", config.backoff(LIMIT, LIMIT), Duration::from_secs(1)),
    ] {
        assert_eq!(pauses_after(retry_after, config).await, [pause; 3], "{retry_after}");
    }
}

#[tokio::test]
async fn no_pause_is_beyond_reckoning() {
    let config = PollConfig::default().backoff(Duration::from_secs(1), Duration::MAX);
    let pauses = backoff(config.deadline(Duration::MAX)).await;
    assert_eq!(pauses.len(), 13);
}
