//! Mocks: responses of each media type, and recorded requests.

use crate::api::{self, get, Create, Shelf};
use typewright_runtime::codegen::v1::{self, Content, MediaCodec, ResponseSpec};

macro_rules! operations {
    ($($data:ident $operation:ident $reply:ty, $contents:expr;)*) => {$(
        static $data: v1::OperationSpec = v1::OperationSpec {
            id: stringify!($data),
            path: "/mocked",
            responses: &[ResponseSpec::new(200, $contents)],
            ..v1::OperationSpec::DEFAULT
        };
        struct $operation;
        impl v1::Endpoint for $operation {
            type Output = $reply;
            type Error = v1::Undocumented;

            fn spec() -> &'static v1::OperationSpec {
                &$data
            }
        }
    )*};
}

operations! {
    TEXT Text v1::PlainText, &[Content::new("text/plain", MediaCodec::Text)];
    FILE FileOf v1::Binary, &[
        Content::json("application/json"),
        Content::new("image/png", MediaCodec::Bytes),
    ];
    WATCH Watch v1::Events<i64>, &[
        Content::json("application/json"),
        Content::new("text/event-stream", MediaCodec::EventStream),
    ];
    LIST List v1::Lines<String>, &[Content::new("application/x-ndjson", MediaCodec::JsonLines)];
    RANGE Range v1::PlainText, &[Content::new("text/*", MediaCodec::Text)];
}

fn mocked() -> (v1::Mock, v1::Client) {
    let mock = v1::Mock::new();
    // Behind another pointer, as a caller's own middleware has it.
    let shared = std::sync::Arc::new(mock.clone());
    (mock, api::builder().transport(shared).build().unwrap())
}

#[tokio::test]
async fn each_media_type_is_written_as_it_is_read() {
    let (mock, client) = mocked();
    mock.on::<Text>().reply(200, &"a \"text\"".to_owned());
    let text = client.call(&TEXT).response::<Text>().await.unwrap();
    assert_eq!(text.headers()["content-type"], "text/plain");
    assert_eq!(text.body(), "a \"text\"");
    mock.on::<Range>().reply(200, &"plain".to_owned());
    let text = client.call(&RANGE).response::<Range>().await.unwrap();
    assert_eq!(text.headers()["content-type"], "text/plain");
    mock.on::<FileOf>().bytes(200, &b"\x89PNG"[..]);
    let file = client.call(&FILE).response::<FileOf>().await.unwrap();
    assert_eq!(file.headers()["content-type"], "image/png");
    assert_eq!(file.into_body(), &b"\x89PNG"[..]);
    mock.on::<Watch>().events(200, &[1, 2]);
    let mut events = client.call(&WATCH).send::<Watch>().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    assert_eq!(events.next().await.unwrap().unwrap().data, 2);
    assert!(events.next().await.is_none());
    mock.on::<List>().lines(200, &["a", "b\nc"]);
    let mut lines = client.call(&LIST).send::<List>().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), "a");
    assert_eq!(lines.next().await.unwrap().unwrap(), "b\nc");
    assert!(lines.next().await.is_none());
}

/// Documents describe bodies that never come: of a `HEAD`, and of 204.
#[tokio::test]
async fn a_reply_without_content_has_headers_alone() {
    static DESCRIBED: v1::OperationSpec = v1::OperationSpec {
        id: "described",
        path: "/mocked",
        responses: &[
            ResponseSpec::new(200, &[Content::json("application/json")]),
            ResponseSpec::new(204, &[Content::json("application/json")]),
        ],
        ..v1::OperationSpec::DEFAULT
    };
    static HEADED: v1::OperationSpec =
        v1::OperationSpec { id: "headed", method: "HEAD", ..DESCRIBED };
    struct Headed;
    impl v1::Endpoint for Headed {
        type Output = v1::Empty;
        type Error = v1::Undocumented;

        fn spec() -> &'static v1::OperationSpec {
            &HEADED
        }
    }
    struct Described;
    impl v1::Endpoint for Described {
        type Output = v1::Empty;
        type Error = v1::Undocumented;

        fn spec() -> &'static v1::OperationSpec {
            &DESCRIBED
        }
    }
    let (mock, client) = mocked();
    mock.on::<Headed>().reply(200, &());
    mock.on::<Described>().reply(204, &());
    mock.on::<Described>().reply(200, &());
    for (operation, body) in [(&HEADED, ""), (&DESCRIBED, ""), (&DESCRIBED, "null")] {
        let raw = client.call(operation).response_raw().await.unwrap();
        let came = raw.into_body().collect(9).await.bytes;
        assert_eq!(came, body, "{}", operation.id);
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_told_by_the_call() {
    let (mock, client) = mocked();
    mock.on::<Watch>().events(200, &[f64::NAN]);
    mock.on::<List>().lines(404, &[1]);
    let error = client.call(&WATCH).send::<Watch>().await.unwrap_err();
    assert!(format!("{error:#}").contains("a finite number"), "{error:#}");
    let error = client.call(&LIST).send::<List>().await.unwrap_err();
    assert!(format!("{error:#}").contains("LIST has no response of status 404"), "{error:#}");
}

#[tokio::test]
async fn what_was_asked_is_all_there() {
    let (mock, client) = mocked();
    mock.on::<Shelf>().reply(200, &v1::Value::Null);
    mock.on::<Create>().reply(200, &v1::Value::Null);
    let mut call = get(&client, "s");
    call.query("depth", &2);
    call.send::<Shelf>().await.unwrap();
    let request = &mock.requests::<Shelf>()[0];
    assert_eq!(request.url(), "https://eu.shelves.example/base/shelves/s?depth=2");
    assert_eq!(request.query(), Some("depth=2"));
    let mut call = client.call(&api::CREATE);
    call.path("shelf", &"s");
    call.body(0, &vec![1]);
    call.send::<Shelf>().await.unwrap();
    let request = &mock.requests::<Create>()[0];
    assert_eq!((request.query(), &request.body()[..]), (None, &b"[1]"[..]));
}
