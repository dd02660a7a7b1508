//! Streams of events whose types depend on their names.

use crate::api::{self, reply};
use crate::server::{serve, typed};
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1::{self, ErrorKind};

static WATCH: v1::OperationSpec = v1::OperationSpec {
    id: "watch",
    path: "/watch",
    responses: &[reply(
        v1::Status::Exact(200),
        &[v1::Content::new("text/event-stream", v1::MediaCodec::EventStream)],
    )],
    ..v1::OperationSpec::DEFAULT
};

struct Watch;
impl v1::Endpoint for Watch {
    type Output = v1::NamedEvents<Message>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &WATCH
    }
}

#[derive(Debug, PartialEq)]
enum Message {
    Count(v1::Map<i64>),
    At(v1::TimeOfDay),
    Text(String),
    Unlisted(v1::Event<String>),
}

impl v1::ReadEvent for Message {
    fn read_event(event: &v1::NamedEvent<'_>) -> Result<Self, v1::CodecError> {
        match event.name() {
            "count" => event.json().map(Self::Count),
            "at" => event.read_text().map(Self::At),
            "message" => Ok(Self::Text(event.text())),
            _ => event.unlisted().map(Self::Unlisted),
        }
    }
}

/// The events of a response, by a client that takes responses so.
async fn events(text: &str, decoding: v1::Decoding) -> v1::EventStream<Message> {
    let text = text.to_owned();
    let server = serve(move |_, _| typed(200, "text/event-stream", &text)).await;
    let client = api::builder().base_url(&server.url).decoding(decoding);
    let call = client.build().unwrap().call(&WATCH);
    call.send::<Watch>().await.unwrap()
}

#[tokio::test]
async fn names_tell_what_the_data_is() {
    let text = "event: count\nid: 1\ndata: {\"n\":\ndata: 1}\n\nevent: at\ndata: 03:04:05Z\n\n\
                data: {\"n\": 1}\n\nevent: Count\nid: 2\ndata: a\ndata: b\n\nevent: at\ndata:\n\n";
    let mut events = events(text, v1::Decoding::default()).await;
    let mut next = async || events.next().await.unwrap();
    let first = next().await.unwrap();
    assert_eq!((&*first.event, &*first.id), ("count", "1"));
    assert_eq!(first.data, Message::Count([("n".to_owned(), 1)].into_iter().collect()));
    let at = "03:04:05Z".parse().unwrap();
    assert_eq!(next().await.unwrap().data, Message::At(at));
    assert_eq!(next().await.unwrap().data, Message::Text("{\"n\": 1}".to_owned()));
    let other = next().await.unwrap();
    let Message::Unlisted(whole) = &other.data else {
        panic!("{other:?}");
    };
    assert_eq!((&*whole.event, &*whole.id, &*whole.data), ("Count", "2", "a\nb"));
    let error = next().await.unwrap_err();
    assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Decode, Some("at")));
    assert!(events.next().await.is_none(), "it ends after a failure");
}

#[tokio::test]
async fn a_failure_names_the_event_and_the_place_in_it() {
    for (text, path, says) in [
        ("event: count\ndata: {\"n\":\n\n", "count.n", "at line 1 column 5"),
        ("event: count\ndata: {\"n\":true}\n\n", "count.n", "found the boolean true"),
    ] {
        let text = format!("{text}data: more\n\n");
        let mut events = events(&text, v1::Decoding::default()).await;
        let error = events.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Decode, Some(path)));
        assert!(format!("{error:#}").contains(says), "{error:#}");
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn events_that_are_not_listed_are_refused_or_told_where_that_is_wanted() {
    let text = "event: other\ndata: x\n\n";
    let error = events(text, v1::Decoding::Strict).await.next().await.unwrap().unwrap_err();
    assert_eq!(error.path().as_deref(), Some("other"));
    let reported = Arc::new(Mutex::new(Vec::new()));
    let observed = Arc::clone(&reported);
    let decoding = v1::Decoding::observing(move |departure: &v1::Deviation<'_>| {
        let line = format!("{} {} {}", departure.operation, departure.path, departure.expected);
        observed.lock().unwrap().push(line);
    });
    let event = events(text, decoding).await.next().await.unwrap().unwrap();
    assert!(matches!(event.data, Message::Unlisted(_)));
    assert_eq!(*reported.lock().unwrap(), ["watch other an event that the document lists"]);
}

/// No name, and a text that is the end of other streams: an event where the document describes one, else the end.
#[tokio::test]
async fn the_custom_of_streams_of_json_holds_where_nothing_else_is_described() {
    #[derive(Debug, PartialEq)]
    struct Counts(v1::Map<i64>);
    impl v1::ReadEvent for Counts {
        fn read_event(event: &v1::NamedEvent<'_>) -> Result<Self, v1::CodecError> {
            event.json().map(Self)
        }
    }
    struct Counting;
    impl v1::Endpoint for Counting {
        type Output = v1::NamedEvents<Counts>;
        type Error = v1::Undocumented;

        fn spec() -> &'static v1::OperationSpec {
            &WATCH
        }
    }
    let text = "event: count\ndata: {\"n\":1}\n\ndata: [DONE]\n\n";
    let mut described = events(text, v1::Decoding::default()).await;
    described.next().await.unwrap().unwrap();
    let last = described.next().await.unwrap().unwrap();
    assert_eq!(last.data, Message::Text("[DONE]".to_owned()));
    let server = serve(move |_, _| typed(200, "text/event-stream", text)).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut counts = client.call(&WATCH).send::<Counting>().await.unwrap();
    counts.next().await.unwrap().unwrap();
    assert!(counts.next().await.is_none());
}
