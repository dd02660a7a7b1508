//! Bodies of requests that are read while they arrive.

use crate::body::ByteStream;
use crate::codec::{read_json, validate, CodecError, Decode, Deviations, Encode, Rule, Violations};
use crate::error::{TransportError, TransportFailure};
use crate::futures::{next, Stepped, Steps};
use crate::server::body::{
    interrupted, too_large, undecodable, CheckRules, ReceivedBody, RequestBody,
};
use crate::server::problem::Problem;
use crate::stream::{LineFailure, LineReader, Lines};
use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use std::fmt;
use std::pin::Pin;
use std::task::{ready, Context, Poll};

/// A stream of at most so many bytes.
pub(super) fn limited(stream: ByteStream, limit: usize) -> ByteStream {
    if limit == usize::MAX {
        return stream;
    }
    ByteStream::new(Limited { stream, left: Some(limit), limit })
}

struct Limited {
    stream: ByteStream,
    /// The bytes that may still come; `None` after the end.
    left: Option<usize>,
    limit: usize,
}

impl Stream for Limited {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(left) = self.left else {
            return Poll::Ready(None);
        };
        let Poll::Ready(piece) = Pin::new(&mut self.stream).poll_next(context) else {
            return Poll::Pending;
        };
        let Some(Ok(bytes)) = &piece else {
            self.left = None;
            return Poll::Ready(piece);
        };
        self.left = left.checked_sub(bytes.len());
        if self.left.is_some() {
            return Poll::Ready(piece);
        }
        let reason = format!("the body has more than {} bytes", self.limit);
        Poll::Ready(Some(Err(TransportError::new(TransportFailure::Body, reason))))
    }
}

/// The values of a request of one JSON text for each line as they arrive, a [`Stream`]: NDJSON, JSON lines, and JSON text
/// sequences (RFC 7464). It ends after the first failure.
///
/// ```
/// use typewright_runtime::server::{ItemStream, Problem};
///
/// async fn sum(mut items: ItemStream<i64>) -> Result<i64, Problem> {
///     let mut sum = 0;
///     while let Some(item) = items.next().await {
///         sum += item?;
///     }
///     Ok(sum)
/// }
/// # drop(sum);
/// ```
pub struct ItemStream<T> {
    steps: Steps<Box<Reading>, Result<T, Problem>>,
    check: Option<Check<T>>,
}

/// The check of each item, and its rules.
type Check<T> = (fn(&T, &[Rule]) -> Result<(), Violations>, &'static [Rule]);

struct Reading {
    bytes: ByteStream,
    lines: LineReader,
    /// The limit of a line.
    limit: usize,
    /// The items that were read.
    count: usize,
    has_ended: bool,
}

impl<T> ItemStream<T> {
    /// Waits for the next value; `None` at the end.
    ///
    /// # Errors
    /// The request was interrupted, or a line is too long, no JSON, not of the type or breaks a rule, which ends the stream.
    pub async fn next(&mut self) -> Option<Result<T, Problem>> {
        next(self).await
    }

    /// Checks an item; one that breaks a rule is the last.
    fn checked(&mut self, item: Result<T, Problem>) -> Result<T, Problem> {
        let (Ok(value), Some((check, rules))) = (&item, self.check) else {
            return item;
        };
        let Err(violations) = check(value, rules) else {
            return item;
        };
        let index = self.steps.state_mut().map_or(0, |state| {
            state.has_ended = true;
            state.count.saturating_sub(1)
        });
        let root = format!("body[{index}]");
        Err(Problem::of_violations(StatusCode::UNPROCESSABLE_ENTITY, &root, &violations))
    }
}

fn check_item<T: Encode>(item: &T, rules: &[Rule]) -> Result<(), Violations> {
    validate(item, rules)
}

impl<T: Encode> CheckRules for ItemStream<T> {
    fn check_rules(&mut self, rules: &'static [Rule]) -> Result<(), Problem> {
        self.check = Some((check_item::<T>, rules));
        Ok(())
    }
}

impl<T: Encode> CheckRules for Option<ItemStream<T>> {
    fn check_rules(&mut self, rules: &'static [Rule]) -> Result<(), Problem> {
        self.as_mut().map_or(Ok(()), |items| items.check_rules(rules))
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Problem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(Pin::new(&mut self.steps).poll_next(context));
        Poll::Ready(item.map(|item| self.checked(item)))
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemStream")
    }
}

impl<T: Decode + Send + 'static> RequestBody for Lines<T> {
    type Value = ItemStream<T>;

    fn is_streamed(_content: usize) -> bool {
        true
    }

    fn decode(body: &mut ReceivedBody) -> Result<ItemStream<T>, CodecError> {
        let state = Reading {
            limit: body.limits().memory,
            bytes: body.take_stream(),
            lines: LineReader::default(),
            count: 0,
            has_ended: false,
        };
        Ok(ItemStream { steps: Steps::new(Box::new(state), step::<T>), check: None })
    }
}

impl Reading {
    async fn line(&mut self) -> Result<Option<Bytes>, Problem> {
        let line = self.lines.line(&mut self.bytes, self.limit).await;
        line.map_err(|failure| match failure {
            LineFailure::Transport(_) => interrupted(),
            LineFailure::TooLong(limit) => too_large(limit),
        })
    }

    fn decode<T: Decode>(&mut self, line: &[u8]) -> Result<T, Problem> {
        let mut value = None;
        let outcome = read_json(line, &Deviations::lenient(0), &mut value);
        let value = outcome.and_then(|()| value.ok_or_else(CodecError::nothing));
        let index = self.count;
        self.count += 1;
        value.map_err(|failure| undecodable(failure.at_index(index)))
    }
}

fn step<T: Decode + Send + 'static>(
    mut state: Box<Reading>,
) -> Stepped<Box<Reading>, Result<T, Problem>> {
    Box::pin(async move {
        if state.has_ended {
            return None;
        }
        let item = match state.line().await {
            Ok(None) => return None,
            Ok(Some(line)) => state.decode(&line),
            Err(problem) => Err(problem),
        };
        state.has_ended = item.is_err();
        Some((item, state))
    })
}
