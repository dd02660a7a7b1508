//! Replies: which value a status, a media type and a body are.

use crate::server::{answering, client};
use cases::d15::operations::{
    AcceptedResponse, ImageOrJsonResponse, RangeResponse, VendorResponse,
};
use cases::{d06, d33, server_12};

#[tokio::test]
async fn statuses_without_a_body() {
    let later = client!(d15, answering(202, "", "")).accepted().await;
    assert!(matches!(later, Ok(AcceptedResponse::Accepted)));
    let none = client!(d15, answering(204, "", "")).accepted().await;
    assert!(matches!(none, Ok(AcceptedResponse::NoContent)));
    let ok = client!(d15, answering(200, "application/json", r#"{"a":"x"}"#))
        .accepted()
        .await;
    assert!(matches!(ok, Ok(AcceptedResponse::Ok(a)) if a.a == "x"));
    let made = client!(d15, answering(201, "application/json", r#"[{"a":"x"}]"#))
        .range()
        .await;
    assert!(matches!(made, Ok(RangeResponse::Created(list)) if list.len() == 1));
}

/// A `HEAD` is never answered by a body: success is nothing.
#[tokio::test]
async fn a_head_is_answered_by_headers_alone() {
    let server = answering(200, "application/json", "");
    let (): () = client!(d15, server).head_it().await.unwrap();
    let response = client!(d15, server).head_it().response().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn the_media_type_that_came_says_what_the_body_is() {
    let html = client!(d15, answering(200, "text/html", "<x>"))
        .json_string()
        .await;
    assert_eq!(html.unwrap(), "<x>");
    let json = client!(d15, answering(200, "application/json", r#""x""#))
        .json_string()
        .await;
    assert_eq!(json.unwrap(), "x");
    let text = client!(d15, answering(200, "text/plain", "t"))
        .vendor()
        .await;
    assert!(matches!(text, Ok(VendorResponse::OkText(text)) if text == "t"));
    let image = client!(d15, answering(200, "image/png", "p"))
        .image_or_json()
        .await;
    let Ok(ImageOrJsonResponse::OkImage(image)) = image else {
        panic!("{image:?}");
    };
    assert_eq!(image.collect(9).await.bytes, "p");
}

#[tokio::test]
async fn a_form_is_a_typed_value() {
    let body = "access_token=a%20b&expires_in=3&scope=x&scope=y";
    let server = answering(200, "application/x-www-form-urlencoded", body);
    let form = d06::types::Form::new(d06::types::State::ForSale);
    let token = client!(d06, server).post(&form).await.unwrap();
    assert_eq!(token.access_token, "a b");
    assert_eq!(token.expires_in, Some(3));
    assert_eq!(token.scope.unwrap(), ["x", "y"]);
}

#[tokio::test]
async fn components_that_are_called_like_parts_of_a_client() {
    let body = r#"{"name":"n"}"#;
    let one = client!(d37, answering(200, "application/json", body))
        .get_client("1")
        .await;
    assert_eq!(one.unwrap().name.unwrap(), "n");
    let one = client!(d38, answering(200, "application/json", body))
        .get_call("1")
        .await;
    assert_eq!(one.unwrap().name.unwrap(), "n");
    let users = client!(d40, answering(200, "application/json", r#"[{"a":"b"}]"#));
    let users = users.users_operations().list_users().await.unwrap();
    assert_eq!(users[0].a.as_deref(), Some("b"));
}

#[tokio::test]
async fn lists_and_maps_of_what_may_be_null() {
    let server = answering(200, "application/json", r#"[null,{"k":"a"}]"#);
    let list = client!(d31, server).get_list().await.unwrap();
    assert!(list[0].is_none() && list[1].is_some());
    let nothing = client!(d31, answering(200, "application/json", "null"))
        .get_nullable()
        .await;
    assert!(nothing.unwrap().is_none());
    let matrix = client!(d28, answering(200, "application/json", "[[1.5,null]]"))
        .matrix()
        .await;
    assert_eq!(matrix.unwrap(), [[Some(1.5), None]]);
}

#[tokio::test]
async fn templates_hold_what_their_users_say() {
    let server = answering(200, "application/json", r#"{"items":[{"name":"x"}]}"#);
    let page: d33::types::UserPage = client!(d33, server).users().await.unwrap();
    let user: &d33::types::User = &page.items[0];
    assert_eq!(user.name, "x");
    let text = r#"{"data":"d","children":[{"data":"e","extra":1}]}"#;
    let tree = client!(d33, answering(200, "application/json", text))
        .strict_tree()
        .await;
    let children: Vec<d33::types::StrictTree> = tree.unwrap().children.unwrap();
    assert_eq!(children[0].extra, Some(1));
}

#[tokio::test]
async fn items_of_a_list_of_schemas_are_any_of_them() {
    let body = r#"[{"name":"a","value":"1"},{"name":"b","value":"2"}]"#;
    let stats = client!(server_07, answering(200, "application/json", body))
        .get_stats()
        .await;
    assert_eq!(stats.unwrap().len(), 2);
}

#[tokio::test]
async fn bytes_are_handed_over_as_they_come() {
    let raw = "\u{1}raw\n";
    let logs = client!(
        server_08,
        answering(200, "application/vnd.docker.raw-stream", raw)
    )
    .get_logs()
    .await;
    assert_eq!(logs.unwrap().collect(9).await.bytes, raw);
    let tar = client!(server_14, answering(200, "application/x-tar", raw))
        .export()
        .await;
    assert_eq!(tar.unwrap().collect(9).await.bytes, raw);
    let any = client!(server_14, answering(200, "", raw))
        .export()
        .response_raw()
        .await;
    assert_eq!(any.unwrap().into_body().collect(9).await.bytes, raw);
}

#[tokio::test]
async fn a_stream_of_a_grpc_gateway_comes_line_by_line() {
    let lines = "{\"result\":{\"created\":true}}\n{\"result\":{\"created\":false}}\n";
    let mut watch = client!(server_11, answering(200, "application/json", lines))
        .watch()
        .await
        .unwrap();
    let mut created = Vec::new();
    while let Some(item) = watch.next().await {
        created.push(item.unwrap().result.unwrap().created.unwrap());
    }
    assert_eq!(created, [true, false]);
}

#[tokio::test]
async fn a_list_that_a_branch_narrows_holds_the_component() {
    let body = r#"{"items":[{"user":"u"}],"total":1}"#;
    let a = client!(server_12, answering(200, "application/json", body))
        .list_a()
        .await
        .unwrap();
    let b = client!(server_12, answering(200, "application/json", body))
        .list_b()
        .await
        .unwrap();
    let [a, b]: [Vec<server_12::types::Share>; 2] = [a.items.unwrap(), b.items.unwrap()];
    assert_eq!(a[0].user.as_deref(), Some("u"));
    assert_eq!(a, b);
}
