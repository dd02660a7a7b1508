//! Responses that no document describes, or that are interrupted.

use super::atlas::{self, GROUP, MEDIA_TYPE};
use super::metastore;
use super::server::{Answer, Server};
use typewright_runtime::codegen::v1::{AnyError, ErrorKind};

async fn atlas_error(answer: Answer) -> v1_error::Atlas {
    let server = Server::start([answer]).await;
    atlas::client(&server).create_backup_export(GROUP, "c", &atlas::request()).await.unwrap_err()
}

mod v1_error {
    pub type Atlas = typewright_runtime::codegen::v1::Error<mongodb_atlas::types::ApiError>;
}

#[tokio::test]
async fn an_undeclared_status_keeps_the_body() {
    let page = "<html>Bad gateway</html>";
    let error = atlas_error(Answer::new(502, "text/html", page).header("retry-after", "7")).await;
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!(error.raw_body(), page);
    assert_eq!(error.headers()["content-type"], "text/html");
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
    assert!(error.is_retryable() && error.body().is_none());
}

#[tokio::test]
async fn a_documented_status_with_another_body_keeps_it() {
    let error = atlas_error(Answer::new(404, "text/html", "<html>No</html>")).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.body().is_none());
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.raw_body(), "<html>No</html>");
}

#[tokio::test]
async fn a_wrong_type_is_found_by_its_path() {
    let reply = r#"{"exportBucketId":"b","customData":[{"key":"a"},{"key":7}]}"#;
    let error = atlas_error(Answer::new(200, MEDIA_TYPE, reply)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.path().unwrap(), "customData[1].key");
    let error = atlas_error(Answer::json(400, r#"{"error":"four","errorCode":"E"}"#)).await;
    assert_eq!(error.path().unwrap(), "error");
}

#[tokio::test]
async fn a_missing_member_is_named() {
    let error = atlas_error(Answer::new(200, MEDIA_TYPE, "{}")).await;
    assert_eq!(error.path().unwrap(), "exportBucketId");
}

/// Missing members can be accepted by a lenient client; other failures have no such remedy.
#[tokio::test]
async fn a_missing_member_comes_with_the_option_that_takes_it() {
    let failures = [
        ("{}", "nothing or null", true),
        (r#"{"exportBucketId":null}"#, "null at line 1 column 22", true),
        (r#"{"exportBucketId":7}"#, "the number 7 at line 1 column 19", false),
        (r#"{"exportBucketId":"b","customData":[null]}"#, "null at line 1 column 40", false),
    ];
    for (reply, actual, has_help) in failures {
        let error = atlas_error(Answer::new(200, MEDIA_TYPE, reply)).await;
        let help = error.help().unwrap_or_default();
        assert_eq!(help.contains("`responses = \"lenient\"`"), has_help, "{reply}");
        let end = match has_help {
            true => format!("found {actual}; help: {help}"),
            false => format!("found {actual}"),
        };
        let text = format!("{error:#}");
        assert!(text.ends_with(&end), "{text}");
    }
}

#[tokio::test]
async fn a_truncated_document_is_told_from_a_broken_connection() {
    let error = atlas_error(Answer::new(200, MEDIA_TYPE, r#"{"exportBucketId":"b","#)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap(), 200);
    let error =
        atlas_error(Answer::new(200, MEDIA_TYPE, r#"{"exportBucketId":"#).breaks_off()).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn an_empty_body_is_no_reply() {
    let error = atlas_error(Answer::empty(200)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn failures_of_all_operations_become_one() {
    async fn both(server: &Server) -> Result<(), AnyError> {
        metastore::client(server).cluster_export_data("c1", &metastore::request()).await?;
        atlas::client(server).create_backup_export(GROUP, "c", &atlas::request()).await?;
        Ok(())
    }
    let server = Server::start([
        Answer::json(200, "{}"),
        Answer::json(403, super::body("atlas-error.json")),
    ])
    .await;
    let error = both(&server).await.unwrap_err();
    assert!(error.body::<mongodb_atlas::types::ApiError>().is_some());
    let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(error);
    assert!(boxed.to_string().contains("403"));
}

#[tokio::test]
async fn an_operation_without_documented_errors_has_a_typed_failure_too() {
    let server = Server::start([Answer::json(403, r#"{"code":7}"#)]).await;
    let error = metastore::client(&server)
        .cluster_export_data("c1", &metastore::request())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.raw_body(), r#"{"code":7}"#);
    fn is_error<T: std::error::Error + Send + Sync + 'static>(_: &T) {}
    is_error(&error);
}

#[tokio::test]
async fn secrets_are_in_no_message() {
    let server = Server::start([Answer::json(401, "{}")]).await;
    let client = metastore::client(&server);
    let error = client.cluster_export_data("c1", &metastore::request()).await.unwrap_err();
    assert!(!format!("{client:?} {error:?} {error}").contains("t0ken"));
}
