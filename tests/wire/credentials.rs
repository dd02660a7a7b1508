//! Credentials on the wire, compared with the security that the document declares.

use super::server::{Answer, Sent, Server};
use crate::support::root;
use goldens::security;
use serde_yaml::Value;
use std::collections::BTreeSet;
use typewright_runtime::codegen::v1;
use v1::testing::{self, Contract};

/// The document of a golden.
fn document(golden: &str) -> Value {
    let path = root().join("tests/golden").join(golden);
    let text = std::fs::read_to_string(path.join("openapi.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// The names of the schemes of each alternative that the operation has, its own or the document's.
fn alternatives(document: &Value, id: &str) -> Vec<Vec<String>> {
    let paths = document["paths"].as_mapping().unwrap().values();
    let mut operations = paths.flat_map(|item| item.as_mapping().unwrap().values());
    let operation = operations.find(|operation| operation["operationId"] == id).unwrap();
    let security = operation.get("security").or(document.get("security"));
    let list = security.and_then(Value::as_sequence).cloned().unwrap_or_default();
    let names = |alternative: &Value| {
        let names = alternative.as_mapping().unwrap().keys();
        names.map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    list.iter().map(names).collect()
}

/// The credential in a request: the value of a header, a parameter or a cookie; empty if absent.
fn credential(scheme: &Value, sent: &Sent) -> Option<String> {
    let name = scheme["name"].as_str().unwrap_or_default();
    let authorization = |kind: &str| {
        let values = sent.header("authorization");
        let value = values.iter().find(|value| value.starts_with(kind))?;
        // A digest is a new one each time.
        let value = value.split(", ").next().unwrap();
        Some(format!("authorization: {value}"))
    };
    match (scheme["type"].as_str().unwrap(), scheme["in"].as_str()) {
        ("apiKey", Some("header")) => {
            let value = sent.header(&name.to_lowercase()).first()?.to_string();
            Some(format!("{name}: {value}"))
        }
        ("apiKey", Some("query")) => {
            let (_, query) = sent.target.split_once('?')?;
            let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
            pairs.find(|pair| pair.0 == name).map(|pair| format!("?{name}={}", pair.1))
        }
        ("apiKey", _) => {
            let cookies = sent.header("cookie").join("; ");
            let mut pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
            pairs.find(|pair| pair.0 == name).map(|pair| format!("cookie {name}={}", pair.1))
        }
        ("http", _) => match scheme["scheme"].as_str().unwrap() {
            "basic" => authorization("Basic "),
            "digest" => authorization("Digest "),
            _ => authorization("Bearer "),
        },
        _ => authorization("Bearer "),
    }
}

/// The credentials of an operation are those of its first alternative, all of them and no others.
pub fn assert_credentials(golden: &str, id: &str, sent: &Sent) -> BTreeSet<String> {
    let document = document(golden);
    let schemes = &document["components"]["securitySchemes"];
    let all = schemes.as_mapping().into_iter().flat_map(|all| all.values());
    let carried: BTreeSet<String> = all.filter_map(|scheme| credential(scheme, sent)).collect();
    let alternatives = alternatives(&document, id);
    let demanded = alternatives.first().into_iter().flatten().map(|name| {
        let credential = credential(&schemes[name.as_str()], sent);
        credential.unwrap_or_else(|| panic!("{id}: nothing of `{name}` in {sent:#?}"))
    });
    assert_eq!(carried, demanded.collect(), "{id}: {sent:#?}");
    let authorized = carried.iter().any(|credential| credential.starts_with("authorization"));
    assert_eq!(sent.header("authorization").len(), usize::from(authorized), "{id}");
    carried
}

/// The requests of the contract test for each operation of the golden `security`.
async fn sent(contract: &'static Contract) -> Sent {
    let challenge = r#"Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256"#;
    let challenge = Answer::empty(401).header("www-authenticate", challenge);
    let digest = contract.id() == "digest";
    let answers = digest.then_some(challenge).into_iter().chain([Answer::empty(204)]);
    let server = Server::start(answers).await;
    let client = testing::client(security::Client::builder(), &server.url).unwrap();
    let call = move || contract.with_all(&client).unwrap();
    tokio::task::spawn_blocking(call).await.unwrap();
    let sent = server.sent();
    assert_eq!(sent.len(), if digest { 2 } else { 1 });
    sent.last().unwrap().clone()
}

static CONTRACTS: [Contract; 8] = [
    Contract::new::<security::operations::DefaultCall>(&[], &[]),
    Contract::new::<security::operations::NoneCall>(&[], &[]),
    Contract::new::<security::operations::Either>(&[], &[]),
    Contract::new::<security::operations::Both>(&[], &[]),
    Contract::new::<security::operations::Scopes>(&[], &[]),
    Contract::new::<security::operations::Cookie>(&[], &[]),
    Contract::new::<security::operations::Open>(&[], &[]),
    Contract::new::<security::operations::Digest>(&[], &[]),
];

#[tokio::test]
async fn each_operation_carries_what_its_security_demands() {
    let expected: [&[&str]; 8] = [
        &["authorization: Bearer token"],
        &[],
        &["authorization: Basic dXNlcjpwYXNzd29yZA=="],
        &["?key=key", "X-API-Key: key"],
        &["authorization: Bearer token"],
        &["authorization: Basic dXNlcjpwYXNzd29yZA==", "cookie session=key"],
        &["authorization: Bearer token"],
        &["authorization: Digest username=\"user\""],
    ];
    for (contract, expected) in CONTRACTS.iter().zip(expected) {
        let carried = assert_credentials("security", contract.id(), &sent(contract).await);
        let carried: Vec<&str> = carried.iter().map(String::as_str).collect();
        assert_eq!(carried, expected, "{}", contract.id());
    }
    let paths = document("security")["paths"].as_mapping().unwrap().len();
    assert_eq!(paths, CONTRACTS.len(), "an operation is not called");
}

/// A method that is given the same credentials sends the same.
#[tokio::test]
async fn methods_carry_the_same_credentials() {
    let server = Server::start((0..7).map(|_| Answer::empty(204))).await;
    let credentials = security::Credentials::new().token("token");
    let credentials = credentials.basic_auth("user", "password");
    let credentials = credentials.header_key("key").query_key("key").cookie_key("key");
    let credentials = v1::Credentials::from(credentials.open_id(v1::Credential::bearer("token")));
    let credentials = credentials.with("accounts", v1::Credential::bearer("token"));
    let client = security::Client::builder().base_url(&server.url);
    let client: security::Client = client.credentials(credentials).build().unwrap();
    client.default_call().await.unwrap();
    client.none().await.unwrap();
    client.either().await.unwrap();
    client.both().await.unwrap();
    client.scopes().await.unwrap();
    client.cookie().await.unwrap();
    client.open().await.unwrap();
    for (contract, method) in CONTRACTS.iter().zip(server.sent()) {
        let from_method = assert_credentials("security", contract.id(), &method);
        let contract = assert_credentials("security", contract.id(), &sent(contract).await);
        assert_eq!(from_method, contract);
    }
}

/// Servers whose authentication is switched off, and those that need less than their document says.
#[tokio::test]
async fn a_client_says_that_its_server_needs_other_credentials() {
    let server = Server::start((0..2).map(|_| Answer::empty(204))).await;
    let client = |credentials: security::Credentials| {
        let builder = security::Client::builder().base_url(&server.url);
        builder.credentials(credentials).build().unwrap()
    };
    let empty = client(security::Credentials::new());
    let error = empty.both().await.unwrap_err();
    assert_eq!(error.kind(), v1::ErrorKind::Credentials);
    assert!(format!("{error:#}").contains("`Credentials::none()`"), "{error:#}");
    client(security::Credentials::none()).both().await.unwrap();
    let key = security::Credentials::new().header_key("key");
    client(key.send_all()).both().await.unwrap();
    let [none, key] = <[_; 2]>::try_from(server.sent()).unwrap();
    let secrets = |sent: &super::server::Sent| {
        let names = ["authorization", "x-api-key", "cookie"];
        names.map(|name| sent.header(name).len())
    };
    assert_eq!((secrets(&none), secrets(&key)), ([0, 0, 0], [0, 1, 0]));
}
