//! Pagination and long-running operations.

use super::server::{Answer, Server};
use goldens::{long_running, paging};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self, ErrorKind, Update};

fn paged(server: &Server) -> paging::Client {
    paging::Client::builder().base_url(&server.url).build().unwrap()
}

fn running(server: &Server) -> long_running::Client {
    long_running::Client::builder().base_url(&server.url).build().unwrap()
}

fn targets(server: &Server) -> Vec<String> {
    server.sent().into_iter().map(|sent| sent.target).collect()
}

/// Pauses that no test waits for.
fn soon() -> v1::PollConfig {
    let pause = Duration::from_millis(1);
    v1::PollConfig::default().backoff(pause, pause).deadline(Duration::from_secs(10))
}

#[tokio::test]
async fn a_token_leads_from_page_to_page() {
    let server = Server::start([
        Answer::json(200, r#"{"items":[{"id":1},{"id":2}],"next_page_token":"t&2"}"#),
        Answer::json(200, r#"{"items":[],"next_page_token":"t3"}"#),
        Answer::json(200, r#"{"items":[{"id":3}],"next_page_token":""}"#),
    ])
    .await;
    let mut items = paged(&server).list_by_token().page_size(2).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id.unwrap());
    }
    assert_eq!(ids, [1, 2, 3]);
    let expected = [
        "/token?page_size=2",
        "/token?page_size=2&page_token=t%262",
        "/token?page_size=2&page_token=t3",
    ];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn a_cursor_that_comes_back_ends_the_walk() {
    let same = || Answer::json(200, r#"{"items":[{"id":1}],"next_page_token":"t"}"#);
    let server = Server::start([same(), same(), same()]).await;
    let mut pages = paged(&server).list_by_token().pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        page.unwrap();
        count += 1;
    }
    assert_eq!(count, 2);
}

#[tokio::test]
async fn pages_are_counted() {
    let server = Server::start(["[1,2]", "[3]"].map(|body| Answer::json(200, body))).await;
    let mut items = paged(&server).list_by_number().page_size(2).items();
    let mut numbers = Vec::new();
    while let Some(item) = items.next().await {
        numbers.push(item.unwrap());
    }
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(targets(&server), ["/number?page_size=2", "/number?page_size=2&page=1"]);
}

#[tokio::test]
async fn items_are_counted_and_the_list_may_be_further_inside() {
    let pages = [
        r#"{"meta":{"hasMore":true},"body":{"results":["a","b"]}}"#,
        r#"{"meta":{"hasMore":false},"body":{"results":["c"]}}"#,
    ];
    let server = Server::start(pages.map(|body| Answer::json(200, body))).await;
    let mut items = paged(&server).list_by_offset().items();
    let mut text = String::new();
    while let Some(item) = items.next().await {
        text += &item.unwrap();
    }
    assert_eq!(text, "abc");
    assert_eq!(targets(&server), ["/offset", "/offset?offset=2"]);
}

#[tokio::test]
async fn links_are_followed_in_the_body_and_in_the_header() {
    let link = r#"{"links":[{"rel":"self","href":"/x"},{"rel":"next","href":"/links?pageNum=2"}],"results":[{"id":1}]}"#;
    let server = Server::start([
        Answer::json(200, link),
        Answer::json(200, r#"{"links":[],"results":[{"id":2}]}"#),
        Answer::json(200, r#"[{"id":3}]"#).header("link", "</header?page=2>; rel=\"next\""),
        Answer::json(200, "[]"),
    ])
    .await;
    let client = paged(&server);
    let mut pages = client.list_by_links().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().results[0].id, Some(1));
    assert_eq!(pages.next().await.unwrap().unwrap().results[0].id, Some(2));
    assert!(pages.next().await.is_none());
    let mut items = client.list_by_header().items();
    assert_eq!(items.next().await.unwrap().unwrap().id, Some(3));
    assert!(items.next().await.is_none());
    assert_eq!(targets(&server), ["/links", "/links?pageNum=2", "/header", "/header?page=2"]);
}

#[tokio::test]
async fn a_link_to_another_server_is_not_followed() {
    let page = r#"{"links":[{"rel":"next","href":"https://evil.example.com/links"}],"results":[]}"#;
    let server = Server::start([Answer::json(200, page)]).await;
    let mut pages = paged(&server).list_by_links().pages();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("another server"), "{error}");
    assert_eq!(targets(&server).len(), 1);
}

#[tokio::test]
async fn declared_pages_use_what_was_declared() {
    let first = r#"{"things":[{"id":1}],"meta":{"then":"b"}}"#;
    let server = Server::start([first, "{}"].map(|body| Answer::json(200, body))).await;
    let mut items = paged(&server).list_as_declared().items();
    assert_eq!(items.next().await.unwrap().unwrap().id, Some(1));
    assert!(items.next().await.is_none());
    assert_eq!(targets(&server), ["/declared", "/declared?from=b"]);
}

#[tokio::test]
async fn an_operation_is_followed_to_its_end() {
    let server = Server::start([
        Answer::json(200, r#"{"id":"o1","done":false}"#),
        Answer::json(200, r#"{"id":"o1"}"#).header("retry-after", "0"),
        Answer::json(200, r#"{"id":"o1","done":true,"response":{"size":7}}"#),
    ])
    .await;
    let ended = running(&server).start_export().wait_with(soon()).await.unwrap();
    assert_eq!(ended.done, Some(true));
    let expected = ["/exports", "/operations/o1", "/operations/o1"];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn an_operation_that_fails_says_so_and_one_is_taken_up_by_its_id() {
    let failed = r#"{"id":"o1","done":true,"error":{"message":"no room"}}"#;
    let server = Server::start([Answer::json(200, failed)]).await;
    let error = running(&server)
        .resume::<long_running::operations::StartExport>("o1", soon())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Operation);
    assert!(error.raw_body().windows(7).any(|piece| piece == b"no room"));
    assert_eq!(targets(&server), ["/operations/o1"]);
}

#[tokio::test]
async fn states_tell_the_end_too() {
    let server = Server::start([
        Answer::json(201, r#"{"build":"b/1"}"#),
        Answer::json(200, r#"{"state":"done"}"#),
    ])
    .await;
    let ended = running(&server).start_build().wait_with(soon()).await.unwrap();
    assert_eq!(ended.state.as_deref(), Some("done"));
    assert_eq!(targets(&server), ["/builds", "/builds/b%2F1"]);
}

#[tokio::test]
async fn what_is_asked_elsewhere_goes_there() {
    let server = Server::start([]).await;
    let waiting = running(&server).start_import().base_url("http://127.0.0.1:9");
    assert!(waiting.wait_with(soon()).await.is_err());
    use v1::Endpoint as _;
    let follow = long_running::operations::StartImport::spec().follow;
    let Some(v1::Follow::Poll(polling)) = follow else { panic!() };
    let get = polling.elsewhere.unwrap();
    assert_eq!(get.servers[0].url, "https://operations.example.com");
    assert_eq!((get.method, get.path), ("GET", "/operations/{id}"));
}

#[tokio::test]
async fn a_location_is_asked_until_it_is_no_202() {
    let server = Server::start([
        Answer::empty(202).header("location", "/later/7").header("retry-after", "0"),
        Answer::empty(202).header("retry-after", "0"),
        Answer::json(200, r#"{"id":"x"}"#),
    ])
    .await;
    let ended = running(&server).put_later().wait_with(soon()).await.unwrap();
    let long_running::operations::PutLaterResponse::Ok(started) = ended else { panic!() };
    assert_eq!(started.id.as_deref(), Some("x"));
    assert_eq!(targets(&server), ["/later", "/later/7", "/later/7"]);
}

#[tokio::test]
async fn an_operation_is_watched_and_taken_up_by_the_text_of_a_state() {
    let server = Server::start([
        Answer::json(200, r#"{"id":"o1","done":false}"#),
        Answer::json(200, r#"{"id":"o1"}"#),
        Answer::json(200, r#"{"id":"o1","done":true,"response":{"size":7}}"#),
    ])
    .await;
    let mut watch = running(&server).start_export().watch_with(soon());
    let Some(Ok(Update::Running(state))) = watch.next().await else {
        panic!("it has ended");
    };
    let state: long_running::types::Operation = state.read().unwrap();
    assert_eq!(state.done, Some(false));
    let client = running(&server);
    let mut rest = client.watch::<long_running::operations::StartExport>(&state.id, soon());
    assert!(matches!(rest.next().await, Some(Ok(Update::Running(_)))));
    let ended = rest.next().await.unwrap().unwrap().ended().unwrap();
    assert_eq!(ended.done, Some(true));
    assert!(rest.next().await.is_none());
    let expected = ["/exports", "/operations/o1", "/operations/o1"];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn items_go_on_from_the_token_of_a_page() {
    let server = Server::start([
        Answer::json(200, r#"{"items":[{"id":1}],"next_page_token":"t&2"}"#),
        Answer::json(200, r#"{"items":[{"id":2}],"next_page_token":""}"#),
    ])
    .await;
    let mut items = paged(&server).list_by_token().page_size(1).items();
    items.next().await.unwrap().unwrap();
    let token = items.next_token().unwrap().to_owned();
    let mut rest = paged(&server).list_by_token().page_size(1).items().resume(&token);
    assert_eq!(rest.next().await.unwrap().unwrap().id, Some(2));
    assert!(rest.next().await.is_none());
    let expected = ["/token?page_size=1", "/token?page_size=1&page_token=t%262"];
    assert_eq!(targets(&server), expected);
}
