//! Multipart bodies with parts in order, and nested ones.

use crate::api::{self, reply, Touch};
use crate::server::{json, serve};
use typewright_runtime::codegen::v1::{
    self, FilePart, MediaCodec, Multipart, OrderedParts, Part, PartSpec,
};

static ORDERED: OrderedParts = OrderedParts {
    first: &[PartSpec::new("").content_type("application/vnd.a+json")],
    others: Some(PartSpec::new("").content_type("image/png").headers(&[("X-Kind", "scan")])),
};
static SEND: v1::OperationSpec = v1::OperationSpec {
    id: "send",
    method: "POST",
    path: "/send",
    bodies: &[
        v1::Content::new("multipart/form-data", MediaCodec::FormData),
        v1::Content {
            ordered: Some(&ORDERED),
            ..v1::Content::new("multipart/mixed", MediaCodec::Multipart)
        },
        v1::Content::new("multipart/related", MediaCodec::Multipart),
    ],
    responses: &[reply(v1::Status::Exact(204), &[])],
    ..v1::OperationSpec::DEFAULT
};

/// The media type and the body, each boundary as one letter: that of the body, and those of its parts.
async fn sent(give: impl FnOnce(&mut v1::Call)) -> (String, String) {
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&SEND);
    give(&mut call);
    call.send::<Touch>().await.unwrap();
    let seen = server.one();
    let kind = seen.header("content-type").unwrap().to_owned();
    let mut text = format!("{kind}\r\n{}", String::from_utf8(seen.body).unwrap());
    for letter in ["A", "B"] {
        let Some((_, rest)) = text.split_once("boundary=typewright-") else {
            break;
        };
        let boundary = rest.split(['\r', ';']).next().unwrap().to_owned();
        text = text.replace(&format!("typewright-{boundary}"), letter);
    }
    let (kind, body) = text.split_once("\r\n").unwrap();
    (kind.to_owned(), body.to_owned())
}

#[tokio::test]
async fn places_tell_what_values_and_given_parts_are() {
    let list: v1::Value = v1::from_json(b"[{\"a\":1},\"x\",\"y\"]").unwrap();
    let (kind, body) = sent(|call| call.body(1, &list)).await;
    assert_eq!(kind, "multipart/mixed; boundary=A");
    let scan = |text| format!("--A\r\nContent-Type: image/png\r\nX-Kind: scan\r\n\r\n{text}\r\n");
    let first = "--A\r\nContent-Type: application/vnd.a+json\r\n\r\n{\"a\":1}\r\n";
    assert_eq!(body, format!("{first}{}{}--A--\r\n", scan("x"), scan("y")));
    let parts = Multipart::new()
        .part(Part::new("", "{\"a\":1}"))
        .part(Part::new("", "x"))
        .part(Part::new("", "y").media_type("image/gif"));
    let (_, body) = sent(|call| call.multipart(1, parts)).await;
    let custom = scan("y").replace("png", "gif");
    assert_eq!(body, format!("{first}{}{custom}--A--\r\n", scan("x")));
}

#[tokio::test]
async fn parts_are_made_of_parts() {
    let inner = || {
        let parts = Multipart::new().part(Part::new("", "a").media_type("text/plain"));
        parts.part(Part::new("", "b"))
    };
    let text =
        "; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\na\r\n--B\r\n\r\nb\r\n--B--\r\n";
    let named = |rest: &str| {
        let head = "--A\r\nContent-Disposition: form-data; name=\"p\"";
        format!("{head}{rest}\r\nContent-Type: multipart/mixed{text}\r\n--A--\r\n")
    };
    let part = Part::multipart("p", "multipart/mixed", inner()).unwrap();
    let (kind, body) = sent(|call| call.multipart(0, Multipart::new().part(part))).await;
    assert_eq!(kind, "multipart/form-data; boundary=A");
    assert_eq!(body, named(""));
    let file = || FilePart::multipart("multipart/mixed", inner()).unwrap();
    for (file, name) in [(file(), ""), (file().name("p.eml"), "; filename=\"p.eml\"")] {
        let (_, body) = sent(|call| call.file("p", file)).await;
        assert_eq!(body, named(name));
    }
}

/// The type of the first part is named without its parameters (RFC 2387, section 3.1), and never ends the quotes.
#[tokio::test]
async fn related_parts_name_the_first_ones_type() {
    for (part, named) in [
        ("application/xop+xml; charset=UTF-8; type=\"text/xml\"", "application/xop+xml"),
        ("text/\"x\\", r#"text/\"x\\"#),
    ] {
        let parts = Multipart::new().part(Part::new("", "<a/>").media_type(part));
        let (kind, body) = sent(|call| call.multipart(2, parts)).await;
        assert_eq!(kind, format!("multipart/related; boundary=A; type=\"{named}\""));
        let head = format!("--A\r\nContent-Type: {part}\r\n");
        assert!(body.starts_with(&head), "{body}");
    }
}
