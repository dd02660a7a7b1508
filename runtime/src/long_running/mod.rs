//! Long-running operations, which are polled until they end.

mod pauses;
mod poller;
mod watch;

pub(crate) use pauses::Pauses;
pub use watch::{OperationState, Update, Watch};

use crate::clock::MAX_SLEEP;
use crate::execute::Outcome;
use crate::long_running::poller::{Poller, Step};
use crate::request::Call;
use crate::response::{decode_body, CallFuture, LongRunning, OutputFuture};
use std::time::Duration;

/// Pauses between the polls of a long-running operation, and a deadline.
///
/// The pauses grow by half from a second to half a minute, each randomly up to a fifth shorter. A pause that the server
/// requests (`Retry-After`, RFC 9110, section 10.2.3) takes precedence within bounds: at least the shorter of the first pause
/// and a second, at most [`Self::max_retry_after`]. Dropping the future ends the polling, not the operation.
///
/// ```
/// use std::time::Duration;
/// use typewright_runtime::long_running::PollConfig;
/// let patient = PollConfig::default()
///     .backoff(Duration::from_secs(2), Duration::from_secs(60))
///     .deadline(Duration::from_secs(3600));
/// # drop(patient);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PollConfig {
    first: Duration,
    longest: Duration,
    max_retry_after: Duration,
    deadline: Option<Duration>,
}

/// Lower bound of every pause: no configuration polls without one.
const MIN_PAUSE: Duration = Duration::from_millis(10);
/// Lower bound of a pause that the server requests, unless the first pause is shorter.
const MIN_RETRY_AFTER: Duration = Duration::from_secs(1);

impl Default for PollConfig {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(30),
            max_retry_after: Duration::from_secs(300),
            deadline: None,
        }
    }
}

impl PollConfig {
    /// Sets the first pause and the longest, by default 1 and 30 seconds; none is shorter than 10 milliseconds.
    #[must_use]
    pub fn backoff(mut self, min: Duration, max: Duration) -> Self {
        self.first = min.clamp(MIN_PAUSE, MAX_SLEEP);
        self.longest = max.clamp(MIN_PAUSE, MAX_SLEEP);
        self
    }

    /// Limits the pause that the server may request, by default to 5 minutes; after that it is polled again.
    #[must_use]
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Limits the whole time; afterwards the call fails with the kind [`Timeout`](crate::ErrorKind::Timeout). No limit by
    /// default.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The pause for a `Retry-After`, within bounds.
    fn bounded(&self, retry_after: Duration) -> Duration {
        let min = self.first.min(MIN_RETRY_AFTER);
        retry_after.min(self.max_retry_after).max(min)
    }
}

impl Call {
    /// Sends the call and polls the operation that it starts; the future yields the final response.
    ///
    /// An operation that ends in an error is a failure of the kind `Operation`, with the last response as its body.
    pub fn wait<O: LongRunning>(self, config: PollConfig) -> OutputFuture<O::Last> {
        finish::<O>(Poller::start::<O>(self, config))
    }

    /// Polls an operation that was started before, by its id or by the URL that the server named. The call itself is not sent;
    /// its client and settings apply.
    pub fn resume<O: LongRunning>(self, id: &str, config: PollConfig) -> OutputFuture<O::Last> {
        finish::<O>(Poller::resume::<O>(&self, id, config))
    }

    /// Sends the call and polls the operation that it starts; the stream yields its states and ends with its result.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn watch<O: LongRunning>(self, config: PollConfig) -> Watch<O::Last> {
        Watch::new(Poller::start::<O>(self, config))
    }

    /// The stream of an operation that was started before, as [`Self::resume`] polls it.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn resume_watch<O: LongRunning>(self, id: &str, config: PollConfig) -> Watch<O::Last> {
        Watch::new(Poller::resume::<O>(&self, id, config))
    }
}

/// The result of the operation.
fn finish<O: LongRunning>(poller: Poller) -> OutputFuture<O::Last> {
    CallFuture::new(Box::pin(last_outcome(poller)), decode_body::<O::Last>)
}

/// Polls until the operation has ended.
async fn last_outcome(mut poller: Poller) -> Outcome {
    loop {
        if let Step::Ended(response) = poller.step().await? {
            return Ok(response);
        }
    }
}
