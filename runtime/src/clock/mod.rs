//! Clocks: elapsed time, wall-clock time and timers.

#[cfg(not(target_arch = "wasm32"))]
mod timer;

use crate::futures::{BoxFuture, MaybeSendSync};
use std::time::Duration;

/// The longest time that timers receive, as longer ones would exceed their range.
pub(crate) const MAX_SLEEP: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// The clock of a client. Tests replace it by one that they set.
///
/// ```
/// use std::time::Duration;
/// use typewright_runtime::transport::{BoxFuture, Clock};
/// /// A clock that stands still, and never waits.
/// struct Still;
/// impl Clock for Still {
///     fn now(&self) -> Duration {
///         Duration::ZERO
///     }
///     fn since_epoch(&self) -> Duration {
///         Duration::from_secs(1_700_000_000)
///     }
///     fn sleep(&self, _: Duration) -> BoxFuture<()> {
///         Box::pin(std::future::ready(()))
///     }
/// }
/// ```
pub trait Clock: MaybeSendSync + 'static {
    /// The time since a fixed moment; it never decreases.
    fn now(&self) -> Duration;
    /// The time since 1970-01-01T00:00:00Z.
    fn since_epoch(&self) -> Duration;
    /// Waits for this time, which may be as long as [`Duration::MAX`].
    fn sleep(&self, duration: Duration) -> BoxFuture<()>;
}

/// The system's clock, with the timer of the asynchronous runtime, if there is one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SystemClock;

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::disallowed_methods, reason = "the one place in the runtime that reads the clock")]
impl Clock for SystemClock {
    fn now(&self) -> Duration {
        static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
        START.get_or_init(std::time::Instant::now).elapsed()
    }

    fn since_epoch(&self) -> Duration {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        sleep(duration)
    }
}

#[cfg(all(not(target_arch = "wasm32"), feature = "reqwest"))]
fn sleep(duration: Duration) -> BoxFuture<()> {
    // Inside the future, as a timer can be created only in its runtime.
    Box::pin(async move {
        let duration = duration.min(MAX_SLEEP);
        match tokio::runtime::Handle::try_current() {
            Ok(_) => tokio::time::sleep(duration).await,
            Err(_) => timer::sleep(duration).await,
        }
    })
}

#[cfg(all(not(target_arch = "wasm32"), not(feature = "reqwest")))]
fn sleep(duration: Duration) -> BoxFuture<()> {
    Box::pin(timer::sleep(duration.min(MAX_SLEEP)))
}

/// In the browser there is `Date`, and `setTimeout` through a promise.
#[cfg(target_arch = "wasm32")]
impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.since_epoch()
    }

    fn since_epoch(&self) -> Duration {
        Duration::from_secs_f64(js_sys::Date::now() / 1000.0)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let end = self.now().saturating_add(duration.min(MAX_SLEEP));
        Box::pin(async move {
            // `setTimeout` accepts a signed number of milliseconds, and does not wait at all if it is too large.
            let longest = Duration::from_millis(i32::MAX.unsigned_abs().into());
            loop {
                let left = end.saturating_sub(SystemClock.now());
                if left.is_zero() {
                    return;
                }
                // To the end of the millisecond, as it must not end early.
                let whole = left.min(longest).as_millis() + 1;
                let milliseconds = u32::try_from(whole).unwrap_or(i32::MAX.unsigned_abs());
                gloo_timers::future::TimeoutFuture::new(milliseconds.min(i32::MAX.unsigned_abs()))
                    .await;
            }
        })
    }
}
