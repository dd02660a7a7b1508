//! The limits of requests that servers state in the headers of their responses.

use crate::header;
use http::header::HeaderMap;
use std::time::Duration;

/// The limit of requests that a response states: how many are allowed in a window of time, how many of them are left, and the time
/// until there are more. A part that the headers do not state, or that cannot be read, is `None`.
///
/// Read from the first of these that has a part that can be read:
///
/// 1. `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): of several policies, the one with the fewest
///    requests left. `limit=10, remaining=2, reset=30` of earlier drafts is read as well.
/// 2. `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`
/// 3. `X-RateLimit-Limit`, `X-RateLimit-Remaining`, and `X-RateLimit-Reset-After` or `X-RateLimit-Reset`
/// 4. the same with `X-Rate-Limit-`
///
/// A reset is a number of seconds, perhaps with a fraction: from 10⁹ on a time since 1970 (from 10¹² on in milliseconds), which is
/// compared with the response's `Date`, or else with the client's clock; below that, the time that is left.
///
/// ```
/// use typewright_runtime::{RateLimit, Response};
///
/// fn is_nearly_spent<T>(response: &Response<T>) -> bool {
///     response.rate_limit().and_then(|limit: RateLimit| limit.remaining()).is_some_and(|left| left < 10)
/// }
/// # drop(is_nearly_spent::<()>);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateLimit {
    limit: Option<u64>,
    remaining: Option<u64>,
    reset: Option<Duration>,
}

/// The least number that is a time since 1970, in seconds: that of the year 2001.
const EPOCH_SECONDS: f64 = 1e9;
/// The least number that is a time since 1970 in milliseconds, of the same year.
const EPOCH_MILLISECONDS: f64 = 1e12;

/// The headers of each form: of the limit, of what is left, and of the reset, the best first.
const FORMS: [[&[&str]; 3]; 3] = [
    [&["ratelimit-limit"], &["ratelimit-remaining"], &["ratelimit-reset"]],
    [
        &["x-ratelimit-limit"],
        &["x-ratelimit-remaining"],
        &["x-ratelimit-reset-after", "x-ratelimit-reset"],
    ],
    [
        &["x-rate-limit-limit"],
        &["x-rate-limit-remaining"],
        &["x-rate-limit-reset-after", "x-rate-limit-reset"],
    ],
];

impl RateLimit {
    /// The number of requests that are allowed in a window of time.
    #[must_use]
    pub fn limit(&self) -> Option<u64> {
        self.limit
    }

    /// The number of requests that are left in the current window.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        self.remaining
    }

    /// The time from the arrival of the response to the next window; zero where it has begun.
    #[must_use]
    pub fn reset(&self) -> Option<Duration> {
        self.reset
    }

    /// Reads the limit of a response that arrived at this time since 1970; `None` where it states none that can be read.
    pub(crate) fn read(headers: &HeaderMap, since_epoch: Duration) -> Option<Self> {
        let now = header::date(headers).unwrap_or(since_epoch);
        let forms = FORMS.iter().map(|names| Self::of_form(headers, names, now));
        std::iter::once_with(|| structured(headers)).chain(forms).flatten().next()
    }

    fn of_form(headers: &HeaderMap, names: &[&[&str]; 3], now: Duration) -> Option<Self> {
        let [limit, remaining, reset] = *names;
        let text = |name: &&str| headers.get(*name)?.to_str().ok();
        let count = |names: &[&str]| names.iter().filter_map(text).find_map(count);
        let reset = reset.iter().filter_map(text).find_map(|text| until(text, now));
        Self { limit: count(limit), remaining: count(remaining), reset }.if_stated()
    }

    fn if_stated(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

/// A number of requests; of a list such as `100, 100;w=60`, the first.
fn count(text: &str) -> Option<u64> {
    let first = text.split([',', ';']).next().unwrap_or_default();
    first.trim().parse().ok()
}

/// The time to a reset.
fn until(text: &str, now: Duration) -> Option<Duration> {
    let number: f64 = text.trim().parse().ok()?;
    if number < EPOCH_SECONDS {
        return Duration::try_from_secs_f64(number).ok();
    }
    let seconds = if number < EPOCH_MILLISECONDS { number } else { number / 1000.0 };
    Some(Duration::try_from_secs_f64(seconds).ok()?.saturating_sub(now))
}

/// A member of a list or dictionary with parameters (RFC 9651, sections 3.1 and 3.2): `"default";r=50;t=30`, `limit=100`.
struct Member<'a> {
    name: &'a str,
    /// Parameters, and the value of a dictionary's member under its name.
    values: Vec<(&'a str, &'a str)>,
}

impl Member<'_> {
    fn number(&self, name: &str) -> Option<u64> {
        let (_, text) = self.values.iter().find(|(other, _)| *other == name)?;
        text.parse().ok()
    }
}

fn members<'a>(headers: &'a HeaderMap, name: &str) -> Vec<Member<'a>> {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    let members = lines.flat_map(|line| split(line, ',')).map(|member| {
        let parts = split(member, ';');
        let name = parts.first().copied().unwrap_or_default().trim_matches('"');
        let pairs = parts.iter().filter_map(|part| part.split_once('='));
        Member { name, values: pairs.collect() }
    });
    members.collect()
}

