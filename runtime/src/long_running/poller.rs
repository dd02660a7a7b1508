//! The polls of a long-running operation, one after the other.

use crate::codec::{CodecError, Value};
use crate::error::{Cause, Fault};
use crate::execute::{BodyMode, RawResponse};
use crate::long_running::{Pauses, PollConfig};
use crate::opaque::OpaqueBox;
use crate::request::Call;
use crate::response::{Endpoint as _, LongRunning};
use crate::spec::{Follow, Location, OperationSpec, Polling, Until};
use crate::uri;
use http::header::{HeaderMap, LOCATION};
use http::StatusCode;
use std::time::Duration;

/// Progress of an operation.
pub(crate) enum Progress {
    Running,
    Succeeded,
    Failed,
}

impl Until {
    /// The progress that a state of the operation shows.
    pub(crate) fn progress(self, state: &Value) -> Progress {
        match self {
            Self::Done { done, error } => {
                // An error may be present while the operation is still being rolled back.
                if state.pointer(done).and_then(Value::as_bool) != Some(true) {
                    return Progress::Running;
                }
                match state.pointer(error) {
                    None | Some(Value::Null) => Progress::Succeeded,
                    Some(_) => Progress::Failed,
                }
            }
            Self::State { state: pointer, success, failure } => {
                match state.pointer(pointer).and_then(Value::as_str) {
                    Some(name) if success.contains(&name) => Progress::Succeeded,
                    Some(name) if failure.contains(&name) => Progress::Failed,
                    Some(_) | None => Progress::Running,
                }
            }
        }
    }
}

/// The operation that returns the state of a long-running one.
#[derive(Clone, Copy)]
struct StatusQuery {
    operation: &'static OperationSpec,
    polling: Polling,
}

impl StatusQuery {
    fn new<O: LongRunning>(polling: Polling) -> Self {
        let operation = polling.elsewhere.unwrap_or_else(O::Last::spec);
        Self { operation, polling }
    }

    /// The query for the operation of this id, with the client and settings of another call.
    fn call(&self, other: &Call, id: &str) -> Option<Call> {
        let name = self.polling.parameter;
        let mut parameters = self.operation.parameters.iter();
        let parameter = parameters.find(|parameter| parameter.name == name)?;
        let mut call = other.for_operation(self.operation);
        match parameter.location {
            Location::Path => call.path(name, &id),
            Location::Query => call.query(name, &id),
            Location::Header | Location::Cookie | Location::QueryString => return None,
        }
        Some(call)
    }
}

fn not_long_running(call: &Call) -> OpaqueBox<Fault> {
    let name = "the operation".to_owned();
    let reason = "nothing says how it goes on after its response".into();
    Fault::new(call.operation().id, Cause::Encode { name, reason })
}

fn missing_id(operation: &'static str) -> OpaqueBox<Fault> {
    let failure = CodecError::new("the id of an operation", "none");
    Fault::new(operation, Cause::Decode(failure))
}

/// The state of the operation; `None` when it has succeeded.
fn running_state(response: &RawResponse, until: Until) -> Result<Option<Value>, OpaqueBox<Fault>> {
    let fault = |cause| response.context().fault(cause);
    let state = response.json().map_err(|failure| fault(Cause::Decode(failure)))?;
    match until.progress(&state) {
        Progress::Succeeded => Ok(None),
        Progress::Failed => Err(fault(Cause::Operation)),
        Progress::Running => Ok(Some(state)),
    }
}

/// The way to the state of an operation.
enum Way {
    /// By a query for its id, with the client and settings of a call.
    ById(StatusQuery, Box<Call>),
    ByLocation,
}

/// The polls of an operation. Each step is a request, after the pause that the response before requires.
pub(super) struct Poller {
    operation: &'static str,
    way: Way,
    /// The call that starts the operation, until it is sent.
    start: Option<Call>,
    /// The request for the state, once it is known where that is.
    get: Option<Call>,
    id: String,
    pauses: Pauses,
    /// The pause that the server requests, after a response that shows a running operation.
    retry_after: Option<Option<Duration>>,
    /// The reason why there is nothing to send.
    problem: Option<OpaqueBox<Fault>>,
}

