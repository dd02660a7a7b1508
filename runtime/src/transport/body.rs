//! Bodies of requests and responses: in memory, as streams, and of several parts.

use crate::error::{TransportError, TransportFailure};
use crate::futures::{BoxError, BoxStream, MaybeSend, MaybeSendSync};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};

/// A stream of bytes that arrive or leave in pieces, such as a large file: [`Stream`] of `Result<Bytes, TransportError>`.
///
/// ```
/// use typewright_runtime::body::ByteStream;
/// use typewright_runtime::Bytes;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let stream = ByteStream::from(Bytes::from("Hello, world"));
/// let collected = stream.collect(5).await;
/// assert_eq!(collected.bytes, "Hello");
/// assert!(collected.truncated);
/// # }
/// ```
pub struct ByteStream {
    /// In a lock that is never taken, so that whatever holds a stream is `Sync`.
    pieces: Mutex<BoxStream<Result<Bytes, TransportError>>>,
}

impl ByteStream {
    /// Creates a stream from any other of the same pieces.
    pub fn new<S>(pieces: S) -> Self
    where
        S: Stream<Item = Result<Bytes, TransportError>> + MaybeSend + 'static,
    {
        Self { pieces: Mutex::new(Box::pin(pieces)) }
    }

    /// Creates a stream from one whose failures are of any kind; they become failures of the kind
    /// [`TransportFailure::Body`].
    pub fn from_fallible<S, E>(pieces: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + MaybeSend + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::new(Foreign(Box::pin(pieces)))
    }

    /// Creates a stream from anything that is read, in pieces of up to 64 KiB: a file, for example.
    ///
    /// A failure of the reader becomes one of the kind [`TransportFailure::Body`].
    pub fn read(reader: impl AsyncRead + MaybeSend + 'static) -> Self {
        Self::new(Reading(Box::pin(reader)))
    }

    /// Gathers the body, of at most `limit` bytes; the pieces after them are not read.
    ///
    /// # Errors
    /// None as a `Result`: a failure of the connection is in [`Collected::failure`], with the bytes that arrived before it.
    pub async fn collect(self, limit: usize) -> Collected {
        let Gathered { bytes, truncated, failure } = gather(self, limit).await;
        Collected { bytes, truncated, failure }
    }
}

/// The outcome of [`gather`], as [`Collected`] but for the kind of failure.
pub(crate) struct Gathered<E> {
    pub(crate) bytes: Bytes,
    pub(crate) truncated: bool,
    pub(crate) failure: Option<E>,
}

/// Gathers the pieces of a stream, of at most `limit` bytes. One piece is not copied.
pub(crate) fn gather<S>(pieces: S, limit: usize) -> Gather<S> {
    Gather { pieces, limit, first: None, buffer: BytesMut::new() }
}

/// The future of [`gather`]: by hand, as one of an `async fn` is twice as large, and every call has it.
pub(crate) struct Gather<S> {
    pieces: S,
    limit: usize,
    first: Option<Bytes>,
    /// The bytes, where there are several pieces.
    buffer: BytesMut,
}

impl<S> Gather<S> {
    /// Adds a piece; `false` where it is longer than the limit allows.
    fn add(&mut self, piece: Bytes) -> bool {
        if self.first.is_none() && self.buffer.is_empty() && piece.len() <= self.limit {
            self.first = Some(piece);
            return true;
        }
        if let Some(first) = self.first.take() {
            self.buffer.extend_from_slice(&first);
        }
        let room = self.limit.saturating_sub(self.buffer.len());
        self.buffer.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        piece.len() <= room
    }

    fn end<E>(&mut self, truncated: bool, failure: Option<E>) -> Gathered<E> {
        let first = self.first.take();
        let bytes = first.unwrap_or_else(|| std::mem::take(&mut self.buffer).freeze());
        Gathered { bytes, truncated, failure }
    }
}

impl<S, E> Future for Gather<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    type Output = Gathered<E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Gathered<E>> {
        loop {
            let (truncated, failure) = match Pin::new(&mut self.pieces).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => (false, None),
                Poll::Ready(Some(Err(failure))) => (false, Some(failure)),
                Poll::Ready(Some(Ok(piece))) => {
                    if self.add(piece) {
                        continue;
                    }
                    (true, None)
                }
            };
            return Poll::Ready(self.end(truncated, failure));
        }
    }
}

/// The outcome of [`ByteStream::collect`]: the bytes that came, and how the body ended.
///
/// ```
/// use typewright_runtime::body::{ByteStream, Collected};
/// use typewright_runtime::Bytes;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let Collected { bytes, truncated, failure } = ByteStream::from(Bytes::from("{}")).collect(1024).await;
/// assert_eq!(bytes, "{}");
/// assert!(!truncated && failure.is_none());
/// # }
/// ```
#[derive(Debug, Default)]
pub struct Collected {
    /// The bytes that came, no more than the limit allows.
    pub bytes: Bytes,
    /// True where there was more than the limit allows.
    pub truncated: bool,
    /// The failure of the connection, where the body broke off.
    pub failure: Option<TransportError>,
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pieces = self.pieces.get_mut();
        let pieces = pieces.unwrap_or_else(PoisonError::into_inner);
        pieces.as_mut().poll_next(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self::new(Whole((!bytes.is_empty()).then_some(bytes)))
    }
}

