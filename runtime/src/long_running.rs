//! Long-running operations, which are polled until they end.

use crate::clock::MAX_SLEEP;
use crate::codec::{CodecError, Value};
use crate::error::{Cause, Fault};
use crate::execute::{BodyMode, Outcome, RawResponse};
use crate::futures::BoxFuture;
use crate::opaque::OpaqueBox;
use crate::request::Call;
use crate::response::{decode_outcome, Endpoint as _, LongRunning, OutputFuture, Response};
use crate::spec::{Follow, Location, OperationSpec, Polling, Until};
use crate::{random, uri};
use http::header::{HeaderMap, LOCATION};
use http::StatusCode;
use std::time::Duration;

/// Pauses between the polls of a long-running operation, and a deadline.
///
/// The pauses grow by half from a second to half a minute, each randomly up to a fifth shorter. A pause that the server
/// requests (`Retry-After`, RFC 9110, section 10.2.3) takes precedence within bounds: at least the shorter of the first pause
/// and a second, at most [`Self::max_retry_after`]. Dropping the future ends the polling, not the operation.
///
/// ```
/// use std::time::Duration;
/// use typewright_runtime::long_running::PollConfig;
/// let patient = PollConfig::default()
///     .backoff(Duration::from_secs(2), Duration::from_secs(60))
///     .deadline(Duration::from_secs(3600));
/// # drop(patient);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PollConfig {
    first: Duration,
    longest: Duration,
    max_retry_after: Duration,
    deadline: Option<Duration>,
}

/// Lower bound of every pause: no configuration polls without one.
const MIN_PAUSE: Duration = Duration::from_millis(10);
/// Lower bound of a pause that the server requests, unless the first pause is shorter.
const MIN_RETRY_AFTER: Duration = Duration::from_secs(1);

impl Default for PollConfig {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(30),
            max_retry_after: Duration::from_secs(300),
            deadline: None,
        }
    }
}

impl PollConfig {
    /// Sets the first pause and the longest, by default 1 and 30 seconds; none is shorter than 10 milliseconds.
    #[must_use]
    pub fn backoff(mut self, min: Duration, max: Duration) -> Self {
        self.first = min.clamp(MIN_PAUSE, MAX_SLEEP);
        self.longest = max.clamp(MIN_PAUSE, MAX_SLEEP);
        self
    }

    /// Limits the pause that the server may request, by default to 5 minutes; after that it is polled again.
    #[must_use]
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Limits the whole time; afterwards the call fails with the kind [`Timeout`](crate::ErrorKind::Timeout). No limit by
    /// default.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The pause for a `Retry-After`, within bounds.
    fn bounded(&self, retry_after: Duration) -> Duration {
        let min = self.first.min(MIN_RETRY_AFTER);
        retry_after.min(self.max_retry_after).max(min)
    }
}

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

impl Call {
    /// Sends the call and polls the operation that it starts; the future yields the final response.
    ///
    /// An operation that ends in an error is a failure of the kind `Operation`, with the last response as its body.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn wait<O: LongRunning>(self, config: PollConfig) -> OutputFuture<O::Last> {
        Box::pin(async move {
            let outcome = match self.operation().follow {
                Some(Follow::Poll(polling)) => {
                    wait_by_id(self, StatusQuery::new::<O>(polling), config).await
                }
                Some(Follow::Location) => wait_by_location(self, config).await,
                None => Err(not_long_running(&self)),
            };
            decode_outcome::<O::Last>(outcome).map(Response::into_body)
        })
    }

    /// Polls an operation that was started before, by its id or by the URL that the server named. The call itself is not sent;
    /// its client and settings apply.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn resume<O: LongRunning>(self, id: &str, config: PollConfig) -> OutputFuture<O::Last> {
        let id = id.to_owned();
        Box::pin(async move {
            let outcome = match self.operation().follow {
                Some(Follow::Poll(polling)) => {
                    match StatusQuery::new::<O>(polling).call(&self, &id) {
                        Some(get) => {
                            let pauses = Pauses::new(get.clock().now(), config);
                            poll(get, polling.until, pauses).await
                        }
                        None => Err(missing_id(self.operation().id)),
                    }
                }
                Some(Follow::Location) => resume_at_location(self, &id, config).await,
                None => Err(not_long_running(&self)),
            };
            decode_outcome::<O::Last>(outcome).map(Response::into_body)
        })
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

