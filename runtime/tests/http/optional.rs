//! A documented 404 as `None`.

use crate::api;
use typewright_runtime::codegen::v1::{self as rt, ErrorKind};

rt::call!(pub(crate) Call);

macro_rules! operations {
    ($($name:ident($marker:ident) $responses:literal;)*) => {$(
        rt::operation! {
            $name($marker) -> rt::Json<i64>, rt::Json<rt::Map<String>>;
            $responses
        }
    )*};
}

operations! {
    ByStatus(ByStatusOperation) "byStatus GET /size
    200 application/json
    404 application/json";
    ByRange(ByRangeOperation) "byRange GET /size
    200 application/json
    4XX application/json";
    ByDefault(ByDefaultOperation) "byDefault GET /size
    200 application/json
    default application/json";
    WithoutBody(WithoutBodyOperation) "withoutBody GET /size
    200 application/json
    404";
    Undocumented(UndocumentedOperation) "undocumented GET /size
    200 application/json
    410 application/json";
}

fn client(status: u16, media_type: &'static str, body: &'static str) -> rt::Client {
    let server = rt::InMemoryTransport::new(move |_| {
        let reply = http::Response::builder().status(status);
        let reply =
            if media_type.is_empty() { reply } else { reply.header("content-type", media_type) };
        reply.body(body.into()).unwrap()
    });
    api::builder().transport(server).build().unwrap()
}

macro_rules! outcomes {
    ($client:expr; $($name:ident)*) => {
        [$(
            match $name::new(&$client, &[]).optional().await {
                Ok(size) => Ok(size),
                Err(error) => Err(error.kind()),
            },
        )*]
    };
}

#[tokio::test]
async fn where_the_document_describes_it() {
    let absent = client(404, "application/json", r#"{"code":"gone"}"#);
    let outcomes = outcomes!(absent; ByStatus ByRange ByDefault WithoutBody Undocumented);
    let none = Ok(None);
    assert_eq!(outcomes, [none, none, none, none, Err(ErrorKind::Unexpected)]);
    let bare = client(404, "", "");
    let outcomes = outcomes!(bare; ByStatus ByRange ByDefault WithoutBody Undocumented);
    assert_eq!(outcomes, [none, none, none, none, Err(ErrorKind::Unexpected)]);
}

#[tokio::test]
async fn a_page_of_a_proxy_is_no_absence() {
    let page = client(404, "text/html", "<h1>nginx</h1>");
    let outcomes = outcomes!(page; ByStatus ByRange ByDefault WithoutBody);
    let api = Err(ErrorKind::Api);
    assert_eq!(outcomes, [api, api, api, Ok(None)]);
}

#[tokio::test]
async fn values_and_other_errors_stay_what_they_are() {
    let present = client(200, "application/json", "7");
    assert_eq!(outcomes!(present; ByStatus Undocumented), [Ok(Some(7)), Ok(Some(7))]);
    let refused = client(403, "application/json", r#"{"code":"no"}"#);
    let error = ByRange::new(&refused, &[]).optional().await.unwrap_err();
    assert_eq!(error.body().unwrap()["code"], "no");
    let unreadable = client(200, "application/json", "true");
    assert_eq!(outcomes!(unreadable; ByStatus), [Err(ErrorKind::Decode)]);
}

/// Settings go before it and after it.
#[tokio::test]
async fn all_ways_to_send() {
    let absent = client(404, "application/json", "{}");
    let call = || ByStatus::new(&absent, &[]).header("x-a", "1").optional().header("x-b", "2");
    assert_eq!(call().send().await.unwrap(), None);
    let response = call().response().await.unwrap();
    assert_eq!((response.status().as_u16(), response.into_body()), (404, None));
    let error = call().response_raw().await.map(drop).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 404));
    let error = ByStatus::new(&absent, &[]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
}

#[cfg(feature = "blocking")]
#[test]
fn it_blocks_too() {
    let absent = client(404, "application/json", "{}");
    assert_eq!(ByStatus::new(&absent, &[]).optional().send_blocking().unwrap(), None);
    let present = client(200, "application/json", "7");
    assert_eq!(ByStatus::new(&present, &[]).optional().send_blocking().unwrap(), Some(7));
}
