//! Secrets in logs and recordings, even if a server repeats them.

use crate::api::{self, Shelf};
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1::{self, Cassette, Credential, Credentials, WireLog};

/// A key in the query under a name that tells nothing.
static API: v1::ApiSpec = v1::ApiSpec {
    schemes: &[v1::Scheme {
        name: "app",
        kind: v1::SchemeKind::ApiKey { location: v1::KeyLocation::Query, name: "appid" },
    }],
    ..api::API
};
static GET: v1::OperationSpec =
    v1::OperationSpec { security: &[&[api::need("app")]], ..api::BY_KEY };

/// Repeats the query in redirects, links and bodies.
fn repeating() -> v1::InMemoryTransport {
    v1::InMemoryTransport::new(|request| {
        let query = request.uri().query().unwrap_or_default();
        let reply = http::Response::builder();
        if request.uri().path() != "/on" {
            let location = format!("/on?{query}&x=1");
            return reply.status(302).header("location", location).body("".into()).unwrap();
        }
        let link = format!("<https://u:hunter2@h/on?{query}>; rel=next");
        let body = format!(
            r#"{{"next":"/on?{query}","access_token":"hunter2","apiKey":"hunter2","a":1}}"#
        );
        let reply = reply.header("link", link).header("content-type", "application/json");
        reply.body(body.into()).unwrap()
    })
}

fn client(transport: impl v1::Transport) -> v1::Client {
    let credentials = Credentials::new().with("app", Credential::api_key("hunter2"));
    let builder = v1::ClientBuilder::new(&API).transport(transport);
    builder.credentials(credentials).build().unwrap()
}

#[tokio::test]
async fn a_recording_has_none_and_is_played_back() {
    let cassette = Cassette::recording(repeating());
    let mut call = client(cassette.clone()).call(&GET);
    call.set_query("pin", "hunter2");
    let masking = Cassette::recording(repeating()).masking(["pin"]);
    call.send::<Shelf>().await.unwrap();
    let mut call = client(masking.clone()).call(&GET);
    call.set_query("pin", "hunter2");
    call.send::<Shelf>().await.unwrap();
    let text = masking.to_json().unwrap();
    assert!(!text.contains("hunter2"), "{text}");
    assert!(text.contains("/on?pin=***&appid=***&x=1"), "{text}");
    assert!(!cassette.to_json().unwrap().contains("appid=hunter2"));
    let played = client(Cassette::replaying(&text).unwrap());
    let mut call = played.call(&GET);
    call.set_query("pin", "another");
    let value = call.send::<Shelf>().await.unwrap();
    assert_eq!(value["access_token"].as_str(), Some("***"));
    assert_eq!(value["a"].as_i64(), Some(1));
}

#[tokio::test]
async fn a_log_has_none() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&lines);
    let logged = WireLog::new(repeating(), move |line| {
        log.lock().unwrap().push(line.to_owned());
    });
    client(logged).call(&GET).send::<Shelf>().await.unwrap();
    let lines = lines.lock().unwrap().join("\n");
    assert!(!lines.contains("hunter2"), "{lines}");
    assert!(lines.contains(r#"location="/on?appid=***&x=1""#), "{lines}");
    assert!(lines.contains("<https://***@h/on?appid=***&x=1>; rel=next"), "{lines}");
}
