//! Syntax checks of formats. They accept only texts that the runtime parses; they may reject some that it parses.

/// RFC 3339, section 5.6: `date-time`.
pub fn is_date_time(text: &str) -> bool {
    let Some((day, clock)) = text.split_once(['T', 't']) else {
        return false;
    };
    let zoned = clock.ends_with('Z') || clock.contains(['+', '-']);
    zoned && clock.matches(':').count() >= 2 && is_date(day) && is_time(clock)
}

/// RFC 3339, section 5.6: `full-date`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<Option<u32>> = text.split('-').map(digits).collect();
    let [Some(year), Some(month), Some(day)] = parts.as_slice() else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    text.len() == "2024-05-01".len()
        && (1..=12).contains(month)
        && (1..=days).contains(day)
        && (text.find('-'), text.rfind('-')) == (Some(4), Some(7))
}

/// `10:30`, `10:30:05.250`, optionally with an offset.
pub fn is_time(text: &str) -> bool {
    let (clock, offset) = match text.find(['+', '-']) {
        Some(at) => text.split_at(at),
        None => (text.strip_suffix('Z').unwrap_or(text), ""),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<_> = clock.split(':').collect();
    let count = parts.len();
    let most = [23, 59, 59].into_iter();
    let is_clock = parts.iter().zip(most).all(|(part, most)| is_two(part, most));
    let is_offset = offset.is_empty()
        || offset
            .get(1..)
            .and_then(|offset| offset.split_once(':'))
            .is_some_and(|(hours, minutes)| is_two(hours, 23) && is_two(minutes, 59));
    let is_fraction = (count == 3 && fraction.len() <= 9) || fraction == "0";
    is_clock && (2..=3).contains(&count) && is_offset && is_fraction && digits(fraction).is_some()
}

/// ISO 8601 durations with their units in order, or seconds with the suffix `s`.
pub fn is_duration(text: &str) -> bool {
    if let Some(seconds) = text.strip_suffix('s') {
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
        return digits(whole).is_some() && digits(fraction).is_some();
    }
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = text.split_once('T').unwrap_or((text, "0S"));
    (text.contains('T') || !date.is_empty())
        && in_order(date, "YMWD")
        && !time.is_empty()
        && in_order(time, "HMS")
}

/// `true` for whole numbers, each followed by one of the units, in order.
fn in_order(text: &str, units: &str) -> bool {
    let mut units = units.chars();
    let mut rest = text;
    while let Some(end) = rest.find(|letter: char| letter.is_ascii_uppercase()) {
        let (number, after) = rest.split_at(end);
        let mut letters = after.chars();
        let unit = letters.next();
        if digits(number).is_none() || !units.any(|known| Some(known) == unit) {
            return false;
        }
        rest = letters.as_str();
    }
    rest.is_empty()
}

/// RFC 9562, section 4, with hyphens.
pub fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<_> = text.split('-').collect();
    let is_part = |(part, length): (&&str, usize)| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    parts.len() == lengths.len() && parts.iter().zip(lengths).all(is_part)
}

fn is_two(text: &str, most: u32) -> bool {
    text.len() == 2 && digits(text).is_some_and(|number| number <= most)
}

/// Parses a text of digits.
fn digits(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_checked() {
        for (holds, valid, invalid) in [
            (
                is_date as fn(&str) -> bool,
                ["2024-02-29", "0001-01-31"],
                ["2023-02-29", "2024-13-01", "24-01-01", "2024-1-011", ""].as_slice(),
            ),
            (
                is_date_time,
                ["2024-05-01T10:00:00Z", "2024-05-01t10:00:00.25+02:00"],
                &["2024-05-01", "2024-05-01T10:00:00", "2024-05-01T10:00Z", "T"],
            ),
            (
                is_time,
                ["10:30", "23:59:59.5-00:30"],
                &["24:00", "10", "10:30.5", "1:30", "10:30:00+2"],
            ),
            (is_duration, ["P1DT2H", "3.5s"], &["P", "PT", "P1H", "PT1M1H", "", "s", "P1"]),
            (
                is_uuid,
                ["67e55044-10b1-426f-9247-bb680e5fe0c8", "67E55044-10b1-426f-9247-bb680e5fe0c8"],
                &["67e5504410b1426f9247bb680e5fe0c8", "-", "67e55044-10b1-426f-9247-bb680e5fe0cg"],
            ),
        ] {
            assert!(valid.into_iter().all(holds), "{valid:?}");
            assert!(!invalid.iter().any(|text| holds(text)), "{invalid:?}");
        }
    }
}
