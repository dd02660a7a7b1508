//! Durations and times of day: checked when they are read, and kept as the text that came.

use crate::codec::error::describe;
use crate::codec::formats::read_as;
use crate::codec::{CodecError, Decode, Decoder, Encode, Encoder};
use std::fmt;
use std::str::FromStr;

/// A length of time (`format: duration`, RFC 3339 appendix A) as its text: ISO 8601 (`P1DT2H`, `PT0.5S`), or seconds as protobuf writes them (`3.5s`).
///
/// Kept and written as it came, since `PT60M` and `PT1H` are not one text, and a month has no fixed length.
///
/// ```
/// use typewright_runtime::value::IsoDuration;
///
/// let kept: IsoDuration = "PT1H30M".parse().unwrap();
/// assert_eq!(kept.to_std(), Some(std::time::Duration::from_secs(5400)));
/// assert_eq!(kept.to_string(), "PT1H30M");
/// assert_eq!("P1M".parse::<IsoDuration>().unwrap().to_std(), None);
/// assert_eq!(IsoDuration::seconds(std::time::Duration::from_millis(3500)).as_str(), "3.5s");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IsoDuration(Box<str>);

impl IsoDuration {
    /// Creates the text of ISO 8601, in seconds: `PT3.5S`.
    #[must_use]
    pub fn iso(duration: std::time::Duration) -> Self {
        Self(format!("PT{}S", decimal(duration)).into())
    }

    /// Creates the text that protobuf writes in JSON: `3.5s`.
    #[must_use]
    pub fn seconds(duration: std::time::Duration) -> Self {
        Self(format!("{}s", decimal(duration)).into())
    }

    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The duration, with a day of 24 hours; `None` where it is negative, too long, or has years or months, whose length
    /// depends on the calendar.
    #[must_use]
    pub fn to_std(&self) -> Option<std::time::Duration> {
        parts(&self.0)?.total()
    }
}

/// Seconds with as many digits as the duration has.
fn decimal(duration: std::time::Duration) -> String {
    let (whole, fraction) = (duration.as_secs(), duration.subsec_nanos());
    if fraction == 0 {
        return whole.to_string();
    }
    let digits = format!("{fraction:09}");
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

/// The parts of a duration's text: each number with its unit.
struct Parts<'a> {
    negative: bool,
    numbers: Vec<(&'a str, Unit)>,
}

/// A unit in seconds; none where the calendar decides.
type Unit = Option<u64>;

const DATE: [(char, Unit); 4] =
    [('Y', None), ('M', None), ('W', Some(604_800)), ('D', Some(86_400))];
const TIME: [(char, Unit); 3] = [('H', Some(3600)), ('M', Some(60)), ('S', Some(1))];

fn parts(text: &str) -> Option<Parts<'_>> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut numbers = Vec::new();
    if let Some(seconds) = text.strip_suffix('s') {
        numbers.push((number(seconds)?, Some(1)));
        return Some(Parts { negative, numbers });
    }
    let text = text.strip_prefix('P')?;
    let (date, time) = match text.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (text, ""),
    };
    units(date, &DATE, &mut numbers)?;
    units(time, &TIME, &mut numbers)?;
    (!numbers.is_empty()).then_some(Parts { negative, numbers })
}

/// Numbers with their units, which come in their order, each once.
fn units<'a>(
    text: &'a str,
    known: &[(char, Unit)],
    numbers: &mut Vec<(&'a str, Unit)>,
) -> Option<()> {
    let mut known = known.iter();
    let mut text = text;
    while let Some(end) = text.find(|letter: char| letter.is_ascii_uppercase()) {
        let (value, rest) = text.split_at(end);
        let letter = rest.chars().next()?;
        let (_, unit) = known.find(|(name, _)| *name == letter)?;
        numbers.push((number(value)?, *unit));
        text = rest.get(1..)?;
    }
    text.is_empty().then_some(())
}

/// A number of digits, perhaps with a fraction.
fn number(text: &str) -> Option<&str> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(fraction)).then_some(text)
}

impl Parts<'_> {
    fn total(&self) -> Option<std::time::Duration> {
        let mut total = std::time::Duration::ZERO;
        for (number, unit) in &self.numbers {
            total = total.checked_add(length(number, (*unit)?)?)?;
        }
        (!self.negative || total.is_zero()).then_some(total)
    }
}

/// A number of units; what is below a nanosecond is cut.
fn length(number: &str, unit: u64) -> Option<std::time::Duration> {
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    let digits = format!("{fraction:0<9}");
    let nanoseconds = digits.get(..9)?.parse::<u64>().ok()?.checked_mul(unit)?;
    let whole = std::time::Duration::from_secs(whole);
    whole.checked_add(std::time::Duration::from_nanos(nanoseconds))
}

