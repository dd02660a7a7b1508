//! `Retry-After`, and the pauses after it.

use crate::clock::MAX_SLEEP;
use crate::codec::{from_json, Value};
use crate::header;
use crate::long_running::{Pauses, PollConfig};
use crate::rate_limit::RateLimit;
use crate::retry::{Attempt, RetryBudget, RetryPolicy};
use crate::spec::Until;
use crate::testing::fuzzing::{headers, text_of, Input};
use chrono::{DateTime, Utc};
use http::header::{HeaderMap, HeaderName, DATE, RETRY_AFTER};
use std::time::Duration;

/// Bytes as settings of a client, the time, and lines of `Retry-After`, `Date` and a response (RFC 9110, section 10.2.3): what is
/// waited is within the bounds that the settings say, and a date in any of its forms is the same time. The first line is also the
/// value of each header of a rate limit.
///
/// # Panics
/// One of these properties does not hold.
pub fn waiting(bytes: &[u8]) {
    let mut input = Input(bytes);
    let settings = Settings {
        first: duration(&mut input),
        longest: duration(&mut input),
        max_retry_after: duration(&mut input),
        number: u32::from(input.byte()),
    };
    let now = duration(&mut input);
    dated(input.number() % 253_402_300_800);
    limited(input.0.split(|byte| *byte == b'\n').next().unwrap_or_default(), now);
    let mut lines = input.0.splitn(3, |byte| *byte == b'\n');
    let mut all = HeaderMap::new();
    for name in [RETRY_AFTER, DATE] {
        all.extend(headers(&name, lines.next().unwrap_or_default()));
    }
    let retry_after = header::retry_after(&all, now);
    settings.retried(retry_after);
    settings.polled(retry_after);
    followed(lines.next().unwrap_or_default());
}

/// Times from nothing to the longest.
fn duration(input: &mut Input<'_>) -> Duration {
    match input.byte() {
        0 => Duration::ZERO,
        1..=199 => Duration::from_millis(input.number() % 1_000_000),
        200..=249 => Duration::new(input.number(), 999_999_999),
        _ => Duration::MAX,
    }
}

/// A time in the three forms of a date (RFC 9110, section 5.6.7), of a server whose clock is a minute behind.
fn dated(seconds: u64) {
    let Some(time) =
        i64::try_from(seconds).ok().and_then(|s| DateTime::<Utc>::from_timestamp(s, 0))
    else {
        panic!("{seconds}");
    };
    let minute = time - chrono::TimeDelta::seconds(60);
    let short = if seconds < 3_124_224_000 { "%A, %d-%b-%y %H:%M:%S GMT" } else { IMF };
    for form in [IMF, short, "%a %b %e %H:%M:%S %Y"] {
        let mut all = HeaderMap::new();
        for (name, time) in [(RETRY_AFTER, time), (DATE, minute)] {
            let text = time.format(form).to_string();
            all.extend(headers(&name, text.as_bytes()));
        }
        let retry_after = header::retry_after(&all, Duration::ZERO);
        let expected = (seconds >= 60).then_some(Duration::from_secs(60));
        assert!(expected.is_none() || retry_after == expected, "{time} as {form}: {retry_after:?}");
    }
}

const IMF: &str = "%a, %d %b %Y %H:%M:%S GMT";

struct Settings {
    first: Duration,
    longest: Duration,
    max_retry_after: Duration,
    number: u32,
}

impl Settings {
    fn retried(&self, retry_after: Option<Duration>) {
        let policy = RetryPolicy::default()
            .max_attempts(self.number.saturating_add(1))
            .backoff(self.first, self.longest)
            .max_retry_after(self.max_retry_after);
        let attempt = Attempt { number: self.number, status: None, safe: true, transient: true };
        let is_too_long = retry_after.is_some_and(|retry_after| retry_after > self.max_retry_after);
        let bound = self.longest.min(MAX_SLEEP);
        let budget = RetryBudget::default();
        match policy.pause(&attempt, retry_after, (&budget, Duration::ZERO)) {
            None => assert!(is_too_long, "{retry_after:?}"),
            Some(pause) => {
                assert!(!is_too_long && pause >= retry_after.unwrap_or_default(), "{pause:?}");
                assert!(pause <= bound.max(retry_after.unwrap_or_default()), "{pause:?}");
            }
        }
    }

    fn polled(&self, retry_after: Option<Duration>) {
        let config = PollConfig::default()
            .backoff(self.first, self.longest)
            .max_retry_after(self.max_retry_after);
        let least = Duration::from_millis(8);
        let most =
            self.first.max(self.longest).clamp(least, MAX_SLEEP).max(Duration::from_millis(10));
        let mut pauses = Pauses::new(Duration::ZERO, config);
        for retry_after in [None, retry_after, None].into_iter().cycle().take(200) {
            let pause = pauses.next(retry_after);
            let most = match retry_after {
                Some(_) => self.max_retry_after.max(Duration::from_secs(1)),
                None => most,
            };
            assert!(pause >= least && pause <= most, "{pause:?} for {retry_after:?}");
            if let Some(retry_after) = retry_after {
                assert!(pause >= retry_after.min(self.max_retry_after), "{pause:?}");
            }
        }
    }
}

/// Reads a rate limit from headers of any value, each of which the others do not change where it is alone of its form.
fn limited(value: &[u8], now: Duration) {
    let read = |names: &[&'static str]| {
        let all = names.iter().flat_map(|name| headers(&HeaderName::from_static(name), value));
        let all = all.filter_map(|(name, value)| Some((name?, value)));
        RateLimit::read(&all.collect(), now)
    };
    read(&["ratelimit", "ratelimit-policy", "ratelimit-reset"]);
    let reset = read(&["x-ratelimit-reset"]).and_then(|limit| limit.reset());
    let both = read(&["x-ratelimit-reset", "x-ratelimit-remaining"]);
    assert_eq!(both.and_then(|limit| limit.reset()), reset, "{}", text_of(value));
    let remaining = read(&["x-ratelimit-remaining"]).and_then(|limit| limit.remaining());
    assert_eq!(both.and_then(|limit| limit.remaining()), remaining, "{}", text_of(value));
    assert!(both.is_none() == (reset.is_none() && remaining.is_none()), "{}", text_of(value));
}

/// Reads the status of an operation from any response.
fn followed(response: &[u8]) {
    let Ok(value) = from_json::<Value>(response) else {
        return;
    };
    for pointer in ["", "/a", "/done", "/0", "/a~1b/1", "/a/b/0/c"] {
        Until::Done { done: pointer, error: "/error" }.progress(&value);
        let (success, failure) = (&["done"][..], &["failed"][..]);
        Until::State { state: pointer, success, failure }.progress(&value);
        let member = value.pointer(pointer);
        assert!(!pointer.is_empty() || member == Some(&value), "{}", text_of(response));
    }
}
