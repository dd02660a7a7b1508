//! HTTP digest (RFC 7616) as the v1.0 operation of Atlas uses it.

use super::atlas::GROUP;
use super::server::{Answer, Sent, Server};
use md5::Md5;
use mongodb_atlas::types::LegacyExportJobRequest;
use mongodb_atlas::{Client, Credentials};
use sha2::{Digest, Sha256};

const PATH: &str = "/api/atlas/v1.0/groups/32b6e34b3d91647abb20e7b8/clusters/c/backup/exports/";
const SHA_256: &str = r#"Digest realm="MMS Public API", nonce="n1", qop="auth", algorithm=SHA-256"#;

fn client(server: &Server) -> Client {
    let credentials = Credentials::new().digest("public", "s3cret");
    Client::builder().base_url(&server.url).credentials(credentials).build().unwrap()
}

fn request() -> LegacyExportJobRequest {
    LegacyExportJobRequest::new("s", "b")
}

fn challenge(challenge: &str) -> Answer {
    Answer::json(401, "{}").header("www-authenticate", challenge)
}

/// A directive of the `Authorization` header.
fn directive(sent: &Sent, name: &str) -> String {
    let [header] = sent.header("authorization")[..] else { panic!("no credentials in {sent:#?}") };
    let directives = header.strip_prefix("Digest ").unwrap().split(", ");
    let mut values = directives.filter_map(|directive| directive.strip_prefix(&format!("{name}=")));
    values.next().unwrap_or_else(|| panic!("no {name} in {header}")).trim_matches('"').to_owned()
}

fn hex<D: Digest>(text: &str) -> String {
    D::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The response that RFC 7616, section 3.4.1, requires.
fn expected<D: Digest>(sent: &Sent, nonce: &str) -> String {
    let secret = hex::<D>("public:MMS Public API:s3cret");
    let request = hex::<D>(&format!("POST:{}", sent.target));
    let [count, cnonce] = ["nc", "cnonce"].map(|name| directive(sent, name));
    hex::<D>(&format!("{secret}:{nonce}:{count}:{cnonce}:auth:{request}"))
}

fn assert_answers<D: Digest>(sent: &Sent, nonce: &str, count: &str) {
    assert_eq!(directive(sent, "uri"), sent.target);
    assert_eq!(directive(sent, "username"), "public");
    assert_eq!(directive(sent, "nonce"), nonce);
    assert_eq!(directive(sent, "nc"), count);
    assert_eq!(directive(sent, "response"), expected::<D>(sent, nonce));
    assert_eq!(sent.text(), r#"{"snapshotId":"s","exportBucketId":"b"}"#, "the body is sent again");
}

#[tokio::test]
async fn a_challenge_is_answered() {
    let server = Server::start([challenge(SHA_256), Answer::json(200, "{}")]).await;
    client(&server).create_legacy_backup_export(GROUP, "c", &request()).await.unwrap();
    let [first, second] = &server.sent()[..] else { panic!() };
    assert!(first.header("authorization").is_empty());
    assert_eq!(second.target, PATH);
    assert_answers::<Sha256>(second, "n1", "00000001");
}

#[tokio::test]
async fn md5_is_answered_where_nothing_better_is_offered() {
    let md5 = SHA_256.replace("SHA-256", "MD5");
    let server = Server::start([challenge(&md5), Answer::json(200, "{}")]).await;
    client(&server).create_legacy_backup_export(GROUP, "c", &request()).await.unwrap();
    assert_answers::<Md5>(&server.sent()[1], "n1", "00000001");
}

#[tokio::test]
async fn a_nonce_is_used_again_until_it_is_stale() {
    let stale = SHA_256.replace("n1", "n2") + ", stale=true";
    let done = || Answer::json(200, "{}");
    let server =
        Server::start([challenge(SHA_256), done(), done(), challenge(&stale), done()]).await;
    let client = client(&server);
    for _ in 0..3 {
        client.create_legacy_backup_export(GROUP, "c", &request()).await.unwrap();
    }
    let sent = server.sent();
    assert_answers::<Sha256>(&sent[2], "n1", "00000002");
    assert_answers::<Sha256>(&sent[3], "n1", "00000003");
    assert_answers::<Sha256>(&sent[4], "n2", "00000001");
}

#[tokio::test]
async fn a_second_refusal_is_shown() {
    let server = Server::start([challenge(SHA_256), challenge(SHA_256)]).await;
    let error =
        client(&server).create_legacy_backup_export(GROUP, "c", &request()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(server.sent().len(), 2);
    assert!(!format!("{error:?}").contains("s3cret"));
}

#[tokio::test]
async fn a_challenge_without_credentials_is_shown() {
    let server = Server::start([challenge(SHA_256)]).await;
    let client = Client::builder().base_url(&server.url).build().unwrap();
    client.create_legacy_backup_export(GROUP, "c", &request()).await.unwrap_err();
    assert!(server.sent().is_empty(), "nothing is sent without what the operation needs");
}
