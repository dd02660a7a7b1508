//! Retries: their conditions, their number and their pauses.

use crate::api::{self, get, Shelf, Touch};
use crate::clock::TestClock;
use crate::server::{json, misbehave, send_text, serve, with};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self, RetryBudget, RetryPolicy};

fn quick(url: &str) -> (v1::Client, TestClock) {
    let clock = TestClock::skipping(Duration::MAX);
    let builder = api::builder().base_url(url).clock(clock.clone()).timeout(None);
    (builder.build().unwrap(), clock)
}

#[tokio::test]
async fn transient_statuses_of_safe_calls() {
    for status in [408, 429, 500, 502, 503, 504] {
        let server =
            serve(move |number, _| if number < 2 { json(status, "{}") } else { json(200, "{}") })
                .await;
        let (client, clock) = quick(&server.url);
        get(&client, "s").send::<Shelf>().await.unwrap();
        assert_eq!(server.seen().len(), 3, "{status}");
        let pauses = clock.pauses();
        assert!(
            pauses[0] <= Duration::from_millis(250) && pauses[1] <= Duration::from_millis(500),
            "{pauses:?}"
        );
    }
}

#[tokio::test]
async fn other_statuses_and_calls_are_sent_once() {
    let server = serve(|_, _| json(501, "{}")).await;
    get(&quick(&server.url).0, "s").send::<Shelf>().await.unwrap_err();
    let server2 = serve(|_, _| json(503, "{}")).await;
    let error = quick(&server2.url).0.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
    assert!(error.is_retryable());
    let mut call = get(&quick(&server2.url).0, "s");
    call.set_retry(RetryPolicy::off());
    call.send::<Shelf>().await.unwrap_err();
    assert_eq!((server.seen().len(), server2.seen().len()), (1, 2));
}

#[tokio::test]
async fn a_key_makes_it_safe() {
    let server = serve(|number, _| if number == 0 { json(503, "{}") } else { json(204, "") }).await;
    let mut call = quick(&server.url).0.call(&api::TOUCH);
    call.set_idempotency_key("k-1");
    call.send::<Touch>().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|one| one.header("idempotency-key") == Some("k-1")));
}

#[tokio::test]
async fn an_operation_with_a_key_makes_one_up() {
    static KEYED: v1::OperationSpec =
        v1::OperationSpec { idempotency_key: Some("X-Idem"), ..api::TOUCH };
    let server = serve(|number, _| if number == 1 { json(503, "{}") } else { json(204, "") }).await;
    let (client, _) = quick(&server.url);
    client.call(&KEYED).send::<Touch>().await.unwrap();
    client.call(&KEYED).send::<Touch>().await.unwrap();
    let seen = server.seen();
    let keys: Vec<_> = seen.iter().map(|one| one.header("x-idem").unwrap()).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0] != keys[1] && keys[1] == keys[2], "{keys:?}");
    assert_eq!(keys[0].len(), 36);
}

#[tokio::test]
async fn retry_after_in_both_forms() {
    for (value, seconds) in [("3", 3), ("Sun, 06 Nov 1994 08:49:41 GMT", 4)] {
        let server = serve(move |number, _| match number {
            0 => with(
                with(json(429, "{}"), "retry-after", value),
                "date",
                "Sun, 06 Nov 1994 08:49:37 GMT",
            ),
            _ => json(200, "{}"),
        })
        .await;
        let (client, clock) = quick(&server.url);
        get(&client, "s").send::<Shelf>().await.unwrap();
        assert_eq!(clock.pauses(), [Duration::from_secs(seconds)]);
    }
}

