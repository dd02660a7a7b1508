//! Servers whose handlers record what they are given and reply with what is asked for, and calls of all their operations.

use axum::body::{to_bytes, Body};
use axum::extract::{Request, State};
use axum::middleware::{from_fn_with_state, Next};
use axum::response::Response;
use axum::Router;
use md5::{Digest as _, Md5};
use serde_json::{Map, Value as Json};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Contract;

/// The most bytes of a body that is recorded.
const LONGEST: usize = 1 << 24;

/// A service of any of the APIs.
#[derive(Clone, Default)]
pub struct Service {
    records: Arc<Records>,
}

#[derive(Default)]
struct Records {
    /// The number of the reply to give.
    index: AtomicUsize,
    requests: Mutex<VecDeque<Seen>>,
    responses: Mutex<VecDeque<Sent>>,
}

/// Input of a handler.
#[derive(Debug)]
struct Seen {
    operation: &'static str,
    parameters: Json,
    body: Json,
}

/// A response that the server sent.
#[derive(Debug)]
struct Sent {
    status: u16,
    content_type: String,
    is_challenge: bool,
    body: Vec<u8>,
}

impl Service {
    /// Records a request, and tells the number of the reply.
    pub fn saw(&self, operation: &'static str, parameters: Json, body: Json) -> usize {
        let seen = Seen { operation, parameters, body };
        self.records.requests.lock().unwrap().push_back(seen);
        self.records.index.load(Ordering::SeqCst)
    }
}

/// The challenge of HTTP digest (RFC 7616, section 3.3).
const CHALLENGE: &str = r#"Digest realm="tests", qop="auth", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v""#;

/// Judges a digest by the name and the password that clients have in tests.
pub fn digest(credential: &rt::RequestCredential) -> Result<(), rt::Denial> {
    let denial = || rt::Denial::unauthorized().challenge(CHALLENGE);
    match is_right(credential) {
        Some(true) => Ok(()),
        _ => Err(denial()),
    }
}

/// True if the response to the challenge is that of RFC 7616, section 3.4.1.
fn is_right(credential: &rt::RequestCredential) -> Option<bool> {
    let pairs = credential.secret().split(", ").filter_map(|pair| pair.split_once('='));
    let pairs: Vec<(&str, &str)> =
        pairs.map(|(name, value)| (name, value.trim_matches('"'))).collect();
    let get = |name: &str| Some(pairs.iter().find(|(other, _)| *other == name)?.1);
    let hash = |text: String| format!("{:x}", Md5::digest(text));
    let (uri, nonce) = (get("uri")?, get("nonce")?);
    let who = hash("user:tests:password".to_owned());
    let what = hash(format!("{}:{uri}", credential.method()));
    let (count, cnonce, qop) = (get("nc")?, get("cnonce")?, get("qop")?);
    let response = hash(format!("{who}:{nonce}:{count}:{cnonce}:{qop}:{what}"));
    let is_here = credential.uri().path_and_query().is_some_and(|target| target.as_str() == uri);
    Some(is_here && CHALLENGE.contains(nonce) && get("username")? == "user" && get("response")? == response)
}

/// Records each response on its way out.
async fn record(State(service): State<Service>, request: Request, next: Next) -> Response {
    let (parts, body) = next.run(request).await.into_parts();
    let body = to_bytes(body, LONGEST).await.unwrap();
    let content_type = parts.headers.get("content-type").map(|value| value.to_str().unwrap());
    service.records.responses.lock().unwrap().push_back(Sent {
        status: parts.status.as_u16(),
        content_type: content_type.unwrap_or_default().to_owned(),
        is_challenge: parts.headers.contains_key("www-authenticate"),
        body: body.to_vec(),
    });
    Response::from_parts(parts, Body::from(body))
}

/// The JSON of a value.
pub fn json(value: &dyn rt::Encode) -> Json {
    serde_json::from_slice(&rt::to_json(value).unwrap()).unwrap()
}

/// The JSON of a value with a codec.
pub fn recorded<C: rt::Codec>(value: &C::Value) -> Json {
    json(&rt::coded::<C>(value))
}

/// The value that a JSON text stands for.
pub fn value<C: rt::Codec>(text: &str) -> C::Value {
    rt::from_json::<rt::Coding<C>>(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}")).0
}

/// The JSON of the value that a JSON text stands for.
pub fn normal<C: rt::Codec>(text: &str) -> Json {
    recorded::<C>(&value::<C>(text))
}

/// A stream of these values.
pub fn stream<T: Send + 'static>(values: Vec<T>) -> impl futures_core::Stream<Item = T> + Send {
    Values(values.into_iter())
}

struct Values<T>(std::vec::IntoIter<T>);

impl<T> Unpin for Values<T> {}

impl<T> futures_core::Stream for Values<T> {
    type Item = T;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<T>> {
        std::task::Poll::Ready(self.0.next())
    }
}

/// The text of a stream of bytes.
pub async fn text(mut stream: rt::ByteStream) -> Json {
    let mut bytes = Vec::new();
    while let Some(piece) = std::future::poll_fn(|context| {
        futures_core::Stream::poll_next(std::pin::Pin::new(&mut stream), context)
    })
    .await
    {
        bytes.extend_from_slice(&piece.unwrap());
    }
    Json::from(String::from_utf8(bytes).unwrap())
}

/// The text of a file.
pub async fn file(mut file: rt::FileStream) -> Json {
    Json::from(String::from_utf8(file.read(LONGEST).await.unwrap().to_vec()).unwrap())
}

/// Parts in the order of their names.
pub fn sorted(mut parts: Vec<Json>) -> Json {
    parts.sort_by_key(Json::to_string);
    Json::Array(parts)
}

