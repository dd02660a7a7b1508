//! Cluster.Backup of the SPQR API, which sends no body.

use super::server::{Answer, Server};
use super::{assert_holds, body, documented_headers};
use yandex_spqr::{Client, Credentials};

fn client(server: &Server) -> Client {
    let credentials = Credentials::new().bearer_token("t0ken");
    Client::builder().base_url(&server.url).credentials(credentials).build().unwrap()
}

#[tokio::test]
async fn sends_what_the_page_says() {
    let server = Server::start([Answer::json(200, "{}")]).await;
    client(&server).cluster_backup("cat0").await.unwrap();
    let sent = server.only();
    assert_eq!(sent.method, "POST");
    assert_eq!(sent.target, "/managed-spqr/v1/clusters/cat0:backup");
    let expected = [("accept", "application/json"), ("authorization", "Bearer t0ken")];
    assert_eq!(documented_headers(&sent), expected);
    assert!(sent.body.is_empty());
    assert!(sent.header("transfer-encoding").is_empty());
}

/// Both members of the group, an enum value that came later, empty objects, numbers in strings at their limits.
#[tokio::test]
async fn reads_the_documented_reply() {
    let server = Server::start([Answer::json(200, body("spqr-operation.json"))]).await;
    let operation = client(&server).cluster_backup("c2").await.unwrap();
    assert_holds(&operation, &body("spqr-operation.json"));
    let config = operation.response.as_ref().unwrap().config.as_ref().unwrap();
    let coordinator = config.spqr_config.as_ref().unwrap().coordinator.as_ref().unwrap();
    assert!(coordinator.config.is_some());
    assert_eq!(coordinator.resources.as_ref().unwrap().disk_size, Some(i64::MAX));
}

#[tokio::test]
async fn numbers_in_strings_are_read_with_zeros_in_front_and_as_numbers() {
    let reply = r#"{"response":{"maintenanceWindow":{"weeklyMaintenanceWindow":{"hour":"08"}},"config":{"backupRetainPeriodDays":7}}}"#;
    let server = Server::start([Answer::json(200, reply)]).await;
    let cluster = client(&server).cluster_backup("c2").await.unwrap().response.unwrap();
    let window = cluster.maintenance_window.unwrap().weekly_maintenance_window.unwrap();
    assert_eq!(window.hour, Some(8));
    assert_eq!(cluster.config.unwrap().backup_retain_period_days, Some(7));
}

#[tokio::test]
async fn an_empty_cluster_id_is_not_sent() {
    let server = Server::start([]).await;
    let error = client(&server).cluster_backup("").await.unwrap_err();
    assert!(server.sent().is_empty(), "{error}");
}
