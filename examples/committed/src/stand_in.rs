//! A server that responds as the API is documented.

use axum::http::{header, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{json, Value};
use tokio::net::TcpListener;

const PATH: &str = "/api/atlas/v2/groups/{group}/clusters/{cluster}/backup/exports";
const CHALLENGE: &str = r#"Digest realm="MMS Public API", nonce="abc", qop="auth", algorithm=MD5"#;

/// Starts the server; returns its URL.
pub async fn start() -> std::io::Result<String> {
    let router = Router::new().route(PATH, post(create));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

/// Wants credentials (whichever they are), knows one snapshot.
async fn create(headers: HeaderMap, Json(request): Json<Value>) -> Response {
    if !headers.contains_key(header::AUTHORIZATION) {
        let challenge = [(header::WWW_AUTHENTICATE, CHALLENGE)];
        return (StatusCode::UNAUTHORIZED, challenge).into_response();
    }
    if request["snapshotId"] != "6067566a0d97065aabbe5634" {
        let error = json!({
            "detail": "There is no such snapshot.",
            "error": 404,
            "errorCode": "RESOURCE_NOT_FOUND",
        });
        return (StatusCode::NOT_FOUND, Json(error)).into_response();
    }
    let job = json!({
        "createdAt": "2023-01-01T10:00:00Z",
        "customData": request["customData"],
        "exportBucketId": request["exportBucketId"],
        "id": "6067615fc37241327a558540",
        "snapshotId": request["snapshotId"],
        "state": "Queued",
    });
    let media_type = [(header::CONTENT_TYPE, "application/vnd.atlas.2023-01-01+json")];
    (media_type, job.to_string()).into_response()
}
