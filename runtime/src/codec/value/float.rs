//! The text of floating-point numbers, wherever they are written.

use crate::codec::json::no_room;
use crate::codec::CodecError;
use serde_json::ser::{CompactFormatter, Formatter};
use std::fmt;

/// Below this each integer is a floating-point number; from here on only some are.
pub(in crate::codec) const EXACT: f64 = 9_007_199_254_740_992.0;

/// Appends the shortest text that is read back as the same number. A whole number has no fraction: `2`, not `2.0`, which
/// servers refuse where they want an integer.
///
/// # Errors
/// The number is not finite, which JSON cannot represent.
pub(in crate::codec) fn write(out: &mut Vec<u8>, value: f64) -> Result<(), CodecError> {
    if !value.is_finite() {
        return Err(CodecError::new("a finite number", value.to_string()));
    }
    let start = out.len();
    let written = CompactFormatter.write_f64(out, value);
    written.map_err(no_room)?;
    if out.ends_with(b".0") {
        out.truncate(out.len() - 2);
    } else if value.abs() >= LARGE {
        drop_plus(out, start);
    }
    Ok(())
}

/// From here on numbers are written with an exponent, by all writers that `serde_json` has had.
const LARGE: f64 = 1e15;

/// `1e300` rather than `1e+300`, whose sign is a space in a query that is not encoded.
#[cold]
fn drop_plus(out: &mut Vec<u8>, start: usize) {
    let plus = out.get(start..).and_then(|text| text.iter().position(|byte| *byte == b'+'));
    if let Some(at) = plus {
        out.remove(start + at);
    }
}

/// The same text for people; a number that is not finite is shown by its name.
pub(super) fn display(value: f64, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = Vec::with_capacity(24);
    match write(&mut out, value) {
        Ok(()) => formatter.write_str(&String::from_utf8_lossy(&out)),
        Err(_) => write!(formatter, "{value}"),
    }
}

/// `true` if the number is written with this text.
pub(super) fn is_text_of(text: &str, value: f64) -> bool {
    let mut out = Vec::with_capacity(24);
    write(&mut out, value).is_ok() && out == text.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction() {
        for (value, text) in [
            (2.0, "2"),
            (-2.0, "-2"),
            (0.0, "0"),
            (-0.0, "-0"),
            (2.5, "2.5"),
            (0.1, "0.1"),
            (10.0, "10"),
            (1e15, "1000000000000000"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (5e-5, "0.00005"),
            (1e300, "1e300"),
            (-1.5e300, "-1.5e300"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
        ] {
            let mut out = Vec::new();
            write(&mut out, value).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut out = b"[".to_vec();
            assert!(write(&mut out, value).is_err());
            assert_eq!(out, b"[");
        }
    }
}
