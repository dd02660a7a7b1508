//! Bodies of requests: their bytes are what their label says.

use crate::server::{answering, client, sent};
use cases::d21::types::A;
use cases::d26::types::{BaseInput, LeafInput, TInput};
use cases::d44::types::LInput;
use cases::d47::runtime::ErrorKind;
use cases::{d06, d35, d44};

#[tokio::test]
async fn a_body_that_is_xml_alone_is_written_as_xml() {
    let server = answering(204, "", "");
    let a = A::new("x < y".to_owned());
    let xml = sent(&server, client!(d21, server).xml(&a)).await;
    assert_eq!(xml.header("content-type"), ["application/xml"]);
    assert!(xml.body.ends_with("<A><a>x &lt; y</a></A>"), "{}", xml.body);
}

#[tokio::test]
async fn the_first_media_type_goes_by_default_and_the_form_where_it_is_asked_for() {
    let server = answering(204, "", "");
    let a = A::new("x".to_owned());
    let json = sent(&server, client!(d21, server).many(&a)).await;
    assert_eq!(json.header("content-type"), ["application/json"]);
    assert_eq!(json.body, r#"{"a":"x"}"#);
    let server = answering(204, "", "");
    let form = "application/x-www-form-urlencoded";
    let form = client!(d21, server).many(&a).content_type(form);
    let form = sent(&server, form).await;
    assert_eq!(
        form.header("content-type"),
        ["application/x-www-form-urlencoded"]
    );
    assert_eq!(form.body, "a=x");
}

#[tokio::test]
async fn a_label_that_the_body_is_not_is_refused() {
    let server = answering(204, "", "");
    let a = A::new("x".to_owned());
    for label in [
        "application/xml",
        "multipart/form-data",
        "text/xml",
        "application/soap+xml",
    ] {
        let calls = client!(d21, server).many(&a).content_type(label);
        let error = calls.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode, "{label}");
        let error = client!(d21, server).star(&a).content_type(label);
        assert_eq!(
            error.await.unwrap_err().kind(),
            ErrorKind::Encode,
            "{label}"
        );
    }
    let form = "application/x-www-form-urlencoded";
    let error = client!(d21, server).star(&a).content_type(form);
    assert_eq!(error.await.unwrap_err().kind(), ErrorKind::Encode);
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn forms_follow_their_encoding() {
    let server = answering(200, "application/x-www-form-urlencoded", "access_token=a");
    let form = d06::types::Form::new(d06::types::State::ForSale);
    let form = form.with_csv(vec!["a".to_owned(), "b".to_owned()]);
    let form = form.with_deep(d06::types::FormDeep::new().with_a("x".to_owned()).with_b(1));
    let form = form.with_flag(true);
    let sent = sent(&server, client!(d06, server).post(&form)).await;
    let body = sent
        .body
        .replace("%2C", ",")
        .replace("%5B", "[")
        .replace("%5D", "]");
    assert_eq!(body, "state=for+sale&csv=a,b&deep[a]=x&deep[b]=1&flag=true");
}

#[tokio::test]
async fn a_discriminator_that_is_read_only_is_sent() {
    let server = answering(200, "application/json", "{}");
    let leaf = LeafInput::new("leaf".to_owned(), "m".to_owned());
    let body = TInput::new().with_base(BaseInput::Leaf(Box::new(leaf)));
    let sent = sent(&server, client!(d26, server).put(&body)).await;
    assert_eq!(sent.body, r#"{"base":{"kind":"leaf","m":"m"}}"#);
}

#[tokio::test]
async fn members_that_are_called_like_locals_are_sent() {
    let text = r#"{"source":"1","fields":"4","sink":"5","required":"7","value":"8","read":"9","json_source":"2","self":"10","Self":"11","v1":"12","new":"13"}"#;
    let body: LInput = d44::runtime::value::from_json(text.as_bytes()).unwrap();
    let server = answering(200, "application/json", text);
    let required = d44::operations::LocalsArguments {
        call_parameter: "a",
        client_parameter: "b",
        self_: 3,
        arguments_parameter: "c",
        v1: "d",
        body: "e",
        request_body: &body,
    };
    let sent = sent(&server, client!(d44, server).locals(required)).await;
    assert_eq!(sent.line, "POST /a/a/b/3?arguments=c&v1=d&body=e");
    assert!(sent.body.contains(r#""Self":"11""#), "{}", sent.body);
}

#[tokio::test]
async fn parts_that_are_called_like_locals_are_sent() {
    let server = answering(204, "", "");
    let call = client!(d44, server).few("p", &["q".to_owned()], "c", &b"file"[..]);
    let sent = sent(
        &server,
        call.body("b").body_part("d").self_("e").content("f"),
    )
    .await;
    assert_eq!(sent.line, "POST /b/p?body=b&content=f&call=q");
    for (name, text) in [
        ("call", "c"),
        ("file", "file"),
        ("body", "d"),
        ("self", "e"),
    ] {
        let part = sent
            .body
            .split("--")
            .find(|part| part.contains(&format!("name=\"{name}\"")));
        assert!(
            part.unwrap().contains(&format!("\r\n\r\n{text}\r\n")),
            "{}",
            sent.body
        );
    }
}

#[tokio::test]
async fn operations_that_are_called_like_items_of_the_prelude_send_each_body() {
    let a = d35::types::A::new("x".to_owned());
    let server = answering(202, "", "");
    let json = sent(&server, client!(d35, server).result("1").body(&a)).await;
    assert_eq!(
        (json.line.as_str(), json.body.as_str()),
        ("POST /Result/1", r#"{"a":"x"}"#)
    );
    let server = answering(202, "", "");
    let text = sent(&server, client!(d35, server).r#box("1").body("t").o("n")).await;
    assert_eq!(
        (text.line.as_str(), text.body.as_str()),
        ("POST /Box/1?o=n", "t")
    );
}

#[tokio::test]
async fn operations_that_are_called_like_keywords_send_each_body() {
    let server = answering(204, "", "");
    let text = sent(&server, client!(d47, server).r#match("t")).await;
    assert_eq!(text.header("content-type"), ["text/plain"]);
    let server = answering(204, "", "");
    let moved = sent(&server, client!(d47, server).r#move()).await;
    assert_eq!(moved.line, "GET /a");
}
