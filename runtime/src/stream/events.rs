//! Server-sent events as a stream of values, which may reconnect.

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

/// The pause before reconnecting, unless the server states one.
const DEFAULT_PAUSE: Duration = Duration::from_secs(3);
/// The bounds of the pause that a server may state.
const MIN_PAUSE: Duration = Duration::from_millis(100);
const MAX_PAUSE: Duration = Duration::from_secs(300);
/// The text by which some servers end a stream of JSON.
const END: &str = "[DONE]";

/// A response of server-sent events whose data is JSON of this type. An event whose data is `[DONE]`, which is no JSON, ends
/// it, as is customary of servers of language models.
pub struct Events<T>(PhantomData<fn() -> T>);

impl<T: Decode + MaybeSend + 'static> FromResponse for Events<T> {
    type Value = EventStream<T>;
    const STREAMED: bool = true;

    fn decode(response: &mut RawResponse) -> Result<EventStream<T>, CodecError> {
        Ok(EventStream::new(response, json_step::<T>))
    }
}

/// A response of server-sent events whose data is text.
#[derive(Debug)]
pub struct TextEvents;

impl FromResponse for TextEvents {
    type Value = EventStream<String>;
    const STREAMED: bool = true;

    fn decode(response: &mut RawResponse) -> Result<EventStream<String>, CodecError> {
        Ok(EventStream::new(response, text_step))
    }
}

/// The future of the next event.
type Step<T> = Stepped<Box<ReadState>, Result<Event<T>, AnyError>>;

/// The events of a stream.
type EventSteps<T> = Steps<Box<ReadState>, Result<Event<T>, AnyError>>;

/// The server-sent events of a response as they arrive, a [`Stream`] of [`Event`]s (WHATWG HTML, section 9.2). It ends with the
/// response or after the first failure, and if items are JSON, also at an event whose data is `[DONE]`.
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
    state: Option<Box<ReadState>>,
    step: fn(Box<ReadState>) -> Step<T>,
    steps: Option<EventSteps<T>>,
}

impl<T: MaybeSend + 'static> EventStream<T> {
    fn new(response: &mut RawResponse, step: fn(Box<ReadState>) -> Step<T>) -> Self {
        let call = response.reconnect.take();
        let state = ReadState {
            pieces: Pieces::new(response),
            decoder: Decoder::new(),
            piece: Bytes::new(),
            budget: YieldBudget::default(),
            call,
            reconnects: 0,
            has_ended: false,
        };
        Self { state: Some(Box::new(state)), step, steps: None }
    }

    /// Reconnects when the response ends or is interrupted, with the last event's id in `Last-Event-ID`, at most so many times
    /// without an event in between. The default is 0.
    ///
    /// The pause before is that of the server's `retry:`, from a tenth of a second to five minutes, or else 3 seconds.
    #[must_use]
    pub fn reconnecting(mut self, times: u32) -> Self {
        if let Some(state) = &mut self.state {
            state.reconnects = times;
        }
        self
    }

    /// Waits for the next event; `None` at the end.
    ///
    /// # Errors
    /// The response was interrupted, its data is not of the type, or reconnecting failed, which ends the stream.
    pub async fn next(&mut self) -> Option<Result<Event<T>, AnyError>> {
        next(self).await
    }
}

impl<T: MaybeSend + 'static> Stream for EventStream<T> {
    type Item = Result<Event<T>, AnyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(state) = self.state.take() {
            self.steps = Some(Steps::new(state, self.step));
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

struct ReadState {
    pieces: Pieces,
    /// The unread rest of the last piece.
    piece: Bytes,
    budget: YieldBudget,
    decoder: Decoder,
    /// The call to send again.
    call: Option<Box<Call>>,
    reconnects: u32,
    has_ended: bool,
}

impl ReadState {
    async fn event(&mut self) -> Result<Option<Event<String>>, OpaqueBox<Fault>> {
        let mut attempts_left = self.reconnects;
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
            if attempts_left == 0 {
                let fault = |failure| self.pieces.fault(Cause::Transport(failure));
                return failure.map_or(Ok(None), |failure| Err(fault(failure)));
            }
            loop {
                attempts_left -= 1;
                match self.reconnect().await {
                    Ok(true) => break,
                    Ok(false) => return Ok(None),
                    // A server that is restarted may be unreachable at first.
                    Err(fault)
                        if attempts_left > 0 && matches!(fault.cause, Cause::Transport(_)) => {}
                    Err(fault) => return Err(fault),
                }
            }
        }
    }

    /// The next event of the last piece.
    async fn buffered(&mut self) -> Result<Option<Event<String>>, OpaqueBox<Fault>> {
        while !self.piece.is_empty() {
            let before = self.piece.len();
            let event = self.decoder.read(&mut self.piece);
            let limit = self.pieces.limit;
            if self.decoder.buffered_bytes() > limit {
                return Err(self.pieces.fault(Cause::TooLarge(limit)));
            }
            self.budget.step(before.saturating_sub(self.piece.len())).await;
            if event.is_some() {
                return Ok(event);
            }
        }
        Ok(None)
    }

    /// Sends the call again from the last event on; `false` if it cannot be repeated or the server has no more events.
    async fn reconnect(&mut self) -> Result<bool, OpaqueBox<Fault>> {
        let Some(mut call) = self.call.as_ref().and_then(|call| call.try_clone()) else {
            return Ok(false);
        };
        let pause = self.decoder.retry.unwrap_or(DEFAULT_PAUSE);
        call.clock().sleep(pause.clamp(MIN_PAUSE, MAX_PAUSE)).await;
        if !self.decoder.id.is_empty() {
            call.set_header("last-event-id", &self.decoder.id);
        }
        let mut response = call.execute(BodyMode::Streamed).await?;
        // By 204 a server reports that there are no more events.
        if response.status() == http::StatusCode::NO_CONTENT {
            return Ok(false);
        }
        if !response.is_success() {
            return Err(response.context().fault(Cause::Unexpected));
        }
        self.decoder.reset();
        self.piece = Bytes::new();
        self.pieces = Pieces::new(&mut response);
        Ok(true)
    }
}

