//! Replies that are streams of values: server-sent events and JSON lines.

mod events;
mod lines;
mod named;
pub(crate) mod sse;

pub use events::EventStream;
#[doc(hidden)]
pub use events::{Events, TextEvents};
pub use lines::LineStream;
#[doc(hidden)]
pub use lines::Lines;
#[doc(hidden)]
pub use named::{NamedEvent, NamedEvents, ReadEvent};
pub use sse::Event;

use crate::answer::RawResponse;
use crate::body::ByteStream;
use crate::boxed::next;
use crate::codec::{CodecError, Decode};
use crate::decoding::Decoding;
use crate::error::{AnyError, Cause};
use crate::send::Witness;
use crate::transport::TransportError;
use bytes::Bytes;

/// The pieces of a reply, and what its failures tell.
struct Pieces {
    bytes: ByteStream,
    witness: Witness,
    limit: usize,
    decoding: Decoding,
    operation: &'static str,
}

impl Pieces {
    fn new(answer: &mut RawResponse) -> Self {
        let witness = answer.witness();
        let limit = answer.max_body_bytes;
        let decoding = answer.decoding.clone();
        let operation = answer.operation.id;
        let bytes = answer.take_stream();
        Self {
            bytes,
            witness,
            limit,
            decoding,
            operation,
        }
    }

    /// Reads one item as the client takes replies.
    fn read<T: Decode>(&self, item: &[u8]) -> Result<T, CodecError> {
        let mut value = None;
        self.decoding.read(self.operation, item, &mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        next(&mut self.bytes).await
    }

    fn error(&self, cause: Cause) -> AnyError {
        AnyError::of(self.witness.clone().fault(cause))
    }
}