/// An expected value: how its JSON text becomes that of the value.
#[derive(Clone, Copy)]
pub struct Expected {
    pub name: &'static str,
    pub json: &'static str,
    pub normal: fn(&str) -> Json,
}

/// Values of a request.
#[derive(Clone, Copy)]
pub struct Sample {
    pub parameters: &'static [Expected],
    pub body: Payload,
}

/// A body that is sent.
#[derive(Clone, Copy)]
pub enum Payload {
    None,
    Json(Expected),
    /// A body of which only that it arrives is known.
    Any,
    Text(&'static str),
    Parts(&'static [Expected]),
}

/// A reply that is expected.
#[derive(Clone, Copy)]
pub struct Reply {
    pub status: u16,
    pub body: ReplyBody,
}

#[derive(Clone, Copy)]
pub enum ReplyBody {
    None,
    Json(Expected),
    Text(&'static str),
    Some,
}

/// An operation with what it is called with and what it replies.
#[derive(Clone, Copy)]
pub struct Case {
    pub contract: Contract,
    pub required: Sample,
    pub all: Sample,
    pub replies: &'static [Reply],
}

/// Calls every operation of a server, with required values and with all, once for each reply.
pub fn check(
    name: &str,
    router: impl FnOnce(Service) -> Router,
    client: impl FnOnce(&str) -> rt::Client,
    cases: &[Case],
) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let service = Service::default();
    let router = router(service.clone()).layer(from_fn_with_state(service.clone(), record));
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
    let client = client(&url);
    let mut failures = Vec::new();
    for case in cases {
        for (index, reply) in case.replies.iter().enumerate() {
            for (words, sample, is_required) in
                [("required", &case.required, true), ("all", &case.all, false)]
            {
                service.records.index.store(index, Ordering::SeqCst);
                let outcome = match is_required {
                    true => case.contract.with_required(&client),
                    false => case.contract.with_all(&client),
                };
                let fault = fault(case, (sample, reply), &service, outcome).err();
                let id = case.contract.id();
                failures.extend(
                    fault.map(|fault| format!("{name} {id} {words} {}: {fault}", reply.status)),
                );
            }
        }
    }
    failures
}

fn fault(
    case: &Case,
    (sample, reply): (&Sample, &Reply),
    service: &Service,
    outcome: Result<(), String>,
) -> Result<(), String> {
    let mut requests: Vec<Seen> = service.records.requests.lock().unwrap().drain(..).collect();
    let mut responses: Vec<Sent> = service.records.responses.lock().unwrap().drain(..).collect();
    // A challenge, which no handler makes.
    if responses.len() > 1 && responses.first().is_some_and(|sent| sent.is_challenge) {
        responses.remove(0);
    }
    let (Some(seen), 1, Some(sent), 1) =
        (requests.pop(), requests.len() + 1, responses.pop(), responses.len() + 1)
    else {
        return Err(format!("not one request: {outcome:?}"));
    };
    let details = || format!("{outcome:?}, {}", String::from_utf8_lossy(&sent.body));
    if seen.operation != case.contract.id() {
        return Err(format!("`{}` handled it", seen.operation));
    }
    let expected = sample.parameters.iter();
    let expected: Map<String, Json> =
        expected.map(|one| (one.name.to_owned(), (one.normal)(one.json))).collect();
    same("parameters", &without_nulls(seen.parameters), &without_nulls(Json::Object(expected)))?;
    match sample.body {
        Payload::None => same("body", &seen.body, &Json::Null)?,
        Payload::Any => {}
        Payload::Text(text) => same("body", &seen.body, &Json::from(text))?,
        Payload::Json(one) => same("body", &seen.body, &(one.normal)(one.json))?,
        Payload::Parts(parts) => {
            let parts = parts.iter().flat_map(|part| {
                let items = match (part.normal)(part.json) {
                    Json::Array(items) => items,
                    Json::Null => Vec::new(),
                    other => vec![other],
                };
                items.into_iter().map(|item| Json::from(vec![Json::from(part.name), item]))
            });
            same("parts", &seen.body, &sorted(parts.collect()))?;
        }
    }
    if sent.status != reply.status {
        return Err(format!("status {}: {}", sent.status, details()));
    }
    match reply.body {
        ReplyBody::None if sent.body.is_empty() => {}
        ReplyBody::None => return Err(format!("a body: {}", details())),
        ReplyBody::Some if !sent.body.is_empty() && !sent.content_type.is_empty() => {}
        ReplyBody::Some => return Err(format!("no body: {}", details())),
        ReplyBody::Text(text) => {
            same("reply", &String::from_utf8_lossy(&sent.body).into_owned().into(), &text.into())?;
        }
        ReplyBody::Json(one) => {
            let body = serde_json::from_slice(&sent.body).map_err(|_| details())?;
            same("reply", &body, &(one.normal)(one.json))?;
        }
    }
    match (outcome, reply.status) {
        (Ok(()), 200..=299) => Ok(()),
        (Err(error), 200..=299) => Err(error),
        (Ok(()), _) => Ok(()),
        // The client fails with the documented error, which it could decode.
        (Err(error), status) if error.contains(&status.to_string()) => Ok(()),
        (Err(error), _) => Err(error),
    }
}

fn without_nulls(mut value: Json) -> Json {
    if let Json::Object(members) = &mut value {
        members.retain(|_, member| !member.is_null());
    }
    value
}

fn same(what: &str, actual: &Json, expected: &Json) -> Result<(), String> {
    match actual == expected {
        true => Ok(()),
        false => Err(format!("{what}: {actual} is not {expected}")),
    }
}
