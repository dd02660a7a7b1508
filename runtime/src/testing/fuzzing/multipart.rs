//! Multipart bodies whose names, headers and contents are anything.

use crate::request::multipart::{Multipart, Part};
use crate::spec::{Content, MediaCodec};
use crate::testing::fuzzing::{outcome, text_of, Input};
use http::header::{HeaderName, HeaderValue};

/// Bytes as the parts of a body: it is refused where a header of a part can be none, and else it can be split into just these
/// parts again, as servers do (RFC 2046, section 5.1; the names as WHATWG Fetch reads them).
///
/// # Panics
/// One of these properties does not hold.
pub fn multipart(bytes: &[u8]) {
    let mut input = Input(bytes);
    let kind = match input.byte() % 3 {
        0 => "multipart/form-data",
        1 => "multipart/related",
        _ => "multipart/mixed",
    };
    let count = input.byte() % 5;
    let parts: Vec<SentPart> = (0..count).map(|_| SentPart::read(&mut input)).collect();
    let content = Content::new(kind, MediaCodec::Multipart);
    let made = parts.iter().map(SentPart::part);
    let body = made.fold(Multipart::new(), Multipart::part);
    match body.encode(&content) {
        Err(error) => assert!(!parts.iter().all(SentPart::is_valid), "{parts:?}: {error}"),
        Ok((body, header)) => {
            assert!(parts.iter().all(SentPart::is_valid), "{parts:?}");
            let length = body.length();
            let written = outcome(body.into_stream().collect(usize::MAX)).bytes;
            assert_eq!(length, u64::try_from(written.len()).ok());
            let received = split(&written, boundary(&header, kind, &parts));
            let expected: Vec<ReceivedPart> =
                parts.iter().map(|part| part.expected(kind)).collect();
            assert_eq!(received, expected, "{}", text_of(&written));
        }
    }
}

/// A part as it is given.
#[derive(Debug)]
struct SentPart {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl SentPart {
    fn read(input: &mut Input<'_>) -> Self {
        let has = input.byte();
        let name = input.text(24);
        let file_name = (has & 1 > 0).then(|| input.text(24));
        let media_type = (has & 2 > 0).then(|| input.text(40));
        let headers = (0..has >> 6).map(|_| (input.text(16), input.text(24)));
        // One that a part has already is the caller's own fault.
        let headers = headers.filter(|(name, _)| !name.eq_ignore_ascii_case("content-disposition"));
        Self {
            name,
            file_name,
            media_type,
            headers: headers.collect(),
            body: input.bytes(64).to_vec(),
        }
    }

    fn part(&self) -> Part {
        let part = Part::new(&*self.name, self.body.clone());
        let part = match &self.file_name {
            Some(name) => part.file_name(name),
            None => part,
        };
        let part = match &self.media_type {
            Some(media_type) => part.media_type(media_type),
            None => part,
        };
        let headers = self.headers.iter();
        headers.fold(part, |part, (name, value)| part.header(name, value))
    }

    fn is_valid(&self) -> bool {
        let is_value = |value: &String| HeaderValue::from_str(value).is_ok();
        let mut headers = self.headers.iter();
        let all = headers.all(|(name, value)| {
            HeaderName::from_bytes(name.as_bytes()).is_ok() && is_value(value)
        });
        all && self.media_type.iter().all(is_value)
    }

