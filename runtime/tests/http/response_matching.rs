//! Matching of documented responses: by status, and by media type.

use crate::api::{self, JSON};
use crate::server::{serve, typed};
use typewright_runtime::codegen::v1::{self, Content, MediaCodec, ResponseSpec};

static ANSWERS: v1::OperationSpec = v1::OperationSpec {
    id: "answers",
    path: "/answers",
    responses: &[
        ResponseSpec::other(JSON),
        ResponseSpec::range(2, JSON),
        ResponseSpec::new(
            200,
            &[
                Content::json("application/vnd.x+json"),
                Content::new("text/plain", MediaCodec::Text),
                Content::new("image/*", MediaCodec::Bytes),
            ],
        ),
        ResponseSpec::new(204, &[]),
        ResponseSpec::range(4, JSON),
    ],
    ..v1::OperationSpec::DEFAULT
};

/// The indices of the response and of its content, as a generated enum asks for them.
#[derive(Debug, PartialEq)]
struct Which(Option<usize>, Option<usize>);

impl v1::FromResponse for Which {
    type Value = Self;

    fn decode(answer: &mut v1::RawResponse) -> Result<Self, v1::CodecError> {
        Ok(Self(answer.response_index(), answer.content_index()))
    }
}

struct Answers;

impl v1::Endpoint for Answers {
    type Output = Which;
    type Error = Which;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

async fn which(status: u16, media_type: &'static str) -> Which {
    let server = serve(move |_, _| typed(status, media_type, "1")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&ANSWERS);
    call.set_retry(v1::RetryPolicy::off());
    match call.send::<Answers>().await {
        Ok(which) => which,
        Err(error) => {
            assert_eq!(error.status().unwrap(), status);
            error.into_body().unwrap()
        }
    }
}

#[tokio::test]
async fn the_exact_status_comes_before_its_range_and_that_before_the_default() {
    let json = "application/json";
    for (status, reply) in [(200, 2), (204, 3), (201, 1), (404, 4), (499, 4), (500, 0), (304, 0)] {
        assert_eq!(which(status, json).await.0, Some(reply), "{status}");
    }
}

#[tokio::test]
async fn the_media_type_decides_within_a_status() {
    for (media_type, content) in [
        ("application/vnd.x+json; charset=utf-8", 0),
        ("application/json", 0),
        ("Text/Plain; charset=utf-8", 1),
        ("image/png", 2),
        // JSON that is named otherwise is JSON; servers that name another: the first.
        ("application/problem+json", 0),
        ("application/x-unheard-of", 0),
    ] {
        assert_eq!(which(200, media_type).await, Which(Some(2), Some(content)), "{media_type}");
    }
    assert_eq!(which(204, "text/plain").await, Which(Some(3), None));
}

#[tokio::test]
async fn all_media_types_are_asked_for() {
    let server = serve(|_, _| typed(200, "text/plain", "1")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    client.call(&ANSWERS).send::<Answers>().await.unwrap();
    let seen = server.one();
    let accept = seen.header("accept").unwrap();
    for media_type in ["application/vnd.x+json", "text/plain", "image/*", "application/json"] {
        assert!(accept.contains(media_type), "{accept}");
    }
}

/// A record without members that are required, as the generator writes one.
#[derive(Debug, PartialEq)]
struct Note {
    text: Option<String>,
}

impl v1::Decode for Note {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let mut text = None;
        v1::read_object(decoder, &mut [("text", &mut text)])?;
        Ok(Self { text })
    }
}

struct Typed<T>(std::marker::PhantomData<T>);

impl<T: v1::Decode + Send + Sync + 'static> v1::Endpoint for Typed<T> {
    type Output = v1::Json<T>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

/// A value of a response without a body, and where it is none the error.
async fn empty<T: v1::Decode + Send + Sync + 'static>(status: u16) -> Result<T, String> {
    static NOTHING: v1::OperationSpec = v1::OperationSpec {
        id: "nothing",
        responses: &[ResponseSpec::range(2, JSON)],
        ..v1::OperationSpec::DEFAULT
    };
    let server = serve(move |_, _| typed(status, "application/json", "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let outcome = client.call(&NOTHING).send::<Typed<T>>().await;
    outcome.map_err(|error| format!("{error:#}"))
}

#[tokio::test]
async fn a_reply_without_the_body_that_the_document_describes() {
    assert_eq!(empty::<v1::Value>(204).await, Ok(v1::Value::Null));
    assert_eq!(empty::<v1::Value>(200).await, Ok(v1::Value::Null));
    assert_eq!(empty::<Option<Note>>(200).await, Ok(None));
    assert_eq!(empty::<Note>(204).await, Ok(Note { text: None }));
    let refused = empty::<Note>(200).await.unwrap_err();
    assert!(refused.contains("the response cannot be read"), "{refused}");
    let refused = empty::<Vec<Note>>(204).await.unwrap_err();
    assert!(refused.contains("the response cannot be read"), "{refused}");
}
