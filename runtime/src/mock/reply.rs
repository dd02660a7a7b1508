//! The responses of a mock, and the conditions under which they are sent.

use super::condition::Condition;
use super::{Mock, ReceivedRequest, Response, Rule};
use crate::body::Body;
use crate::codec::{to_json, to_value, Encode};
use crate::futures::MaybeSendSync;
use crate::request::body;
use crate::response::{Endpoint, ErrorOf, OutputOf};
use crate::spec::{MediaCodec, OperationSpec, ResponseSpec};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::StatusCode;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// The responses of one operation: each method adds one, which the next call gets. The last one is repeated, unless
/// [`Self::expect`] limits the calls.
///
/// A response that does not fit the document, such as one of a status that it does not describe, is a failure of the call that
/// gets it, of the kind [`Transport`](crate::ErrorKind::Transport).
///
/// ```
/// use typewright_runtime::mock::Mock;
/// # use typewright_runtime::codegen::v1 as rt;
/// # rt::call!(pub(crate) Call);
/// # rt::operation! { GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
/// #     "getSize GET /size
/// #     200 application/json
/// #     503" }
/// let mock = Mock::new();
/// mock.on::<GetSize>().status(503).reply(200, &7);
/// ```
pub struct MockResponse<O> {
    mock: Mock,
    operation: &'static OperationSpec,
    /// Index of the rule that responses are added to, once there is one.
    rule: Option<usize>,
    has_responses: bool,
    types: PhantomData<fn() -> O>,
}

impl<O> MockResponse<O> {
    pub(super) fn new(mock: Mock, operation: &'static OperationSpec) -> Self {
        Self { mock, operation, rule: None, has_responses: false, types: PhantomData }
    }

    fn set(mut self, made: Response) -> Self {
        self.update(|rule| rule.responses.push_back(made));
        self.has_responses = true;
        self
    }

    /// Changes the current rule, by default the one without conditions.
    fn update(&mut self, change: impl FnOnce(&mut Rule)) {
        let mut state = self.mock.state();
        let index = self.rule.unwrap_or_else(|| state.unconditional(self.operation));
        if let Some(rule) = state.rules.get_mut(index) {
            change(rule);
        }
        self.rule = Some(index);
    }

    /// Adds a condition to the current rule, or begins another with it.
    fn condition(mut self, condition: Condition) -> Self {
        let mut state = self.mock.state();
        let current = self.rule.filter(|_| !self.has_responses);
        let current = current.and_then(|index| state.rules.get_mut(index));
        match current.filter(|rule| !rule.conditions.is_empty()) {
            Some(rule) => rule.conditions.push(condition),
            None => self.rule = Some(state.add(Rule::new(self.operation, vec![condition]))),
        }
        drop(state);
        self.has_responses = false;
        self
    }

    /// Sends the responses after it only to requests whose query has this pair; both are compared without percent-encoding.
    ///
    /// Conditions go before the responses that they are for: several before a response must all be met, and one after a response
    /// begins a further sequence.
    ///
    /// ```
    /// use typewright_runtime::mock::Mock;
    /// # use typewright_runtime::codegen::v1 as rt;
    /// # rt::call!(pub(crate) Call);
    /// # rt::operation! { GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
    /// #     "getSize GET /size
    /// #     200 application/json" }
    /// let mock = Mock::new();
    /// mock.on::<GetSize>()
    ///     .with_query("unit", "kB")
    ///     .with_header("accept-language", "de")
    ///     .expect(1)
    ///     .reply(200, &0)
    ///     .with_query("unit", "B")
    ///     .reply(200, &7);
    /// ```
    #[must_use = "a condition does nothing until `reply`, `fail` or `answer`"]
    pub fn with_query(self, name: &str, value: &str) -> Self {
        self.condition(Condition::Query(name.to_owned(), value.to_owned()))
    }

    /// Sends the responses after it only to requests with this header; in its name, case is irrelevant.
    #[must_use = "a condition does nothing until `reply`, `fail` or `answer`"]
    pub fn with_header(self, name: &str, value: &str) -> Self {
        self.condition(Condition::Header(name.to_owned(), value.to_owned()))
    }

    /// Sends the responses after it only to requests whose body is the JSON of this value; the order of members is irrelevant.
    #[must_use = "a condition does nothing until `reply`, `fail` or `answer`"]
    pub fn with_json(self, value: &dyn Encode) -> Self {
        let value = to_value(value).map(Option::unwrap_or_default);
        self.condition(Condition::Json(value.map_err(|reason| reason.to_string())))
    }

    /// Sends the responses after it only to requests for which the function returns `true`.
    #[must_use = "a condition does nothing until `reply`, `fail` or `answer`"]
    pub fn when(self, rule: impl Fn(&ReceivedRequest) -> bool + MaybeSendSync + 'static) -> Self {
        self.condition(Condition::Rule(Arc::new(rule)))
    }

    /// Sets the number of requests that the test expects, of those that meet the conditions before it: a further one fails, and
    /// [`Mock::verify`] reports any other number.
    pub fn expect(mut self, calls: usize) -> Self {
        self.update(|rule| rule.expected = Some(calls));
        self
    }

