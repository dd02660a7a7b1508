//! Retries: the conditions under which a call is tried again, and the pauses before.

mod budget;

pub use budget::RetryBudget;

use crate::clock::MAX_SLEEP;
use crate::error::ResponseHead;
use crate::futures::MaybeSendSync;
use crate::random;
use http::StatusCode;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The outcome of one attempt, for the rule of [`RetryPolicy::when`].
///
/// ```
/// use typewright_runtime::http::StatusCode;
/// use typewright_runtime::retry::{Attempt, RetryPolicy};
///
/// fn conflicts(attempt: &Attempt) -> bool {
///     attempt.status == Some(StatusCode::CONFLICT) || (attempt.safe && attempt.transient)
/// }
/// let policy = RetryPolicy::default().when(conflicts);
/// # drop(policy);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The number of attempts so far, including this one: 1 for the first.
    pub number: u32,
    /// The response's status; `None` without a response.
    pub status: Option<StatusCode>,
    /// `true` if sending the request again is safe: by the method (RFC 9110, section 9.2.2), by an idempotency key, or as no part
    /// of it reached a server.
    pub safe: bool,
    /// `true` if another attempt may succeed: after 408, 429, most of 5xx, a broken connection, or an attempt that was not finished in
    /// time.
    pub transient: bool,
}

/// A rule of the caller; a trait, so that the bound can differ on wasm32.
trait Rule: MaybeSendSync {
    fn is_retried(&self, attempt: &Attempt) -> bool;
}

impl<F: Fn(&Attempt) -> bool + MaybeSendSync> Rule for F {
    fn is_retried(&self, attempt: &Attempt) -> bool {
        self(attempt)
    }
}

/// The policy by which failed calls are sent again. By default calls that are safe to repeat have up to three attempts, with
/// pauses of full jitter that grow from 0.25 to 20 seconds and are at least as long as the server's `Retry-After`, up to a minute.
/// They stop when too many calls fail: [`RetryBudget`] says when.
///
/// ```
/// use typewright_runtime::retry::RetryPolicy;
/// let often = RetryPolicy::default().max_attempts(6);
/// let never = RetryPolicy::off();
/// ```
#[derive(Clone)]
pub struct RetryPolicy {
    max_attempts: u32,
    first_pause: Duration,
    longest_pause: Duration,
    max_retry_after: Duration,
    rule: Option<Arc<dyn Rule>>,
    budget: Option<RetryBudget>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            first_pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            rule: None,
            budget: None,
        }
    }
}

impl RetryPolicy {
    /// Creates a policy without retries.
    #[must_use]
    pub fn off() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the limit of attempts, including the first; 3 by default. 0 and 1 both mean no retries.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the bounds of the pause between attempts. The first pause is a random time of up to `min`; its bound doubles each time
    /// up to `max`. The defaults are 0.25 and 20 seconds.
    #[must_use]
    pub fn backoff(mut self, min: Duration, max: Duration) -> Self {
        self.first_pause = min;
        self.longest_pause = max;
        self
    }

    /// Sets the longest `Retry-After` (RFC 9110, section 10.2.3) after which a call is sent again, by default a minute. If it is
    /// longer, the call fails, and [`Error::retry_after`](crate::Error::retry_after) has it.
    ///
    /// A 429 without it whose [`RateLimit`](crate::RateLimit) leaves no requests is repeated after the reset where that is as near;
    /// a reset that is further away counts as none, since services mean different things by it.
    #[must_use]
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Sets the rule by which an attempt is repeated, in place of `attempt.safe && attempt.transient`. [`Self::max_attempts`] and
    /// the pauses still apply.
    #[must_use]
    pub fn when(mut self, rule: impl Fn(&Attempt) -> bool + MaybeSendSync + 'static) -> Self {
        self.rule = Some(Arc::new(rule));
        self
    }

