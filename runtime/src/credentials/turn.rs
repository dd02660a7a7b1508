//! Requests for tokens one after the other, each carried to its end.

use crate::boxed::{BoxFuture, MaybeSend};
use std::future::Future;
use std::sync::Arc;
use std::task::Poll;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The one request that is on its way.
///
/// Whoever waits for it can be given up at any moment; the request cannot, since its reply may hold the only token that the
/// next request can be made with. On a tokio runtime it is a task of its own; elsewhere the next one who waits carries it on.
#[derive(Default)]
pub(super) struct Turn(Arc<Mutex<Option<BoxFuture<()>>>>);

/// The right to make requests, which one call has at a time.
pub(super) struct Taken(OwnedMutexGuard<Option<BoxFuture<()>>>);

impl Turn {
    pub(super) async fn take(&self) -> Taken {
        Taken(Arc::clone(&self.0).lock_owned().await)
    }
}

impl Taken {
    /// Begins a request.
    pub(super) fn begin(&mut self, request: impl Future<Output = ()> + MaybeSend + 'static) {
        *self.0 = Some(start(request));
    }

    /// Waits for the request to end; `false` where there is none.
    pub(super) async fn finish(&mut self) -> bool {
        let running = &mut *self.0;
        let there = running.is_some();
        std::future::poll_fn(|context| {
            // Taken out meanwhile: one that panics is not asked again.
            let Some(mut request) = running.take() else {
                return Poll::Ready(());
            };
            let poll = request.as_mut().poll(context);
            if poll.is_pending() {
                *running = Some(request);
            }
            poll
        })
        .await;
        there
    }
}

#[cfg(all(
    not(target_arch = "wasm32"),
    any(feature = "reqwest", feature = "blocking")
))]
fn start(request: impl Future<Output = ()> + MaybeSend + 'static) -> BoxFuture<()> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => {
            let task = runtime.spawn(request);
            Box::pin(async move {
                // A task that is lost leaves no outcome, which is looked for afterwards.
                task.await.ok();
            })
        }
        Err(_) => Box::pin(request),
    }
}

#[cfg(not(all(
    not(target_arch = "wasm32"),
    any(feature = "reqwest", feature = "blocking")
)))]
fn start(request: impl Future<Output = ()> + MaybeSend + 'static) -> BoxFuture<()> {
    Box::pin(request)
}
