//! Time: how long ago, what time is it, wake me later.

use crate::boxed::{BoxFuture, MaybeSendSync};
use std::time::Duration;

/// Where a client gets its time from. Tests give one that they move by hand.
pub trait Clock: MaybeSendSync + 'static {
    /// Time since a moment that stays the same while the program runs; never goes back.
    fn now(&self) -> Duration;
    /// Time since 1970-01-01T00:00:00Z, as the system has it.
    fn since_epoch(&self) -> Duration;
    /// Ends after this time.
    fn sleep(&self, duration: Duration) -> BoxFuture<()>;
}

/// The system's clock, with the timer of the default transport's runtime.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SystemClock;

#[cfg(not(target_arch = "wasm32"))]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place in the runtime that reads the clock"
)]
impl Clock for SystemClock {
    fn now(&self) -> Duration {
        static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
        START.get_or_init(std::time::Instant::now).elapsed()
    }

    fn since_epoch(&self) -> Duration {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        sleep(duration)
    }
}

#[cfg(all(not(target_arch = "wasm32"), feature = "reqwest"))]
fn sleep(duration: Duration) -> BoxFuture<()> {
    // Made inside the future: a timer may only be made where its runtime is running.
    Box::pin(async move { tokio::time::sleep(duration).await })
}

/// Without a runtime of its own the client has a thread count the time.
#[cfg(all(not(target_arch = "wasm32"), not(feature = "reqwest")))]
fn sleep(duration: Duration) -> BoxFuture<()> {
    Box::pin(async move {
        let (wake, woken) = tokio::sync::oneshot::channel::<()>();
        std::thread::spawn(move || {
            std::thread::sleep(duration);
            wake.send(()).ok();
        });
        woken.await.ok();
    })
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
        // `setTimeout` takes a signed number, and does not wait at all for one that is too large.
        let longest = i32::MAX.unsigned_abs();
        let milliseconds =
            u32::try_from(duration.as_millis()).map_or(longest, |time| time.min(longest));
        Box::pin(gloo_timers::future::TimeoutFuture::new(milliseconds))
    }
}
