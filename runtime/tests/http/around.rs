//! What stands around calls: mocks, signing, the blocking adapter, other servers.

use crate::api::{self, get, Shelf, Touch};
use crate::server::{json, serve};
use typewright_runtime::v1::{self, BoxError, BoxFuture, ErrorKind, TransportRequest};

const GET: v1::Operation<Shelf> = v1::Operation::new(&api::GET);
const TOUCH: v1::Operation<Touch> = v1::Operation::new(&api::TOUCH);
const CREATE: v1::Operation<Shelf> = v1::Operation::new(&api::CREATE);

#[tokio::test]
async fn a_mock_is_typed_on_both_sides() {
    let mock = v1::Mock::new();
    let client: v1::Client = api::builder().transport(mock.clone()).build().unwrap();
    let value: v1::Value = v1::from_json(b"{\"id\":1}").unwrap();
    let error: v1::Map<String> = [("detail".to_owned(), "none".to_owned())]
        .into_iter()
        .collect();
    mock.on(GET).fail(404, &error).reply(200, &value);
    mock.on(TOUCH).status(204);
    mock.on(CREATE).reply(200, &value);
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
    assert_eq!(
        created.headers()["content-type"],
        "application/vnd.shelves.2023-01-01+json"
    );
    assert_eq!(mock.asked(GET).len(), 3);
    assert_eq!(mock.asked(GET)[0].line(), "GET /base/shelves/a%20b");
    let asked = &mock.asked(CREATE)[0];
    assert_eq!(asked.json::<v1::Value>().unwrap(), value);
    assert_eq!(
        asked.headers()["accept"],
        "application/vnd.shelves.2023-01-01+json"
    );
}

#[tokio::test]
async fn a_mock_refuses_what_it_was_not_told() {
    let mock = v1::Mock::new();
    let client: v1::Client = api::builder().transport(mock.clone()).build().unwrap();
    let error = client.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
    assert!(
        error.to_string().contains("no reply is set for touchShelf"),
        "{error}"
    );
    mock.on(TOUCH).status(418);
    let error = client.call(&api::TOUCH).send::<Touch>().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("touchShelf has no reply of status 418"),
        "{error}"
    );
}

struct Signer;

impl v1::Sign for Signer {
    fn sign(&self, mut request: TransportRequest) -> BoxFuture<Result<TransportRequest, BoxError>> {
        Box::pin(async move {
            let v1::Body::Bytes(body) = request.body() else {
                return Err("only whole bodies are signed".into());
            };
            let key = request.headers().get("x-key").ok_or("no key")?.to_str()?;
            let signature = format!(
                "{} {} {} {key}",
                request.method(),
                request.uri().path(),
                body.len()
            );
            request
                .headers_mut()
                .insert("x-signature", signature.parse()?);
            Ok(request)
        })
    }
}

#[tokio::test]
async fn a_signer_sees_the_final_request() {
    let server = serve(|_, _| json(200, "{}")).await;
    let credentials = v1::Credentials::new().with("key", v1::Credential::api_key("k"));
    let builder = api::builder()
        .base_url(&server.url)
        .credentials(credentials);
    let client: v1::Client = builder.signer(Signer).build().unwrap();
    static SIGNED: v1::OperationData = v1::OperationData {
        security: api::BY_KEY.security,
        ..api::CREATE
    };
    let mut call = client.call(&SIGNED);
    call.path("shelf", &"s");
    call.body(0, &"text");
    call.send::<Shelf>().await.unwrap();
    assert_eq!(
        server.one().header("x-signature"),
        Some("POST /shelves/s:create/ 6 k")
    );
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(
        error.to_string().contains("only whole bodies are signed"),
        "{error}"
    );
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
    let nobody: v1::Client = api::builder()
        .base_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    let error = nobody
        .call(&api::TOUCH)
        .send_blocking::<Touch>()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn an_operation_with_a_server_of_its_own() {
    static ELSEWHERE: v1::OperationData = v1::OperationData {
        servers: &[v1::Server {
            url: "/v2",
            variables: &[],
        }],
        ..api::TOUCH
    };
    static RELATIVE: v1::ApiData = v1::ApiData {
        servers: &[v1::Server {
            url: "../api",
            variables: &[],
        }],
        ..api::API
    };
    let memory = v1::Memory::new(|_| {
        let mut reply = http::Response::new("".into());
        *reply.status_mut() = v1::StatusCode::NO_CONTENT;
        reply
    });
    let builder = || v1::ClientBuilder::<v1::Client>::new(&RELATIVE).transport(memory.clone());
    assert!(matches!(builder().build(), Err(v1::BuildError::NoServer)));
    let client = builder()
        .document_url("https://h/docs/v1/openapi.yaml")
        .build()
        .unwrap();
    client.call(&api::TOUCH).send::<Touch>().await.unwrap();
    client.call(&ELSEWHERE).send::<Touch>().await.unwrap();
    let client = builder().base_url("https://other").build().unwrap();
    client.call(&ELSEWHERE).send::<Touch>().await.unwrap();
    let urls: Vec<_> = memory
        .requests()
        .iter()
        .map(|r| r.uri().to_string())
        .collect();
    assert_eq!(
        urls,
        [
            "https://h/docs/api/touch",
            "https://h/v2/touch",
            "https://other/touch"
        ]
    );
}
