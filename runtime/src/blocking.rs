//! Waits for a call from code that is not asynchronous.

use crate::boxed::BoxFuture;
use std::cell::Cell;
use std::sync::mpsc;
use std::sync::OnceLock;
use tokio::runtime::{Builder, Handle, Runtime};

thread_local! {
    /// Set on the one thread that blocking calls run on.
    static RUNS_CALLS: Cell<bool> = const { Cell::new(false) };
}

/// The one thread that blocking calls run on, whatever thread waits for them.
fn runtime() -> Option<&'static Handle> {
    static RUNTIME: OnceLock<Option<Handle>> = OnceLock::new();
    RUNTIME.get_or_init(start).as_ref()
}

fn start() -> Option<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build().ok()?;
    let handle = runtime.handle().clone();
    let thread = std::thread::Builder::new().name("typewright-blocking".to_owned());
    thread.spawn(move || run(&runtime)).ok()?;
    Some(handle)
}

fn run(runtime: &Runtime) {
    RUNS_CALLS.set(true);
    runtime.block_on(std::future::pending::<()>());
}

/// The future's value.
///
/// # Errors
/// No thread can be had, the future panicked, or this is the thread that would have to run it: a token provider, a signer or
/// a transport that calls another operation.
pub(crate) fn wait<T: Send + 'static>(future: BoxFuture<T>) -> Result<T, &'static str> {
    if RUNS_CALLS.get() {
        return Err(
            "a blocking call within another one, from a token provider, a signer or a transport, would wait for itself: await it there",
        );
    }
    let (done, waiting) = mpsc::sync_channel(1);
    let runtime = runtime().ok_or("the thread for blocking calls cannot be started")?;
    runtime.spawn(async move { done.send(future.await) });
    waiting.recv().map_err(|_| "the call panicked")
}
