//! Records what went over the wire, without its secrets, and plays it back.

use crate::body::{Body, ByteStream};
use crate::codec::{from_json, to_json_pretty, CodecError, Map, Value};
use crate::error::{TransportError, TransportFailure};
use crate::futures::BoxFuture;
use crate::redact;
use crate::transport::{InMemoryTransport, Request, Response, Transport};
use base64::Engine as _;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::HeaderMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

const BASE64: base64::engine::GeneralPurpose = base64::engine::general_purpose::STANDARD;

/// A transport that carries requests over another and records them with their responses, without secrets.
///
/// Masked are headers and query parameters as in [`WireLog`](super::WireLog), also in the links of `Location`, `Link` and bodies;
/// the query parameters of the document's API keys, whatever their names; and in bodies that are JSON, lines or events of JSON,
/// or a form, the members under which tokens, client secrets, keys and passwords usually stand (`access_token`, `apiKey`,
/// `password` …). Other names are given by [`Self::masking`]; other bodies are recorded as they are.
///
/// ```
/// use typewright_runtime::http;
/// use typewright_runtime::transport::{Cassette, InMemoryTransport};
/// let tape = Cassette::recording(InMemoryTransport::new(|_| http::Response::new("{}".into())));
/// // … calls over `tape.clone()`; then the caller writes the text to a file.
/// let text = tape.to_json().unwrap();
/// let played = Cassette::replaying(&text).unwrap();
/// ```
pub struct Cassette<T> {
    inner: Arc<T>,
    masked: Arc<[String]>,
    entries: Arc<Mutex<Vec<Value>>>,
}

impl<T> Clone for Cassette<T> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            masked: Arc::clone(&self.masked),
            entries: Arc::clone(&self.entries),
        }
    }
}

impl<T> fmt::Debug for Cassette<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cassette")
    }
}

impl<T: Transport> Cassette<T> {
    /// Creates a cassette that records the exchanges of this transport.
    pub fn recording(inner: T) -> Self {
        Self { inner: Arc::new(inner), masked: Arc::default(), entries: Arc::default() }
    }

    /// Masks these members of bodies, headers and query parameters too; they are played back as `***`.
    #[must_use]
    pub fn masking<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        let names = names.into_iter().map(|name| name.into().to_lowercase());
        self.masked = self.masked.iter().cloned().chain(names).collect();
        self
    }

    /// Writes the recording as JSON.
    ///
    /// # Errors
    /// None that a recording can cause.
    pub fn to_json(&self) -> Result<String, CodecError> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let json = to_json_pretty(&*entries)?;
        Ok(String::from_utf8_lossy(&json).into_owned())
    }
}

impl Cassette<()> {
    /// Creates a transport that responds as a recording did: in its order, each request by the first response to the same method and
    /// URL that is left. A request for which none is left fails with [`TransportFailure::Request`].
    ///
    /// # Errors
    /// The text is not a recording.
    pub fn replaying(json: &str) -> Result<InMemoryTransport, CodecError> {
        let entries: Vec<Value> = from_json(json.as_bytes())?;
        let entries = Mutex::new(entries);
        Ok(InMemoryTransport::failing(move |request| {
            let line =
                line(request.method(), request.uri(), &redact::marked(request.extensions(), &[]));
            let mut left = entries.lock().unwrap_or_else(PoisonError::into_inner);
            let position = left.iter().position(|entry| {
                let recorded = entry.get("request").and_then(Value::as_str);
                recorded.is_some_and(|recorded| redact::matches_line(recorded, &line))
            });
            let missing = || {
                TransportError::new(
                    TransportFailure::Request,
                    format!("not on the cassette: {line}"),
                )
            };
            let entry = left.remove(position.ok_or_else(missing)?);
            played(&entry).ok_or_else(missing)
        }))
    }
}

fn line(method: &http::Method, uri: &http::Uri, masked: &[String]) -> String {
    format!("{method} {}", redact::uri(uri, masked))
}

fn text(bytes: &Bytes, masked: &[String]) -> (&'static str, Value) {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = redact::body(text, masked).unwrap_or_else(|| text.to_owned());
            ("body", Value::Text(text))
        }
        Err(_) => ("base64", Value::Text(BASE64.encode(bytes))),
    }
}

fn headers(headers: &HeaderMap, masked: &[String]) -> Value {
    let pairs = headers.iter().map(|(name, value)| {
        let pair = [name.as_str().to_owned(), redact::header(name, value, masked)];
        Value::List(pair.map(Value::Text).into())
    });
    Value::List(pairs.collect())
}

fn played(entry: &Value) -> Option<http::Response<Bytes>> {
    let body = match (entry.get("body"), entry.get("base64")) {
        (Some(text), _) => Bytes::from(text.as_str()?.to_owned()),
        (None, Some(text)) => BASE64.decode(text.as_str()?).ok()?.into(),
        (None, None) => Bytes::new(),
    };
    let mut response = http::Response::new(body);
    let status = u16::try_from(entry.get("status")?.as_i64()?).ok()?;
    *response.status_mut() = http::StatusCode::from_u16(status).ok()?;
    for pair in entry.get("headers")?.as_list()? {
        let [name, value] = pair.as_list()? else {
            return None;
        };
        let name = HeaderName::from_bytes(name.as_str()?.as_bytes()).ok()?;
        let value = HeaderValue::from_str(value.as_str()?).ok()?;
        response.headers_mut().append(name, value);
    }
    // The body is whole and unpacked by now, and shorter or longer where something is masked.
    response.headers_mut().remove(http::header::TRANSFER_ENCODING);
    response.headers_mut().remove(http::header::CONTENT_LENGTH);
    Some(response)
}

impl<T: Transport> Transport for Cassette<T> {
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>> {
        let tape = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let masked = redact::marked(&head.extensions, &tape.masked);
            let sent = body.into_stream().collect(usize::MAX).await;
            if let Some(failure) = sent.failure {
                return Err(failure);
            }
            let mut entry = Map::new();
            entry.insert("request".to_owned(), Value::Text(line(&head.method, &head.uri, &masked)));
            entry.insert("sent".to_owned(), headers(&head.headers, &masked));
            entry.insert("sentBody".to_owned(), text(&sent.bytes, &masked).1);
            let body = if sent.bytes.is_empty() { Body::Empty } else { Body::Bytes(sent.bytes) };
            let response = tape.inner.send(http::Request::from_parts(head, body)).await?;
            let (head, body) = response.into_parts();
            let body = body.collect(usize::MAX).await;
            if let Some(failure) = body.failure {
                return Err(failure);
            }
            entry
                .insert("status".to_owned(), Value::Number(i64::from(head.status.as_u16()).into()));
            entry.insert("headers".to_owned(), headers(&head.headers, &masked));
            let (name, value) = text(&body.bytes, &masked);
            entry.insert(name.to_owned(), value);
            let mut entries = tape.entries.lock().unwrap_or_else(PoisonError::into_inner);
            entries.push(Value::Object(entry));
            Ok(http::Response::from_parts(head, ByteStream::from(body.bytes)))
        })
    }
}
