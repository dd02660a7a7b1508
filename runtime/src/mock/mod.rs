//! Mocks: a transport with typed responses, for tests of programs that call operations.

mod condition;
mod reply;
mod request;

pub use reply::MockResponse;
pub use request::ReceivedRequest;

use crate::body::ByteStream;
use crate::error::{TransportError, TransportFailure};
use crate::futures::BoxFuture;
use crate::response::Endpoint;
use crate::spec::OperationSpec;
use crate::transport::{Recorded, Request, Transport};
use bytes::Bytes;
use condition::{described, Condition};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An encoded response, or the reason why there is none.
type Response = Result<http::Response<Bytes>, String>;

/// The responses to those requests of an operation that meet the conditions, and the number of calls.
struct Rule {
    operation: &'static OperationSpec,
    conditions: Vec<Condition>,
    responses: VecDeque<Response>,
    calls: usize,
    expected: Option<usize>,
}

impl Rule {
    fn new(operation: &'static OperationSpec, conditions: Vec<Condition>) -> Self {
        Self { operation, conditions, responses: VecDeque::new(), calls: 0, expected: None }
    }

    /// The response to the next call; the last one is repeated.
    fn respond(&mut self, request: &ReceivedRequest) -> Response {
        self.calls += 1;
        if self.expected.is_some_and(|expected| self.calls > expected) {
            let unmet = self.unmet().unwrap_or_default();
            return Err(format!("{unmet}: the last by {request}"));
        }
        let response = match self.responses.len() {
            0 | 1 => self.responses.front().cloned(),
            _ => self.responses.pop_front(),
        };
        response.unwrap_or_else(|| {
            let conditions = described(&self.conditions);
            Err(format!("no response of {} is set{conditions}: {request}", self.operation.id))
        })
    }

    /// The difference between the expected number of calls and theirs.
    fn unmet(&self) -> Option<String> {
        let expected = self.expected.filter(|expected| *expected != self.calls)?;
        let (operation, conditions) = (self.operation.id, described(&self.conditions));
        let calls = self.calls;
        Some(format!(
            "{operation}{conditions} is expected {expected} times, and was called {calls} times"
        ))
    }
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    requests: Vec<(&'static OperationSpec, ReceivedRequest)>,
    /// Failures of calls for which there was no response.
    unexpected: Vec<String>,
}

impl State {
    /// Index of the rule without conditions, which an operation has once.
    fn unconditional(&mut self, operation: &'static OperationSpec) -> usize {
        let mut rules = self.rules.iter();
        let index =
            rules.position(|rule| rule.operation.id == operation.id && rule.conditions.is_empty());
        index.unwrap_or_else(|| self.add(Rule::new(operation, Vec::new())))
    }

    fn add(&mut self, rule: Rule) -> usize {
        self.rules.push(rule);
        self.rules.len() - 1
    }

    fn respond(&mut self, operation: &'static OperationSpec, request: ReceivedRequest) -> Response {
        let is_of_operation = |rule: &&mut Rule| rule.operation.id == operation.id;
        let is_met =
            |rule: &&mut Rule| rule.conditions.iter().all(|condition| condition.holds(&request));
        let mut rules = self.rules.iter_mut().filter(is_of_operation).filter(is_met);
        // Conditions come first, so that a response without one is for all other requests.
        let (mut conditional, mut other): (Vec<_>, Vec<_>) =
            rules.by_ref().partition(|rule| !rule.conditions.is_empty());
        let rule = conditional.drain(..).chain(other.drain(..)).next();
        let response = match rule {
            Some(rule) => rule.respond(&request),
            None => Err(self.unexpected(operation, &request)),
        };
        if let Err(reason) = &response {
            self.unexpected.push(reason.clone());
        }
        self.requests.push((operation, request));
        response
    }

    fn unexpected(&self, operation: &'static OperationSpec, request: &ReceivedRequest) -> String {
        let rules = self.rules.iter().filter(|rule| rule.operation.id == operation.id);
        let others: Vec<_> = rules.map(|rule| described(&rule.conditions)).collect();
        let but =
            if others.is_empty() { String::new() } else { format!(", but{}", others.join(", or")) };
        format!("no response is set for {}{but}: {request}", operation.id)
    }
}

/// A transport that responds to operations with typed values and records their requests.
///
/// Responses of one operation are sent in the order in which they were set; the last is repeated. An operation without a response
/// fails. Responses may have conditions on the request, such as [`MockResponse::with_query`]: each combination has a sequence of
/// its own, the first whose conditions are met responds, and responses without conditions are for the other requests. Clones share
/// their state.
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
/// mock.on::<GetSize>().with_query("unit", "kB").reply(200, &0);
/// assert!(mock.requests::<GetSize>().is_empty());
/// assert_eq!(mock.calls::<GetSize>(), 0);
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
        MockResponse::new(self.clone(), O::spec())
    }

    /// The requests of an operation's calls, in the order in which they were received.
    #[must_use]
    pub fn requests<O: Endpoint>(&self) -> Vec<ReceivedRequest> {
        let operation = O::spec();
        let state = self.state();
        let requests = state.requests.iter().filter(|(data, _)| data.id == operation.id);
        requests.map(|(_, request)| request.clone()).collect()
    }

    /// The number of requests of an operation's calls, retries and redirects included.
    #[must_use]
    pub fn calls<O: Endpoint>(&self) -> usize {
        let operation = O::spec();
        self.state().requests.iter().filter(|(data, _)| data.id == operation.id).count()
    }

    /// Checks that each response was sent as often as [`MockResponse::expect`] says, and that there was one for each request.
    ///
    /// # Errors
    /// The expectations that are not met, and the requests without a response.
    pub fn verify(&self) -> Result<(), Unmet> {
        let state = self.state();
        let unmet = state.rules.iter().filter_map(Rule::unmet);
        let reasons: Vec<_> = unmet.chain(state.unexpected.iter().cloned()).collect();
        if reasons.is_empty() {
            return Ok(());
        }
        Err(Unmet(reasons))
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").finish_non_exhaustive()
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: Request,
    ) -> BoxFuture<Result<crate::transport::Response, TransportError>> {
        let mock = self.clone();
        Box::pin(async move {
            let unknown =
                || TransportError::new(TransportFailure::Request, "not an operation's request");
            let operation =
                *request.extensions().get::<&'static OperationSpec>().ok_or_else(unknown)?;
            let (head, body) = request.into_parts();
            let body = body.into_stream().collect(usize::MAX).await;
            let request: Recorded = http::Request::from_parts(head, body.bytes);
            let response = mock.state().respond(operation, ReceivedRequest::new(request));
            match response {
                Ok(response) => Ok(response.map(ByteStream::from)),
                Err(reason) => Err(TransportError::new(TransportFailure::Request, reason)),
            }
        })
    }
}

/// The differences between the calls that a test expects and those that came: a line for each.
///
/// ```
/// use typewright_runtime::mock::Mock;
/// # use typewright_runtime::codegen::v1 as rt;
/// # rt::call!(pub(crate) Call);
/// # rt::operation! { GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
/// #     "getSize GET /size
/// #     200 application/json" }
/// let mock = Mock::new();
/// mock.on::<GetSize>().expect(2).reply(200, &7);
/// let unmet = mock.verify().unwrap_err();
/// assert_eq!(unmet.to_string(), "getSize is expected 2 times, and was called 0 times");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Unmet(Vec<String>);

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

// As `unwrap` shows it to the reader of a failed test.
impl fmt::Debug for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Unmet {}
