//! Options of clients: mocks, signing, blocking calls, other servers.

use crate::api::{self, get, Create, Shelf, Touch};
use crate::server::{json, serve};
use typewright_runtime::codegen::v1::{self, BoxError, BoxFuture, ErrorKind, TransportRequest};

#[tokio::test]
async fn a_mock_is_typed_on_both_sides() {
    let mock = v1::Mock::new();
    let client: v1::Client = api::builder().transport(mock.clone()).build().unwrap();
    let value: v1::Value = v1::from_json(b"{\"id\":1}").unwrap();
    let error: v1::Map<String> = [("detail".to_owned(), "none".to_owned())].into_iter().collect();
    mock.on::<Shelf>().fail(404, &error).reply(200, &value);
    mock.on::<Touch>().status(204);
    mock.on::<Create>().reply(200, &value);
    let first = get(&client, "a b").send::<Shelf>().await.unwrap_err();
    assert_eq!(first.body().unwrap()["detail"], "none");
    for _ in 0..2 {
        assert_eq!(get(&client, "s").send::<Shelf>().await.unwrap(), value);
    }
    client.call(&api::TOUCH).send::<Touch>().await.unwrap();
    let mut call = client.call(&api::CREATE);
    call.path("shelf", &"s");
    call.body(0, &value);
    let created = call.response::<Shelf>().await.unwrap();
    assert_eq!(created.headers()["content-type"], "application/vnd.shelves.2023-01-01+json");
    assert_eq!(mock.requests::<Shelf>().len(), 3);
    assert_eq!(mock.requests::<Shelf>()[0].line(), "GET /base/shelves/a%20b");
    let request = &mock.requests::<Create>()[0];
    assert_eq!(request.json::<v1::Value>().unwrap(), value);
    assert_eq!(request.headers()["accept"], "application/vnd.shelves.2023-01-01+json");
}

#[tokio::test]
async fn a_mock_refuses_what_it_was_not_told() {
    let mock = v1::Mock::new();
    let client: v1::Client = api::builder().transport(mock.clone()).build().unwrap();
    let error = client.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
    assert!(format!("{error:#}").contains("no response is set for touchShelf"), "{error:#}");
    mock.on::<Touch>().status(418);
    let error = client.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
    assert!(format!("{error:#}").contains("touchShelf has no response of status 418"), "{error:#}");
}

struct Signer;

impl v1::RequestSigner for Signer {
    fn sign(&self, mut request: TransportRequest) -> BoxFuture<Result<TransportRequest, BoxError>> {
        Box::pin(async move {
            let v1::Body::Bytes(body) = request.body() else {
                return Err("only whole bodies are signed".into());
            };
            let key = request.headers().get("x-key").ok_or("no key")?.to_str()?;
            let signature =
                format!("{} {} {} {key}", request.method(), request.uri().path(), body.len());
            request.headers_mut().insert("x-signature", signature.parse()?);
            Ok(request)
        })
    }
}

#[tokio::test]
async fn a_signer_sees_the_final_request() {
    let server = serve(|_, _| json(200, "{}")).await;
    let credentials = v1::Credentials::new().with("key", v1::Credential::api_key("k"));
    let builder = api::builder().base_url(&server.url).credentials(credentials);
    let client: v1::Client = builder.signer(Signer).build().unwrap();
    static SIGNED: v1::OperationSpec =
        v1::OperationSpec { security: api::BY_KEY.security, ..api::CREATE };
    let mut call = client.call(&SIGNED);
    call.path("shelf", &"s");
    call.body(0, &"text");
    call.send::<Shelf>().await.unwrap();
    assert_eq!(server.one().header("x-signature"), Some("POST /shelves/s:create/ 6 k"));
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(format!("{error:#}").contains("only whole bodies are signed"), "{error:#}");
}

