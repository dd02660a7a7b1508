//! Numbers as text, compared and converted exactly.

/// The parts of a number: its sign, its digits without zeros at either end, and the power of ten of the last digit.
#[derive(Debug, PartialEq, Eq)]
struct Parts {
    negative: bool,
    digits: String,
    exponent: i64,
}

fn parts(text: &str) -> Option<Parts> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, power) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let power: i64 = power.parse().ok()?;
    let significant = digits.trim_end_matches('0');
    let shift = i64::try_from(digits.len() - significant.len()).ok()?
        - i64::try_from(fraction.len()).ok()?;
    let digits = significant.trim_start_matches('0').to_owned();
    let is_zero = digits.is_empty();
    Some(Parts {
        negative: negative && !is_zero,
        digits,
        exponent: if is_zero { 0 } else { power.checked_add(shift)? },
    })
}

/// `true` if two texts are the same number, such as `1`, `1.0` and `10e-1`.
pub fn same(left: &str, right: &str) -> bool {
    left == right
        || matches!((parts(left), parts(right)), (Some(left), Some(right)) if left == right)
}

/// `true` if the text is a number.
pub fn is_number(text: &str) -> bool {
    parts(text).is_some()
}

/// `true` if the number is an integer, such as `3.0`.
pub fn is_whole(text: &str) -> bool {
    parts(text).is_some_and(|parts| parts.exponent >= 0)
}

/// The integer, if the number is one within 64 bits.
pub fn as_i64(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| {
        let parts = parts(text)?;
        let power = u32::try_from(parts.exponent).ok()?;
        let digits = if parts.digits.is_empty() { "0" } else { &parts.digits };
        let sign = if parts.negative { "-" } else { "" };
        let value: i64 = format!("{sign}{digits}").parse().ok()?;
        value.checked_mul(10_i64.checked_pow(power)?)
    })
}

/// The nearest finite double.
pub fn as_f64(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The double whose shortest text is this number.
pub fn exact_f64(text: &str) -> Option<f64> {
    as_f64(text).filter(|value| same(text, &value.to_string()))
}

/// The number without an exponent and trailing zeros; verbatim where a double would round it.
pub fn normalized(text: &str) -> String {
    exact_f64(text).map_or_else(|| text.to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::{as_i64, exact_f64, is_whole, same};

    #[test]
    fn numbers_compare_by_value() {
        assert!(same("1", "1.0"));
        assert!(same("10e-1", "1"));
        assert!(same("-0", "0.00"));
        assert!(!same("12345678901234567890123", "12345678901234567890124"));
        assert!(!same("1", "-1"));
    }

    #[test]
    fn whole_numbers_are_read_in_every_spelling() {
        assert_eq!(as_i64("3.0"), Some(3));
        assert_eq!(as_i64("1e3"), Some(1000));
        assert_eq!(as_i64("-0.0"), Some(0));
        assert_eq!(as_i64("9223372036854775808"), None);
        assert_eq!(as_i64("1e99999"), None);
        assert!(is_whole("1e2") && !is_whole("1e-2"));
    }

    #[test]
    fn doubles_that_say_something_else_are_not_exact() {
        assert_eq!(exact_f64("0.1"), Some(0.1));
        assert_eq!(exact_f64("9007199254740993"), None);
        assert_eq!(exact_f64("1e400"), None);
    }
}
