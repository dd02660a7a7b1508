//! Conditional calls, and their 304.

use crate::api;
use typewright_runtime::codegen::v1::{self as rt, Conditional, ErrorKind};

rt::call!(pub(crate) Call);

rt::operation! {
    GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
    "getSize GET /size
    200 application/json"
}

rt::operation! {
    FindSize(FindSizeOperation) -> SizeResponse, rt::Undocumented;
    "findSize GET /size
    header If-None-Match
    200 application/json
    304
    404"
}

rt::setters! { FindSize {
    /// A setter of the document, beside that of conditional calls.
    if_none_match: &str => header("If-None-Match", &if_none_match);
} }

#[derive(Clone, Debug, PartialEq)]
pub enum SizeResponse {
    Ok(i64),
    NotModified,
}

rt::responses! { SizeResponse {
    0 => Ok(rt::Json<i64>),
    1 => NotModified,
} }

/// A server whose resource has the tag `"a"`.
fn client() -> (rt::Client, rt::InMemoryTransport) {
    let server = rt::InMemoryTransport::new(|request| {
        let tags = request.headers().get("if-none-match").map(|tags| tags.to_str().unwrap());
        let is_current = tags.is_some_and(|tags| tags.split(", ").any(|tag| tag == "\"a\""));
        let is_current = is_current || request.headers().contains_key("if-modified-since");
        let status = if request.headers().contains_key("x-gone") { 404 } else { 200 };
        let (status, body) = if is_current { (304, "") } else { (status, "7") };
        let reply = http::Response::builder().status(status).header("etag", "\"a\"");
        let reply = reply.header("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT");
        reply.header("content-type", "application/json").body(body.into()).unwrap()
    });
    (api::builder().transport(server.clone()).build().unwrap(), server)
}

#[tokio::test]
async fn what_a_response_has_is_what_a_later_call_takes() {
    let (client, server) = client();
    let first = GetSize::new(&client, &[]).response().await.unwrap();
    let (tag, date) = (first.etag().unwrap(), first.last_modified().unwrap());
    assert_eq!((tag, date), ("\"a\"", "Sun, 06 Nov 1994 08:49:37 GMT"));
    let call = || GetSize::new(&client, &[]).conditional();
    assert_eq!(call().if_none_match(tag).await.unwrap(), Conditional::NotModified);
    assert_eq!(call().if_modified_since(date).await.unwrap(), Conditional::NotModified);
    let both = call().if_none_match("W/\"x\"").if_none_match("\"y\"").header("x-a", "1");
    assert_eq!(both.await.unwrap(), Conditional::Modified(7));
    let sent = &server.requests()[3];
    assert_eq!(sent.headers()["if-none-match"], "W/\"x\", \"y\"");
    let response = call().if_none_match(tag).response().await.unwrap();
    assert_eq!((response.status().as_u16(), response.etag()), (304, Some(tag)));
    assert_eq!(call().await.unwrap().modified(), Some(7));
    assert_eq!(Conditional::<i64>::NotModified.modified(), None);
}

#[tokio::test]
async fn without_it_a_304_is_what_the_document_says() {
    let (client, _) = client();
    let error = GetSize::new(&client, &[]).header("if-none-match", "\"a\"").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    let documented = FindSize::new(&client, &[]).if_none_match("\"a\"").await.unwrap();
    assert_eq!(documented, SizeResponse::NotModified);
    // The setter of the document, and that of the call.
    let call = || FindSize::new(&client, &[]).if_none_match("\"b\"").conditional();
    let modified = Conditional::Modified(SizeResponse::Ok(7));
    assert_eq!(call().await.unwrap(), modified);
    assert_eq!(call().if_none_match("\"a\"").await.unwrap(), Conditional::NotModified);
}

#[tokio::test]
async fn it_goes_together_with_optional() {
    let (client, _) = client();
    let call = || FindSize::new(&client, &[]).optional().conditional();
    assert_eq!(call().if_none_match("\"a\"").await.unwrap(), Conditional::NotModified);
    assert_eq!(call().header("x-gone", "1").await.unwrap(), Conditional::Modified(None));
    let call = || FindSize::new(&client, &[]).conditional().if_none_match("\"a\"").optional();
    assert_eq!(call().await.unwrap(), Some(Conditional::NotModified));
}

#[tokio::test]
async fn what_is_no_validator_is_refused() {
    let (client, server) = client();
    let call = || GetSize::new(&client, &[]).conditional();
    for tag in ["a", "", "*", "\"a", "\"", "w/\"a\"", "\"a\", \"b\"", "\"a\nb\""] {
        let error = call().if_none_match(tag).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode, "{tag}");
    }
    let error = call().if_modified_since("2024-01-01T00:00:00Z").await.unwrap_err();
    assert!(format!("{error:#}").contains("this is no date of HTTP"), "{error:#}");
    assert!(server.requests().is_empty());
}

#[cfg(feature = "blocking")]
#[test]
fn it_blocks_too() {
    let (client, _) = client();
    let call = GetSize::new(&client, &[]).conditional().if_none_match("\"a\"");
    assert_eq!(call.send_blocking().unwrap(), Conditional::NotModified);
}
