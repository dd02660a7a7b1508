//! The media types that bodies are sent under.

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
    replies: &[reply(v1::Status::Exact(204), &[])],
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
    for label in [
        "application/xml",
        "application/soap+xml",
        "multipart/form-data",
    ] {
        let error = labelled(label).send::<Touch>().await.unwrap_err();
        let error = format!("{error:#}");
        assert!(error.contains(label), "{error}");
    }
}

#[tokio::test]
async fn json_for_a_range_is_named_json() {
    static ANY: v1::OperationSpec = v1::OperationSpec {
        bodies: &[v1::Content::new("*/*", MediaCodec::Json)],
        ..SEND
    };
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&ANY);
    call.body(0, &vec![1]);
    call.send::<Touch>().await.unwrap();
    assert_eq!(
        server.one().header("content-type"),
        Some("application/json")
    );
}
