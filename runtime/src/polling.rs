//! Long-running operations: asked about until they have ended.

use crate::answer::RawResponse;
use crate::boxed::BoxFuture;
use crate::call::{typed, Call, Endpoint, ErrorOf, OutputOf};
use crate::clock::EVER;
use crate::codec::Value;
use crate::data::{Location, Polling, Until};
use crate::error::{Cause, Error, Fault};
use crate::paging::pointed;
use crate::random;
use crate::response::Response;
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
/// use typewright_runtime::codegen::v1::PollConfig;
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
    /// The first pause and the longest, by default 1 and 30 seconds; none is shorter than 10 milliseconds.
    #[must_use]
    pub fn backoff(mut self, min: Duration, max: Duration) -> Self {
        self.first = min.clamp(SHORTEST, EVER);
        self.longest = max.clamp(SHORTEST, EVER);
        self
    }

    /// The longest pause that the server may ask for, by default 5 minutes: after so long it is polled again all the same.
    #[must_use]
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Gives up after this time in all, with a failure of the kind `Timeout`; by default never.
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
enum Progress {
    Running,
    Ended,
    Failed,
}

fn progress(until: Until, operation: &Value) -> Progress {
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
    /// Sends the call and follows the operation that it starts to its end: the reply of `polling.get` that says so.
    ///
    /// An operation that ends in an error is a failure of the kind `Operation`, with the last reply as its body.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn wait<O: Endpoint>(
        self,
        polling: &'static Polling,
        patience: PollConfig,
    ) -> BoxFuture<Result<OutputOf<O>, Error<ErrorOf<O>>>> {
        Box::pin(async move {
            let outcome = follow(self, polling, patience).await;
            typed::<O>(outcome).map(Response::into_body)
        })
    }

    /// Follows an operation that was started before, by its id. The call itself is not sent: its client and settings serve.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn resume<O: Endpoint>(
        self,
        id: &str,
        polling: &'static Polling,
        patience: PollConfig,
    ) -> BoxFuture<Result<OutputOf<O>, Error<ErrorOf<O>>>> {
        let id = id.to_owned();
        Box::pin(async move {
            let get = about(&self, polling, &id);
            let outcome = match get {
                Some(get) => ask(get, polling.until, patience).await,
                None => Err(no_id(&self)),
            };
            typed::<O>(outcome).map(Response::into_body)
        })
    }

    /// Sends the call and, while it is answered by 202, asks where `Location` or `Operation-Location` leads.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn wait_by_location<O: Endpoint>(
        self,
        patience: PollConfig,
    ) -> BoxFuture<Result<OutputOf<O>, Error<ErrorOf<O>>>> {
        Box::pin(async move {
            let outcome = follow_location(self, patience).await;
            typed::<O>(outcome).map(Response::into_body)
        })
    }
}

impl Call {
    /// Asks where a URL leads that a server gave for an operation that was started before. The call itself is not sent.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn resume_by_location<O: Endpoint>(
        self,
        url: &str,
        patience: PollConfig,
    ) -> BoxFuture<Result<OutputOf<O>, Error<ErrorOf<O>>>> {
        let mut get = self.following();
        get.follow(url);
        Box::pin(async move {
            let backoff = Pauses::new(&get, patience);
            let outcome = match get.try_clone() {
                Some(first) => match first.answer(false).await {
                    Ok(answer) => by_location(get, backoff, answer).await,
                    Err(fault) => Err(fault),
                },
                None => get.answer(false).await,
            };
            typed::<O>(outcome).map(Response::into_body)
        })
    }
}

fn no_id(call: &Call) -> Box<Fault> {
    let failure = crate::codec::CodecError::new("the id of an operation", "none");
    Fault::new(call.operation().id, Cause::FromResponse(failure))
}

