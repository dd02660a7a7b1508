//! OAuth 2.0 client credentials: one token for all calls until it expires.

use crate::api::{self, Shelf};
use crate::clock::TestClock;
use crate::server::{json, serve, Seen, Server};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;
use std::time::Duration;
use typewright_runtime::codegen::v1::{
    self, ClientCredentials, Credential, Credentials, ErrorKind,
};

/// Issues t1, t2 … and accepts all from `oldest` on.
async fn server(expires_in: &'static str, oldest: Arc<AtomicU32>) -> Server {
    let issued = AtomicU32::new(0);
    serve(move |_, seen| {
        if seen.target == "/.well-known/openid-configuration" {
            let url = format!("http://{}/token", seen.header("host").unwrap());
            return json(200, &format!(r#"{{"token_endpoint":"{url}"}}"#));
        }
        if seen.target == "/token" {
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            return json(
                200,
                &format!(r#"{{"access_token":"t{number}","token_type":"Bearer"{expires_in}}}"#),
            );
        }
        let token = seen.header("authorization").and_then(|header| header.strip_prefix("Bearer t"));
        let number: u32 = token.unwrap().parse().unwrap();
        json(if number >= oldest.load(Ordering::SeqCst) { 200 } else { 401 }, "{}")
    })
    .await
}

fn client(server: &Server, scheme: &str, credential: Credential) -> v1::Client {
    let credentials = Credentials::new().with(scheme, credential);
    api::builder().base_url(&server.url).credentials(credentials).build().unwrap()
}

fn tokens(server: &Server) -> Vec<Seen> {
    server.seen().into_iter().filter(|seen| seen.target == "/token").collect()
}

#[tokio::test]
async fn one_token_serves_many_waiting_calls() {
    let server = server(r#","expires_in":3600"#, Arc::default()).await;
    let client = client(&server, "oauth", Credential::client_credentials("i:d", "s3 cret&"));
    let calls: Vec<_> =
        (0..30).map(|_| tokio::spawn(client.call(&api::BY_OAUTH).send::<Shelf>())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let tokens = tokens(&server);
    assert_eq!(tokens.len(), 1);
    assert_eq!(tokens[0].body, b"grant_type=client_credentials&scope=read+write");
    // RFC 6749, section 2.3.1: both are form-encoded before they are joined.
    assert_eq!(tokens[0].header("authorization"), Some("Basic aSUzQWQ6czMrY3JldCUyNg=="));
    assert_eq!(tokens[0].header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let oldest = Arc::new(AtomicU32::new(2));
    let server = server("", Arc::clone(&oldest)).await;
    let client = client(&server, "oauth", Credential::client_credentials("id", "secret"));
    client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
    assert_eq!(tokens(&server).len(), 2);
    oldest.store(9, Ordering::SeqCst);
    let error = client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 401));
    assert_eq!(tokens(&server).len(), 3);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let server = server(r#","expires_in":"0""#, Arc::default()).await;
    let client = client(&server, "oauth", Credential::client_credentials("id", "secret"));
    for _ in 0..3 {
        client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
    }
    assert_eq!(tokens(&server).len(), 3);
}

#[tokio::test]
async fn discovery_finds_the_endpoint() {
    let server = server("", Arc::default()).await;
    let credentials =
        ClientCredentials::new("id", "s&").in_body().parameter("audience", "a b").scopes(["x"]);
    let client = client(&server, "oidc", credentials.into());
    client.call(&api::BY_OIDC).send::<Shelf>().await.unwrap();
    client.call(&api::BY_OIDC).send::<Shelf>().await.unwrap();
    let token = &tokens(&server)[0];
    let body = "grant_type=client_credentials&scope=x&client_id=id&client_secret=s%26&audience=a+b";
    assert_eq!(std::str::from_utf8(&token.body).unwrap(), body);
    assert_eq!(token.header("authorization"), None);
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_refusal_is_told_without_the_secret_and_shared_by_those_who_wait() {
    let refusal = r#"{"error":"invalid_client","error_description":"unknown"}"#;
    let server = serve(|_, _| json(401, refusal)).await;
    let client = client(&server, "oauth", Credential::client_credentials("id", "hunter2"));
    // The one thread of the test begins all calls before the server takes the first request.
    let calls: Vec<_> =
        (0..10).map(|_| tokio::spawn(client.call(&api::BY_OAUTH).send::<Shelf>())).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        let expected = "secured: the call cannot be authenticated: no token for oauth: the token endpoint responded with 401 Unauthorized: invalid_client unknown";
        assert_eq!(format!("{error:#}"), expected);
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_persons_consent_becomes_tokens() {
    let server = serve(|number, seen| {
        if seen.target == "/token" {
            let refresh = if number == 0 { r#","refresh_token":"r1""# } else { "" };
            return json(200, &format!(r#"{{"access_token":"t","expires_in":0{refresh}}}"#));
        }
        json(200, "{}")
    })
    .await;
    let credentials = ClientCredentials::from_code("me", "", "c0de").in_body();
    let credentials = credentials.parameter("redirect_uri", "https://me/back");
    let client = client(&server, "oauth", credentials.scopes([""; 0]).into());
    for _ in 0..3 {
        client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
    }
    let bodies: Vec<_> =
        tokens(&server).iter().map(|seen| String::from_utf8(seen.body.clone()).unwrap()).collect();
    let tail = "client_id=me&redirect_uri=https%3A%2F%2Fme%2Fback";
    let refreshed = format!("grant_type=refresh_token&refresh_token=r1&{tail}");
    let first = format!("grant_type=authorization_code&code=c0de&{tail}");
    assert_eq!(bodies, [first, refreshed.clone(), refreshed]);
}

#[tokio::test]
async fn a_code_without_a_refresh_token_serves_once() {
    let server = serve(|_, _| json(200, r#"{"access_token":"t","expires_in":0}"#)).await;
    let credentials = ClientCredentials::from_code("me", "s", "c0de");
    let client = client(&server, "oauth", credentials.into());
    client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
    let error = client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap_err();
    assert!(format!("{error:#}").contains("the authorization code has been used"), "{error:#}");
    assert!(!format!("{error} {error:?}").contains("c0de"));
}

#[tokio::test]
async fn a_short_life_is_used_to_nine_tenths_and_a_long_one_but_for_a_minute() {
    for (life, good, over) in
        [(r#","expires_in":20"#, 17, 18), (r#","expires_in":3600"#, 3539, 3540)]
    {
        let server = server(life, Arc::default()).await;
        let clock = TestClock::still();
        let credential = Credential::client_credentials("id", "secret");
        let builder = api::builder().base_url(&server.url).clock(clock.clone());
        let client: v1::Client =
            builder.credentials(Credentials::new().with("oauth", credential)).build().unwrap();
        for (pause, expected) in [(0, 1), (good, 1), (over - good, 2)] {
            clock.advance(Duration::from_secs(pause));
            client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
            assert_eq!(tokens(&server).len(), expected, "{life} after {pause}");
        }
    }
}

#[tokio::test]
async fn a_refresh_token_from_before_is_what_tokens_are_asked_with() {
    let server = server(r#","expires_in":3600"#, Arc::default()).await;
    let credentials = ClientCredentials::from_refresh_token("me", "", "before").in_body();
    let client = client(&server, "oauth", credentials.scopes([""; 0]).into());
    client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
    let requests = tokens(&server);
    let bodies: Vec<_> = requests.iter().map(|seen| &seen.body[..]).collect();
    let expected: &[u8] = b"grant_type=refresh_token&refresh_token=before&client_id=me";
    assert_eq!(bodies, [expected]);
}

/// A person is sent to the flow's own URL, whatever its query has already; parameters are encoded as a form's.
#[test]
fn consent_is_asked_for_where_the_flow_says() {
    let consent = |authorization_url| {
        let flow = v1::Flow { name: "authorizationCode", authorization_url, token_url: None };
        flow.consent_url(&[("client_id", "me&you"), ("scope", "read write")])
    };
    let expected = "response_type=code&client_id=me%26you&scope=read+write";
    for (url, expected) in [
        ("https://a.example/go", format!("https://a.example/go?{expected}")),
        ("https://a.example/go?x=1", format!("https://a.example/go?x=1&{expected}")),
    ] {
        assert_eq!(consent(Some(url)), Some(expected));
    }
    assert_eq!(consent(None), None);
}
