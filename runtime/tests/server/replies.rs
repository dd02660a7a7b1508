//! Replies: their statuses, headers, media types and streams.

use crate::pets::{routes, Service};
use crate::support::{get, send, serve, Listed, Received};
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use axum::Router;
use std::borrow::Cow;
use tower_service::Service as _;
use typewright_runtime::codegen::v1 as rt;

#[tokio::test]
async fn statuses_and_headers_are_those_of_the_document() {
    let router = routes(Service).into_router();
    let status = async |limit: i64| {
        let received = get(&router, &format!("GET /pets?limit={limit}")).await;
        (received.status, received.header("content-type").to_owned())
    };
    let problem = "application/problem+json".to_owned();
    assert_eq!(status(1).await, (200, "application/json".to_owned()));
    assert_eq!(status(404).await.0, 400, "the limit has a maximum");
    assert_eq!(status(-2).await, (410, problem.clone()));
    // 404 is documented, so that it is not any other status.
    assert_eq!(status(-1).await, (500, problem.clone()));
    assert_eq!(status(0).await, (409, problem));
    let received = send(&router, "GET /pets", &[("x-trace", "a b")], "").await;
    assert_eq!(received.header("link"), "a b,end");
}

#[tokio::test]
async fn problems_have_the_form_of_the_service() {
    let form = |problem: rt::Problem| (problem.status(), problem.to_string()).into_response();
    let router = routes(Service).problems(form).into_router();
    let text = async |line: &str| {
        let received = get(&router, line).await;
        (received.status, received.body)
    };
    assert_eq!(text("GET /x").await, (404, "404 Not Found".to_owned()));
    assert_eq!(text("GET /pets?limit=0").await, (409, "409 Conflict: none".to_owned()));
    assert_eq!(
        text("GET /pets?limit=x&tags=%ff").await,
        (
            400,
            "400 Bad Request: query.limit: expected an integer, found the text \"x\"; \
             query.tags: expected percent-encoded UTF-8, found other bytes"
                .to_owned()
        )
    );
    assert_eq!(
        text("GET /pets?limit=101").await,
        (400, "400 Bad Request: query.limit: expected at most 100, found 101".to_owned())
    );
    let allow = get(&router, "PUT /pets").await;
    assert_eq!((allow.status, allow.header("allow")), (405, "GET, POST, HEAD, OPTIONS"));
    assert_eq!(get(&router, "GET /pets/1").await.all("www-authenticate").len(), 2);
}

replies! {
    FileReply {
        Ok(rt::Body, String, FileHeaders),
        Events(rt::EventReplies<i64>),
        Named(rt::EventReplies<News>),
        Texts(rt::EventReplies<String>),
        Lines(rt::LineReplies<Vec<f64>>),
        Records(rt::LineReplies<i64>),
        Coded(i64),
        Form(rt::Map<i64>),
        NotModified(rt::Value),
    }
}
rt::replies! { FileReply {
    0 / 0 => Ok(body: rt::Streamed, content_type, headers: FileHeaders);
    1 / 0 => Events(body: rt::Events<i64>);
    2 / 0 => Named(body: rt::NamedEvents<News>);
    3 / 0 => Texts(body: rt::TextEvents);
    4 / 0 => Lines(body: rt::Lines<Vec<f64>>);
    5 / 0 => Records(body: rt::Lines<i64>);
    6 / 1 => Coded(body: rt::JsonAs<rt::ViaText<i64>>);
    7 / 0 => Form(body: rt::Form<rt::Map<i64>>);
    8 / 0 => NotModified(body: rt::Json<rt::Value>);
} }

/// Headers of a file.
pub struct FileHeaders {
    cookies: Option<Vec<String>>,
    tag: Option<String>,
}
rt::record! { FileHeaders { cookies: "Set-Cookie", tag: "ETag" } }

/// An event with a name.
pub enum News {
    Tick(i64),
    Text(String),
}

impl rt::WriteEvent for News {
    fn write_event(&self) -> Result<(Cow<'_, str>, String), rt::CodecError> {
        Ok(match self {
            Self::Tick(count) => ("tick".into(), count.to_string()),
            Self::Text(text) => (text.into(), "two\r\nlines".to_owned()),
        })
    }
}

