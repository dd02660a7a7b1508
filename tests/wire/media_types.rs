//! Bodies and replies in each kind of media type.

use super::server::{Answer, Sent, Server};
use goldens::{media_types, multipart, streams, versions};
use typewright_runtime::codegen::v1;

macro_rules! client {
    ($golden:ident, $server:expr) => {
        $golden::Client::builder().base_url(&$server.url).build().unwrap()
    };
}

fn media_type(sent: &Sent) -> &str {
    sent.header("content-type")[0]
}

/// The parts of a multipart body: the head and the content of each.
fn parts(sent: &Sent) -> Vec<(String, String)> {
    let boundary = media_type(sent).split_once("boundary=").unwrap().1;
    let boundary = format!("--{}", boundary.split(';').next().unwrap());
    let pieces = sent.text().split(&boundary).skip(1);
    let pieces = pieces.take_while(|piece| !piece.starts_with("--"));
    let split = |piece: &str| {
        let (head, body) = piece.trim_start().split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.strip_suffix("\r\n").unwrap().to_owned())
    };
    pieces.map(split).collect()
}

#[tokio::test]
async fn a_body_goes_out_in_the_media_type_that_is_chosen() {
    use media_types::operations::CreateNoteContent;
    let server = Server::start((0..4).map(|_| Answer::empty(202))).await;
    let client = client!(media_types, server);
    let note = media_types::types::Note::new("Hello".to_owned());
    client.create_note(&note).await.unwrap();
    client.create_note("Hello").await.unwrap();
    let png = CreateNoteContent::Image(vec![1, 2].into());
    client.create_note(png).content_type("image/png").await.unwrap();
    let form = v1::Multipart::new().part(v1::Part::new("text", "Hello"));
    client.create_note(form).await.unwrap();
    let sent = server.sent();
    assert_eq!(media_type(&sent[0]), "application/json");
    assert_eq!(sent[0].text(), r#"{"text":"Hello"}"#);
    assert_eq!((media_type(&sent[1]), sent[1].text()), ("text/plain", "Hello"));
    assert_eq!((media_type(&sent[2]), &sent[2].body[..]), ("image/png", &[1, 2][..]));
    assert!(media_type(&sent[3]).starts_with("multipart/form-data; boundary="));
    assert_eq!(parts(&sent[3])[0].1, "Hello");
}

#[tokio::test]
async fn a_body_may_be_left_out() {
    let server = Server::start([Answer::empty(204), Answer::empty(204)]).await;
    let client = client!(media_types, server);
    client.patch_note().await.unwrap();
    client.patch_note().body("# Title").await.unwrap();
    let sent = server.sent();
    assert!(sent[0].body.is_empty() && sent[0].header("content-type").is_empty());
    assert_eq!((media_type(&sent[1]), sent[1].text()), ("text/markdown", "# Title"));
}

#[tokio::test]
async fn properties_of_forms_are_written_as_the_document_says() {
    let server = Server::start([Answer::empty(204)]).await;
    let mut form = media_types::types::SendFormBody::default();
    form.tags = Some(vec!["a b".to_owned(), "c".to_owned()]);
    form.at = Some(v1::from_json(br#"{"x":1}"#).unwrap());
    client!(media_types, server).send_form(&form).await.unwrap();
    let sent = server.only();
    assert_eq!(media_type(&sent), "application/x-www-form-urlencoded");
    assert_eq!(sent.text(), "tags=a%20b%7Cc&at=%7B%22x%22%3A1%7D");
}

#[tokio::test]
async fn files_travel_with_name_and_type_and_are_streamed() {
    let server = Server::start([Answer::empty(204)]).await;
    let attributes = v1::from_json(br#"{"name":"Notes"}"#).unwrap();
    let pieces = ["first, ", "second"].map(|piece| Ok::<_, std::io::Error>(piece.into()));
    let stream = v1::ByteStream::from_fallible(futures_util::stream::iter(pieces));
    client!(multipart, server)
        .upload("home", &attributes, v1::FilePart::new(stream).name("notes.txt"))
        .folder_part(7)
        .previews([vec![1].into(), v1::FilePart::new("two").media_type("text/plain")])
        .await
        .unwrap();
    let sent = server.only();
    let expected = [
        ("form-data; name=\"attributes\"\r\nContent-Type: application/json", r#"{"name":"Notes"}"#),
        ("form-data; name=\"file\"; filename=\"notes.txt\"\r\nContent-Type: image/png", "first, second"),
        ("form-data; name=\"folder\"", "7"),
        ("form-data; name=\"previews\"; filename=\"previews\"\r\nContent-Type: application/octet-stream", "\u{1}"),
        ("form-data; name=\"previews\"; filename=\"previews\"\r\nContent-Type: text/plain", "two"),
    ];
    let expected =
        expected.map(|(head, body)| (format!("Content-Disposition: {head}"), body.to_owned()));
    assert_eq!(parts(&sent), expected);
}

#[tokio::test]
async fn related_parts_keep_their_order_and_name_the_first_type() {
    let server = Server::start([Answer::empty(204), Answer::empty(204)]).await;
    let client = client!(multipart, server);
    let meta: multipart::types::Meta = v1::from_json(br#"{"title":"T","pages":2}"#).unwrap();
    let media = v1::FilePart::new(vec![9]).media_type("image/png");
    client.replace("home", &meta, media).await.unwrap();
    client.send_fields(&meta).await.unwrap();
    let sent = server.sent();
    assert!(media_type(&sent[0]).starts_with("multipart/related; boundary="));
    assert!(media_type(&sent[0]).ends_with("; type=\"application/json\""));
    let bodies: Vec<_> = parts(&sent[0]).into_iter().map(|(_, body)| body).collect();
    assert_eq!(bodies, [r#"{"title":"T","pages":2}"#, "\t"]);
    let bodies: Vec<_> = parts(&sent[1]).into_iter().map(|(_, body)| body).collect();
    assert_eq!(bodies, ["T", "2"]);
}

#[tokio::test]
async fn a_reply_is_read_as_the_media_type_that_came() {
    use media_types::operations::CreateNoteResponse;
    let server = Server::start([
        Answer::json(200, r#"{"text":"a"}"#),
        Answer::new(200, "text/csv; charset=utf-8", "a,b"),
        Answer::new(200, "application/pdf", "%PDF"),
        Answer::empty(202),
        Answer::json(418, r#"{"text":"no"}"#),
    ])
    .await;
    let client = client!(media_types, server);
    let ask = || client.create_note("x").send();
    let CreateNoteResponse::OkJson(note) = ask().await.unwrap() else { panic!() };
    assert_eq!(note.text, "a");
    assert!(matches!(ask().await.unwrap(), CreateNoteResponse::OkCsv(text) if text == "a,b"));
    let CreateNoteResponse::OkPdf(stream) = ask().await.unwrap() else { panic!() };
    assert_eq!(stream.collect(100).await.bytes, "%PDF");
    assert!(matches!(ask().await.unwrap(), CreateNoteResponse::Accepted));
    assert_eq!(ask().await.unwrap_err().body().unwrap().text, "no");
    let accept = server.sent()[0].header("accept")[0].to_owned();
    assert_eq!(accept, "application/json, text/csv;q=0.5, application/pdf;q=0.5");
}

#[tokio::test]
async fn events_and_lines_are_typed_streams() {
    let events = "id: 1\ndata: {\"id\":1}\n\ndata: {\"id\":\ndata: 2}\n\n";
    let server = Server::start([
        Answer::new(200, "text/event-stream", events),
        Answer::new(200, "text/event-stream", "data: hello\n\n"),
        Answer::new(200, "text/event-stream", events),
        Answer::new(200, "application/x-ndjson", "{\"id\":1}\r\n\n{\"id\":2}"),
        Answer::empty(204),
        Answer::new(200, "text/event-stream", events),
    ])
    .await;
    let client = client!(streams, server);
    let mut stream = client.watch().await.unwrap();
    let first = stream.next().await.unwrap().unwrap();
    assert_eq!((&*first.id, first.data.id), ("1", Some(1)));
    assert_eq!(stream.next().await.unwrap().unwrap().data.id, Some(2));
    assert!(stream.next().await.is_none());
    let mut stream = client.watch_text().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().data, "hello");
    let mut stream = client.watch_whole().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().data.id, Some(1));
    let mut stream = client.list_lines().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().id, Some(1));
    assert_eq!(stream.next().await.unwrap().unwrap().id, Some(2));
    assert!(stream.next().await.is_none());
    let change = v1::from_json(br#"{"id":3}"#).unwrap();
    client.send_lines(&[change]).await.unwrap();
    assert_eq!(server.sent()[4].text(), "{\"id\":3}\n");
    let chat = client.chat(&Default::default()).await.unwrap();
    assert!(matches!(chat, streams::operations::ChatResponse::OkEvents(_)));
}

#[tokio::test]
async fn the_newest_version_is_sent_and_asked_for() {
    let media = "application/vnd.example.2024-08-05+json";
    let server = Server::start([Answer::new(200, media, r#"{"name":"n"}"#)]).await;
    let thing = v1::from_json(br#"{"name":"n"}"#).unwrap();
    let reply = client!(versions, server).create_thing(&thing).await.unwrap();
    assert!(
        matches!(reply, versions::operations::CreateThingResponse::OkJson(read) if *read == thing)
    );
    let sent = server.only();
    assert_eq!(media_type(&sent), media);
    assert!(sent.header("accept")[0].starts_with(media));
}
