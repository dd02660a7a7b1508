//! JSON pointers (RFC 6901), alone and in the fragment of a URI reference.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// One token, escaped.
///
/// ```
/// assert_eq!(typewright::load::pointer::escape("/pets/{id}"), "~1pets~1{id}");
/// ```
pub fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

/// One token as it was before it was escaped.
///
/// ```
/// assert_eq!(typewright::load::pointer::unescape("a~01"), "a~1");
/// ```
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The pointer of these steps; empty for none.
pub fn join<'a>(steps: impl IntoIterator<Item = &'a str>) -> String {
    let mut pointer = String::new();
    for step in steps {
        pointer.push('/');
        pointer.push_str(&escape(step));
    }
    pointer
}

/// The steps of a pointer.
///
/// ```
/// let steps = typewright::load::pointer::split("/paths/~1pets");
/// assert_eq!(steps, ["paths", "/pets"]);
/// ```
pub fn split(pointer: &str) -> Vec<Cow<'_, str>> {
    steps(pointer).collect()
}

/// The steps of a pointer, one after the other.
pub fn steps(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let rest = pointer.strip_prefix('/');
    rest.into_iter()
        .flat_map(|rest| rest.split('/').map(unescape))
}

/// A URI reference in its two halves: what stands before `#` and the decoded fragment behind it.
///
/// ```
/// let (file, fragment) = typewright::load::pointer::halves("a%20b.yaml#/x%7By%7D");
/// assert_eq!((&*file, &*fragment), ("a b.yaml", "/x{y}"));
/// ```
pub fn halves(reference: &str) -> (Cow<'_, str>, Cow<'_, str>) {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    (decode(file), decode(fragment))
}

fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}
