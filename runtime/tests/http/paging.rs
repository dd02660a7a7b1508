//! Pages, and long-running operations.

use crate::api;
use crate::server::{json, serve, with, Server};
use std::time::Duration;
use typewright_runtime::codegen::v1::{
    self, ErrorKind, Follow, NextPage, Paging, PollConfig, Polling, Until,
};

static LIST: v1::LazySpec = v1::LazySpec::new(
    "list GET /list
    query page
    query size
    query q
    200 application/json",
);

struct List;
impl v1::Endpoint for List {
    type Output = v1::Json<v1::Value>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &GET
    }
}

impl v1::LongRunning for List {
    type Last = Self;
}

/// The list with this pagination.
fn paged(paging: &Paging) -> &'static v1::OperationSpec {
    Box::leak(Box::new(v1::OperationSpec { paging: Some(*paging), ..*LIST.get() }))
}

/// The start of an operation that is followed so.
fn start(server: &Server, follow: Follow) -> v1::Call {
    client(server)
        .call(Box::leak(Box::new(v1::OperationSpec { follow: Some(follow), ..*START.get() })))
}

fn client(server: &Server) -> v1::Client {
    api::builder().base_url(&server.url).build().unwrap()
}

fn numbers(page: v1::Value) -> Vec<i64> {
    let items = page.get("items").unwrap_or(&page).as_list().unwrap_or_default();
    items.iter().filter_map(v1::Value::as_i64).collect()
}

pub async fn all(
    server: &Server,
    paging: &'static Paging,
) -> Result<Vec<i64>, v1::Error<v1::Undocumented>> {
    let mut call = client(server).call(paged(paging));
    call.query("size", &2);
    call.query("q", &"x y");
    let mut items = call.items::<List, i64>(numbers);
    let mut visited = Vec::new();
    while let Some(item) = items.next().await {
        visited.push(item?);
        assert!(visited.len() < 20);
    }
    Ok(visited)
}

pub fn targets(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.target).collect()
}

#[tokio::test]
async fn by_number() {
    static PAGING: Paging =
        Paging::new(NextPage::Number { parameter: "page", first: 1 }, "/items").limit("size");
    let server =
        serve(|number, _| json(200, ["{\"items\":[1,2]}", "{\"items\":[3]}"][number])).await;
    assert_eq!(all(&server, &PAGING).await.unwrap(), [1, 2, 3]);
    assert_eq!(targets(&server), ["/list?size=2&q=x%20y", "/list?page=2&size=2&q=x%20y"]);
}

#[tokio::test]
async fn by_offset_until_nothing_comes() {
    static PAGING: Paging = Paging::new(NextPage::Offset { parameter: "page" }, "");
    let server = serve(|number, _| json(200, ["[1,2,3]", "[4]", "[]"][number])).await;
    assert_eq!(all(&server, &PAGING).await.unwrap(), [1, 2, 3, 4]);
    assert_eq!(targets(&server)[2], "/list?page=4&size=2&q=x%20y");
}

/// SCIM (RFC 7644, section 3.4.2.4): a page may be shorter than was asked, and the total says when all have come.
#[tokio::test]
async fn by_the_place_of_the_first_item() {
    static SCIM: Paging = Paging::new(NextPage::Index { parameter: "page" }, "/items")
        .limit("size")
        .total("/totalResults");
    let pages = [
        r#"{"totalResults":4,"itemsPerPage":1,"items":[1]}"#,
        r#"{"totalResults":4,"items":[2,3]}"#,
        r#"{"totalResults":4,"items":[4]}"#,
    ];
    let server = serve(move |number, _| json(200, pages[number])).await;
    assert_eq!(all(&server, &SCIM).await.unwrap(), [1, 2, 3, 4]);
    let expected = [2, 4].map(|place| format!("/list?page={place}&size=2&q=x%20y"));
    assert_eq!(targets(&server)[1..], expected);
    let empty = r#"{"totalResults":9,"items":[]}"#;
    let server = serve(move |_, _| json(200, empty)).await;
    assert!(all(&server, &SCIM).await.unwrap().is_empty());
    assert_eq!(server.seen().len(), 1);
}

