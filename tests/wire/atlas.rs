//! The two operations that create an export job.

use super::server::{Answer, Server};
use super::{assert_holds, body, documented_headers};
use crate::support::root;
use mongodb_atlas::types::{DiskBackupExportJobRequest, LegacyExportJobRequest};
use mongodb_atlas::{Client, Credentials};
use typewright_runtime::codegen::v1;

pub const MEDIA_TYPE: &str = "application/vnd.atlas.2023-01-01+json";
pub const GROUP: &str = "32b6e34b3d91647abb20e7b8";

pub fn client(server: &Server) -> Client {
    let credentials =
        v1::Credentials::new().with("serviceAccounts", v1::Credential::bearer("t0ken"));
    Client::builder().base_url(&server.url).credentials(credentials).build().unwrap()
}

pub fn request() -> DiskBackupExportJobRequest {
    DiskBackupExportJobRequest::new("604f6322dc786a5341d4f7fb", "6067566a0d97065aabbe5634")
}

#[tokio::test]
async fn sends_what_the_page_says() {
    let server = Server::start([Answer::new(200, MEDIA_TYPE, body("atlas-job.json"))]).await;
    client(&server)
        .create_backup_export(GROUP, "Cluster 0", &request())
        .envelope(false)
        .await
        .unwrap();
    let sent = server.only();
    assert_eq!(sent.method, "POST");
    let path = format!("/api/atlas/v2/groups/{GROUP}/clusters/Cluster%200/backup/exports");
    assert_eq!(sent.target, format!("{path}?envelope=false"));
    let expected =
        [("accept", MEDIA_TYPE), ("authorization", "Bearer t0ken"), ("content-type", MEDIA_TYPE)];
    assert_eq!(documented_headers(&sent), expected);
    let members =
        r#"{"exportBucketId":"604f6322dc786a5341d4f7fb","snapshotId":"6067566a0d97065aabbe5634"}"#;
    assert_eq!(sent.text(), members);
}

#[tokio::test]
async fn without_its_parameter_there_is_no_query() {
    let server = Server::start([Answer::new(200, MEDIA_TYPE, body("atlas-job.json"))]).await;
    client(&server).create_backup_export(GROUP, "c", &request()).await.unwrap();
    assert!(!server.only().target.contains('?'));
}

#[tokio::test]
async fn reads_the_documented_reply() {
    let server = Server::start([Answer::new(200, MEDIA_TYPE, body("atlas-job.json"))]).await;
    let job = client(&server).create_backup_export(GROUP, "c", &request()).await.unwrap();
    assert_holds(&job, &body("atlas-job.json"));
}

#[tokio::test]
async fn every_documented_error_is_typed() {
    for status in [400, 401, 403, 404, 409, 500] {
        let server = Server::start([Answer::json(status, body("atlas-error.json"))]).await;
        let error = client(&server).create_backup_export(GROUP, "c", &request()).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        let documented = error.body().unwrap_or_else(|| panic!("{status}: {error}"));
        assert_holds(documented, &body("atlas-error.json"));
        assert_eq!(documented.error_code, "RESOURCE_NOT_FOUND");
        assert_eq!(server.sent().len(), 1, "a POST is not sent twice");
    }
}

#[tokio::test]
async fn the_older_operation_sends_what_its_page_says() {
    let file = root().join("specs/mongodb-atlas/examples/LegacyExportJob.sharded-cluster.json");
    let reply = std::fs::read_to_string(file).unwrap();
    let server = Server::start([Answer::json(200, reply.as_str())]).await;
    let request = LegacyExportJobRequest::new("{SNAPSHOT-ID}", "{BUCKET-ID}");
    let credentials = Credentials::new().digest("public", "private");
    let client = Client::builder().base_url(&server.url).credentials(credentials).build().unwrap();
    let job = client.create_legacy_backup_export(GROUP, "Cluster0", &request).await.unwrap();
    assert_holds(&job, &reply);
    let sent = server.only();
    let path = format!("/api/atlas/v1.0/groups/{GROUP}/clusters/Cluster0/backup/exports/");
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", path.as_str()));
    assert_eq!(sent.text(), r#"{"snapshotId":"{SNAPSHOT-ID}","exportBucketId":"{BUCKET-ID}"}"#);
    let expected = [("accept", "application/json"), ("content-type", "application/json")];
    assert_eq!(documented_headers(&sent), expected);
}

/// The document's own token URL is the vendor's, so the caller names another.
#[tokio::test]
async fn a_service_account_trades_its_secret_for_a_token_once() {
    let token =
        Answer::json(200, r#"{"access_token":"tr4ded","token_type":"Bearer","expires_in":3600}"#);
    let job = || Answer::new(200, MEDIA_TYPE, body("atlas-job.json"));
    let server = Server::start([token, job(), job()]).await;
    let account =
        v1::ClientCredentials::new("id", "s3cret").token_url(format!("{}/token", server.url));
    let credentials = v1::Credentials::new().with("serviceAccounts", account.into());
    let client = Client::builder().base_url(&server.url).credentials(credentials).build().unwrap();
    for _ in 0..2 {
        client.create_backup_export(GROUP, "c", &request()).await.unwrap();
    }
    let [token_request, first, second] = &server.sent()[..] else { panic!("{:#?}", server.sent()) };
    assert_eq!((token_request.method.as_str(), token_request.target.as_str()), ("POST", "/token"));
    assert_eq!(token_request.text(), "grant_type=client_credentials");
    assert_eq!(token_request.header("authorization"), ["Basic aWQ6czNjcmV0"]);
    for sent in [first, second] {
        assert_eq!(sent.header("authorization"), ["Bearer tr4ded"]);
    }
}

/// The document lists two ways to authenticate; the digest is used where the caller has only that.
#[tokio::test]
async fn digest_is_the_other_way() {
    let challenge = r#"Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256"#;
    let refusal = Answer::json(401, body("atlas-error.json")).header("www-authenticate", challenge);
    let server =
        Server::start([refusal, Answer::new(200, MEDIA_TYPE, body("atlas-job.json"))]).await;
    let credentials = Credentials::new().digest("public", "private");
    let client = Client::builder().base_url(&server.url).credentials(credentials).build().unwrap();
    client.create_backup_export(GROUP, "c", &request()).envelope(true).await.unwrap();
    let sent = &server.sent()[1];
    let [header] = sent.header("authorization")[..] else { panic!("{sent:#?}") };
    assert!(header.contains(&format!("uri=\"{}\"", sent.target)), "{header}");
    assert!(sent.target.ends_with("/exports?envelope=true"));
}
