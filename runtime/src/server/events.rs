//! Replies that are streams of values: server-sent events and JSON lines.

use crate::body::{Body, ByteStream};
use crate::codec::{to_json, to_value, CodecError, Encode};
use crate::error::{TransportError, TransportFailure};
use crate::request::parameters::text;
use crate::server::reply::{ReplyBody, ReplyError, ReplyParts};
use crate::stream::{Event, Events, Lines, NamedEvents, TextEvents};
use bytes::Bytes;
use futures_core::Stream;
use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

/// A stream on the heap.
type Items<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// A stream of values.
struct Values<T> {
    /// In a lock that is never taken, so that whatever holds a stream is `Sync`.
    items: Mutex<Items<T>>,
}

impl<T: 'static> Values<T> {
    fn new(items: impl Stream<Item = T> + Send + 'static) -> Self {
        Self { items: Mutex::new(Box::pin(items)) }
    }

    /// The values as bytes, each encoded when it is polled for.
    fn encoded(self, encode: fn(T) -> Result<Bytes, CodecError>) -> Body {
        let items = self.items.into_inner().unwrap_or_else(PoisonError::into_inner);
        ByteStream::new(Encoded { items, encode, has_ended: false }).into()
    }
}

/// The server-sent events of a reply (WHATWG HTML, section 9.2), sent while they are made. An event that cannot be encoded ends
/// the connection.
///
/// ```
/// use futures_core::Stream;
/// use typewright_runtime::server::EventReplies;
/// use typewright_runtime::stream::Event;
///
/// /// Events such as `Event::new(7).with_id("7")`.
/// fn replies(ticks: impl Stream<Item = Event<i64>> + Send + 'static) -> EventReplies<i64> {
///     EventReplies::new(ticks)
/// }
/// ```
pub struct EventReplies<T> {
    events: Values<Event<T>>,
}

impl<T: Send + 'static> EventReplies<T> {
    /// Creates replies of these events.
    pub fn new(events: impl Stream<Item = Event<T>> + Send + 'static) -> Self {
        Self { events: Values::new(events) }
    }

    /// Creates replies of events with these data, without names and ids.
    pub fn from_data(data: impl Stream<Item = T> + Send + 'static) -> Self {
        Self { events: Values::new(Unnamed(Box::pin(data))) }
    }
}

impl<T> fmt::Debug for EventReplies<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventReplies")
    }
}

/// The values of a reply of one JSON text for each line, sent while they are made. A value that cannot be encoded ends the
/// connection.
///
/// ```
/// use futures_core::Stream;
/// use typewright_runtime::server::LineReplies;
///
/// fn replies(numbers: impl Stream<Item = i64> + Send + 'static) -> LineReplies<i64> {
///     LineReplies::new(numbers)
/// }
/// ```
pub struct LineReplies<T> {
    values: Values<T>,
}

impl<T: Send + 'static> LineReplies<T> {
    /// Creates replies of these values.
    pub fn new(values: impl Stream<Item = T> + Send + 'static) -> Self {
        Self { values: Values::new(values) }
    }
}

impl<T> fmt::Debug for LineReplies<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LineReplies")
    }
}

/// Data as events without names.
struct Unnamed<T>(Items<T>);

impl<T> Stream for Unnamed<T> {
    type Item = Event<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event<T>>> {
        self.0.as_mut().poll_next(context).map(|data| data.map(Event::new))
    }
}

/// Items as bytes.
struct Encoded<T> {
    items: Items<T>,
    encode: fn(T) -> Result<Bytes, CodecError>,
    has_ended: bool,
}

impl<T> Stream for Encoded<T> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        let encode = self.encode;
        let item = self.items.as_mut().poll_next(context).map(|item| item.map(encode));
        item.map(|item| match item? {
            Ok(bytes) => Some(Ok(bytes)),
            Err(failure) => {
                self.has_ended = true;
                Some(Err(TransportError::new(TransportFailure::Body, failure)))
            }
        })
    }
}

