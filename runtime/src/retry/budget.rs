//! The budget of retries.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The retries that a client may still send, in the manner of a token bucket. Retries would only add to the load of a server that
/// fails always: once the budget is spent, calls fail after their first attempt.
///
/// It is full at first. Each retry takes one out of it, and calls that go well earn others. Clones share what is left, and so do the
/// clones of a client; two clients share a budget if both are given a clone of it.
///
/// The default is `RetryBudget::new(100)`: a hundred retries, and one more for every five successful calls, so that in the long run
/// a call in six is a retry at most. Every client has it unless its policy says otherwise, by [`RetryPolicy::budget`].
///
/// ```
/// use std::time::Duration;
/// use typewright_runtime::retry::{RetryBudget, RetryPolicy};
///
/// // At most 20 retries at once; ten calls that go well, or a minute, earn another.
/// let budget = RetryBudget::new(20).earned_by(10).refilled_every(Duration::from_secs(60));
/// let policy = RetryPolicy::default().budget(budget.clone());
/// assert_eq!(budget.left(), 20);
/// # drop(policy);
/// ```
///
/// [`RetryPolicy::budget`]: super::RetryPolicy::budget
#[derive(Clone)]
pub struct RetryBudget {
    /// The most units that it holds; `None` without a limit.
    full: Option<i64>,
    /// Units that a retry costs: the number of successful calls that earn it.
    price: i64,
    /// `true` if successful calls earn retries.
    is_earned: bool,
    period: Option<Duration>,
    left: Arc<Left>,
}

/// The part of a budget that its clones share.
struct Left {
    units: AtomicI64,
    /// Time of the client's clock up to which periods have been counted; `None` before the first retry.
    refilled: Mutex<Option<Duration>>,
}

/// Successful calls that earn a retry by default.
const EARNED_BY: u32 = 5;
/// Retries of the default budget.
const RETRIES: u32 = 100;

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(RETRIES)
    }
}

impl RetryBudget {
    /// Creates a budget of so many retries, one of which is earned by every five successful calls.
    #[must_use]
    pub fn new(retries: u32) -> Self {
        Self::with(Some(retries), EARNED_BY)
    }

