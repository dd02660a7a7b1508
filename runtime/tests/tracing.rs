//! The span of each call, recorded by a subscriber.
//!
//! In a program of its own: whether anybody listens to a span is found out once for the whole process, and a call of
//! another test, made at that moment in a thread without a subscriber, would answer no for all.
#![allow(clippy::unwrap_used, reason = "tests may, and their helpers too")]
#![cfg(all(feature = "tracing", feature = "reqwest"))]

use std::fmt::Debug;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use typewright_runtime::codegen::v1;

static API: v1::ApiSpec =
    v1::ApiSpec { title: "Shelves", version: "1", servers: &[], schemes: &[] };

static GET: v1::OperationSpec = v1::OperationSpec {
    id: "getShelf",
    path: "/shelves/{shelf}",
    parameters: &[v1::Parameter::path("shelf")],
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

/// Is away at first, and then does not know the shelf.
fn server() -> v1::InMemoryTransport {
    let requests = AtomicU16::new(0);
    v1::InMemoryTransport::new(move |_| {
        let again = requests.fetch_add(1, Ordering::Relaxed) > 0;
        let status = if again { 404 } else { 503 };
        let reply = http::Response::builder().status(status);
        reply.body("{}".into()).unwrap()
    })
}

#[derive(Clone, Default)]
struct Keeper(Arc<Mutex<Vec<String>>>);

struct Fields<'a>(&'a Keeper, u64);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let line = format!("{} {}={value:?}", self.1, field.name());
        self.0 .0.lock().unwrap().push(line);
    }
}

impl Subscriber for Keeper {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("typewright_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Fields(self, 1));
        Id::from_u64(1)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut Fields(self, span.into_u64()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_a_span() {
    let keeper = Keeper::default();
    let guard = tracing::subscriber::set_default(keeper.clone());
    let builder = v1::ClientBuilder::new(&API).base_url("https://shelves.example");
    let client: v1::Client = builder.transport(server()).build().unwrap();
    let mut call = client.call(&GET);
    call.path("shelf", &"s");
    call.set_query("api_key", "hunter2");
    call.send::<Get>().await.unwrap_err();
    drop(guard);
    let lines = keeper.0.lock().unwrap().join("\n");
    for expected in [
        "operation.id=\"getShelf\"",
        "http.request.method=\"GET\"",
        "url.template=\"/shelves/{shelf}\"",
        "server.address=\"shelves.example\"",
        "server.port=443",
        "http.response.status_code=404",
        "http.request.resend_count=1",
        "error.type=\"404\"",
    ] {
        assert!(lines.contains(expected), "{expected} in\n{lines}");
    }
    assert!(!lines.contains("hunter2"));
}
