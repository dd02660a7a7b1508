//! HTTP digest against a server that checks every answer.

use crate::api::{self, Shelf, Upload};
use crate::server::{json, serve, with, Seen, Server};
use axum::response::Response;
use md5::{Digest as _, Md5};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;
use typewright_runtime::codegen::v1::{self, Credential, ErrorKind};

pub fn hash(text: &str) -> String {
    Md5::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn fields(header: &str) -> BTreeMap<String, String> {
    let fields = header.strip_prefix("Digest ").unwrap().split(", ");
    fields
        .map(|field| {
            let (name, value) = field.split_once('=').unwrap();
            (name.to_owned(), value.trim_matches('"').to_owned())
        })
        .collect()
}

/// Checks an answer with what the server itself saw of the request.
fn checks(seen: &Seen, nonce: &str, password: &str) -> Option<u32> {
    let header = fields(seen.header("authorization")?);
    assert_eq!(header["uri"], seen.target, "the uri is the request target, byte for byte");
    if header["nonce"] != nonce {
        return None;
    }
    let a1 = hash(&format!("shelver:shelves \"ours\":{password}"));
    let a2 = hash(&format!("{}:{}", seen.method, seen.target));
    let expected = hash(&format!("{a1}:{nonce}:{}:{}:auth:{a2}", header["nc"], header["cnonce"]));
    (header["response"] == expected).then(|| u32::from_str_radix(&header["nc"], 16).unwrap())
}

fn challenge(nonce: &str, stale: bool) -> Response {
    let digest =
        format!(r#"Digest realm="shelves \"ours\"", nonce="{nonce}", qop="auth", stale={stale}"#);
    with(
        with(json(401, "{}"), "www-authenticate", "Basic realm=\"x\""),
        "www-authenticate",
        &digest,
    )
}

/// A server whose nonces live for three requests.
async fn server() -> Server {
    living(3, true).await
}

/// A server whose nonces live for so many requests, and that says or does not say that they have grown old.
async fn living(requests: u32, says: bool) -> Server {
    let round = Arc::new(AtomicU32::new(0));
    serve(move |_, seen| {
        let nonce = format!("n{}", round.load(Ordering::SeqCst));
        match checks(&seen, &nonce, "Circle of Life") {
            Some(count) if count <= requests => json(200, "{}"),
            Some(_) => {
                let next = round.fetch_add(1, Ordering::SeqCst) + 1;
                challenge(&format!("n{next}"), says)
            }
            None => challenge(&nonce, false),
        }
    })
    .await
}

fn client(url: &str, password: &str) -> v1::Client {
    let credentials = v1::Credentials::new()
        .with("digest", Credential::digest("shelver", password))
        .with("queryKey", Credential::api_key("a&b"));
    api::builder().base_url(url).credentials(credentials).build().unwrap()
}

#[tokio::test]
async fn one_challenge_then_none_until_the_nonce_is_stale() {
    let server = server().await;
    let client = client(&server.url, "Circle of Life");
    for _ in 0..7 {
        client.call(&api::BY_DIGEST_AND_QUERY).send::<Shelf>().await.unwrap();
    }
    let nonces: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("authorization").map(|header| fields(header)["nonce"].clone()))
        .map(Option::unwrap_or_default)
        .collect();
    // No credentials, three times the first nonce and once too often, three times the second and so on.
    assert_eq!(nonces, ["", "n0", "n0", "n0", "n0", "n1", "n1", "n1", "n1", "n2"]);
    assert!(server.seen().iter().all(|seen| seen.target == "/secured?api_key=a%26b"));
}

#[tokio::test]
async fn the_body_is_sent_again() {
    let server = server().await;
    let client = client(&server.url, "Circle of Life");
    let body = || v1::ByteStream::from(v1::Bytes::from_static(b"bytes"));
    for body in [v1::Body::from("bytes"), v1::Body::from_fn(None, body)] {
        let mut call = client.call(&DIGEST_UPLOAD);
        call.bytes(0, body);
        call.send::<Upload>().await.unwrap();
    }
    assert_eq!(server.seen().len(), 3);
    assert!(server.seen().iter().all(|seen| seen.body == b"bytes"));
}

static DIGEST_UPLOAD: v1::OperationSpec =
    v1::OperationSpec { security: &[&[api::need("digest")]], ..api::UPLOAD };

#[tokio::test]
async fn a_body_that_exists_once_says_so() {
    let server = server().await;
    let mut call = client(&server.url, "Circle of Life").call(&DIGEST_UPLOAD);
    call.bytes(0, v1::Body::once(v1::Bytes::from_static(b"bytes").into(), None));
    let error = call.send::<Upload>().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Credentials, 401));
    assert!(format!("{error:#}").contains("the body can be sent only once"), "{error:#}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_wrong_password_is_refused_once() {
    let server = server().await;
    let error =
        client(&server.url, "hunter2").call(&api::BY_DIGEST).send::<Shelf>().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 401));
    assert_eq!(server.seen().len(), 2);
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[tokio::test]
async fn many_calls_at_once_share_a_challenge() {
    let server = serve(|_, seen| match checks(&seen, "n0", "p") {
        Some(_) => json(200, "{}"),
        None => challenge("n0", false),
    })
    .await;
    let client = client(&server.url, "p");
    let calls: Vec<_> =
        (0..20).map(|_| tokio::spawn(client.call(&api::BY_DIGEST).send::<Shelf>())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let mut counts: Vec<_> =
        server.seen().iter().filter_map(|seen| checks(seen, "n0", "p")).collect();
    counts.sort_unstable();
    assert_eq!(counts, (1..=20).collect::<Vec<_>>(), "each count of a nonce is used once");
}

/// A server whose nonces serve once and that says the next one with each response.
#[tokio::test]
async fn the_next_nonce_saves_a_challenge() {
    let server = serve(|number, seen| {
        let nonce = format!("n{}", number.saturating_sub(1));
        match checks(&seen, &nonce, "p") {
            Some(1) => with(
                json(200, "{}"),
                "authentication-info",
                &format!("rspauth=\"x\", nextnonce=\"n{number}\""),
            ),
            _ => challenge("n0", false),
        }
    })
    .await;
    let client = client(&server.url, "p");
    for _ in 0..4 {
        client.call(&api::BY_DIGEST).send::<Shelf>().await.unwrap();
    }
    assert_eq!(server.seen().len(), 5, "one challenge for four calls");
}

#[tokio::test]
async fn the_body_is_hashed_where_the_server_insists() {
    let server = serve(|_, seen| match seen.header("authorization").map(fields) {
        None => with(
            json(401, "{}"),
            "www-authenticate",
            r#"Digest realm="r", nonce="n", qop="auth-int""#,
        ),
        Some(header) => {
            let a1 = hash("shelver:r:p");
            let body = hash(std::str::from_utf8(&seen.body).unwrap());
            let a2 = hash(&format!("{}:{}:{body}", seen.method, seen.target));
            let (nc, cnonce) = (&header["nc"], &header["cnonce"]);
            let expected = hash(&format!("{a1}:n:{nc}:{cnonce}:auth-int:{a2}"));
            json(if header["response"] == expected { 200 } else { 403 }, "{}")
        }
    })
    .await;
    let client = client(&server.url, "p");
    let stream = || v1::ByteStream::from(v1::Bytes::from_static(b"bytes"));
    for body in [v1::Body::from("bytes"), v1::Body::from_fn(None, stream), v1::Body::Empty] {
        let mut call = client.call(&DIGEST_UPLOAD);
        call.bytes(0, body);
        call.send::<Upload>().await.unwrap();
    }
    let mut call = client.call(&DIGEST_UPLOAD);
    call.bytes(0, v1::Body::once(stream(), None));
    let error = call.send::<Upload>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(format!("{error:#}").contains("read only once"), "{error:#}");
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_nonce_may_grow_old_unsaid_or_at_once() {
    // One that worked before has grown old, whatever the server says.
    let unsaid = living(3, false).await;
    let shelver = client(&unsaid.url, "Circle of Life");
    for _ in 0..5 {
        shelver.call(&api::BY_DIGEST).send::<Shelf>().await.unwrap();
    }
    // One that never worked has where the server says so, but not for ever.
    let stale = living(0, true).await;
    let shelver = client(&stale.url, "Circle of Life");
    let error = shelver.call(&api::BY_DIGEST).send::<Shelf>().await;
    assert_eq!(error.unwrap_err().status().unwrap(), 401);
    assert_eq!(stale.seen().len(), 3);
}

#[tokio::test]
async fn among_equal_challenges_the_first_is_answered() {
    let server = serve(|_, seen| match seen.header("authorization").map(fields) {
        Some(header) if header["realm"] == "first" => json(200, "{}"),
        Some(_) => json(403, "{}"),
        None => {
            let offer = |realm| format!(r#"Digest realm="{realm}", nonce="n", qop="auth""#);
            let reply = with(json(401, "{}"), "www-authenticate", &offer("first"));
            with(reply, "www-authenticate", &offer("second"))
        }
    })
    .await;
    let client = client(&server.url, "p");
    client.call(&api::BY_DIGEST).send::<Shelf>().await.unwrap();
    let sent = fields(server.seen()[1].header("authorization").unwrap());
    assert!(sent["cnonce"].len() == 32 && sent["cnonce"].bytes().all(|b| b.is_ascii_hexdigit()));
}