    /// Creates a budget that is never spent.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::with(None, EARNED_BY)
    }

    fn with(retries: Option<u32>, calls: u32) -> Self {
        let price = i64::from(calls.max(1));
        let full = retries.map(|retries| i64::from(retries) * price);
        let units = AtomicI64::new(full.unwrap_or_default());
        let left = Arc::new(Left { units, refilled: Mutex::new(None) });
        Self { full, price, is_earned: calls > 0, period: None, left }
    }

    /// Sets the number of successful calls that earn a retry; with 0 none does. The budget that this returns is full, and shares
    /// nothing with the one before.
    #[must_use]
    pub fn earned_by(self, calls: u32) -> Self {
        let retries = self.full.and_then(|full| u32::try_from(full / self.price).ok());
        Self { period: self.period, ..Self::with(retries, calls) }
    }

    /// Adds a retry each time that this has passed, by the client's clock, so that clients with few calls get theirs back; by
    /// default, and with [`Duration::ZERO`], time adds none.
    #[must_use]
    pub fn refilled_every(mut self, period: Duration) -> Self {
        self.period = Some(period).filter(|period| !period.is_zero());
        self
    }

    /// The number of retries that are left, without those that have been earned by time since the last one; [`u32::MAX`] of a budget
    /// that is never spent.
    #[must_use]
    pub fn left(&self) -> u32 {
        let left = self.left.units.load(Ordering::Relaxed) / self.price;
        self.full.and_then(|_| u32::try_from(left).ok()).unwrap_or(u32::MAX)
    }

    /// Takes a retry; `false` where none is left.
    pub(crate) fn spend(&self, now: Duration) -> bool {
        if self.full.is_none() {
            return true;
        }
        self.refill(now);
        let enough = |left: i64| (left >= self.price).then_some(left - self.price);
        self.left.units.fetch_update(Ordering::Relaxed, Ordering::Relaxed, enough).is_ok()
    }

    /// Counts a successful call.
    pub(crate) fn earn(&self) {
        if self.is_earned {
            self.add(1);
        }
    }

    fn add(&self, units: i64) {
        let full = self.full.unwrap_or_default();
        let more = |left: i64| (left < full).then(|| left.saturating_add(units).min(full));
        self.left.units.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok();
    }

    /// Adds the retries of the periods that have ended.
    fn refill(&self, now: Duration) {
        let Some(period) = self.period else {
            return;
        };
        let mut refilled = self.left.refilled.lock().unwrap_or_else(PoisonError::into_inner);
        let since = *refilled.get_or_insert(now);
        let elapsed = now.saturating_sub(since);
        let periods = elapsed.as_nanos() / period.as_nanos();
        if periods > 0 {
            let rest = u64::try_from(elapsed.as_nanos() % period.as_nanos()).unwrap_or(u64::MAX);
            *refilled = Some(now.saturating_sub(Duration::from_nanos(rest)));
            self.add(i64::try_from(periods).unwrap_or(i64::MAX).saturating_mul(self.price));
        }
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryBudget").field("left", &self.left()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The retries that can be taken at once, of up to a thousand.
    fn taken(budget: &RetryBudget, seconds: u64) -> usize {
        (0..1000).filter(|_| budget.spend(Duration::from_secs(seconds))).count()
    }

    #[test]
    fn the_budget_runs_out_and_fills_again() {
        let budget = RetryBudget::default();
        assert_eq!((taken(&budget, 0), budget.left()), (100, 0));
        (0..5).for_each(|_| budget.earn());
        assert_eq!(taken(&budget, 1_000_000), 1);
        let full = RetryBudget::default();
        (0..50).for_each(|_| full.earn());
        assert_eq!(taken(&full, 0), 100);
    }

    #[test]
    fn a_full_budget_stays_full() {
        let budget = RetryBudget::default();
        budget.earn();
        assert_eq!(taken(&budget, 0), 100);
        (0..4).for_each(|_| budget.earn());
        assert!(!budget.spend(Duration::ZERO));
        budget.earn();
        assert!(budget.spend(Duration::ZERO));
    }

    #[test]
    fn others_are_earned_by_other_numbers_of_calls() {
        for (calls, successes, earned) in [(1, 2, 2), (3, 5, 1), (10, 9, 0), (0, 1000, 0)] {
            let budget = RetryBudget::new(7).earned_by(calls);
            assert_eq!(taken(&budget, 0), 7);
            (0..successes).for_each(|_| budget.earn());
            assert_eq!(taken(&budget, 0), earned, "{calls}");
        }
        assert_eq!(taken(&RetryBudget::new(0), 0), 0);
        let unlimited = RetryBudget::unlimited().earned_by(3);
        assert_eq!((taken(&unlimited, 0), unlimited.left()), (1000, u32::MAX));
    }

    #[test]
    fn time_adds_a_retry_in_each_period() {
        let budget = RetryBudget::new(3).refilled_every(Duration::from_secs(10));
        for (now, expected) in [(5, 3), (14, 0), (15, 1), (34, 1), (35, 1), (1000, 3)] {
            assert_eq!(taken(&budget, now), expected, "{now}");
        }
        let unending = RetryBudget::new(1).refilled_every(Duration::MAX);
        assert_eq!((taken(&unending, 0), taken(&unending, u64::MAX - 1)), (1, 0));
        let quick = RetryBudget::new(2).refilled_every(Duration::from_nanos(1));
        assert_eq!((taken(&quick, 0), taken(&quick, u64::MAX)), (2, 2));
        let never = RetryBudget::new(1).refilled_every(Duration::ZERO);
        assert_eq!((taken(&never, 0), taken(&never, 1000)), (1, 0));
    }

    #[test]
    fn clones_share_what_is_left() {
        let budget = RetryBudget::new(2);
        assert!(budget.clone().spend(Duration::ZERO));
        assert_eq!(format!("{budget:?}"), "RetryBudget { left: 1, .. }");
    }
}
