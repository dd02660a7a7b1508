//! Servers that deviate from their document, or require less.

use crate::api::{self, reply, JSON};
use std::error::Error as _;
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1::{
    self, Content, Credential, Credentials, Decoding, ErrorKind, MediaCodec, ResponseSpec, Status,
};

const TEXTS: &[Content] = &[
    Content::new("application/json", MediaCodec::Json),
    Content::new("text/html", MediaCodec::Text),
];

fn operation(method: &'static str, responses: &[ResponseSpec]) -> &'static v1::OperationSpec {
    let responses: &'static [ResponseSpec] = Box::leak(responses.to_vec().into());
    Box::leak(Box::new(v1::OperationSpec {
        id: "op",
        method,
        path: "/op",
        responses,
        ..v1::OperationSpec::DEFAULT
    }))
}

fn client(
    decoding: Decoding,
    (status, media_type, body): (u16, &'static str, &'static str),
) -> v1::Client {
    let memory = v1::InMemoryTransport::new(move |_| {
        let mut reply = http::Response::builder().status(status);
        if !media_type.is_empty() {
            reply = reply.header("content-type", media_type);
        }
        reply.body(body.into()).unwrap()
    });
    let builder = api::builder().transport(memory).decoding(decoding);
    builder.retry(v1::RetryPolicy::off()).build().unwrap()
}

struct Typed<R, E>(std::marker::PhantomData<(R, E)>);
impl<R: v1::FromResponse + 'static, E: v1::FromResponse + 'static> v1::Endpoint for Typed<R, E> {
    type Output = R;
    type Error = E;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

type Problem = v1::Json<v1::Map<String>>;
type Came = (u16, &'static str, &'static str);

async fn refused<E: v1::FromResponse + 'static>(
    responses: &[ResponseSpec],
    came: Came,
) -> v1::Error<E::Value> {
    let call = client(Decoding::default(), came).call(operation("GET", responses));
    let outcome = call.send::<Typed<v1::Empty, E>>().await;
    outcome.map(drop).unwrap_err()
}

const OK: ResponseSpec = ResponseSpec::new(200, JSON);
const NOTHING: ResponseSpec = ResponseSpec::new(404, &[]);
const WRONG: ResponseSpec = ResponseSpec::new(404, JSON);

/// The server said no, whatever it said it with.
#[tokio::test]
async fn a_documented_error_is_one_whatever_body_comes() {
    let html = (404, "text/html", "<h1>Not Found</h1>");
    for came in [(404, "", ""), html] {
        let error = refused::<v1::Undocumented>(&[OK, NOTHING], came).await;
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(format!("{error:#}"), "op: 404 Not Found: the server refused");
        assert_eq!(error.excerpt(), came.2);
        assert!(error.body().is_none() && error.source().is_none());
        // Beside others that have a schema.
        let error = refused::<Problem>(&[OK, NOTHING, ResponseSpec::new(400, JSON)], came).await;
        assert_eq!((error.kind(), error.path()), (ErrorKind::Api, None));
        assert!(error.body().is_none() && error.source().is_none());
        let error = refused::<Problem>(&[OK, WRONG], came).await;
        assert_eq!(error.kind(), ErrorKind::Api);
        assert!(error.body().is_none());
        assert!(error.source().unwrap().is::<v1::CodecError>());
        assert_eq!(error.raw_body(), came.2);
    }
    let json = (404, "application/json", r#"{"a":"b"}"#);
    let error = refused::<Problem>(&[OK, WRONG], json).await;
    assert_eq!(error.body().unwrap()["a"], "b");
    let other = (404, "application/json", r#"{"a":1}"#);
    let error = refused::<Problem>(&[OK, WRONG], other).await;
    assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Api, Some("a")));
}

/// A success that `default` alone describes is the documented one where its body fits, and else what `default` says.
#[tokio::test]
async fn a_success_of_another_status_comes_before_the_default() {
    const ANY: ResponseSpec = ResponseSpec { status: Status::Default, ..WRONG };
    let call = |decoding, came| client(decoding, came).call(operation("GET", &[OK, ANY]));
    let fits = (201, "application/json", "3");
    let created = call(Decoding::default(), fits).send::<Typed<v1::Json<i64>, Problem>>();
    assert_eq!(created.await.unwrap(), 3);
    let strict = call(Decoding::Strict, fits).send::<Typed<v1::Json<i64>, Problem>>();
    assert_eq!(strict.await.unwrap_err().kind(), ErrorKind::Api);
    let other = (201, "application/json", r#"{"a":"b"}"#);
    let refused = call(Decoding::default(), other).send::<Typed<v1::Json<i64>, Problem>>();
    let error = refused.await.unwrap_err();
    assert_eq!((error.kind(), &error.body().unwrap()["a"][..]), (ErrorKind::Api, "b"));
}

/// One type for every documented error is that of the others too.
#[tokio::test]
async fn an_undocumented_error_is_read_as_all_others_are() {
    let json = (409, "application/problem+json", r#"{"a":"b"}"#);
    let error = refused::<Problem>(&[OK, WRONG], json).await;
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.body().unwrap()["a"], "b");
    for came in [
        (409, "application/json", "[]"),
        (409, "text/html", r#"{"a":"b"}"#),
        (409, "", r#"{"a":"b"}"#),
    ] {
        let error = refused::<Problem>(&[OK, WRONG], came).await;
        assert_eq!(error.kind(), ErrorKind::Unexpected);
        assert!(error.body().is_none() && error.source().is_none(), "{came:?}");
    }
    // Those of several types tell nothing of others.
    struct Several;
    impl v1::FromResponse for Several {
        type Value = String;
        fn decode(answer: &mut v1::RawResponse) -> Result<String, v1::CodecError> {
            match answer.response_index() {
                Some(_) => answer.text(),
                None => Err(answer.undocumented()),
            }
        }
    }
    let error = refused::<Several>(&[OK, WRONG], (409, "application/json", "{}")).await;
    assert!(error.body().is_none() && error.source().is_none());
}

#[tokio::test]
async fn another_status_of_success_is_the_documented_one() {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&reported);
    let observing = Decoding::observing(move |deviation: &v1::Deviation<'_>| {
        let note = format!("{}: {}: {}", deviation.operation, deviation.expected, deviation.actual);
        notes.lock().unwrap().push(note);
    });
    let none = ResponseSpec::new(204, &[]);
    for decoding in [Decoding::Tolerant, observing] {
        let json = (201, "application/json", r#"{"a":"b"}"#);
        let call = client(decoding.clone(), json).call(operation("POST", &[none]));
        call.send::<Typed<v1::Empty, Problem>>().await.unwrap();
        let call = client(decoding.clone(), json).call(operation("POST", &[OK, WRONG]));
        let response = call.response::<Typed<Problem, Problem>>().await.unwrap();
        assert_eq!((response.status().as_u16(), &*response.body()["a"]), (201, "b"));
        let other = (202, "application/json", "[]");
        let call = client(decoding, other).call(operation("POST", &[OK, WRONG]));
        let error = call.send::<Typed<Problem, Problem>>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unexpected);
    }
    let expected = "op: a documented status: 201";
    assert_eq!(*reported.lock().unwrap(), [expected, expected]);
    let strict = client(Decoding::Strict, (201, "", "")).call(operation("POST", &[none]));
    let error = strict.send::<Typed<v1::Empty, Problem>>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    // What was moved is no success, and what is an error neither.
    for status in [302, 404, 500] {
        let call = client(Decoding::Tolerant, (status, "", "")).call(operation("POST", &[none]));
        call.send::<Typed<v1::Empty, Problem>>().await.unwrap_err();
    }
}

/// Of several documented successes, the one in whose media type it came.
#[tokio::test]
async fn another_status_is_taken_for_the_success_that_it_looks_like() {
    struct Which;
    impl v1::FromResponse for Which {
        type Value = Option<usize>;
        fn decode(answer: &mut v1::RawResponse) -> Result<Option<usize>, v1::CodecError> {
            Ok(answer.response_index())
        }
    }
    const PLAIN: &[Content] = &[Content::new("text/plain", MediaCodec::Text)];
    let responses = [
        ResponseSpec::new(400, JSON),
        ResponseSpec::new(204, &[]),
        ResponseSpec::new(200, PLAIN),
        ResponseSpec::range(2, JSON),
    ];
    let responses = &responses[..3];
    for (media_type, index) in [("", 1), ("text/plain", 2), ("application/json", 1)] {
        let call =
            client(Decoding::Tolerant, (201, media_type, "")).call(operation("GET", responses));
        let which = call.send::<Typed<Which, Problem>>().await;
        assert_eq!(which.unwrap(), Some(index), "{media_type}");
    }
}

#[tokio::test]
async fn a_head_has_no_body_to_read() {
    let head = |status| {
        let came = (status, "application/json", "");
        client(Decoding::default(), came).call(operation("HEAD", &[OK, WRONG]))
    };
    head(200).send::<Typed<v1::Empty, Problem>>().await.unwrap();
    let value = head(200).send::<Typed<v1::Json<v1::Value>, Problem>>().await;
    assert!(value.unwrap().is_null());
    let value = head(200).send::<Typed<Problem, Problem>>().await;
    assert!(value.unwrap().is_empty(), "no member is required");
    let error = head(404).send::<Typed<v1::Empty, Problem>>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.source().is_none() && error.body().is_none());
}

/// One schema in several media types: what came says how it is read.
#[tokio::test]
async fn text_beside_json_is_read_by_what_came() {
    let responses = [ResponseSpec::new(200, TEXTS)];
    for (media_type, body, expected) in [
        ("text/html", "<x>", "<x>"),
        ("text/html; charset=utf-8", "\"x\"", "\"x\""),
        ("application/json", "\"x\"", "x"),
        ("", "\"x\"", "x"),
    ] {
        let call = client(Decoding::default(), (200, media_type, body));
        let call = call.call(operation("GET", &responses));
        let text = call.send::<Typed<v1::Json<String>, Problem>>().await;
        assert_eq!(text.unwrap(), expected, "{media_type}");
    }
}

#[tokio::test]
async fn every_call_has_the_reply_as_it_came() {
    let came = (200, "application/json", "[not json");
    let ok = operation("GET", &[OK, WRONG]);
    let mut call = client(Decoding::default(), came).call(ok);
    call.set_max_body_bytes(1);
    let response = call.response_raw().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let body = response.into_body().collect(100).await;
    assert_eq!(body.bytes, "[not json");
    for (status, kind) in [(404, ErrorKind::Api), (500, ErrorKind::Unexpected)] {
        let call = client(Decoding::default(), (status, "text/plain", "no")).call(ok);
        let error = call.response_raw().await.map(drop).unwrap_err();
        assert_eq!((error.kind(), &error.raw_body()[..]), (kind, &b"no"[..]));
    }
}

static FILE: v1::OperationSpec = v1::OperationSpec {
    id: "file",
    path: "/files/{path}",
    parameters: &[v1::Parameter::path("path")],
    responses: &[reply(Status::Exact(200), JSON)],
    ..v1::OperationSpec::DEFAULT
};
static ROOT: v1::OperationSpec =
    v1::OperationSpec { parameters: &[v1::Parameter::path("path").allow_empty()], ..FILE };

#[tokio::test]
async fn an_empty_path_parameter_is_sent_where_that_is_allowed() {
    let memory = v1::InMemoryTransport::new(|_| http::Response::new("{}".into()));
    let client: v1::Client = api::builder().transport(memory.clone()).build().unwrap();
    let call = |operation, value: &dyn v1::Encode| {
        let mut call = client.call(operation);
        call.path("path", value);
        call
    };
    let nothing: Vec<String> = Vec::new();
    for value in [&"" as &dyn v1::Encode, &nothing] {
        let error = call(&FILE, value).send::<Typed<v1::Empty, Problem>>().await;
        let error = error.unwrap_err();
        assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Encode, Some("path")));
        assert!(format!("{error:#}").contains("empty, it would name another"), "{error:#}");
        call(&ROOT, value).send::<Typed<v1::Empty, Problem>>().await.unwrap();
        let mut allowed = call(&FILE, value);
        allowed.set_allow_empty_path();
        allowed.send::<Typed<v1::Empty, Problem>>().await.unwrap();
    }
    let sent = memory.requests();
    assert_eq!(sent.len(), 4);
    assert!(sent.iter().all(|request| request.uri().path() == "/base/files/"));
    let error = call(&ROOT, &None::<String>).send::<Typed<v1::Empty, Problem>>().await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Encode, "null is no text");
}

