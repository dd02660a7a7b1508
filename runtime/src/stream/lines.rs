//! A JSON text a line: NDJSON, JSON lines, and JSON text sequences (RFC 7464).

use super::Pieces;
use crate::answer::{RawResponse, FromResponse};
use crate::boxed::{next, MaybeSend, Stepped, Steps};
use crate::codec::{CodecError, Decode};
use crate::error::{AnyError, Cause};
use futures_core::Stream;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A reply of one JSON text a line, read while it arrives.
pub struct Lines<T>(PhantomData<fn() -> T>);

impl<T: Decode + MaybeSend + 'static> FromResponse for Lines<T> {
    type Value = LineStream<T>;
    const STREAMED: bool = true;

    fn decode(answer: RawResponse) -> Result<LineStream<T>, CodecError> {
        let reading = Reading {
            pieces: Pieces::new(answer),
            buffer: Vec::new(),
            searched: 0,
            ended: false,
        };
        Ok(LineStream {
            steps: Steps::new(Box::new(reading), step::<T>),
        })
    }
}

/// The values as they arrive. It ends after the first failure.
pub struct LineStream<T> {
    steps: Steps<Box<Reading>, Result<T, AnyError>>,
}

impl<T> LineStream<T> {
    /// The next value, or `None` at the end.
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
    buffer: Vec<u8>,
    /// How much of the buffer has been searched for the end of a line.
    searched: usize,
    ended: bool,
}

impl Reading {
    /// The next line that is not empty, without its end.
    async fn line(&mut self) -> Result<Option<Vec<u8>>, Cause> {
        loop {
            let rest = self.buffer.get(self.searched..).unwrap_or_default();
            if let Some(at) = rest.iter().position(|byte| *byte == b'\n') {
                let after = self.buffer.split_off(self.searched + at + 1);
                let line = std::mem::replace(&mut self.buffer, after);
                self.searched = 0;
                if let Some(line) = content(&line) {
                    return Ok(Some(line.to_vec()));
                }
                continue;
            }
            self.searched = self.buffer.len();
            if self.buffer.len() > self.pieces.limit {
                return Err(Cause::TooLarge(self.pieces.limit));
            }
            match self.pieces.next().await {
                Some(Ok(piece)) => self.buffer.extend_from_slice(&piece),
                Some(Err(failure)) => return Err(Cause::Transport(failure)),
                None => {
                    let last = std::mem::take(&mut self.buffer);
                    self.searched = 0;
                    return Ok(content(&last).map(<[u8]>::to_vec));
                }
            }
        }
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
            Ok(Some(line)) => reading.pieces.read(&line).map_err(Cause::FromResponse),
            Err(cause) => Err(cause),
        };
        let item = outcome.map_err(|cause| {
            reading.ended = true;
            reading.pieces.error(cause)
        });
        Some((item, reading))
    })
}
