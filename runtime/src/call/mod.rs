//! A call: an operation with its values, encoded, and everything else that its request needs.

mod encode;
mod label;
mod led;
mod operation;
mod typed;

pub use operation::{BodyContent, Endpoint, ErrorOf, LongRunning, OutputOf};
pub(crate) use typed::typed;
pub use typed::{OutputFuture, ResponseFuture};

use crate::body::Body;
use crate::boxed::BoxError;
use crate::client::Shared;
use crate::codec::Encode;
use crate::content::{self, file::FilePart, multipart::Multipart};
use crate::data::{Location, OperationSpec, Parameter};
use crate::error::{Cause, Fault};
use crate::mask;
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::parameters::{self, percent};
use crate::retry::RetryPolicy;
use http::header::{HeaderMap, HeaderName, HeaderValue, CONTENT_TYPE};
use http::Method;
use std::fmt;
use std::time::Duration;

/// A call of an operation that has not been sent, without its types. It owns all it needs; values that cannot be encoded
/// are errors when it is sent.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call {
    shared: OpaqueArc<Shared>,
    operation: &'static OperationSpec,
    /// Encoded values by the index of their parameter.
    values: Vec<(usize, String)>,
    /// Further pairs for the query, encoded.
    query: Vec<String>,
    headers: HeaderMap,
    body: Body,
    /// The parts of a multipart body that is given part by part.
    parts: Multipart,
    content_type: Option<HeaderValue>,
    settings: Option<Box<Settings>>,
    problem: Option<(String, BoxError)>,
}

/// What a call has set otherwise than its client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    base_url: Option<String>,
    pub(crate) timeout: Option<Option<Duration>>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) max_body_bytes: Option<usize>,
    /// A URL that a reply led to, in place of the operation's own.
    led: Option<String>,
    /// A method in place of the operation's own.
    method: Option<Method>,
    /// Whether path parameters may be empty.
    allow_empty_path: bool,
}

