//! Server-sent events as a stream of values, connected anew where the caller wants it.

use super::sse::{Decoder, Event};
use super::Pieces;
use crate::answer::{RawResponse, FromResponse};
use crate::boxed::{next, MaybeSend, Stepped, Steps};
use crate::call::Call;
use crate::codec::{CodecError, Decode};
use crate::error::{AnyError, Cause, Fault};
use futures_core::Stream;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// How long to wait before connecting anew, where the server has not said.
const PAUSE: Duration = Duration::from_secs(3);

/// A reply of server-sent events whose data is JSON of this type.
pub struct Events<T>(PhantomData<fn() -> T>);

impl<T: Decode + MaybeSend + 'static> FromResponse for Events<T> {
    type Value = EventStream<T>;
    const STREAMED: bool = true;

    fn decode(answer: RawResponse) -> Result<EventStream<T>, CodecError> {
        Ok(EventStream::new(answer, step::<T>))
    }
}

/// A reply of server-sent events whose data is text.
#[derive(Debug)]
pub struct TextEvents;

impl FromResponse for TextEvents {
    type Value = EventStream<String>;
    const STREAMED: bool = true;

    fn decode(answer: RawResponse) -> Result<EventStream<String>, CodecError> {
        Ok(EventStream::new(answer, text_step))
    }
}

/// A reading with the event that it was read up to.
pub(super) type Step<T> = Stepped<Box<Reading>, Result<Event<T>, AnyError>>;

/// The readings of a stream.
type ReadingSteps<T> = Steps<Box<Reading>, Result<Event<T>, AnyError>>;

/// The events as they arrive. It ends with the reply, at an event that says `[DONE]`, or after the first failure.
pub struct EventStream<T> {
    state: Option<Box<Reading>>,
    step: fn(Box<Reading>) -> Step<T>,
    steps: Option<ReadingSteps<T>>,
}

impl<T: MaybeSend + 'static> EventStream<T> {
    pub(super) fn new(mut answer: RawResponse, step: fn(Box<Reading>) -> Step<T>) -> Self {
        let again = answer.again.take();
        let reading = Reading {
            pieces: Pieces::new(answer),
            decoder: Decoder::default(),
            again,
            reconnects: 0,
            ended: false,
        };
        Self {
            state: Some(Box::new(reading)),
            step,
            steps: None,
        }
    }

    /// Connects anew when the reply ends or breaks off, with the last event's id in `Last-Event-ID`, after the pause that
    /// the server asks for; at most so often in a row without an event between.
    #[must_use]
    pub fn reconnecting(mut self, times: u32) -> Self {
        if let Some(reading) = &mut self.state {
            reading.reconnects = times;
        }
        self
    }

    /// The next event, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, AnyError>> {
        next(self).await
    }
}

impl<T: MaybeSend + 'static> Stream for EventStream<T> {
    type Item = Result<Event<T>, AnyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(reading) = self.state.take() {
            self.steps = Some(Steps::new(reading, self.step));
        }
        match &mut self.steps {
            Some(steps) => Pin::new(steps).poll_next(context),
            None => Poll::Ready(None),
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

pub(super) struct Reading {
    pieces: Pieces,
    decoder: Decoder,
    again: Option<Box<Call>>,
    reconnects: u32,
    ended: bool,
}

impl Reading {
    async fn event(&mut self) -> Result<Option<Event<String>>, Box<Fault>> {
        let mut left = self.reconnects;
        loop {
            if let Some(event) = self.decoder.ready.pop_front() {
                return Ok((event.data != "[DONE]").then_some(event));
            }
            let limit = self.pieces.limit;
            if self.decoder.held() > limit {
                return Err(self.pieces.witness.clone().fault(Cause::TooLarge(limit)));
            }
            let failure = match self.pieces.next().await {
                Some(Ok(piece)) => {
                    self.decoder.feed(&piece);
                    continue;
                }
                Some(Err(failure)) => Some(failure),
                None => None,
            };
            if left == 0 {
                let fault = |failure| self.pieces.witness.clone().fault(Cause::Transport(failure));
                return failure.map_or(Ok(None), |failure| Err(fault(failure)));
            }
            loop {
                left -= 1;
                match self.reconnect().await {
                    Ok(true) => break,
                    Ok(false) => return Ok(None),
                    // A server that is being started anew is not there at once.
                    Err(fault) if left > 0 && matches!(fault.cause, Cause::Transport(_)) => {}
                    Err(fault) => return Err(fault),
                }
            }
        }
    }

    /// Sends the call again from the last event on; `false` where it cannot or need not be sent.
    async fn reconnect(&mut self) -> Result<bool, Box<Fault>> {
        let Some(mut call) = self.again.as_ref().and_then(|call| call.try_clone()) else {
            return Ok(false);
        };
        call.pause(self.decoder.retry.unwrap_or(PAUSE)).await;
        if !self.decoder.id.is_empty() {
            call.set_header("last-event-id", &self.decoder.id);
        }
        let answer = call.answer(true).await?;
        // 204 is how a server says that there is nothing more.
        if answer.status() == http::StatusCode::NO_CONTENT {
            return Ok(false);
        }
        if !answer.is_success() {
            return Err(answer.witness().fault(Cause::Unexpected));
        }
        self.decoder.reset();
        self.pieces = Pieces::new(answer);
        Ok(true)
    }
}

fn step<T: Decode + MaybeSend + 'static>(reading: Box<Reading>) -> Step<T> {
    next_event(reading, |pieces, event| pieces.read(event.data.as_bytes()))
}

fn text_step(reading: Box<Reading>) -> Step<String> {
    next_event(reading, |_, event| Ok(event.data.clone()))
}

/// The next event, its data read so.
pub(super) fn next_event<T: MaybeSend + 'static>(
    mut reading: Box<Reading>,
    read: fn(&Pieces, &Event<String>) -> Result<T, CodecError>,
) -> Step<T> {
    Box::pin(async move {
        if reading.ended {
            return None;
        }
        let item = match reading.event().await {
            Ok(None) => return None,
            Ok(Some(event)) => match read(&reading.pieces, &event) {
                Ok(data) => Ok(event.with(data)),
                Err(failure) => Err(reading.pieces.error(Cause::FromResponse(failure))),
            },
            Err(fault) => Err(AnyError::of(fault)),
        };
        reading.ended = item.is_err();
        Some((item, reading))
    })
}