/// The headers of a call with these credentials, or why it was not sent.
async fn sent(
    operation: &'static v1::OperationSpec,
    credentials: Credentials,
) -> Result<http::HeaderMap, String> {
    let memory = v1::InMemoryTransport::new(|_| http::Response::new("{}".into()));
    let builder = api::builder().transport(memory.clone());
    let client: v1::Client = builder.credentials(credentials).build().unwrap();
    let outcome = client.call(operation).send::<Typed<v1::Empty, Problem>>().await;
    outcome.map_err(|error| format!("{error:#}"))?;
    Ok(memory.requests().remove(0).headers().clone())
}

#[tokio::test]
async fn servers_that_need_less_than_their_document_says() {
    let key = || Credentials::new().with("key", Credential::api_key("k"));
    let headers = sent(&api::BY_EITHER, Credentials::none()).await.unwrap();
    assert!(!headers.contains_key("x-key") && !headers.contains_key("authorization"));
    let error = sent(&api::BY_EITHER, Credentials::new()).await.unwrap_err();
    assert!(error.contains("oauth, nor for key with basic (`Credentials::none()`"), "{error:#}");
    let error = sent(&api::BY_EITHER, key()).await.unwrap_err();
    assert!(error.contains("key with basic, but for key (`send_all`"), "{error}");
    let headers = sent(&api::BY_EITHER, key().send_all()).await.unwrap();
    assert_eq!(headers["x-key"], "k");
    let none = sent(&api::BY_EITHER, Credentials::new().send_all()).await;
    none.unwrap_err();
    // Those that are needed go first, and no other takes their header.
    let both = key().with("basic", Credential::basic("u", "p"));
    let both = both.with("bearer", Credential::bearer("t")).send_all();
    let headers = sent(&api::BY_BEARER, both).await.unwrap();
    assert_eq!(
        (&headers["x-key"], &headers["authorization"]),
        (&"k".parse().unwrap(), &"Bearer t".parse().unwrap())
    );
    // Also where the document asks for nothing.
    let headers = sent(&FREE, key().send_all()).await.unwrap();
    assert_eq!(headers["x-key"], "k");
    // What is met is sent, whatever else may be left out.
    let optional = Credentials::none().with("key", Credential::api_key("k"));
    let headers = sent(&api::BY_KEY, optional).await.unwrap();
    assert_eq!(headers["x-key"], "k");
}

static FREE: v1::OperationSpec = v1::OperationSpec { security: &[], ..api::BY_KEY };