/// The call that asks about the operation of this id.
fn about(call: &Call, polling: &'static Polling, id: &str) -> Option<Call> {
    let parameters = polling.get.parameters.iter();
    let parameter = parameters.clone().find(|p| p.name == polling.parameter)?;
    let mut get = call.another(polling.get);
    match parameter.location {
        Location::Path => get.path(polling.parameter, &id),
        Location::Query => get.query(polling.parameter, &id),
        Location::Header | Location::Cookie | Location::QueryString => return None,
    }
    Some(get)
}

async fn follow(
    call: Call,
    polling: &'static Polling,
    patience: PollConfig,
) -> Result<RawResponse, Box<Fault>> {
    let template = call.another(polling.get);
    let missing = no_id(&call);
    let answer = call.answer(false).await?;
    if !answer.is_success() {
        return Ok(answer);
    }
    let started: Value = match answer.json() {
        Ok(value) => value,
        Err(failure) => return Err(answer.witness().fault(Cause::FromResponse(failure))),
    };
    match progress(polling.until, &started) {
        Progress::Ended => return Ok(answer),
        Progress::Failed => return Err(answer.witness().fault(Cause::Operation)),
        Progress::Running => {}
    }
    let id = pointed(&started, polling.id).and_then(Value::as_str);
    match id.and_then(|id| about(&template, polling, id)) {
        Some(get) => {
            let mut backoff = Pauses::new(&get, patience);
            backoff.take(&get, answer.retry_after)?.await;
            asked_about(get, polling.until, backoff).await
        }
        None => Err(missing),
    }
}

async fn ask(get: Call, until: Until, patience: PollConfig) -> Result<RawResponse, Box<Fault>> {
    let backoff = Pauses::new(&get, patience);
    asked_about(get, until, backoff).await
}

/// Polls until the operation has ended, from now on.
async fn asked_about(
    get: Call,
    until: Until,
    mut backoff: Pauses,
) -> Result<RawResponse, Box<Fault>> {
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
            Err(failure) => return Err(answer.witness().fault(Cause::FromResponse(failure))),
        };
        match progress(until, &operation) {
            Progress::Ended => return Ok(answer),
            Progress::Failed => return Err(answer.witness().fault(Cause::Operation)),
            Progress::Running => backoff.take(&get, answer.retry_after)?.await,
        }
    }
}

async fn follow_location(call: Call, patience: PollConfig) -> Result<RawResponse, Box<Fault>> {
    let get = call.following();
    let backoff = Pauses::new(&get, patience);
    let answer = call.answer(false).await?;
    by_location(get, backoff, answer).await
}

async fn by_location(
    mut get: Call,
    mut backoff: Pauses,
    mut answer: RawResponse,
) -> Result<RawResponse, Box<Fault>> {
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
    found
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// The backoff between polls, and when they end.
struct Pauses {
    next: Duration,
    patience: PollConfig,
    end: Option<Duration>,
}

impl Pauses {
    fn new(call: &Call, patience: PollConfig) -> Self {
        let end = patience
            .deadline
            .map(|deadline| call.now().saturating_add(deadline));
        Self {
            next: patience.first,
            patience,
            end,
        }
    }

    /// The next pause; the failure where it would end after the deadline.
    fn take(&mut self, call: &Call, asked: Option<Duration>) -> Result<BoxFuture<()>, Box<Fault>> {
        let shorter = 1.0 - random::fraction() / 5.0;
        let asked = asked.map(|asked| self.patience.bounded(asked));
        let pause = asked.unwrap_or_else(|| self.next.mul_f64(shorter));
        if asked.is_none() {
            self.next = self.next.mul_f64(1.5).min(self.patience.longest);
        }
        let late = |end: Duration| call.now().saturating_add(pause) >= end;
        if self.end.is_some_and(late) {
            let deadline = self.patience.deadline.unwrap_or_default();
            return Err(Fault::new(call.operation().id, Cause::Timeout(deadline)));
        }
        Ok(call.pause(pause))
    }
}
