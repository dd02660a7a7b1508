//! Server-sent events as a stream of values, connected anew where the caller wants it.

use crate::client::Decoding;
use crate::codec::{read_json, CodecError, Decode, Deviations, Value};
use crate::error::{AnyError, Cause, Fault};
use crate::execute::BodyMode;
use crate::execute::RawResponse;
use crate::futures::{next, MaybeSend, Stepped, Steps, YieldBudget};
use crate::opaque::OpaqueBox;
use crate::request::Call;
use crate::response::FromResponse;
use crate::stream::sse::{Decoder, Event};
use crate::stream::Pieces;
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// How long to wait before connecting anew, where the server has not said.
const PAUSE: Duration = Duration::from_secs(3);
/// The bounds of what a server may say: it can neither be asked all the time nor keep a call waiting for ever.
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(300);
/// The text by which some servers end a stream of JSON.
const END: &str = "[DONE]";

/// A reply of server-sent events whose data is JSON of this type. An event whose data is `[DONE]`, which is no JSON, ends
/// it: a custom of servers that stream language models' replies.
pub struct Events<T>(PhantomData<fn() -> T>);

impl<T: Decode + MaybeSend + 'static> FromResponse for Events<T> {
    type Value = EventStream<T>;
    const STREAMED: bool = true;

    fn decode(answer: &mut RawResponse) -> Result<EventStream<T>, CodecError> {
        Ok(EventStream::new(answer, json_step::<T>))
    }
}

/// A reply of server-sent events whose data is text, whatever it says.
#[derive(Debug)]
pub struct TextEvents;

impl FromResponse for TextEvents {
    type Value = EventStream<String>;
    const STREAMED: bool = true;

    fn decode(answer: &mut RawResponse) -> Result<EventStream<String>, CodecError> {
        Ok(EventStream::new(answer, text_step))
    }
}

/// A reading with the event that it was read up to.
type Step<T> = Stepped<Box<Reading>, Result<Event<T>, AnyError>>;

/// The readings of a stream.
type ReadingSteps<T> = Steps<Box<Reading>, Result<Event<T>, AnyError>>;

/// The server-sent events of a reply as they arrive, a [`Stream`] of [`Event`]s (WHATWG HTML, section 9.2). It ends with the reply or after the first failure; where
/// items are JSON, at an event that says `[DONE]` too.
///
/// ```
/// use typewright_runtime::stream::EventStream;
/// use typewright_runtime::AnyError;
///
/// async fn sum(events: EventStream<i64>) -> Result<i64, AnyError> {
///     let mut events = events.reconnecting(3);
///     let mut sum = 0;
///     while let Some(event) = events.next().await {
///         sum += event?.data;
///     }
///     Ok(sum)
/// }
/// # drop(sum);
/// ```
pub struct EventStream<T> {
    state: Option<Box<Reading>>,
    step: fn(Box<Reading>) -> Step<T>,
    steps: Option<ReadingSteps<T>>,
}