    /// Sets the budget of retries, in place of the default one. That of a client's policy is for all of its calls and shared by its
    /// clones; a call with a policy of its own takes its retries from the budget of that, or else from the client's.
    #[must_use]
    pub fn budget(mut self, budget: RetryBudget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// `true` if a rule of the caller decides which outcomes are repeated.
    pub(crate) fn has_rule(&self) -> bool {
        self.rule.is_some()
    }

    /// The budget that was set.
    pub(crate) fn own_budget(&self) -> Option<&RetryBudget> {
        self.budget.as_ref()
    }

    /// The wait for the reset of a rate limit that is spent, where it is short enough.
    pub(crate) fn wait_for_reset(&self, head: &ResponseHead) -> Option<Duration> {
        if head.status != StatusCode::TOO_MANY_REQUESTS {
            return None;
        }
        let limit =
            head.rate_limit().filter(|limit| limit.remaining().is_none_or(|left| left == 0));
        limit?.reset().filter(|reset| *reset <= self.max_retry_after)
    }

    /// The pause before the next attempt, or `None` if there is none.
    pub(crate) fn pause(
        &self,
        attempt: &Attempt,
        retry_after: Option<Duration>,
        (budget, now): (&RetryBudget, Duration),
    ) -> Option<Duration> {
        let is_retried = match &self.rule {
            Some(rule) => rule.is_retried(attempt),
            None => attempt.safe && attempt.transient,
        };
        let is_too_late = retry_after.is_some_and(|pause| pause > self.max_retry_after);
        if !is_retried || is_too_late || attempt.number >= self.max_attempts || !budget.spend(now) {
            return None;
        }
        let doublings = attempt.number.saturating_sub(1).min(30);
        let bound = self.first_pause.saturating_mul(1 << doublings);
        // The product of a duration near the longest one would be rounded beyond it.
        let bound = bound.min(self.longest_pause).min(MAX_SLEEP);
        let pause = bound.mul_f64(random::fraction());
        // The server's time is the least; without the policy's own pause, `0` would only add to its load.
        Some(retry_after.map_or(pause, |server| server.max(pause)))
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("max_attempts", &self.max_attempts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_has_the_attempts() {
        assert_eq!(
            format!("{:?}", RetryPolicy::default().max_attempts(7)),
            "RetryPolicy { max_attempts: 7, .. }"
        );
    }

    #[test]
    fn pauses_grow_within_their_bounds() {
        let retry = RetryPolicy::default().max_attempts(9);
        let mut attempt = Attempt { number: 1, status: None, safe: true, transient: true };
        for (number, bound) in [(1, 250), (2, 500), (3, 1000), (8, 20_000)] {
            attempt.number = number;
            let budget = RetryBudget::default();
            let backoff =
                (0..64).map(|_| retry.pause(&attempt, None, (&budget, Duration::ZERO)).unwrap());
            let longest = backoff.max().unwrap();
            // That all of 64 are in the lower half happens once in 2^64 times.
            let bounds = [bound / 2, bound].map(Duration::from_millis);
            assert!(longest > bounds[0] && longest <= bounds[1], "{number}: {longest:?}");
        }
        attempt.number = 9;
        assert_eq!(retry.pause(&attempt, None, (&RetryBudget::default(), Duration::ZERO)), None);
        attempt = Attempt { number: 1, safe: false, ..attempt };
        assert_eq!(retry.pause(&attempt, None, (&RetryBudget::default(), Duration::ZERO)), None);
        assert!(retry
            .when(|a| a.transient)
            .pause(&attempt, None, (&RetryBudget::default(), Duration::ZERO))
            .is_some());
    }

    #[test]
    fn extreme_times_and_a_retry_after_of_zero() {
        let retry = RetryPolicy::default().max_attempts(9);
        let attempt = Attempt { number: 9 - 1, status: None, safe: true, transient: true };
        let pause = |retry: &RetryPolicy, retry_after| {
            let all = (0..64).filter_map(|_| {
                retry.pause(&attempt, retry_after, (&RetryBudget::default(), Duration::ZERO))
            });
            all.max().unwrap()
        };
        assert!(pause(&retry, Some(Duration::ZERO)) > Duration::from_secs(1));
        let minute = Some(Duration::from_secs(60));
        assert_eq!(pause(&retry, minute), Duration::from_secs(60));
        let endless = retry.backoff(Duration::MAX, Duration::MAX);
        assert!(pause(&endless, None) <= MAX_SLEEP);
    }
}
