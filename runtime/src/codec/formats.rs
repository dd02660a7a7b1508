//! Texts of a format as types of other crates: date-times, dates, UUIDs, IP addresses.

use crate::codec::error::describe;
use crate::codec::{CodecError, Decode, Decoder, Encode, Encoder};
#[cfg(feature = "chrono")]
use chrono::{Datelike, SecondsFormat, Utc};
use std::net::{Ipv4Addr, Ipv6Addr};

/// An instant (`format: date-time`), written in UTC (`2024-05-01T12:00:00.250Z`).
///
/// Read with any offset and 0 to 9 digits of a second's fraction; written as the same instant with 0, 3, 6 or 9 digits,
/// as few as hold it. Years 0000 to 9999, which are those that RFC 3339 section 5.6 can write.
///
/// ```
/// use typewright_runtime::value::{from_json, to_json, DateTime};
///
/// let instant: DateTime = from_json(br#""2024-05-01T14:00:00.25+02:00""#).unwrap();
/// assert_eq!(to_json(&instant).unwrap(), br#""2024-05-01T12:00:00.250Z""#);
///
/// // The clock of the system gives one too.
/// let now = DateTime::from(std::time::SystemTime::now());
/// assert!(now > instant);
/// ```
#[cfg(feature = "chrono")]
pub type DateTime = chrono::DateTime<Utc>;

/// A day without a time zone (`format: date`, the `full-date` of RFC 3339 section 5.6): `2024-05-01`.
///
/// ```
/// use typewright_runtime::value::{from_json, Date};
///
/// let day: Date = from_json(br#""2024-05-01""#).unwrap();
/// assert_eq!(day, Date::from_ymd_opt(2024, 5, 1).unwrap());
/// assert!(from_json::<Date>(br#""2024-02-30""#).is_err());
/// ```
#[cfg(feature = "chrono")]
pub type Date = chrono::NaiveDate;

#[cfg(feature = "chrono")]
const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

#[cfg(feature = "chrono")]
impl Decode for DateTime {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        read_as(decoder, "a date-time (RFC 3339)", &mut |text| {
            let time = chrono::DateTime::parse_from_rfc3339(text).ok()?;
            let time = time.with_timezone(&Utc);
            YEARS.contains(&time.year()).then_some(time)
        })
    }
}

#[cfg(feature = "chrono")]
impl Encode for DateTime {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        if !YEARS.contains(&self.year()) {
            return Err(CodecError::new("a year from 0 to 9999", self.year().to_string()));
        }
        encoder.text(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

#[cfg(feature = "chrono")]
impl Decode for Date {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        read_as(decoder, "a date (RFC 3339 full-date)", &mut |text| {
            // chrono also takes years of other lengths, signs and missing zeros.
            let is_plain = text.len() == "2024-05-01".len() && !text.starts_with(['+', '-']);
            is_plain.then(|| text.parse().ok()).flatten()
        })
    }
}

#[cfg(feature = "chrono")]
impl Encode for Date {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        if !YEARS.contains(&self.year()) {
            return Err(CodecError::new("a year from 0 to 9999", self.year().to_string()));
        }
        encoder.text(&self.to_string())
    }
}

/// Reads a text that must be of a form.
pub(super) fn read_as<T>(
    decoder: &mut dyn Decoder,
    expected: &'static str,
    parse: &mut dyn FnMut(&str) -> Option<T>,
) -> Result<T, CodecError> {
    let mut parsed = None;
    decoder.text(&mut |text| {
        parsed = Some(parse(text).ok_or_else(|| CodecError::new(expected, describe::text(text))));
    })?;
    parsed.unwrap_or_else(|| Err(CodecError::new(expected, "nothing")))
}

