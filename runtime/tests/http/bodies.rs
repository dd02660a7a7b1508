//! Bodies of other kinds than JSON.

use crate::api::{self, reply, Touch};
use crate::server::{json, serve, Seen};
use typewright_runtime::codegen::v1::{self, MediaCodec, Multipart, Part};

pub static SEND: v1::OperationSpec = v1::OperationSpec {
    id: "send",
    method: "POST",
    path: "/send",
    bodies: &[
        v1::Content::new("application/x-www-form-urlencoded", MediaCodec::Form),
        v1::Content::new("multipart/form-data", MediaCodec::FormData),
        v1::Content::new("multipart/related", MediaCodec::Multipart),
        v1::Content::new("text/*", MediaCodec::Text),
        v1::Content::new("application/x-ndjson", MediaCodec::JsonLines),
        v1::Content::new("image/*", MediaCodec::Bytes),
    ],
    responses: &[reply(v1::Status::Exact(204), &[])],
    ..v1::OperationSpec::DEFAULT
};

async fn sent(give: impl FnOnce(&mut v1::Call)) -> Seen {
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&SEND);
    give(&mut call);
    call.send::<Touch>().await.unwrap();
    server.one()
}

pub fn value(json: &str) -> v1::Value {
    v1::from_json(json.as_bytes()).unwrap()
}

/// Media type, and the body with the boundary made short.
pub fn plain(seen: &Seen) -> (String, String) {
    let media_type = seen.header("content-type").unwrap().to_owned();
    let boundary = media_type.split("boundary=").nth(1).map(|rest| rest.split(';').next().unwrap());
    let body = String::from_utf8(seen.body.clone()).unwrap();
    match boundary {
        Some(boundary) => (media_type.replace(boundary, "B"), body.replace(boundary, "B")),
        None => (media_type, body),
    }
}