#[cfg(feature = "blocking")]
#[test]
fn calls_without_a_runtime_and_inside_one() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(serve(|_, _| json(200, "{\"a\":1}")));
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let value = get(&client, "s").send_blocking::<Shelf>().unwrap();
    assert_eq!(value["a"].as_i64(), Some(1));
    let inside = client.clone();
    let response = runtime.block_on(async move { get(&inside, "s").response_blocking::<Shelf>() });
    assert_eq!(response.unwrap().status(), 200);
    let nobody: v1::Client = api::builder().base_url("http://127.0.0.1:1").build().unwrap();
    let error = nobody.call(&api::TOUCH).send_blocking::<Touch>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn an_operation_with_a_server_of_its_own() {
    static ELSEWHERE: v1::OperationSpec =
        v1::OperationSpec { servers: &[v1::Server { url: "/v2", variables: &[] }], ..api::TOUCH };
    static RELATIVE: v1::ApiSpec =
        v1::ApiSpec { servers: &[v1::Server { url: "../api", variables: &[] }], ..api::API };
    let memory = v1::InMemoryTransport::new(|_| {
        let mut reply = http::Response::new("".into());
        *reply.status_mut() = v1::StatusCode::NO_CONTENT;
        reply
    });
    let builder = || v1::ClientBuilder::<v1::Client>::new(&RELATIVE).transport(memory.clone());
    assert!(matches!(builder().build(), Err(v1::BuildError::NoServer)));
    let client = builder().document_url("https://h/docs/v1/openapi.yaml").build().unwrap();
    client.call(&api::TOUCH).send::<Touch>().await.unwrap();
    client.call(&ELSEWHERE).send::<Touch>().await.unwrap();
    let client = builder().base_url("https://other").build().unwrap();
    client.call(&ELSEWHERE).send::<Touch>().await.unwrap();
    let urls: Vec<_> = memory.requests().iter().map(|r| r.uri().to_string()).collect();
    assert_eq!(urls, ["https://h/docs/api/touch", "https://h/v2/touch", "https://other/v2/touch"]);
}

