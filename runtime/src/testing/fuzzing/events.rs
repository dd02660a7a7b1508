//! Server-sent events and lines of JSON, cut anywhere.

use crate::body::ByteStream;
use crate::client::Decoding;
use crate::codec::{from_json, Value};
use crate::error::{AnyError, ErrorKind, ResponseHead, TransportError};
use crate::execute::{IncomingBody, RawResponse};
use crate::opaque::OpaqueArc;
use crate::response::FromResponse;
use crate::spec::OperationSpec;
use crate::stream::sse::Decoder;
use crate::stream::{Event, EventStream, Events, Lines, TextEvents};
use crate::testing::fuzzing::{outcome, text_of, Input};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Bytes as a stream, the first of which say how it is cut and how much may be held: the events and lines are those of the
/// whole text read the plain way, and no more is held than came.
///
/// # Panics
/// One of these properties does not hold.
pub fn events(bytes: &[u8]) {
    let mut input = Input(bytes);
    let size = usize::from(input.byte()) + 1;
    let limit = match input.byte() {
        small @ ..100 => usize::from(small),
        _ => usize::MAX,
    };
    let text = input.0;
    let expected = Plain::read(text);
    for size in [size, text.len().max(1)] {
        decoded(text, size, &expected);
    }
    streamed(text, size, limit, &expected.events);
    typed(text, size, &expected.events);
    lines(text, size, limit);
}

/// A stream of events read as a whole (WHATWG HTML, section 9.2.6).
#[derive(Default)]
struct Plain {
    events: Vec<Event<String>>,
    id: String,
    retry: Option<Duration>,
}

impl Plain {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut plain = Self::default();
        let (mut id, mut event, mut data) = (String::new(), String::new(), String::new());
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let lines = text.contains('\n').then(|| whole.split('\n'));
        for line in lines.into_iter().flatten() {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match name {
                "" if line.is_empty() => {
                    plain.id.clone_from(&id);
                    plain.dispatch(&mut event, &mut data);
                }
                "event" => value.clone_into(&mut event),
                "data" => data.extend([value, "\n"]),
                "id" if !value.contains('\0') => value.clone_into(&mut id),
                "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    let value = value.parse().ok().map(Duration::from_millis);
                    plain.retry = value.or(plain.retry);
                }
                _ => {}
            }
        }
        plain
    }

    fn dispatch(&mut self, event: &mut String, data: &mut String) {
        let event = std::mem::take(event);
        let data = std::mem::take(data);
        let Some(data) = data.strip_suffix('\n') else {
            return;
        };
        let name = if event.is_empty() { "message" } else { &event };
        self.events.push(Event {
            event: name.to_owned(),
            id: self.id.as_str().into(),
            data: data.to_owned(),
        });
    }
}

fn decoded(text: &[u8], size: usize, expected: &Plain) {
    let mut decoder = Decoder::new();
    let mut received = Vec::new();
    let mut received_bytes = 0;
    for piece in text.chunks(size) {
        let mut piece = Bytes::copy_from_slice(piece);
        received_bytes += piece.len();
        while !piece.is_empty() {
            let before = piece.len();
            received.extend(decoder.read(&mut piece));
            assert!(piece.len() < before, "{}", text_of(text));
            // A byte that is no UTF-8 becomes a character of three.
            assert!(decoder.buffered_bytes() <= received_bytes * 3, "{}", text_of(text));
        }
    }
    assert_eq!(received, expected.events, "{} by {size}", text_of(text));
    assert_eq!(decoder.retry, expected.retry, "{}", text_of(text));
    assert_eq!(*decoder.id, *expected.id, "{}", text_of(text));
    decoder.reset();
    let mut more = Bytes::from_static(b"data: more\n\n");
    let mut last = None;
    while !more.is_empty() {
        last = decoder.read(&mut more).or(last);
    }
    let last = last.map(|event| (event.data, event.id));
    assert_eq!(last, Some(("more".to_owned(), decoder.id.clone())));
}

