//! Durations of requests, as metrics.

use crate::api;
use crate::clock::TestClock;
use crate::server::{json, serve};
use std::future::Future as _;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self, InMemoryTransport, RetryPolicy};
use typewright_runtime::metrics::{AttributeValue, Metrics, RequestDuration};

/// Keeps what is recorded, an attribute in a line.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Metrics for Recorder {
    fn record(&self, request: &RequestDuration<'_>) {
        let attributes = request.attributes().iter().map(|(name, value)| match value {
            AttributeValue::Text(text) => format!("{name}={text}"),
            AttributeValue::Integer(integer) => format!("{name}={integer}"),
            _ => panic!("{value:?}"),
        });
        let attributes: Vec<_> = attributes.collect();
        let line = format!("{} {}", request.seconds(), attributes.join(" "));
        self.0.lock().unwrap().push(line);
    }
}

impl Recorder {
    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

fn shelf(client: &v1::Client) -> v1::Call {
    api::get(client, "s 1")
}

#[tokio::test]
async fn each_request_has_a_duration_and_attributes() {
    let (recorder, clock) = (Recorder::default(), TestClock::skipping(Duration::from_secs(60)));
    let (server_clock, requests) = (clock.clone(), Mutex::new(0));
    let server = InMemoryTransport::new(move |_| {
        let mut requests = requests.lock().unwrap();
        *requests += 1;
        server_clock.advance(Duration::from_millis(250));
        let status = if *requests == 1 { 503 } else { 200 };
        http::Response::builder().status(status).body("{}".into()).unwrap()
    });
    let builder = api::builder().base_url("https://shelves.example/base").transport(server);
    let client: v1::Client = builder.clock(clock).metrics(recorder.clone()).build().unwrap();
    shelf(&client).send::<api::Shelf>().await.ok();
    let request = "0.25 http.request.method=GET server.address=shelves.example server.port=443 \
                   url.scheme=https url.template=/shelves/{shelf}";
    let expected = [
        format!("{request} http.response.status_code=503 error.type=503"),
        format!("{request} http.response.status_code=200"),
    ];
    assert_eq!(recorder.lines(), expected);
}

#[tokio::test]
async fn failures_have_a_type_and_other_methods_no_name() {
    let purge = Box::leak(Box::new(v1::OperationSpec { method: "PURGE", ..api::GET }));
    let recorder = Recorder::default();
    let builder = api::builder().base_url("http://127.0.0.1:1").retry(RetryPolicy::off());
    let client: v1::Client = builder.metrics(recorder.clone()).build().unwrap();
    let mut call = client.call(purge);
    call.path("shelf", &"s");
    call.send::<api::Shelf>().await.unwrap_err();
    let lines = recorder.lines();
    assert_eq!(lines.len(), 1);
    let attributes = lines[0].split_once(' ').unwrap().1;
    let expected = "http.request.method=_OTHER server.address=127.0.0.1 server.port=1 \
                    url.scheme=http url.template=/shelves/{shelf} error.type=connect";
    assert_eq!(attributes, expected);
}

#[tokio::test]
async fn a_request_that_nobody_waits_for_is_recorded() {
    let (recorder, clock) = (Recorder::default(), TestClock::still());
    let server = serve(|_, _| json(200, "{}")).await;
    let builder = api::builder().base_url(&server.url).clock(clock.clone());
    let client: v1::Client = builder.metrics(recorder.clone()).build().unwrap();
    let mut future = shelf(&client).send::<api::Shelf>();
    assert!(
        std::future::poll_fn(|context| {
            std::task::Poll::Ready(Pin::new(&mut future).poll(context).is_pending())
        })
        .await
    );
    clock.advance(Duration::from_secs(2));
    assert!(recorder.lines().is_empty());
    drop(future);
    let lines = recorder.lines();
    assert!(lines[0].starts_with("2 http.request.method=GET"), "{lines:?}");
    assert!(lines[0].ends_with("error.type=cancelled"), "{lines:?}");
}

#[cfg(feature = "opentelemetry")]
mod with_opentelemetry {
    use super::*;
    use opentelemetry::metrics::{
        Histogram, HistogramBuilder, InstrumentProvider, Meter, SyncInstrument,
    };
    use opentelemetry::KeyValue;
    use typewright_runtime::metrics::{OpenTelemetry, BOUNDARIES};

    /// A meter in memory: lines of instruments and of measurements.
    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<Vec<String>>>);

    impl InstrumentProvider for Memory {
        fn f64_histogram(&self, builder: HistogramBuilder<'_, Histogram<f64>>) -> Histogram<f64> {
            assert_eq!(builder.boundaries.as_deref(), Some(&BOUNDARIES[..]));
            let line = format!("{} in {}", builder.name, builder.unit.unwrap_or_default());
            self.0.lock().unwrap().push(line);
            Histogram::new(Arc::new(self.clone()))
        }
    }

    impl SyncInstrument<f64> for Memory {
        fn measure(&self, seconds: f64, attributes: &[KeyValue]) {
            let pairs = attributes.iter().map(|pair| format!("{}={}", pair.key, pair.value));
            let line = format!("{seconds} {}", pairs.collect::<Vec<_>>().join(" "));
            self.0.lock().unwrap().push(line);
        }
    }

    #[tokio::test]
    async fn the_histogram_is_that_of_the_conventions() {
        let memory = Memory::default();
        let metrics = OpenTelemetry::new(&Meter::new(Arc::new(memory.clone())));
        let server = InMemoryTransport::new(|_| http::Response::new("{}".into()));
        let builder = api::builder().base_url("https://shelves.example").transport(server);
        let client: v1::Client =
            builder.clock(TestClock::still()).metrics(metrics).build().unwrap();
        shelf(&client).send::<api::Shelf>().await.ok();
        let lines = memory.0.lock().unwrap().clone();
        let request = "0 http.request.method=GET server.address=shelves.example server.port=443 \
                       url.scheme=https url.template=/shelves/{shelf} http.response.status_code=200";
        assert_eq!(lines, ["http.client.request.duration in s", request]);
    }
}
