//! Cluster.ExportData of the metastore API.

use super::server::{Answer, Server};
use super::{assert_holds, body, documented_headers};
use yandex_metastore::types::{
    ClusterStatus, ExportDataRequest, LoggingConfigFolderIdOrLogGroupId, OperationErrorOrResponse,
};
use yandex_metastore::{Client, Credentials};

pub fn client(server: &Server) -> Client {
    let credentials = Credentials::new().bearer_token("t0ken");
    Client::builder().base_url(&server.url).credentials(credentials).build().unwrap()
}

pub fn request() -> ExportDataRequest {
    ExportDataRequest::new("dumps", "a/b \"c\".sql")
}

#[tokio::test]
async fn sends_what_the_page_says() {
    let server = Server::start([Answer::json(200, body("metastore-operation.json"))]).await;
    client(&server).cluster_export_data("c/1 ü%?#", &request()).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.method, "POST");
    assert_eq!(sent.target, "/managed-metastore/v1/clusters/c%2F1%20%C3%BC%25%3F%23:export");
    assert_eq!(sent.text(), r#"{"bucket":"dumps","filepath":"a/b \"c\".sql"}"#);
    let expected = [
        ("accept", "application/json"),
        ("authorization", "Bearer t0ken"),
        ("content-type", "application/json"),
    ];
    assert_eq!(documented_headers(&sent), expected);
    assert_eq!(sent.header("content-length"), [sent.body.len().to_string()]);
}

#[tokio::test]
async fn reads_the_documented_reply() {
    let server = Server::start([Answer::json(200, body("metastore-operation.json"))]).await;
    let operation = client(&server).cluster_export_data("c1", &request()).await.unwrap();
    assert_holds(&operation, &body("metastore-operation.json"));
    let cluster = operation.response.as_ref().unwrap();
    assert_eq!(cluster.status, Some(ClusterStatus::StatusUnknown));
    let window = cluster.maintenance_window.as_ref().unwrap();
    assert_eq!(window.weekly_maintenance_window.as_ref().unwrap().hour, Some(8));
}

#[tokio::test]
async fn an_empty_reply_object_is_an_operation_without_members() {
    let server = Server::start([Answer::json(200, "{}")]).await;
    let operation = client(&server).cluster_export_data("c1", &request()).await.unwrap();
    assert_holds(&operation, "{}");
    assert_eq!(operation.error_or_response(), None);
}

#[tokio::test]
async fn the_groups_say_which_member_is_set() {
    let reply = body("metastore-operation.json");
    let server = Server::start([Answer::json(200, reply)]).await;
    let operation = client(&server).cluster_export_data("c1", &request()).await.unwrap();
    let cluster = operation.response.as_ref().unwrap();
    assert_eq!(operation.error_or_response(), Some(OperationErrorOrResponse::Response(cluster)));
    let logging = cluster.logging.as_ref().unwrap();
    assert_eq!(
        logging.folder_id_or_log_group_id(),
        Some(LoggingConfigFolderIdOrLogGroupId::LogGroupId("e23"))
    );
}

#[tokio::test]
async fn calls_can_be_spawned_and_clients_cloned() {
    let answers = [Answer::json(200, "{}"), Answer::json(200, "{}")];
    let server = Server::start(answers).await;
    let client = client(&server);
    let call = client.clone().cluster_export_data("c1", &request());
    tokio::spawn(async move { call.await }).await.unwrap().unwrap();
    let response = client.cluster_export_data("c2", &request()).response().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(server.sent().len(), 2);
}

#[tokio::test]
async fn a_call_takes_headers_and_another_base_url() {
    let [first, second] = [Server::start([]).await, Server::start([Answer::json(200, "{}")]).await];
    let call = client(&first).cluster_export_data("c1", &request());
    call.header("X-Request-Id", "r1").base_url(&format!("{}/gate/", second.url)).await.unwrap();
    assert!(first.sent().is_empty());
    let sent = second.only();
    assert_eq!(sent.target, "/gate/managed-metastore/v1/clusters/c1:export");
    assert_eq!(sent.header("x-request-id"), ["r1"]);
}
