//! The pauses between polls, up to the deadline.

use crate::error::{Cause, Fault};
use crate::futures::BoxFuture;
use crate::long_running::PollConfig;
use crate::opaque::OpaqueBox;
use crate::random;
use crate::request::Call;
use std::time::Duration;

/// The pauses between polls, up to the deadline.
pub(crate) struct Pauses {
    next: Duration,
    config: PollConfig,
    end: Option<Duration>,
}

impl Pauses {
    /// Starts at this time of the call's clock.
    pub(crate) fn new(now: Duration, config: PollConfig) -> Self {
        let deadline = config.deadline;
        Self {
            next: config.first,
            config,
            end: deadline.map(|deadline| now.saturating_add(deadline)),
        }
    }

    /// The length of the next pause.
    pub(crate) fn next(&mut self, retry_after: Option<Duration>) -> Duration {
        if let Some(retry_after) = retry_after {
            return self.config.bounded(retry_after);
        }
        let pause = self.next.mul_f64(1.0 - random::fraction() / 5.0);
        self.next = self.next.mul_f64(1.5).min(self.config.longest);
        pause
    }

    /// The next pause; a failure where it would end after the deadline.
    pub(super) fn pause(
        &mut self,
        call: &Call,
        retry_after: Option<Duration>,
    ) -> Result<BoxFuture<()>, OpaqueBox<Fault>> {
        let pause = self.next(retry_after);
        let clock = call.clock();
        let is_late = |end: Duration| clock.now().saturating_add(pause) >= end;
        if self.end.is_some_and(is_late) {
            let deadline = self.config.deadline.unwrap_or_default();
            return Err(Fault::new(call.operation().id, Cause::Timeout(deadline)));
        }
        Ok(clock.sleep(pause))
    }
}
