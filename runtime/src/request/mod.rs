//! Requests: the call of an operation with its encoded values, and the request that is prepared from it.

pub(crate) mod body;
mod members;
pub(crate) mod multipart;
pub(crate) mod parameters;
mod prepare;

pub(crate) use prepare::{PreparedRequest, RequestTemplate};

use crate::body::Body;
use crate::client::{Client, Shared};
use crate::clock::Clock;
use crate::codec::{to_value, Encode, Map, Value};
use crate::error::{Cause, Fault};
use crate::futures::BoxError;
use crate::header;
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::percent;
use crate::redact;
use crate::retry::RetryPolicy;
use crate::spec::{media_type, Location, OperationSpec, Parameter};
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::Method;
use multipart::{FilePart, Multipart};
use std::fmt;
use std::time::Duration;

/// A call of an operation that has not been sent, without the types of its response. It owns all that it needs; a value that
/// cannot be encoded is an error when the call is sent.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call {
    pub(crate) shared: OpaqueArc<Shared>,
    pub(crate) operation: &'static OperationSpec,
    /// Encoded values by the index of their parameter.
    values: Vec<(usize, String)>,
    body: Body,
    /// Parts of a multipart body that is supplied part by part.
    parts: Multipart,
    content_type: Option<HeaderValue>,
    // In boxes: what few calls have should not make all of them larger, as each setter moves the call.
    /// Members to add to the body.
    members: Option<Box<Map<Value>>>,
    overrides: Option<Box<Overrides>>,
    /// The first value that could not be encoded: its name and the reason.
    problem: Option<Box<(String, BoxError)>>,
}

/// Settings of one call that override the client's, and what it has besides its parameters. Most calls have none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    /// Additional pairs of the query, encoded.
    query: Vec<String>,
    headers: HeaderMap,
    base_url: Option<String>,
    pub(crate) timeout: Option<Option<Duration>>,
    pub(crate) attempt_timeout: Option<Option<Duration>>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) max_body_bytes: Option<usize>,
    /// URL that a response named, in place of the operation's own.
    followed_url: Option<String>,
    /// Method in place of the operation's own.
    method: Option<Method>,
    allow_empty_path: bool,
}

/// A body in one of several media types.
pub trait BodyContent {
    /// Sets it as the body of a call of its operation.
    fn give(self, call: &mut Call);
}

impl Client {
    /// Begins a call of an operation.
    pub fn call(&self, operation: &'static OperationSpec) -> Call {
        Call::new(self.shared.clone(), operation)
    }
}

