//! Redirects, and data that must not follow them.

use crate::api::{self, get, Shelf, Touch};
use crate::server::{json, serve, with, Server};
use typewright_runtime::codegen::v1::{self, Credential, ErrorKind};

async fn keyed(server: &Server, call: &'static v1::OperationSpec) -> Result<v1::Value, api::Fault> {
    let credentials = v1::Credentials::new()
        .with("key", Credential::api_key("hunter2"))
        .with("bearer", Credential::bearer("hunter3"));
    let builder = api::builder().base_url(&server.url).credentials(credentials);
    let client: v1::Client = builder.header("x-default-secret", "hunter4").build().unwrap();
    client.call(call).send::<Shelf>().await
}

fn to(url: &str) -> axum::response::Response {
    with(json(302, "{}"), "location", url)
}

#[tokio::test]
async fn credentials_stay_with_their_origin() {
    let thief = serve(|_, _| json(200, "{}")).await;
    let url = format!("{}/stolen", thief.url);
    let origin = serve(move |_, _| to(&url)).await;
    for operation in [&api::BY_KEY, &api::BY_BEARER] {
        keyed(&origin, operation).await.unwrap();
    }
    for seen in thief.seen() {
        assert_eq!(seen.target, "/stolen");
        assert!(!format!("{seen:?}").contains("hunter"), "{seen:?}");
        assert_eq!(seen.header("accept"), Some("application/json"));
    }
    assert_eq!(origin.seen()[0].header("x-key"), Some("hunter2"));
}

#[tokio::test]
async fn credentials_follow_within_their_origin() {
    let origin =
        serve(|number, _| if number == 0 { to("../elsewhere?x=1") } else { json(200, "{}") }).await;
    keyed(&origin, &api::BY_KEY).await.unwrap();
    let seen = origin.seen();
    assert_eq!((&*seen[1].target, seen[1].header("x-key")), ("/elsewhere?x=1", Some("hunter2")));
    assert_eq!(seen[1].header("x-default-secret"), Some("hunter4"));
}

#[tokio::test]
async fn a_loop_ends() {
    let origin = serve(|_, _| to("/again")).await;
    let error = keyed(&origin, &api::BY_KEY).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(origin.seen().len(), 11);
}

#[tokio::test]
async fn bodies_are_not_carried_to_another_server() {
    let other = serve(|_, _| json(200, "{}")).await;
    let url = format!("{}/x", other.url);
    let origin = serve(move |_, _| with(json(307, ""), "location", &url)).await;
    let client: v1::Client = api::builder().base_url(&origin.url).build().unwrap();
    let error = client.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_303_becomes_a_get_without_a_body() {
    let origin = serve(|number, _| {
        if number == 0 {
            return with(json(303, ""), "location", "/done");
        }
        json(200, "{}")
    })
    .await;
    let client: v1::Client = api::builder().base_url(&origin.url).build().unwrap();
    let mut call = client.call(&api::CREATE);
    call.path("shelf", &"s");
    call.body(0, &"text");
    call.send::<Shelf>().await.unwrap();
    let seen = &origin.seen()[1];
    assert_eq!((&*seen.method, &*seen.target), ("GET", "/done"));
    assert_eq!(seen.header("content-type"), None);
    assert!(seen.body.is_empty());
}

#[tokio::test]
async fn a_307_carries_the_body_within_its_origin() {
    let origin = serve(|number, _| {
        if number == 0 {
            return with(json(307, ""), "location", "/there");
        }
        json(200, "{}")
    })
    .await;
    let client: v1::Client = api::builder().base_url(&origin.url).build().unwrap();
    let mut call = client.call(&api::CREATE);
    call.path("shelf", &"s");
    call.body(0, &"text");
    call.send::<Shelf>().await.unwrap();
    let seen = &origin.seen()[1];
    assert_eq!((&*seen.method, &*seen.body), ("POST", &b"\"text\""[..]));
}

#[tokio::test]
async fn a_redirect_without_a_target_is_the_answer() {
    let origin = serve(|_, _| json(302, "moved")).await;
    let client: v1::Client = api::builder().base_url(&origin.url).build().unwrap();
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Unexpected, 302));
}

/// Puts its mark on every request.
struct Marks;