/// As Stripe has it: `has_more`, and `starting_after` the id of the last item.
#[tokio::test]
async fn by_the_last_item() {
    static STRIPE: Paging =
        Paging::new(NextPage::LastItem { parameter: "page", pointer: "/id" }, "/data")
            .more("/has_more");
    let pages = [
        r#"{"has_more":true,"data":[{"id":"a"},{"id":"b&c"}]}"#,
        r#"{"has_more":false,"data":[{"id":"d"}]}"#,
    ];
    let server = serve(move |number, _| json(200, pages[number])).await;
    let mut pages = client(&server).call(paged(&STRIPE)).pages::<List>();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page.unwrap().get("data").unwrap().as_list().unwrap().len();
    }
    assert_eq!(count, 3);
    assert_eq!(targets(&server), ["/list", "/list?page=b%26c"]);
    // Nothing names what comes after an empty page, whatever the server says.
    let server = serve(|_, _| json(200, r#"{"has_more":true,"data":[]}"#)).await;
    assert!(all(&server, &STRIPE).await.unwrap().is_empty());
    assert_eq!(server.seen().len(), 1);
    // A server that gives the same page again is not followed for ever.
    let server = serve(|_, _| json(200, r#"{"has_more":true,"data":[{"id":"a"}]}"#)).await;
    assert!(all(&server, &STRIPE).await.unwrap().is_empty());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn by_token_until_it_is_empty_or_repeats() {
    static PAGING: Paging =
        Paging::new(NextPage::Token { parameter: "page", pointer: "/next/token" }, "/items");
    let pages = [
        r#"{"items":[1],"next":{"token":"a/b"}}"#,
        r#"{"items":[],"next":{"token":"c"}}"#,
        r#"{"items":[2],"next":{"token":""}}"#,
    ];
    let server = serve(move |number, _| json(200, pages[number])).await;
    assert_eq!(all(&server, &PAGING).await.unwrap(), [1, 2]);
    assert_eq!(targets(&server)[1], "/list?page=a%2Fb&size=2&q=x%20y");
    let server = serve(|_, _| json(200, r#"{"items":[1],"next":{"token":"same"}}"#)).await;
    assert_eq!(all(&server, &PAGING).await.unwrap(), [1, 1]);
}

#[tokio::test]
async fn by_a_flag_that_there_is_no_more() {
    static PAGING: Paging =
        Paging::new(NextPage::Number { parameter: "page", first: 0 }, "/items").more("/more");
    let pages = [r#"{"items":[1],"more":true}"#, r#"{"items":[2],"more":false}"#];
    let server = serve(move |number, _| json(200, pages[number])).await;
    assert_eq!(all(&server, &PAGING).await.unwrap(), [1, 2]);
    assert_eq!(targets(&server)[1], "/list?page=1&size=2&q=x%20y");
}

#[tokio::test]
async fn by_links_in_the_body_and_the_header() {
    static ATLAS: Paging = Paging::new(NextPage::Link { pointer: "/links" }, "/items");
    static PLAIN: Paging = Paging::new(NextPage::Link { pointer: "/next" }, "/items");
    static HEADER: Paging = Paging::new(NextPage::Header, "/items");
    for paging in [&ATLAS, &PLAIN, &HEADER] {
        let server = serve(|number, seen| {
            if number > 0 {
                return json(200, r#"{"items":[2],"links":[{"rel":"self","href":"/list"}],"next":null}"#);
            }
            let url = format!("http://{}/list?cursor=1", seen.header("host").unwrap());
            let body = format!(r#"{{"items":[1],"links":[{{"rel":"self","href":"/"}},{{"rel":"next","href":"{url}"}}],"next":"?cursor=1"}}"#);
            with(json(200, &body), "link", "</list>; rel=first, </list?cursor=1>; rel=\"next\"")
        })
        .await;
        assert_eq!(all(&server, paging).await.unwrap(), [1, 2]);
        assert_eq!(targets(&server)[1], "/list?cursor=1");
    }
}

#[tokio::test]
async fn another_server_gets_nothing() {
    static PAGING: Paging = Paging::new(NextPage::Link { pointer: "/next" }, "/items");
    let thief = serve(|_, _| json(200, r#"{"items":[666]}"#)).await;
    let body = format!(r#"{{"items":[1],"next":"{}/list"}}"#, thief.url);
    let server = serve(move |_, _| json(200, &body)).await;
    let error = all(&server, &PAGING).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(thief.seen().is_empty());
}

#[tokio::test]
async fn a_page_that_fails_ends_the_stream() {
    static PAGING: Paging = Paging::new(NextPage::Number { parameter: "page", first: 1 }, "/items");
    let server = serve(
        |number, _| {
            if number == 0 {
                json(200, r#"{"items":[1]}"#)
            } else {
                json(403, "{}")
            }
        },
    )
    .await;
    let mut pages = client(&server).call(paged(&PAGING)).pages::<List>();
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::Unexpected);
    assert!(pages.next().await.is_none());
}

static START: v1::LazySpec = v1::LazySpec::new(
    "start POST /start
    200 202 application/json",
);
static GET: v1::LazySpec = v1::LazySpec::new(
    "getOperation GET /operations/{id}
    path id
    200 application/json",
);
static POLLING: Polling = Polling {
    elsewhere: None,
    parameter: "id",
    id: "/id",
    until: Until::Done { done: "/done", error: "/error" },
};
static STATES: Polling = Polling {
    until: Until::State { state: "/state", success: &["OK"], failure: &["BAD"] },
    ..POLLING
};

fn quick() -> PollConfig {
    PollConfig::default().backoff(Duration::from_millis(5), Duration::from_millis(20))
}

async fn operation(last: &'static str) -> Server {
    serve(move |number, seen| match number {
        0 => json(200, r#"{"id":"op/1","done":false,"state":"NEW","error":{"code":1}}"#),
        1 => with(json(200, r#"{"id":"op/1","done":false,"state":"NEW"}"#), "retry-after", "0"),
        _ => {
            assert_eq!((&*seen.method, &*seen.target), ("GET", "/operations/op%2F1"));
            json(200, last)
        }
    })
    .await
}

#[tokio::test]
async fn an_operation_is_followed_to_its_end() {
    for polling in [&POLLING, &STATES] {
        let server = operation(r#"{"id":"op/1","done":true,"state":"OK","response":7}"#).await;
        let done = start(&server, Follow::Poll(*polling)).wait::<List>(quick()).await.unwrap();
        assert_eq!(done["response"].as_i64(), Some(7));
        assert_eq!(server.seen().len(), 3);
    }
}

#[tokio::test]
async fn an_operation_that_fails_is_a_failure() {
    for polling in [&POLLING, &STATES] {
        let server =
            operation(r#"{"id":"op/1","done":true,"state":"BAD","error":{"message":"no room"}}"#)
                .await;
        let error = start(&server, Follow::Poll(*polling)).wait::<List>(quick()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Operation);
        assert!(error.excerpt().contains("no room"), "{error:#}");
    }
}

#[tokio::test]
async fn an_operation_is_taken_up_by_its_id_or_given_up() {
    let server = serve(|_, _| json(200, r#"{"done":true}"#)).await;
    start(&server, Follow::Poll(POLLING)).resume::<List>("op/1", quick()).await.unwrap();
    let seen = server.one();
    assert_eq!((&*seen.method, &*seen.target), ("GET", "/operations/op%2F1"));
    let server = serve(|_, _| json(200, r#"{"id":"1","done":false}"#)).await;
    let config = quick().deadline(Duration::from_millis(60));
    let error = start(&server, Follow::Poll(POLLING)).wait::<List>(config).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let server = serve(|_, _| json(200, r#"{"done":false}"#)).await;
    let error = start(&server, Follow::Poll(POLLING)).wait::<List>(quick()).await.unwrap_err();
    assert!(format!("{error:#}").contains("the id of an operation"), "{error:#}");
}

#[tokio::test]
async fn a_202_leads_to_its_location() {
    for header in ["location", "operation-location"] {
        let server = serve(move |number, seen| match number {
            0 => with(json(202, "{}"), header, "/status/é 1"),
            1 => with(json(202, "{}"), "retry-after", "0"),
            _ => {
                assert_eq!((&*seen.method, &*seen.target), ("GET", "/status/%C3%A9%201"));
                json(200, "{\"ready\":true}")
            }
        })
        .await;
        let done = start(&server, Follow::Location).wait::<List>(quick()).await.unwrap();
        assert_eq!(done["ready"].as_bool(), Some(true));
        assert_eq!(server.seen().len(), 3);
    }
    let thief = serve(|_, _| json(200, "{}")).await;
    let url = format!("{}/x", thief.url);
    let server = serve(move |_, _| with(json(202, "{}"), "location", &url)).await;
    let error = start(&server, Follow::Location).wait::<List>(quick()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
}
