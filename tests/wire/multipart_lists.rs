//! Multipart bodies that are lists, and parts that are made of parts.

use super::server::{Answer, Sent, Server};
use goldens::multipart_ordered::types::Meta;
use goldens::multipart_ordered::Client;
use typewright_runtime::codegen::v1::{self, FilePart, Multipart, Part};

fn client(server: &Server) -> Client {
    Client::builder().base_url(&server.url).build().unwrap()
}

fn meta() -> Meta {
    v1::from_json("{\"title\":\"größe\"}".as_bytes()).unwrap()
}

/// The media type without its boundary, and the body with this word in the boundary's place.
fn plain(sent: &Sent) -> (String, String) {
    let media_type = sent.header("content-type").join("");
    let (kind, boundary) = media_type.split_once("; boundary=").unwrap();
    (kind.to_owned(), sent.text().replace(boundary, "B"))
}

#[tokio::test]
async fn values_go_out_in_their_order_each_as_its_encoding_says() {
    let server = Server::start([Answer::empty(204), Answer::empty(204)]).await;
    let body = v1::Prefix { first: (meta(), "# a".to_owned()), rest: vec![vec![1, 2], vec![]] };
    client(&server).send_notes(&body).await.unwrap();
    client(&server).send_rows(&[meta(), Meta::default()]).await.unwrap();
    let sent = server.sent();
    let (kind, text) = plain(&sent[0]);
    assert_eq!(kind, "multipart/mixed");
    let expected = [
        "--B\r\nContent-Type: application/vnd.meta+json\r\nContent-ID: meta\r\n\r\n{\"title\":\"größe\"}\r\n",
        "--B\r\nContent-Type: text/markdown\r\n\r\n# a\r\n",
        "--B\r\nContent-Type: application/json\r\nX-Row: row\r\n\r\n[1,2]\r\n",
        "--B\r\nContent-Type: application/json\r\nX-Row: row\r\n\r\n[]\r\n--B--\r\n",
    ];
    assert_eq!(text, expected.concat());
    let expected = [
        "--B\r\nContent-Type: application/meta+json\r\n\r\n{\"title\":\"größe\"}\r\n",
        "--B\r\nContent-Type: application/meta+json\r\n\r\n{}\r\n--B--\r\n",
    ];
    assert_eq!(plain(&sent[1]).1, expected.concat());
}

#[tokio::test]
async fn parts_that_are_given_follow_their_places() {
    let server = Server::start([Answer::new(200, "multipart/mixed; boundary=x", "--x--")]).await;
    let parts = Multipart::new()
        .part(Part::new("", "{}"))
        .part(Part::new("", "PNG").header("X-Page", "1"))
        .part(Part::new("", "GIF").media_type("image/gif").header("X-Kind", "own"));
    let reply = client(&server).send_scans(parts).await.unwrap();
    assert_eq!(reply, "--x--");
    let expected = [
        "--B\r\nContent-Type: application/json\r\n\r\n{}\r\n",
        "--B\r\nContent-Type: image/png\r\nX-Page: 1\r\nX-Kind: scan\r\n\r\nPNG\r\n",
        "--B\r\nContent-Type: image/gif\r\nX-Kind: own\r\n\r\nGIF\r\n--B--\r\n",
    ];
    assert_eq!(plain(&server.only()).1, expected.concat());
}

#[tokio::test]
async fn a_part_may_be_made_of_parts() {
    let server = Server::start([Answer::empty(204), Answer::empty(204)]).await;
    let pages = || {
        let pages = Multipart::new().part(Part::new("", "a").media_type("text/plain"));
        FilePart::multipart("multipart/mixed", pages.part(Part::new("", vec![1, 2]))).unwrap()
    };
    client(&server).send_nested(&meta(), pages()).await.unwrap();
    client(&server).send_nested(&meta(), pages().name("p.eml")).await.unwrap();
    let sent = server.sent();
    let (kind, text) = plain(&sent[0]);
    assert_eq!(kind, "multipart/form-data");
    let (before, inner) =
        text.split_once("name=\"pages\"\r\nContent-Type: multipart/mixed; boundary=").unwrap();
    assert!(
        before.ends_with("{\"title\":\"größe\"}\r\n--B\r\nContent-Disposition: form-data; "),
        "{before}"
    );
    let (boundary, rest) = inner.split_once("\r\n\r\n").unwrap();
    let rest = rest.replace(boundary, "INNER");
    let expected = "--INNER\r\nContent-Type: text/plain\r\n\r\na\r\n--INNER\r\n\r\n\u{1}\u{2}\r\n--INNER--\r\n\r\n--B--\r\n";
    assert_eq!(rest, expected);
    assert!(plain(&sent[1]).1.contains("name=\"pages\"; filename=\"p.eml\"\r\n"));
}

#[tokio::test]
async fn a_header_that_is_none_is_told_before_anything_is_sent() {
    let bad = Multipart::new().part(Part::new("", "a").header("no name", "x"));
    assert!(FilePart::multipart("multipart/mixed", bad).is_err());
    let server = Server::start([]).await;
    let bad = Multipart::new().part(Part::new("", "a").header("X-A", "line\nbreak"));
    let error = client(&server).send_scans(bad).await.unwrap_err();
    assert_eq!(error.kind(), v1::ErrorKind::Encode);
    assert!(server.sent().is_empty());
}
