//! Header fields to which several sources give values: parameters, the caller's own headers, the client's defaults.

use http::header::{
    HeaderMap, HeaderName, HeaderValue, ACCEPT, ACCEPT_CHARSET, ACCEPT_ENCODING, ACCEPT_LANGUAGE,
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, FORWARDED, IF_MATCH, IF_NONE_MATCH, LINK,
    PRAGMA, TE, VIA, WARNING,
};

/// The fields whose value is a list (RFC 9110, section 5.6.1), and `Prefer` (RFC 7240).
const LISTS: [HeaderName; 16] = [
    ACCEPT,
    ACCEPT_CHARSET,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CACHE_CONTROL,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    FORWARDED,
    IF_MATCH,
    IF_NONE_MATCH,
    LINK,
    PRAGMA,
    TE,
    VIA,
    WARNING,
    HeaderName::from_static("prefer"),
];

/// Adds a value that the caller gives by hand.
///
/// Beside a parameter's value it joins a list (RFC 9110, section 5.3) and takes the place of a single value; what only the
/// client wrote by default, it replaces.
pub(crate) fn put(
    headers: &mut HeaderMap,
    name: &HeaderName,
    value: &HeaderValue,
    by_parameters: &[HeaderName],
) {
    let joins = by_parameters.contains(name) && LISTS.contains(name);
    let before = headers.get(name).filter(|_| joins);
    let joined = before.and_then(|before| {
        let text = [before.as_bytes(), b", ", value.as_bytes()].concat();
        HeaderValue::from_bytes(&text).ok()
    });
    headers.insert(name, joined.unwrap_or_else(|| value.clone()));
}

/// The cookies of both, those of the second only where the first has none of the name (RFC 6265, section 4.2.1).
pub(crate) fn join_cookies(first: &str, second: &str) -> String {
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().trim().to_owned();
    let names: Vec<_> = first.split(';').map(name).collect();
    let others = second.split(';').map(str::trim);
    let others = others.filter(|pair| !pair.is_empty() && !names.contains(&name(pair)));
    let all = std::iter::once(first.trim()).filter(|first| !first.is_empty());
    all.chain(others).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_of_both_sides() {
        assert_eq!(join_cookies("", ""), "");
        assert_eq!(join_cookies("a=1", ""), "a=1");
        assert_eq!(join_cookies("", "a=1; b=2"), "a=1; b=2");
        assert_eq!(join_cookies("a=1; c=3", "a=9;b=2"), "a=1; c=3; b=2");
    }

    #[test]
    fn lists_join_and_single_values_give_way() {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_static;
        for name in ["prefer", "x-one", "accept"] {
            headers.insert(name, value("old"));
        }
        let given = [
            HeaderName::from_static("prefer"),
            HeaderName::from_static("x-one"),
        ];
        for name in ["prefer", "x-one", "accept"] {
            let name = HeaderName::from_static(name);
            put(&mut headers, &name, &value("new"), &given);
        }
        assert_eq!(headers["prefer"], "old, new");
        assert_eq!(headers["x-one"], "new");
        assert_eq!(headers["accept"], "new", "the client's own default");
    }
}
