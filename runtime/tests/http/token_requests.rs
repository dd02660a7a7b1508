//! Requests for tokens with grants that are valid once: one after the other, and never cancelled.

use crate::api::{self, Shelf};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use typewright_runtime::codegen::v1::{
    self, BoxFuture, ByteStream, Bytes, ClientCredentials, Credentials, ErrorKind, TransportError,
    TransportRequest, TransportResponse,
};

/// Lets whoever polls wait once.
async fn pause() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A body that lets whoever reads it wait before each of its pieces.
struct Slowly(std::vec::IntoIter<Option<Bytes>>);

impl futures_core::Stream for Slowly {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.next() {
            Some(None) => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            piece => Poll::Ready(piece.flatten().map(Ok)),
        }
    }
}

/// A server that takes each code and each refresh token once: `r0`, `r1` and so on.
#[derive(Clone, Default)]
struct Rotating {
    issued: Arc<Mutex<usize>>,
    refused: Arc<Mutex<Vec<String>>>,
}

impl Rotating {
    fn issue(&self, form: &str) -> Option<String> {
        let mut issued = self.issued.lock().unwrap();
        let expected = format!("refresh_token=r{}", *issued);
        let first = *issued == 0 && form.contains("code=c0de");
        if !first && !form.split('&').any(|pair| pair == expected) {
            self.refused.lock().unwrap().push(form.to_owned());
            return None;
        }
        *issued += 1;
        let token = r#""access_token":"t","expires_in":0"#;
        Some(format!(r#"{{{token},"refresh_token":"r{}"}}"#, *issued))
    }
}

impl v1::Transport for Rotating {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<Result<TransportResponse, TransportError>> {
        let this = self.clone();
        Box::pin(async move {
            let asks = request.uri().path() == "/token";
            let form = request.into_body().into_stream().collect(usize::MAX).await;
            pause().await;
            let form = String::from_utf8(form.bytes.to_vec()).unwrap();
            let reply = if asks { this.issue(&form) } else { Some("{}".to_owned()) };
            pause().await;
            let status = if reply.is_some() { 200 } else { 400 };
            let text = reply.unwrap_or_else(|| r#"{"error":"invalid_grant"}"#.to_owned());
            let (one, two) = text.split_at(text.len() / 2);
            let pieces = [one, two].map(|piece| Some(Bytes::from(piece.to_owned())));
            let [one, two] = pieces;
            let body = ByteStream::new(Slowly(vec![None, one, None, two, None].into_iter()));
            let reply = http::Response::builder().status(status);
            Ok(reply.header("content-type", "application/json").body(body).unwrap())
        })
    }
}

fn client(server: &Rotating, credentials: ClientCredentials) -> v1::Client {
    let credentials = Credentials::new().with("oauth", credentials.into());
    let builder = api::builder().base_url("http://a.example").timeout(None);
    let builder = builder.transport(server.clone()).credentials(credentials);
    builder.build().unwrap()
}

fn refreshing(server: &Rotating) -> v1::Client {
    client(server, ClientCredentials::from_refresh_token("me", "", "r0"))
}

/// Polls at most so often; whether it ended.
fn polled(future: &mut (impl Future + Unpin), times: usize) -> bool {
    let mut context = Context::from_waker(Waker::noop());
    (0..times).any(|_| Pin::new(&mut *future).poll(&mut context).is_ready())
}

/// However far a call has come when it is given up, the next one has the token that the server gave meanwhile.
#[test]
fn a_call_that_is_given_up_loses_no_token() {
    for cut in 0.. {
        let server = Rotating::default();
        let client = refreshing(&server);
        let mut given_up = client.call(&api::BY_OAUTH).send::<Shelf>();
        let ended = polled(&mut given_up, cut);
        drop(given_up);
        for _ in 0..2 {
            let mut next = client.call(&api::BY_OAUTH).send::<Shelf>();
            assert!(polled(&mut next, 1000), "after {cut}");
        }
        assert!(server.refused.lock().unwrap().is_empty(), "after {cut}");
        if ended {
            assert!(cut > 10, "there was something to give up: {cut}");
            return;
        }
    }
}

/// The same where a task of its own carries the request on, and nobody asks again.
#[tokio::test]
async fn a_request_for_a_token_ends_without_its_call() {
    for cut in 1..7 {
        let server = Rotating::default();
        let client = refreshing(&server);
        let mut given_up = client.call(&api::BY_OAUTH).send::<Shelf>();
        for _ in 0..cut {
            assert!(!polled(&mut given_up, 1), "{cut}");
            tokio::task::yield_now().await;
        }
        drop(given_up);
        while *server.issued.lock().unwrap() == 0 {
            tokio::task::yield_now().await;
        }
        client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
        assert!(server.refused.lock().unwrap().is_empty(), "after {cut}");
    }
}

static OTHER: v1::OperationSpec = v1::OperationSpec {
    security: &[&[v1::SecurityNeed { scheme: "oauth", scopes: &["other"] }]],
    ..api::BY_OAUTH
};

/// A grant that is valid once is not sent twice, for whatever scopes calls need.
#[tokio::test]
async fn two_scopes_take_turns() {
    for code in [true, false] {
        let server = Rotating::default();
        let client = match code {
            true => client(&server, ClientCredentials::from_code("me", "", "c0de")),
            false => refreshing(&server),
        };
        let calls = [&api::BY_OAUTH, &OTHER].map(|operation| client.call(operation));
        let [one, two] = calls.map(|call| tokio::spawn(call.send::<Shelf>()));
        one.await.unwrap().unwrap();
        two.await.unwrap().unwrap();
        assert_eq!(*server.issued.lock().unwrap(), 2);
        assert!(server.refused.lock().unwrap().is_empty());
    }
}

/// One that never comes back, for its time limit say, does not hold up calls that have their token.
#[tokio::test]
async fn a_good_token_waits_for_nobody() {
    let memory = v1::InMemoryTransport::new(|request| {
        let text = match request.uri().path() {
            "/token" => r#"{"access_token":"t","expires_in":3600}"#,
            _ => "{}",
        };
        http::Response::new(text.into())
    });
    struct Once(v1::InMemoryTransport, Mutex<bool>);
    impl v1::Transport for Once {
        fn send(
            &self,
            request: TransportRequest,
        ) -> BoxFuture<Result<TransportResponse, TransportError>> {
            let again = request.uri().path() == "/token"
                && std::mem::replace(&mut *self.1.lock().unwrap(), true);
            if again {
                return Box::pin(std::future::pending());
            }
            self.0.send(request)
        }
    }
    let credentials = ClientCredentials::from_refresh_token("me", "", "r0");
    let credentials = Credentials::new().with("oauth", credentials.into());
    let builder = api::builder().base_url("http://a.example");
    let builder = builder.transport(Once(memory, Mutex::new(false)));
    let client: v1::Client = builder.credentials(credentials).build().unwrap();
    client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
    let mut waiting = client.call(&OTHER).send::<Shelf>();
    assert!(!polled(&mut waiting, 3));
    client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
}

#[tokio::test]
async fn no_time_of_a_token_is_beyond_reckoning() {
    for expires_in in ["9223372036854775807", "-1", "\"3600.5\"", "1e30", "[]", "null"] {
        let memory = v1::InMemoryTransport::new(move |request| {
            let text = match request.uri().path() {
                "/token" => format!(r#"{{"access_token":"t","expires_in":{expires_in}}}"#),
                _ => "{}".to_owned(),
            };
            http::Response::new(text.into())
        });
        let credential = v1::Credential::client_credentials("me", "s");
        let credentials = Credentials::new().with("oauth", credential);
        let builder = api::builder().transport(memory.clone());
        let client: v1::Client = builder.credentials(credentials).build().unwrap();
        for _ in 0..2 {
            client.call(&api::BY_OAUTH).send::<Shelf>().await.unwrap();
        }
        let requests = memory.requests();
        let requests = requests.iter().filter(|request| request.uri().path() == "/token");
        let expected = if expires_in == "-1" { 2 } else { 1 };
        assert_eq!(requests.count(), expected, "{expires_in}");
    }
}

/// The outcome and the requests of a discovery document with this token URL.
async fn discovered(endpoint: &'static str) -> (Result<v1::Value, api::Fault>, Vec<String>) {
    let memory = v1::InMemoryTransport::new(move |request| {
        let text = match request.uri().path() {
            "/.well-known/openid-configuration" => format!(r#"{{"token_endpoint":"{endpoint}"}}"#),
            "/secured" | "/base/secured" => "{}".to_owned(),
            _ => r#"{"access_token":"t"}"#.to_owned(),
        };
        http::Response::new(text.into())
    });
    let credential = v1::Credential::client_credentials("me", "s");
    let credentials = Credentials::new().with("oidc", credential);
    let builder = api::builder().transport(memory.clone());
    let client: v1::Client = builder.credentials(credentials).build().unwrap();
    let outcome = client.call(&api::BY_OIDC).send::<Shelf>().await;
    let requests = memory.requests();
    let requests = requests.iter().map(|request| request.uri().to_string());
    (outcome, requests.collect())
}

#[tokio::test]
async fn discovery_leads_to_no_place_that_is_less_safe() {
    for relative in ["../token", "/token", "https://eu.shelves.example/token"] {
        let (outcome, requests) = discovered(relative).await;
        outcome.unwrap();
        assert_eq!(requests[1], "https://eu.shelves.example/token", "{relative}");
    }
    for unsafe_url in ["http://eu.shelves.example/token", "ftp://x/token", "http://["] {
        let (outcome, requests) = discovered(unsafe_url).await;
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Credentials);
        assert_eq!(requests.len(), 1, "{unsafe_url}");
    }
}