    /// Responds with the value as the first media type of the status writes it.
    fn value(self, status: u16, value: &dyn Encode) -> Self {
        let made = documented(self.operation, status).and_then(|(code, response)| {
            let content = response.contents.first();
            let content = content.filter(|_| !self.operation.is_bodiless(code));
            let body = content.map(|content| body::encode(content, value));
            match body.transpose().map_err(|reason| reason.to_string())? {
                Some((Body::Bytes(body), media_type)) => encoded(code, &media_type, body),
                Some(_) => Err("a body that is no text: give it by `bytes`".to_owned()),
                None => encoded(code, "", Bytes::new()),
            }
        });
        self.set(made)
    }

    /// Responds with these bytes, in the media type of the status that is of one of these codecs, or else in its first.
    fn raw(self, status: u16, codecs: &[MediaCodec], body: Bytes) -> Self {
        let made = documented(self.operation, status).and_then(|(code, response)| {
            let mut contents = response.contents.iter();
            let fitting = contents.find(|content| codecs.contains(&content.codec));
            let content = fitting.or(response.contents.first());
            encoded(code, content.map_or("", |content| content.media_type), body)
        });
        self.set(made)
    }

    /// Responds with this status and no body; the document has to describe the status.
    pub fn status(self, status: u16) -> Self {
        self.raw(status, &[], Bytes::new())
    }

    /// Responds with these bytes as they are, in the first media type of the status whose values are bytes, else in its first: a
    /// file, say, or a text in the middle of a stream.
    pub fn bytes(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.raw(status, &[MediaCodec::Bytes], body.into())
    }

    /// Responds with an event for each of these, whose data it is as JSON.
    ///
    /// ```
    /// use typewright_runtime::mock::Mock;
    /// # use typewright_runtime::codegen::v1 as rt;
    /// # rt::call!(pub(crate) Call);
    /// # rt::operation! { Watch(WatchOperation) -> rt::Events<i64>, rt::Undocumented;
    /// #     "watch GET /watch
    /// #     200 text/event-stream" }
    /// let mock = Mock::new();
    /// mock.on::<Watch>().events(200, &[1, 2, 3]);
    /// ```
    pub fn events<T: Encode>(self, status: u16, data: &[T]) -> Self {
        match joined(data, "data: ", "\n\n") {
            Ok(body) => self.raw(status, &[MediaCodec::EventStream], body),
            Err(reason) => self.set(Err(reason)),
        }
    }

    /// Responds with an event for each of these names, whose data is this text: JSON where the document says so.
    ///
    /// ```
    /// use typewright_runtime::mock::Mock;
    /// # use typewright_runtime::codegen::v1 as rt;
    /// # rt::call!(pub(crate) Call);
    /// # rt::operation! { Watch(WatchOperation) -> rt::Events<i64>, rt::Undocumented;
    /// #     "watch GET /watch
    /// #     200 text/event-stream" }
    /// let mock = Mock::new();
    /// mock.on::<Watch>().named_events(200, &[("log", "begun"), ("done", r#"{"number":7}"#)]);
    /// ```
    pub fn named_events(self, status: u16, events: &[(&str, &str)]) -> Self {
        let events = events.iter().map(|(name, data)| {
            let data = data.replace('\n', "\ndata: ");
            format!("event: {name}\ndata: {data}\n\n")
        });
        let body: String = events.collect();
        self.raw(status, &[MediaCodec::EventStream], body.into())
    }

    /// Responds with a line of JSON for each of these values.
    pub fn lines<T: Encode>(self, status: u16, values: &[T]) -> Self {
        match joined(values, "", "\n") {
            Ok(body) => self.raw(status, &[MediaCodec::JsonLines], body),
            Err(reason) => self.set(Err(reason)),
        }
    }

    /// Responds with any response, whether the document describes it or not.
    pub fn answer(self, response: http::Response<Bytes>) -> Self {
        self.set(Ok(response))
    }
}

impl<O: Endpoint> MockResponse<O> {
    /// Responds with the operation's response, in the first media type of the status; a `HEAD` and a status without content, with
    /// headers alone.
    pub fn reply(self, status: u16, value: &OutputOf<O>) -> Self
    where
        OutputOf<O>: Encode,
    {
        self.value(status, value)
    }

    /// Responds with the operation's documented error, in the first media type of the status.
    pub fn fail(self, status: u16, value: &ErrorOf<O>) -> Self
    where
        ErrorOf<O>: Encode,
    {
        self.value(status, value)
    }
}

impl<O> fmt::Debug for MockResponse<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MockResponse").field(&self.operation.id).finish()
    }
}

/// The documented response of a status.
fn documented(
    operation: &OperationSpec,
    status: u16,
) -> Result<(StatusCode, &'static ResponseSpec), String> {
    let status = StatusCode::from_u16(status).map_err(|reason| reason.to_string())?;
    let response = operation.response_for(status).and_then(|index| operation.responses.get(index));
    let missing = || format!("{} has no response of status {status}", operation.id);
    Ok((status, response.ok_or_else(missing)?))
}

fn encoded(status: StatusCode, media_type: &str, body: Bytes) -> Response {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    if !media_type.is_empty() {
        let media_type = media_type.parse();
        let media_type =
            media_type.map_err(|_| "a media type that no header can carry".to_owned())?;
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    Ok(response)
}

/// Each value as JSON between these.
fn joined<T: Encode>(values: &[T], before: &str, after: &str) -> Result<Bytes, String> {
    let mut body = Vec::new();
    for value in values {
        body.extend(before.as_bytes());
        body.extend(to_json(value).map_err(|failure| failure.to_string())?);
        body.extend(after.as_bytes());
    }
    Ok(body.into())
}
