//! OAuth 2.0 device authorization (RFC 8628).

use crate::api::{self, Shelf};
use crate::clock::TestClock;
use crate::server::{json, serve, Seen, Server};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self, ClientCredentials, Credentials, ErrorKind};

/// Longer than a pause between two questions, and shorter than the time limits of the client.
const LONGEST_PAUSE: Duration = Duration::from_secs(29);

static API: v1::ApiSpec = v1::ApiSpec {
    schemes: &[v1::Scheme {
        name: "oauth",
        kind: v1::SchemeKind::OAuth2 {
            token_url: None,
            flows: &[v1::Flow {
                name: "deviceAuthorization",
                authorization_url: Some("/device"),
                token_url: Some("/token"),
            }],
        },
    }],
    ..api::API
};

/// The same endpoints, told by the server itself.
static DISCOVERED: v1::ApiSpec = v1::ApiSpec {
    schemes: &[v1::Scheme {
        name: "oauth",
        kind: v1::SchemeKind::OpenIdConnect { url: "/.well-known/openid-configuration" },
    }],
    ..api::API
};

/// The responses of the token endpoint, in order; the last is repeated.
async fn server(responses: &'static [(u16, &'static str)]) -> Server {
    let requests = Mutex::new(0);
    serve(move |_, seen| match &*seen.target {
        "/.well-known/openid-configuration" => {
            let host = format!("http://{}", seen.header("host").unwrap());
            json(
                200,
                &format!(
                    r#"{{"device_authorization_endpoint":"{host}/device","token_endpoint":"{host}/token"}}"#
                ),
            )
        }
        "/device" => json(
            200,
            r#"{"device_code":"d0","user_code":"WDJB-MJHT","verification_uri":"https://x/device",
                "verification_uri_complete":"https://x/device?c=WDJB-MJHT","expires_in":50,"interval":3}"#,
        ),
        "/token" => {
            let mut requests = requests.lock().unwrap();
            let (status, reply) = responses[(*requests).min(responses.len() - 1)];
            *requests += 1;
            json(status, reply)
        }
        _ => json(200, "{}"),
    })
    .await
}

struct Device {
    client: v1::Client,
    clock: TestClock,
    prompts: Arc<Mutex<Vec<v1::DevicePrompt>>>,
}

fn device(server: &Server, secret: &str) -> Device {
    device_of(&API, server, secret)
}

fn device_of(api: &'static v1::ApiSpec, server: &Server, secret: &str) -> Device {
    let (clock, prompts) = (TestClock::skipping(LONGEST_PAUSE), Arc::new(Mutex::new(Vec::new())));
    let show = Arc::clone(&prompts);
    let credentials = ClientCredentials::from_device("my cli", secret, move |prompt| {
        show.lock().unwrap().push(prompt.clone());
    });
    let builder = v1::ClientBuilder::new(api).base_url(&server.url);
    let client = builder
        .clock(clock.clone())
        .credentials(Credentials::new().with("oauth", credentials.into()))
        .build()
        .unwrap();
    Device { client, clock, prompts }
}

fn bodies(server: &Server, target: &str) -> Vec<String> {
    let seen = server.seen().into_iter().filter(|s| s.target == target);
    let text = |seen: Seen| String::from_utf8(seen.body).unwrap();
    seen.map(text).collect()
}

