//! Responses that deviate from their document, through a generated client.

use super::metastore::request;
use super::server::{Answer, Server};
use goldens::streams;
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1::{Decoding, ErrorKind};
use yandex_metastore::types::{ClusterStatus, Operation};
use yandex_metastore::{Client, Credentials};

const AHEAD: &str =
    r#"{"id":"o1","description":null,"response":{"status":"HIBERNATING","newInJune":{"a":1}}}"#;

async fn read(decoding: Decoding) -> Result<Operation, (ErrorKind, Option<String>)> {
    let server = Server::start([Answer::json(200, AHEAD)]).await;
    let client = Client::builder()
        .base_url(&server.url)
        .credentials(Credentials::new().bearer_token("t0ken"))
        .decoding(decoding)
        .build()
        .unwrap();
    let reply = client.cluster_export_data("c1", &request()).await;
    reply.map_err(|error| (error.kind(), error.path()))
}

fn assert_kept(operation: &Operation) {
    assert_eq!(operation.description, None);
    let cluster = operation.response.as_ref().unwrap();
    let unlisted = ClusterStatus::Unlisted("HIBERNATING".to_owned());
    assert_eq!(cluster.status, Some(unlisted));
}

#[tokio::test]
async fn strict_refuses_the_first_departure() {
    let (kind, path) = read(Decoding::Strict).await.unwrap_err();
    assert_eq!((kind, path.as_deref()), (ErrorKind::Decode, Some("description")));
}

#[tokio::test]
async fn tolerant_keeps_what_has_a_place() {
    assert_kept(&read(Decoding::default()).await.unwrap());
}

#[tokio::test]
async fn observing_tells_each_departure() {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&reported);
    let decoding = Decoding::observing(move |departure| {
        let line = format!("{} {}", departure.operation, departure.path);
        log.lock().unwrap().push(line);
    });
    assert_kept(&read(decoding).await.unwrap());
    let reported = reported.lock().unwrap();
    let paths: Vec<_> = reported.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(paths, ["description", "response.status"]);
}

/// The number of items of a stream that are read, and the paths that were reported.
async fn stream(
    path: &str,
    decoding: fn(Arc<Mutex<Vec<String>>>) -> Decoding,
) -> (usize, Vec<String>) {
    let lines = "{\"id\":1,\"size\":\"5\"}\n{\"id\":2,\"size\":null}\n";
    let events = "data: {\"id\":1,\"size\":\"5\"}\n\ndata: {\"id\":2,\"size\":null}\n\n";
    let answer = match path {
        "lines" => Answer::new(200, "application/x-ndjson", lines),
        _ => Answer::new(200, "text/event-stream", events),
    };
    let server = Server::start([answer]).await;
    let reported = Arc::default();
    let client = streams::Client::builder()
        .base_url(&server.url)
        .decoding(decoding(Arc::clone(&reported)))
        .build()
        .unwrap();
    let mut read = 0;
    if path == "lines" {
        let mut lines = client.list_lines().await.unwrap();
        while let Some(Ok(_)) = lines.next().await {
            read += 1;
        }
    } else {
        let mut events = client.watch().await.unwrap();
        while let Some(Ok(_)) = events.next().await {
            read += 1;
        }
    }
    let reported = reported.lock().unwrap().clone();
    (read, reported)
}

/// Null for an optional member that travels by a codec is a departure, in each item of a stream too.
#[tokio::test]
async fn items_of_streams_are_taken_as_replies_are() {
    for path in ["lines", "events"] {
        let strict = stream(path, |_| Decoding::Strict).await;
        assert_eq!(strict, (1, vec![]), "{path}");
        let tolerant = stream(path, |_| Decoding::Tolerant).await;
        assert_eq!(tolerant, (2, vec![]), "{path}");
        let observing = |reported: Arc<Mutex<Vec<String>>>| {
            Decoding::observing(move |departure| {
                reported.lock().unwrap().push(departure.path.clone())
            })
        };
        let observed = stream(path, observing).await;
        assert_eq!(observed, (2, vec!["size".to_owned()]), "{path}");
    }
}
