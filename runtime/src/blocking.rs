//! Waits for a call from code that is not asynchronous.

use crate::boxed::BoxFuture;
use std::sync::mpsc;
use std::sync::OnceLock;
use tokio::runtime::{Builder, Runtime};

/// The one thread that blocking calls run on, whatever thread waits for them.
fn runtime() -> Option<&'static Runtime> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let build = || {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).enable_all();
        builder.thread_name("typewright-blocking").build().ok()
    };
    RUNTIME.get_or_init(build).as_ref()
}

/// The future's value, or `None` where no thread can be had or the future panicked.
pub(crate) fn wait<T: Send + 'static>(future: BoxFuture<T>) -> Option<T> {
    let (done, waiting) = mpsc::sync_channel(1);
    runtime()?.spawn(async move { done.send(future.await) });
    waiting.recv().ok()
}
