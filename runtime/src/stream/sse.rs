//! The format of server-sent events (WHATWG HTML, section 9.2.6).

use bytes::{Buf as _, Bytes};
use std::sync::Arc;
use std::time::Duration;

/// One server-sent event (WHATWG HTML, section 9.2.6).
///
/// ```
/// use typewright_runtime::stream::Event;
/// fn show(event: &Event<String>) -> String {
///     format!("{} {}: {}", event.id, event.event, event.data)
/// }
/// # drop(show);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The event's type; `message` if the server sends none.
    pub event: String,
    /// The last id that the server sent; empty if it sent none. Events of the same id share its text.
    pub id: Arc<str>,
    /// The event's data, of the documented type.
    pub data: T,
}

impl<T> Event<T> {
    /// Creates an event without a name and an id, for servers to send.
    ///
    /// ```
    /// use typewright_runtime::stream::Event;
    /// let event = Event::new(7).with_event("tick").with_id("7");
    /// assert_eq!((&*event.event, &*event.id, event.data), ("tick", "7", 7));
    /// ```
    #[must_use]
    pub fn new(data: T) -> Self {
        Self { event: "message".to_owned(), id: Arc::from(""), data }
    }

    /// Sets the event's type.
    #[must_use]
    pub fn with_event(mut self, event: impl Into<String>) -> Self {
        self.event = event.into();
        self
    }

    /// Sets the id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Arc<str>>) -> Self {
        self.id = id.into();
        self
    }

    /// The same event with other data.
    pub(crate) fn with_data<U>(self, data: U) -> Event<U> {
        Event { event: self.event, id: self.id, data }
    }
}

/// Reads events from pieces of text of any length.
#[derive(Debug)]
pub(crate) struct Decoder {
    line: Vec<u8>,
    /// `true` if the last byte was a carriage return, whose line feed may begin the next piece.
    after_return: bool,
    has_begun: bool,
    event: String,
    data: String,
    has_data: bool,
    /// The id of the next event.
    next_id: Arc<str>,
    /// The id of the last complete event, for `Last-Event-ID`.
    pub(crate) id: Arc<str>,
    pub(crate) retry: Option<Duration>,
}

impl Decoder {
    pub(crate) fn new() -> Self {
        Self::after(Arc::from(""), None)
    }

    fn after(id: Arc<str>, retry: Option<Duration>) -> Self {
        Self {
            line: Vec::new(),
            after_return: false,
            has_begun: false,
            event: String::new(),
            data: String::new(),
            has_data: false,
            next_id: Arc::clone(&id),
            id,
            retry,
        }
    }

    /// Size of the incomplete event, in bytes.
    pub(crate) fn buffered_bytes(&self) -> usize {
        self.line.len() + self.event.len() + self.data.len() + self.next_id.len()
    }

    /// Removes the rest of a line from the piece, and returns the event that ends with it.
    pub(crate) fn read(&mut self, piece: &mut Bytes) -> Option<Event<String>> {
        let after_return = std::mem::take(&mut self.after_return);
        if after_return && piece.first() == Some(&b'\n') {
            piece.advance(1);
        }
        let end = piece.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let Some(end) = end else {
            self.line.extend_from_slice(piece);
            piece.clear();
            return None;
        };
        let rest = piece.split_to(end);
        self.after_return = piece.first() == Some(&b'\r');
        piece.advance(1);
        if self.line.is_empty() {
            return self.read_line(&rest);
        }
        let mut line = std::mem::take(&mut self.line);
        line.extend_from_slice(&rest);
        self.read_line(&line)
    }

    /// Discards an incomplete event.
    pub(crate) fn reset(&mut self) {
        *self = Self::after(Arc::clone(&self.id), self.retry);
    }

