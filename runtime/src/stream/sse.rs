//! The format of server-sent events (WHATWG HTML, section 9.2.6).

use std::collections::VecDeque;
use std::time::Duration;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its type; `message` where the server gives none.
    pub event: String,
    /// The last id that the server gave; empty where it gave none.
    pub id: String,
    /// What it says.
    pub data: T,
}

impl<T> Event<T> {
    /// The same event saying something else.
    pub(super) fn with<U>(self, data: U) -> Event<U> {
        Event {
            event: self.event,
            id: self.id,
            data,
        }
    }
}

/// Reads events from pieces of text that may be cut anywhere.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, whose line feed may come with the next piece.
    returned: bool,
    begun: bool,
    event: String,
    data: String,
    has_data: bool,
    pub(super) id: String,
    pub(super) retry: Option<Duration>,
    pub(super) ready: VecDeque<Event<String>>,
}

impl Decoder {
    /// How much of an unfinished event is held, in bytes.
    pub(super) fn held(&self) -> usize {
        self.line.len() + self.data.len()
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' if self.returned => self.returned = false,
                b'\n' | b'\r' => {
                    self.returned = *byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    self.take(&line);
                }
                byte => {
                    self.returned = false;
                    self.line.push(*byte);
                }
            }
        }
    }

    /// Forgets an event that broke off.
    pub(super) fn reset(&mut self) {
        *self = Self {
            id: std::mem::take(&mut self.id),
            retry: self.retry,
            ready: std::mem::take(&mut self.ready),
            ..Self::default()
        };
    }

    fn take(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        let line = match line.strip_prefix('\u{feff}') {
            Some(rest) if !self.begun => rest,
            Some(_) | None => &line,
        };
        self.begun = true;
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
            "id" if !value.contains('\0') => self.id = value.to_owned(),
            "retry" => self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry),
            // Comments, and fields of later versions.
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let event = std::mem::take(&mut self.event);
        if !std::mem::take(&mut self.has_data) {
            return;
        }
        self.ready.push_back(Event {
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            id: self.id.clone(),
            data: std::mem::take(&mut self.data),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(pieces: &[&str]) -> Vec<(String, String, String)> {
        let mut decoder = Decoder::default();
        pieces
            .iter()
            .for_each(|piece| decoder.feed(piece.as_bytes()));
        let ready = decoder.ready.into_iter();
        ready
            .map(|event| (event.event, event.id, event.data))
            .collect()
    }

    #[test]
    fn lines_end_in_three_ways_and_pieces_anywhere() {
        let text =
            "\u{feff}: hello\r\nevent: a\rid: 1\ndata: x\r\ndata:y\r\n\r\ndata\n\nid\ndata:  z\n\n";
        let expected = [
            ("a", "1", "x\ny"),
            ("message", "1", ""),
            ("message", "", " z"),
        ];
        let expected: Vec<_> = expected
            .map(|(event, id, data)| (event.to_owned(), id.to_owned(), data.to_owned()))
            .into();
        assert_eq!(events(&[text]), expected);
        let bytes: Vec<_> = text.as_bytes().chunks(1).collect();
        let mut decoder = Decoder::default();
        bytes.iter().for_each(|byte| decoder.feed(byte));
        assert_eq!(decoder.ready.len(), 3);
        assert_eq!(decoder.ready[0].data, "x\ny");
    }

    #[test]
    fn what_has_no_data_or_no_end_is_no_event() {
        assert!(events(&["event: a\n\n", "id: 1\n\n", "data: unfinished\n"]).is_empty());
        let mut decoder = Decoder::default();
        decoder.feed(b"retry: 1500\nretry: soon\nid: 7\nid: a\0b\n\ndata: x");
        assert_eq!(
            (decoder.retry, &*decoder.id),
            (Some(Duration::from_millis(1500)), "7")
        );
        decoder.reset();
        assert_eq!((decoder.held(), &*decoder.id), (0, "7"));
        assert_eq!(decoder.retry, Some(Duration::from_millis(1500)));
        decoder.feed(b"data: y\n\ndata: z");
        decoder.reset();
        assert_eq!(decoder.ready.pop_front().unwrap().data, "y");
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_at_the_beginning_only() {
        let found = events(&["\u{feff}data: a\n\n\u{feff}data: b\n\ndata: \u{feff}c\n\n"]);
        let data: Vec<_> = found.iter().map(|(_, _, data)| &**data).collect();
        assert_eq!(data, ["a", "\u{feff}c"]);
    }
}
