//! One JSON text for each line: NDJSON, JSON lines, and JSON text sequences (RFC 7464).

use crate::body::ByteStream;
use crate::codec::{CodecError, Decode};
use crate::error::{AnyError, Cause, TransportError};
use crate::execute::RawResponse;
use crate::futures::{next, MaybeSend, Stepped, Steps, YieldBudget};
use crate::response::FromResponse;
use crate::stream::Pieces;
use bytes::{Buf as _, Bytes};
use futures_core::Stream;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A response of one JSON text for each line, read while it arrives. Blank lines are skipped; the limit of a line is the client's
/// `max_body_bytes`.
pub struct Lines<T>(PhantomData<fn() -> T>);

impl<T: Decode + MaybeSend + 'static> FromResponse for Lines<T> {
    type Value = LineStream<T>;
    const STREAMED: bool = true;

    fn decode(response: &mut RawResponse) -> Result<LineStream<T>, CodecError> {
        let state = ReadState {
            pieces: Pieces::new(response),
            lines: LineReader::default(),
            has_ended: false,
        };
        Ok(LineStream { steps: Steps::new(Box::new(state), step::<T>) })
    }
}

/// The values of a response of one JSON text for each line as they arrive, a [`Stream`]: NDJSON, JSON lines, and JSON text sequences
/// (RFC 7464). It ends after the first failure.
///
/// ```
/// use typewright_runtime::stream::LineStream;
/// use typewright_runtime::AnyError;
///
/// async fn sum(mut lines: LineStream<i64>) -> Result<i64, AnyError> {
///     let mut sum = 0;
///     while let Some(value) = lines.next().await {
///         sum += value?;
///     }
///     Ok(sum)
/// }
/// # drop(sum);
/// ```
pub struct LineStream<T> {
    steps: Steps<Box<ReadState>, Result<T, AnyError>>,
}

impl<T> LineStream<T> {
    /// Waits for the next value; `None` at the end.
    ///
    /// # Errors
    /// The response was interrupted, or a line is too long, no JSON or not of the type, which ends the stream.
    pub async fn next(&mut self) -> Option<Result<T, AnyError>> {
        next(&mut self.steps).await
    }
}

impl<T> Stream for LineStream<T> {
    type Item = Result<T, AnyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.steps).poll_next(context)
    }
}

impl<T> fmt::Debug for LineStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LineStream")
    }
}

struct ReadState {
    pieces: Pieces,
    lines: LineReader,
    has_ended: bool,
}

/// Splits pieces of bytes into lines.
#[derive(Default)]
pub(crate) struct LineReader {
    /// The unread rest of the last piece.
    piece: Bytes,
    /// The beginning of a line whose end has not arrived.
    partial_line: Vec<u8>,
    budget: YieldBudget,
}

/// The reason why there is no next line.
pub(crate) enum LineFailure {
    /// The bytes were interrupted.
    Transport(TransportError),
    /// A line is longer than this limit of bytes.
    TooLong(usize),
}

impl LineReader {
    /// The next line that is not blank, without its end. Each byte is read once.
    pub(crate) async fn line(
        &mut self,
        bytes: &mut ByteStream,
        limit: usize,
    ) -> Result<Option<Bytes>, LineFailure> {
        loop {
            while let Some(line) = self.whole_line(limit)? {
                self.budget.step(line.len()).await;
                if let Some(content) = content(&line) {
                    return Ok(Some(line.slice_ref(content)));
                }
            }
            match next(bytes).await {
                Some(Ok(piece)) => {
                    self.budget.step(piece.len()).await;
                    self.piece = piece;
                }
                Some(Err(failure)) => return Err(LineFailure::Transport(failure)),
                None => {
                    let last = Bytes::from(std::mem::take(&mut self.partial_line));
                    return Ok(content(&last).map(|content| last.slice_ref(content)));
                }
            }
        }
    }

    /// Removes a line from the piece; a part of one is added to `partial_line`.
    fn whole_line(&mut self, limit: usize) -> Result<Option<Bytes>, LineFailure> {
        let end = self.piece.iter().position(|byte| *byte == b'\n');
        let length = end.unwrap_or(self.piece.len());
        if self.partial_line.len() + length > limit {
            return Err(LineFailure::TooLong(limit));
        }
        let rest = self.piece.split_to(length);
        if end.is_none() {
            self.partial_line.extend_from_slice(&rest);
            return Ok(None);
        }
        self.piece.advance(1);
        if self.partial_line.is_empty() {
            return Ok(Some(rest));
        }
        let mut line = std::mem::take(&mut self.partial_line);
        line.extend_from_slice(&rest);
        Ok(Some(line.into()))
    }
}

/// A line without spaces, line end and record separator; `None` if it is blank.
fn content(line: &[u8]) -> Option<&[u8]> {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"\x1e").unwrap_or(line).trim_ascii();
    (!line.is_empty()).then_some(line)
}

fn step<T: Decode + MaybeSend + 'static>(
    mut state: Box<ReadState>,
) -> Stepped<Box<ReadState>, Result<T, AnyError>> {
    Box::pin(async move {
        if state.has_ended {
            return None;
        }
        let ReadState { pieces, lines, .. } = &mut *state;
        let outcome = match lines.line(&mut pieces.bytes, pieces.limit).await {
            Ok(None) => return None,
            Ok(Some(line)) => pieces.decode(&line).map_err(Cause::Decode),
            Err(LineFailure::Transport(failure)) => Err(Cause::Transport(failure)),
            Err(LineFailure::TooLong(limit)) => Err(Cause::TooLarge(limit)),
        };
        let item = outcome.map_err(|cause| {
            state.has_ended = true;
            AnyError::from_fault(state.pieces.fault(cause))
        });
        Some((item, state))
    })
}