#[tokio::test]
async fn a_tape_is_played_back_without_its_secrets() {
    let server = serve(|number, _| json(200, &format!("{{\"n\":{number}}}"))).await;
    let inner = v1::ReqwestTransport::from(
        v1::ReqwestTransport::client_builder().unwrap().build().unwrap(),
    );
    let tape = v1::Cassette::recording(inner);
    let credentials = v1::Credentials::new().with("queryKey", v1::Credential::api_key("hunter2"));
    let keyed = |transport: v1::InMemoryTransport| {
        let builder = api::builder().base_url(&server.url).transport(transport);
        builder.credentials(credentials.clone()).build().unwrap()
    };
    let builder = api::builder().base_url(&server.url).transport(tape.clone());
    let client: v1::Client = builder.credentials(credentials.clone()).build().unwrap();
    let first = get(&client, "s").send::<Shelf>().await.unwrap();
    let second = get(&client, "s").send::<Shelf>().await.unwrap();
    client.call(&KEYED).send::<Shelf>().await.unwrap();
    let text = tape.to_json().unwrap();
    assert!(!text.contains("hunter2") && text.contains("api_key=***"), "{text}");
    let client: v1::Client = keyed(v1::Cassette::replaying(&text).unwrap());
    assert_eq!(get(&client, "s").send::<Shelf>().await.unwrap(), first);
    assert_eq!(get(&client, "s").send::<Shelf>().await.unwrap(), second);
    let error = get(&client, "other").send::<Shelf>().await.unwrap_err();
    assert!(format!("{error:#}").contains("not on the cassette: GET"), "{error:#}");
    client.call(&KEYED).send::<Shelf>().await.unwrap();
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_tape_of_a_token_endpoint_holds_no_secret() {
    let server = v1::InMemoryTransport::new(|request| {
        let reply = match request.uri().path() {
            "/token" => r#"{"access_token":"hunter3","expires_in":9}"#,
            _ => r#"{"pin":"hunter4","a":1}"#,
        };
        let length = reply.len();
        let reply = http::Response::builder().header("content-length", length).body(reply.into());
        reply.unwrap()
    });
    let tape = v1::Cassette::recording(server).masking(["PIN"]);
    let secret = v1::ClientCredentials::new("me", "hunter2").in_body();
    let credentials = v1::Credentials::new().with("oauth", secret.into());
    let client = |transport: std::sync::Arc<dyn v1::Transport>| -> v1::Client {
        let builder = api::builder().base_url("http://h").transport(transport);
        builder.credentials(credentials.clone()).build().unwrap()
    };
    let call = client(std::sync::Arc::new(tape.clone())).call(&api::BY_OAUTH);
    call.send::<Shelf>().await.unwrap();
    let text = tape.to_json().unwrap();
    assert!(!text.contains("hunter"), "{text}");
    assert!(text.contains("client_secret=***") && text.contains("client_id=me"), "{text}");
    let played = std::sync::Arc::new(v1::Cassette::replaying(&text).unwrap());
    let value = client(played).call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
    assert_eq!((value["pin"].as_str(), value["a"].as_i64()), (Some("***"), Some(1)));
}

static KEYED: v1::OperationSpec = v1::OperationSpec {
    path: "/keyed",
    parameters: &[],
    security: &[&[v1::SecurityNeed::scheme("queryKey")]],
    ..api::GET
};

#[cfg(feature = "tower")]
#[tokio::test]
async fn any_service_is_a_transport() {
    #[derive(Clone)]
    struct Echo;
    impl tower_service::Service<http::Request<v1::Body>> for Echo {
        type Response = http::Response<axum::body::Body>;
        type Error = BoxError;
        type Future = BoxFuture<Result<Self::Response, BoxError>>;
        fn poll_ready(
            &mut self,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Result<(), BoxError>> {
            std::task::Poll::Ready(Ok(()))
        }
        fn call(&mut self, request: http::Request<v1::Body>) -> Self::Future {
            let path = request.uri().path().to_owned();
            let reply = json(200, &format!("{path:?}"));
            let outcome =
                if path.ends_with("broken") { Err("out of order".into()) } else { Ok(reply) };
            Box::pin(std::future::ready(outcome))
        }
    }
    let transport = v1::TowerTransport::new(Echo);
    let builder = api::builder().transport(transport).retry(v1::RetryPolicy::off());
    let client: v1::Client = builder.build().unwrap();
    let value = get(&client, "s").send::<Shelf>().await.unwrap();
    assert_eq!(value.as_str(), Some("/base/shelves/s"));
    let error = get(&client, "broken").send::<Shelf>().await.unwrap_err();
    assert!(format!("{error:#}").contains("out of order"), "{error:#}");
}

/// `{"a":1}` as Python's `gzip`, Node's `zlib` and the `zstd` command pack it.
const PACKED: &[(&str, bool, &[u8])] = &[
    (
        "gzip",
        cfg!(feature = "gzip"),
        &[
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 84, 178, 50, 172, 5, 0, 175, 172, 27, 86,
            7, 0, 0, 0,
        ],
    ),
    ("br", cfg!(feature = "brotli"), &[11, 3, 128, 123, 34, 97, 34, 58, 49, 125, 3]),
    (
        "zstd",
        cfg!(feature = "zstd"),
        &[40, 181, 47, 253, 0, 88, 57, 0, 0, 123, 34, 97, 34, 58, 49, 125],
    ),
];

#[tokio::test]
async fn packed_replies_are_unpacked() {
    for (coding, on, packed) in PACKED {
        let server = serve(move |_, _| {
            let reply = http::Response::builder().header("content-type", "application/json");
            let reply = reply.header("content-encoding", *coding);
            reply.body(axum::body::Body::from(*packed)).unwrap()
        })
        .await;
        let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
        let value = get(&client, "s").send::<Shelf>().await;
        let seen = server.one();
        let accepted = seen.header("accept-encoding").unwrap_or_default();
        assert_eq!(accepted.contains(coding), *on, "{accepted}");
        if *on {
            assert_eq!(value.unwrap()["a"].as_i64(), Some(1), "{coding}");
        } else {
            println!("{coding} is not tested: its feature is off");
        }
    }
}

#[tokio::test]
async fn headers_of_replies_are_typed() {
    let server = serve(|_, _| {
        let reply = crate::server::with(json(200, "{}"), "x-count", "12");
        crate::server::with(reply, "x-name", "12a")
    })
    .await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let response = get(&client, "s").response::<Shelf>().await.unwrap();
    assert_eq!(response.header::<v1::Native<i64>>("X-Count").unwrap(), Some(12));
    assert_eq!(response.header::<v1::Native<String>>("x-count").unwrap().as_deref(), Some("12"));
    assert_eq!(response.header::<v1::Native<i64>>("x-missing").unwrap(), None);
    let failure = response.header::<v1::Native<i64>>("x-name").unwrap_err();
    assert_eq!(failure.path(), "x-name");
}

/// It would wait for itself, and all other blocking calls with it.
#[cfg(feature = "blocking")]
#[test]
fn a_blocking_call_within_another_is_refused() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(serve(|_, _| json(200, "{}")));
    let plain: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let inner = plain.clone();
    let token = v1::Token::from_fn(move || {
        let outcome = get(&inner, "s").send_blocking::<Shelf>();
        std::future::ready(match outcome {
            Ok(_) => Ok(v1::Secret::from("t")),
            Err(error) => Err(error.into()),
        })
    });
    let credentials = v1::Credentials::new().with("bearer", v1::Credential::bearer(token));
    let builder = api::builder().base_url(&server.url);
    let client: v1::Client = builder.credentials(credentials).build().unwrap();
    let outcome = std::thread::spawn(move || client.call(&api::BY_BEARER).send_blocking::<Shelf>());
    let error = outcome.join().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(format!("{error:#}").contains("would wait for itself"), "{error:#}");
    get(&plain, "s").send_blocking::<Shelf>().unwrap();
}
