//! Long-running operations as streams of their states.

use crate::api::{self, reply, JSON};
use crate::server::{json, serve, with, Server};
use std::time::Duration;
use typewright_runtime::codegen::v1::{
    self, ErrorKind, Follow, OperationState, PollConfig, Polling, Until, Update,
};

const GET: v1::OperationSpec = v1::OperationSpec {
    id: "getOperation",
    path: "/operations/{id}",
    parameters: &[v1::Parameter::path("id")],
    responses: &[reply(v1::Status::Exact(200), JSON), reply(v1::Status::Exact(202), JSON)],
    ..v1::OperationSpec::DEFAULT
};
const START: v1::OperationSpec = v1::OperationSpec {
    id: "startOperation",
    method: "POST",
    path: "/starts/{folder}",
    parameters: &[v1::Parameter::path("folder")],
    ..GET
};
static BY_ID: v1::OperationSpec = v1::OperationSpec {
    follow: Some(Follow::Poll(Polling {
        elsewhere: None,
        parameter: "id",
        id: "/id",
        until: Until::Done { done: "/done", error: "/error" },
    })),
    ..START
};
static BY_LOCATION: v1::OperationSpec =
    v1::OperationSpec { follow: Some(Follow::Location), ..START };

struct Get;
impl v1::Endpoint for Get {
    type Output = v1::Json<v1::Value>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &GET
    }
}

impl v1::LongRunning for Get {
    type Last = Self;
}

fn call(server: &Server, operation: &'static v1::OperationSpec) -> v1::Call {
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    client.call(operation)
}

fn start(server: &Server, operation: &'static v1::OperationSpec) -> v1::Call {
    let mut call = call(server, operation);
    call.path("folder", &"f");
    call
}

fn soon() -> PollConfig {
    PollConfig::default().backoff(Duration::from_millis(10), Duration::from_millis(10))
}

/// The states that a stream shows, and what comes after them.
async fn states(mut watch: v1::Watch<Get>) -> (Vec<OperationState>, Result<v1::Value, ErrorKind>) {
    let mut states = Vec::new();
    loop {
        match watch.next().await.unwrap() {
            Ok(Update::Running(state)) => states.push(state),
            Ok(Update::Ended(result)) => {
                assert!(watch.next().await.is_none());
                return (states, Ok(result));
            }
            Err(error) => {
                assert!(watch.next().await.is_none());
                return (states, Err(error.kind()));
            }
        }
    }
}

fn targets(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| format!("{} {}", seen.method, seen.target)).collect()
}

#[tokio::test]
async fn each_state_is_shown_and_then_the_result() {
    let server = serve(|number, _| match number {
        0 => json(200, r#"{"id":"a/1","done":false,"percent":0}"#),
        1 => with(json(200, r#"{"id":"a/1","percent":50}"#), "x-step", "2"),
        _ => json(200, r#"{"id":"a/1","done":true,"size":7}"#),
    })
    .await;
    let (states, result) = states(start(&server, &BY_ID).watch::<Get>(soon())).await;
    assert_eq!(result.unwrap()["size"].as_i64(), Some(7));
    let percents = states.iter().map(|state| state.body().unwrap()["percent"].as_i64().unwrap());
    assert_eq!(percents.collect::<Vec<_>>(), [0, 50]);
    assert_eq!(states[1].headers()["x-step"], "2");
    assert_eq!(states[1].status(), 200);
    assert_eq!(states[1].read::<v1::Map<v1::Value>>().unwrap()["percent"].as_i64(), Some(50));
    assert_eq!(states[0].to_string(), "a/1");
    let poll = "GET /operations/a%2F1";
    assert_eq!(targets(&server), ["POST /starts/f", poll, poll]);
}

#[tokio::test]
async fn another_process_goes_on_by_the_text_of_a_state() {
    let server = serve(|number, _| match number {
        0..2 => json(200, r#"{"id":"a/1","done":false}"#),
        _ => json(200, r#"{"id":"a/1","done":true}"#),
    })
    .await;
    let mut watch = start(&server, &BY_ID).watch::<Get>(soon());
    let Some(Ok(Update::Running(state))) = watch.next().await else {
        panic!("it has ended");
    };
    drop(watch);
    let text = state.to_string();
    let (states, result) = states(call(&server, &BY_ID).resume_watch::<Get>(&text, soon())).await;
    assert_eq!(states.len(), 1);
    assert_eq!(states[0].id(), text);
    assert_eq!(result.unwrap()["done"].as_bool(), Some(true));
    let poll = "GET /operations/a%2F1";
    assert_eq!(targets(&server), ["POST /starts/f", poll, poll]);
}

/// The text is a whole URL, so that a call without the parameters of the first one can go on.
#[tokio::test]
async fn another_process_goes_on_at_the_url_of_a_state() {
    let server = serve(|number, _| match number {
        0 => with(json(202, ""), "location", "../states/1"),
        1..3 => json(202, r#"{"percent":50}"#),
        _ => json(200, r#"{"done":true}"#),
    })
    .await;
    let mut watch = start(&server, &BY_LOCATION).watch::<Get>(soon());
    let Some(Ok(Update::Running(state))) = watch.next().await else {
        panic!("it has ended");
    };
    assert!(state.body().is_none());
    assert!(state.read::<v1::Value>().is_err());
    assert_eq!(state.id(), format!("{}/states/1", server.url));
    let resumed = call(&server, &BY_LOCATION).resume_watch::<Get>(state.id(), soon());
    let (states, result) = states(resumed).await;
    assert_eq!(result.unwrap()["done"].as_bool(), Some(true));
    let ids: Vec<_> = states.iter().map(OperationState::id).collect();
    assert_eq!(ids, [state.id(), state.id()]);
    let waited = call(&server, &BY_LOCATION).resume::<Get>(state.id(), soon()).await;
    assert_eq!(waited.unwrap()["done"].as_bool(), Some(true));
    assert_eq!(targets(&server)[1..], ["GET /states/1"; 4]);
}

#[tokio::test]
async fn a_url_of_another_server_gets_no_request() {
    let server = serve(|_, _| json(200, "{}")).await;
    let thief = serve(|_, _| json(200, "{}")).await;
    let url = format!("{}/states/1", thief.url);
    let watch = call(&server, &BY_LOCATION).resume_watch::<Get>(&url, soon());
    let (states, result) = states(watch).await;
    assert!(states.is_empty());
    assert_eq!(result.unwrap_err(), ErrorKind::Redirect);
    assert!(thief.seen().is_empty() && server.seen().is_empty());
}

#[tokio::test]
async fn failures_and_the_deadline_end_the_stream() {
    let server = serve(|number, _| match number {
        0 => json(200, r#"{"id":"1"}"#),
        _ => json(200, r#"{"id":"1","done":true,"error":{"message":"no room"}}"#),
    })
    .await;
    let (seen, result) = states(start(&server, &BY_ID).watch::<Get>(soon())).await;
    assert_eq!((seen.len(), result.unwrap_err()), (1, ErrorKind::Operation));
    let server = serve(|_, _| json(200, r#"{"id":"1"}"#)).await;
    let config = soon().deadline(Duration::from_millis(60));
    let (seen, result) = states(start(&server, &BY_ID).watch::<Get>(config)).await;
    assert!(!seen.is_empty());
    assert_eq!(result.unwrap_err(), ErrorKind::Timeout);
    let (seen, result) = states(start(&server, &GET).watch::<Get>(soon())).await;
    assert_eq!((seen.len(), result.unwrap_err()), (0, ErrorKind::Encode));
}