    fn read_line(&mut self, line: &[u8]) -> Option<Event<String>> {
        let line = String::from_utf8_lossy(line);
        let line = match line.strip_prefix('\u{feff}') {
            Some(rest) if !self.has_begun => rest,
            Some(_) | None => &line,
        };
        self.has_begun = true;
        if line.is_empty() {
            return self.dispatch();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event = value.to_owned(),
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => self.next_id = value.into(),
            "retry" => self.retry = pause(value).or(self.retry),
            // Comments, and fields of later versions.
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Event<String>> {
        self.id = Arc::clone(&self.next_id);
        let event = std::mem::take(&mut self.event);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        Some(Event {
            event: if event.is_empty() { "message".to_owned() } else { event },
            id: Arc::clone(&self.id),
            data: std::mem::take(&mut self.data),
        })
    }
}

/// Milliseconds in digits, without the sign that Rust's numbers may have.
fn pause(text: &str) -> Option<Duration> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_digits);
    number.map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(decoder: &mut Decoder, piece: &[u8]) -> Vec<Event<String>> {
        let mut piece = Bytes::copy_from_slice(piece);
        let mut events = Vec::new();
        while !piece.is_empty() {
            events.extend(decoder.read(&mut piece));
        }
        events
    }

    fn events(pieces: &[&[u8]]) -> Vec<Event<String>> {
        let mut decoder = Decoder::new();
        let pieces = pieces.iter();
        pieces.flat_map(|piece| feed(&mut decoder, piece)).collect()
    }

    #[test]
    fn lines_end_in_three_ways_and_pieces_anywhere() {
        let text =
            "\u{feff}: hello\r\nevent: a\rid: 1\ndata: x\r\ndata:y\r\n\r\ndata\n\nid\ndata:  z\n\n";
        let expected = [("a", "1", "x\ny"), ("message", "1", ""), ("message", "", " z")];
        let expected = expected.map(|(event, id, data)| Event {
            event: event.to_owned(),
            id: id.into(),
            data: data.to_owned(),
        });
        assert_eq!(events(&[text.as_bytes()]), expected);
        for size in 1..text.len() {
            let pieces: Vec<_> = text.as_bytes().chunks(size).collect();
            assert_eq!(events(&pieces), expected, "{size}");
        }
    }

    #[test]
    fn what_has_no_data_or_no_end_is_no_event() {
        assert!(events(&[b"event: a\n\n", b"id: 1\n\n", b"data: unfinished\n"]).is_empty());
        let mut decoder = Decoder::new();
        feed(&mut decoder, b"retry: 1500\nretry: soon\nid: 7\nid: a\0b\n\nid: 8\ndata: x");
        let second = Some(Duration::from_millis(1500));
        assert_eq!((decoder.retry, &*decoder.id), (second, "7"));
        decoder.reset();
        assert_eq!((decoder.buffered_bytes(), &*decoder.id), (1, "7"));
        assert_eq!(decoder.retry, second);
        let again = feed(&mut decoder, b"data: y\n\ndata: z");
        assert_eq!((&*again[0].data, &*again[0].id), ("y", "7"));
    }

    #[test]
    fn a_pause_is_in_digits() {
        let mut decoder = Decoder::new();
        for text in ["retry: +5\n", "retry: -0\n", "retry\n", "retry: 1.5\n"] {
            feed(&mut decoder, text.as_bytes());
            assert_eq!(decoder.retry, None, "{text}");
        }
        feed(&mut decoder, b"retry: 05\nretry: 99999999999999999999\n");
        assert_eq!(decoder.retry, Some(Duration::from_millis(5)));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_at_the_beginning_only() {
        let text = "\u{feff}data: a\n\n\u{feff}data: b\n\ndata: \u{feff}c\n\n";
        let received = events(&[text.as_bytes()]);
        let data: Vec<_> = received.iter().map(|event| &*event.data).collect();
        assert_eq!(data, ["a", "\u{feff}c"]);
    }

    /// One long id before many events is held once, and counts.
    #[test]
    fn events_share_their_id() {
        let mut text = format!("id: {}\n", "x".repeat(1000)).into_bytes();
        text.extend(b"data: 1\n\n".repeat(100));
        let mut decoder = Decoder::new();
        let all = feed(&mut decoder, &text);
        assert_eq!(all.len(), 100);
        assert!(all.iter().all(|event| Arc::ptr_eq(&event.id, &all[0].id)));
        assert_eq!(decoder.buffered_bytes(), 1000);
        feed(&mut decoder, b"event: 12345\nda");
        assert_eq!(decoder.buffered_bytes(), 1007);
    }
}
