//! Additions of the configuration to a document: versions per call, streams, pagination.

use super::server::{Answer, Server};
use goldens::{empty_path, multipart_headers, paging_further, streams_declared, versions_per_call};
use typewright_runtime::codegen::v1;

macro_rules! client {
    ($golden:ident, $server:expr) => {
        $golden::Client::builder().base_url(&$server.url).build().unwrap()
    };
}

fn targets(server: &Server) -> Vec<String> {
    server.sent().into_iter().map(|sent| sent.target).collect()
}

#[tokio::test]
async fn a_call_chooses_its_version() {
    let (old, new) =
        ("application/vnd.example.2023-01-01+json", "application/vnd.example.2024-08-05+json");
    let server = Server::start([
        Answer::new(201, new, r#"{"name":"n"}"#),
        Answer::new(201, old, r#"{"old":"o"}"#),
        Answer::new(200, old, r#"{"things":["t"]}"#),
    ])
    .await;
    let client = client!(versions_per_call, server);
    let body = v1::from_json(br#"{"name":"n"}"#).unwrap();
    let thing = client.create_thing(&body).await.unwrap();
    assert_eq!(thing.name.as_deref(), Some("n"));
    let body = v1::from_json(br#"{"old":"o"}"#).unwrap();
    let thing = client.create_thing_2023_01_01(&body).await.unwrap();
    assert_eq!(thing.old.as_deref(), Some("o"));
    let things = client.list_things_2023_01_01().cursor("c").await.unwrap();
    assert_eq!(things.things.unwrap(), ["t"]);
    let sent = server.sent();
    let header = |index: usize, name: &str| sent[index].header(name).join("");
    assert_eq!(header(0, "content-type"), new);
    assert_eq!(header(1, "content-type"), old);
    assert_eq!((header(0, "accept"), header(1, "accept")), (new.into(), old.into()));
    assert_eq!(sent[2].target, "/things?cursor=c");
}

#[tokio::test]
async fn replies_are_streams_where_the_caller_says_so() {
    let server = Server::start([
        Answer::json(200, "{\"id\":1}\n{\"id\":2}\n"),
        Answer::new(200, "application/x-ndjson", "{\"id\":3}\n"),
        Answer::new(200, "text/event-stream", "data: {\"id\":4}\n\n"),
        Answer::new(200, "text/event-stream", "event: e\ndata: {\"data\":5}\n\n"),
        Answer::new(200, "text/event-stream", "event: changed\ndata: {\"id\":6}\n\n"),
    ])
    .await;
    let client = client!(streams_declared, server);
    let mut lines = client.watch_changes().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().id, Some(1));
    assert_eq!(lines.next().await.unwrap().unwrap().id, Some(2));
    let mut logs = client.read_logs().await.unwrap();
    assert_eq!(logs.next().await.unwrap().unwrap().id, Some(3));
    let mut events = client.marked().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.id, Some(4));
    let mut typed = client.watch_typed().await.unwrap();
    assert_eq!(typed.next().await.unwrap().unwrap().data.data, Some(5));
    let mut named = client.watch_named().await.unwrap();
    let first = named.next().await.unwrap().unwrap().data;
    let streams_declared::types::HappeningData::Changed(change) = first else {
        panic!("{first:?}");
    };
    assert_eq!(change.id, Some(6));
    assert_eq!(server.sent()[1].header("accept"), ["application/x-ndjson"]);
}

#[tokio::test]
async fn the_last_item_and_the_first_place_lead_on() {
    let server = Server::start([
        Answer::json(200, r#"{"has_more":true,"data":[{"id":"a"},{"id":"b"}]}"#),
        Answer::json(200, r#"{"has_more":false,"data":[{"id":"c"}]}"#),
        Answer::new(200, "application/scim+json", r#"{"totalResults":3,"Resources":[{"id":"d"}]}"#),
        Answer::new(
            200,
            "application/scim+json",
            r#"{"totalResults":3,"Resources":[{"id":"e"},{"id":"f"}]}"#,
        ),
        Answer::json(200, r#"{"things":[{"key":"k"}]}"#),
        Answer::json(200, r#"{"things":[]}"#),
    ])
    .await;
    let client = client!(paging_further, server);
    let mut collected = String::new();
    let mut customers = client.list_customers().limit(2).items();
    while let Some(item) = customers.next().await {
        collected += &item.unwrap().id.unwrap();
    }
    let mut users = client.list_users().count(2).items();
    while let Some(item) = users.next().await {
        collected += &item.unwrap().id.unwrap();
    }
    let mut declared = client.list_declared().items();
    while let Some(item) = declared.next().await {
        collected += &item.unwrap().key.unwrap();
    }
    assert_eq!(collected, "abcdefk");
    let expected = [
        "/customers?limit=2",
        "/customers?limit=2&starting_after=b",
        "/Users?count=2",
        "/Users?startIndex=2&count=2",
        "/declared",
        "/declared?behind=k",
    ];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn parts_carry_the_headers_and_media_types_of_the_document() {
    let server = Server::start([Answer::empty(204)]).await;
    let client = client!(multipart_headers, server);
    let scan = v1::FilePart::new("PNG").header("X-Page", "7");
    let call = client.send_scan(scan).pages_part([v1::FilePart::new("TIFF")]);
    call.table("a,b").await.unwrap();
    let sent = server.only();
    let text = sent.text();
    for head in [
        "name=\"scan\"; filename=\"scan\"\r\nContent-Type: image/png\r\nX-Page: 7\r\nX-Kind: scan\r\n",
        "name=\"pages\"; filename=\"pages\"\r\nContent-Type: image/tiff\r\n",
        "name=\"table\"\r\n\r\na,b",
    ] {
        assert!(text.contains(head), "{head}: {text}");
    }
}

#[tokio::test]
async fn a_path_ends_in_nothing_where_that_means_something() {
    let server = Server::start((0..7).map(|_| Answer::empty(204))).await;
    let client = client!(empty_path, server);
    client.get_contents("").await.unwrap();
    client.get_contents("a/b").await.unwrap();
    client.get_server("u", "").await.unwrap();
    client.get_tags(&[]).await.unwrap();
    client.get_keys("").await.unwrap();
    client.get_thing("").await.unwrap();
    client.get_draft("").allow_empty_path().await.unwrap();
    for refused in [
        client.get_draft("").await.unwrap_err().erase(),
        client.get_server("", "s").await.unwrap_err().erase(),
    ] {
        assert_eq!(refused.kind(), v1::ErrorKind::Encode);
        assert!(format!("{refused:#}").contains("`allow_empty_path`"));
        assert!(["name", "user"].contains(&&*refused.path().unwrap()));
    }
    assert_eq!(
        targets(&server),
        [
            "/contents/",
            "/contents/a%2Fb",
            "/users/u/servers/",
            "/tags/",
            "/keys//all",
            "/things/",
            "/drafts/"
        ]
    );
}

/// Documents say `number` where they mean whole ones, which are counted all the same.
#[tokio::test]
async fn places_that_are_numbers_are_counted() {
    let server =
        Server::start([Answer::json(200, r#"["a","b"]"#), Answer::json(200, r#"["c"]"#)]).await;
    let client = client!(paging_further, server);
    let mut collected = String::new();
    let mut items = client.list_by_numbers().limit(2.0).items();
    while let Some(item) = items.next().await {
        collected += &item.unwrap();
    }
    assert_eq!(collected, "abc");
    assert_eq!(targets(&server), ["/numbers?limit=2", "/numbers?offset=2&limit=2"]);
}