    /// The part that a server should receive.
    fn expected(&self, kind: &str) -> ReceivedPart {
        let is_form = kind == "multipart/form-data";
        let type_of_file = self.file_name.as_ref().map(|_| "application/octet-stream".to_owned());
        let media_type = self.media_type.clone().or(type_of_file);
        let mut headers: Vec<_> =
            media_type.map(|value| ("Content-Type".to_owned(), value)).into_iter().collect();
        headers.extend(self.headers.iter().cloned());
        ReceivedPart {
            name: is_form.then(|| unescaped(&self.name)),
            file_name: self.file_name.as_deref().map(unescaped),
            headers,
            body: self.body.clone(),
        }
    }
}

/// A part as a server receives it.
#[derive(Debug, Default, PartialEq)]
struct ReceivedPart {
    name: Option<String>,
    file_name: Option<String>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// A name without the escapes that forms have. `%22` in a name cannot be told from a quote.
fn unescaped(name: &str) -> String {
    let name = name.replace("%0A", "\n").replace("%0D", "\r");
    name.replace("%22", "\"")
}

/// The boundary that the media type of a body says; the rest of it is what its kind has.
fn boundary<'h>(header: &'h str, kind: &str, parts: &[SentPart]) -> &'h str {
    assert!(HeaderValue::from_str(header).is_ok(), "{header:?}");
    let start = format!("{kind}; boundary=");
    let parameters = header.strip_prefix(&start).unwrap_or_default();
    let (boundary, rest) = parameters.split_once("; ").unwrap_or((parameters, ""));
    let first = parts.first().and_then(|part| part.media_type.as_deref());
    match first.filter(|_| kind == "multipart/related") {
        Some(first) => {
            let essence = first.split(';').next().unwrap_or_default().trim();
            let essence = super::quoted(essence);
            assert_eq!(rest, format!("type={essence}"), "{header}");
        }
        None => assert_eq!(rest, "", "{header}"),
    }
    boundary
}

/// Splits at the lines that begin with the boundary.
fn split(body: &[u8], boundary: &str) -> Vec<ReceivedPart> {
    let line = format!("\r\n--{boundary}");
    let whole = [b"\r\n", body].concat();
    let mut pieces = split_at(&whole, line.as_bytes()).into_iter();
    assert_eq!(pieces.next(), Some(&b""[..]), "{}", text_of(body));
    assert_eq!(pieces.next_back(), Some(&b"--\r\n"[..]), "{}", text_of(body));
    pieces.map(parse_part).collect()
}

fn split_at<'b>(bytes: &'b [u8], at: &[u8]) -> Vec<&'b [u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some(start) = rest.windows(at.len()).position(|window| window == at) {
        let (piece, after) = rest.split_at_checked(start).unwrap_or_default();
        pieces.push(piece);
        rest = after.get(at.len()..).unwrap_or_default();
    }
    pieces.push(rest);
    pieces
}

fn parse_part(part: &[u8]) -> ReceivedPart {
    let part = part.strip_prefix(b"\r\n").unwrap_or_default();
    // A part without headers begins with the empty line.
    let (head, body) = match part.strip_prefix(b"\r\n") {
        Some(body) => (&b""[..], body),
        None => {
            let end = part.windows(4).position(|window| window == b"\r\n\r\n");
            assert!(end.is_some(), "{}", text_of(part));
            let (head, rest) = part.split_at_checked(end.unwrap_or_default()).unwrap_or_default();
            (head, rest.get(4..).unwrap_or_default())
        }
    };
    let mut received = ReceivedPart { body: body.to_vec(), ..ReceivedPart::default() };
    let head = String::from_utf8_lossy(head);
    let lines = head.split("\r\n").filter(|line| !line.is_empty());
    for (at, line) in lines.enumerate() {
        let (name, value) = line.split_once(": ").unwrap_or_default();
        match name {
            "Content-Disposition" if at == 0 => received.disposition(value),
            _ => received.headers.push((name.to_owned(), value.to_owned())),
        }
    }
    received
}

impl ReceivedPart {
    fn disposition(&mut self, value: &str) {
        let mut rest = value;
        for (start, place) in [
            ("form-data; name=\"", &mut self.name),
            ("attachment; filename=\"", &mut self.file_name),
        ] {
            if let Some(after) = rest.strip_prefix(start) {
                let (name, after) = after.split_once('"').unwrap_or_default();
                *place = Some(unescaped(name));
                rest = after;
            }
        }
        if let Some(after) = rest.strip_prefix("; filename=\"") {
            let (name, after) = after.split_once('"').unwrap_or_default();
            self.file_name = Some(unescaped(name));
            rest = after;
        }
        assert_eq!(rest, "", "{value}");
    }
}