/// The state of the operation that a response shows.
pub(super) enum Step {
    Running(RawResponse),
    Ended(RawResponse),
}

impl Poller {
    /// Begins with the call that starts the operation.
    pub(super) fn start<O: LongRunning>(call: Call, config: PollConfig) -> Self {
        let mut poller = Self::new::<O>(&call, config);
        poller.get = matches!(poller.way, Way::ByLocation).then(|| call.for_followed_url());
        poller.start = Some(call);
        poller
    }

    /// Begins with the request for the state.
    pub(super) fn resume<O: LongRunning>(call: &Call, id: &str, config: PollConfig) -> Self {
        let mut poller = Self::new::<O>(call, config);
        id.clone_into(&mut poller.id);
        poller.get = match &poller.way {
            Way::ById(query, template) => query.call(template, id),
            Way::ByLocation => {
                let mut get = call.for_followed_url();
                get.follow(id);
                Some(get)
            }
        };
        poller
    }

    fn new<O: LongRunning>(call: &Call, config: PollConfig) -> Self {
        let (way, problem) = match call.operation().follow {
            Some(Follow::Poll(polling)) => {
                let query = StatusQuery::new::<O>(polling);
                (Way::ById(query, Box::new(call.for_operation(query.operation))), None)
            }
            Some(Follow::Location) => (Way::ByLocation, None),
            None => (Way::ByLocation, Some(not_long_running(call))),
        };
        Self {
            operation: call.operation().id,
            way,
            start: None,
            get: None,
            id: String::new(),
            pauses: Pauses::new(call.clock().now(), config),
            retry_after: None,
            problem,
        }
    }

    /// The id of the operation, or the URL of its state; empty until a response names it.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Sends the call that starts the operation, or else waits and asks for its state.
    pub(super) async fn step(&mut self) -> Result<Step, OpaqueBox<Fault>> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        let call = match self.start.take() {
            Some(call) => call,
            None => self.next_poll().await?,
        };
        let response = call.execute(BodyMode::Buffered).await?;
        if !self.is_running(&response)? {
            return Ok(Step::Ended(response));
        }
        self.retry_after = Some(response.head.retry_after());
        Ok(Step::Running(response))
    }

    /// The request for the state, after the pause.
    async fn next_poll(&mut self) -> Result<Call, OpaqueBox<Fault>> {
        let missing = missing_id(self.operation);
        let Some(get) = self.get.take() else {
            return Err(missing);
        };
        if let Some(retry_after) = self.retry_after.take() {
            self.pauses.pause(&get, retry_after)?.await;
        }
        // One that cannot be cloned fails when it is sent.
        self.get = get.try_clone();
        Ok(get)
    }

    /// `true` where the response shows that the operation goes on, of which the way to the next state is kept.
    fn is_running(&mut self, response: &RawResponse) -> Result<bool, OpaqueBox<Fault>> {
        match &self.way {
            Way::ById(query, template) => {
                if !response.is_success() {
                    return Ok(false);
                }
                let Some(state) = running_state(response, query.polling.until)? else {
                    return Ok(false);
                };
                if self.get.is_none() {
                    let id = state.pointer(query.polling.id).and_then(Value::as_str);
                    let id = id.ok_or_else(|| missing_id(self.operation))?;
                    self.get = query.call(template, id);
                    id.clone_into(&mut self.id);
                }
                Ok(true)
            }
            // The URL that the responses name while they are 202 (RFC 9110, section 15.3.3).
            Way::ByLocation => {
                let Some(get) = &mut self.get else {
                    return Ok(false);
                };
                if response.status() != StatusCode::ACCEPTED {
                    return Ok(false);
                }
                // A response without a URL means the previous one.
                if let Some(location) = location(response.headers()) {
                    get.follow(&location);
                    // Absolute, as another process resumes from it; of another server it fails when it is sent.
                    self.id = get.uri().map_or(location, |url| url.to_string());
                }
                Ok(get.follows())
            }
        }
    }
}

fn location(headers: &HeaderMap) -> Option<String> {
    let url = headers.get("operation-location").or_else(|| headers.get(LOCATION))?;
    Some(uri::without_spaces(&uri::in_ascii(url)))
}
