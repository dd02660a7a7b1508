//! `tests/first_call.rs`: the first call on the runtime's mock.

use super::call::FirstCall;
use super::{one_line, Starter};
use typewright::api::model::{Codec, Content, Response, Status};
use typewright::api::sample::Sampler;
use typewright::diff::Model;
use typewright::lower::model::Client;

/// The text of the test; `None` if no sample of the response can be made.
pub fn text(starter: &Starter<'_>, client: &Client, call: &FirstCall<'_>) -> Option<String> {
    let krate = &starter.krate;
    let operation = call.operation;
    let mut responses = operation.responses.iter();
    let response = responses.find(|response| operation.is_success(response.status))?;
    let reply = reply(starter.model, response)?;
    let (names, credentials) = match client.schemes.is_empty() {
        true => ("operations, Client", ""),
        false => ("operations, Client, Credentials", ".credentials(Credentials::none())"),
    };
    let builder = match client.servers.is_empty() {
        true => "Client::builder(\"https://api.example\")",
        false => "Client::builder()",
    };
    let (ty, expression) = (&call.method.call, call.sample());
    let line = one_line(&format!("{} {}", operation.method, operation.path));
    let method = &operation.method;
    let allow = match call.method.attributes.deprecated {
        true => "    #[allow(deprecated)]\n",
        false => "",
    };
    Some(format!(
        "//! `{line}` on a mock, which needs neither a server nor credentials.

use {krate}::runtime::mock::Mock;
use {krate}::{{{names}}};

#[tokio::test]
async fn the_first_call_reads_its_response() -> Result<(), Box<dyn std::error::Error>> {{
    let mock = Mock::new();
    mock.on::<operations::{ty}>(){reply};
    let builder = {builder}.transport(mock.clone());
    let client = builder{credentials}.build()?;

{allow}    let response = {expression}.await?;
    println!(\"{{response:#?}}\");

    let requests = mock.requests::<operations::{ty}>();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].line().starts_with(\"{method} /\"));
    Ok(())
}}
"
    ))
}

/// The call that sets the mock's response; `None` if no sample can be made.
fn reply(model: &Model, response: &Response) -> Option<String> {
    let status = match response.status {
        Status::Exact(status) => status,
        Status::Range(_) | Status::Default => 200,
    };
    let Some(content) = response.bodies().first() else {
        return Some(format!(".status({status})"));
    };
    let body = sample(model, content)?;
    Some(format!(".bytes({status}, {body:?})"))
}

fn sample(model: &Model, content: &Content) -> Option<String> {
    match content.codec {
        Codec::Json => {
            let sampler = Sampler::required(&model.api).received();
            sampler.value(content.value.as_ref()?).map(|json| json.to_string())
        }
        Codec::Text => Some("text".to_owned()),
        Codec::Bytes => Some("bytes".to_owned()),
        Codec::Form
        | Codec::FormData
        | Codec::Multipart
        | Codec::EventStream
        | Codec::JsonLines
        | Codec::Xml => None,
    }
}