#[tokio::test]
async fn too_long_a_wait_is_told_and_not_taken() {
    let server = serve(|_, _| with(json(503, "{}"), "retry-after", "3600")).await;
    let error = get(&quick(&server.url).0, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(server.seen().len(), 1);
    // Nor one that would end after the call's own time.
    let server = serve(|_, _| with(json(503, "{}"), "retry-after", "30")).await;
    let mut call = get(&api::builder().base_url(&server.url).build().unwrap(), "s");
    call.set_timeout(Duration::from_secs(5));
    let error = call.send::<Shelf>().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
}

#[tokio::test]
async fn broken_connections_of_safe_calls() {
    let url = misbehave(|number, mut stream| async move {
        match number {
            0 => {}
            1 => send_text(&mut stream, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").await,
            _ => {
                send_text(
                    &mut stream,
                    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
                )
                .await
            }
        }
    })
    .await;
    let response = get(&quick(&url).0, "s").send::<Shelf>().await;
    response.unwrap();
    let url = misbehave(|number, mut stream| async move {
        assert_eq!(number, 0, "a POST was sent twice");
        send_text(&mut stream, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").await;
    })
    .await;
    quick(&url).0.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
}

#[tokio::test]
async fn a_connection_that_was_never_made_is_safe_for_all() {
    let (client, clock) = quick("http://127.0.0.1:1");
    let error = client.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
    assert_eq!((error.attempts(), clock.pauses().len()), (3, 2));
}

#[tokio::test]
async fn a_body_that_exists_once_is_sent_once() {
    let server = serve(|_, _| json(503, "{}")).await;
    let mut call = quick(&server.url).0.call(&api::UPLOAD);
    call.bytes(0, v1::Body::once(v1::Bytes::from_static(b"once").into(), Some(4)));
    call.send::<api::Upload>().await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_rule_of_ones_own() {
    let server = serve(|number, _| if number == 0 { json(404, "{}") } else { json(204, "") }).await;
    let mut call = quick(&server.url).0.call(&api::TOUCH);
    call.set_retry(
        RetryPolicy::default().when(|attempt| attempt.status.is_some_and(|status| status == 404)),
    );
    call.send::<Touch>().await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_client_whose_calls_all_fail_stops_trying_again() {
    let server = serve(|_, _| json(503, "{}")).await;
    let (client, _) = quick(&server.url);
    for _ in 0..60 {
        get(&client, "s").send::<Shelf>().await.unwrap_err();
    }
    assert_eq!(server.seen().len(), 60 + 100, "the budget is for 100 retries");
}

#[tokio::test]
async fn calls_that_go_well_earn_further_tries() {
    let server = serve(|_, seen| match &*seen.target {
        "/shelves/good" => json(200, "{}"),
        "/shelves/none" => json(404, "{}"),
        _ => json(503, "{}"),
    })
    .await;
    let (client, clock) = quick(&server.url);
    let call = |shelf| get(&client, shelf).send::<Shelf>();
    for _ in 0..50 {
        call("bad").await.unwrap_err();
    }
    let spent = clock.pauses().len();
    assert_eq!(spent, 100);
    for _ in 0..9 {
        call("none").await.unwrap_err();
        call("bad").await.unwrap_err();
    }
    assert_eq!(clock.pauses().len(), spent);
    for _ in 0..5 {
        call("good").await.unwrap();
    }
    call("bad").await.unwrap_err();
    assert_eq!(clock.pauses().len(), spent + 1);
}

#[tokio::test]
async fn pauses_and_waits_have_bounds() {
    let minute = || serve(|_, _| with(json(503, "{}"), "retry-after", "60"));
    let (client, clock) = quick(&minute().await.url);
    get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(clock.pauses(), [Duration::from_secs(60); 2]);
    let (client, clock) = quick(&minute().await.url);
    let mut call = get(&client, "s");
    call.set_retry(RetryPolicy::default().max_retry_after(Duration::from_secs(59)));
    assert_eq!(call.send::<Shelf>().await.unwrap_err().attempts(), 1);
    assert!(clock.pauses().is_empty());
    let server = serve(|_, _| json(503, "{}")).await;
    let (client, clock) = quick(&server.url);
    let mut call = get(&client, "s");
    let (first, longest) = (Duration::from_secs(1000), Duration::from_secs(4000));
    call.set_retry(RetryPolicy::default().max_attempts(20).backoff(first, longest));
    call.send::<Shelf>().await.unwrap_err();
    let pauses = clock.pauses();
    assert!(pauses[0] <= first && pauses[1] <= first * 2, "{pauses:?}");
    assert!(pauses.iter().all(|pause| *pause <= longest), "{pauses:?}");
    let sum: Duration = pauses.iter().sum();
    assert!(sum > longest && pauses[5] != pauses[6], "{pauses:?}");
}

#[tokio::test]
async fn a_wait_until_the_end_of_the_calls_time_is_not_taken() {
    let server = serve(|_, _| with(json(503, "{}"), "retry-after", "10")).await;
    let builder = api::builder().base_url(&server.url).clock(TestClock::still());
    let client: v1::Client = builder.build().unwrap();
    let mut call = get(&client, "s");
    call.set_timeout(Duration::from_secs(10));
    assert_eq!(call.send::<Shelf>().await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_date_far_away_is_counted_from_today() {
    let later = "Fri, 01 Jan 2100 00:00:00 GMT";
    let server = serve(move |_, _| with(json(503, "{}"), "retry-after", later)).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    // A server that does not say what time it is there is taken to have ours.
    let silent = v1::InMemoryTransport::new(move |_| {
        let reply = http::Response::builder().status(503);
        let reply = reply.header("retry-after", later);
        reply.body("{}".into()).unwrap()
    });
    let silent: v1::Client = api::builder().transport(silent).build().unwrap();
    for client in [client, silent] {
        let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
        let years = error.retry_after().unwrap().as_secs() / 31_557_600;
        assert!(years < 80, "{years}");
    }
}

#[tokio::test]
async fn what_the_transport_cannot_send_and_what_is_too_long_is_not_tried_again() {
    let mock = v1::Mock::new();
    let client: v1::Client = api::builder().transport(mock).build().unwrap();
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    let server = serve(|_, _| json(503, "{\"a\":\"too long\"}")).await;
    let (client, clock) = quick(&server.url);
    let mut call = get(&client, "s");
    call.set_max_body_bytes(5);
    let error = call.send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), v1::ErrorKind::TooLarge);
    assert_eq!(error.raw_body(), "{\"a\":");
    assert!(clock.pauses().is_empty());
}

/// A 429 that says when there are requests again, without `Retry-After`.
#[tokio::test]
async fn a_rate_limit_that_is_spent_is_waited_for() {
    // The clock is at 1994-11-06T08:49:37Z, 784,111,777 seconds after 1970, and its server sends no `Date`.
    for (status, headers, seconds) in [
        (429, &[("ratelimit", "\"day\";r=0;t=40")][..], Some(40)),
        (429, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "30")], Some(30)),
        (429, &[("ratelimit-reset", "60")], Some(60)),
        (429, &[("ratelimit-reset", "61")], None),
        (429, &[("x-ratelimit-remaining", "5"), ("x-ratelimit-reset", "30")], None),
        (503, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "30")], None),
    ] {
        let transport = v1::InMemoryTransport::new(move |_| {
            let reply = http::Response::builder().status(status);
            let named = |reply: http::response::Builder, (name, value): &(&str, &str)| {
                reply.header(*name, *value)
            };
            headers.iter().fold(reply, named).body("{}".into()).unwrap()
        });
        let clock = TestClock::skipping(Duration::MAX);
        let builder = api::builder().transport(transport).clock(clock.clone()).timeout(None);
        let client: v1::Client = builder.build().unwrap();
        let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
        assert_eq!((error.attempts(), error.retry_after()), (3, None));
        let pauses = clock.pauses();
        match seconds {
            Some(seconds) => assert_eq!(pauses, [Duration::from_secs(seconds); 2], "{headers:?}"),
            None => {
                assert!(pauses.iter().all(|pause| *pause < Duration::from_secs(1)), "{pauses:?}")
            }
        }
        let limit = error.rate_limit().unwrap();
        assert_eq!(limit.limit(), None);
        assert!(limit.reset().is_some());
    }
}

#[tokio::test]
async fn responses_and_failures_state_their_limits() {
    let server = serve(|number, _| {
        let reply = json(if number == 0 { 200 } else { 404 }, "{}");
        let reply = with(with(reply, "x-ratelimit-limit", "60"), "x-ratelimit-remaining", "7");
        if number == 1 {
            with(reply, "x-ratelimit-reset", "9")
        } else {
            reply
        }
    })
    .await;
    let client = quick(&server.url).0;
    let limit = get(&client, "s").response::<Shelf>().await.unwrap().rate_limit().unwrap();
    assert_eq!((limit.limit(), limit.remaining(), limit.reset()), (Some(60), Some(7), None));
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.rate_limit().unwrap().reset(), Some(Duration::from_secs(9)));
    assert_eq!(error.erase().rate_limit().unwrap().remaining(), Some(7));
    let none = quick("http://127.0.0.1:1").0;
    let mut call = get(&none, "s");
    call.set_retry(RetryPolicy::off());
    assert_eq!(call.send::<Shelf>().await.unwrap_err().rate_limit(), None);
}

