//! `Debug` and `Display` of clients, calls and failures, with all sources of a failure.

use crate::api::{self, get, Shelf, Touch};
use crate::server::{json, misbehave, serve};
use std::error::Error as _;
use std::fmt::Debug;
use typewright_runtime::codegen::v1::{self, Credential, Credentials, Secret, Token};

#[track_caller]
fn shows(value: &dyn Debug, expected: &str) {
    let formatted = format!("{value:?}");
    assert!(formatted.contains(expected), "{formatted}");
}

fn replies(status: u16, body: &'static str) -> v1::InMemoryTransport {
    v1::InMemoryTransport::new(move |_| {
        let reply = http::Response::builder().status(status);
        reply.body(body.into()).unwrap()
    })
}

fn client(transport: impl v1::Transport) -> v1::Client {
    let builder = api::builder().transport(transport);
    builder.retry(v1::RetryPolicy::off()).build().unwrap()
}

#[test]
fn clients_and_calls_say_what_they_are() {
    let memory = replies(200, "{}");
    let client = client(memory.clone());
    shows(&api::builder(), "Shelves");
    shows(&client, "Shelves");
    shows(&get(&client, "s"), "getShelf");
    shows(&v1::RetryPolicy::default(), "RetryPolicy");
    shows(&memory, "InMemoryTransport");
    shows(&v1::Cassette::recording(memory.clone()), "Cassette");
    shows(&v1::WireLog::new(memory, |_| {}), "InMemoryTransport");
    shows(&v1::Mock::new(), "Mock");
    shows(&v1::Mock::new().on::<Shelf>(), "getShelf");
    shows(&v1::Decoding::Strict, "Strict");
    shows(&v1::ResponseHeader::<v1::Native<i64>>::new("X-Total"), r#"ResponseHeader("X-Total")"#);
}

#[tokio::test]
async fn streams_and_pages_say_what_they_are() {
    struct Lines;
    impl v1::Endpoint for Lines {
        type Output = v1::Lines<i64>;
        type Error = v1::Undocumented;

        fn spec() -> &'static v1::OperationSpec {
            &v1::OperationSpec::DEFAULT
        }
    }
    let client = client(replies(200, "1\n"));
    let call = || get(&client, "s");
    shows(&call().pages::<Shelf>(), "Pages");
    let items = call().items::<Shelf, i64>(|_| Vec::new());
    shows(&items, "PageItems");
    shows(&get(&client, "s").send::<Lines>().await.unwrap(), "LineStream");
    shows(&v1::Coding::<v1::Native<i64>>(5), "5");
    #[cfg(feature = "tower")]
    shows(&v1::TowerTransport::new(()), "TowerTransport");
}

#[test]
fn bodies_say_how_long_they_are() {
    let stream = || v1::ByteStream::from(v1::Bytes::from_static(b"bytes"));
    shows(&stream(), "ByteStream");
    shows(&v1::Body::Empty, "Empty");
    shows(&v1::Body::from("bytes"), "Bytes(5 bytes)");
    shows(&v1::Body::from_fn(Some(5), stream), "Factory(Some(5)");
    shows(&v1::Body::once(stream(), None), "Once(None");
}

