//! Each kind of credential in requests, of which none is ever formatted.

use crate::api::{self, Shelf};
use crate::server::{json, serve, Seen};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1::{self, Credential, Credentials, ErrorKind, Secret, Token};

async fn seen(operation: &'static v1::OperationSpec, credentials: Credentials) -> Seen {
    let server = serve(|_, _| json(200, "{}")).await;
    let builder = api::builder().base_url(&server.url).credentials(credentials);
    builder.build().unwrap().call(operation).send::<Shelf>().await.unwrap();
    server.one()
}

async fn one(operation: &'static v1::OperationSpec, scheme: &str, credential: Credential) -> Seen {
    seen(operation, Credentials::new().with(scheme, credential)).await
}

#[tokio::test]
async fn keys_go_where_the_document_says() {
    let seen = one(&api::BY_KEY, "key", Credential::api_key("s3cr3t")).await;
    assert_eq!(seen.header("x-key"), Some("s3cr3t"));
    let seen = one(&api::BY_QUERY, "queryKey", Credential::api_key("a b&c")).await;
    assert_eq!(seen.target, "/secured?api_key=a%20b%26c");
    let seen = one(&api::BY_COOKIE, "cookieKey", Credential::api_key("s3cr3t")).await;
    assert_eq!(seen.header("cookie"), Some("sid=s3cr3t"));
}

