//! The usual loop around a call, by the policy that the generated client has too: up to six attempts, with random pauses that
//! grow from 1 to 9 ms.

use std::future::Future;
use std::time::Duration;

/// A failed attempt.
pub struct Failure {
    /// `true` if another attempt may succeed.
    pub is_transient: bool,
    /// The least pause before it.
    pub retry_after: Duration,
    pub message: String,
}

pub const ATTEMPTS: u32 = 6;
pub const FIRST_PAUSE: Duration = Duration::from_millis(1);
pub const LONGEST_PAUSE: Duration = Duration::from_millis(9);

/// Calls until an attempt succeeds.
pub async fn often<T, F>(mut attempt: impl FnMut() -> F) -> T
where
    F: Future<Output = Result<T, Failure>>,
{
    let mut bound = FIRST_PAUSE;
    for number in 1.. {
        match attempt().await {
            Ok(value) => return value,
            Err(failure) if failure.is_transient && number < ATTEMPTS => {
                let pause = bound.mul_f64(fastrand::f64());
                tokio::time::sleep(pause.max(failure.retry_after)).await;
                bound = (bound * 2).min(LONGEST_PAUSE);
            }
            Err(failure) => panic!("attempt {number}: {}", failure.message),
        }
    }
    unreachable!("attempts end")
}
