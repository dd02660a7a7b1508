//! Outcomes of responses: success or failure, text, bytes and headers, and `Accept`.

use crate::api::{self, JSON};
use crate::server::{json, serve, typed, with};
use typewright_runtime::codegen::v1::{self, Content, MediaCodec, ResponseSpec};

struct Typed<R>(std::marker::PhantomData<R>);

impl<R: v1::FromResponse + 'static> v1::Endpoint for Typed<R> {
    type Output = R;
    type Error = v1::Json<v1::Value>;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

const BOTH: &[Content] = &[
    Content::new("application/json", MediaCodec::Json),
    Content::new("application/octet-stream", MediaCodec::Bytes),
];
const PLAIN: &[Content] = &[Content::new("text/plain", MediaCodec::Text)];
const PICTURE: &[Content] = &[Content::new("image/*", MediaCodec::Bytes)];

fn operation(responses: &[ResponseSpec]) -> &'static v1::OperationSpec {
    let responses: &'static [ResponseSpec] = Box::leak(responses.to_vec().into());
    Box::leak(Box::new(v1::OperationSpec {
        id: "decoded",
        path: "/decoded",
        responses,
        ..v1::OperationSpec::DEFAULT
    }))
}

fn answering(status: u16, media_type: &'static str, body: &'static str) -> v1::Client {
    let memory = v1::InMemoryTransport::new(move |_| {
        let reply = http::Response::builder().status(status);
        let reply = reply.header("content-type", media_type);
        reply.body(body.into()).unwrap()
    });
    api::builder().transport(memory).build().unwrap()
}

async fn decoded<R: v1::FromResponse + 'static>(
    responses: &[ResponseSpec],
    (status, media_type, body): (u16, &'static str, &'static str),
) -> Result<R::Value, v1::Error<v1::Value>> {
    let call = answering(status, media_type, body).call(operation(responses));
    call.send::<Typed<R>>().await
}

#[tokio::test]
async fn success_is_what_the_document_says() {
    let exact = ResponseSpec::new(200, JSON);
    let bad = ResponseSpec::new(400, JSON);
    let other = ResponseSpec::other(JSON);
    for (responses, status, success) in [
        (&[exact, bad][..], 400, false),
        // Taken for the documented success, since its body fits.
        (&[exact, other], 201, true),
        (&[ResponseSpec::range(3, JSON), other], 201, false),
        (&[ResponseSpec::range(4, JSON), other], 201, true),
        (&[bad, other], 201, true),
        (&[other], 201, true),
        (&[other], 399, true),
        (&[other], 400, false),
    ] {
        let outcome = decoded::<v1::Json<v1::Value>>(responses, (status, "application/json", "1"));
        let outcome = outcome.await;
        assert_eq!(outcome.is_ok(), success, "{status} {responses:?}");
        if let Err(error) = outcome {
            assert_eq!(error.body().and_then(v1::Value::as_i64), Some(1));
        }
    }
}

#[tokio::test]
async fn texts_and_bytes() {
    let text = [ResponseSpec::new(200, PLAIN)];
    let came = decoded::<v1::PlainText>(&text, (200, "text/plain", "a\nä")).await;
    assert_eq!(came.unwrap(), "a\nä");
    let bytes = [ResponseSpec::new(200, PICTURE)];
    let came = decoded::<v1::Binary>(&bytes, (200, "image/png", "\u{1}png")).await;
    assert_eq!(came.unwrap(), "\u{1}png");
    let error = decoded::<v1::Json<i64>>(&text, (200, "text/plain", "\"a\"")).await;
    let error = format!("{:#}", error.unwrap_err());
    assert!(!error.contains("text/plain"), "{error}");
    let error = decoded::<v1::Json<i64>>(&text, (200, "application/json", "x")).await;
    let error = format!("{:#}", error.unwrap_err());
    assert!(!error.contains("application/json"), "{error}");
}

/// Which of the documented media types came.
struct Which;

impl v1::FromResponse for Which {
    type Value = Option<usize>;

    fn decode(answer: &mut v1::RawResponse) -> Result<Option<usize>, v1::CodecError> {
        Ok(answer.content_index())
    }
}

#[tokio::test]
async fn json_by_another_name_is_the_documented_json() {
    const LAST: &[Content] = &[
        Content::new("text/plain", MediaCodec::Text),
        Content::new("application/octet-stream", MediaCodec::Bytes),
        Content::json("application/vnd.shelves+json"),
    ];
    for (contents, came, which) in [
        (LAST, "application/vnd.shelves+json", Some(2)),
        (LAST, "application/json; charset=utf-8", Some(2)),
        (LAST, "application/problem+json", Some(2)),
        (LAST, "application/octet-stream", Some(1)),
        (LAST, "text/html", Some(0)),
        (PICTURE, "application/json", Some(0)),
        (&[], "application/json", None),
    ] {
        let content = decoded::<Which>(&[ResponseSpec::new(200, contents)], (200, came, "")).await;
        assert_eq!(content.unwrap(), which, "{came}");
    }
}

