//! JSON pointers (RFC 6901), alone and in the fragment of a URI reference.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// One token, escaped.
///
/// ```
/// assert_eq!(typewright::syntax::pointer::escape("/pets/{id}"), "~1pets~1{id}");
/// ```
pub fn escape(token: &str) -> Cow<'_, str> {
    if !token.bytes().any(is_escaped) {
        return Cow::Borrowed(token);
    }
    let mut escaped = String::with_capacity(token.len() + 8);
    push(&mut escaped, token);
    Cow::Owned(escaped)
}

fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'~' | b'/')
}

/// Adds one token, escaped, to a pointer that ends in a slash.
pub fn push(pointer: &mut String, token: &str) {
    let mut rest = token;
    while let Some(at) = rest.bytes().position(is_escaped) {
        let (plain, special) = rest.split_at(at);
        pointer.push_str(plain);
        pointer.push_str(if special.starts_with('~') { "~0" } else { "~1" });
        rest = special.get(1..).unwrap_or_default();
    }
    pointer.push_str(rest);
}

/// One token, unescaped.
///
/// ```
/// assert_eq!(typewright::syntax::pointer::unescape("a~01"), "a~1");
/// ```
pub fn unescape(token: &str) -> Cow<'_, str> {
    let Some((plain, mut rest)) = token.split_once('~') else {
        return Cow::Borrowed(token);
    };
    let mut unescaped = String::with_capacity(token.len());
    unescaped.push_str(plain);
    loop {
        let (letter, after) = match rest.as_bytes().first() {
            Some(b'0') => ('~', 1),
            Some(b'1') => ('/', 1),
            _ => ('~', 0),
        };
        unescaped.push(letter);
        rest = rest.get(after..).unwrap_or_default();
        let Some((plain, next)) = rest.split_once('~') else {
            unescaped.push_str(rest);
            return Cow::Owned(unescaped);
        };
        unescaped.push_str(plain);
        rest = next;
    }
}

/// The pointer of these steps; empty for none.
pub fn join<'a>(steps: impl IntoIterator<Item = &'a str>) -> String {
    let mut pointer = String::with_capacity(64);
    for step in steps {
        pointer.push('/');
        push(&mut pointer, step);
    }
    pointer
}

/// The steps of a pointer.
///
/// ```
/// let steps = typewright::syntax::pointer::split("/paths/~1pets");
/// assert_eq!(steps, ["paths", "/pets"]);
/// ```
pub fn split(pointer: &str) -> Vec<Cow<'_, str>> {
    steps(pointer).collect()
}

/// The steps of a pointer, one after the other.
pub fn steps(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let rest = pointer.strip_prefix('/');
    rest.into_iter().flat_map(|rest| rest.split('/').map(unescape))
}

/// A URI reference in its two halves: the part before `#` and the decoded fragment after it.
///
/// ```
/// let (file, fragment) = typewright::syntax::pointer::halves("a%20b.yaml#/x%7By%7D");
/// assert_eq!((&*file, &*fragment), ("a b.yaml", "/x{y}"));
/// ```
pub fn halves(reference: &str) -> (Cow<'_, str>, Cow<'_, str>) {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    (decode(file), decode(fragment))
}

fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}
