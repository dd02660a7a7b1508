//! A clock that tests set.

use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;
use tokio::sync::Notify;
use typewright_runtime::codegen::v1::{self, BoxFuture};

/// A clock that stands still until it is advanced.
///
/// Short sleeps, the pauses of the code under test, can be skipped: each advances the clock and is recorded. Longer ones, which
/// are time limits, end when the clock has come so far.
#[derive(Clone)]
pub struct TestClock(Arc<Inner>);

struct Inner {
    longest_skipped: Duration,
    state: Mutex<State>,
    is_asleep: Notify,
}

#[derive(Default)]
struct State {
    now: Duration,
    pauses: Vec<Duration>,
    sleepers: Vec<Waker>,
}

impl State {
    fn advance(&mut self, duration: Duration) {
        self.now = self.now.saturating_add(duration);
        self.sleepers.drain(..).for_each(Waker::wake);
    }
}

impl TestClock {
    /// A clock that only [`Self::advance`] advances.
    pub fn still() -> Self {
        Self::skipping(Duration::ZERO)
    }

    /// A clock that skips sleeps up to this length.
    pub fn skipping(longest_skipped: Duration) -> Self {
        let state = Mutex::default();
        Self(Arc::new(Inner { longest_skipped, state, is_asleep: Notify::new() }))
    }

    pub fn advance(&self, duration: Duration) {
        self.0.state.lock().unwrap().advance(duration);
    }

    /// The sleeps that were skipped.
    pub fn pauses(&self) -> Vec<Duration> {
        self.0.state.lock().unwrap().pauses.clone()
    }

    /// Waits until a sleep begins that only [`Self::advance`] ends.
    pub async fn sleeper(&self) {
        self.0.is_asleep.notified().await;
    }
}

impl v1::Clock for TestClock {
    fn now(&self) -> Duration {
        self.0.state.lock().unwrap().now
    }

    /// 1994-11-06T08:49:37Z, the date of RFC 9110's examples, and on.
    fn since_epoch(&self) -> Duration {
        Duration::from_secs(784_111_777).saturating_add(self.now())
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let clock = Arc::clone(&self.0);
        if duration <= clock.longest_skipped {
            return Box::pin(async move {
                let mut state = clock.state.lock().unwrap();
                state.advance(duration);
                state.pauses.push(duration);
            });
        }
        let end = self.now().saturating_add(duration);
        Box::pin(std::future::poll_fn(move |context| {
            let mut state = clock.state.lock().unwrap();
            if state.now >= end {
                return Poll::Ready(());
            }
            state.sleepers.push(context.waker().clone());
            clock.is_asleep.notify_waiters();
            Poll::Pending
        }))
    }
}
