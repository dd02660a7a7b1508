//! A JSON text a line: NDJSON, JSON lines, and JSON text sequences (RFC 7464).

use crate::codec::{CodecError, Decode};
use crate::error::{AnyError, Cause};
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

/// A reply of one JSON text a line, read while it arrives. Lines of nothing but spaces are passed over; a line may be as long
/// as the client's `max_body_bytes`.
pub struct Lines<T>(PhantomData<fn() -> T>);

impl<T: Decode + MaybeSend + 'static> FromResponse for Lines<T> {
    type Value = LineStream<T>;
    const STREAMED: bool = true;

    fn decode(answer: &mut RawResponse) -> Result<LineStream<T>, CodecError> {
        let reading = Reading {
            pieces: Pieces::new(answer),
            piece: Bytes::new(),
            begun: Vec::new(),
            turn: YieldBudget::default(),
            ended: false,
        };
        Ok(LineStream {
            steps: Steps::new(Box::new(reading), step::<T>),
        })
    }
}

/// The values of a reply of one JSON text a line as they arrive, a [`Stream`]: NDJSON, JSON lines, and JSON text sequences
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
    steps: Steps<Box<Reading>, Result<T, AnyError>>,
}

impl<T> LineStream<T> {
    /// Waits for the next value; `None` at the end.
    ///
    /// # Errors
    /// The reply broke off, or a line is too long, no JSON or not of the type; the stream has ended then.
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

struct Reading {
    pieces: Pieces,
    /// What is left of the piece that came last.
    piece: Bytes,
    /// The beginning of a line whose end is yet to come.
    begun: Vec<u8>,
    turn: YieldBudget,
    ended: bool,
}

impl Reading {
    /// The next line that is not empty, without its end. Each byte is looked at once.
    async fn line(&mut self) -> Result<Option<Bytes>, Cause> {
        loop {
            while let Some(line) = self.whole_line()? {
                self.turn.step(line.len()).await;
                if let Some(content) = content(&line) {
                    return Ok(Some(line.slice_ref(content)));
                }
            }
            match self.pieces.next().await {
                Some(Ok(piece)) => {
                    self.turn.step(piece.len()).await;
                    self.piece = piece;
                }
                Some(Err(failure)) => return Err(Cause::Transport(failure)),
                None => {
                    let last = Bytes::from(std::mem::take(&mut self.begun));
                    return Ok(content(&last).map(|content| last.slice_ref(content)));
                }
            }
        }
    }

    /// Takes a line off the piece; a part of one is put aside.
    fn whole_line(&mut self) -> Result<Option<Bytes>, Cause> {
        let end = self.piece.iter().position(|byte| *byte == b'\n');
        let length = end.unwrap_or(self.piece.len());
        if self.begun.len() + length > self.pieces.limit {
            return Err(Cause::TooLarge(self.pieces.limit));
        }
        let rest = self.piece.split_to(length);
        if end.is_none() {
            self.begun.extend_from_slice(&rest);
            return Ok(None);
        }
        self.piece.advance(1);
        if self.begun.is_empty() {
            return Ok(Some(rest));
        }
        let mut line = std::mem::take(&mut self.begun);
        line.extend_from_slice(&rest);
        Ok(Some(line.into()))
    }
}

/// A line without spaces, line end and record separator; `None` where nothing is left.
fn content(line: &[u8]) -> Option<&[u8]> {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"\x1e").unwrap_or(line).trim_ascii();
    (!line.is_empty()).then_some(line)
}

fn step<T: Decode + MaybeSend + 'static>(
    mut reading: Box<Reading>,
) -> Stepped<Box<Reading>, Result<T, AnyError>> {
    Box::pin(async move {
        if reading.ended {
            return None;
        }
        let outcome = match reading.line().await {
            Ok(None) => return None,
            Ok(Some(line)) => reading.pieces.decode(&line).map_err(Cause::Decode),
            Err(cause) => Err(cause),
        };
        let item = outcome.map_err(|cause| {
            reading.ended = true;
            AnyError::from_fault(reading.pieces.fault(cause))
        });
        Some((item, reading))
    })
}
