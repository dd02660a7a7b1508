//! Server-sent events whose names tell what their data is (OpenAPI 3.2, section 4.14.4.2).

use super::events::{may_end, next_event, EventStream, Reading, Step};
use super::sse::Event;
use super::Pieces;
use crate::answer::{FromResponse, RawResponse};
use crate::boxed::MaybeSend;
use crate::codec::drift::departs;
use crate::codec::{from_json, CodecError, Decode, Value};
use crate::decoding::Decoding;
use std::marker::PhantomData;

/// The data of events, told by their names: an enum with a variant a name, and one for all others.
pub trait ReadEvent: Sized {
    /// Reads the data of one event.
    ///
    /// # Errors
    /// The data is not what the document says of events of this name.
    fn read_event(event: &NamedEvent<'_>) -> Result<Self, CodecError>;
}

/// An event whose data is yet to be read.
#[derive(Debug)]
pub struct NamedEvent<'a>(&'a Event<String>);

impl NamedEvent<'_> {
    /// Its name; `message` where the server gives none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.event
    }

    /// The data as JSON.
    ///
    /// # Errors
    /// It is no JSON, or not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, CodecError> {
        from_json(self.0.data.as_bytes())
    }

    /// The data as it stands.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.data.clone()
    }

    /// The data as a type that is written as text, such as a time.
    ///
    /// # Errors
    /// The text is not one of the type's.
    pub fn read_text<T: Decode>(&self) -> Result<T, CodecError> {
        Value::Text(self.text()).read()
    }

    /// All of it: an event of a name that the document does not list.
    ///
    /// # Errors
    /// The client takes no such event ([`Decoding::Strict`](crate::codegen::v1::Decoding::Strict)).
    pub fn unlisted(&self) -> Result<Event<String>, CodecError> {
        departs(CodecError::new(
            "an event that the document lists",
            "another",
        ))?;
        Ok(self.0.clone())
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
        Ok(EventStream::new(answer, step::<T>))
    }
}

fn step<T: ReadEvent + MaybeSend + 'static>(reading: Box<Reading>) -> Step<T> {
    next_event(reading, read::<T>)
}

fn read<T: ReadEvent>(pieces: &Pieces, event: &Event<String>) -> Result<Option<T>, CodecError> {
    let read =
        || T::read_event(&NamedEvent(event)).map_err(|failure| failure.in_member(&event.event));
    if may_end(event) {
        // An event of the document's, or else the end.
        return Ok(Decoding::Strict.reading(pieces.operation, read).ok());
    }
    pieces.decoding.reading(pieces.operation, read).map(Some)
}
