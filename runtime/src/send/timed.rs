//! The time of a call.

use crate::boxed::BoxFuture;
use crate::clock::Clock;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

/// What is seen of a call from outside, also where its time is over.
#[derive(Default)]
pub(super) struct Progress {
    /// How many requests have left.
    pub(super) attempts: AtomicU32,
    /// Whether the transport is waiting, and fails by itself before the call's time is over.
    pub(super) attended: AtomicBool,
}

/// A call until its time is over (then `None`).
///
/// Its timer is set when it is needed: most calls are answered when they are woken for the first time, and a transport that
/// waits no longer than so wakes them in time to set it.
pub(super) struct Timed<'a, F> {
    future: F,
    deadline: Option<Duration>,
    clock: &'a dyn Clock,
    progress: &'a Progress,
    timer: Option<BoxFuture<()>>,
    /// Whether the call has waited without a timer.
    waited: bool,
}

impl<'a, F> Timed<'a, F> {
    pub(super) fn new(
        future: F,
        deadline: Option<Duration>,
        clock: &'a dyn Clock,
        progress: &'a Progress,
    ) -> Self {
        Self {
            future,
            deadline,
            clock,
            progress,
            timer: None,
            waited: false,
        }
    }
}

impl<F: Future + Unpin> Future for Timed<'_, F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(value) = Pin::new(&mut self.future).poll(context) {
            return Poll::Ready(Some(value));
        }
        let Some(deadline) = self.deadline else {
            return Poll::Pending;
        };
        if !std::mem::replace(&mut self.waited, true)
            && self.progress.attended.load(Ordering::Relaxed)
        {
            return Poll::Pending;
        }
        let clock = self.clock;
        let left = || clock.sleep(deadline.saturating_sub(clock.now()));
        let timer = self.timer.get_or_insert_with(left);
        timer.as_mut().poll(context).map(|()| None)
    }
}
