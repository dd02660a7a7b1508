//! Waits for a call from synchronous code.

use crate::futures::BoxFuture;
use std::cell::Cell;
use std::sync::{mpsc, OnceLock};
use tokio::runtime::{Builder, Handle};

thread_local! {
    /// `true` on the thread that executes blocking calls.
    static IS_EXECUTOR: Cell<bool> = const { Cell::new(false) };
}

/// The thread that executes all blocking calls, whichever thread waits for them.
fn executor() -> Option<&'static Handle> {
    static EXECUTOR: OnceLock<Option<Handle>> = OnceLock::new();
    EXECUTOR.get_or_init(start_executor).as_ref()
}

fn start_executor() -> Option<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build().ok()?;
    let handle = runtime.handle().clone();
    let thread = std::thread::Builder::new().name("typewright-blocking".to_owned());
    let run = move || {
        IS_EXECUTOR.set(true);
        runtime.block_on(std::future::pending::<()>());
    };
    thread.spawn(run).ok()?;
    Some(handle)
}

/// Waits for the future's value.
///
/// # Errors
/// No thread can be started, the future panicked, or this is the thread that would have to execute it: a token provider, a
/// signer or a transport that calls another operation.
pub(crate) fn wait<T: Send + 'static>(future: BoxFuture<T>) -> Result<T, &'static str> {
    if IS_EXECUTOR.get() {
        return Err(
            "a blocking call within another one, from a token provider, a signer or a transport, would wait for itself: await it there",
        );
    }
    let (done, waiting) = mpsc::sync_channel(1);
    let executor = executor().ok_or("the thread for blocking calls cannot be started")?;
    executor.spawn(async move { done.send(future.await) });
    waiting.recv().map_err(|_| "the call panicked")
}
