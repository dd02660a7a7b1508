//! Multipart bodies: what clients write is read as the same, however it arrives, and what is wrong is told.

use crate::bodies::Order;
use crate::support::{chunked, client, send, serve, wait, RouterTransport, API};
use axum::response::IntoResponse as _;
use axum::Router;
use proptest::collection::vec;
use proptest::prelude::{any, ProptestConfig, Strategy};
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1 as rt;

/// The parts of an upload.
#[derive(Debug)]
enum UploadPart {
    Attributes(Order),
    Count(i64),
    Tags(Vec<String>),
    File(rt::FileStream),
    Other(rt::FileStream),
}
rt::parts! { UploadPart {
    "attributes" => Attributes(rt::Json<Order>),
    "count" => Count(rt::Json<i64>) required,
    "tags" => Tags(rt::Json<Vec<String>>),
    "file" => File(rt::FileStream) required,
} }

const UPLOAD: &str = "upload POST /x
    body multipart/form-data
    part tags style=pipeDelimited explode=false
    200";

/// Tells what the parts are.
fn upload() -> Router {
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            let mut parts = request.body::<rt::Parts<UploadPart>>().await?;
            let mut lines = Vec::new();
            while let Some(part) = parts.next().await? {
                lines.push(match part {
                    UploadPart::Attributes(order) => format!("{} items", order.items.len()),
                    UploadPart::Count(count) => format!("count {count}"),
                    UploadPart::Tags(tags) => format!("tags {tags:?}"),
                    UploadPart::File(mut file) => {
                        let bytes = file.read(1 << 20).await?;
                        format!("file {:?} {:?} {bytes:?}", file.file_name(), file.content_type())
                    }
                    UploadPart::Other(file) => format!("other {:?}", file.name()),
                });
            }
            Ok(lines.join("\n").into_response())
        })
    };
    serve(UPLOAD, handler, |routes| routes.max_body_bytes(64))
}

const HEADERS: &[(&str, &str)] =
    &[("content-type", "multipart/form-data; charset=x; boundary=\"b d\"")];

