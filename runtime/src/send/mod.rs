//! Sends a call: credentials, redirects, further tries, and the reply read and matched.

mod attempt;
mod draft;
pub(crate) mod fields;
mod raw;
mod reading;
mod timed;

pub(crate) use draft::Draft;
pub(crate) use reading::Witness;

use crate::answer::RawResponse;
use crate::boxed::BoxFuture;
use crate::call::{Call, Settings};
use crate::client::Shared;
use crate::credentials::Used;
use crate::data::{OperationSpec, SecurityNeed};
use crate::error::{Cause, Fault};
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::retry::{is_transient, Attempt, RetryPolicy};
use crate::transport::TransportFailure;
use std::sync::atomic::Ordering;
use std::time::Duration;
use timed::{Progress, Timed};

/// What a call sends, before credentials.
pub(crate) struct Plan {
    pub(crate) shared: OpaqueArc<Shared>,
    pub(crate) operation: &'static OperationSpec,
    pub(crate) draft: Draft,
    pub(crate) needs: &'static [SecurityNeed],
    /// What the call has set otherwise than its client.
    pub(crate) settings: Option<Box<Settings>>,
}

/// How the body of a success is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Into memory, for decoding.
    Whole,
    /// While it arrives, where its media type allows that; else into memory.
    Streamed,
    /// While it arrives, whatever it is: nobody decodes it.
    Raw,
}

/// A call on its way.
struct Run<'a> {
    shared: &'a Shared,
    operation: &'static OperationSpec,
    needs: &'static [SecurityNeed],
    settings: Option<&'a Settings>,
    draft: &'a mut Draft,
    mode: Mode,
    used: Used,
    /// Whether a body that exists once has left.
    spent: bool,
    /// Whether a hop of this try was answered: what comes after it says nothing of what the first server has seen.
    answered: bool,
    progress: &'a Progress,
    deadline: Option<Duration>,
}

/// Sends the call until it is answered or its time is over.
pub(crate) fn execute(call: Call, mode: Mode) -> BoxFuture<Result<RawResponse, OpaqueBox<Fault>>> {
    let again = if mode == Mode::Streamed {
        call.try_clone()
    } else {
        None
    };
    let again = again.map(Box::new);
    // Small things are moved into the future, since each move is a copy: the plan is on the heap, and so is what few
    // calls need.
    match call.plan() {
        Ok(plan) => Box::pin(run(plan, mode, again)),
        Err(fault) => Box::pin(std::future::ready(Err(fault))),
    }
}

async fn run(
    mut plan: Box<Plan>,
    mode: Mode,
    again: Option<Box<Call>>,
) -> Result<RawResponse, OpaqueBox<Fault>> {
    #[cfg(feature = "tracing")]
    let span = crate::trace::span(&plan);
    let progress = Progress::default();
    let operation = plan.operation.id;
    let mut run = Run::new(&mut plan, mode, &progress);
    let (timeout, deadline, clock) = (run.timeout(), run.deadline, &*run.shared.wire.clock);
    // In place: the whole call is on the heap already.
    let future = std::pin::pin!(run.until_answered());
    let outcome = Timed::new(future, deadline, clock, &progress);
    #[cfg(feature = "tracing")]
    let outcome = tracing::Instrument::instrument(outcome, span.clone());
    let outcome = outcome.await;
    let outcome = outcome.map(|answered| {
        answered.map(|mut answer| {
            answer.again = again;
            answer
        })
    });
    let outcome = outcome.unwrap_or_else(|| {
        let mut fault = Fault::new(operation, Cause::Timeout(timeout.unwrap_or_default()));
        fault.attempts = progress.attempts.load(Ordering::Relaxed);
        Err(fault)
    });
    #[cfg(feature = "tracing")]
    crate::trace::record(&span, &outcome);
    outcome
}

