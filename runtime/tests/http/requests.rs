//! Requests, byte for byte, and their responses.

use crate::api::{self, get, Fault, Shelf, Touch};
use crate::server::{json, serve, typed, with};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self, ErrorKind};

async fn client(server: &crate::server::Server) -> v1::Client {
    api::builder().base_url(&server.url).build().unwrap()
}

#[tokio::test]
async fn the_target_is_encoded_and_the_template_is_not() {
    let server = serve(|_, _| json(200, "{}")).await;
    let client = client(&server).await;
    let mut call = get(&client, "a/b c?d#é'(1)~:%2F");
    call.query("depth", &"x y&z=ü'+");
    call.header("X-Trace", &vec!["1", "2"]);
    call.cookie("theme", &"dark blue");
    call.send::<Shelf>().await.unwrap();
    let seen = server.one();
    assert_eq!(
        seen.target,
        "/shelves/a%2Fb%20c%3Fd%23%C3%A9%27%281%29~%3A%252F?depth=x%20y%26z%3D%C3%BC%27%2B"
    );
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("x-trace"), Some("1,2"));
    assert_eq!(seen.header("cookie"), Some("theme=dark%20blue"));
    assert_eq!(seen.header("content-type"), None);
    assert!(seen.body.is_empty());
}

#[tokio::test]
async fn a_body_has_the_documented_media_type() {
    let server =
        serve(|_, _| typed(200, "application/vnd.shelves.2023-01-01+json", r#"{"id":1}"#)).await;
    let client = client(&server).await;
    let mut call = client.call(&api::CREATE);
    call.path("shelf", &"x");
    call.body(0, &v1::from_json::<v1::Value>(br#"{"b":1.50,"a":null}"#).unwrap());
    let response = call.response::<Shelf>().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.body()["id"].as_i64(), Some(1));
    let seen = server.one();
    assert_eq!((&*seen.method, &*seen.target), ("POST", "/shelves/x:create/"));
    assert_eq!(seen.header("content-type"), Some("application/vnd.shelves.2023-01-01+json"));
    assert_eq!(seen.header("accept"), Some("application/vnd.shelves.2023-01-01+json"));
    assert_eq!(seen.body, br#"{"b":1.50,"a":null}"#);
}

#[tokio::test]
async fn without_a_body_there_is_no_media_type() {
    let server = serve(|_, _| typed(204, "text/plain", "")).await;
    client(&server).await.call(&api::TOUCH).send::<Touch>().await.unwrap();
    let seen = server.one();
    assert_eq!((&*seen.method, seen.header("content-type")), ("POST", None));
    assert!(seen.body.is_empty());
}

#[tokio::test]
async fn the_callers_own_headers_query_and_server() {
    let server = serve(|_, _| json(200, "{}")).await;
    let elsewhere = api::builder()
        .base_url("http://127.0.0.1:1/nowhere")
        .user_agent("shelver/1.0")
        .header("x-team", "a")
        .header("x-other", "client")
        .query("tenant", "7 8");
    let client: v1::Client = elsewhere.build().unwrap();
    let mut call = get(&client, "s");
    call.set_base_url(&format!("{}/proxy/", server.url));
    call.set_header("x-other", "call");
    call.set_header("accept", "application/special+json");
    call.set_query("extra", "1&2");
    call.set_timeout(Duration::from_secs(5));
    call.send::<Shelf>().await.unwrap();
    let seen = server.one();
    assert_eq!(seen.target, "/proxy/shelves/s?tenant=7%208&extra=1%262");
    assert_eq!(seen.header("user-agent"), Some("shelver/1.0"));
    assert_eq!(seen.header("x-team"), Some("a"));
    assert_eq!(seen.header("x-other"), Some("call"));
    assert_eq!(seen.header("accept"), Some("application/special+json"));
}

#[tokio::test]
async fn a_documented_error_is_typed() {
    let server =
        serve(|_, _| with(json(404, r#"{"detail":"no such shelf"}"#), "x-request-id", "42")).await;
    let error: Fault = get(&client(&server).await, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.body().unwrap()["detail"], "no such shelf");
    assert_eq!(error.headers()["x-request-id"], "42");
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable());
    assert!(
        format!("{error:#}").starts_with("getShelf: 404 Not Found: the server refused"),
        "{error:#}"
    );
    assert!(error.excerpt().starts_with("{\"detail\""));
    let any = v1::AnyError::from(error);
    assert_eq!(any.body::<v1::Map<String>>().unwrap()["detail"], "no such shelf");
    assert_eq!((any.kind(), any.operation()), (ErrorKind::Api, "getShelf"));
}

#[tokio::test]
async fn an_undeclared_status_keeps_everything() {
    let server = serve(|_, _| typed(418, "text/plain", "short and stout")).await;
    let error = get(&client(&server).await, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.raw_body(), "short and stout");
    assert!(error.body().is_none());
    // 2xx is no better where the document does not know it and its body is none that it describes.
    let server = serve(|_, _| typed(202, "text/plain", "later")).await;
    let error = get(&client(&server).await, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Unexpected, 202));
}

#[tokio::test]
async fn a_proxys_page_keeps_everything() {
    for status in [200, 404] {
        let page = "<html>Bad day</html>";
        let server = serve(move |_, _| typed(status, "text/html", page)).await;
        let error = get(&client(&server).await, "s").send::<Shelf>().await.unwrap_err();
        let kind = if status == 404 { ErrorKind::Api } else { ErrorKind::Decode };
        assert_eq!(error.kind(), kind);
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.raw_body(), page);
        assert_eq!(error.headers()["content-type"], "text/html");
        assert!(
            format!("{error:#}").contains("expected a JSON body, found one of `text/html`"),
            "{error:#}"
        );
    }
}

#[tokio::test]
async fn a_wrong_type_is_found_by_its_path() {
    let server = serve(|_, _| json(404, r#"{"detail":{"deep":1}}"#)).await;
    let error = get(&client(&server).await, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Api, Some("detail")));
    assert!(error.body().is_none());
    assert_eq!(error.status().unwrap(), 404);
    let server = serve(|_, _| json(200, r#"{"detail":"#)).await;
    let error = get(&client(&server).await, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn what_cannot_be_written_is_told_when_awaited() {
    let server = serve(|_, _| json(200, "{}")).await;
    let client = client(&server).await;
    for (call, message) in [
        (get(&client, ""), "shelf cannot be sent"),
        (get(&client, ".."), "the path cannot be sent"),
        (client.call(&api::GET), "shelf cannot be sent"),
        (with_trace(&client, "line\nbreak"), "X-Trace cannot be sent"),
    ] {
        let error = call.send::<Shelf>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode);
        assert!(format!("{error:#}").contains(message), "{error:#}");
    }
    let mut call = client.call(&api::CREATE);
    call.path("shelf", &"x");
    call.body(0, &vec![1.0, f64::NAN]);
    let error = call.send::<Shelf>().await.unwrap_err();
    assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Encode, Some("[1]")));
    assert!(server.seen().is_empty());
}

fn with_trace(client: &v1::Client, trace: &str) -> v1::Call {
    let mut call = get(client, "s");
    call.header("X-Trace", &trace);
    call
}

#[tokio::test]
async fn servers_and_their_variables() {
    let memory = v1::InMemoryTransport::new(|_| http::Response::new("{}".into()));
    let build = |region: &str| api::builder().transport(memory.clone()).variable("region", region);
    let client: v1::Client = build("us").build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    let client: v1::Client = api::builder().transport(memory.clone()).build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    let urls: Vec<_> = memory.requests().iter().map(|r| r.uri().to_string()).collect();
    assert_eq!(
        urls,
        ["https://us.shelves.example/base/shelves/s", "https://eu.shelves.example/base/shelves/s"]
    );
    assert!(matches!(build("mars").build(), Err(v1::BuildError::Variable { name: "region", .. })));
    let unknown = api::builder().transport(memory.clone()).variable("zone", "1");
    assert!(matches!(unknown.build(), Err(v1::BuildError::UnknownVariable(_))));
    for url in ["nowhere", "ftp://x", "http://user:secret@host", "http://host?x=1", "http://"] {
        assert!(
            matches!(api::builder().base_url(url).build(), Err(v1::BuildError::Url(_))),
            "{url}"
        );
    }
    let headers = api::builder().header("x", "a\nb");
    assert!(matches!(headers.build(), Err(v1::BuildError::Header(_))));
}

fn assert_call<T: Send + 'static>(value: T) -> T {
    value
}

#[tokio::test]
async fn calls_can_be_spawned_and_repeated() {
    let server = serve(|_, _| json(200, "{}")).await;
    let client = client(&server).await;
    let call = assert_call(get(&client, "s"));
    let again = call.try_clone().unwrap();
    drop(client);
    tokio::spawn(call.send::<Shelf>()).await.unwrap().unwrap();
    again.send::<Shelf>().await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn many_operations_share_one_error() {
    async fn both(client: &v1::Client) -> Result<(), v1::AnyError> {
        get(client, "s").send::<Shelf>().await?;
        client.call(&api::TOUCH).send::<Touch>().await?;
        Ok(())
    }
    let server = serve(|number, _| json([200, 418][number], "{}")).await;
    let error = both(&client(&server).await).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Unexpected, "touchShelf"));
    fn is_error<E: std::error::Error + Send + Sync + 'static>() {}
    is_error::<v1::Error<v1::Undocumented>>();
    assert_eq!(size_of::<v1::Error<[u64; 9]>>(), size_of::<usize>());
}

static HEADERS: v1::OperationSpec = v1::OperationSpec {
    id: "headers",
    path: "/headers",
    parameters: &[
        v1::Parameter::header("Cookie"),
        v1::Parameter::header("Prefer"),
        v1::Parameter::header("X-Mode"),
        v1::Parameter::cookie("sid"),
    ],
    responses: &[api::reply(v1::Status::Exact(200), api::JSON)],
    ..v1::OperationSpec::DEFAULT
};

/// Cookies join whoever gives them; a list that the caller gives twice is one list; a single value is the caller's last word.
#[tokio::test]
async fn values_of_one_header_from_several_sides() {
    let memory = v1::InMemoryTransport::new(|_| http::Response::new("{}".into()));
    let builder = api::builder().transport(memory.clone());
    let client: v1::Client = builder.header("cookie", "lang=en; a=9").build().unwrap();
    let mut call = client.call(&HEADERS);
    call.header("Cookie", &"a=b");
    call.cookie("sid", &"s");
    call.header("Prefer", &"return=minimal");
    call.header("X-Mode", &"one");
    call.set_header("prefer", "wait=10");
    call.set_header("x-mode", "two");
    call.set_header("accept", "text/csv");
    call.set_header("cookie", "by=hand");
    call.send::<Shelf>().await.unwrap();
    let sent = memory.requests().remove(0);
    let headers = sent.headers();
    let cookies: Vec<_> = headers.get_all("cookie").iter().collect();
    assert_eq!(cookies, ["by=hand; a=b; sid=s; lang=en"]);
    assert_eq!(headers["prefer"], "return=minimal, wait=10");
    assert_eq!(headers["x-mode"], "two");
    assert_eq!(headers["accept"], "text/csv");
}
