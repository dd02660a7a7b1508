//! Executes a call: attempts with credentials, redirects and retries, until there is a response or the time is over.

mod attempt;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
mod raw_response;
#[cfg(feature = "tracing")]
mod trace;

pub(crate) use raw_response::IncomingBody;
pub use raw_response::RawResponse;

use crate::auth::AttemptCredentials;
use crate::client::Shared;
use crate::clock::Clock;
use crate::error::{is_transient, Cause, Fault, TransportFailure};
use crate::futures::{BoxFuture, Within};
use crate::opaque::OpaqueBox;
use crate::request::{Call, PreparedRequest, RequestTemplate};
use crate::retry::{Attempt, RetryBudget, RetryPolicy};
use crate::spec::{OperationSpec, SecurityNeed};
use http::HeaderMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

/// The undecoded response of a call, or its failure.
pub(crate) type Outcome = Result<RawResponse, OpaqueBox<Fault>>;

/// How the body of a successful response is received.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyMode {
    /// Into memory, for decoding.
    Buffered,
    /// While it arrives, where its media type allows that; else into memory.
    Streamed,
    /// While it arrives, whatever its media type: it is not decoded.
    Raw,
}

impl Call {
    /// Sends the call until there is a final response or its time is over.
    pub(crate) fn execute(self, body_mode: BodyMode) -> BoxFuture<Outcome> {
        let reconnect =
            (body_mode == BodyMode::Streamed).then(|| self.try_clone().map(Box::new)).flatten();
        // Only small things are moved into the future, since each move is a copy: the request is on the heap, and so is what
        // few calls need.
        match self.prepare() {
            Ok(request) => Box::pin(run(request, body_mode, reconnect)),
            Err(fault) => Box::pin(std::future::ready(Err(fault))),
        }
    }
}

async fn run(
    mut request: Box<PreparedRequest>,
    body_mode: BodyMode,
    reconnect: Option<Box<Call>>,
) -> Outcome {
    #[cfg(feature = "tracing")]
    let span = trace::span(&request);
    let progress = Progress::default();
    let operation = request.call.operation.id;
    let mut execution = Execution::new(&mut request, body_mode, &progress);
    let (timeout, deadline) = (execution.timeout(), execution.deadline);
    let clock = &*execution.shared.io.clock;
    // In place: the whole call is on the heap already.
    let future = std::pin::pin!(execution.retry_until_final());
    let call = WithDeadline {
        future,
        deadline,
        clock,
        progress: &progress,
        timer: None,
        is_polled: false,
    };
    #[cfg(feature = "tracing")]
    let call = tracing::Instrument::instrument(call, span.clone());
    let mut outcome = call.await.unwrap_or_else(|| {
        let mut fault = Fault::new(operation, Cause::Timeout(timeout.unwrap_or_default()));
        fault.context.attempts = progress.attempts.load(Ordering::Relaxed);
        Err(fault)
    });
    if let Ok(response) = &mut outcome {
        response.reconnect = reconnect;
    }
    #[cfg(feature = "tracing")]
    trace::record(&span, &outcome);
    outcome
}

/// A call that is being executed.
struct Execution<'a> {
    call: &'a Call,
    shared: &'a Shared,
    operation: &'static OperationSpec,
    needs: &'static [SecurityNeed],
    template: &'a mut RequestTemplate,
    body_mode: BodyMode,
    /// Credentials of the last attempt.
    used: AttemptCredentials,
    /// `true` after a body that can be read only once was sent.
    body_spent: bool,
    /// `true` after a hop of this attempt had a response: from then on a failed connection does not prove that no server saw the
    /// request.
    has_response: bool,
    progress: &'a Progress,
    deadline: Option<Duration>,
}

impl<'a> Execution<'a> {
    fn new(request: &'a mut PreparedRequest, body_mode: BodyMode, progress: &'a Progress) -> Self {
        let mut execution = Self {
            call: &request.call,
            shared: &request.call.shared,
            operation: request.call.operation,
            needs: request.needs,
            template: &mut request.template,
            body_mode,
            used: AttemptCredentials::default(),
            body_spent: false,
            has_response: false,
            progress,
            deadline: None,
        };
        let timeout = execution.timeout();
        execution.deadline = timeout.map(|timeout| execution.now().saturating_add(timeout));
        execution
    }

    fn now(&self) -> Duration {
        self.shared.io.clock.now()
    }

    fn timeout(&self) -> Option<Duration> {
        let timeout = self.call.overridden().and_then(|overrides| overrides.timeout);
        timeout.unwrap_or(self.shared.timeout)
    }

    fn attempt_timeout(&self) -> Option<Duration> {
        let timeout = self.call.overridden().and_then(|overrides| overrides.attempt_timeout);
        timeout.unwrap_or(self.shared.attempt_timeout)
    }

    fn retry_policy(&self) -> &RetryPolicy {
        let policy = self.call.overridden().and_then(|overrides| overrides.retry.as_ref());
        policy.unwrap_or(&self.shared.retry)
    }

    fn retry_budget(&self) -> &RetryBudget {
        self.retry_policy().own_budget().unwrap_or(&self.shared.retry_budget)
    }

    fn max_body_bytes(&self) -> usize {
        let limit = self.call.overridden().and_then(|overrides| overrides.max_body_bytes);
        limit.unwrap_or(self.shared.max_body_bytes)
    }

    /// The headers of every attempt, without credentials.
    fn headers(&self) -> Result<HeaderMap, OpaqueBox<Fault>> {
        self.call.all_headers()
    }

