//! Members that callers add to bodies.

use crate::api::{self, Touch, JSON};
use typewright_runtime::codegen::v1::{self, Content, ErrorKind, MediaCodec, Multipart, Value};

const FORM: &[Content] =
    &[Content::new("application/x-www-form-urlencoded", MediaCodec::Form), JSON[0]];
const PARTS: &[Content] = &[Content::new("multipart/form-data", MediaCodec::FormData)];
const LINES: &[Content] = &[Content::new("application/x-ndjson", MediaCodec::JsonLines)];

fn operation(bodies: &'static [Content]) -> &'static v1::OperationSpec {
    Box::leak(Box::new(v1::OperationSpec { bodies, ..api::TOUCH }))
}

fn value(json: &str) -> Value {
    v1::from_json(json.as_bytes()).unwrap()
}

/// The body that is sent, or the failure.
async fn sent(
    call: impl FnOnce(&v1::Client) -> v1::Call,
) -> Result<String, v1::Error<v1::Undocumented>> {
    let server = v1::InMemoryTransport::new(|_| {
        http::Response::builder().status(204).body(v1::Bytes::new()).unwrap()
    });
    let client = api::builder().transport(server.clone()).build().unwrap();
    call(&client).send::<Touch>().await?;
    let body = server.requests().remove(0).into_body();
    Ok(String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn objects_and_forms_have_further_members() {
    for (bodies, body, expected) in [
        (JSON, r#"{"a":1.50}"#, r#"{"a":1.50,"b \"":[1,null],"c":"x"}"#),
        (JSON, "{}", r#"{"b \"":[1,null],"c":"x"}"#),
        (FORM, r#"{"a":"1 2"}"#, "a=1+2&b+%22=1&b+%22=&c=x"),
        (FORM, "{}", "b+%22=1&b+%22=&c=x"),
    ] {
        let body = sent(|client| {
            let mut call = client.call(operation(bodies));
            // They go with the body whenever that is set.
            call.set_body_member("b \"", &value(r#"[1,null]"#));
            call.body(0, &value(body));
            call.set_body_member("c", &1);
            call.set_body_member("c", &"x");
            call.set_body_member("absent", &None::<i64>);
            call
        });
        assert_eq!(body.await.unwrap(), expected);
    }
}

/// The text of the caller is not written anew, spaces included; a null is sent.
#[tokio::test]
async fn the_text_of_the_body_stays_as_it_is() {
    let body = sent(|client| {
        let mut call = client.call(operation(JSON));
        call.bytes(0, "{ \"a\" : 1.0 } \n");
        call.set_body_member("b", &Value::Null);
        assert!(call.try_clone().is_some());
        call.try_clone().unwrap()
    });
    assert_eq!(body.await.unwrap(), r#"{ "a" : 1.0 ,"b":null}"#);
    // After the body became a form.
    let body = sent(|client| {
        let mut call = client.call(operation(FORM));
        call.body(1, &value(r#"{"a":1}"#));
        call.set_content_type("application/x-www-form-urlencoded");
        call.set_body_member("b", &true);
        call
    });
    assert_eq!(body.await.unwrap(), "a=1&b=true");
}

#[tokio::test]
async fn what_has_no_members_and_what_has_the_name_is_refused() {
    let with_body = |bodies: &'static [Content], body: &'static str| {
        sent(move |client| {
            let mut call = client.call(operation(bodies));
            call.body(0, &value(body));
            call.set_body_member("a", &1);
            call
        })
    };
    for (bodies, body, reason) in [
        (JSON, r#"{"b":1,"a":2}"#, "the body has `a` already"),
        (FORM, r#"{"b":1,"a":2}"#, "the body has `a` already"),
        (JSON, "[1]", "the body is no object"),
        (LINES, r#"{"b":1}"#, "and this is `application/x-ndjson`"),
    ] {
        let error = with_body(bodies, body).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Encode, 0));
        assert_eq!(error.path().as_deref(), Some("a"));
        assert!(format!("{error:#}").contains(reason), "{error:#}");
    }
    let streamed = sent(|client| {
        let mut call = client.call(operation(JSON));
        call.bytes(0, v1::Body::once(v1::Bytes::from("{}").into(), None));
        call.set_body_member("a", &1);
        call
    });
    let error = streamed.await.unwrap_err();
    assert!(format!("{error:#}").contains("the body is a stream"), "{error:#}");
    let none = sent(|client| {
        let mut call = client.call(operation(JSON));
        call.set_body_member("a", &1);
        call
    });
    let error = none.await.unwrap_err();
    assert!(format!("{error:#}").contains("the call has no body"), "{error:#}");
    let parts = sent(|client| {
        let mut call = client.call(operation(PARTS));
        call.multipart(0, Multipart::new());
        call.set_body_member("a", &1);
        call
    });
    let error = parts.await.unwrap_err();
    assert!(format!("{error:#}").contains("this is `multipart/form-data"), "{error:#}");
    let unwritable = sent(|client| {
        let mut call = client.call(operation(JSON));
        call.body(0, &value("{}"));
        call.set_body_member("a", &f64::NAN);
        call
    });
    assert_eq!(unwritable.await.unwrap_err().kind(), ErrorKind::Encode);
}
