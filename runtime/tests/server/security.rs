//! Who may call an operation.

use crate::pets::{routes, Service};
use crate::support::{get, send};

const PET: &str = r#"{"id":1,"name":"Mia"}"#;
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn a_credential_is_valid_or_not_or_not_enough() {
    let router = routes(Service).into_router();
    let create = async |key: &str| {
        let headers = [JSON, ("x-key", key)];
        send(&router, "POST /pets", &headers, PET).await
    };
    let created = create("good").await;
    assert_eq!((created.status, &*created.body), (201, PET));
    let wrong = create("s3cr3t").await;
    assert_eq!(wrong.status, 401);
    assert_eq!(
        wrong.header("www-authenticate"),
        r#"ApiKey realm="key", in="header", name="X-Key""#
    );
    assert_eq!(
        wrong.body,
        r#"{"type":"about:blank","title":"Unauthorized","status":401,"detail":"the key is unknown"}"#
    );
    let weak = create("weak").await;
    assert_eq!((weak.status, weak.header("www-authenticate")), (403, ""));
    assert!(weak.body.contains("the key is for reading only"), "{}", weak.body);
    let nothing = send(&router, "POST /pets", &[JSON], PET).await;
    assert_eq!(nothing.status, 401);
    assert!(nothing.body.contains("no credential"), "{}", nothing.body);
}

/// `key` and `token`, or `token` with scopes.
#[tokio::test]
async fn alternatives_are_tried_in_their_order() {
    let router = routes(Service).into_router();
    let callers = async |headers: &[(&str, &str)]| {
        let response = send(&router, "GET /pets/7", headers, "").await;
        (response.status, response.body)
    };
    let body = |name: &str| (200, format!(r#"{{"id":7,"name":"{name}"}}"#));
    let token = ("authorization", "bearer  good");
    assert_eq!(callers(&[token, ("x-key", "good")]).await, body("key, token for "));
    assert_eq!(callers(&[token]).await, body("token for read+write"));
    // The first alternative fails by its key.
    assert_eq!(callers(&[token, ("x-key", "bad")]).await, body("token for read+write"));
    let nobody = send(&router, "GET /pets/7", &[("x-key", "good")], "").await;
    assert_eq!(nobody.status, 401);
    assert_eq!(
        nobody.all("www-authenticate"),
        [r#"ApiKey realm="key", in="header", name="X-Key""#, "Bearer"]
    );
}

#[tokio::test]
async fn where_credentials_are_optional_a_wrong_one_is_none() {
    let router = routes(Service).into_router();
    assert_eq!(get(&router, "DELETE /pets/7").await.status, 204);
    let with_key =
        async |key: &str| send(&router, "DELETE /pets/7", &[("x-key", key)], "").await.status;
    assert_eq!(with_key("good").await, 204);
    assert_eq!(with_key("bad").await, 204);
    assert_eq!(with_key("weak").await, 403);
}

/// Security comes before anything is read, and after the operation is known.
#[tokio::test]
async fn the_order_of_checks_is_fixed() {
    let router = routes(Service).into_router();
    let bad = send(&router, "GET /pets/x", &[("accept", "text/html")], "").await;
    assert_eq!(bad.status, 401);
    let key = ("authorization", "Bearer good");
    let bad = send(&router, "GET /pets/x", &[key, ("accept", "text/html")], "").await;
    assert_eq!(bad.status, 406);
    assert!(bad.body.contains("the operation responds in application/json"), "{}", bad.body);
    let bad = send(&router, "GET /pets/x", &[key], "").await;
    assert_eq!(bad.status, 400);
    assert!(
        bad.body.ends_with(r#""errors":[{"place":"path.id","detail":"expected an integer, found the text \"x\""}]}"#),
        "{}",
        bad.body
    );
}
