//! Media types of request bodies.

use crate::api::{self, reply, Touch};
use crate::bodies::{plain, value, SEND};
use crate::server::{json, serve};
use typewright_runtime::codegen::v1::{self, MediaCodec};

/// One value in two media types, as a document offers them.
static MANY: v1::OperationSpec = v1::OperationSpec {
    id: "many",
    method: "POST",
    path: "/many",
    bodies: &[
        v1::Content::json("application/json"),
        v1::Content::new("application/x-www-form-urlencoded", MediaCodec::Form),
    ],
    responses: &[reply(v1::Status::Exact(204), &[])],
    ..v1::OperationSpec::DEFAULT
};

#[tokio::test]
async fn a_body_is_what_its_label_says() {
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let labelled = |label: &str| {
        let mut call = client.call(&MANY);
        call.body(0, &value(r#"{"a":"x y","n":[1,2]}"#));
        call.set_content_type(label);
        call
    };
    let form = "application/x-www-form-urlencoded";
    labelled(form).send::<Touch>().await.unwrap();
    assert_eq!(plain(&server.one()), (form.into(), "a=x+y&n=1&n=2".into()));
    let patch = "application/merge-patch+json";
    labelled(patch).send::<Touch>().await.unwrap();
    let same = r#"{"a":"x y","n":[1,2]}"#;
    let seen = server.seen();
    assert_eq!(plain(&seen[1]), (patch.into(), same.into()));
    for label in ["application/xml", "application/soap+xml", "multipart/form-data"] {
        let error = labelled(label).send::<Touch>().await.unwrap_err();
        let error = format!("{error:#}");
        assert!(error.contains(label), "{error}");
    }
}

/// Bodies of each syntax, and of none.
static ALL: v1::OperationSpec = v1::OperationSpec {
    bodies: &[
        v1::Content::new("multipart/form-data", MediaCodec::FormData),
        v1::Content::new("application/x-ndjson", MediaCodec::JsonLines),
        v1::Content::new("application/octet-stream", MediaCodec::Bytes),
        v1::Content::new("text/plain", MediaCodec::Text),
    ],
    ..MANY
};

/// Bodies that are no JSON, and those that are sent while they are read, are held to their label too.
#[tokio::test]
async fn every_body_is_what_its_label_says() {
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let body = |index: usize| {
        let mut call = client.call(&ALL);
        match index {
            0 => {
                let once = v1::ByteStream::from(v1::Bytes::from_static(b"a"));
                call.file("f", v1::FilePart::new(once));
            }
            1 => call.body(1, &vec![1, 2]),
            2 => call.bytes(2, b"<x/>".to_vec()),
            _ => call.body(3, &"<x/>"),
        }
        call
    };
    for (index, label, sent) in [
        (0, "application/json", None),
        (0, "application/xml", None),
        (0, "multipart/mixed; boundary=other", Some("multipart/mixed; boundary=")),
        (1, "application/json", None),
        (1, "application/x-www-form-urlencoded", None),
        (1, "application/jsonl", Some("application/jsonl")),
        (2, "application/xml", Some("application/xml")),
        (2, "application/json", Some("application/json")),
        (3, "application/xml", Some("application/xml")),
    ] {
        let mut call = body(index);
        call.set_content_type(label);
        let result = call.send::<Touch>().await;
        let Some(sent) = sent else {
            assert_eq!(result.unwrap_err().kind(), v1::ErrorKind::Encode, "{label}");
            continue;
        };
        result.unwrap();
        let seen = server.seen();
        let (named, body) = plain(seen.last().unwrap());
        assert!(named.starts_with(sent), "{named}");
        let boundary = named.split_once("boundary=").map(|(_, boundary)| boundary);
        assert!(boundary.is_none_or(|boundary| body.contains(boundary)), "{named}: {body}");
    }
}

#[tokio::test]
async fn json_for_a_range_is_named_json() {
    static ANY: v1::OperationSpec =
        v1::OperationSpec { bodies: &[v1::Content::new("*/*", MediaCodec::Json)], ..SEND };
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&ANY);
    call.body(0, &vec![1]);
    call.send::<Touch>().await.unwrap();
    assert_eq!(server.one().header("content-type"), Some("application/json"));
}
