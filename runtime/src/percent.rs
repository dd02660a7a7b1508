//! Percent-encoding (RFC 3986, section 2.1) and that of forms (WHATWG URL, section 5.2).

use std::borrow::Cow;

fn push_encoded(text: &mut String, byte: u8) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or('0');
    text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
}

fn encode(text: &str, is_literal: impl Fn(u8) -> bool) -> String {
    if text.bytes().all(&is_literal) {
        return text.to_owned();
    }
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_literal(byte) {
            encoded.push(char::from(byte));
        } else {
            push_encoded(&mut encoded, byte);
        }
    }
    encoded
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Encodes all but unreserved characters.
pub(crate) fn unreserved(text: &str) -> String {
    encode(text, is_unreserved)
}

/// A pair of a query, with unreserved characters only.
pub(crate) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", unreserved(name), unreserved(value))
}

/// Encodes all but unreserved characters, those of `reserved` and what is already encoded.
fn with_reserved(text: &str, reserved: &[u8]) -> String {
    let bytes = text.as_bytes();
    let mut encoded = String::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate() {
        let is_encoded = || {
            let digits = bytes.get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        if is_unreserved(byte) || reserved.contains(&byte) || (byte == b'%' && is_encoded()) {
            encoded.push(char::from(byte));
        } else {
            push_encoded(&mut encoded, byte);
        }
    }
    encoded
}

/// `allowReserved` in a query: encodes the characters that end the value or the query or mean a space.
pub(crate) fn reserved_in_query(text: &str) -> String {
    with_reserved(text, b":/?@!$()*,;=[]")
}

/// `allowReserved` in a path: encodes the characters that end the segment or the path.
pub(crate) fn reserved_in_path(text: &str) -> String {
    with_reserved(text, b":@!$&'()*+,;=")
}

/// The literal text of a path template: encodes the characters that no URL may contain.
pub(crate) fn literal(text: &str) -> Cow<'_, str> {
    const RESERVED: &[u8] = b":/@!$&'()*+,;=";
    let mut bytes = text.bytes();
    // Nearly all templates consist of these.
    if bytes.all(|byte| is_unreserved(byte) || matches!(byte, b'/' | b':')) {
        return text.into();
    }
    with_reserved(text, RESERVED).into()
}

/// `application/x-www-form-urlencoded`: a space is `+`.
pub(crate) fn form(text: &str) -> String {
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || b"*-._ ".contains(&byte);
    encode(text, is_literal).replace(' ', "+")
}

/// Pairs as a form.
pub(crate) fn form_pairs<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let pairs = pairs.iter();
    let pairs =
        pairs.map(|(name, value)| format!("{}={}", form(name.as_ref()), form(value.as_ref())));
    pairs.collect::<Vec<_>>().join("&")
}

/// The pairs of a form, decoded (WHATWG URL, section 5.1): UTF-8, with anything else replaced.
pub(crate) fn form_pairs_of(body: &[u8]) -> impl Iterator<Item = (String, String)> + '_ {
    let pieces = body.split(|byte| *byte == b'&');
    pieces.filter(|piece| !piece.is_empty()).map(|piece| {
        let mut halves = piece.splitn(2, |byte| *byte == b'=');
        let mut half = || decoded(halves.next().unwrap_or_default());
        (half(), half())
    })
}

/// A half of a pair of a form.
fn decoded(text: &[u8]) -> String {
    String::from_utf8_lossy(&decoded_bytes(text, true)).into_owned()
}

/// The text that a percent-encoded one stands for; `None` where it is not UTF-8. In queries a plus is a space.
#[cfg(feature = "server")]
pub(crate) fn decode(text: &str, plus_is_space: bool) -> Option<Cow<'_, str>> {
    if !text.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
        return Some(text.into());
    }
    String::from_utf8(decoded_bytes(text.as_bytes(), plus_is_space)).ok().map(Cow::Owned)
}

/// A path in which two texts are alike if they mean the same (RFC 3986, section 6.2.2): digits of escapes are capitals, and
/// unreserved characters are not escaped.
#[cfg(feature = "server")]
pub(crate) fn normalized(path: &str) -> Cow<'_, str> {
    if !path.bytes().any(|byte| byte == b'%') {
        return path.into();
    }
    let mut normal = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        normal.push_str(before);
        match hex_byte(after.as_bytes()) {
            Some((byte, _)) => {
                if is_unreserved(byte) {
                    normal.push(char::from(byte));
                } else {
                    push_encoded(&mut normal, byte);
                }
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                normal.push('%');
                rest = after;
            }
        }
    }
    normal.push_str(rest);
    normal.into()
}

fn decoded_bytes(text: &[u8], plus_is_space: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, hex_byte(after)) {
            (b'%', Some(decoded)) => decoded,
            (b'+', _) if plus_is_space => (b' ', after),
            (byte, _) => (*byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    bytes
}

/// The byte that two hexadecimal digits are, and what follows them.
fn hex_byte(after: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, after) = after.split_at_checked(2)?;
    let digits = std::str::from_utf8(digits).ok()?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let byte = u8::from_str_radix(digits, 16).ok().filter(|_| is_hex);
    Some((byte?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_keeps_what_it_may() {
        assert_eq!(unreserved("a b/ü%2F~"), "a%20b%2F%C3%BC%252F~");
        assert_eq!(reserved_in_query("a/b?c&d#e%2F%zz+f"), "a/b?c%26d%23e%2F%25zz%2Bf");
        assert_eq!(reserved_in_path("a/b:c?d"), "a%2Fb:c%3Fd");
        assert_eq!(literal("/v1/things:export/"), "/v1/things:export/");
        assert_eq!(literal("/ü%20 "), "/%C3%BC%20%20");
        assert_eq!(form("a b*~ü&="), "a+b*%7E%C3%BC%26%3D");
        assert_eq!(form_pairs(&[("a", "1"), ("b c", "")]), "a=1&b+c=");
    }

    #[test]
    fn forms_are_read_as_they_are_written() {
        let read = |text: &str| form_pairs_of(text.as_bytes()).collect::<Vec<_>>();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let pairs = [pair("a b*~ü&=", "+% "), pair("", "x=y")];
        assert_eq!(read(&form_pairs(&pairs)), pairs);
        assert_eq!(read("a&&b=%C3%BC"), [pair("a", ""), pair("b", "ü")]);
        assert_eq!(
            read("a=%&b=%zz&c=%+1&d=%ff"),
            [pair("a", "%"), pair("b", "%zz"), pair("c", "% 1"), pair("d", "\u{fffd}"),]
        );
    }
}
