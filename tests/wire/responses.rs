//! Responses: forms, single values in several media types, and headers only.

use super::server::{Answer, Server};
use goldens::{bodiless, forms_of_replies, replies_of_one_value};
use typewright_runtime::codegen::v1::{Decoding, ErrorKind, Mock};

const FORM: &str = "application/x-www-form-urlencoded";

macro_rules! client {
    ($golden:ident, $server:expr) => {
        $golden::Client::builder().base_url(&$server.url).build().unwrap()
    };
}

#[tokio::test]
async fn a_form_is_a_typed_reply() {
    use forms_of_replies::types::RefusalError;
    let form = "access_token=a%20b&expires_in=3&scope=x&scope=y&first=true&more=%7B%22n%22%3A1.5%7D&other=z";
    let server = Server::start([
        Answer::new(200, "application/x-www-form-urlencoded; charset=utf-8", form),
        Answer::new(400, FORM, "error=slow_down"),
        Answer::new(200, FORM, "access_token=a&expires_in=soon"),
        Answer::new(200, FORM, "expires_in=3"),
    ])
    .await;
    let client = client!(forms_of_replies, server);
    let token = client.create_token().await.unwrap();
    assert_eq!((&*token.access_token, token.expires_in), ("a b", Some(3)));
    assert_eq!(token.scope.unwrap(), ["x", "y"]);
    assert_eq!((token.first, token.more.unwrap().n), (Some(true), Some(1.5)));
    let refused = client.create_token().await.unwrap_err();
    assert_eq!(refused.body().unwrap().error, RefusalError::SlowDown);
    for path in ["expires_in", "access_token"] {
        let error = client.create_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.path().as_deref(), Some(path));
    }
    assert_eq!(server.sent()[0].header("accept"), [FORM]);
}

#[tokio::test]
async fn a_form_beside_json_is_read_by_what_came() {
    use forms_of_replies::operations::GetEitherResponse;
    let server = Server::start([
        Answer::new(200, FORM, "access_token=a"),
        Answer::json(200, r#"{"error":"denied"}"#),
        Answer::new(200, FORM, "first=AQI%3D&second=AQ"),
    ])
    .await;
    let client = client!(forms_of_replies, server);
    let form = client.get_either().await.unwrap();
    assert!(matches!(form, GetEitherResponse::OkForm(token) if token.access_token == "a"));
    let json = client.get_either().await.unwrap();
    assert!(matches!(json, GetEitherResponse::OkJson(_)));
    let keys = client.get_keys().await.unwrap();
    assert_eq!((&keys["first"][..], &keys["second"][..]), (&[1, 2][..], &[1][..]));
}

/// A text and a form may come in place of JSON where the document has them for the same value.
#[tokio::test]
async fn one_value_is_read_in_each_of_its_media_types() {
    use replies_of_one_value::operations::{GetStateOrThingResponse, GetTextOrFileResponse};
    use replies_of_one_value::types::State;
    let server = Server::start([
        Answer::new(200, "text/html; charset=utf-8", "<x>"),
        Answer::json(200, r#""x""#),
        Answer::new(403, "text/plain", "off"),
        Answer::new(200, "text/html", "<x>"),
        Answer::new(200, "application/pdf", "%PDF"),
        Answer::new(200, "text/plain", "on"),
        Answer::new(200, FORM, "access_token=a"),
    ])
    .await;
    let client = client!(replies_of_one_value, server);
    assert_eq!(client.get_text().await.unwrap(), "<x>");
    assert_eq!(client.get_text().await.unwrap(), "x");
    let refused = client.get_text().await.unwrap_err();
    assert_eq!(refused.body(), Some(&State::Off));
    let text = client.get_text_or_file().await.unwrap();
    assert!(matches!(text, GetTextOrFileResponse::OkJson(text) if text == "<x>"));
    let file = client.get_text_or_file().await.unwrap();
    assert!(matches!(file, GetTextOrFileResponse::OkPdf(_)));
    let state = client.get_state_or_thing().await.unwrap();
    assert!(matches!(state, GetStateOrThingResponse::OkJson(state) if *state == State::On));
    let token = client!(forms_of_replies, server).get_same().await.unwrap();
    assert_eq!(token.access_token, "a");
    let sent = server.sent();
    assert_eq!(sent[0].header("accept"), ["application/json, text/html;q=0.5"]);
}

#[tokio::test]
async fn a_form_that_deviates_is_taken_as_the_client_says() {
    let server = Server::start([
        Answer::new(400, FORM, "error=other"),
        Answer::new(400, FORM, "error=other"),
    ])
    .await;
    let tolerant = client!(forms_of_replies, server);
    let error = tolerant.create_token().await.unwrap_err();
    assert_eq!(error.body().unwrap().error.as_str(), "other");
    let strict = forms_of_replies::Client::builder().decoding(Decoding::Strict);
    let strict = strict.base_url(&server.url).build().unwrap();
    let error = strict.create_token().await.unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Api, None));
}

#[tokio::test]
async fn mocks_answer_with_forms() {
    let mock = Mock::new();
    let token = br#"{"access_token":"a b","expires_in":3,"scope":["x","y"]}"#;
    let token = forms_of_replies::runtime::value::from_json(token).unwrap();
    mock.on::<forms_of_replies::operations::CreateToken>().reply(200, &token);
    let client = forms_of_replies::Client::builder().transport(mock).build().unwrap();
    assert_eq!(client.create_token().await.unwrap(), token);
}

/// Each server leaves out the body that the document describes, as it has to.
#[tokio::test]
async fn what_has_headers_alone_is_a_success_without_a_value() {
    use bodiless::operations::GetThingResponse;
    let server = Server::start([
        Answer::json(200, "").header("etag", "\"1\""),
        Answer::json(404, ""),
        Answer::empty(204),
        Answer::empty(204),
        Answer::empty(205),
    ])
    .await;
    let client = client!(bodiless, server);
    let checked = client.check_thing().response().await.unwrap();
    assert_eq!(checked.headers()["etag"], "\"1\"");
    let () = checked.into_body();
    let error = client.check_thing().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 404));
    let none = client.get_thing().await.unwrap();
    assert!(matches!(none, GetThingResponse::NoContent));
    let () = client.delete_thing().await.unwrap();
    let () = client.reset_thing().await.unwrap();
    let accept = server.sent()[0].header("accept").join("");
    assert_eq!(accept, "application/json, text/plain;q=0.5");
}
