//! A server that responds as the API is documented.

use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{json, Value};
use tokio::net::TcpListener;

/// Starts the server; returns its URL.
pub async fn start() -> std::io::Result<String> {
    let router = Router::new().route("/managed-metastore/v1/clusters/{cluster}", post(export));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

/// Responds with a finished export.
async fn export(Path(cluster): Path<String>, Json(request): Json<Value>) -> Json<Value> {
    let cluster = cluster.trim_end_matches(":export");
    println!("the server was asked to export {cluster} to {}", request["bucket"]);
    Json(json!({
        "id": "op1",
        "done": true,
        "metadata": { "clusterId": cluster },
        "response": { "id": cluster, "name": "warehouse", "status": "RUNNING" },
    }))
}