impl Call {
    fn new(shared: OpaqueArc<Shared>, operation: &'static OperationSpec) -> Self {
        Self {
            shared,
            operation,
            values: Vec::new(),
            body: Body::Empty,
            parts: Multipart::new(),
            content_type: None,
            members: None,
            overrides: None,
            problem: None,
        }
    }

    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &'static OperationSpec {
        self.operation
    }

    /// The client's clock.
    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.shared.io.clock
    }

    fn overrides(&mut self) -> &mut Overrides {
        self.overrides.get_or_insert_default()
    }

    /// Records a problem; the first one is reported when the call is sent.
    #[cold]
    pub(crate) fn fail(&mut self, name: &str, reason: impl Into<BoxError>) {
        self.problem.get_or_insert_with(|| Box::new((name.to_owned(), reason.into())));
    }

    #[cold]
    fn unsendable(&self, name: &str, reason: impl Into<BoxError>) -> OpaqueBox<Fault> {
        let (name, reason) = (name.to_owned(), reason.into());
        Fault::new(self.operation.id, Cause::Encode { name, reason })
    }

    fn set_parameter(&mut self, location: Location, name: &str, value: &dyn Encode) {
        let mut parameters = self.operation.parameters.iter().enumerate();
        match parameters.find(|(_, p)| p.location == location && p.name == name) {
            Some((index, parameter)) => self.set_value(index, parameter, value),
            None => self.fail(name, "the operation has no such parameter"),
        }
    }

    fn set_value(&mut self, index: usize, parameter: &Parameter, value: &dyn Encode) {
        self.values.retain(|(other, _)| *other != index);
        match parameters::encode(parameter, value) {
            Ok(Some(text)) => self.values.push((index, text)),
            Ok(None) => {}
            Err(reason) => self.fail(parameter.name, reason),
        }
    }

    /// The encoded values of one location, in the document's order.
    fn values_in(&self, location: Location) -> impl Iterator<Item = (&'static str, &str)> {
        let parameters = self.operation.parameters.iter().enumerate();
        parameters.filter(move |(_, parameter)| parameter.location == location).filter_map(
            |(index, parameter)| {
                let value = self.values.iter().find(|(other, _)| *other == index);
                value.map(|(_, text)| (parameter.name, text.as_str()))
            },
        )
    }

    /// Sets the required values: those of the path, the other required parameters, and the body in the operation's first
    /// media type, where it is required.
    pub fn set_required(&mut self, values: &[&dyn Encode]) {
        let required = self.operation.parameters.iter().enumerate();
        let required = required.filter(|(_, parameter)| parameter.required);
        let in_path = |(_, parameter): &(usize, &Parameter)| parameter.location == Location::Path;
        let ordered = required
            .clone()
            .filter(in_path)
            .chain(required.filter(|parameter| !in_path(parameter)));
        let mut values = values.iter();
        for (index, parameter) in ordered {
            match values.next() {
                Some(value) => self.set_value(index, parameter, *value),
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

    /// Sets a path parameter.
    pub fn path(&mut self, name: &str, value: &dyn Encode) {
        self.set_parameter(Location::Path, name, value);
    }

    /// Sets a query parameter; an absent value and null are not sent.
    pub fn query(&mut self, name: &str, value: &dyn Encode) {
        self.set_parameter(Location::Query, name, value);
    }

    /// Sets the parameter that is the whole query (OpenAPI 3.2, `in: querystring`).
    pub fn query_string(&mut self, name: &str, value: &dyn Encode) {
        self.set_parameter(Location::QueryString, name, value);
    }

    /// Sets a header parameter; an absent value and null are not sent.
    pub fn header(&mut self, name: &str, value: &dyn Encode) {
        self.set_parameter(Location::Header, name, value);
    }

    /// Sets a cookie parameter; an absent value and null are not sent.
    pub fn cookie(&mut self, name: &str, value: &dyn Encode) {
        self.set_parameter(Location::Cookie, name, value);
    }

    /// Sets the body, in the operation's media type of this index.
    pub fn body(&mut self, index: usize, value: &dyn Encode) {
        let Some(content) = self.operation.bodies.get(index) else {
            return self.fail("the body", "the operation has no such media type");
        };
        match body::encode(content, value) {
            Ok((body, media_type)) => self.set_body(body, &media_type),
            Err(reason) => self.fail("the body", reason),
        }
    }

    /// Sets a body of bytes, sent unchanged, in the operation's media type of this index.
    pub fn bytes(&mut self, index: usize, body: impl Into<Body>) {
        match self.operation.bodies.get(index) {
            Some(content) => {
                self.set_body(body.into(), media_type::sendable(content.media_type));
            }
            None => self.fail("the body", "the operation has no such media type"),
        }
    }

    /// Sets a body in one of the operation's media types.
    pub fn content(&mut self, body: impl BodyContent) {
        body.give(self);
    }

    /// Sets a body of parts, in the operation's media type of this index.
    pub fn multipart(&mut self, index: usize, parts: Multipart) {
        let Some(content) = self.operation.bodies.get(index) else {
            return self.fail("the body", "the operation has no such media type");
        };
        match parts.encode(content) {
            Ok((body, media_type)) => self.set_body(body, &media_type),
            Err(reason) => self.fail("the body", reason),
        }
    }

    /// Sets a property of the multipart body; an absent value and null are not sent.
    pub fn part(&mut self, name: &str, value: &dyn Encode) {
        let content = self.operation.bodies.first();
        let specs = content.map_or(&[][..], |content| content.parts);
        match std::mem::take(&mut self.parts).with_property(name, value, specs) {
            Ok(parts) => self.parts = parts,
            Err(reason) => self.fail(name, reason),
        }
    }

    /// Adds a file to a property of the multipart body.
    pub fn file(&mut self, name: &str, file: impl Into<FilePart>) {
        let parts = std::mem::take(&mut self.parts);
        self.parts = parts.part(file.into().into_part(name));
    }

    /// Adds several files to a property of the multipart body.
    pub fn files(&mut self, name: &str, files: impl IntoIterator<Item = FilePart>) {
        for file in files {
            self.file(name, file);
        }
    }

    /// Encodes the parts that were set one by one as the body.
    fn encode_parts(&mut self) {
        if !self.parts.is_empty() {
            let parts = std::mem::take(&mut self.parts);
            self.multipart(0, parts);
        }
    }

    fn set_body(&mut self, body: Body, media_type: &str) {
        match HeaderValue::from_str(media_type) {
            Ok(value) => self.content_type = Some(value),
            Err(reason) => self.fail("Content-Type", reason),
        }
        self.body = body;
    }

    /// Sends the body under another media type: one that a documented range includes, or one in which the operation accepts
    /// the same value, such as a form in place of JSON.
    pub fn set_content_type(&mut self, media_type: &str) {
        self.encode_parts();
        let body = std::mem::take(&mut self.body);
        let current = self.content_type.as_ref();
        let current = current.and_then(|value| value.to_str().ok()).unwrap_or_default();
        match body::convert(body, current, media_type, self.operation.bodies) {
            Ok((body, media_type)) => self.set_body(body, &media_type),
            Err(reason) => self.fail("Content-Type", reason),
        }
    }

    /// Adds a header that the document does not describe, or replaces one that it does.
    pub fn set_header(&mut self, name: &str, value: &str) {
        let parsed = HeaderName::from_bytes(name.as_bytes());
        match (parsed, HeaderValue::from_bytes(value.as_bytes())) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(redact::is_secret(name.as_str(), &[]));
                self.overrides().headers.insert(name, value);
            }
            _ => self.fail(name, "no header can carry this"),
        }
    }

    /// Adds a value to a header that is a list.
    pub(crate) fn extend_header(&mut self, name: &HeaderName, value: &HeaderValue) {
        header::merge(&mut self.overrides().headers, name, value, std::slice::from_ref(name));
    }

    /// Adds a pair to the query that the document does not describe. A parameter of that name that is set is sent as well.
    pub fn set_query(&mut self, name: &str, value: &str) {
        self.overrides().query.push(percent::pair(name, value));
    }

    /// Adds a member to the body, an object of JSON or a form, that the document does not describe; an absent value is not sent.
    pub fn set_body_member(&mut self, name: &str, value: &dyn Encode) {
        match to_value(value) {
            Ok(None) => {}
            Ok(Some(value)) => {
                self.members.get_or_insert_default().insert(name.to_owned(), value);
            }
            Err(reason) => self.fail(name, reason),
        }
    }

    /// Adds the further members to the body.
    fn add_members(&mut self) -> Result<(), OpaqueBox<Fault>> {
        let Some(members) = self.members.take() else {
            return Ok(());
        };
        let media_type = self.content_type.as_ref().and_then(|value| value.to_str().ok());
        let body = members::add(&self.body, media_type.unwrap_or_default(), *members);
        self.body = body.map_err(|(name, reason)| self.unsendable(&name, reason))?;
        Ok(())
    }

    /// Sends this call to another server.
    pub fn set_base_url(&mut self, url: &str) {
        self.overrides().base_url = Some(url.to_owned());
    }

    /// Limits the time of the whole call; `None` for no limit.
    pub fn set_timeout(&mut self, timeout: impl Into<Option<Duration>>) {
        self.overrides().timeout = Some(timeout.into());
    }

    /// Limits the time of each attempt of the call; `None` for no limit.
    pub fn set_attempt_timeout(&mut self, timeout: impl Into<Option<Duration>>) {
        self.overrides().attempt_timeout = Some(timeout.into());
    }

    /// Sets the retry policy of this call.
    pub fn set_retry(&mut self, retry: RetryPolicy) {
        self.overrides().retry = Some(retry);
    }

    /// Limits the bytes of the response's body that are read into memory, and those of a line or event of a stream.
    pub fn set_max_body_bytes(&mut self, bytes: usize) {
        self.overrides().max_body_bytes = Some(bytes);
    }

    /// Sends empty path parameters too, for servers to which they mean the root or a default; without it such a call is an
    /// error, since its URL would name another resource.
    pub fn set_allow_empty_path(&mut self) {
        self.overrides().allow_empty_path = true;
    }

    /// Sets a key by which the server recognises a repetition of this call; it makes retries safe.
    pub fn set_idempotency_key(&mut self, key: &str) {
        let header = self.operation.idempotency_key.unwrap_or("idempotency-key");
        self.set_header(header, key);
    }

    /// Returns the same call again; `None` where its body can be read only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        if self.problem.is_some() {
            return None;
        }
        Some(Self {
            shared: self.shared.clone(),
            operation: self.operation,
            values: self.values.clone(),
            body: self.body.again()?,
            parts: self.parts.again()?,
            content_type: self.content_type.clone(),
            members: self.members.clone(),
            overrides: self.overrides.clone(),
            problem: None,
        })
    }

    /// Creates a call of another operation with this one's client, headers and settings.
    pub(crate) fn for_operation(&self, operation: &'static OperationSpec) -> Self {
        let mut call = Self::new(self.shared.clone(), operation);
        call.overrides = self.overrides.clone();
        if let Some(overrides) = &mut call.overrides {
            overrides.query.clear();
        }
        call
    }

    /// Creates a `GET` without a body for a URL that [`Self::follow`] sets, with the responses of the same operation.
    pub(crate) fn for_followed_url(&self) -> Self {
        let mut call = self.for_operation(self.operation);
        call.values = self.values.clone();
        call.overrides.clone_from(&self.overrides);
        call.overrides().method = Some(Method::GET);
        call
    }

    /// Sends the call to a URL that a response named, in place of the operation's own.
    pub(crate) fn follow(&mut self, url: &str) {
        self.overrides().followed_url = Some(url.to_owned());
    }

    /// `true` after [`Self::follow`].
    pub(crate) fn follows(&self) -> bool {
        let overrides = self.overrides.as_ref();
        overrides.is_some_and(|overrides| overrides.followed_url.is_some())
    }

    /// The value of a query parameter that is a number.
    pub(crate) fn query_number(&self, parameter: &str) -> Option<u64> {
        let mut values = self.values_in(Location::Query);
        let (_, text) = values.find(|(name, _)| *name == parameter)?;
        text.split_once('=')?.1.parse().ok()
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
