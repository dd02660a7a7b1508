//! A timer thread for programs without an asynchronous runtime.

use super::{Clock as _, SystemClock};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The time without sleepers after which the thread ends; the next sleeper starts another.
const IDLE: Duration = Duration::from_secs(10);

/// The end of a sleep by the system's clock, and a number that distinguishes sleeps with the same end.
type Key = (Duration, u64);

static TIMER: Timer = Timer {
    state: Mutex::new(State {
        waiting: BTreeMap::new(),
        last_number: 0,
        is_running: false,
        #[cfg(test)]
        threads: 0,
    }),
    changed: Condvar::new(),
};

struct Timer {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    waiting: BTreeMap<Key, Waker>,
    last_number: u64,
    is_running: bool,
    /// Number of threads started so far.
    #[cfg(test)]
    threads: usize,
}

/// Sleeps for this time. Dropping the future removes it from the timer.
pub(super) fn sleep(duration: Duration) -> Sleep {
    Sleep { end: SystemClock.now().saturating_add(duration), number: None }
}

pub(super) struct Sleep {
    end: Duration,
    number: Option<u64>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if SystemClock.now() >= self.end {
            return Poll::Ready(());
        }
        let mut state = TIMER.lock();
        let number = *self.number.get_or_insert_with(|| {
            state.last_number += 1;
            state.last_number
        });
        let waker = context.waker().clone();
        state.waiting.insert((self.end, number), waker);
        if !state.ensure_thread() {
            // Without a thread the future polls the clock.
            context.waker().wake_by_ref();
        }
        let first = state.waiting.first_key_value();
        if first.is_some_and(|(key, _)| *key == (self.end, number)) {
            TIMER.changed.notify_one();
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            let waker = TIMER.lock().waiting.remove(&(self.end, number));
            // After the lock is released, as dropping a waker may drop a whole call.
            drop(waker);
        }
    }
}

impl State {
    /// Starts the thread unless it runs; `false` if that fails.
    fn ensure_thread(&mut self) -> bool {
        if !self.is_running {
            let thread = std::thread::Builder::new().name("typewright-timer".to_owned());
            self.is_running = thread.spawn(|| Running.run()).is_ok();
            #[cfg(test)]
            {
                self.threads += 1;
            }
        }
        self.is_running
    }

    /// Removes the sleeps that have ended.
    fn take_due(&mut self, now: Duration) -> BTreeMap<Key, Waker> {
        let later = self.waiting.split_off(&(now, u64::MAX));
        std::mem::replace(&mut self.waiting, later)
    }
}

impl Timer {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The running thread; dropping it lets the next sleeper start another, even after a panic.
struct Running;

impl Drop for Running {
    fn drop(&mut self) {
        TIMER.lock().is_running = false;
    }
}

impl Running {
    fn run(self) {
        let mut state = TIMER.lock();
        loop {
            let now = SystemClock.now();
            let due = state.take_due(now);
            if !due.is_empty() {
                drop(state);
                due.into_values().for_each(Waker::wake);
                state = TIMER.lock();
                continue;
            }
            let first = state.waiting.first_key_value();
            let pause = first.map_or(IDLE, |((end, _), _)| end.saturating_sub(now).min(IDLE));
            let result = TIMER.changed.wait_timeout(state, pause);
            let (guard, outcome) = result.unwrap_or_else(PoisonError::into_inner);
            state = guard;
            if outcome.timed_out() && pause == IDLE && state.waiting.is_empty() {
                // The lock is still held, so that no sleeper can be added meanwhile.
                state.is_running = false;
                drop(state);
                std::mem::forget(self);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::Arc;
    use std::task::Wake;
    use std::thread::{self, Thread};

    /// Counts the sleeps that end, and wakes the thread of the test.
    struct Count(AtomicUsize, Thread);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
            self.1.unpark();
        }
    }

    /// One test, as they share the one timer of the process.
    #[test]
    fn many_wait_for_one_thread_and_leave_nothing_behind() {
        let count = Arc::new(Count(AtomicUsize::new(0), thread::current()));
        let waker = Waker::from(Arc::clone(&count));
        let mut context = Context::from_waker(&waker);
        let far = [Duration::from_secs(3600), Duration::MAX];
        let mut all: Vec<_> = (0..3000).map(|at| sleep(far[at % 2])).collect();
        // Long enough to be polled before it ends, since the system's clock itself is under test.
        all.extend((0..100).map(|_| sleep(Duration::from_millis(50))));
        for one in &mut all {
            assert!(Pin::new(&mut *one).poll(&mut context).is_pending());
            assert!(Pin::new(&mut *one).poll(&mut context).is_pending());
        }
        while count.0.load(Ordering::SeqCst) < 100 {
            thread::park();
        }
        let ended = all.split_off(3000);
        for mut one in ended {
            assert!(Pin::new(&mut one).poll(&mut context).is_ready());
        }
        assert_eq!(TIMER.lock().waiting.len(), 3000);
        drop(all);
        let state = TIMER.lock();
        assert_eq!((state.waiting.len(), state.threads), (0, 1));
        assert!(state.is_running);
        assert_eq!(count.0.load(Ordering::SeqCst), 100, "none was woken early");
    }
}