/// As a document describes null that travels by a codec of its own.
#[tokio::test]
async fn an_empty_body_is_null_to_a_codec_that_knows_it() {
    type Hours = v1::JsonAs<v1::Null<v1::Text<i64>>>;
    let ok = [ResponseSpec::new(200, JSON)];
    for (body, hours) in [("", None), ("null", None), ("\"08\"", Some(8))] {
        let came = decoded::<Hours>(&ok, (200, "application/json", body)).await;
        assert_eq!(came.unwrap(), hours, "{body}");
    }
    let none = decoded::<v1::JsonAs<v1::Text<i64>>>(&ok, (200, "application/json", "")).await;
    assert_eq!(none.unwrap_err().kind(), v1::ErrorKind::Decode);
}

/// JSON or bytes, as a generated enum of responses reads them.
struct Either;

impl v1::FromResponse for Either {
    type Value = String;
    const STREAMED: bool = true;

    fn decode(answer: &mut v1::RawResponse) -> Result<String, v1::CodecError> {
        let total = answer.header::<v1::Native<i64>>("x-total")?.unwrap_or(-1);
        match answer.content_index() {
            Some(0) => Ok(format!("{} {total}", answer.json::<i64>()?)),
            _ => answer.text(),
        }
    }
}

#[tokio::test]
async fn json_beside_a_stream_is_read_whole() {
    let both = [ResponseSpec::new(200, BOTH)];
    let server = serve(|number, _| match number {
        0 => with(json(200, "7"), "x-total", "12"),
        _ => typed(200, "application/octet-stream", "7"),
    })
    .await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let call = || client.call(operation(&both)).send::<Typed<Either>>();
    assert_eq!(call().await.unwrap(), "7 12");
    let error = format!("{:#}", call().await.unwrap_err());
    assert!(error.contains("a body in memory"), "{error}");
}

#[tokio::test]
async fn the_status_and_the_declared_headers_of_a_reply() {
    const TOTAL: v1::ResponseHeader<v1::Native<i64>> = v1::ResponseHeader::new("X-Total");
    let server = serve(|_, _| with(json(201, "1"), "x-total", "12")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let call = client.call(operation(&[ResponseSpec::range(2, JSON)]));
    let response = call.response::<Typed<v1::Json<i64>>>().await.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.get(TOTAL).unwrap(), Some(12));
    assert_eq!(TOTAL.read(response.headers()).unwrap(), Some(12));
    assert_eq!(TOTAL.name(), "X-Total");
    assert_eq!((*response.body(), response.into_body()), (1, 1));
}

#[tokio::test]
async fn success_is_asked_for_and_json_first() {
    const TEXT: &[Content] = &[Content::new("text/plain", MediaCodec::Text)];
    const PROBLEM: &[Content] = &[Content::json("application/problem+json")];
    const PICTURES: &[Content] = &[
        Content::new("image/png", MediaCodec::Bytes),
        Content::new("text/plain", MediaCodec::Text),
    ];
    const MIXED: &[Content] =
        &[Content::new("text/plain", MediaCodec::Text), Content::json("application/json")];
    let ok = ResponseSpec::new(200, JSON);
    for (responses, expected) in [
        (&[ok, ResponseSpec::new(400, PROBLEM)][..], "application/json"),
        (&[ok, ResponseSpec::range(4, PROBLEM)], "application/json"),
        (&[ok, ResponseSpec::other(PROBLEM)], "application/json"),
        (&[ResponseSpec::range(3, TEXT), ResponseSpec::range(5, PROBLEM)], "text/plain"),
        (&[ResponseSpec::new(399, TEXT), ResponseSpec::new(401, PROBLEM)], "text/plain"),
        (
            &[ResponseSpec::new(204, &[]), ResponseSpec::new(400, PROBLEM)],
            "application/problem+json",
        ),
        (&[ResponseSpec::new(200, PICTURES)], "image/png, text/plain"),
        (&[ResponseSpec::new(200, MIXED)], "text/plain;q=0.5, application/json"),
    ] {
        let memory = v1::InMemoryTransport::new(|_| http::Response::new("1".into()));
        let client: v1::Client = api::builder().transport(memory.clone()).build().unwrap();
        let call = client.call(operation(responses));
        call.send::<Typed<v1::Empty>>().await.ok();
        let request = memory.requests().remove(0);
        assert_eq!(request.headers()["accept"], expected, "{responses:?}");
    }
}

#[tokio::test]
async fn a_body_in_one_piece_has_a_bound_too() {
    let client = answering(200, "application/json", "[1,2,3,4]");
    for (limit, fits) in [(9, true), (8, false)] {
        let mut call = client.call(operation(&[ResponseSpec::new(200, JSON)]));
        call.set_max_body_bytes(limit);
        let outcome = call.send::<Typed<v1::Json<v1::Value>>>().await;
        assert_eq!(outcome.is_ok(), fits);
        if let Err(error) = outcome {
            assert_eq!(error.kind(), v1::ErrorKind::TooLarge);
            assert_eq!(error.raw_body(), "[1,2,3,4");
        }
    }
}
