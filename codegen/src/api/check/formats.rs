//! Texts and integers of a format.

use crate::api::model::{IntegerFormat, Json, TextFormat};
use std::net::{Ipv4Addr, Ipv6Addr};

/// `true` if an integer is within the range of its format.
pub(super) fn is_within(format: IntegerFormat, value: &Json) -> bool {
    let exact = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
    let (least, most) = range(format);
    match exact {
        Some(value) => (least..=most).contains(&value),
        #[expect(clippy::cast_precision_loss, reason = "the value has no more digits than that")]
        None => value.as_f64().is_some_and(|value| value >= least as f64 && value <= most as f64),
    }
}

fn range(format: IntegerFormat) -> (i128, i128) {
    match format {
        IntegerFormat::Int8 => (i8::MIN.into(), i8::MAX.into()),
        IntegerFormat::Int16 => (i16::MIN.into(), i16::MAX.into()),
        IntegerFormat::Int32 => (i32::MIN.into(), i32::MAX.into()),
        IntegerFormat::Int64 => (i64::MIN.into(), i64::MAX.into()),
        IntegerFormat::Uint8 => (0, u8::MAX.into()),
        IntegerFormat::Uint16 => (0, u16::MAX.into()),
        IntegerFormat::Uint32 => (0, u32::MAX.into()),
        IntegerFormat::Uint64 => (0, u64::MAX.into()),
    }
}

/// `true` if a text has a format. Formats of which the generator knows no syntax have every text.
pub(super) fn is_valid(format: &TextFormat, text: &str) -> bool {
    match format {
        TextFormat::Plain | TextFormat::Other(_) | TextFormat::Binary | TextFormat::Password => {
            true
        }
        TextFormat::DateTime => is_date_time(text),
        TextFormat::Date => is_date(text),
        TextFormat::Time => is_time(text),
        TextFormat::Duration => is_duration(text),
        TextFormat::Uuid => is_uuid(text),
        // A relative reference too: the model does not tell `uri` from `uri-reference`.
        TextFormat::Uri => !text.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c)),
        TextFormat::Email => is_email(text),
        TextFormat::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        TextFormat::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        TextFormat::Base64 => is_base64(text, "+/"),
        TextFormat::Base64Url => is_base64(text, "-_"),
        TextFormat::Integer(format) => text.parse::<i128>().is_ok_and(|value| {
            let (least, most) = range(*format);
            (least..=most).contains(&value)
        }),
        TextFormat::Number(_) => text.parse::<f64>().is_ok(),
    }
}

/// Returns the number that a text of so many digits is.
fn digits(text: &str, count: usize) -> Option<u32> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// `full-date` (RFC 3339, section 5.6).
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut part = |count| digits(parts.next()?, count);
    let (Some(year), Some(month), Some(day)) = (part(4), part(2), part(2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// `date-time` (RFC 3339, section 5.6).
fn is_date_time(text: &str) -> bool {
    let split = text.split_once(['T', 't', ' ']);
    split.is_some_and(|(date, time)| {
        let (clock, offset) = split_offset(time);
        is_date(date) && is_clock(clock) && !offset.is_empty() && is_offset(offset)
    })
}

/// `full-time` or `partial-time` (RFC 3339, section 5.6).
fn is_time(text: &str) -> bool {
    let (clock, offset) = split_offset(text);
    is_clock(clock) && (offset.is_empty() || is_offset(offset))
}

fn split_offset(time: &str) -> (&str, &str) {
    time.split_at(time.find(['Z', 'z', '+', '-']).unwrap_or(time.len()))
}

fn is_clock(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = whole.splitn(3, ':');
    let mut part = || digits(parts.next()?, 2);
    let is_within = |part: Option<u32>, most| part.is_some_and(|part| part <= most);
    // 60 is a leap second
    is_within(part(), 23)
        && is_within(part(), 59)
        && is_within(part(), 60)
        && digits(fraction, fraction.len().max(1)).is_some()
}

fn is_offset(text: &str) -> bool {
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return text.eq_ignore_ascii_case("z");
    };
    let parts = offset.split_once(':');
    parts.is_some_and(|(hours, minutes)| {
        digits(hours, 2).is_some_and(|hours| hours <= 23)
            && digits(minutes, 2).is_some_and(|minutes| minutes <= 59)
    })
}

/// ISO 8601, or protobuf's seconds.
fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let is_part = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "YMWDTHS.,".contains(c))
    };
    match (text.strip_prefix('P'), text.strip_suffix('s')) {
        (Some(iso), _) => is_part(iso),
        (None, Some(seconds)) => seconds.parse::<f64>().is_ok(),
        (None, None) => false,
    }
}

/// Textual form of RFC 9562, section 4.
fn is_uuid(text: &str) -> bool {
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && text.split('-').all(is_hex)
}

fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
        && !text.contains(char::is_whitespace)
}

/// RFC 4648, with or without padding.
fn is_base64(text: &str, further: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let is_digit = |c: char| c.is_ascii_alphanumeric() || further.contains(c);
    digits.chars().all(is_digit)
        && digits.len() % 4 != 1
        && (padding == 0 || text.len().is_multiple_of(4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Meaning, FORMATS};

    #[test]
    fn samples_are_valid() {
        for format in FORMATS {
            if let Meaning::Text(text) = &format.meaning {
                assert!(is_valid(text, format.sample), "{}", format.name);
            }
        }
    }

    #[test]
    fn other_texts_are_not() {
        for (name, text) in [
            ("date-time", "2024-05-01"),
            ("date-time", "2024-05-01T12:00:00"),
            ("date-time", "2024-05-01T24:00:00Z"),
            ("date-time", "2024-05-01T12:00:00.Z"),
            ("date-time", "2024-05-01T12:00:00+0100"),
            ("date", "2023-02-29"),
            ("date", "2024-13-01"),
            ("date", "24-01-01"),
            ("time", "12:00"),
            ("duration", "1 hour"),
            ("uuid", "123e4567-e89b-42d3-a456-42661417400g"),
            ("uuid", "123e4567e89b42d3a456426614174000"),
            ("uri", "https://example.com/a b"),
            ("email", "example.com"),
            ("ipv4", "192.0.2.256"),
            ("ipv6", "192.0.2.1"),
            ("byte", "a-b_"),
            ("byte", "AQIDB"),
            ("base64url", "a+b/"),
        ] {
            assert!(!is_valid(&TextFormat::named(name), text), "{name}: {text}");
        }
    }

    #[test]
    fn rare_forms_are_valid() {
        for (name, text) in [
            ("date-time", "2024-02-29t23:59:60.123456789-12:30"),
            ("time", "12:00:00.5"),
            ("duration", "3.5s"),
            ("duration", "-P1Y2M3DT4H5M6.7S"),
            ("uri", "../a?b#c"),
            ("byte", "AQI"),
            ("base64url", "a-_="),
        ] {
            assert!(is_valid(&TextFormat::named(name), text), "{name}: {text}");
        }
    }

    #[test]
    fn integers_are_within_their_format() {
        let is_int32 = |value: Json| is_within(IntegerFormat::Int32, &value);
        assert!(is_int32(Json::from(i32::MAX)) && is_int32(Json::from(-5.0)));
        assert!(!is_int32(Json::from(i64::from(i32::MAX) + 1)) && !is_int32(Json::from(1e300)));
        assert!(is_within(IntegerFormat::Uint64, &Json::from(u64::MAX)));
        assert!(!is_within(IntegerFormat::Uint64, &Json::from(-1)));
    }
}