#[tokio::test]
async fn forms_texts_and_lines() {
    let seen = sent(|call| {
        call.body(0, &value(r#"{"a b":"c&d é","list":[1,2],"none":null,"deep":{"x":1}}"#))
    })
    .await;
    let form = "a+b=c%26d+%C3%A9&list=1&list=2&deep=%7B%22x%22%3A1%7D";
    assert_eq!(plain(&seen), ("application/x-www-form-urlencoded".into(), form.into()));
    let floats = v1::Map::from([("a".to_owned(), vec![2.0, 2.5])]);
    let seen = sent(|call| call.body(0, &floats)).await;
    assert_eq!(plain(&seen).1, "a=2&a=2.5");
    let seen = sent(|call| call.body(3, &"line\r\nline")).await;
    assert_eq!(plain(&seen), ("text/plain".into(), "line\r\nline".into()));
    let seen = sent(|call| call.body(4, &value(r#"[{"a":1},"b"]"#))).await;
    assert_eq!(plain(&seen), ("application/x-ndjson".into(), "{\"a\":1}\n\"b\"\n".into()));
    let seen = sent(|call| {
        call.bytes(5, vec![1, 2]);
        call.set_content_type("image/png");
    })
    .await;
    assert_eq!((seen.header("content-type"), &*seen.body), (Some("image/png"), &[1, 2][..]));
}

#[tokio::test]
async fn a_form_of_values() {
    let seen = sent(|call| {
        call.body(1, &value(r#"{"name":"x","list":["a",2],"deep":{"y":1},"none":null}"#))
    })
    .await;
    let (media_type, body) = plain(&seen);
    assert_eq!(media_type, "multipart/form-data; boundary=B");
    assert_eq!(
        body,
        "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n\
         --B\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\na\r\n\
         --B\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n2\r\n\
         --B\r\nContent-Disposition: form-data; name=\"deep\"\r\nContent-Type: application/json\r\n\r\n{\"y\":1}\r\n\
         --B--\r\n"
    );
}

#[tokio::test]
async fn files_are_streamed() {
    // Decode as it is sent: tokio's reader of a slice stands for a file.
    let once = v1::ByteStream::read(&b"streamed"[..]);
    let parts = Multipart::new().part(Part::new("meta", "{}").media_type("application/json")).part(
        Part::new("a\"b", v1::Body::once(once, Some(8)))
            .file_name("ü\r\n.txt")
            .header("Content-ID", "<1>"),
    );
    let seen = sent(|call| call.multipart(1, parts)).await;
    let (_, body) = plain(&seen);
    assert_eq!(
        body,
        "--B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"a%22b\"; filename=\"ü%0D%0A.txt\"\r\n\
         Content-Type: application/octet-stream\r\nContent-ID: <1>\r\n\r\nstreamed\r\n--B--\r\n"
    );
    let length = seen.header("content-length").map(|length| length.parse::<usize>().unwrap());
    assert_eq!(length, Some(seen.body.len()), "all lengths are known");
}

#[tokio::test]
async fn related_parts_and_bad_ones() {
    let json = Part::json("", &value("{\"a\":1}")).unwrap();
    let parts = Multipart::new().part(json).part(Part::new("", "x").media_type("text/plain"));
    let seen = sent(|call| call.multipart(2, parts)).await;
    let (media_type, body) = plain(&seen);
    assert_eq!(media_type, "multipart/related; boundary=B; type=\"application/json\"");
    assert_eq!(body, "--B\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--\r\n");
    let memory = v1::InMemoryTransport::new(|_| http::Response::new("".into()));
    let client: v1::Client = api::builder().transport(memory.clone()).build().unwrap();
    let mut call = client.call(&SEND);
    call.multipart(1, Multipart::new().part(Part::new("x", "y").media_type("a\r\nb: c")));
    assert_eq!(call.send::<Touch>().await.unwrap_err().kind(), v1::ErrorKind::Encode);
    assert!(v1::FilePart::multipart(
        "multipart/mixed",
        Multipart::new().part(Part::new("", "").header("", ""))
    )
    .is_err());
    let mut call = client.call(&SEND);
    call.body(1, &"no object");
    assert_eq!(call.send::<Touch>().await.unwrap_err().kind(), v1::ErrorKind::Encode);
    assert!(memory.requests().is_empty());
}

static ENCODED: v1::OperationSpec = v1::OperationSpec {
    bodies: &[
        v1::Content::new("application/x-www-form-urlencoded", MediaCodec::Form).parts(PARTS),
        v1::Content::new("multipart/form-data", MediaCodec::FormData).parts(PARTS),
    ],
    ..SEND
};

const PARTS: &[v1::PartSpec] = &[
    v1::PartSpec::new("ids").style(v1::Style::Form, false),
    v1::PartSpec::new("pipes").style(v1::Style::PipeDelimited, false),
    v1::PartSpec::new("each").style(v1::Style::Form, true),
    v1::PartSpec::new("many").style(v1::Style::Form, true),
    v1::PartSpec::new("deep").style(v1::Style::DeepObject, true),
    v1::PartSpec::new("whole").style(v1::Style::SpaceDelimited, false),
    v1::PartSpec::new("raw").allow_reserved(),
    v1::PartSpec::new("json").content_type("application/json; charset=utf-8"),
    v1::PartSpec::new("image").content_type("image/png, image/jpeg"),
    v1::PartSpec::new("any").content_type("text/*"),
];

const MEMBERS: &str = r#"{"ids":[1,2],"pipes":["a","b c"],"each":{"x":1,"y":"&"},"many":[1,2],"deep":{"k":[true,{"z":null}],"m":"ö"},
    "whole":{"a":1},"raw":"a/b?c","json":["é"],"image":"PNG","any":"t","none":null,"rest":[3]}"#;

#[tokio::test]
async fn a_form_is_written_as_its_encoding_says() {
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&ENCODED);
    call.body(0, &value(MEMBERS));
    call.send::<Touch>().await.unwrap();
    let body = String::from_utf8(server.one().body).unwrap();
    let pairs: Vec<_> = body.split('&').collect();
    assert_eq!(
        pairs,
        [
            "ids=1,2",
            "pipes=a%7Cb%20c",
            "x=1",
            "y=%26",
            "many=1",
            "many=2",
            "deep%5Bk%5D%5B0%5D=true",
            "deep%5Bm%5D=%C3%B6",
            "whole=a%201",
            "raw=a/b?c",
            "json=%5B%22%C3%A9%22%5D",
            "image=PNG",
            "any=t",
            "rest=3",
        ]
    );
}

#[tokio::test]
async fn parts_are_written_as_their_encoding_says() {
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&ENCODED);
    call.body(1, &value(MEMBERS));
    call.send::<Touch>().await.unwrap();
    let (_, body) = plain(&server.one());
    let part = |name: &str, media_type: &str, text: &str| {
        let media_type = match media_type {
            "" => String::new(),
            media_type => format!("Content-Type: {media_type}\r\n"),
        };
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{media_type}\r\n{text}\r\n"
        )
    };
    let expected = [
        part("ids", "", "1,2"),
        part("pipes", "", "a|b c"),
        part("x", "", "1"),
        part("y", "", "&"),
        part("many", "", "1"),
        part("many", "", "2"),
        part("deep[k][0]", "", "true"),
        part("deep[m]", "", "ö"),
        part("whole", "", "a 1"),
        part("raw", "", "a/b?c"),
        part("json", "application/json; charset=utf-8", "\"é\""),
        part("image", "image/png", "PNG"),
        part("any", "text/plain", "t"),
        part("rest", "", "3"),
        "--B--\r\n".to_owned(),
    ];
    assert_eq!(body, expected.concat());
}

#[tokio::test]
async fn parts_have_the_headers_of_their_encoding() {
    static HEADED: v1::OperationSpec = v1::OperationSpec {
        bodies: &[v1::Content::new("multipart/form-data", MediaCodec::FormData).parts(&[
            v1::PartSpec::new("file")
                .content_type("image/png")
                .headers(&[("X-Kind", "scan"), ("X-Page", "1")]),
            v1::PartSpec::new("note").headers(&[("X-Kind", "text")]),
        ])],
        ..SEND
    };
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&HEADED);
    call.file("file", v1::FilePart::new("PNG").header("x-page", "7"));
    call.part("note", &"n");
    call.send::<Touch>().await.unwrap();
    let (_, body) = plain(&server.one());
    let file = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
        Content-Type: image/png\r\nx-page: 7\r\nX-Kind: scan\r\n\r\nPNG\r\n";
    let note = "--B\r\nContent-Disposition: form-data; name=\"note\"\r\nX-Kind: text\r\n\r\nn\r\n";
    assert_eq!(body, format!("{file}{note}--B--\r\n"));
}

/// A range names no media type, and a part that is written as a parameter has none (OpenAPI 3.1, section 4.8.15).
#[tokio::test]
async fn parts_have_the_media_type_of_their_encoding_only_where_it_is_one() {
    static TYPED: v1::OperationSpec = v1::OperationSpec {
        bodies: &[v1::Content::new("multipart/form-data", MediaCodec::FormData).parts(&[
            v1::PartSpec::new("scan").content_type("image/*"),
            v1::PartSpec::new("page").content_type("image/png"),
            v1::PartSpec::new("codes").style(v1::Style::Form, false).content_type("text/csv"),
        ])],
        ..SEND
    };
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&TYPED);
    call.file("scan", v1::FilePart::new("1"));
    call.file("page", v1::FilePart::new("2").media_type("image/webp"));
    call.part("codes", &vec![1, 2]);
    call.send::<Touch>().await.unwrap();
    let (_, body) = plain(&server.one());
    let file = |name: &str, media_type: &str, text: &str| {
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\
            Content-Type: {media_type}\r\n\r\n{text}\r\n"
        )
    };
    let scan = file("scan", "application/octet-stream", "1");
    let page = file("page", "image/webp", "2");
    let codes = "--B\r\nContent-Disposition: form-data; name=\"codes\"\r\n\r\n1,2\r\n";
    assert_eq!(body, format!("{scan}{page}{codes}--B--\r\n"));
}

