//! Long-running operations: asked about until they have ended.

use crate::answer::RawResponse;
use crate::boxed::BoxFuture;
use crate::call::{typed, Call, Endpoint, LongRunning, OutputFuture};
use crate::clock::EVER;
use crate::codec::Value;
use crate::data::{Follow, Location, OperationSpec, Polling, Until};
use crate::error::{Cause, Fault};
use crate::opaque::OpaqueBox;
use crate::paging::pointed;
use crate::random;
use crate::response::Response;
use crate::target;
use http::header::{HeaderMap, LOCATION};
use http::StatusCode;
use std::time::Duration;

/// The pauses between the polls of a long-running operation, and how long it is polled.
///
/// The pauses grow by half from a second to half a minute, each up to a fifth shorter by chance. Where the server asks for
/// another pause (`Retry-After`, RFC 9110, section 10.2.3), that one is taken, within bounds: at least the shorter of the first
/// pause and a second, at most [`Self::max_retry_after`]. Dropping the future ends the polling, not the operation.
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

/// The shortest pause there is: no configuration polls without any.
const SHORTEST: Duration = Duration::from_millis(10);
/// The shortest pause that a server may ask for, where the first pause is not shorter still.
const LEAST_ASKED: Duration = Duration::from_secs(1);

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
        self.first = min.clamp(SHORTEST, EVER);
        self.longest = max.clamp(SHORTEST, EVER);
        self
    }

    /// Sets the longest pause that the server may ask for, by default 5 minutes: after so long it is polled again all the same.
    #[must_use]
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Gives up after this time in all, with a failure of the kind [`Timeout`](crate::ErrorKind::Timeout); by default never.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// What the server asks for, within bounds.
    fn bounded(&self, asked: Duration) -> Duration {
        let least = self.first.min(LEAST_ASKED);
        asked.min(self.max_retry_after).max(least)
    }
}

/// The outcome of a poll.
pub(crate) enum Progress {
    Running,
    Ended,
    Failed,
}

pub(crate) fn progress(until: Until, operation: &Value) -> Progress {
    let bool_at = |pointer| pointed(operation, pointer).and_then(Value::as_bool);
    match until {
        Until::Done { done, error } => {
            // An error may be there while the operation is still being undone.
            if bool_at(done) != Some(true) {
                return Progress::Running;
            }
            match pointed(operation, error) {
                None | Some(Value::Null) => Progress::Ended,
                Some(_) => Progress::Failed,
            }
        }
        Until::State {
            state,
            success,
            failure,
        } => {
            let state = pointed(operation, state).and_then(Value::as_str);
            match state {
                Some(state) if success.contains(&state) => Progress::Ended,
                Some(state) if failure.contains(&state) => Progress::Failed,
                Some(_) | None => Progress::Running,
            }
        }
    }
}

impl Call {
    /// Sends the call and follows what it starts to its end: the response that says so.
    ///
    /// An operation that ends in an error is a failure of the kind `Operation`, with the last response as its body.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn wait<O: LongRunning>(self, config: PollConfig) -> OutputFuture<O::Last> {
        Box::pin(async move {
            let outcome = match self.operation().follow {
                Some(Follow::Poll(polling)) => {
                    follow(self, Question::of::<O>(polling), config).await
                }
                Some(Follow::Location) => follow_location(self, config).await,
                None => Err(not_followed(&self)),
            };
            typed::<O::Last>(outcome).map(Response::into_body)
        })
    }

    /// Follows an operation that was started before to its end: by its id, or by the URL that the server gave. The call
    /// itself is not sent: its client and settings serve.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn resume<O: LongRunning>(self, id: &str, config: PollConfig) -> OutputFuture<O::Last> {
        let id = id.to_owned();
        Box::pin(async move {
            let outcome = match self.operation().follow {
                Some(Follow::Poll(polling)) => {
                    let question = Question::of::<O>(polling);
                    match question.about(&self, &id) {
                        Some(get) => ask(get, polling.until, config).await,
                        None => Err(no_id(&self)),
                    }
                }
                Some(Follow::Location) => resume_location(self, &id, config).await,
                None => Err(not_followed(&self)),
            };
            typed::<O::Last>(outcome).map(Response::into_body)
        })
    }
}

/// What is asked about an operation that goes on.
#[derive(Clone, Copy)]
struct Question {
    get: &'static OperationSpec,
    polling: Polling,
}

impl Question {
    fn of<O: LongRunning>(polling: Polling) -> Self {
        let get = polling.elsewhere.unwrap_or_else(O::Last::spec);
        Self { get, polling }
    }

    /// The call that asks about the operation of this id, with the client and settings of another call.
    fn about(&self, call: &Call, id: &str) -> Option<Call> {
        let name = self.polling.parameter;
        let mut parameters = self.get.parameters.iter();
        let parameter = parameters.find(|parameter| parameter.name == name)?;
        let mut get = call.another(self.get);
        match parameter.location {
            Location::Path => get.path(name, &id),
            Location::Query => get.query(name, &id),
            Location::Header | Location::Cookie | Location::QueryString => return None,
        }
        Some(get)
    }
}

fn not_followed(call: &Call) -> OpaqueBox<Fault> {
    let name = "the operation".to_owned();
    let reason = "nothing says how it goes on after its response".into();
    Fault::new(call.operation().id, Cause::Encode { name, reason })
}

