//! Sends a call: credentials, redirects, further tries, and the reply read and matched.

mod attempt;
mod reading;

pub(crate) use reading::Witness;

use crate::answer::Answer;
use crate::body::Body;
use crate::boxed::{BoxFuture, Within};
use crate::call::Call;
use crate::client::Shared;
use crate::credentials::Used;
use crate::data::{Need, OperationData};
use crate::error::{Cause, Fault};
use crate::retry::{is_transient, Attempt, Retry};
use crate::transport::TransportFailure;
use http::{HeaderMap, Method, Uri};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;
use std::time::Duration;

/// What a call sends, before credentials.
pub(crate) struct Plan {
    pub(crate) shared: Arc<Shared>,
    pub(crate) operation: &'static OperationData,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) needs: &'static [Need],
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Retry,
    pub(crate) longest_body: usize,
}

/// A call on its way.
struct Run {
    plan: Box<Plan>,
    streamed: bool,
    used: Used,
    /// Whether a body that exists once has left.
    spent: bool,
    attempts: Arc<AtomicU32>,
    deadline: Option<Duration>,
}

/// Sends the call until it is answered or its time is over.
pub(crate) fn execute(call: Call, streamed: bool) -> BoxFuture<Result<Answer, Box<Fault>>> {
    let again = if streamed { call.try_clone() } else { None };
    let again = again.map(Box::new);
    // Small things are moved into the future, since each move is a copy: the plan is on the heap, and so is what few
    // calls need.
    match call.plan() {
        Ok(plan) => Box::pin(run(plan, streamed, again)),
        Err(fault) => Box::pin(std::future::ready(Err(fault))),
    }
}

async fn run(
    plan: Box<Plan>,
    streamed: bool,
    again: Option<Box<Call>>,
) -> Result<Answer, Box<Fault>> {
    let clock = Arc::clone(&plan.shared.wire.clock);
    let (timeout, operation) = (plan.timeout, plan.operation.id);
    let attempts = Arc::new(AtomicU32::new(0));
    let run = Run {
        plan,
        streamed,
        used: Used::default(),
        spent: false,
        attempts: Arc::clone(&attempts),
        deadline: timeout.map(|timeout| clock.now().saturating_add(timeout)),
    };
    #[cfg(feature = "tracing")]
    let span = crate::trace::span(&run.plan);
    // In place: the whole call is on the heap already.
    let future = std::pin::pin!(run.until_answered());
    let limit = timeout.map(|timeout| clock.sleep(timeout));
    let outcome = Within { future, limit };
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
        fault.attempts = attempts.load(Ordering::Relaxed);
        Err(fault)
    });
    #[cfg(feature = "tracing")]
    crate::trace::record(&span, &outcome);
    outcome
}

impl Run {
    async fn until_answered(mut self) -> Result<Answer, Box<Fault>> {
        let clock = Arc::clone(&self.plan.shared.wire.clock);
        let mut number = 0;
        loop {
            number += 1;
            let mut outcome = self.attempt().await;
            let attempts = self.attempts.load(Ordering::Relaxed);
            match &mut outcome {
                Ok(answer) => answer.attempts = attempts,
                Err(fault) => fault.attempts = attempts,
            }
            let Some(pause) = self.pause(number, &outcome) else {
                return outcome;
            };
            clock.sleep(pause).await;
        }
    }

    /// The pause before another try, where there is to be one.
    fn pause(&self, number: u32, outcome: &Result<Answer, Box<Fault>>) -> Option<Duration> {
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
                let unseen = matches!(&fault.cause, Cause::Transport(error) if error.failure() == TransportFailure::Connect);
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
            self.plan.shared.budget.give();
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
        let pause = self
            .plan
            .retry
            .pause(&attempt, asked, &self.plan.shared.budget)?;
        let end = self.plan.shared.wire.clock.now().saturating_add(pause);
        self.deadline
            .is_none_or(|deadline| end < deadline)
            .then_some(pause)
    }

    /// Whether sending twice does no more than sending once (RFC 9110, section 9.2.2), or the server knows by a key.
    fn is_idempotent(&self) -> bool {
        let operation = self.plan.operation;
        let key = operation.idempotency_key.unwrap_or("idempotency-key");
        operation.idempotent
            || matches!(
                operation.method,
                "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
            )
            || self.plan.headers.contains_key(key)
    }
}

#[cfg(test)]
mod tests {
    /// The future of every call: what grows here is paid for by all.
    #[test]
    fn a_call_on_its_way_is_small() {
        fn size<F: std::future::Future>(
            _: impl Fn(Box<super::Plan>, bool, Option<Box<super::Call>>) -> F,
        ) -> usize {
            size_of::<F>()
        }
        assert!(size(super::run) < 3000);
    }
}