/// The trimmed parts of a text between separators outside of quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let parts = text.split(move |c: char| {
        let is_escape = is_quoted && c == '\\' && !is_escaped;
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = is_escape;
        c == separator && !is_quoted
    });
    parts.map(str::trim).collect()
}

/// The headers of the current draft, and of those before it that have one header for all.
fn structured(headers: &HeaderMap) -> Option<RateLimit> {
    let limits = members(headers, "ratelimit");
    let seconds = |number: u64| Duration::from_secs(number);
    let least = limits.iter().filter(|member| member.number("r").is_some());
    if let Some(least) = least.min_by_key(|member| member.number("r")) {
        let policies = members(headers, "ratelimit-policy");
        let policy = policies.iter().find(|policy| policy.name == least.name);
        return Some(RateLimit {
            limit: policy.and_then(|policy| policy.number("q")),
            remaining: least.number("r"),
            reset: least.number("t").map(seconds),
        });
    }
    let number = |name: &str| limits.iter().find_map(|member| member.number(name));
    let reset = number("reset").map(seconds);
    RateLimit { limit: number("limit"), remaining: number("remaining"), reset }.if_stated()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::{HeaderName, HeaderValue};

    const NOW: u64 = 1_700_000_000;

    /// Limit, remaining, and seconds to the reset.
    fn read(headers: &[(&str, &str)]) -> Option<(Option<u64>, Option<u64>, Option<f64>)> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            map.append(name, HeaderValue::from_str(value).unwrap());
        }
        let limit = RateLimit::read(&map, Duration::from_secs(NOW))?;
        Some((limit.limit, limit.remaining, limit.reset.map(|reset| reset.as_secs_f64())))
    }

    #[test]
    fn structured_fields() {
        let policy =
            ("ratelimit-policy", r#""a,b";q=100;w=60, "day";q=1000;w=86400;pk=:cHsdsRa894==:"#);
        let read_with = |limits: &[&str]| {
            let limits = limits.iter().map(|value| ("ratelimit", *value));
            read(&limits.chain([policy]).collect::<Vec<_>>())
        };
        let expected = Some((Some(100), Some(5), Some(30.0)));
        assert_eq!(read_with(&[r#""a,b";r=5;t=30"#]), expected);
        assert_eq!(read_with(&[r#""day" ; r=900 ; t=9, "a,b"; r=5; t=30"#]), expected);
        assert_eq!(read_with(&[r#""day";r=900"#, r#""a,b";r=5;t=30"#]), expected);
        assert_eq!(read_with(&[r#""other";r=0"#]), Some((None, Some(0), None)));
        assert_eq!(read_with(&[r#""a,b";t=30"#]), None);
        assert_eq!(
            read(&[("ratelimit", "limit=10, remaining=2, reset=30")]),
            Some((Some(10), Some(2), Some(30.0)))
        );
    }

    #[test]
    fn separate_headers() {
        for prefix in ["ratelimit", "x-ratelimit", "x-rate-limit"] {
            let name = |part: &str| format!("{prefix}-{part}");
            let (limit, remaining, reset) = (name("limit"), name("remaining"), name("reset"));
            let headers = |at| read(&[(&limit, "60"), (&remaining, "7"), (&reset, at)]);
            let with_reset = |seconds| Some((Some(60), Some(7), seconds));
            assert_eq!(headers("45"), with_reset(Some(45.0)));
            assert_eq!(headers("1700000100"), with_reset(Some(100.0)));
            assert_eq!(headers("1700000100.5"), with_reset(Some(100.5)));
            assert_eq!(headers("1700000100500"), with_reset(Some(100.5)));
            assert_eq!(headers("1600000000"), with_reset(Some(0.0)));
            for malformed in ["soon", "-1", "", "NaN", "inf", "1e400"] {
                assert_eq!(headers(malformed), with_reset(None), "{malformed}");
            }
        }
        let after = [("x-ratelimit-reset", "1700009999"), ("x-ratelimit-reset-after", "1.5")];
        assert_eq!(read(&after), Some((None, None, Some(1.5))));
        assert_eq!(
            read(&[("ratelimit-limit", "10, 10;w=1, 50;w=60")]),
            Some((Some(10), None, None))
        );
    }

    #[test]
    fn the_first_form_that_can_be_read() {
        let old = ("x-ratelimit-remaining", "3");
        assert_eq!(read(&[old, ("ratelimit-remaining", "2")]), Some((None, Some(2), None)));
        assert_eq!(read(&[old, ("ratelimit-remaining", "many")]), Some((None, Some(3), None)));
        assert_eq!(read(&[old, ("ratelimit", r#""a";r=x"#)]), Some((None, Some(3), None)));
        assert_eq!(read(&[("x-ratelimit-remaining", "-3")]), None);
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn a_time_is_compared_with_the_servers_own() {
        let date = ("date", "Tue, 14 Nov 2023 22:14:20 GMT");
        let reset = ("x-ratelimit-reset", "1700000100");
        assert_eq!(read(&[date, reset]), Some((None, None, Some(40.0))));
    }
}