impl<'a> Run<'a> {
    fn new(plan: &'a mut Plan, mode: Mode, progress: &'a Progress) -> Self {
        let mut run = Self {
            shared: &plan.shared,
            operation: plan.operation,
            needs: plan.needs,
            settings: plan.settings.as_deref(),
            draft: &mut plan.draft,
            mode,
            used: Used::default(),
            spent: false,
            answered: false,
            progress,
            deadline: None,
        };
        let timeout = run.timeout();
        run.deadline = timeout.map(|timeout| run.now().saturating_add(timeout));
        run
    }

    fn now(&self) -> Duration {
        self.shared.wire.clock.now()
    }

    fn timeout(&self) -> Option<Duration> {
        let own = self.settings.and_then(|settings| settings.timeout);
        own.unwrap_or(self.shared.timeout)
    }

    fn retry(&self) -> &RetryPolicy {
        let own = self.settings;
        let own = own.and_then(|settings| settings.retry.as_ref());
        own.unwrap_or(&self.shared.retry)
    }

    fn max_body_bytes(&self) -> usize {
        let own = self.settings;
        let own = own.and_then(|settings| settings.max_body_bytes);
        own.unwrap_or(self.shared.max_body_bytes)
    }

    async fn until_answered(&mut self) -> Result<RawResponse, OpaqueBox<Fault>> {
        let mut number = 0;
        loop {
            number += 1;
            let mut outcome = self.attempt().await;
            let attempts = self.progress.attempts.load(Ordering::Relaxed);
            match &mut outcome {
                Ok(answer) => answer.attempts = attempts,
                Err(fault) => fault.attempts = attempts,
            }
            let Some(pause) = self.pause(number, &outcome) else {
                return outcome;
            };
            self.shared.wire.clock.sleep(pause).await;
        }
    }

    /// The pause before another try, where there is to be one.
    fn pause(
        &self,
        number: u32,
        outcome: &Result<RawResponse, OpaqueBox<Fault>>,
    ) -> Option<Duration> {
        let (status, asked, transient, unseen) = match outcome {
            Ok(answer) => {
                let status = answer.status();
                (
                    Some(status),
                    answer.retry_after,
                    is_transient(status),
                    false,
                )
            }
            Err(fault) => {
                let refused = matches!(&fault.cause, Cause::Transport(error) if error.failure() == TransportFailure::Connect);
                let unseen = refused && !self.answered;
                let transport = matches!(&fault.cause, Cause::Transport(_));
                (
                    fault.kept.status,
                    fault.retry_after,
                    transport && fault.is_retryable(),
                    unseen,
                )
            }
        };
        if !transient && status.is_some_and(|status| status.is_success()) {
            self.shared.budget.give();
        }
        if self.spent {
            return None;
        }
        let attempt = Attempt {
            number,
            status,
            safe: unseen || self.is_idempotent(),
            transient,
        };
        let pause = self.retry().pause(&attempt, asked, &self.shared.budget)?;
        let end = self.now().saturating_add(pause);
        self.deadline
            .is_none_or(|deadline| end < deadline)
            .then_some(pause)
    }

    /// Whether sending twice does no more than sending once (RFC 9110, section 9.2.2), or the server knows by a key.
    fn is_idempotent(&self) -> bool {
        let operation = self.operation;
        let key = operation.idempotency_key.unwrap_or("idempotency-key");
        operation.idempotent
            || matches!(
                operation.method,
                "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
            )
            || self.draft.has_header(key)
    }
}

#[cfg(test)]
mod tests {
    /// The future of every call: what grows here is paid for by all. What is larger than this, glibc's allocator does not
    /// keep at hand for the thread.
    #[test]
    fn a_call_on_its_way_is_small() {
        fn size<F: std::future::Future>(
            _: impl Fn(Box<super::Plan>, super::Mode, Option<Box<super::Call>>) -> F,
        ) -> usize {
            size_of::<F>()
        }
        let limit = if cfg!(feature = "tracing") { 976 } else { 896 };
        assert!(size(super::run) <= limit, "{}", size(super::run));
    }
}
