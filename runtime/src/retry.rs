//! Retries: the conditions under which a call is tried again, and the pauses before.

use crate::clock::EVER;
use crate::futures::MaybeSendSync;
use crate::random;
use http::header::{HeaderMap, DATE, RETRY_AFTER};
use http::StatusCode;
use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

/// The outcome of one try, for a rule given to [`RetryPolicy::when`].
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
    /// The number of tries so far, this one included: 1 for the first.
    pub number: u32,
    /// The reply's status; `None` where there was no reply.
    pub status: Option<StatusCode>,
    /// True where sending the request again is safe: the method (RFC 9110, section 9.2.2) or an idempotency key makes it so, or
    /// no server has seen anything of it.
    pub safe: bool,
    /// True where another try may help: after 408, 429, most of 5xx, or a broken connection.
    pub transient: bool,
}

/// A caller's own rule; a trait of its own so that the bound can differ on wasm32.
trait Rule: MaybeSendSync {
    fn again(&self, attempt: &Attempt) -> bool;
}

impl<F: Fn(&Attempt) -> bool + MaybeSendSync> Rule for F {
    fn again(&self, attempt: &Attempt) -> bool {
        self(attempt)
    }
}

/// The policy by which calls are tried again. The default: up to three tries of what is safe to send twice, with pauses of full jitter that
/// grow from 0.25 to 20 seconds, and at least as long as the server asks for in `Retry-After`, up to a minute.
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
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            first_pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            rule: None,
        }
    }
}

impl RetryPolicy {
    /// Creates the policy that tries each call once.
    #[must_use]
    pub fn off() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets how often a call is sent at most, the first time included; 3 by default. 0 and 1 both mean once.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the bounds of the pause before a further try: before the second it is a random time of up to `min`, each time of up
    /// to twice as much as before, and never more than `max`. By default 0.25 and 20 seconds.
    #[must_use]
    pub fn backoff(mut self, min: Duration, max: Duration) -> Self {
        self.first_pause = min;
        self.longest_pause = max;
        self
    }

    /// Sets the longest `Retry-After` (RFC 9110, section 10.2.3) that is waited for, by default a minute. A longer one ends the
    /// call, and [`Error::retry_after`](crate::Error::retry_after) has it.
    #[must_use]
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Sets the caller's own rule, in place of `attempt.safe && attempt.transient`; [`Self::max_attempts`] and the pauses hold all
    /// the same.
    #[must_use]
    pub fn when(mut self, rule: impl Fn(&Attempt) -> bool + MaybeSendSync + 'static) -> Self {
        self.rule = Some(Arc::new(rule));
        self
    }

    /// The pause before the next try, or `None` where there is to be none.
    pub(crate) fn pause(
        &self,
        attempt: &Attempt,
        asked: Option<Duration>,
        budget: &Budget,
    ) -> Option<Duration> {
        let wanted = match &self.rule {
            Some(rule) => rule.again(attempt),
            None => attempt.safe && attempt.transient,
        };
        let impatient = asked.is_some_and(|asked| asked > self.max_retry_after);
        if !wanted || impatient || attempt.number >= self.max_attempts || !budget.take() {
            return None;
        }
        let doublings = attempt.number.saturating_sub(1).min(30);
        let bound = self.first_pause.saturating_mul(1 << doublings);
        // A number of seconds near the longest one would be rounded beyond it.
        let bound = bound.min(self.longest_pause).min(EVER);
        let pause = bound.mul_f64(random::fraction());
        // What the server asks for is the least; no wait at all would only add to its load.
        Some(asked.map_or(pause, |asked| asked.max(pause)))
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("max_attempts", &self.max_attempts)
            .finish_non_exhaustive()
    }
}

/// How many more tries a client may make: where everything fails, retries would only add to the load.
///
/// A retry takes five, a call that succeeds gives one back.
#[derive(Debug)]
pub(crate) struct Budget(AtomicI64);

const FULL: i64 = 500;
const PRICE: i64 = 5;

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicI64::new(FULL))
    }
}

impl Budget {
    fn take(&self) -> bool {
        let enough = |left: i64| (left >= PRICE).then_some(left - PRICE);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, enough)
            .is_ok()
    }

    pub(crate) fn refill(&self) {
        let more = |left: i64| (left < FULL).then_some(left + 1);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more)
            .ok();
    }
}

/// `Retry-After` (RFC 9110, section 10.2.3), as a time from now. A date is compared with the server's own `Date`.
pub(crate) fn retry_after(headers: &HeaderMap, since_epoch: Duration) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than a number holds is longer than anybody waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = http_date(value)?;
    let server = headers
        .get(DATE)
        .and_then(|date| http_date(date.to_str().ok()?));
    let now = server.unwrap_or(Duration::from_secs(since_epoch.as_secs()));
    Some(until.saturating_sub(now))
}