    async fn retry_until_final(&mut self) -> Outcome {
        let mut number = 0;
        loop {
            number += 1;
            let mut outcome = match self.attempt_timeout() {
                None => self.attempt().await,
                // On the heap, as few calls have it.
                Some(limit) => Box::pin(self.attempt_within(limit)).await,
            };
            let attempts = self.progress.attempts.load(Ordering::Relaxed);
            match &mut outcome {
                Ok(response) => response.attempts = attempts,
                Err(fault) => fault.context.attempts = attempts,
            }
            let Some(pause) = self.pause(number, &outcome) else {
                return outcome;
            };
            self.shared.io.clock.sleep(pause).await;
        }
    }

    /// An attempt that fails when its time is over.
    async fn attempt_within(&mut self, limit: Duration) -> Outcome {
        let timer = Some(self.shared.io.clock.sleep(limit));
        let outcome = {
            let future = std::pin::pin!(self.attempt());
            Within { future, limit: timer }.await
        };
        outcome.unwrap_or_else(|| {
            // The transport has been dropped while it waited.
            self.progress.transport_has_timer.store(false, Ordering::Relaxed);
            Err(self.fault(Cause::AttemptTimeout(limit)))
        })
    }

    /// The pause before another attempt; `None` where this outcome is final, as nearly all are.
    fn pause(&self, number: u32, outcome: &Outcome) -> Option<Duration> {
        if let Ok(response) = outcome {
            let status = response.status();
            if !is_transient(status) {
                if status.is_success() {
                    self.retry_budget().earn();
                }
                if !self.retry_policy().has_rule() {
                    return None;
                }
            }
        }
        self.pause_after(number, outcome)
    }

    #[cold]
    fn pause_after(&self, number: u32, outcome: &Outcome) -> Option<Duration> {
        let (head, transient, unseen) = match outcome {
            Ok(response) => (Some(&response.head), is_transient(response.status()), false),
            Err(fault) => {
                let is_broken =
                    matches!(&fault.cause, Cause::Transport(_) | Cause::AttemptTimeout(_));
                let is_refused = matches!(&fault.cause, Cause::Transport(error) if error.failure() == TransportFailure::Connect);
                let unseen = is_refused && !self.has_response;
                let transient = is_broken && fault.is_retryable();
                (fault.context.head.as_ref(), transient, unseen)
            }
        };
        let status = head.map(|head| head.status);
        if outcome.is_err() && !transient && status.is_some_and(|status| status.is_success()) {
            self.retry_budget().earn();
        }
        if self.body_spent {
            return None;
        }
        let policy = self.retry_policy();
        let attempt = Attempt { number, status, safe: unseen || self.is_idempotent(), transient };
        let wait = head.and_then(|head| head.retry_after().or_else(|| policy.wait_for_reset(head)));
        let pause = policy.pause(&attempt, wait, (self.retry_budget(), self.now()))?;
        let end = self.now().saturating_add(pause);
        let in_time = self.deadline.is_none_or(|deadline| end < deadline);
        in_time.then_some(pause)
    }

    /// `true` if sending the request twice has the effect of sending it once (RFC 9110, section 9.2.2), or the server
    /// recognises the repetition by a key.
    fn is_idempotent(&self) -> bool {
        let operation = self.operation;
        let key = operation.idempotency_key.unwrap_or("idempotency-key");
        operation.idempotent
            || matches!(
                operation.method,
                "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
            )
            || self.headers().is_ok_and(|headers| headers.contains_key(key))
    }

    #[cold]
    fn fault(&self, cause: Cause) -> OpaqueBox<Fault> {
        Fault::new(self.operation.id, cause)
    }
}

/// Progress of a call, which outlives it where its time is over.
#[derive(Default)]
struct Progress {
    /// Number of requests sent.
    attempts: AtomicU32,
    /// `true` while the transport waits and fails by itself before the call's time is over.
    transport_has_timer: AtomicBool,
}

/// A call with a deadline; yields `None` when the time is over.
///
/// The timer is armed lazily, on the second poll where the transport has a timer of its own: most calls have their response when they
/// are woken for the first time, and the transport's timer wakes the others early enough to arm this one.
struct WithDeadline<'a, F> {
    future: F,
    deadline: Option<Duration>,
    clock: &'a dyn Clock,
    progress: &'a Progress,
    timer: Option<BoxFuture<()>>,
    is_polled: bool,
}

impl<F: Future + Unpin> Future for WithDeadline<'_, F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(value) = Pin::new(&mut self.future).poll(context) {
            return Poll::Ready(Some(value));
        }
        let Some(deadline) = self.deadline else {
            return Poll::Pending;
        };
        let is_first = !std::mem::replace(&mut self.is_polled, true);
        if is_first && self.progress.transport_has_timer.load(Ordering::Relaxed) {
            return Poll::Pending;
        }
        let clock = self.clock;
        let arm = || clock.sleep(deadline.saturating_sub(clock.now()));
        let timer = self.timer.get_or_insert_with(arm);
        timer.as_mut().poll(context).map(|()| None)
    }
}

#[cfg(test)]
mod tests {
    /// Every call has this future on the heap. Beyond this size glibc's allocator does not keep blocks for the thread.
    #[test]
    fn the_future_of_a_call_is_small() {
        fn size<F: std::future::Future>(
            _: impl Fn(Box<super::PreparedRequest>, super::BodyMode, Option<Box<super::Call>>) -> F,
        ) -> usize {
            size_of::<F>()
        }
        let limit = if cfg!(feature = "tracing") { 800 } else { 720 };
        assert!(size(super::run) <= limit, "{}", size(super::run));
    }
}