const PENDING: (u16, &str) = (400, r#"{"error":"authorization_pending"}"#);
const SLOW: (u16, &str) = (400, r#"{"error":"slow_down"}"#);

#[tokio::test]
async fn a_person_consents_elsewhere() {
    let granted = (200, r#"{"access_token":"t","expires_in":0,"refresh_token":"r"}"#);
    let server = server(Box::leak(Box::new([PENDING, SLOW, PENDING, granted]))).await;
    let device = device(&server, "");
    for _ in 0..2 {
        let call = device.client.call(&api::BY_OAUTH);
        call.send::<Shelf>().await.unwrap();
    }
    let prompts = device.prompts.lock().unwrap();
    assert_eq!(prompts.len(), 1, "the second time the refresh token serves");
    let prompt = &prompts[0];
    assert_eq!(prompt.user_code(), "WDJB-MJHT");
    assert_eq!(prompt.verification_uri(), "https://x/device");
    let complete = prompt.verification_uri_complete();
    assert_eq!(complete, Some("https://x/device?c=WDJB-MJHT"));
    assert_eq!(prompt.expires_in(), Duration::from_secs(50));
    assert!(!format!("{prompt:?}").contains("WDJB"), "{prompt:?}");
    assert_eq!(device.clock.pauses(), [3, 3, 8, 8].map(Duration::from_secs));
    let requests = bodies(&server, "/device");
    assert_eq!(requests, ["scope=read+write&client_id=my+cli"]);
    let tokens = bodies(&server, "/token");
    let code = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d0&client_id=my+cli";
    assert_eq!(tokens[..4], [code; 4]);
    let refresh = "grant_type=refresh_token&refresh_token=r&scope=read+write&client_id=my+cli";
    assert_eq!(tokens[4..], [refresh]);
    let last = server.seen().pop().unwrap();
    assert_eq!(last.header("authorization"), Some("Bearer t"));
}

#[tokio::test]
async fn a_client_with_a_secret_names_itself_in_the_header() {
    let server = server(&[(200, r#"{"access_token":"t"}"#)]).await;
    let device = device(&server, "s");
    let call = device.client.call(&api::BY_OAUTH);
    call.send::<Shelf>().await.unwrap();
    assert_eq!(bodies(&server, "/device"), ["scope=read+write"]);
    for seen in &server.seen()[..2] {
        assert_eq!(seen.header("authorization"), Some("Basic bXkrY2xpOnM="));
    }
}

#[tokio::test]
async fn a_person_declines_or_stays_away() {
    let denied = (400, r#"{"error":"access_denied","error_description":"no"}"#);
    let refusing = server(Box::leak(Box::new([PENDING, denied]))).await;
    let silent = server(&[PENDING]).await;
    for (server, expected) in [
        (&refusing, "400 Bad Request: access_denied no"),
        (&silent, "the code expired before anybody consented"),
    ] {
        let device = device(server, "");
        let call = device.client.call(&api::BY_OAUTH);
        let error = call.send::<Shelf>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(format!("{error:#}").contains(expected), "{error:#}");
        assert!(!format!("{error} {error:?}").contains("d0"));
    }
    assert_eq!(bodies(&silent, "/token").len(), 16, "every 3 of 50 seconds");
}

#[tokio::test]
async fn a_refused_refresh_token_asks_the_person_again() {
    let first = (200, r#"{"access_token":"t","expires_in":0,"refresh_token":"r"}"#);
    let refused = (400, r#"{"error":"invalid_grant"}"#);
    let server = server(Box::leak(Box::new([first, refused, first]))).await;
    let device = device(&server, "");
    for _ in 0..2 {
        let call = device.client.call(&api::BY_OAUTH);
        call.send::<Shelf>().await.unwrap();
    }
    assert_eq!(device.prompts.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_refused_refresh_token_is_not_shown_again() {
    let first = r#"{"access_token":"t","expires_in":0,"refresh_token":"r"}"#;
    let second = (200, r#"{"access_token":"t","expires_in":0}"#);
    let refused = (400, r#"{"error":"invalid_grant"}"#);
    let server = server(Box::leak(Box::new([(200, first), refused, second]))).await;
    let device = device(&server, "");
    for _ in 0..3 {
        let call = device.client.call(&api::BY_OAUTH);
        call.send::<Shelf>().await.unwrap();
    }
    let requests = bodies(&server, "/token");
    let refreshed = requests.iter().filter(|body| body.contains("grant_type=refresh_token"));
    assert_eq!((requests.len(), refreshed.count()), (4, 1), "{requests:?}");
    let prompts = format!("{:?}", device.prompts.lock().unwrap());
    assert!(prompts.contains("https://x/device") && prompts.contains("50s"), "{prompts}");
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_its_code_to_the_next() {
    let server = server(&[PENDING, PENDING, (200, r#"{"access_token":"t"}"#)]).await;
    let device = device(&server, "");
    let call = device.client.call(&api::BY_OAUTH).send::<Shelf>();
    tokio::select! {
        biased;
        _ = call => panic!("answered"),
        () = async { while bodies(&server, "/token").is_empty() { tokio::task::yield_now().await } } => {}
    }
    let call = device.client.call(&api::BY_OAUTH);
    call.send::<Shelf>().await.unwrap();
    assert_eq!(device.prompts.lock().unwrap().len(), 1);
    assert_eq!(bodies(&server, "/device").len(), 1);
}

#[tokio::test]
async fn discovery_tells_where_codes_come_from() {
    let server = server(&[PENDING, (200, r#"{"access_token":"t"}"#)]).await;
    let device = device_of(&DISCOVERED, &server, "");
    let call = device.client.call(&api::BY_OAUTH);
    call.send::<Shelf>().await.unwrap();
    assert_eq!(device.prompts.lock().unwrap()[0].user_code(), "WDJB-MJHT");
    assert_eq!(bodies(&server, "/device").len(), 1);
    assert_eq!(bodies(&server, "/token").len(), 2);
    let last = server.seen().pop().unwrap();
    assert_eq!(last.header("authorization"), Some("Bearer t"));
}