#[tokio::test]
async fn a_budget_is_shared_and_filled_by_time() {
    let server = serve(|_, _| json(503, "{}")).await;
    let clock = TestClock::skipping(Duration::from_secs(30));
    let budget = RetryBudget::new(3).refilled_every(Duration::from_secs(100));
    let client = || -> v1::Client {
        let builder = api::builder().base_url(&server.url).clock(clock.clone()).timeout(None);
        builder.retry(RetryPolicy::default().budget(budget.clone())).build().unwrap()
    };
    let (one, other) = (client(), client());
    let attempts = |client: &v1::Client| {
        let call = get(client, "s").send::<Shelf>();
        async move { call.await.unwrap_err().attempts() }
    };
    assert_eq!((attempts(&one).await, attempts(&one.clone()).await), (3, 2));
    assert_eq!((attempts(&other).await, budget.left()), (1, 0));
    clock.advance(Duration::from_secs(100));
    assert_eq!((attempts(&other).await, attempts(&one).await), (2, 1));
    // A policy of a call has the client's budget, unless it has its own.
    for (budget, expected) in
        [(None, 1), (Some(RetryBudget::new(1)), 2), (Some(RetryBudget::unlimited()), 4)]
    {
        let policy = RetryPolicy::default().max_attempts(4);
        let policy = budget.into_iter().fold(policy, RetryPolicy::budget);
        let mut call = get(&one, "s");
        call.set_retry(policy);
        assert_eq!(call.send::<Shelf>().await.unwrap_err().attempts(), expected);
    }
}
