//! Responses that are streams of values: server-sent events and JSON lines.

mod events;
mod lines;
pub(crate) mod sse;

pub use events::EventStream;
#[doc(hidden)]
pub use events::{Events, NamedEvent, NamedEvents, ReadEvent, TextEvents};
pub use lines::LineStream;
#[doc(hidden)]
pub use lines::Lines;
#[cfg(feature = "server")]
pub(crate) use lines::{LineFailure, LineReader};
pub use sse::Event;

use crate::body::ByteStream;
use crate::client::Decoding;
use crate::codec::{CodecError, Decode};
use crate::error::{Cause, Fault, ResponseContext, TransportError};
use crate::execute::RawResponse;
use crate::futures::next;
use crate::opaque::OpaqueBox;
use bytes::Bytes;

/// The body of a response as it arrives, with what decoding its items and reporting failures needs.
struct Pieces {
    bytes: ByteStream,
    context: ResponseContext,
    /// Limit of the bytes of one item.
    limit: usize,
    decoding: Decoding,
}

impl Pieces {
    fn new(response: &mut RawResponse) -> Self {
        Self {
            context: response.context(),
            limit: response.max_body_bytes,
            decoding: response.decoding.clone(),
            bytes: response.take_stream(),
        }
    }

    /// Decodes one item with the client's leniency.
    fn decode<T: Decode>(&self, item: &[u8]) -> Result<T, CodecError> {
        let mut value = None;
        self.decoding.read(self.context.operation, item, &mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        next(&mut self.bytes).await
    }

    fn fault(&self, cause: Cause) -> OpaqueBox<Fault> {
        self.context.clone().fault(cause)
    }
}