impl<T: MaybeSend + 'static> EventStream<T> {
    fn new(answer: &mut RawResponse, step: fn(Box<Reading>) -> Step<T>) -> Self {
        let again = answer.reconnect.take();
        let reading = Reading {
            pieces: Pieces::new(answer),
            decoder: Decoder::new(),
            piece: Bytes::new(),
            turn: YieldBudget::default(),
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

    /// Connects anew when the reply ends or breaks off, with the last event's id in `Last-Event-ID`; at most so often in a
    /// row without an event between. By default it never does.
    ///
    /// Before it waits as long as the server asks for by `retry:`, but from a tenth of a second to five minutes; 3 seconds
    /// where the server asks for nothing.
    #[must_use]
    pub fn reconnecting(mut self, times: u32) -> Self {
        if let Some(reading) = &mut self.state {
            reading.reconnects = times;
        }
        self
    }

    /// Waits for the next event; `None` at the end.
    ///
    /// # Errors
    /// The reply broke off, its data is not of the type, or connecting anew failed; the stream has ended then.
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

struct Reading {
    pieces: Pieces,
    /// What is left of the piece that came last.
    piece: Bytes,
    turn: YieldBudget,
    decoder: Decoder,
    again: Option<Box<Call>>,
    reconnects: u32,
    ended: bool,
}

impl Reading {
    async fn event(&mut self) -> Result<Option<Event<String>>, OpaqueBox<Fault>> {
        let mut left = self.reconnects;
        loop {
            if let Some(event) = self.buffered().await? {
                return Ok(Some(event));
            }
            let failure = match self.pieces.next().await {
                Some(Ok(piece)) => {
                    self.piece = piece;
                    continue;
                }
                Some(Err(failure)) => Some(failure),
                None => None,
            };
            if left == 0 {
                let fault = |failure| self.pieces.fault(Cause::Transport(failure));
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

    /// The next event of the piece that came last.
    async fn buffered(&mut self) -> Result<Option<Event<String>>, OpaqueBox<Fault>> {
        while !self.piece.is_empty() {
            let before = self.piece.len();
            let event = self.decoder.read(&mut self.piece);
            let limit = self.pieces.limit;
            if self.decoder.held() > limit {
                return Err(self.pieces.fault(Cause::TooLarge(limit)));
            }
            self.turn
                .step(before.saturating_sub(self.piece.len()))
                .await;
            if event.is_some() {
                return Ok(event);
            }
        }
        Ok(None)
    }

    /// Sends the call again from the last event on; `false` where it cannot or need not be sent.
    async fn reconnect(&mut self) -> Result<bool, OpaqueBox<Fault>> {
        let Some(mut call) = self.again.as_ref().and_then(|call| call.try_clone()) else {
            return Ok(false);
        };
        let pause = self.decoder.retry.unwrap_or(PAUSE);
        call.clock().sleep(pause.clamp(SHORTEST, LONGEST)).await;
        if !self.decoder.id.is_empty() {
            call.set_header("last-event-id", &self.decoder.id);
        }
        let mut answer = call.execute(BodyMode::Streamed).await?;
        // 204 is how a server says that there is nothing more.
        if answer.status() == http::StatusCode::NO_CONTENT {
            return Ok(false);
        }
        if !answer.is_success() {
            return Err(answer.context().fault(Cause::Unexpected));
        }
        self.decoder.reset();
        self.piece = Bytes::new();
        self.pieces = Pieces::new(&mut answer);
        Ok(true)
    }
}

fn json_step<T: Decode + MaybeSend + 'static>(reading: Box<Reading>) -> Step<T> {
    next_event(reading, |pieces, event| match &*event.data {
        END => Ok(None),
        data => pieces.decode(data.as_bytes()).map(Some),
    })
}

fn text_step(reading: Box<Reading>) -> Step<String> {
    next_event(reading, |_, event| Ok(Some(event.data.clone())))
}

/// Whether an event may be the end of a stream: nothing but [`END`], under no name.
fn may_end(event: &Event<String>) -> bool {
    event.data == END && event.event == "message"
}

/// The next event, its data read by `read`, which gives nothing where the event ends the stream.
fn next_event<T: MaybeSend + 'static>(
    mut reading: Box<Reading>,
    read: fn(&Pieces, &Event<String>) -> Result<Option<T>, CodecError>,
) -> Step<T> {
    Box::pin(async move {
        if reading.ended {
            return None;
        }
        let item = match reading.event().await {
            Ok(None) => return None,
            Ok(Some(event)) => match read(&reading.pieces, &event) {
                Ok(Some(data)) => Ok(event.with(data)),
                Ok(None) => return None,
                Err(failure) => Err(AnyError::from_fault(
                    reading.pieces.fault(Cause::Decode(failure)),
                )),
            },
            Err(fault) => Err(AnyError::from_fault(fault)),
        };
        reading.ended = item.is_err();
        Some((item, reading))
    })
}

/// The data of events, told by their names: an enum with a variant a name, and one for all others.
pub trait ReadEvent: Sized {
    /// Reads the data of one event.
    ///
    /// # Errors
    /// The data is not what the document says of events of this name.
    fn read_event(event: &NamedEvent<'_>) -> Result<Self, CodecError>;
}

/// An event whose data is yet to be read.
pub struct NamedEvent<'a> {
    event: &'a Event<String>,
    deviations: &'a Deviations,
}

impl fmt::Debug for NamedEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NamedEvent").field(self.event).finish()
    }
}

impl NamedEvent<'_> {
    /// Its name; `message` where the server gives none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.event.event
    }

    /// The data as JSON.
    ///
    /// # Errors
    /// It is no JSON, or not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, CodecError> {
        let mut value = None;
        read_json(self.event.data.as_bytes(), self.deviations, &mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// The data as it stands.
    #[must_use]
    pub fn text(&self) -> String {
        self.event.data.clone()
    }

    /// The data as a type that is written as text, such as a time.
    ///
    /// # Errors
    /// The text is not one of the type's.
    pub fn read_text<T: Decode>(&self) -> Result<T, CodecError> {
        let mut value = None;
        Value::Text(self.text()).read_into(self.deviations, &mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// All of it: an event of a name that the document does not list.
    ///
    /// # Errors
    /// The client takes no such event ([`Decoding::Strict`](crate::client::Decoding::Strict)).
    pub fn unlisted(&self) -> Result<Event<String>, CodecError> {
        self.deviations.accept(CodecError::new(
            "an event that the document lists",
            "another",
        ))?;
        Ok(self.event.clone())
    }
}

/// A reply of server-sent events whose names tell what their data is.
///
/// The stream ends after the first event whose data is not what its name says; the failure's path begins with that
/// name. It ends at an event without a name that says `[DONE]` too, unless the document describes such an event.
pub struct NamedEvents<T>(PhantomData<fn() -> T>);

impl<T: ReadEvent + MaybeSend + 'static> FromResponse for NamedEvents<T> {
    type Value = EventStream<T>;
    const STREAMED: bool = true;

    fn decode(answer: &mut RawResponse) -> Result<EventStream<T>, CodecError> {
        Ok(EventStream::new(answer, named_step::<T>))
    }
}

fn named_step<T: ReadEvent + MaybeSend + 'static>(reading: Box<Reading>) -> Step<T> {
    next_event(reading, decode_named::<T>)
}

fn decode_named<T: ReadEvent>(
    pieces: &Pieces,
    event: &Event<String>,
) -> Result<Option<T>, CodecError> {
    let read = |deviations: &Deviations| {
        T::read_event(&NamedEvent { event, deviations })
            .map_err(|failure| failure.in_member(&event.event))
    };
    if may_end(event) {
        // An event of the document's, or else the end.
        return Ok(Decoding::Strict.decode(pieces.context.operation, read).ok());
    }
    pieces
        .decoding
        .decode(pieces.context.operation, read)
        .map(Some)
}