impl v1::RequestSigner for Marks {
    fn sign(
        &self,
        mut request: v1::TransportRequest,
    ) -> v1::BoxFuture<Result<v1::TransportRequest, v1::BoxError>> {
        let mark = request.uri().path().parse();
        Box::pin(async move {
            request.headers_mut().insert("x-signature", mark?);
            Ok(request)
        })
    }
}

#[tokio::test]
async fn a_signature_is_made_anew_and_for_the_own_server_only() {
    let other = serve(|_, _| json(200, "{}")).await;
    let url = format!("{}/other", other.url);
    let origin = serve(move |number, _| to(if number == 0 { "/second" } else { &url })).await;
    let builder = api::builder().base_url(&origin.url);
    let client: v1::Client = builder.signer(Marks).build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    let marks: Vec<_> =
        origin.seen().iter().map(|seen| seen.header("x-signature").unwrap().to_owned()).collect();
    assert_eq!(marks, ["/shelves/s", "/second"]);
    assert_eq!(other.one().header("x-signature"), None);
}

fn sent(url: &str) -> axum::response::Response {
    with(json(201, "{}"), "location", url)
}

/// `302` as the document describes it, exactly or not at all.
macro_rules! moved {
    ($($name:ident $status:expr;)*) => {$(
        static $name: v1::OperationSpec = v1::OperationSpec {
            id: "moved",
            path: "/moved",
            responses: &[api::reply($status, api::JSON)],
            ..v1::OperationSpec::DEFAULT
        };
    )*};
}

moved! {
    EXACT v1::Status::Exact(302);
    RANGE v1::Status::Range(3);
    OTHER v1::Status::Default;
    CREATED v1::Status::Exact(201);
}

#[tokio::test]
async fn a_documented_redirect_is_an_answer() {
    for (operation, followed) in [(&EXACT, false), (&RANGE, false), (&OTHER, true)] {
        let origin = serve(|number, _| if number == 0 { to("/on") } else { json(200, "{}") }).await;
        let client: v1::Client = api::builder().base_url(&origin.url).build().unwrap();
        client.call(operation).send::<Shelf>().await.unwrap();
        assert_eq!(origin.seen().len() == 2, followed, "{:?}", operation.responses);
    }
    // `Location` of a status that is no redirect leads nowhere.
    let origin = serve(|_, _| sent("/on")).await;
    let client: v1::Client = api::builder().base_url(&origin.url).build().unwrap();
    client.call(&CREATED).send::<Shelf>().await.unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    assert_eq!(origin.seen().len(), 2);
}

#[tokio::test]
async fn only_a_post_becomes_a_get_by_302() {
    for (method, code, becomes) in [
        ("POST", 301, "GET"),
        ("POST", 302, "GET"),
        ("PUT", 302, "PUT"),
        ("PUT", 303, "GET"),
        ("HEAD", 303, "HEAD"),
    ] {
        let origin = serve(move |number, _| match number {
            0 => with(json(code, ""), "location", "/on"),
            _ => json(200, "{}"),
        })
        .await;
        let client: v1::Client = api::builder().base_url(&origin.url).build().unwrap();
        let operation = Box::leak(Box::new(v1::OperationSpec { method, ..api::CREATE }));
        let mut call = client.call(operation);
        call.path("shelf", &"s");
        call.send::<Shelf>().await.unwrap();
        assert_eq!(origin.seen()[1].method, becomes, "{method} {code}");
    }
}

#[tokio::test]
async fn a_target_in_other_letters_is_found() {
    for (target, expected) in [
        ("/a b/é%20?ü".as_bytes(), "/a%20b/%C3%A9%20?%C3%BC"),
        // In Latin 1.
        (b"/a?\xfc", "/a?%FC"),
    ] {
        let origin = serve(move |number, _| match number {
            0 => {
                let mut reply = json(302, "");
                let target = http::HeaderValue::from_bytes(target);
                reply.headers_mut().insert("location", target.unwrap());
                reply
            }
            _ => json(200, "{}"),
        })
        .await;
        keyed(&origin, &api::BY_KEY).await.unwrap();
        assert_eq!(origin.seen()[1].target, expected);
    }
}