#[tokio::test]
async fn a_call_with_parts_can_be_made_again_unless_one_exists_once() {
    let server = serve(|_, _| json(204, "")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    static FORM: v1::OperationSpec = v1::OperationSpec {
        bodies: &[v1::Content::new("multipart/form-data", MediaCodec::FormData)],
        ..SEND
    };
    let mut call = client.call(&FORM);
    call.part("title", &"Notes");
    call.files("file", [v1::FilePart::from(vec![1]), v1::FilePart::from(&b"2"[..])]);
    let again = call.try_clone().unwrap();
    call.send::<Touch>().await.unwrap();
    again.send::<Touch>().await.unwrap();
    let seen = server.seen();
    assert_eq!(plain(&seen[0]), plain(&seen[1]));
    let (_, body) = plain(&seen[0]);
    assert_eq!(body.matches("name=\"file\"; filename=\"file\"").count(), 2, "{body}");
    let mut call = client.call(&FORM);
    let once = v1::ByteStream::from(v1::Bytes::from_static(b"x"));
    call.file("file", once);
    assert!(call.try_clone().is_none());
}

#[tokio::test]
async fn bodies_of_bytes_come_from_many_things() {
    let stream = || v1::ByteStream::from(v1::Bytes::from_static(b"bytes"));
    let foreign = || {
        let pieces = v1::ByteStream::from_fallible::<_, v1::TransportError>(stream());
        v1::Body::from(pieces)
    };
    for body in [
        v1::Body::from(v1::Bytes::from_static(b"bytes")),
        v1::Body::from(&b"bytes"[..]),
        v1::Body::from("bytes".to_owned()),
        v1::Body::from(stream()),
        foreign(),
    ] {
        let seen = sent(|call| call.bytes(5, body)).await;
        assert_eq!(seen.body, b"bytes");
    }
}

#[tokio::test]
async fn a_list_is_one_part_an_item() {
    let list = value("[{\"a\":1}, \"x\", null, [1], 2]");
    let seen = sent(|call| call.body(2, &list)).await;
    let expected = [
        "--B\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n",
        "--B\r\n\r\nx\r\n--B\r\nContent-Type: application/json\r\n\r\nnull\r\n",
        "--B\r\nContent-Type: application/json\r\n\r\n[1]\r\n--B\r\n\r\n2\r\n--B--\r\n",
    ];
    assert_eq!(plain(&seen).1, expected.concat());
}