async fn resume_location(
    call: Call,
    url: &str,
    config: PollConfig,
) -> Result<RawResponse, OpaqueBox<Fault>> {
    let mut get = call.following();
    get.follow(url);
    let backoff = Pauses::new(get.now(), config);
    match get.try_clone() {
        Some(first) => {
            let answer = first.answer(false).await?;
            by_location(get, backoff, answer).await
        }
        None => get.answer(false).await,
    }
}

fn no_id(call: &Call) -> OpaqueBox<Fault> {
    let failure = crate::codec::CodecError::new("the id of an operation", "none");
    Fault::new(call.operation().id, Cause::Decode(failure))
}

async fn follow(
    call: Call,
    question: Question,
    config: PollConfig,
) -> Result<RawResponse, OpaqueBox<Fault>> {
    let until = question.polling.until;
    let template = call.another(question.get);
    let missing = no_id(&call);
    let answer = call.answer(false).await?;
    if !answer.is_success() {
        return Ok(answer);
    }
    let started: Value = match answer.json() {
        Ok(value) => value,
        Err(failure) => return Err(answer.witness().fault(Cause::Decode(failure))),
    };
    match progress(until, &started) {
        Progress::Ended => return Ok(answer),
        Progress::Failed => return Err(answer.witness().fault(Cause::Operation)),
        Progress::Running => {}
    }
    let id = pointed(&started, question.polling.id).and_then(Value::as_str);
    match id.and_then(|id| question.about(&template, id)) {
        Some(get) => {
            let mut backoff = Pauses::new(get.now(), config);
            backoff.take(&get, answer.retry_after)?.await;
            asked_about(get, until, backoff).await
        }
        None => Err(missing),
    }
}

async fn ask(get: Call, until: Until, config: PollConfig) -> Result<RawResponse, OpaqueBox<Fault>> {
    let backoff = Pauses::new(get.now(), config);
    asked_about(get, until, backoff).await
}

/// Polls until the operation has ended, from now on.
async fn asked_about(
    get: Call,
    until: Until,
    mut backoff: Pauses,
) -> Result<RawResponse, OpaqueBox<Fault>> {
    loop {
        let Some(next) = get.try_clone() else {
            return get.answer(false).await;
        };
        let answer = next.answer(false).await?;
        if !answer.is_success() {
            return Ok(answer);
        }
        let operation: Value = match answer.json() {
            Ok(value) => value,
            Err(failure) => return Err(answer.witness().fault(Cause::Decode(failure))),
        };
        match progress(until, &operation) {
            Progress::Ended => return Ok(answer),
            Progress::Failed => return Err(answer.witness().fault(Cause::Operation)),
            Progress::Running => backoff.take(&get, answer.retry_after)?.await,
        }
    }
}

async fn follow_location(call: Call, config: PollConfig) -> Result<RawResponse, OpaqueBox<Fault>> {
    let get = call.following();
    let backoff = Pauses::new(get.now(), config);
    let answer = call.answer(false).await?;
    by_location(get, backoff, answer).await
}

async fn by_location(
    mut get: Call,
    mut backoff: Pauses,
    mut answer: RawResponse,
) -> Result<RawResponse, OpaqueBox<Fault>> {
    while answer.status() == StatusCode::ACCEPTED {
        // A server that gives no further URL means the same one.
        if let Some(location) = location(answer.headers()) {
            get.follow(&location);
        } else if !get.is_led() {
            return Ok(answer);
        }
        backoff.take(&get, answer.retry_after)?.await;
        let Some(next) = get.try_clone() else {
            return get.answer(false).await;
        };
        answer = next.answer(false).await?;
    }
    Ok(answer)
}

fn location(headers: &HeaderMap) -> Option<String> {
    let found = headers
        .get("operation-location")
        .or_else(|| headers.get(LOCATION));
    found.map(|value| target::without_spaces(&target::in_ascii(value)))
}

/// The backoff between polls, and when they end.
pub(crate) struct Pauses {
    next: Duration,
    config: PollConfig,
    end: Option<Duration>,
}

impl Pauses {
    /// From this moment on, by the clock of the call.
    pub(crate) fn new(now: Duration, config: PollConfig) -> Self {
        let deadline = config.deadline;
        Self {
            next: config.first,
            config,
            end: deadline.map(|deadline| now.saturating_add(deadline)),
        }
    }

    /// The length of the next pause, which may be as the server asks.
    pub(crate) fn next(&mut self, asked: Option<Duration>) -> Duration {
        match asked {
            Some(asked) => self.config.bounded(asked),
            None => {
                let shorter = 1.0 - random::fraction() / 5.0;
                let pause = self.next.mul_f64(shorter);
                self.next = self.next.mul_f64(1.5).min(self.config.longest);
                pause
            }
        }
    }

    /// The next pause; the failure where it would end after the deadline.
    fn take(
        &mut self,
        call: &Call,
        asked: Option<Duration>,
    ) -> Result<BoxFuture<()>, OpaqueBox<Fault>> {
        let pause = self.next(asked);
        let late = |end: Duration| call.now().saturating_add(pause) >= end;
        if self.end.is_some_and(late) {
            let deadline = self.config.deadline.unwrap_or_default();
            return Err(Fault::new(call.operation().id, Cause::Timeout(deadline)));
        }
        Ok(call.pause(pause))
    }
}