/// How much is read at once, in bytes.
const PIECE: usize = 64 << 10;

#[cfg(not(target_arch = "wasm32"))]
type Reader = Pin<Box<dyn AsyncRead + Send>>;
#[cfg(target_arch = "wasm32")]
type Reader = Pin<Box<dyn AsyncRead>>;

struct Reading(Reader);

impl Stream for Reading {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut piece = vec![0; PIECE];
        let mut buffer = ReadBuf::new(&mut piece);
        let read = self.0.as_mut().poll_read(context, &mut buffer);
        let length = buffer.filled().len();
        read.map(|outcome| match outcome {
            Err(error) => Some(Err(TransportError::new(TransportFailure::Body, error))),
            Ok(()) if length == 0 => None,
            Ok(()) => {
                piece.truncate(length);
                Some(Ok(piece.into()))
            }
        })
    }
}

struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

struct Foreign<E>(BoxStream<Result<Bytes, E>>);

impl<E: Into<BoxError>> Stream for Foreign<E> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|item| {
            item.map(|piece| piece.map_err(|e| TransportError::new(TransportFailure::Body, e)))
        })
    }
}

/// Makes the same stream again and again.
#[cfg(not(target_arch = "wasm32"))]
type Maker = dyn Fn() -> ByteStream + Send + Sync;
/// Makes the same stream again and again.
#[cfg(target_arch = "wasm32")]
type Maker = dyn Fn() -> ByteStream;

/// The body of a request.
///
/// Texts and bytes convert into it; a stream is given by [`Body::from_fn`] where it can be made again, else by [`Body::once`].
///
/// ```
/// use typewright_runtime::body::{Body, ByteStream};
/// use typewright_runtime::Bytes;
///
/// let text = Body::from("Buy milk.");
/// assert_eq!(text.length(), Some(9));
/// let stream = Body::once(ByteStream::from(Bytes::from("…")), None);
/// assert!(stream.again().is_none());
/// ```
#[derive(Default)]
pub enum Body {
    /// No body: neither `Content-Type` nor bytes are sent. The default.
    #[default]
    Empty,
    /// Bytes in memory.
    Bytes(Bytes),
    /// A stream that can be made again, for retries and for a second try after a 401.
    Factory(Factory),
    /// A stream that exists once, and its length in bytes where it is known: a call with it is neither retried nor sent again
    /// after a 401.
    Once(ByteStream, Option<u64>),
}

/// A stream that can be made again; [`Body::from_fn`] makes one.
///
/// ```
/// use typewright_runtime::body::{Body, ByteStream};
/// use typewright_runtime::Bytes;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let body = Body::from_fn(Some(2), || ByteStream::from(Bytes::from("{}")));
/// if let Body::Factory(factory) = &body {
///     assert_eq!(factory.open().collect(10).await.bytes, "{}");
///     assert_eq!(factory.open().collect(10).await.bytes, "{}");
/// }
/// # }
/// ```
#[derive(Clone)]
pub struct Factory {
    make: Arc<Maker>,
    length: Option<u64>,
}

impl Factory {
    /// Makes a new stream of the same bytes.
    #[must_use]
    pub fn open(&self) -> ByteStream {
        (self.make)()
    }
}

impl Body {
    /// Creates a body whose stream is made anew for each attempt; `length` in bytes where it is known, which becomes
    /// `Content-Length`.
    pub fn from_fn<M>(length: Option<u64>, make: M) -> Self
    where
        M: Fn() -> ByteStream + MaybeSendSync + 'static,
    {
        let make = Arc::new(make);
        Self::Factory(Factory { make, length })
    }

    /// Creates a body that is read once; `length` in bytes where it is known, which becomes `Content-Length`.
    #[must_use]
    pub fn once(stream: ByteStream, length: Option<u64>) -> Self {
        Self::Once(stream, length)
    }

    /// The same body again for another attempt, or `None` where it exists once.
    #[must_use]
    pub fn again(&self) -> Option<Self> {
        match self {
            Self::Empty => Some(Self::Empty),
            Self::Bytes(bytes) => Some(Self::Bytes(bytes.clone())),
            Self::Factory(factory) => Some(Self::Factory(factory.clone())),
            Self::Once(..) => None,
        }
    }

    /// The length in bytes, where it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::Empty => Some(0),
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Factory(factory) => factory.length,
            Self::Once(_, length) => *length,
        }
    }

    /// Turns the body into a stream of its bytes.
    #[must_use]
    pub fn into_stream(self) -> ByteStream {
        match self {
            Self::Empty => Bytes::new().into(),
            Self::Bytes(bytes) => bytes.into(),
            Self::Factory(factory) => factory.open(),
            Self::Once(stream, _) => stream,
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::Factory(factory) => write!(f, "Factory({:?} bytes)", factory.length),
            Self::Once(_, length) => write!(f, "Once({length:?} bytes)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Bytes(text.into())
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self::Bytes(Bytes::copy_from_slice(text.as_bytes()))
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(Bytes::copy_from_slice(bytes))
    }
}

impl From<ByteStream> for Body {
    fn from(stream: ByteStream) -> Self {
        Self::Once(stream, None)
    }
}
