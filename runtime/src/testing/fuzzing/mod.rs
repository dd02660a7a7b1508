//! Checks for fuzzing: each function reads any bytes as a server's data, and panics if the runtime does, contradicts itself, or
//! differs from a simpler implementation.
//!
//! The targets of `fuzz/` and the tests of this crate call these.
#![allow(clippy::panic, reason = "a panic reports the failure of a check")]

mod authenticate;
mod codecs;
mod events;
mod json;
mod link;
mod multipart;
mod types;
mod waiting;

pub use self::authenticate::authenticate;
pub use self::codecs::{codecs, CODECS};
pub use self::events::events;
pub use self::json::json;
pub use self::link::link;
pub use self::multipart::multipart;
pub use self::waiting::waiting;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Makes decisions and texts of bytes; zeros and empty texts after their end.
struct Input<'b>(&'b [u8]);

impl<'b> Input<'b> {
    fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    fn number(&mut self) -> u64 {
        (0..8).fold(0, |number, _| number << 8 | u64::from(self.byte()))
    }

    /// Fewer than so many bytes, by the first byte.
    fn bytes(&mut self, limit: u8) -> &'b [u8] {
        let count = usize::from(self.byte() % limit.max(1)).min(self.0.len());
        let (bytes, rest) = self.0.split_at_checked(count).unwrap_or_default();
        self.0 = rest;
        bytes
    }

    fn text(&mut self, limit: u8) -> String {
        String::from_utf8_lossy(self.bytes(limit)).into_owned()
    }
}

/// A header of each line that may be one.
fn headers(name: &HeaderName, bytes: &[u8]) -> HeaderMap {
    let lines = bytes.split(|byte| *byte == b'\n').take(16);
    let values = lines.filter_map(|line| HeaderValue::from_bytes(line).ok());
    values.map(|value| (name.clone(), value)).collect()
}

/// `true` if a text is a token (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_one = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_one)
}

/// A text as a quoted string (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

/// The output of a future that never waits for anything else.
fn outcome<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(outcome) = future.as_mut().poll(&mut context) {
            return outcome;
        }
    }
}

/// The bytes as a text for a message.
fn text_of(bytes: &[u8]) -> String {
    format!("{:?}", String::from_utf8_lossy(bytes))
}
