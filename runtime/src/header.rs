//! Header fields: values merged from several sources, cookies, and values read by a codec.

use crate::codec::{from_json, Codec, CodecError, Coding, Value};
use http::header::{
    HeaderMap, HeaderName, HeaderValue, ACCEPT, ACCEPT_CHARSET, ACCEPT_ENCODING, ACCEPT_LANGUAGE,
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, DATE, FORWARDED, IF_MATCH, IF_NONE_MATCH,
    LINK, PRAGMA, RETRY_AFTER, TE, VIA, WARNING,
};
use std::time::{Duration, UNIX_EPOCH};

/// Fields whose value is a list (RFC 9110, section 5.6.1), and `Prefer` (RFC 7240).
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

/// Sets a header that the caller supplies by name.
///
/// A parameter's value it extends where the field is a list (RFC 9110, section 5.3), else replaces; a default of the client
/// it replaces.
pub(crate) fn merge(
    headers: &mut HeaderMap,
    name: &HeaderName,
    value: &HeaderValue,
    parameters: &[HeaderName],
) {
    let extends = parameters.contains(name) && LISTS.contains(name);
    let before = headers.get(name).filter(|_| extends);
    let extended = before.and_then(|before| {
        let text = [before.as_bytes(), b", ", value.as_bytes()].concat();
        HeaderValue::from_bytes(&text).ok()
    });
    headers.insert(name, extended.unwrap_or_else(|| value.clone()));
}

/// Returns the cookies of both, those of `second` only where `first` has none of the name (RFC 6265, section 4.2.1).
pub(crate) fn join_cookies(first: &str, second: &str) -> String {
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().trim().to_owned();
    let names: Vec<_> = first.split(';').map(name).collect();
    let others = second
        .split(';')
        .map(str::trim)
        .filter(|pair| !pair.is_empty() && !names.contains(&name(pair)));
    std::iter::once(first.trim())
        .filter(|first| !first.is_empty())
        .chain(others)
        .collect::<Vec<_>>()
        .join("; ")
}

/// Reads a header by its codec: as text where the type reads text, else as a number or boolean. `None` where the header is
/// absent.
pub(crate) fn read<C: Codec>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<C::Value>, CodecError> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(value.as_bytes()).trim().to_owned();
    let bare = from_json::<Coding<C>>(text.as_bytes());
    let read = Value::Text(text).read::<Coding<C>>().or(bare);
    read.map(|coding| Some(coding.0)).map_err(|failure| failure.in_member(name))
}

/// The time since 1970 of a date in any of the three forms of RFC 9110, section 5.6.7.
pub(crate) fn http_date(text: &str) -> Option<Duration> {
    let date = httpdate::parse_http_date(text).ok()?;
    date.duration_since(UNIX_EPOCH).ok()
}

/// The server's time since 1970 (`Date`), where it states it.
pub(crate) fn date(headers: &HeaderMap) -> Option<Duration> {
    http_date(headers.get(DATE)?.to_str().ok()?)
}

/// `Retry-After` (RFC 9110, section 10.2.3), as a time from now. A date is compared with the server's own `Date`.
pub(crate) fn retry_after(headers: &HeaderMap, since_epoch: Duration) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number out of range is longer than anybody waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = http_date(value)?;
    let now = date(headers).unwrap_or(Duration::from_secs(since_epoch.as_secs()));
    Some(until.saturating_sub(now))
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
    fn lists_are_extended_and_single_values_replaced() {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_static;
        for name in ["prefer", "x-one", "accept"] {
            headers.insert(name, value("old"));
        }
        let parameters = [HeaderName::from_static("prefer"), HeaderName::from_static("x-one")];
        for name in ["prefer", "x-one", "accept"] {
            let name = HeaderName::from_static(name);
            merge(&mut headers, &name, &value("new"), &parameters);
        }
        assert_eq!(headers["prefer"], "old, new");
        assert_eq!(headers["x-one"], "new");
        assert_eq!(headers["accept"], "new", "a default of the client");
    }

    fn parsed(after: &str, date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        retry_after(&headers, Duration::from_secs(784_111_770))
    }

    #[test]
    fn both_forms_of_retry_after() {
        assert_eq!(parsed("7", None), Some(Duration::from_secs(7)));
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(parsed(date, None), Some(Duration::from_secs(7)));
        assert_eq!(parsed("Sunday, 06-Nov-94 08:49:37 GMT", None), Some(Duration::from_secs(7)));
        assert_eq!(parsed("Sun Nov  6 08:49:37 1994", None), Some(Duration::from_secs(7)));
        assert_eq!(
            parsed(date, Some("Sun, 06 Nov 1994 08:49:35 GMT")),
            Some(Duration::from_secs(2))
        );
        assert_eq!(parsed(date, Some("Mon, 07 Nov 1994 08:49:35 GMT")), Some(Duration::ZERO));
        assert_eq!(parsed("99999999999999999999999", None), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(parsed("", None), None);
        assert_eq!(parsed("soon", None), None);
        assert_eq!(parsed("-1", None), None);
    }
}
