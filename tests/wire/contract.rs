//! The calls of a generated contract test are the ones that generated methods make; their credentials: `credentials.rs`.

use super::credentials::assert_credentials;
use super::server::{Answer, Sent, Server};
use goldens::{multipart, parameters};
use typewright_runtime::codegen::v1;
use v1::testing::{self, Contract, ContractValue};

/// As the contract test of the golden `parameters` has it.
static LIST_ITEMS: Contract = Contract::new::<parameters::operations::ListItems>(
    &[
        ContractValue::path::<v1::Native<String>>("group", r#""a b""#),
        ContractValue::path::<v1::Native<i64>>("id", r#"1"#),
        ContractValue::query::<v1::Native<String>>("q", r#""text""#),
    ],
    &[
        ContractValue::path::<v1::Native<String>>("group", r#""a b""#),
        ContractValue::path::<v1::Native<i64>>("id", r#"1"#),
        ContractValue::query::<v1::Native<String>>("q", r#""text""#),
        ContractValue::query::<v1::Native<Vec<String>>>("tags", r#"["text","ä"]"#),
        ContractValue::query::<v1::Native<Vec<i64>>>("ids", r#"[1,2]"#),
        ContractValue::query::<v1::Native<parameters::types::Filter>>("json", r#"{"name":"text"}"#),
        ContractValue::query::<v1::Native<String>>("reserved", r#""a/b""#),
        ContractValue::header::<v1::Native<String>>("X-Trace", r#""text""#),
        ContractValue::cookie::<v1::Native<String>>("session", r#""text""#),
    ],
);

/// As that of the golden `multipart` has it.
static UPLOAD: Contract = Contract::new::<multipart::operations::Upload>(
    &[],
    &[
        ContractValue::path::<v1::Native<String>>("folder", r#""text""#),
        ContractValue::part::<v1::Native<multipart::types::UploadBodyAttributes>>(
            "attributes",
            r#"{"name":"text"}"#,
        ),
        ContractValue::file("file", "bytes"),
        ContractValue::part::<v1::Native<i64>>("folder", r#"1"#),
        ContractValue::file("previews", "bytes"),
    ],
);

/// The request of a call, which runs on another thread since it blocks.
async fn sent(server: &Server, call: impl FnOnce() + Send + 'static) -> Sent {
    tokio::task::spawn_blocking(call).await.unwrap();
    server.only()
}

/// The parts of a request that are the same in every run.
fn plain(mut sent: Sent) -> Sent {
    let media_type = sent.header("content-type").first().map(|text| text.to_string());
    let boundary = media_type.as_deref().and_then(|text| text.split_once("boundary="));
    if let Some((_, boundary)) = boundary {
        let text = String::from_utf8(sent.body).unwrap();
        sent.body = text.replace(boundary, "BOUNDARY").into_bytes();
    }
    sent.headers.retain(|(name, _)| !["host", "content-type"].contains(&name.as_str()));
    sent
}

#[tokio::test]
async fn parameters_go_out_as_a_method_sends_them() {
    let server = Server::start([Answer::empty(204)]).await;
    let builder = parameters::Client::builder();
    let client = testing::client(builder, &format!("{}/v1", server.url)).unwrap();
    let contract = sent(&server, move || LIST_ITEMS.with_all(&client).unwrap()).await;

    let server = Server::start([Answer::empty(204)]).await;
    let client = parameters::Client::builder();
    let client = client.base_url(format!("{}/v1", server.url)).build().unwrap();
    let mut filter = parameters::types::Filter::default();
    filter.name = Some("text".to_owned());
    let call = client.list_items("a b", 1, "text");
    let call = call.tags(&["text".to_owned(), "ä".to_owned()]).ids(&[1, 2]);
    let call = call.json(&filter).reserved("a/b").x_trace("text").session("text");
    call.await.unwrap();
    assert_credentials("parameters", LIST_ITEMS.id(), &contract);
    assert_eq!(plain(contract), plain(server.only()));
}

#[tokio::test]
async fn parts_go_out_as_a_method_sends_them() {
    let server = Server::start([Answer::empty(204)]).await;
    let client = testing::client(multipart::Client::builder(), &server.url).unwrap();
    let contract = sent(&server, move || UPLOAD.with_all(&client).unwrap()).await;

    let server = Server::start([Answer::empty(204)]).await;
    let client = multipart::Client::builder();
    let client = client.base_url(&server.url).build().unwrap();
    let mut attributes = multipart::types::UploadBodyAttributes::default();
    attributes.name = Some("text".to_owned());
    let call = client.upload("text", &attributes, v1::FilePart::new("bytes"));
    let call = call.folder_part(1).previews([v1::FilePart::new("bytes")]);
    call.await.unwrap();
    assert_credentials("multipart", UPLOAD.id(), &contract);
    assert_eq!(plain(contract), plain(server.only()));
}

#[tokio::test]
async fn what_a_server_finds_is_told_with_its_headers() {
    let refusal = Answer::json(422, r#"{"detail":"no"}"#).header("sl-violations", "[1]");
    let server = Server::start([refusal]).await;
    let client = testing::client(parameters::Client::builder(), &server.url).unwrap();
    let call = move || LIST_ITEMS.with_required(&client).unwrap_err();
    let message = tokio::task::spawn_blocking(call).await.unwrap();
    assert!(message.starts_with("listItems: 422 "), "{message}");
    assert!(message.contains("\nsl-violations: [1]\n"), "{message}");
    assert!(message.ends_with("\n\n{\"detail\":\"no\"}"), "{message}");
}
