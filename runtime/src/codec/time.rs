use super::{failure::found, CodecError, Decoder};
#[cfg(feature = "chrono")]
use super::{Decode, Encode, Encoder};
#[cfg(feature = "chrono")]
use chrono::{Datelike, SecondsFormat, Utc};

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
            return Err(CodecError::new(
                "a year from 0 to 9999",
                self.year().to_string(),
            ));
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
            return Err(CodecError::new(
                "a year from 0 to 9999",
                self.year().to_string(),
            ));
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
        parsed = Some(parse(text).ok_or_else(|| CodecError::new(expected, found::text(text))));
    })?;
    parsed.unwrap_or_else(|| Err(CodecError::new(expected, "nothing")))
}