/// The time since 1970 of a date in any of the three forms of RFC 9110, section 5.6.7.
fn http_date(text: &str) -> Option<Duration> {
    let date = httpdate::parse_http_date(text).ok()?;
    date.duration_since(UNIX_EPOCH).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(after: &str, date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        retry_after(&headers, Duration::from_secs(784_111_770))
    }

    #[test]
    fn both_forms_of_retry_after() {
        assert_eq!(asked("7", None), Some(Duration::from_secs(7)));
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(asked(date, None), Some(Duration::from_secs(7)));
        assert_eq!(
            asked("Sunday, 06-Nov-94 08:49:37 GMT", None),
            Some(Duration::from_secs(7))
        );
        assert_eq!(
            asked("Sun Nov  6 08:49:37 1994", None),
            Some(Duration::from_secs(7))
        );
        assert_eq!(
            asked(date, Some("Sun, 06 Nov 1994 08:49:35 GMT")),
            Some(Duration::from_secs(2))
        );
        assert_eq!(
            asked(date, Some("Mon, 07 Nov 1994 08:49:35 GMT")),
            Some(Duration::ZERO)
        );
        assert_eq!(
            asked("99999999999999999999999", None),
            Some(Duration::from_secs(u64::MAX))
        );
        assert_eq!(asked("", None), None);
        assert_eq!(asked("soon", None), None);
        assert_eq!(asked("-1", None), None);
    }

    #[test]
    fn the_budget_runs_out_and_fills_again() {
        let budget = Budget::default();
        let taken = (0..1000).filter(|_| budget.take()).count();
        assert_eq!(taken, 100);
        (0..5).for_each(|_| budget.refill());
        assert!(budget.take() && !budget.take());
        let full = Budget::default();
        (0..50).for_each(|_| full.refill());
        assert_eq!((0..1000).filter(|_| full.take()).count(), 100);
    }

    #[test]
    fn it_is_shown_with_its_tries() {
        assert_eq!(
            format!("{:?}", RetryPolicy::default().max_attempts(7)),
            "RetryPolicy { max_attempts: 7, .. }"
        );
    }

    #[test]
    fn pauses_grow_within_their_bounds() {
        let retry = RetryPolicy::default().max_attempts(9);
        let mut attempt = Attempt {
            number: 1,
            status: None,
            safe: true,
            transient: true,
        };
        for (number, bound) in [(1, 250), (2, 500), (3, 1000), (8, 20_000)] {
            attempt.number = number;
            let budget = Budget::default();
            let backoff = (0..64).map(|_| retry.pause(&attempt, None, &budget).unwrap());
            let longest = backoff.max().unwrap();
            // That all of 64 are in the lower half happens once in 2^64 times.
            let bounds = [bound / 2, bound].map(Duration::from_millis);
            assert!(
                longest > bounds[0] && longest <= bounds[1],
                "{number}: {longest:?}"
            );
        }
        attempt.number = 9;
        assert_eq!(retry.pause(&attempt, None, &Budget::default()), None);
        attempt = Attempt {
            number: 1,
            safe: false,
            ..attempt
        };
        assert_eq!(retry.pause(&attempt, None, &Budget::default()), None);
        assert!(retry
            .when(|a| a.transient)
            .pause(&attempt, None, &Budget::default())
            .is_some());
    }

    #[test]
    fn extreme_times_and_a_server_that_asks_for_none() {
        let retry = RetryPolicy::default().max_attempts(9);
        let attempt = Attempt {
            number: 9 - 1,
            status: None,
            safe: true,
            transient: true,
        };
        let pause = |retry: &RetryPolicy, asked| {
            let all = (0..64).filter_map(|_| retry.pause(&attempt, asked, &Budget::default()));
            all.max().unwrap()
        };
        assert!(pause(&retry, Some(Duration::ZERO)) > Duration::from_secs(1));
        let asked = Some(Duration::from_secs(60));
        assert_eq!(pause(&retry, asked), Duration::from_secs(60));
        let endless = retry.backoff(Duration::MAX, Duration::MAX);
        assert!(pause(&endless, None) <= EVER);
    }

    #[test]
    fn a_full_budget_is_given_nothing() {
        let budget = Budget::default();
        budget.refill();
        assert_eq!((0..101).filter(|_| budget.take()).count(), 100);
        (0..4).for_each(|_| budget.refill());
        assert!(!budget.take());
        budget.refill();
        assert!(budget.take());
    }
}