const FILES: &str = "file GET /{kind}
    path kind
    200 image/*
    201 text/event-stream
    202 text/event-stream
    203 text/event-stream
    206 application/x-ndjson
    207 application/json-seq
    208 text/plain application/json
    226 application/x-www-form-urlencoded
    304 application/json";

fn image(content_type: &str, tag: &str) -> FileReply {
    let cookies = Some(vec!["a=1, b".to_owned(), "c=2".to_owned()]);
    let headers = FileHeaders { cookies, tag: Some(tag.to_owned()) };
    FileReply::Ok(rt::Bytes::from("png").into(), content_type.to_owned(), headers)
}

fn reply(kind: &str) -> FileReply {
    let event = |data| rt::Event::new(data).with_event("x").with_id("7");
    match kind {
        "png" => image("image/png", "\"1\""),
        "html" => image("text/html", "\"1\""),
        "header" => image("image/png", "a\nb"),
        "stream" => {
            let stream = Listed::new(["a", "b"].map(|text| Ok(rt::Bytes::from(text))));
            let headers = FileHeaders { cookies: None, tag: None };
            let body = rt::Body::once(rt::ByteStream::new(stream), Some(2));
            FileReply::Ok(body, "image/x".to_owned(), headers)
        }
        "events" => {
            FileReply::Events(rt::EventReplies::new(Listed::new([event(1), rt::Event::new(2)])))
        }
        "named" => {
            let news =
                [News::Tick(1), News::Text("message".to_owned()), News::Text("a\nb".to_owned())];
            FileReply::Named(rt::EventReplies::from_data(Listed::new(news)))
        }
        "texts" => FileReply::Texts(rt::EventReplies::from_data(Listed::new(["".to_owned()]))),
        "lines" => FileReply::Lines(rt::LineReplies::new(Listed::new([vec![1.5], vec![]]))),
        "nan" => FileReply::Lines(rt::LineReplies::new(Listed::new([vec![f64::NAN]]))),
        "records" => FileReply::Records(rt::LineReplies::new(Listed::new([1, 2]))),
        "coded" => FileReply::Coded(7),
        "form" => FileReply::Form([("a b".to_owned(), 1)].into_iter().collect()),
        "unchanged" => FileReply::NotModified(rt::Value::Null),
        _ => {
            let mut response = Response::new("raw".into());
            *response.status_mut() = rt::StatusCode::IM_A_TEAPOT;
            response.into()
        }
    }
}

fn files() -> Router {
    let handler: rt::Handler<(), ()> = |_, request| {
        Box::pin(async move {
            let kind = request.parameters::<rt::Map<String>>()?.swap_remove("path.kind").unwrap();
            Ok(request.split().1.respond(reply(&kind)))
        })
    };
    serve(FILES, handler, |routes| routes)
}

async fn file(line: &str) -> Received {
    get(&files(), line).await
}

#[tokio::test]
async fn bodies_are_written_as_their_media_types_say() {
    let png = file("GET /png").await;
    assert_eq!((png.status, &*png.body, png.header("content-type")), (200, "png", "image/png"));
    assert_eq!(png.all("set-cookie"), ["a=1, b", "c=2"]);
    assert_eq!((png.header("etag"), png.header("content-length")), ("\"1\"", "3"));
    let stream = file("GET /stream").await;
    assert_eq!((&*stream.body, stream.header("content-length")), ("ab", "2"));
    let head = file("HEAD /stream").await;
    assert_eq!((&*head.body, head.header("content-length")), ("", "2"));
    assert_eq!(file("GET /html").await.status, 500, "no image");
    assert_eq!(file("GET /header").await.status, 500, "no header can have a line end");
    let coded = file("GET /coded").await;
    assert_eq!((&*coded.body, coded.header("content-type")), ("\"7\"", "application/json"));
    assert_eq!(file("GET /form").await.body, "a+b=1");
    let unchanged = file("GET /unchanged").await;
    assert_eq!((unchanged.status, &*unchanged.body), (304, ""));
    let raw = file("GET /raw").await;
    assert_eq!((raw.status, &*raw.body), (418, "raw"));
}

#[tokio::test]
async fn streams_of_values_are_written_one_by_one() {
    let events = file("GET /events").await;
    assert_eq!(events.header("content-type"), "text/event-stream");
    assert_eq!(events.body, "event: x\nid: 7\ndata: 1\n\ndata: 2\n\n");
    assert_eq!(file("GET /texts").await.body, "data: \n\n");
    assert_eq!(file("GET /lines").await.body, "[1.5]\n[]\n");
    assert_eq!(file("GET /records").await.body, "\u{1e}1\n\u{1e}2\n");
}

/// A stream whose value has no form breaks off, so that the client learns that it is not whole.
#[tokio::test]
async fn a_stream_that_cannot_go_on_is_interrupted() {
    for (kind, before) in
        [("nan", ""), ("named", "event: tick\ndata: 1\n\ndata: two\ndata: lines\n\n")]
    {
        let request = Request::get(format!("/{kind}")).body(Body::empty());
        let response = files().call(request.unwrap()).await.unwrap();
        let stream = rt::ByteStream::from_fallible(response.into_body().into_data_stream());
        let collected = stream.collect(usize::MAX).await;
        assert_eq!(collected.bytes, before);
        assert!(collected.failure.is_some());
    }
}