async fn wait_by_id(call: Call, query: StatusQuery, config: PollConfig) -> Outcome {
    let Polling { id, until, .. } = query.polling;
    let operation = call.operation().id;
    let template = call.for_operation(query.operation);
    let response = call.execute(BodyMode::Buffered).await?;
    if !response.is_success() {
        return Ok(response);
    }
    let Some(state) = running_state(&response, until)? else {
        return Ok(response);
    };
    let id = state.pointer(id).and_then(Value::as_str);
    let Some(get) = id.and_then(|id| query.call(&template, id)) else {
        return Err(missing_id(operation));
    };
    let mut pauses = Pauses::new(get.clock().now(), config);
    pauses.pause(&get, response.retry_after)?.await;
    poll(get, until, pauses).await
}

/// Polls until the operation ends.
async fn poll(get: Call, until: Until, mut pauses: Pauses) -> Outcome {
    loop {
        let Some(next) = get.try_clone() else {
            return get.execute(BodyMode::Buffered).await;
        };
        let response = next.execute(BodyMode::Buffered).await?;
        if !response.is_success() || running_state(&response, until)?.is_none() {
            return Ok(response);
        }
        pauses.pause(&get, response.retry_after)?.await;
    }
}

async fn wait_by_location(call: Call, config: PollConfig) -> Outcome {
    let get = call.for_followed_url();
    let pauses = Pauses::new(get.clock().now(), config);
    let response = call.execute(BodyMode::Buffered).await?;
    poll_location(get, pauses, response).await
}

async fn resume_at_location(call: Call, url: &str, config: PollConfig) -> Outcome {
    let mut get = call.for_followed_url();
    get.follow(url);
    let pauses = Pauses::new(get.clock().now(), config);
    let Some(first) = get.try_clone() else {
        return get.execute(BodyMode::Buffered).await;
    };
    let response = first.execute(BodyMode::Buffered).await?;
    poll_location(get, pauses, response).await
}

/// Polls the URL that the responses name while they are 202 (RFC 9110, section 15.3.3).
async fn poll_location(mut get: Call, mut pauses: Pauses, mut response: RawResponse) -> Outcome {
    while response.status() == StatusCode::ACCEPTED {
        // A response without a URL means the previous one.
        if let Some(location) = location(response.headers()) {
            get.follow(&location);
        } else if !get.follows() {
            break;
        }
        pauses.pause(&get, response.retry_after)?.await;
        let Some(next) = get.try_clone() else {
            return get.execute(BodyMode::Buffered).await;
        };
        response = next.execute(BodyMode::Buffered).await?;
    }
    Ok(response)
}

fn location(headers: &HeaderMap) -> Option<String> {
    let url = headers.get("operation-location").or_else(|| headers.get(LOCATION))?;
    Some(uri::without_spaces(&uri::in_ascii(url)))
}

/// The pauses between polls, up to the deadline.
pub(crate) struct Pauses {
    next: Duration,
    config: PollConfig,
    end: Option<Duration>,
}

impl Pauses {
    /// Starts at this time of the call's clock.
    pub(crate) fn new(now: Duration, config: PollConfig) -> Self {
        let deadline = config.deadline;
        Self {
            next: config.first,
            config,
            end: deadline.map(|deadline| now.saturating_add(deadline)),
        }
    }

    /// The length of the next pause.
    pub(crate) fn next(&mut self, retry_after: Option<Duration>) -> Duration {
        if let Some(retry_after) = retry_after {
            return self.config.bounded(retry_after);
        }
        let pause = self.next.mul_f64(1.0 - random::fraction() / 5.0);
        self.next = self.next.mul_f64(1.5).min(self.config.longest);
        pause
    }

    /// The next pause; a failure where it would end after the deadline.
    fn pause(
        &mut self,
        call: &Call,
        retry_after: Option<Duration>,
    ) -> Result<BoxFuture<()>, OpaqueBox<Fault>> {
        let pause = self.next(retry_after);
        let clock = call.clock();
        let is_late = |end: Duration| clock.now().saturating_add(pause) >= end;
        if self.end.is_some_and(is_late) {
            let deadline = self.config.deadline.unwrap_or_default();
            return Err(Fault::new(call.operation().id, Cause::Timeout(deadline)));
        }
        Ok(clock.sleep(pause))
    }
}