/// The pieces of a text.
struct Cut(VecDeque<Bytes>);

impl Stream for Cut {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

static OPERATION: OperationSpec = OperationSpec::DEFAULT;

fn response(text: &[u8], size: usize, limit: usize) -> RawResponse {
    let pieces = text.chunks(size).map(Bytes::copy_from_slice);
    RawResponse {
        operation: &OPERATION,
        status: http::StatusCode::OK,
        head: OpaqueArc::new(ResponseHead {
            status: http::StatusCode::OK,
            headers: http::HeaderMap::new(),
            received: Duration::ZERO,
        }),
        body: IncomingBody::Stream(ByteStream::new(Cut(pieces.collect()))),
        response_index: None,
        content_index: None,
        attempts: 1,
        decoding: Decoding::default(),
        max_body_bytes: limit,
        is_assumed: false,
        reconnect: None,
    }
}

fn all<T: Send + 'static>(stream: &mut EventStream<T>) -> Vec<Result<Event<T>, AnyError>> {
    let mut received = Vec::new();
    while let Some(item) = outcome(stream.next()) {
        received.push(item);
    }
    received
}

/// Of texts: all of them, or those before one that is too large.
fn streamed(text: &[u8], size: usize, limit: usize, expected: &[Event<String>]) {
    let Ok(mut stream) = TextEvents::decode(&mut response(text, size, limit)) else {
        panic!("a stream is read while it arrives");
    };
    let mut expected = expected.iter();
    let mut has_ended = false;
    for item in all(&mut stream) {
        assert!(!has_ended, "{}", text_of(text));
        match item {
            Ok(event) => assert_eq!(Some(&event), expected.next(), "{}", text_of(text)),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
                has_ended = true;
            }
        }
    }
    assert!(!has_ended || limit < text.len() * 3, "{}", text_of(text));
    assert!(has_ended || expected.next().is_none(), "{}", text_of(text));
}

/// Of JSON: up to one that is none, or that says that it is the last.
fn typed(text: &[u8], size: usize, expected: &[Event<String>]) {
    let Ok(mut stream) = Events::<Value>::decode(&mut response(text, size, usize::MAX)) else {
        panic!("a stream is read while it arrives");
    };
    let mut received = all(&mut stream).into_iter();
    for event in expected {
        let data = from_json::<Value>(event.data.as_bytes());
        match (received.next(), data) {
            (Some(Ok(item)), Ok(data)) => assert_eq!(item, event.clone().with_data(data)),
            (Some(Err(error)), Err(_)) => {
                assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
                break;
            }
            (None, Err(_)) if event.data == "[DONE]" => break,
            (item, data) => panic!("{}: {item:?}, but {data:?}", text_of(text)),
        }
    }
    assert!(received.next().is_none(), "{}", text_of(text));
}

/// Of a text a line: each that has more than spaces, up to one that is no JSON or too long.
fn lines(text: &[u8], size: usize, limit: usize) {
    let Ok(mut stream) = Lines::<Value>::decode(&mut response(text, size, limit)) else {
        panic!("a stream is read while it arrives");
    };
    for line in text.split(|byte| *byte == b'\n') {
        let content = line.trim_ascii();
        let content = content.strip_prefix(b"\x1e").unwrap_or(content);
        let content = content.trim_ascii();
        if content.is_empty() && line.len() <= limit {
            continue;
        }
        match outcome(stream.next()) {
            Some(Ok(value)) => {
                assert!(line.len() <= limit, "{}", text_of(line));
                assert_eq!(from_json(content), Ok(value), "{}", text_of(line));
            }
            Some(Err(_)) => {
                let is_long = line.len() > limit;
                assert!(is_long || from_json::<Value>(content).is_err(), "{line:?}");
                break;
            }
            None => panic!("{}: {} is missing", text_of(text), text_of(line)),
        }
    }
    assert!(outcome(stream.next()).is_none(), "{}", text_of(text));
}