#[tokio::test]
async fn basic_and_bearer() {
    let seen = one(&api::BY_BASIC, "basic", Credential::basic("Aladdin", "open sesame")).await;
    assert_eq!(seen.header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    let seen = one(&api::BY_BEARER, "bearer", Credential::bearer("t0k3n")).await;
    assert_eq!(seen.header("authorization"), Some("Bearer t0k3n"));
    let seen = one(&api::BY_IAM, "iam", Credential::bearer(String::from("t0k3n"))).await;
    assert_eq!(seen.header("authorization"), Some("Bearer t0k3n"));
    let seen = one(&api::BY_MTLS, "mtls", Credential::transport()).await;
    assert_eq!(seen.header("authorization"), None);
}

#[tokio::test]
async fn the_first_alternative_that_is_complete() {
    let key = Credentials::new().with("key", Credential::api_key("k"));
    let both = key.clone().with("basic", Credential::basic("u", "p"));
    let sent = seen(&api::BY_EITHER, both).await;
    assert!(sent.header("x-key").is_some() && sent.header("authorization").is_some());
    let sent = seen(&api::BY_EITHER_OR_NOTHING, key.clone()).await;
    assert_eq!(sent.header("x-key"), Some("k"));
    let sent = seen(&api::BY_EITHER_OR_NOTHING, Credentials::new()).await;
    assert_eq!(sent.header("x-key"), None);
    // An operation that asks for nothing gets nothing.
    let server = serve(|_, _| json(200, "{}")).await;
    let client: v1::Client = api::builder().base_url(&server.url).credentials(key).build().unwrap();
    api::get(&client, "s").send::<Shelf>().await.unwrap();
    assert_eq!(server.one().header("x-key"), None);
}

#[tokio::test]
async fn nothing_is_sent_without_credentials() {
    let server = serve(|_, _| json(200, "{}")).await;
    let key = Credentials::new().with("key", Credential::api_key("k"));
    let client: v1::Client = api::builder().base_url(&server.url).credentials(key).build().unwrap();
    let error = client.call(&api::BY_EITHER).send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(
        format!("{error:#}"),
        "secured: the call cannot be authenticated: no credentials are configured for oauth, nor for key with basic, but for key (`send_all` sends those all the same)"
    );
    assert!(server.seen().is_empty() && !error.is_retryable());
}

#[tokio::test]
async fn a_header_by_hand_counts() {
    let server = serve(|_, _| json(200, "{}")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    let mut call = client.call(&api::BY_BEARER);
    call.set_header("Authorization", "Custom 1");
    call.send::<Shelf>().await.unwrap();
    assert_eq!(server.one().header("authorization"), Some("Custom 1"));
}

#[tokio::test]
async fn a_header_by_hand_goes_before_what_is_configured() {
    let server = serve(|_, _| json(200, "{}")).await;
    let builder = api::builder().base_url(&server.url);
    let client: v1::Client = builder.credentials(everything()).build().unwrap();
    for operation in [&api::BY_BEARER, &api::BY_KEY] {
        let mut call = client.call(operation);
        call.set_header("Authorization", "Custom 1");
        call.set_header("X-Key", "mine");
        call.send::<Shelf>().await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen[0].header("authorization"), Some("Custom 1"));
    assert_eq!(seen[1].header("x-key"), Some("mine"));
}

#[tokio::test]
async fn a_provider_whose_tokens_are_all_refused_is_asked_twice() {
    let server = serve(|_, _| json(401, "{}")).await;
    let token = Token::from_fn(|| async { Ok(Secret::from("t")) });
    let credentials = Credentials::new().with("bearer", Credential::bearer(token));
    let builder = api::builder().base_url(&server.url);
    let client: v1::Client = builder.credentials(credentials).build().unwrap();
    let error = client.call(&api::BY_BEARER).send::<Shelf>().await;
    assert_eq!(error.unwrap_err().status().unwrap(), 401);
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn a_secret_is_sent_as_it_is() {
    let secret: Secret = v1::from_json(br#""hunter2""#).unwrap();
    assert_eq!(v1::to_json(&secret).unwrap(), br#""hunter2""#);
}

#[tokio::test]
async fn a_provider_is_asked_each_time_and_again_after_a_401() {
    struct Provider(AtomicU32, Mutex<Vec<String>>);
    impl v1::TokenProvider for Provider {
        fn token(&self, _: &[&str]) -> v1::BoxFuture<Result<Secret, v1::BoxError>> {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move { Ok(Secret::from(format!("t{number}"))) })
        }
        fn refused(&self, token: &Secret) {
            self.1.lock().unwrap().push(token.expose().to_owned());
        }
    }
    let provider = Arc::new(Provider(AtomicU32::new(0), Mutex::default()));
    let server = serve(|_, seen| match seen.header("authorization") {
        Some("Bearer t0") => json(401, "{}"),
        _ => json(200, "{}"),
    })
    .await;
    let credentials = Credentials::new().with("bearer", Credential::bearer(Arc::clone(&provider)));
    let client: v1::Client =
        api::builder().base_url(&server.url).credentials(credentials).build().unwrap();
    client.call(&api::BY_BEARER).send::<Shelf>().await.unwrap();
    assert_eq!(*provider.1.lock().unwrap(), ["t0"]);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_provider_that_fails_is_told() {
    let token = Token::from_fn(|| async { Err("the vault is closed".into()) });
    let credentials = Credentials::new().with("bearer", Credential::bearer(token));
    let memory = v1::InMemoryTransport::new(|_| http::Response::new("{}".into()));
    let builder = api::builder().transport(memory.clone()).credentials(credentials);
    let error = builder.build().unwrap().call(&api::BY_BEARER).send::<Shelf>().await.unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "secured: the call cannot be authenticated: no token for bearer: the vault is closed"
    );
    assert!(memory.requests().is_empty());
}

#[test]
fn credentials_must_fit_their_schemes() {
    let build = |scheme, credential| {
        let credentials = Credentials::new().with(scheme, credential);
        api::builder().credentials(credentials).build().unwrap_err()
    };
    let wrong = build("basic", Credential::bearer("hunter2"));
    assert!(matches!(wrong, v1::BuildError::WrongCredential("basic")));
    assert!(!format!("{wrong} {wrong:?}").contains("hunter2"));
    let unknown = build("nope", Credential::bearer("hunter2"));
    assert!(matches!(unknown, v1::BuildError::UnknownScheme(_)));
}

fn hidden(text: &str) {
    // In plain text, in base64 alone, and behind a name as basic has it.
    for secret in ["hunter2", "aHVudGVyMg", "dTpodW50ZXIy"] {
        assert!(!text.contains(secret), "{text}");
    }
}

fn everything() -> Credentials {
    Credentials::new()
        .with("key", Credential::api_key("hunter2"))
        .with("queryKey", Credential::api_key("hunter2"))
        .with("cookieKey", Credential::api_key("hunter2"))
        .with("basic", Credential::basic("u", "hunter2"))
        .with("bearer", Credential::bearer("hunter2"))
        .with("digest", Credential::digest("u", "hunter2"))
}

#[tokio::test]
async fn no_secret_is_shown() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&lines);
    let memory = v1::InMemoryTransport::new(|_| {
        let reply = http::Response::builder().status(500);
        let reply = reply.header("set-cookie", "sid=hunter2");
        reply.body("{}".into()).unwrap()
    });
    let logged = v1::WireLog::new(memory, move |line| {
        log.lock().unwrap().push(line.to_owned());
    });
    let builder = api::builder().transport(logged.masking(["k"]));
    let builder = builder.credentials(everything()).retry(v1::RetryPolicy::off());
    let builder = builder.header("x-api-token", "hunter2");
    hidden(&format!("{builder:?} {:?}", everything()));
    let client: v1::Client = builder.build().unwrap();
    hidden(&format!("{client:?}"));
    for operation in
        [&api::BY_KEY, &api::BY_QUERY, &api::BY_COOKIE, &api::BY_BASIC, &api::BY_BEARER]
    {
        let mut call = client.call(operation);
        call.set_query("api_key", "hunter2");
        hidden(&format!("{call:?}"));
        let error = call.send::<Shelf>().await.unwrap_err();
        hidden(&format!("{error} {error:?}"));
    }
    let lines = lines.lock().unwrap().join("\n");
    hidden(&lines);
    assert!(lines.contains("api_key=***") && lines.contains(r#"authorization="***""#), "{lines}");
}

#[tokio::test]
async fn a_secret_that_no_header_can_carry_is_not_shown() {
    let bad = Credentials::new().with("bearer", Credential::bearer("hunter2\n"));
    let memory = v1::InMemoryTransport::new(|_| http::Response::new("{}".into()));
    let builder = api::builder().transport(memory).credentials(bad);
    let client: v1::Client = builder.build().unwrap();
    let error = client.call(&api::BY_BEARER).send::<Shelf>().await;
    hidden(&format!("{:?}", error.unwrap_err()));
}
