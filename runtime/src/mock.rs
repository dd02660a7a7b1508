//! Mocks: a transport with typed responses, for tests of programs that call operations.

use crate::body::{Body, ByteStream};
use crate::codec::{from_json, to_json, CodecError, Decode, Encode};
use crate::error::{TransportError, TransportFailure};
use crate::futures::BoxFuture;
use crate::request::body;
use crate::response::{Endpoint, ErrorOf, OutputOf};
use crate::spec::ResponseSpec;
use crate::spec::{MediaCodec, OperationSpec};
use crate::transport::{Recorded, Request, Response, Transport};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An encoded response, or the reason why it cannot be encoded.
type Encoded = Result<http::Response<Bytes>, String>;

#[derive(Default)]
struct State {
    responses: Vec<(&'static OperationSpec, Encoded)>,
    requests: Vec<(&'static OperationSpec, Recorded)>,
}

/// A transport that responds to operations with typed values and records their requests.
///
/// Responses of one operation are sent in the order in which they were set; the last is repeated. An operation without a response
/// fails. Clones share their state.
///
/// ```
/// use typewright_runtime::mock::Mock;
/// # use typewright_runtime::codegen::v1 as rt;
/// # rt::call!(pub(crate) Call);
/// # rt::operation! { GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
/// #     "getSize GET /size
/// #     200 application/json" }
/// let mock = Mock::new();
/// mock.on::<GetSize>().reply(200, &7);
/// assert!(mock.requests::<GetSize>().is_empty());
/// ```
#[derive(Clone, Default)]
pub struct Mock {
    state: Arc<Mutex<State>>,
}

impl Mock {
    /// Creates a mock without responses.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts setting responses of an operation, which the type of its calls identifies.
    #[must_use = "nothing is set until `reply`, `fail` or `answer`"]
    pub fn on<O: Endpoint>(&self) -> MockResponse<O> {
        MockResponse { mock: self.clone(), operation: O::spec(), types: PhantomData }
    }

    /// The requests of an operation's calls, in the order in which they were received.
    #[must_use]
    pub fn requests<O: Endpoint>(&self) -> Vec<ReceivedRequest> {
        let operation = O::spec();
        let state = self.state();
        let requests = state.requests.iter();
        requests
            .filter(|(data, _)| data.id == operation.id)
            .map(|(_, request)| ReceivedRequest { request: request.clone() })
            .collect()
    }

    fn next(&self, operation: &'static OperationSpec, request: Recorded) -> Encoded {
        let mut state = self.state();
        state.requests.push((operation, request));
        let mut of_operation = state.responses.iter().enumerate();
        let mut of_operation =
            of_operation.by_ref().filter(|(_, (data, _))| data.id == operation.id);
        let Some((index, (_, response))) = of_operation.next() else {
            return Err(format!("no response is set for {}", operation.id));
        };
        let response = response.clone();
        if of_operation.next().is_some() {
            drop(state.responses.remove(index));
        }
        response
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").finish_non_exhaustive()
    }
}

impl Transport for Mock {
    fn send(&self, request: Request) -> BoxFuture<Result<Response, TransportError>> {
        let mock = self.clone();
        Box::pin(async move {
            let unknown =
                || TransportError::new(TransportFailure::Request, "not an operation's request");
            let operation =
                *request.extensions().get::<&'static OperationSpec>().ok_or_else(unknown)?;
            let (head, body) = request.into_parts();
            let body = body.into_stream().collect(usize::MAX).await;
            let made = mock.next(operation, http::Request::from_parts(head, body.bytes));
            match made {
                Ok(response) => Ok(response.map(ByteStream::from)),
                Err(reason) => Err(TransportError::new(TransportFailure::Request, reason)),
            }
        })
    }
}

/// The responses of one operation: each method adds one, which the next call gets.
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
    types: PhantomData<fn() -> O>,
}

impl<O> MockResponse<O> {
    fn set(self, made: Encoded) -> Self {
        self.mock.state().responses.push((self.operation, made));
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

fn encoded(status: StatusCode, media_type: &str, body: Bytes) -> Encoded {
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

/// A request that a call sent, as [`Mock`] received it.
///
/// ```
/// use typewright_runtime::mock::{Mock, ReceivedRequest};
/// # use typewright_runtime::codegen::v1 as rt;
/// # rt::call!(pub(crate) Call);
/// # rt::operation! { GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
/// #     "getSize GET /size
/// #     200 application/json" }
/// # let mock = Mock::new();
/// let requests: Vec<ReceivedRequest> = mock.requests::<GetSize>();
/// for request in &requests {
///     assert_eq!(request.line(), "GET /size");
///     assert_eq!(request.query(), None);
/// }
/// ```
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    request: Recorded,
}

impl ReceivedRequest {
    /// The method and the path, as they were on the wire: `GET /pets/7`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.request.method(), self.request.uri().path())
    }

    /// The whole URL, with the query.
    #[must_use]
    pub fn url(&self) -> String {
        self.request.uri().to_string()
    }

    /// The query as it was on the wire, without `?`; `None` where there was none.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.request.uri().query()
    }

    /// The headers, credentials included.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The body's bytes; empty where there was no body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.request.body()
    }

    /// The body, read as JSON.
    ///
    /// # Errors
    /// The body is not JSON, or not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, CodecError> {
        from_json(self.request.body())
    }
}
