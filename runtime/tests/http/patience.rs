//! How long is waited between two questions about an operation.

use crate::api::{self, reply, JSON};
use crate::server::{json, serve};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use typewright_runtime::v1::{self, BoxFuture, Patience, Polling, Until};

/// A clock whose shorter pauses take no time, and are written down.
#[derive(Clone, Default)]
struct Noted(Arc<Mutex<Vec<Duration>>>);

const LIMIT: Duration = Duration::from_secs(200);

impl v1::Clock for Noted {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().iter().sum()
    }

    fn since_epoch(&self) -> Duration {
        self.now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let pauses = Arc::clone(&self.0);
        Box::pin(async move {
            if duration > LIMIT {
                return std::future::pending().await;
            }
            pauses.lock().unwrap().push(duration);
        })
    }
}

static GET: v1::OperationData = v1::OperationData {
    id: "getOperation",
    path: "/operations/{id}",
    parameters: &[v1::Parameter::path("id")],
    replies: &[
        reply(v1::Status::Exact(200), JSON),
        reply(v1::Status::Exact(202), JSON),
    ],
    ..v1::OperationData::DEFAULT
};
static POLLING: Polling = Polling {
    get: &GET,
    parameter: "id",
    id: "/id",
    until: Until::Done {
        done: "/done",
        error: "/error",
    },
};

struct Got;
impl v1::Signature for Got {
    type Reply = v1::Json<v1::Value>;
    type Failure = v1::Undocumented;
}

/// The pauses of an operation that ends with the fourteenth answer.
async fn pauses(patience: Patience) -> Vec<Duration> {
    let server = serve(|number, _| match number {
        0..13 => json(200, r#"{"id":"1","done":false}"#),
        _ => json(200, r#"{"id":"1","done":true}"#),
    })
    .await;
    let clock = Noted::default();
    let builder = api::builder().base_url(&server.url).clock(clock.clone());
    let client: v1::Client = builder.build().unwrap();
    let mut call = client.call(&GET);
    call.path("id", &"1");
    call.wait::<Got>(&POLLING, patience).await.unwrap();
    assert_eq!(server.seen().len(), 14);
    let pauses = clock.0.lock().unwrap().clone();
    pauses
}

#[tokio::test]
async fn pauses_grow_by_half_and_are_up_to_a_fifth_shorter() {
    for (patience, first, longest) in [
        (Patience::default(), 1.0, 30.0),
        (
            Patience::default().pauses(Duration::from_secs(2), Duration::from_secs(6)),
            2.0,
            6.0,
        ),
        // An end that is never reached changes nothing.
        (
            Patience::default().deadline(Duration::from_secs(3600)),
            1.0,
            30.0,
        ),
    ] {
        let pauses = pauses(patience).await;
        assert_eq!(pauses.len(), 13);
        let mut whole: f64 = first;
        for pause in &pauses {
            let share = pause.as_secs_f64() / whole;
            assert!((0.799..=1.001).contains(&share), "{pauses:?}");
            whole = (whole * 1.5).min(longest);
        }
        let last: Vec<_> = pauses.iter().rev().take(2).collect();
        assert_ne!(last[0], last[1], "they differ by chance");
    }
}

#[tokio::test]
async fn a_202_that_leads_nowhere_is_the_answer() {
    let server = serve(|_, _| json(202, r#"{"a":1}"#)).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&GET);
    call.path("id", &"1");
    let done = call.wait_by_location::<Got>(Patience::default()).await;
    assert_eq!(done.unwrap()["a"].as_i64(), Some(1));
    assert_eq!(server.seen().len(), 1);
}