#[tokio::test]
async fn parts_are_decoded_by_their_names_however_they_arrive() {
    let body = b"preamble\r\n--b d \t\r\n\
        Content-Disposition: form-data; name=\"attributes\"\r\nContent-Type: application/json\r\n\r\n{\"items\":[]}\r\n\
        --b d\r\ncontent-disposition: form-data; name=count\r\n\r\n3\r\n\
        --b d\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na|b,c\r\n\
        --b d\r\nContent-Disposition: form-data; name=\"skipped\"; filename=\"s\"\r\n\r\nnever read\r\n\
        --b d\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22.txt\"\r\nContent-Type: text/x\r\n\r\n\r\n--b\r\n--b dx\r\n\r\n\
        --b d--\r\nepilogue";
    let expected = "0 items\ncount 3\ntags [\"a\", \"b,c\"]\nother \"skipped\"\n\
        file Some(\"a\\\".txt\") Some(\"text/x\") b\"\\r\\n--b\\r\\n--b dx\\r\\n\"";
    let router = upload();
    for size in 1..body.len() {
        let received = send(&router, "POST /x", HEADERS, chunked(body, size)).await;
        assert_eq!(received.body, expected, "{size}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_parts_is_told() {
    let router = upload();
    let fault = async |body: &'static str| {
        let received = send(&router, "POST /x", HEADERS, body).await;
        let (_, errors) = received.body.split_once("\"status\":").unwrap();
        errors.trim_end_matches(['}', ']']).replace("\"errors\":[", "")
    };
    let part = "--b d\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n";
    let whole = |text: &str| -> &'static str { format!("{part}{text}\r\n--b d--").leak() };
    assert_eq!(
        fault(whole("3")).await,
        r#"422,{"place":"body.file","detail":"expected a part, found none""#
    );
    assert_eq!(
        fault("--b d--").await,
        r#"422,{"place":"body.count","detail":"expected a part, found none"},{"place":"body.file","detail":"expected a part, found none""#
    );
    assert_eq!(
        fault(whole("x")).await,
        r#"422,{"place":"body.count","detail":"expected an integer, found the text \"x\"""#
    );
    assert_eq!(
        fault(part).await,
        r#"400,{"place":"body","detail":"the body ends before its last boundary""#
    );
    assert_eq!(
        fault("no parts").await,
        r#"400,{"place":"body","detail":"the body ends before its last boundary""#
    );
    assert_eq!(
        fault("--b d\r\nno header\r\n\r\n").await,
        r#"400,{"place":"body","detail":"a header of a part is malformed""#
    );
    assert_eq!(fault(whole(&"9".repeat(65))).await, r#"413,"detail":"the limit is 64 bytes""#);
    let long = format!("--b d\r\nx: {}", "y".repeat(20 << 10));
    assert_eq!(
        fault(long.leak()).await,
        r#"400,{"place":"body","detail":"the headers of a part are too long""#
    );
    let headers = [("content-type", "multipart/form-data")];
    let received = send(&router, "POST /x", &headers, "x").await;
    assert_eq!(received.status, 400);
    assert!(received.body.contains("no boundary"), "{}", received.body);
}

#[tokio::test]
async fn a_file_is_read_before_the_next_part() {
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            let mut parts = request.body::<rt::Parts<rt::FileStream>>().await?;
            let mut first = parts.next().await?.unwrap();
            let mut second = parts.next().await?.unwrap();
            assert!(first.next().await.unwrap().is_err());
            assert_eq!(second.next().await.unwrap().unwrap(), "b");
            assert!(second.next().await.is_none());
            assert!(parts.next().await?.is_none());
            assert!(parts.next().await?.is_none());
            Ok("well".into_response())
        })
    };
    let router = serve("test POST /x\nbody multipart/mixed\n200", handler, |routes| routes);
    let headers = [("content-type", "multipart/mixed; boundary=x")];
    let body = "--x\r\n\r\na\r\n--x\r\n\r\nb\r\n--x--\r\n";
    assert_eq!(send(&router, "POST /x", &headers, body).await.body, "well");
}

/// Reads parts without their heads; the last text tells how the body ends.
async fn contents(body: &[u8], piece: usize) -> Vec<String> {
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            let mut parts = request.body::<rt::Parts<rt::FileStream>>().await?;
            let mut texts = Vec::new();
            let end = loop {
                match parts.next().await {
                    Err(problem) => break problem.to_string(),
                    Ok(None) => break "end".to_owned(),
                    Ok(Some(mut file)) => match file.read(1000).await {
                        Ok(bytes) => texts.push(format!("{bytes:?}")),
                        Err(problem) => break problem.to_string(),
                    },
                }
            };
            texts.push(end);
            Ok(texts.join("\n").into_response())
        })
    };
    let router = serve("test POST /x\nbody multipart/mixed\n200", handler, |routes| routes);
    let headers = [("content-type", "multipart/mixed; boundary=x")];
    let received = send(&router, "POST /x", &headers, chunked(body, piece)).await;
    received.body.split('\n').map(str::to_owned).collect()
}