/// How a type is read out of its text and written as one.
macro_rules! forms {
    ($($(#[$condition:meta])* $type:ty, $expected:literal, $parse:expr, $write:expr;)*) => {$(
        $(#[$condition])*
        impl Decode for $type {
            fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
                read_as(decoder, $expected, &mut $parse)
            }
        }

        $(#[$condition])*
        impl Encode for $type {
            fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
                let text: Result<String, CodecError> = $write(self);
                encoder.text(&text?)
            }
        }
    )*};
}

/// A UUID (`format: uuid`, RFC 9562), read in either case with its hyphens, written in lower case; with the feature `uuid`.
///
/// ```
/// use typewright_runtime::value::{from_json, to_json, Uuid};
///
/// let id: Uuid = from_json(br#""67E55044-10B1-426F-9247-BB680E5FE0C8""#).unwrap();
/// assert_eq!(to_json(&id).unwrap(), br#""67e55044-10b1-426f-9247-bb680e5fe0c8""#);
/// ```
#[cfg(feature = "uuid")]
pub type Uuid = uuid::Uuid;

/// An instant with its offset (`format: date-time`), of the crate `time`; written with the offset that it was read with. With the
/// feature `time`.
///
/// ```
/// use typewright_runtime::value::{from_json, to_json, OffsetDateTime};
///
/// let text = br#""2024-05-01T14:00:00+02:00""#;
/// let instant: OffsetDateTime = from_json(text).unwrap();
/// assert_eq!(instant.offset().whole_hours(), 2);
/// assert_eq!(to_json(&instant).unwrap(), text);
/// ```
#[cfg(feature = "time")]
pub type OffsetDateTime = time::OffsetDateTime;

/// A day (`format: date`), of the crate `time`; with the feature `time`.
///
/// ```
/// use typewright_runtime::value::{from_json, TimeDate};
///
/// let day: TimeDate = from_json(br#""2024-05-01""#).unwrap();
/// assert_eq!((day.year(), day.day()), (2024, 1));
/// ```
#[cfg(feature = "time")]
pub type TimeDate = time::Date;

/// An instant (`format: date-time`), of the crate `jiff`; read with any offset and written in UTC. With the feature `jiff`.
///
/// ```
/// use typewright_runtime::value::{from_json, to_json, Timestamp};
///
/// let instant: Timestamp = from_json(br#""2024-05-01T14:00:00+02:00""#).unwrap();
/// assert_eq!(to_json(&instant).unwrap(), br#""2024-05-01T12:00:00Z""#);
/// ```
#[cfg(feature = "jiff")]
pub type Timestamp = jiff::Timestamp;

/// A day (`format: date`), of the crate `jiff`; with the feature `jiff`.
///
/// ```
/// use typewright_runtime::value::{from_json, CivilDate};
///
/// let day: CivilDate = from_json(br#""2024-05-01""#).unwrap();
/// assert_eq!((day.year(), day.month(), day.day()), (2024, 5, 1));
/// ```
#[cfg(feature = "jiff")]
pub type CivilDate = jiff::civil::Date;

forms! {
    Ipv4Addr, "an IPv4 address", |text| text.parse().ok(), displayed;
    Ipv6Addr, "an IPv6 address", |text| text.parse().ok(), displayed;
    #[cfg(feature = "uuid")]
    Uuid, "a UUID", |text| {
        // The crate takes braces, a prefix and missing hyphens too, which would not be written again.
        (text.len() == uuid::fmt::Hyphenated::LENGTH).then(|| text.parse().ok()).flatten()
    }, displayed;
    #[cfg(feature = "time")]
    OffsetDateTime, "a date-time (RFC 3339)", |text| {
        Self::parse(text, &time::format_description::well_known::Rfc3339).ok()
    }, |value: &Self| {
        let form = &time::format_description::well_known::Rfc3339;
        value.format(form).map_err(|_| beyond(value.year()))
    };
    #[cfg(feature = "time")]
    TimeDate, "a date (RFC 3339 full-date)", |text| {
        let [year, month, day] = day_parts(text)?;
        let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
        Self::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
    }, |value: &Self| day_text(value.year(), value.month().into(), value.day());
    #[cfg(feature = "jiff")]
    Timestamp, "a date-time (RFC 3339)", |text| {
        // The crate reads other forms of ISO 8601 too, and years that its own offset takes below 0, which have no text.
        let time = is_date_time(text).then(|| text.parse().ok()).flatten()?;
        Some(time).filter(|time| year(time) >= 0)
    }, |value: &Self| {
        let year = year(value);
        if year < 0 { Err(beyond(year.into())) } else { Ok(value.to_string()) }
    };
    #[cfg(feature = "jiff")]
    CivilDate, "a date (RFC 3339 full-date)", |text| {
        let [year, month, day] = day_parts(text)?;
        Self::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }, |value: &Self| day_text(value.year().into(), value.month().unsigned_abs(), value.day().unsigned_abs());
}

#[allow(clippy::unnecessary_wraps, reason = "others have years that cannot be written")]
fn displayed(value: &impl ToString) -> Result<String, CodecError> {
    Ok(value.to_string())
}

/// The year of an instant in UTC.
#[cfg(feature = "jiff")]
fn year(time: &Timestamp) -> i16 {
    jiff::tz::TimeZone::UTC.to_datetime(*time).year()
}

/// `true` for the form of RFC 3339, section 5.6: `2024-05-01T14:00:00.5+02:00`.
#[cfg(feature = "jiff")]
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked("2024-05-01".len()) else {
        return false;
    };
    let time = time.strip_prefix(['T', 't', ' ']).unwrap_or_default();
    let has_seconds = time.as_bytes().get("14:00".len()) == Some(&b':');
    let time: Result<super::TimeOfDay, _> = time.parse();
    day_parts(date).is_some()
        && has_seconds
        && time.is_ok_and(|time| time.offset_minutes().is_some())
}

/// The numbers of `2024-05-01`, which has no other form.
#[cfg(any(feature = "time", feature = "jiff"))]
fn day_parts(text: &str) -> Option<[u16; 3]> {
    let is_form = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    if text.len() != "2024-05-01".len() || !text.bytes().enumerate().all(is_form) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse().ok();
    Some([part(0..4)?, part(5..7)?, part(8..10)?])
}

#[cfg(any(feature = "time", feature = "jiff"))]
fn day_text(year: i32, month: u8, day: u8) -> Result<String, CodecError> {
    if !(0..=9999).contains(&year) {
        return Err(beyond(year));
    }
    Ok(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(any(feature = "time", feature = "jiff"))]
fn beyond(year: i32) -> CodecError {
    CodecError::new("a year from 0 to 9999", year.to_string())
}