#[tokio::test]
async fn what_was_encrypted_stays_so() {
    for (target, fine) in [("https://api.example/on", true), ("http://api.example/on", false)] {
        let memory = v1::InMemoryTransport::new(move |request| {
            let reply = http::Response::builder();
            let reply = match request.uri().path() {
                "/on" => reply,
                _ => reply.status(302).header("location", target),
            };
            reply.body("{}".into()).unwrap()
        });
        let builder = api::builder().transport(memory.clone());
        let client: v1::Client = builder.build().unwrap();
        let outcome = get(&client, "s").send::<Shelf>().await;
        assert_eq!((outcome.is_ok(), memory.requests().len()), (fine, 1 + usize::from(fine)));
    }
}

#[tokio::test]
async fn the_callers_own_client_leaves_redirects_to_the_calls() {
    let origin = serve(|number, _| if number == 0 { to("/on") } else { json(200, "{}") }).await;
    let client = v1::ReqwestTransport::client_builder().unwrap().build().unwrap();
    let builder = api::builder().base_url(&origin.url).reqwest(client);
    let client: v1::Client = builder.build().unwrap();
    client.call(&EXACT).send::<Shelf>().await.unwrap();
    assert_eq!(origin.seen().len(), 1);
}

/// A server that sends everything on to a place where nobody listens.
async fn to_nowhere(status: u16) -> Server {
    let nowhere = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/gone", nowhere.local_addr().unwrap());
    drop(nowhere);
    serve(move |_, _| with(json(status, ""), "location", &url)).await
}

/// The first server has seen the request: only what may be sent twice is.
#[tokio::test]
async fn a_target_that_cannot_be_reached_sends_nothing_twice() {
    let retry = || {
        let pause = std::time::Duration::from_millis(1);
        v1::RetryPolicy::default().backoff(pause, pause)
    };
    for status in [301, 302, 303] {
        let origin = to_nowhere(status).await;
        let builder = api::builder().base_url(&origin.url).retry(retry());
        let client: v1::Client = builder.build().unwrap();
        let error = client.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 2));
        assert_eq!(origin.seen().len(), 1, "{status}");
        get(&client, "s").send::<Shelf>().await.unwrap_err();
        assert_eq!(origin.seen().len(), 4, "a GET is sent three times: {status}");
    }
}

#[tokio::test]
async fn another_server_that_leads_back_gets_nothing_for_it() {
    let address = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let back = std::sync::Arc::clone(&address);
    let other = serve(move |_, _| to(&format!("{}/back", back.lock().unwrap()))).await;
    let away = format!("{}/away", other.url);
    let origin = serve(move |_, seen| match &*seen.target {
        "/back" => json(200, "{}"),
        _ => to(&away),
    })
    .await;
    address.lock().unwrap().clone_from(&origin.url);
    keyed(&origin, &api::BY_KEY).await.unwrap();
    let seen = origin.seen();
    assert_eq!((seen.len(), &*seen[1].target), (2, "/back"));
    assert!(!format!("{:?}", seen[1]).contains("hunter"), "{seen:?}");
}

/// The method alone does not say that there is no body.
#[tokio::test]
async fn the_body_of_a_get_is_not_carried_to_another_server() {
    static SEARCH: v1::OperationSpec = v1::OperationSpec { method: "GET", ..api::CREATE };
    let other = serve(|_, _| json(200, "{}")).await;
    let url = format!("{}/x", other.url);
    let origin = serve(move |_, _| to(&url)).await;
    let client: v1::Client = api::builder().base_url(&origin.url).build().unwrap();
    let mut call = client.call(&SEARCH);
    call.path("shelf", &"s");
    call.body(0, &"private");
    let error = call.send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(other.seen().is_empty());
}

/// A server writes the whole query into its redirects, the key included.
#[tokio::test]
async fn a_key_in_the_query_is_sent_once_after_a_redirect() {
    let origin = serve(|number, seen| match number {
        0 => to(&format!("/on{}&x=1", &seen.target["/secured".len()..])),
        _ => json(200, "{}"),
    })
    .await;
    let key = v1::Credentials::new().with("queryKey", Credential::api_key("a b"));
    let builder = api::builder().base_url(&origin.url).credentials(key);
    let client: v1::Client = builder.build().unwrap();
    client.call(&api::BY_QUERY).send::<Shelf>().await.unwrap();
    assert_eq!(origin.seen()[1].target, "/on?api_key=a%20b&x=1");
}
