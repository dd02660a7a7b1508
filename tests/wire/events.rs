//! Server-sent events of several kinds, as the generated enums have them.

use super::server::{Answer, Server};
use goldens::events_named::types::{ChatEventData, WatchBuildResponse};
use goldens::events_named::{operations, Client};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self, ErrorKind};

fn events(text: &str) -> Answer {
    Answer::new(200, "text/event-stream", text)
}

fn client(server: &Server) -> Client {
    let client = Client::builder().base_url(&server.url);
    client.retry(v1::RetryPolicy::off()).build().unwrap()
}

#[tokio::test]
async fn each_event_is_what_its_name_says() {
    let server = Server::start([events(
        "id: 1\r\nevent: log\r\ndata: made\r\ndata: it\r\n\r\nevent: sizeInBytes\r\ndata: 9007199254740993\r\n\r\n\
         event: step-begun\r\ndata: {\"step\":\"größe\",\"at\":\"2024-01-02T03:04:05Z\",\"more\":1}\r\n\r\n\
         event: step-done\r\ndata: {\"step\":\"b\"}\r\n\r\n\
         event: done\r\ndata: {\"number\":\r\ndata: 7}\r\n\r\nevent: unlisted\r\ndata: [1,2]\r\n\r\n\
         event: cancelled\r\nid: 2\r\ndata: by you\r\n\r\ndata: plain\r\n\r\n",
    )])
    .await;
    let mut stream = client(&server).watch_build("b").await.unwrap();
    let mut events = Vec::new();
    while let Some(event) = stream.next().await {
        let event = event.unwrap();
        events.push((event.event, event.id, event.data));
    }
    let data: Vec<_> = events.iter().map(|(_, _, data)| data).collect();
    let [log, size, begun, done_step, done, list, other, unnamed] = data[..] else {
        panic!("{events:?}");
    };
    assert_eq!(*log, WatchBuildResponse::Log("made\nit".to_owned()));
    assert_eq!(*size, WatchBuildResponse::SizeInBytes(9_007_199_254_740_993));
    assert!(
        matches!(begun, WatchBuildResponse::StepBegun(step) if step.step == "größe" && step.at.is_some())
    );
    assert!(matches!(done_step, WatchBuildResponse::StepBegun(step) if step.at.is_none()));
    assert!(matches!(done, WatchBuildResponse::Done(build) if build.number == 7));
    assert_eq!(*list, WatchBuildResponse::UnlistedVariant(vec![1, 2]));
    for (data, expected) in
        [(other, ("cancelled", "2", "by you")), (unnamed, ("message", "2", "plain"))]
    {
        let WatchBuildResponse::Unlisted(event) = data else {
            panic!("{data:?}");
        };
        assert_eq!((&*event.event, &*event.id, &*event.data), expected);
    }
    assert_eq!((&*events[3].0, &*events[3].1), ("step-done", "1"));
}

#[tokio::test]
async fn what_is_not_as_its_name_says_ends_the_stream() {
    for (data, path) in [
        ("{\"number\":", "done.number"),
        ("no JSON", "done"),
        ("{\"number\":\"x\"}", "done.number"),
        ("{}", "done.number"),
    ] {
        let text =
            format!("event: log\ndata: a\n\nevent: done\ndata: {data}\n\nevent: log\ndata: b\n\n");
        let server = Server::start([events(&text)]).await;
        let mut stream = client(&server).watch_build("b").await.unwrap();
        assert!(stream.next().await.unwrap().is_ok());
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Decode, Some(path)));
        assert!(format!("{error:#}").contains(path), "{error:#}");
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn a_component_describes_the_events_of_several_operations() {
    let text = "event: delta\ndata: {\"text\":\"a\"}\n\ndata: b\n\nevent: delta\ndata: {\"text\":null}\n\n";
    let server =
        Server::start([events(text), events(text), Answer::json(200, "{\"number\":1}")]).await;
    let client = client(&server);
    let mut stream = client.read_chat("c").await.unwrap();
    let body = Default::default();
    let posted = client.send_chat("c", &body).await.unwrap();
    let operations::SendChatResponse::OkEvents(mut other) = posted else {
        panic!("{posted:?}");
    };
    for stream in [&mut stream, &mut other] {
        let first = stream.next().await.unwrap().unwrap().data;
        assert!(matches!(first, ChatEventData::Delta(delta) if delta.text.as_deref() == Some("a")));
        let second = stream.next().await.unwrap().unwrap().data;
        assert_eq!(second, ChatEventData::Message("b".to_owned()));
    }
    let whole = client.send_chat("c", &body).await.unwrap();
    assert!(matches!(whole, operations::SendChatResponse::OkJson(build) if build.number == 1));
    assert_eq!(server.sent()[1].header("accept"), ["application/json, text/event-stream"]);
}

#[tokio::test]
async fn a_broken_stream_goes_on_behind_the_last_event() {
    let server = Server::start([
        events("retry: 1\nid: 7\nevent: log\ndata: a\n\nevent: log\ndata: cut off"),
        events("id: 8\nevent: later\ndata: b\n\n"),
        events("event: log\ndata: c\n\n"),
        Answer::empty(204),
    ])
    .await;
    let stream = client(&server).watch_build("b").timeout(Duration::from_secs(30)).await;
    let mut stream = stream.unwrap().reconnecting(1);
    let mut texts = Vec::new();
    while let Some(event) = stream.next().await {
        let event = event.unwrap();
        texts.push(match event.data {
            WatchBuildResponse::Log(text) => text,
            WatchBuildResponse::Unlisted(other) => other.data,
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(texts, ["a", "b", "c"]);
    let sent = server.sent();
    let ids: Vec<_> = sent.iter().map(|sent| sent.header("last-event-id").join("")).collect();
    assert_eq!(ids, ["", "7", "8", "8"]);
}

#[tokio::test]
async fn a_mock_answers_with_events_of_several_kinds() {
    let mock = v1::Mock::new();
    let events = [("log", "a\nb"), ("done", "{\"number\":7}"), ("other", "")];
    mock.on::<operations::WatchBuild>().named_events(200, &events);
    let client: Client = Client::builder().transport(mock.clone()).build().unwrap();
    let mut stream = client.watch_build("b").await.unwrap();
    let log = stream.next().await.unwrap().unwrap().data;
    assert_eq!(log, WatchBuildResponse::Log("a\nb".to_owned()));
    let done = stream.next().await.unwrap().unwrap().data;
    assert!(matches!(done, WatchBuildResponse::Done(build) if build.number == 7));
    let other = stream.next().await.unwrap().unwrap().data;
    assert!(matches!(other, WatchBuildResponse::Unlisted(event) if event.data.is_empty()));
    assert!(stream.next().await.is_none());
}
