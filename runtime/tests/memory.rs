//! Calls leave nothing in memory.
//!
//! In release it makes 6 × 128,000 calls:
//! `cargo test --profile dist -p typewright-runtime --test memory -- --nocapture`.

#![allow(clippy::unwrap_used, reason = "tests may, and their helpers too")]
#![cfg(feature = "reqwest")]

use stats_alloc::{StatsAlloc, INSTRUMENTED_SYSTEM};
use std::alloc::System;
use typewright_runtime::codegen::v1::{self, Credential, Credentials};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const TASKS: usize = 64;
const EACH: usize = if cfg!(debug_assertions) { 20 } else { 2_000 };

/// Rounds of calls before, in which connections, buffers and pools come into being, and as many after.
const ROUNDS: usize = 3;

/// The buffers of connections differ from round to round by a few KiB each.
const CONNECTIONS: usize = TASKS * 8 * 1024;

static API: v1::ApiSpec = v1::ApiSpec {
    title: "Load",
    version: "1",
    servers: &[],
    schemes: &[v1::Scheme { name: "bearer", kind: v1::SchemeKind::Bearer }],
};

static GET: v1::OperationSpec = v1::OperationSpec {
    id: "load",
    path: "/load/{id}",
    parameters: &[v1::Parameter::path("id")],
    responses: &[v1::ResponseSpec {
        status: v1::Status::Exact(200),
        contents: &[v1::Content::new("application/json", v1::MediaCodec::Json)],
    }],
    security: &[&[v1::SecurityNeed::scheme("bearer")]],
    ..v1::OperationSpec::DEFAULT
};

struct Get;

impl v1::Endpoint for Get {
    type Output = v1::Json<v1::Value>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

/// A server in this process, which keeps nothing of what it is asked.
async fn serve() -> String {
    let answer = || async { ([("content-type", "application/json")], r#"{"id":1}"#) };
    let app = axum::Router::new().fallback(answer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// Makes the calls; the bytes on the heap afterwards.
async fn run(client: &v1::Client) -> usize {
    let task = |task: usize| {
        let client = client.clone();
        async move {
            for number in 0..EACH {
                let mut call = client.call(&GET);
                call.path("id", &format!("{task}-{number}"));
                call.send::<Get>().await.unwrap();
            }
        }
    };
    let tasks: Vec<_> = (0..TASKS).map(|number| tokio::spawn(task(number))).collect();
    for task in tasks {
        task.await.unwrap();
    }
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_leave_nothing_behind() {
    let credentials = Credentials::new().with("bearer", Credential::bearer("t"));
    let builder = v1::ClientBuilder::new(&API).base_url(serve().await);
    let client: v1::Client = builder.credentials(credentials).build().unwrap();
    let mut live = Vec::new();
    for _ in 0..2 * ROUNDS {
        live.push(run(&client).await);
    }
    let calls = TASKS * EACH;
    println!("bytes on the heap after each {calls} calls: {live:?}");
    let (before, after) = live.split_at(ROUNDS);
    let (before, after) = (before.iter().max().unwrap(), after.iter().min().unwrap());
    assert!(*after <= before + CONNECTIONS, "{live:?}");
}
