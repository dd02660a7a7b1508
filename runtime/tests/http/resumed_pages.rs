//! Lists that go on in another process, by the token of a page.

use crate::api;
use crate::server::{json, serve, with, Server};
use typewright_runtime::codegen::v1::{self, ErrorKind, NextPage, Pages, Paging};

static LIST: v1::LazySpec = v1::LazySpec::new(
    "list GET /list
    query page
    query q
    200 application/json",
);

struct List;
impl v1::Endpoint for List {
    type Output = v1::Json<v1::Value>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        LIST.get()
    }
}

fn call(server: &Server, next: NextPage) -> v1::Call {
    let paging = Some(Paging::new(next, "/items"));
    let operation = Box::leak(Box::new(v1::OperationSpec { paging, ..*LIST.get() }));
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(operation);
    call.query("q", &"x");
    call
}

fn pages(server: &Server, next: NextPage) -> Pages<List> {
    call(server, next).pages()
}

fn numbers(page: v1::Value) -> Vec<i64> {
    let items = page["items"].as_list().unwrap_or_default();
    items.iter().filter_map(v1::Value::as_i64).collect()
}

fn targets(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.target).collect()
}

const TOKEN: NextPage = NextPage::Token { parameter: "page", pointer: "/next" };
const LINK: NextPage = NextPage::Link { pointer: "/next" };

#[tokio::test]
async fn a_token_is_that_of_the_page_to_come() {
    let server = serve(|number, _| match number {
        0 => with(json(200, r#"{"items":[1],"next":"b c"}"#), "x-total", "2"),
        _ => with(json(200, r#"{"items":[2],"next":""}"#), "x-total", "3"),
    })
    .await;
    let mut first = pages(&server, TOKEN);
    assert_eq!((first.next_token(), first.headers().is_some()), (None, false));
    first.next().await.unwrap().unwrap();
    assert_eq!(first.next_token(), Some("b c"));
    assert_eq!(first.headers().unwrap()["x-total"], "2");
    let token = first.next_token().unwrap().to_owned();
    drop(first);
    let mut second = pages(&server, TOKEN).resume(&token);
    assert_eq!(second.next_token(), Some("b c"));
    assert_eq!(numbers(second.next().await.unwrap().unwrap()), [2]);
    assert_eq!(second.headers().unwrap()["x-total"], "3");
    assert_eq!(second.next_token(), None);
    assert!(second.next().await.is_none());
    assert_eq!(targets(&server), ["/list?q=x", "/list?page=b%20c&q=x"]);
}

#[tokio::test]
async fn the_token_of_a_page_that_failed_stays() {
    let server = serve(|number, _| match number {
        0 => json(200, r#"{"items":[1],"next":"b"}"#),
        1 => json(403, "{}"),
        _ => json(200, r#"{"items":[2]}"#),
    })
    .await;
    let mut list = pages(&server, TOKEN);
    list.next().await.unwrap().unwrap();
    assert_eq!(list.next().await.unwrap().unwrap_err().kind(), ErrorKind::Unexpected);
    assert!(list.next().await.is_none());
    let token = list.next_token().unwrap();
    let page = pages(&server, TOKEN).resume(token).next().await;
    assert_eq!(numbers(page.unwrap().unwrap()), [2]);
}

#[tokio::test]
async fn numbers_go_on_from_a_token() {
    for (next, expected) in [
        (NextPage::Number { parameter: "page", first: 1 }, ["3", "4", "5"]),
        (NextPage::Offset { parameter: "page" }, ["3", "4", "5"]),
        (NextPage::Index { parameter: "page" }, ["3", "4", "5"]),
    ] {
        let server = serve(|_, _| json(200, r#"{"items":[7]}"#)).await;
        let mut list = pages(&server, next).resume("3");
        for token in expected {
            assert_eq!(list.next_token(), Some(token));
            list.next().await.unwrap().unwrap();
        }
        let expected = expected.map(|number| format!("/list?page={number}&q=x"));
        assert_eq!(targets(&server), expected);
        let error = pages(&server, next).resume("b").next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode);
        assert!(format!("{error:#}").contains("no token of this list"), "{error:#}");
        assert_eq!(server.seen().len(), 3);
    }
}

/// Resuming at the first page is no way back to it.
#[tokio::test]
async fn the_first_page_has_a_token_as_well() {
    let server = serve(|_, _| json(200, r#"{"items":[]}"#)).await;
    let mut call = call(&server, NextPage::Number { parameter: "page", first: 1 });
    call.query("page", &1);
    let mut list = call.pages::<List>().resume("1");
    assert!(list.next().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_link_is_a_whole_url_of_the_same_server() {
    for in_header in [false, true] {
        let server = serve(move |number, _| match (number, in_header) {
            (0, false) => json(200, r#"{"items":[1],"next":"?after=b"}"#),
            (0, true) => with(json(200, r#"{"items":[1]}"#), "link", "<?after=b>; rel=next"),
            _ => json(200, r#"{"items":[2]}"#),
        })
        .await;
        let next = if in_header { NextPage::Header } else { LINK };
        let mut list = pages(&server, next);
        list.next().await.unwrap().unwrap();
        let token = list.next_token().unwrap().to_owned();
        assert_eq!(token, format!("{}/list?after=b", server.url));
        let mut resumed = pages(&server, next).resume(&token);
        assert_eq!(numbers(resumed.next().await.unwrap().unwrap()), [2]);
        assert_eq!(targets(&server), ["/list?q=x", "/list?after=b"]);
    }
}

#[tokio::test]
async fn a_url_of_another_server_gets_no_request() {
    let (server, thief) =
        (serve(|_, _| json(200, "{}")).await, serve(|_, _| json(200, "{}")).await);
    let url = format!("{}/list?after=b", thief.url);
    let mut list = pages(&server, LINK).resume(&url);
    assert_eq!(list.next().await.unwrap().unwrap_err().kind(), ErrorKind::Redirect);
    assert!(thief.seen().is_empty() && server.seen().is_empty());
}

#[tokio::test]
async fn items_know_their_page() {
    let pages = [r#"{"items":[1,2],"next":"b"}"#, r#"{"items":[3,4],"next":"c"}"#];
    let server = serve(move |number, _| json(200, pages[number])).await;
    let mut items = call(&server, TOKEN).items::<List, i64>(numbers);
    let mut seen = Vec::new();
    for _ in 0..3 {
        let item = items.next().await.unwrap().unwrap();
        let page = items.page_token().map(str::to_owned);
        seen.push((item, page, items.next_token().map(str::to_owned)));
    }
    let text = |text: &str| Some(text.to_owned());
    let expected = [(1, None, text("b")), (2, None, text("b")), (3, text("b"), text("c"))];
    assert_eq!(seen, expected);
    assert!(items.headers().is_some());
    let server = serve(move |_, _| json(200, pages[1])).await;
    let mut items = call(&server, TOKEN).items::<List, i64>(numbers).resume("b");
    assert_eq!(items.next().await.unwrap().unwrap(), 3);
    assert_eq!(items.page_token(), Some("b"));
    assert_eq!(targets(&server), ["/list?page=b&q=x"]);
}