/// Whatever the bytes are, and wherever they are cut.
#[test]
fn any_bytes_are_parts_or_no_multipart_body() {
    let pieces = [
        &b"\r\n"[..],
        b"\r\n--x",
        b"--",
        b"\r",
        b"\n",
        b"x",
        b"a:b",
        b" ",
        b"\0",
        b"\r\n\r\n",
        b"\xff",
    ];
    let bodies = (vec(select(pieces.to_vec()), 1..30), any::<bool>());
    let config =
        ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&bodies, |(pieces, has_end)| {
        let mut body = [&b"--x\r\n\r\n"[..], &pieces.concat()].concat();
        if has_end {
            body.extend(b"\r\n--x--");
        }
        let whole = wait(contents(&body, body.len()));
        for piece in [1, 2, 3, 7] {
            assert_eq!(wait(contents(&body, piece)), whole);
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// A part as it is sent and received.
type Sent = (String, Option<String>, Vec<u8>);

#[test]
fn parts_are_read_as_clients_write_them() {
    type Log = Arc<Mutex<Vec<Sent>>>;
    let log = Log::default();
    let mut routes = rt::Routes::new(&API, Arc::clone(&log));
    let spec = crate::support::operation("test POST /x\nbody multipart/form-data\n200".to_owned());
    routes.add(spec, |log, mut request| {
        Box::pin(async move {
            let mut parts = request.body::<rt::Parts<rt::FileStream>>().await?;
            while let Some(mut file) = parts.next().await? {
                let bytes = file.read(usize::MAX).await?.to_vec();
                let part = (file.name().to_owned(), file.file_name().map(str::to_owned), bytes);
                log.lock().unwrap().push(part);
            }
            Ok(().into_response())
        })
    });
    let router = routes.into_router();
    let pieces =
        [&b"\r\n"[..], b"--", b"\r", b"\n", b"typewright", b"-", b"x", b"\r\n\r\n", b"\0\xff"];
    let content = vec(select(pieces.to_vec()), 0..12).prop_map(|pieces| pieces.concat());
    let name = vec(select(vec!["a", "\"", "\\", ";", "=", " ", "ü", "\r\n"]), 1..5)
        .prop_map(|text| text.concat().trim().to_owned());
    let name = name.prop_filter("blanks at an end are no part of a name", |name| !name.is_empty());
    let part = (name.clone(), proptest::option::of(name), content);
    let strategy = (vec(part, 1..5), any::<u8>());
    let config =
        ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&strategy, |(parts, size)| {
        let transport = RouterTransport { router: router.clone(), piece: usize::from(size) + 1 };
        let client = client(transport);
        let body = parts.iter().fold(rt::Multipart::new(), |body, (name, file_name, content)| {
            let part = rt::Part::new(&**name, content.clone());
            body.part(match file_name {
                Some(file_name) => part.file_name(&**file_name),
                None => part,
            })
        });
        let mut call = client.call(spec);
        call.multipart(0, body);
        log.lock().unwrap().clear();
        wait(call.response_raw()).unwrap();
        assert_eq!(*log.lock().unwrap(), parts);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// The items of a list, of which the first has a type of its own.
#[tokio::test]
async fn a_list_of_parts_is_one_value() {
    type Items = rt::Prefix<(Order, String), Vec<i64>>;
    let text = "test POST /x\nbody multipart/mixed\n200";
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            let body = request.body::<rt::PartList<Items>>().await?;
            Ok(String::from_utf8(rt::to_json(&body).unwrap()).unwrap().into_response())
        })
    };
    let router = serve(text, handler, |routes| routes.max_body_bytes(400));
    let post = async |parts: &[(&str, &str)], end: &str| {
        let part =
            |(kind, text): &(&str, &str)| format!("--b\r\nContent-Type: {kind}\r\n\r\n{text}\r\n");
        let body: String = parts.iter().map(part).collect();
        let headers = [("content-type", "multipart/mixed; boundary=b")];
        let received = send(&router, "POST /x", &headers, format!("{body}{end}")).await;
        (received.status, received.body)
    };
    const ORDER: (&str, &str) = ("application/vnd.order+json", r#"{"items":[]}"#);
    const ROW: (&str, &str) = ("application/json", "[1,2]");
    let sent = post(&[ORDER, ("text/plain", "[a]"), ROW, ROW], "--b--").await;
    assert_eq!(sent, (200, r#"[{"items":[]},"[a]",[1,2],[1,2]]"#.to_owned()));
    let wrong = post(&[ORDER, ("text/plain", "a"), ("application/json", "[true]")], "--b--").await;
    assert_eq!(wrong.0, 422);
    assert!(wrong.1.contains(r#""place":"body[2][0]""#), "{}", wrong.1);
    assert_eq!(post(&[ORDER], "").await.0, 400);
    assert_eq!(post(&[ORDER, ("text/plain", &"a".repeat(400))], "--b--").await.0, 413);
}