/// A time of day (`format: time`) as its text: `10:30`, `10:30:05.250`, each perhaps with an offset (`Z`, `+02:00`).
///
/// Kept and written as it came: RFC 3339 wants an offset, and most servers send none.
///
/// ```
/// use typewright_runtime::value::TimeOfDay;
///
/// let time: TimeOfDay = "10:30:05.25+02:00".parse().unwrap();
/// assert_eq!((time.hour(), time.minute(), time.second(), time.nanosecond()), (10, 30, 5, 250_000_000));
/// assert_eq!(time.offset_minutes(), Some(120));
/// assert_eq!(time.to_string(), "10:30:05.25+02:00");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TimeOfDay {
    text: Box<str>,
    clock: [u8; 3],
    nanosecond: u32,
    offset: Option<i16>,
}

impl TimeOfDay {
    pub(super) fn midnight() -> Self {
        Self { text: "00:00".into(), clock: [0; 3], nanosecond: 0, offset: None }
    }

    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The hour, 0 to 23.
    #[must_use]
    pub fn hour(&self) -> u8 {
        let [hour, _, _] = self.clock;
        hour
    }

    /// The minute, 0 to 59.
    #[must_use]
    pub fn minute(&self) -> u8 {
        let [_, minute, _] = self.clock;
        minute
    }

    /// The second, 0 to 60; 0 where the text has none.
    #[must_use]
    pub fn second(&self) -> u8 {
        let [_, _, second] = self.clock;
        second
    }

    /// The fraction of the second in nanoseconds; further digits are in the text alone.
    #[must_use]
    pub fn nanosecond(&self) -> u32 {
        self.nanosecond
    }

    /// The offset from UTC in minutes, where the text has one.
    #[must_use]
    pub fn offset_minutes(&self) -> Option<i16> {
        self.offset
    }
}

fn time(text: &str) -> Option<TimeOfDay> {
    let (clock, offset) = offset(text)?;
    let (clock, fraction) =
        clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let mut parts = clock.split(':');
    let hour = two_digits(parts.next()?, 23)?;
    let minute = two_digits(parts.next()?, 59)?;
    let second = parts.next().map(|text| two_digits(text, 60));
    let nanosecond = match (fraction, second) {
        (None, _) => 0,
        (Some(digits), Some(_)) => nanoseconds(digits)?,
        (Some(_), None) => return None,
    };
    let second = second.unwrap_or(Some(0))?;
    parts.next().is_none().then(|| TimeOfDay {
        text: text.into(),
        clock: [hour, minute, second],
        nanosecond,
        offset,
    })
}

fn nanoseconds(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| format!("{digits:0<9}").get(..9)?.parse().ok()).flatten()
}

fn two_digits(text: &str, most: u8) -> Option<u8> {
    let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && *number <= most)
}

/// The text before the offset, and the offset in minutes.
fn offset(text: &str) -> Option<(&str, Option<i16>)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, Some(0)));
    }
    let Some(at) = text.find(['+', '-']) else {
        return Some((text, None));
    };
    let (clock, offset) = text.split_at(at);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let minutes = i16::from(two_digits(hours, 23)?) * 60 + i16::from(two_digits(minutes, 59)?);
    Some((clock, Some(sign * minutes)))
}

impl FromStr for IsoDuration {
    type Err = CodecError;

    fn from_str(text: &str) -> Result<Self, CodecError> {
        let checked = parts(text).map(|_| Self(text.into()));
        checked.ok_or_else(|| CodecError::new(DURATION, describe::text(text)))
    }
}

impl FromStr for TimeOfDay {
    type Err = CodecError;

    fn from_str(text: &str) -> Result<Self, CodecError> {
        time(text).ok_or_else(|| CodecError::new(TIME_OF_DAY, describe::text(text)))
    }
}

const DURATION: &str = "a duration (ISO 8601, or seconds with `s`)";
const TIME_OF_DAY: &str = "a time of day (RFC 3339)";

macro_rules! kept_texts {
    ($($type:ident, $expected:ident;)*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Decode for $type {
            fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
                read_as(decoder, $expected, &mut |text| text.parse().ok())
            }
        }

        impl Encode for $type {
            fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
                encoder.text(self.as_str())
            }
        }
    )*};
}

kept_texts! {
    IsoDuration, DURATION;
    TimeOfDay, TIME_OF_DAY;
}