fn json_step<T: Decode + MaybeSend + 'static>(state: Box<ReadState>) -> Step<T> {
    next_event(state, |pieces, event| match &*event.data {
        END => Ok(None),
        data => pieces.decode(data.as_bytes()).map(Some),
    })
}

fn text_step(state: Box<ReadState>) -> Step<String> {
    next_event(state, |_, event| Ok(Some(event.data.clone())))
}

/// `true` if an event may end a stream: its data is [`END`], and it has no name.
fn is_end_marker(event: &Event<String>) -> bool {
    event.data == END && event.event == "message"
}

/// The next event, whose data `read` decodes; `None` of it ends the stream.
fn next_event<T: MaybeSend + 'static>(
    mut state: Box<ReadState>,
    read: fn(&Pieces, &Event<String>) -> Result<Option<T>, CodecError>,
) -> Step<T> {
    Box::pin(async move {
        if state.has_ended {
            return None;
        }
        let item = match state.event().await {
            Ok(None) => return None,
            Ok(Some(event)) => match read(&state.pieces, &event) {
                Ok(Some(data)) => Ok(event.with_data(data)),
                Ok(None) => return None,
                Err(failure) => {
                    Err(AnyError::from_fault(state.pieces.fault(Cause::Decode(failure))))
                }
            },
            Err(fault) => Err(AnyError::from_fault(fault)),
        };
        state.has_ended = item.is_err();
        Some((item, state))
    })
}

/// Data of events by their names: an enum with one variant for each name, and one for all others.
pub trait ReadEvent: Sized {
    /// Reads the data of one event.
    ///
    /// # Errors
    /// The data is not as documented for this name.
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
    /// The name; `message` if the server sends none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.event.event
    }

    /// The data as JSON.
    ///
    /// # Errors
    /// The data is no JSON, or not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, CodecError> {
        let mut value = None;
        read_json(self.event.data.as_bytes(), self.deviations, &mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// The text of the data.
    #[must_use]
    pub fn text(&self) -> String {
        self.event.data.clone()
    }

    /// The data as a type that is encoded as text, such as a time.
    ///
    /// # Errors
    /// The text is not of this type.
    pub fn read_text<T: Decode>(&self) -> Result<T, CodecError> {
        let mut value = None;
        Value::Text(self.text()).read_into(self.deviations, &mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// The whole event, if the document does not list its name.
    ///
    /// # Errors
    /// The client refuses such events ([`Decoding::Strict`](crate::client::Decoding::Strict)).
    pub fn unlisted(&self) -> Result<Event<String>, CodecError> {
        self.deviations.accept(CodecError::new("an event that the document lists", "another"))?;
        Ok(self.event.clone())
    }
}

/// A response of server-sent events whose types depend on their names.
///
/// The stream ends after the first event whose data is not of its name's type; the failure's path begins with that
/// name. It also ends at an event without a name whose data is `[DONE]`, unless the document describes such an event.
pub struct NamedEvents<T>(PhantomData<fn() -> T>);

impl<T: ReadEvent + MaybeSend + 'static> FromResponse for NamedEvents<T> {
    type Value = EventStream<T>;
    const STREAMED: bool = true;

    fn decode(response: &mut RawResponse) -> Result<EventStream<T>, CodecError> {
        Ok(EventStream::new(response, named_step::<T>))
    }
}

fn named_step<T: ReadEvent + MaybeSend + 'static>(state: Box<ReadState>) -> Step<T> {
    next_event(state, decode_named::<T>)
}

fn decode_named<T: ReadEvent>(
    pieces: &Pieces,
    event: &Event<String>,
) -> Result<Option<T>, CodecError> {
    let read = |deviations: &Deviations| {
        T::read_event(&NamedEvent { event, deviations })
            .map_err(|failure| failure.in_member(&event.event))
    };
    if is_end_marker(event) {
        // An event of the document's, or else the end.
        return Ok(Decoding::Strict.decode(pieces.context.operation, read).ok());
    }
    pieces.decoding.decode(pieces.context.operation, read).map(Some)
}