#[test]
fn credentials_say_their_kind() {
    let secret = || Secret::from("hunter2");
    for (credential, kind) in [
        (Credential::api_key(secret()), "API key"),
        (Credential::basic("u", secret()), "basic"),
        (Credential::bearer(secret()), "bearer"),
        (Credential::digest("u", secret()), "digest"),
        (Credential::client_credentials("u", secret()), "client credentials"),
        (Credential::transport(), "transport"),
    ] {
        assert_eq!(format!("{credential:?}"), kind);
    }
    shows(&Credentials::new().with("s", "t".into()), r#"{"s": bearer}"#);
    assert_eq!(format!("{:?}", secret()), "***");
    shows(&Token::Fixed(secret()), "***");
    shows(&Token::from_fn(|| async { Ok(Secret::from("hunter2")) }), "provider");
    let credentials = v1::ClientCredentials::new("me", secret());
    assert_eq!(format!("{credentials:?}"), "ClientCredentials { .. }");
}

#[tokio::test]
async fn a_failure_keeps_its_type_its_words_and_its_reason() {
    let error = get(&client(replies(404, r#"{"a":"b"}"#)), "s");
    let error = error.send::<Shelf>().await.unwrap_err();
    let formatted = error.to_string();
    assert_eq!(formatted, "getShelf: 404 Not Found: the server refused");
    assert_eq!(error.excerpt(), r#"{"a":"b"}"#);
    shows(&error, "getShelf");
    assert!(error.source().is_none());
    let erased = error.erase();
    assert_eq!(erased.to_string(), formatted);
    shows(&erased, "getShelf");
    let body = erased.body::<v1::Map<String>>();
    assert_eq!(body.unwrap()["a"], "b");
    let error = client(replies(503, "")).call(&api::TOUCH);
    let error = error.send::<Touch>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "touchShelf: 503 Service Unavailable: a status that is not documented"
    );
}

#[tokio::test]
async fn a_refusal_without_words() {
    let server = serve(|_, _| json(404, "null")).await;
    let api = api::builder().base_url(&server.url);
    let client: v1::Client = api.build().unwrap();
    let error = client.call(&EMPTY).send::<Refused>().await.unwrap_err();
    assert_eq!(error.excerpt(), "null");
    let server = serve(|_, _| json(404, "")).await;
    let mut call = client.call(&EMPTY);
    call.set_base_url(&server.url);
    let error = call.send::<Refused>().await.unwrap_err();
    assert_eq!(error.to_string(), "getShelf: 404 Not Found: the server refused");
}

static EMPTY: v1::OperationSpec = v1::OperationSpec { path: "/empty", parameters: &[], ..api::GET };

struct Refused;
impl v1::Endpoint for Refused {
    type Output = v1::Empty;
    type Error = v1::Empty;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

/// The output of a reporter that prints all sources, such as anyhow's.
fn reported(error: &(dyn std::error::Error + 'static)) -> String {
    let reasons = std::iter::successors(Some(error), |error| (**error).source());
    let reasons: Vec<_> = reasons.map(ToString::to_string).collect();
    reasons.join(": ")
}

/// Each reason is said once, by whoever follows them, and by `{:#}`; none quotes the response.
#[tokio::test]
async fn no_reason_is_said_twice() {
    let token = Token::from_fn(|| async { Err("the vault is closed".into()) });
    let locked = Credentials::new().with("bearer", Credential::bearer(token));
    let builder = api::builder().transport(replies(200, "{}"));
    let locked: v1::Client = builder.credentials(locked).build().unwrap();
    let mut unsendable = get(&client(replies(200, "{}")), "s");
    unsendable.set_header("a b", "c");
    let nobody = api::builder().base_url("http://127.0.0.1:1");
    let nobody: v1::Client = nobody.retry(v1::RetryPolicy::off()).build().unwrap();
    for call in [
        locked.call(&api::BY_BEARER),
        unsendable,
        get(&nobody, "s"),
        get(&client(replies(200, r#"["private"]x"#)), "s"),
        get(&client(replies(404, r#"{"detail":["private"]}"#)), "s"),
        get(&client(replies(418, r#"{"detail":["private"]}"#)), "s"),
    ] {
        let error = call.send::<Shelf>().await.unwrap_err();
        let all = reported(&error);
        assert_eq!(format!("{error:#}"), all);
        let mut parts: Vec<_> = all.split(": ").collect();
        let count = parts.len();
        parts.sort_unstable();
        parts.dedup();
        assert_eq!(parts.len(), count, "{all}");
        assert!(!format!("{all} {error:?}").contains("private"), "{error:?}");
        assert_eq!(reported(&error.erase()), all);
    }
}

#[tokio::test]
async fn the_reason_of_a_failure_is_found_to_its_end() {
    // What the response is, what the transport said, why no token came, what could not be written.
    let error = get(&client(replies(200, "[")), "s").send::<Shelf>().await;
    let error = error.unwrap_err().erase();
    assert!(error.source().unwrap().is::<v1::CodecError>());
    let url = misbehave(|_, stream| async move { drop(stream) }).await;
    let builder = api::builder().base_url(&url).retry(v1::RetryPolicy::off());
    let broken: v1::Client = builder.build().unwrap();
    let error = get(&broken, "s").send::<Shelf>().await.unwrap_err();
    let transport = error.source().unwrap();
    assert!(transport.is::<v1::TransportError>());
    assert!(transport.source().unwrap().is::<reqwest::Error>());
    let token = Token::from_fn(|| async { Err("the vault is closed".into()) });
    let credentials = Credentials::new().with("bearer", Credential::bearer(token));
    let builder = api::builder().transport(replies(200, "{}"));
    let locked: v1::Client = builder.credentials(credentials).build().unwrap();
    let error = locked.call(&api::BY_BEARER).send::<Shelf>().await;
    let error = error.unwrap_err();
    let decoder = error.source().unwrap();
    assert!(decoder.is::<v1::CredentialsError>());
    assert_eq!(decoder.source().unwrap().to_string(), "the vault is closed");
    let mut call = get(&client(replies(200, "{}")), "s");
    call.set_header("a b", "c");
    let error = call.send::<Shelf>().await.unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "no header can carry this");
}

#[test]
fn what_keeps_a_client_from_being_built() {
    let built = api::builder().base_url("ftp://x").build();
    assert_eq!(
        built.unwrap_err().to_string(),
        "`ftp://x` is not the URL of a server: http or https, without user, query and fragment"
    );
    let unlocked = v1::BuildError::Transport("no certificates".into());
    assert_eq!(unlocked.to_string(), "the transport cannot be made");
    assert_eq!(unlocked.source().unwrap().to_string(), "no certificates");
    assert!(v1::BuildError::NoServer.source().is_none());
}

/// Its constant is what fails, so that it is known when the code is compiled.
#[test]
fn code_for_a_newer_runtime_is_refused() {
    const _: () = v1::contract(v1::CONTRACT);
    let newer = std::panic::catch_unwind(|| v1::contract(v1::CONTRACT + 1));
    let panic = newer.unwrap_err();
    let panic = panic.downcast_ref::<&str>().unwrap();
    assert!(panic.contains("cargo update -p typewright-runtime"), "{panic}");
}
