//! Replies that are ahead of their document, through a generated client.

use crate::metastore::request;
use crate::server::{Answer, Server};
use std::sync::{Arc, Mutex};
use typewright_runtime::v1::{Decoding, ErrorKind};
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
    assert_eq!(
        (kind, path.as_deref()),
        (ErrorKind::Decode, Some("description"))
    );
}

#[tokio::test]
async fn tolerant_keeps_what_has_a_place() {
    assert_kept(&read(Decoding::default()).await.unwrap());
}

#[tokio::test]
async fn observing_tells_each_departure() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let decoding = Decoding::observing(move |departure| {
        let line = format!("{} {}", departure.operation, departure.path);
        log.lock().unwrap().push(line);
    });
    assert_kept(&read(decoding).await.unwrap());
    let told = told.lock().unwrap();
    let paths: Vec<_> = told
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    assert_eq!(paths, ["description", "response.status"]);
}
