//! A span for each call, for a subscriber that keeps what it is told.

use crate::api::{self, get, Shelf};
use crate::server::{json, serve};
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use typewright_runtime::v1;

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
    let server = serve(|number, _| json(if number == 0 { 503 } else { 404 }, "{}")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = get(&client, "s");
    call.set_query("api_key", "hunter2");
    call.send::<Shelf>().await.unwrap_err();
    drop(guard);
    let lines = keeper.0.lock().unwrap().join("\n");
    for expected in [
        "operation.id=\"getShelf\"",
        "http.request.method=\"GET\"",
        "url.template=\"/shelves/{shelf}\"",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=404",
        "http.request.resend_count=1",
        "error.type=\"404\"",
    ] {
        assert!(lines.contains(expected), "{expected} in\n{lines}");
    }
    assert!(!lines.contains("hunter2"));
}
