//! Boxed futures and streams, with `Send` everywhere but in the browser.

use futures_core::Stream;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

#[cfg(not(target_arch = "wasm32"))]
mod bounds {
    /// A bound of `Send`, except on wasm32. Every type that may be sent has it.
    ///
    /// ```
    /// use typewright_runtime::transport::MaybeSend;
    /// fn boxed<T: MaybeSend + 'static>(value: T) -> Box<T> {
    ///     Box::new(value)
    /// }
    /// assert_eq!(*boxed(7), 7);
    /// ```
    pub trait MaybeSend: Send {}
    impl<T: Send + ?Sized> MaybeSend for T {}
    /// A bound of `Send + Sync`, except on wasm32. Every type that may be sent and shared has it.
    ///
    /// ```
    /// use typewright_runtime::transport::MaybeSendSync;
    /// fn shared<T: MaybeSendSync + 'static>(value: T) -> std::sync::Arc<T> {
    ///     std::sync::Arc::new(value)
    /// }
    /// assert_eq!(*shared(7), 7);
    /// ```
    pub trait MaybeSendSync: Send + Sync {}
    impl<T: Send + Sync + ?Sized> MaybeSendSync for T {}
    /// A future on the heap, which is `Send` except on wasm32.
    ///
    /// ```
    /// use typewright_runtime::transport::BoxFuture;
    /// fn seven() -> BoxFuture<i64> {
    ///     Box::pin(async { 7 })
    /// }
    /// # drop(seven);
    /// ```
    pub type BoxFuture<T> =
        std::pin::Pin<Box<dyn std::future::Future<Output = T> + Send + 'static>>;
    /// A stream on the heap, which is `Send` except on wasm32.
    ///
    /// ```
    /// use typewright_runtime::body::ByteStream;
    /// use typewright_runtime::transport::{BoxStream, TransportError};
    /// use typewright_runtime::Bytes;
    ///
    /// let pieces: BoxStream<Result<Bytes, TransportError>> = Box::pin(ByteStream::from(Bytes::from("{}")));
    /// let stream = ByteStream::new(pieces);
    /// # drop(stream);
    /// ```
    pub type BoxStream<T> = std::pin::Pin<Box<dyn futures_core::Stream<Item = T> + Send + 'static>>;
}

#[cfg(target_arch = "wasm32")]
mod bounds {
    /// `Send`, except on wasm32.
    pub trait MaybeSend {}
    impl<T: ?Sized> MaybeSend for T {}
    /// `Send + Sync`, except on wasm32.
    pub trait MaybeSendSync {}
    impl<T: ?Sized> MaybeSendSync for T {}
    /// A future on the heap.
    pub type BoxFuture<T> = std::pin::Pin<Box<dyn std::future::Future<Output = T> + 'static>>;
    /// A stream on the heap.
    pub type BoxStream<T> = std::pin::Pin<Box<dyn futures_core::Stream<Item = T> + 'static>>;
}

pub use bounds::{BoxFuture, BoxStream, MaybeSend, MaybeSendSync};

/// A failure of a caller's or another crate's code, of any type.
///
/// ```
/// use typewright_runtime::transport::BoxError;
/// let failure = BoxError::from("no token is left");
/// assert_eq!(failure.to_string(), "no token is left");
/// ```
pub type BoxError = Box<dyn std::error::Error + Send + Sync + 'static>;

/// A future with a time limit, after which it yields `None`.
pub(crate) struct Within<F> {
    pub(crate) future: F,
    pub(crate) limit: Option<BoxFuture<()>>,
}

impl<F: Future + Unpin> Future for Within<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(value) = Pin::new(&mut self.future).poll(context) {
            return Poll::Ready(Some(value));
        }
        match &mut self.limit {
            Some(limit) => limit.as_mut().poll(context).map(|()| None),
            None => Poll::Pending,
        }
    }
}

/// A stream of a state and a function, whose future yields the next item and state or the end.
pub(crate) struct Steps<S, T> {
    next: Step<S, T>,
    state: Option<S>,
    running: Option<Stepped<S, T>>,
}

/// The next item and state, or the end.
pub(crate) type Step<S, T> = fn(S) -> Stepped<S, T>;
/// The future of a [`Step`].
pub(crate) type Stepped<S, T> = BoxFuture<Option<(T, S)>>;

impl<S, T> Steps<S, T> {
    pub(crate) fn new(state: S, next: Step<S, T>) -> Self {
        Self { next, state: Some(state), running: None }
    }

    /// The state between two items; `None` while an item is awaited and after the end.
    pub(crate) fn state_mut(&mut self) -> Option<&mut S> {
        self.state.as_mut()
    }
}

impl<S: Unpin, T> Stream for Steps<S, T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        if let Some(state) = self.state.take() {
            self.running = Some((self.next)(state));
        }
        let Some(running) = &mut self.running else {
            return Poll::Ready(None);
        };
        let Poll::Ready(step) = running.as_mut().poll(context) else {
            return Poll::Pending;
        };
        self.running = None;
        Poll::Ready(step.map(|(item, state)| {
            self.state = Some(state);
            item
        }))
    }
}

/// Waits for the next item of a stream.
pub(crate) async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

/// The bytes that a stream may still process before it yields to other tasks; each step costs some as well.
#[derive(Debug)]
pub(crate) struct YieldBudget(usize);

/// Bytes between two yields.
const BUDGET: usize = 64 << 10;
const STEP_COST: usize = 64;

impl Default for YieldBudget {
    fn default() -> Self {
        Self(BUDGET)
    }
}

impl YieldBudget {
    /// Counts a step over so many bytes, and yields to other tasks if the budget is spent.
    pub(crate) async fn step(&mut self, bytes: usize) {
        self.0 = self.0.saturating_sub(bytes.saturating_add(STEP_COST));
        if self.0 == 0 {
            self.0 = BUDGET;
            let mut has_yielded = false;
            std::future::poll_fn(|context| {
                if std::mem::replace(&mut has_yielded, true) {
                    return Poll::Ready(());
                }
                context.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
        }
    }
}
