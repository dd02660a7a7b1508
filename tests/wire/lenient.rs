//! Responses without required members, decoded by a client that is generated for such a server.

use super::server::{Answer, Server};
use goldens::lenient_replies::types::{Lists, MountInput, NewVolume, Page, Volume};
use goldens::lenient_replies::Client;
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1::{Decoding, Maybe};

/// As Go writes it where nothing was made; null in the lists is what the document allows.
const NIL: &str =
    r#"{"name":"v","labels":null,"tags":null,"usage":null,"holes":[null],"documents":["a",null]}"#;

async fn created(decoding: Decoding, reply: &str) -> (Volume, String) {
    let server = Server::start([Answer::json(201, reply)]).await;
    let client = Client::builder().base_url(&server.url).decoding(decoding).build().unwrap();
    let mounts = vec![MountInput::new("s", [])];
    let body = NewVolume::new("v", Lists::new([]), mounts);
    let volume = client.create_volume(&body).await.unwrap();
    let sent = server.sent()[0].text().to_owned();
    (volume, sent)
}

fn assert_nil(volume: &Volume) {
    assert_eq!(volume.name.as_deref(), Some("v"));
    assert!(volume.labels.is_empty() && volume.tags.is_empty() && volume.usage.is_none());
    assert_eq!(volume.holes, [None]);
    let documents = vec![Some("a".to_owned()), None];
    assert_eq!(volume.documents, Maybe::Value(documents));
}

/// The client was generated for such replies, so that they are no deviation, and requests say all that the document asks for.
#[tokio::test]
async fn what_a_reply_may_lack_is_no_deviation() {
    let expected = r#"{"name":"v","options":{"opts":[]},"mounts":[{"source":"s","opts":[]}]}"#;
    for decoding in [Decoding::Strict, Decoding::Tolerant] {
        let (volume, sent) = created(decoding, NIL).await;
        assert_nil(&volume);
        assert_eq!(sent, expected);
    }
    let reported = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&reported);
    let observing = move |deviation: &typewright_runtime::codegen::v1::Deviation<'_>| {
        log.lock().unwrap().push(deviation.path.clone());
    };
    let (volume, _) = created(Decoding::observing(observing.clone()), NIL).await;
    assert_nil(&volume);
    assert_eq!(*reported.lock().unwrap(), [""; 0]);
    // An optional member may be missing; that it is null deviates as ever.
    let note = NIL.replace("\"name\":\"v\"", "\"name\":\"v\",\"note\":null");
    let (volume, _) = created(Decoding::observing(observing), &note).await;
    assert_nil(&volume);
    assert_eq!(*reported.lock().unwrap(), ["note"]);
}

/// A page without its list has no items, and is the last one.
#[tokio::test]
async fn pages_without_their_list_have_no_items() {
    for last in ["{}", r#"{"data":null}"#, r#"{"data":{"items":null,"total":null}}"#] {
        let first = r#"{"data":{"items":[{"name":"a"},{"name":null}]}}"#;
        let server = Server::start([Answer::json(200, first), Answer::json(200, last)]).await;
        let client = Client::builder().base_url(&server.url).build().unwrap();
        let mut items = client.list_volumes().limit(2).items();
        let mut names = Vec::new();
        while let Some(item) = items.next().await {
            names.push(item.unwrap().name);
        }
        assert_eq!(names, [Some("a".to_owned()), None], "{last}");
        let page: Page = typewright_runtime::value::from_json(last.as_bytes()).unwrap();
        assert!(page.data.is_none_or(|data| data.items.is_empty()));
    }
}
