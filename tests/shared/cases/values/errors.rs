//! Failures, and replies that deviate from the document.

use crate::server::{answering, client};
use cases::server_02::runtime::ErrorKind;
use cases::server_02::runtime::client::Decoding;
use cases::{server_01, server_02, server_06};
use std::sync::{Arc, Mutex};

/// Events that an observing client receives.
fn observing() -> (Decoding, Arc<Mutex<Vec<String>>>) {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&reported);
    let decoding = Decoding::observing(move |deviation| {
        let text = format!("{} {}", deviation.expected, deviation.actual);
        list.lock().unwrap().push(text);
    });
    (decoding, reported)
}

macro_rules! decoding {
    ($document:ident, $server:expr, $decoding:expr) => {
        $document::Client::builder()
            .base_url("http://h")
            .transport($server)
            .decoding($decoding)
            .build()
            .unwrap()
    };
}

#[tokio::test]
async fn null_that_the_document_allows_is_no_deviation() {
    let server = answering(200, "application/json", r#"{"documents":["a",null]}"#);
    let strict = decoding!(server_02, server.clone(), Decoding::Strict)
        .get_docs()
        .await;
    let documents = strict.unwrap().documents.into_value().unwrap();
    assert_eq!(documents, [Some("a".to_owned()), None]);
    let (decoding, reported) = observing();
    decoding!(server_02, server, decoding)
        .get_docs()
        .await
        .unwrap();
    assert_eq!(*reported.lock().unwrap(), [""; 0]);
}

/// A client that was generated with `responses = "lenient"`.
#[tokio::test]
async fn null_in_place_of_a_list_or_map_is_an_empty_one() {
    for body in [
        r#"{"name":"v1","labels":null,"tags":null}"#,
        r#"{"name":"v1"}"#,
    ] {
        let server = answering(200, "application/json", body);
        let strict = decoding!(server_01, server, Decoding::Strict)
            .get_volume()
            .await;
        let volume = strict.unwrap();
        assert_eq!(volume.name.as_deref(), Some("v1"));
        assert!(volume.labels.is_empty() && volume.tags.is_empty());
    }
}

#[tokio::test]
async fn a_documented_error_without_a_body() {
    let rows = [
        ("", ""),
        ("text/html", "<h1>gone</h1>"),
        ("application/json", ""),
    ];
    for (media_type, body) in rows {
        let error = client!(server_03, answering(404, media_type, body))
            .get_thing("a")
            .await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{media_type}");
        assert_eq!(error.raw_body(), body);
        let text = format!("{error:#}");
        assert!(text.contains("404 Not Found"), "{text}");
        assert!(
            !text.contains("cannot be read") && !text.contains("EOF"),
            "{text}"
        );
        assert_eq!(error.excerpt(), body);
    }
    let error = client!(server_03, answering(500, "application/json", r#""why""#))
        .get_thing("a")
        .await;
    assert_eq!(error.unwrap_err().body().map(String::as_str), Some("why"));
}

#[tokio::test]
async fn a_success_of_another_status_is_taken_for_the_documented_one() {
    let server = answering(201, "application/json", r#"{"kind":"x"}"#);
    let body = server_06::types::CreateMetadataBody::new();
    let tolerant = client!(server_06, server);
    tolerant.create_metadata("a", &body).await.unwrap();
    let (decoding, reported) = observing();
    let observing = decoding!(server_06, server.clone(), decoding);
    observing.create_metadata("a", &body).await.unwrap();
    assert_eq!(*reported.lock().unwrap(), ["a documented status 201"]);
    let strict = decoding!(server_06, server, Decoding::Strict);
    let error = strict.create_metadata("a", &body).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
}