/// An event's data by its name, for replies: the inverse of [`ReadEvent`](crate::stream::ReadEvent).
pub trait WriteEvent {
    /// The name, and the text of the data.
    ///
    /// # Errors
    /// The data has no JSON form.
    fn write_event(&self) -> Result<(Cow<'_, str>, String), CodecError>;
}

/// An event as it is sent (WHATWG HTML, section 9.2.6). A line end would end the field; names and ids have none.
fn written(name: &str, id: &str, data: &str) -> Result<Bytes, CodecError> {
    let mut text = String::with_capacity(data.len() + 16);
    for (field, value) in [("event", name), ("id", id)] {
        if value.contains(['\r', '\n', '\0']) {
            return Err(CodecError::new("a text in one line", "several lines").in_member(field));
        }
    }
    if !name.is_empty() && name != "message" {
        text.extend(["event: ", name, "\n"]);
    }
    if !id.is_empty() {
        text.extend(["id: ", id, "\n"]);
    }
    let lines = data.replace("\r\n", "\n").replace('\r', "\n");
    for line in lines.split('\n') {
        text.extend(["data: ", line, "\n"]);
    }
    text.push('\n');
    Ok(text.into())
}

/// The data of an event whose data is text: a text as it is, and the text of a number or a boolean.
///
/// # Errors
/// The value is another one, or cannot be encoded.
pub fn event_text(value: &dyn Encode) -> Result<String, CodecError> {
    to_value(value)?.map_or_else(|| Err(CodecError::nothing()), |value| text(&value))
}

/// The data of an event whose data is JSON.
///
/// # Errors
/// The value cannot be encoded.
pub fn event_json(value: &dyn Encode) -> Result<String, CodecError> {
    let json = to_json(value)?;
    String::from_utf8(json).map_err(|_| CodecError::new("UTF-8 text", "other bytes"))
}

fn json_event<T: Encode>(event: Event<T>) -> Result<Bytes, CodecError> {
    written(&event.event, &event.id, &event_json(&event.data)?)
}

fn text_event(event: Event<String>) -> Result<Bytes, CodecError> {
    written(&event.event, &event.id, &event.data)
}

fn named_event<T: WriteEvent>(event: Event<T>) -> Result<Bytes, CodecError> {
    let (name, data) = event.data.write_event()?;
    written(&name, &event.id, &data)
}

fn line<T: Encode>(value: T) -> Result<Bytes, CodecError> {
    let mut line = to_json(&value)?;
    line.push(b'\n');
    Ok(line.into())
}

/// A line behind the separator of JSON text sequences (RFC 7464, section 2.2).
fn record<T: Encode>(value: T) -> Result<Bytes, CodecError> {
    let mut record = vec![b'\x1e'];
    record.extend(to_json(&value)?);
    record.push(b'\n');
    Ok(record.into())
}

impl<T: Encode + 'static> ReplyBody for Events<T> {
    type Value = EventReplies<T>;

    fn write(value: EventReplies<T>, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
        reply.set_body(value.events.encoded(json_event));
        Ok(())
    }
}

impl ReplyBody for TextEvents {
    type Value = EventReplies<String>;

    fn write(value: EventReplies<String>, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
        reply.set_body(value.events.encoded(text_event));
        Ok(())
    }
}

impl<T: WriteEvent + 'static> ReplyBody for NamedEvents<T> {
    type Value = EventReplies<T>;

    fn write(value: EventReplies<T>, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
        reply.set_body(value.events.encoded(named_event));
        Ok(())
    }
}

impl<T: Encode + 'static> ReplyBody for Lines<T> {
    type Value = LineReplies<T>;

    fn write(value: LineReplies<T>, reply: &mut ReplyParts<'_>) -> Result<(), ReplyError> {
        let is_sequence = reply.documented()?.media_type.contains("json-seq");
        reply.set_body(value.values.encoded(if is_sequence { record } else { line }));
        Ok(())
    }
}
