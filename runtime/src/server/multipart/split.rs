//! Splits the bytes of a multipart body into parts as they arrive (RFC 2046, section 5.1).

use crate::body::ByteStream;
use crate::server::body::interrupted;
use crate::server::problem::Problem;
use bytes::{Buf as _, Bytes, BytesMut};
use futures_core::Stream as _;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::StatusCode;
use std::pin::Pin;
use std::task::{ready, Context, Poll};

/// The limit of the headers of a part, in bytes.
const MAX_HEAD: usize = 16 << 10;
/// The limit of the blanks behind a boundary.
const MAX_PADDING: usize = 128;

/// A piece of a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A part begins, with these headers.
    Head(HeaderMap),
    /// Bytes of the part.
    Data(Bytes),
    /// The part ends.
    EndOfPart,
    /// The body ends.
    End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first boundary.
    Preamble,
    /// Behind a boundary.
    Head,
    /// In a part.
    Data,
    /// Behind the last boundary.
    End,
}

/// Splits a body into its parts.
pub(super) struct Splitter {
    bytes: ByteStream,
    buffer: BytesMut,
    /// The line end before a boundary, and the boundary.
    delimiter: Vec<u8>,
    state: State,
    /// True once the bytes have ended.
    has_ended: bool,
}

/// The text behind one that may be a boundary.
enum Tail {
    /// The end of the line, of this length with it: a part begins.
    Part(usize),
    /// Two hyphens: the body ends.
    Close,
    /// Anything else: it is none.
    Content,
    /// Too little to tell.
    Unknown,
}

impl Splitter {
    pub(super) fn new(bytes: ByteStream, boundary: &str) -> Self {
        Self {
            bytes,
            // The first boundary has no line before it.
            buffer: BytesMut::from(&b"\r\n"[..]),
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            state: State::Preamble,
            has_ended: false,
        }
    }

    /// The next piece.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Piece, Problem>> {
        loop {
            if let Some(piece) = self.step()? {
                return Poll::Ready(Ok(piece));
            }
            if self.has_ended {
                return Poll::Ready(Err(malformed("the body ends before its last boundary")));
            }
            match ready!(Pin::new(&mut self.bytes).poll_next(context)) {
                Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                Some(Err(_)) => return Poll::Ready(Err(interrupted())),
                None => self.has_ended = true,
            }
        }
    }

    /// The next piece, if enough bytes have come.
    fn step(&mut self) -> Result<Option<Piece>, Problem> {
        match self.state {
            State::Preamble => loop {
                match self.data() {
                    Some(Piece::Data(_)) => {}
                    Some(Piece::EndOfPart) if self.state == State::Head => return self.head(),
                    Some(Piece::EndOfPart) => return Ok(Some(Piece::End)),
                    Some(Piece::Head(_) | Piece::End) | None => return Ok(None),
                }
            },
            State::Head => self.head(),
            State::Data => Ok(self.data()),
            State::End => Ok(Some(Piece::End)),
        }
    }

    /// Bytes up to the next boundary, or that boundary.
    fn data(&mut self) -> Option<Piece> {
        let mut from = 0;
        while let Some(at) = self.find_delimiter(from) {
            let after = self.buffer.get(at + self.delimiter.len()..).unwrap_or_default();
            let (state, length) = match tail(after, self.has_ended) {
                Tail::Part(length) => (State::Head, length),
                Tail::Close => (State::End, 2),
                Tail::Content => {
                    from = at + 1;
                    continue;
                }
                Tail::Unknown => return self.take(at),
            };
            if at > 0 {
                return self.take(at);
            }
            self.buffer.advance(self.delimiter.len() + length);
            self.state = state;
            return Some(Piece::EndOfPart);
        }
        // The end of what is there may be the beginning of a boundary.
        let beginning = self.delimiter.len().saturating_sub(1);
        self.take(self.buffer.len().saturating_sub(beginning).max(from))
    }

    fn take(&mut self, length: usize) -> Option<Piece> {
        (length > 0).then(|| Piece::Data(self.buffer.split_to(length).freeze()))
    }

    fn find_delimiter(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let rest = self.buffer.get(at..)?;
            at += rest.iter().position(|byte| *byte == b'\r')?;
            if self.buffer.get(at..)?.starts_with(&self.delimiter) {
                return Some(at);
            }
            at += 1;
        }
    }

    /// The headers of a part, once all of them have come.
    fn head(&mut self) -> Result<Option<Piece>, Problem> {
        let (length, end) = if self.buffer.starts_with(b"\r\n") {
            (0, 2)
        } else {
            match self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                Some(length) => (length, 4),
                None if self.buffer.len() > MAX_HEAD => {
                    return Err(malformed("the headers of a part are too long"));
                }
                None => return Ok(None),
            }
        };
        if length > MAX_HEAD {
            return Err(malformed("the headers of a part are too long"));
        }
        let head = self.buffer.split_to(length);
        self.buffer.advance(end);
        self.state = State::Data;
        // The part may be empty, and its line end is then that of its headers.
        let headers = headers(&head)?;
        Ok(Some(Piece::Head(headers)))
    }
}

fn tail(after: &[u8], has_ended: bool) -> Tail {
    if after.starts_with(b"--") {
        return Tail::Close;
    }
    let padding = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let rest = after.get(padding..).unwrap_or_default();
    match rest {
        [b'\r', b'\n', ..] => Tail::Part(padding + 2),
        [] | [b'\r'] if !has_ended && padding <= MAX_PADDING => Tail::Unknown,
        [b'-'] if !has_ended && padding == 0 => Tail::Unknown,
        _ => Tail::Content,
    }
}

/// The problem of a body that is no multipart body.
pub(super) fn malformed(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST).with_error("body", detail)
}

/// The headers of a part, a line each.
fn headers(head: &[u8]) -> Result<HeaderMap, Problem> {
    let wrong = || malformed("a header of a part is malformed");
    let mut headers = HeaderMap::new();
    for line in head.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let colon = line.iter().position(|byte| *byte == b':').ok_or_else(wrong)?;
        let (name, value) = line.split_at_checked(colon).ok_or_else(wrong)?;
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        let name = HeaderName::from_bytes(name.trim_ascii()).map_err(|_| wrong())?;
        headers.append(name, HeaderValue::from_bytes(value).map_err(|_| wrong())?);
    }
    Ok(headers)
}
