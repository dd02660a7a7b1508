//! Calls over HTTP/2 (RFC 9113), on one connection that they share.

use crate::api;
use axum::body::{to_bytes, Body};
use axum::extract::Request;
use axum::response::Response;
use axum::Router;
use typewright_runtime::codegen::v1::{self, Content, MediaCodec, ReqwestTransport, ResponseSpec};

const JSON: &[Content] = &[Content::new("application/json", MediaCodec::Json)];

static ECHO: v1::OperationSpec = v1::OperationSpec {
    id: "echo",
    method: "POST",
    path: "/echo",
    bodies: JSON,
    responses: &[ResponseSpec::new(200, JSON)],
    ..v1::OperationSpec::DEFAULT
};

struct Echo;

impl v1::Endpoint for Echo {
    type Output = v1::Json<(String, i64)>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &ECHO
    }
}

/// Answers with the version of the protocol and the body.
async fn echo(request: Request) -> Response {
    let version = format!("{:?}", request.version());
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let reply = Response::builder().header("content-type", "application/json");
    reply.body(Body::from(format!("[\"{version}\",{body}]"))).unwrap()
}

#[tokio::test]
async fn calls_share_a_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(echo);
    tokio::spawn(async move { axum::serve(listener, app).await });
    let http = ReqwestTransport::client_builder().unwrap();
    let http = http.http2_prior_knowledge().build().unwrap();
    let transport = ReqwestTransport::from(http);
    let builder = api::builder().base_url(&url).transport(transport);
    let client = builder.build().unwrap();
    let calls = (0..64_i64).map(|number| {
        let mut call = client.call(&ECHO);
        call.body(0, &number);
        tokio::spawn(call.send::<Echo>())
    });
    for (number, call) in calls.collect::<Vec<_>>().into_iter().enumerate() {
        let (version, echoed) = call.await.unwrap().unwrap();
        assert_eq!(version, "HTTP/2.0");
        assert_eq!(echoed, i64::try_from(number).unwrap());
    }
}