impl Call {
    pub(crate) fn new(shared: OpaqueArc<Shared>, operation: &'static OperationSpec) -> Self {
        Self {
            shared,
            operation,
            values: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Body::Empty,
            parts: Multipart::new(),
            content_type: None,
            settings: None,
            problem: None,
        }
    }

    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &'static OperationSpec {
        self.operation
    }

    /// The call's own settings; most calls have none.
    fn own(&mut self) -> &mut Settings {
        self.settings.get_or_insert_default()
    }

    /// The first problem is the one that is told.
    pub(crate) fn fail(&mut self, name: &str, reason: impl Into<BoxError>) {
        if self.problem.is_none() {
            self.problem = Some((name.to_owned(), reason.into()));
        }
    }

    fn parameter(&mut self, location: Location, name: &str, value: &dyn Encode) {
        let all = self.operation.parameters;
        let found = all
            .iter()
            .enumerate()
            .find(|(_, p)| p.location == location && p.name == name);
        let Some((index, parameter)) = found else {
            return self.fail(name, "the operation has no such parameter");
        };
        self.put(index, parameter, value);
    }

    fn put(&mut self, index: usize, parameter: &Parameter, value: &dyn Encode) {
        self.values.retain(|(other, _)| *other != index);
        match parameters::encode(parameter, value) {
            Ok(Some(text)) => self.values.push((index, text)),
            Ok(None) => {}
            Err(reason) => self.fail(parameter.name, reason),
        }
    }

    /// Gives the required values: those of the path, the other parameters that are required, and the body in the
    /// operation's first media type, where it is such a value.
    pub fn set_required(&mut self, values: &[&dyn Encode]) {
        let required = self.operation.parameters.iter().enumerate();
        let required = required.filter(|(_, parameter)| parameter.required);
        let of_path = |(_, parameter): &(usize, &Parameter)| parameter.location == Location::Path;
        let in_path = required.clone().filter(of_path);
        let others = required.filter(|one| !of_path(one));
        let mut values = values.iter();
        for (index, parameter) in in_path.chain(others) {
            match values.next() {
                Some(value) => self.put(index, parameter, *value),
                None => return,
            }
        }
        if let Some(body) = values.next() {
            self.body(0, *body);
        }
        if values.next().is_some() {
            self.fail("the operation", "it takes fewer values");
        }
    }

    /// Gives a path parameter its value.
    pub fn path(&mut self, name: &str, value: &dyn Encode) {
        self.parameter(Location::Path, name, value);
    }

    /// Gives a query parameter its value; an absent one or null is not sent.
    pub fn query(&mut self, name: &str, value: &dyn Encode) {
        self.parameter(Location::Query, name, value);
    }

    /// Gives the parameter that is the whole query its value (3.2, `in: querystring`).
    pub fn query_string(&mut self, name: &str, value: &dyn Encode) {
        self.parameter(Location::QueryString, name, value);
    }

    /// Gives a header parameter its value; an absent one or null is not sent.
    pub fn header(&mut self, name: &str, value: &dyn Encode) {
        self.parameter(Location::Header, name, value);
    }

    /// Gives a cookie parameter its value; an absent one or null is not sent.
    pub fn cookie(&mut self, name: &str, value: &dyn Encode) {
        self.parameter(Location::Cookie, name, value);
    }

    /// The body, in the operation's media type of this index.
    pub fn body(&mut self, index: usize, value: &dyn Encode) {
        let Some(content) = self.operation.bodies.get(index) else {
            return self.fail("the body", "the operation has no such media type");
        };
        match content::encode(content, value) {
            Ok((body, media_type)) => self.put_body(body, &media_type),
            Err(reason) => self.fail("the body", reason),
        }
    }

    /// A body of bytes as they are, in the operation's media type of this index.
    pub fn bytes(&mut self, index: usize, body: impl Into<Body>) {
        match self.operation.bodies.get(index) {
            Some(content) => {
                let media_type = content::media_type::sendable(content.media_type);
                self.put_body(body.into(), media_type);
            }
            None => self.fail("the body", "the operation has no such media type"),
        }
    }

    /// A body in one of the operation's media types.
    pub fn content(&mut self, body: impl BodyContent) {
        body.give(self);
    }

    /// A body of parts, in the operation's media type of this index.
    pub fn multipart(&mut self, index: usize, parts: Multipart) {
        let Some(content) = self.operation.bodies.get(index) else {
            return self.fail("the body", "the operation has no such media type");
        };
        match parts.encode(content) {
            Ok((body, media_type)) => self.put_body(body, &media_type),
            Err(reason) => self.fail("the body", reason),
        }
    }

    /// Gives a property of the multipart body its value; an absent one or null is not sent.
    pub fn part(&mut self, name: &str, value: &dyn Encode) {
        let content = self.operation.bodies.first();
        let said = content.map_or(&[][..], |content| content.parts);
        match std::mem::take(&mut self.parts).value(name, value, said) {
            Ok(parts) => self.parts = parts,
            Err(reason) => self.fail(name, reason),
        }
    }

    /// Gives a property of the multipart body a file.
    pub fn file(&mut self, name: &str, file: impl Into<FilePart>) {
        let parts = std::mem::take(&mut self.parts);
        self.parts = parts.part(file.into().into_part(name));
    }

    /// Gives a property of the multipart body several files.
    pub fn files(&mut self, name: &str, files: impl IntoIterator<Item = FilePart>) {
        for file in files {
            self.file(name, file);
        }
    }

    /// Makes the body of the parts that were given.
    fn put_parts(&mut self) {
        if !self.parts.is_empty() {
            let parts = std::mem::take(&mut self.parts);
            self.multipart(0, parts);
        }
    }

    fn put_body(&mut self, body: Body, media_type: &str) {
        match HeaderValue::from_str(media_type) {
            Ok(value) => self.content_type = Some(value),
            Err(reason) => self.fail("Content-Type", reason),
        }
        self.body = body;
    }

    /// Sends the body under another media type: one of a range that the document has, or one in which the operation takes
    /// the same value, such as a form in place of JSON.
    pub fn set_content_type(&mut self, media_type: &str) {
        self.put_parts();
        let body = std::mem::take(&mut self.body);
        let before = self
            .content_type
            .as_ref()
            .and_then(|value| value.to_str().ok());
        let labels = (before.unwrap_or_default(), media_type);
        match label::relabelled(body, labels, self.operation.bodies) {
            Ok((body, media_type)) => self.put_body(body, &media_type),
            Err(reason) => self.fail("Content-Type", reason),
        }
    }

    /// Adds a header that the document does not know, or takes the place of one that it does.
    pub fn set_header(&mut self, name: &str, value: &str) {
        let parsed = HeaderName::from_bytes(name.as_bytes());
        match (parsed, HeaderValue::from_bytes(value.as_bytes())) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(mask::is_secret(name.as_str(), &[]));
                self.headers.insert(name, value);
            }
            _ => self.fail(name, "no header can carry this"),
        }
    }

    /// Adds a pair to the query that the document does not know.
    pub fn set_query(&mut self, name: &str, value: &str) {
        let pair = format!(
            "{}={}",
            percent::unreserved(name),
            percent::unreserved(value)
        );
        self.query.push(pair);
    }

    /// Sends this call to another server.
    pub fn set_base_url(&mut self, url: &str) {
        self.own().base_url = Some(url.to_owned());
    }

    /// How long this call may take in all; `None` for ever.
    pub fn set_timeout(&mut self, timeout: impl Into<Option<Duration>>) {
        self.own().timeout = Some(timeout.into());
    }

    /// When this call is tried again.
    pub fn set_retry(&mut self, retry: RetryPolicy) {
        self.own().retry = Some(retry);
    }

    /// The most bytes of the reply's body that are read into memory, and of a line or event of a stream.
    pub fn set_max_body_bytes(&mut self, bytes: usize) {
        self.own().max_body_bytes = Some(bytes);
    }

    /// Sends path parameters that are empty too, for servers to which they mean the root or the default; by default such a
    /// call is an error, since it would name another resource.
    pub fn set_allow_empty_path(&mut self) {
        self.own().allow_empty_path = true;
    }

    /// A key by which the server recognises this call when it is sent again; it makes retries safe.
    pub fn set_idempotency_key(&mut self, key: &str) {
        let header = self.operation.idempotency_key.unwrap_or("idempotency-key");
        self.set_header(header, key);
    }

    /// The same call again, or `None` where its body exists once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        if self.problem.is_some() {
            return None;
        }
        Some(Self {
            shared: self.shared.clone(),
            operation: self.operation,
            values: self.values.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: self.body.again()?,
            parts: self.parts.again()?,
            content_type: self.content_type.clone(),
            settings: self.settings.clone(),
            problem: None,
        })
    }

    /// The texts of the parameters in one place, in the document's order.
    fn located(&self, location: Location) -> impl Iterator<Item = (&'static str, &str)> {
        let parameters = self.operation.parameters.iter().enumerate();
        parameters
            .filter(move |(_, parameter)| parameter.location == location)
            .filter_map(|(index, parameter)| {
                let value = self.values.iter().find(|(other, _)| *other == index);
                value.map(|(_, text)| (parameter.name, text.as_str()))
            })
    }

    fn unsendable(&self, name: &str, reason: impl Into<BoxError>) -> OpaqueBox<Fault> {
        let (name, reason) = (name.to_owned(), reason.into());
        Fault::new(self.operation.id, Cause::Encode { name, reason })
    }

    fn content_type(&self, headers: &mut HeaderMap) {
        if let Some(media_type) = &self.content_type {
            headers.insert(CONTENT_TYPE, media_type.clone());
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
