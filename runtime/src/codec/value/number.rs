//! Numbers of any size and precision.

use crate::codec::error::describe;
use crate::codec::json::is_number;
use crate::codec::value::float;
use crate::codec::{CodecError, Decode, Decoder, Encode, Encoder, Visit};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A JSON number of any size and precision.
///
/// Read from JSON it keeps its text (`1.50`, `1e3`, forty digits) and is written back with it. Two numbers are equal
/// when they are the same number: `1.50` is `1.5`.
///
/// ```
/// use typewright_runtime::value::Number;
///
/// let number: Number = "12345678901234567890123.50".parse().unwrap();
/// assert_eq!(number.to_string(), "12345678901234567890123.50");
/// assert_eq!(number, "1.23456789012345678901235e22".parse().unwrap());
/// assert_eq!(Number::from(3_i64).as_i64(), Some(3));
/// ```
#[derive(Clone)]
pub struct Number(Form);

#[derive(Clone)]
enum Form {
    Unsigned(u64),
    Negative(i64),
    /// A finite number whose shortest text is its text.
    Float(f64),
    /// Any other text that is a JSON number.
    Text(Box<str>),
}

impl Number {
    /// Creates a number from an `f64`; `None` where it is not finite, which JSON cannot represent (RFC 8259, section 6).
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(Form::Float(value)))
    }

    /// The number if it is an integer of 64 bits; `3.0` is 3.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Unsigned(value) => i64::try_from(*value).ok(),
            Form::Negative(value) => Some(*value),
            Form::Float(_) | Form::Text(_) => self.decimal().integer()?.parse().ok(),
        }
    }

    /// The number if it is a non-negative integer of 64 bits; `3.0` is 3.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Form::Unsigned(value) => Some(*value),
            Form::Negative(_) => None,
            Form::Float(_) | Form::Text(_) => self.decimal().integer()?.parse().ok(),
        }
    }

    /// The number if it is an integer of up to 64 bits, with or without a sign; `3.0` is 3.
    pub(in crate::codec) fn as_integer(&self) -> Option<i128> {
        let value = match self.exact() {
            Some(value) => value,
            None => self.decimal().integer()?.parse().ok()?,
        };
        (value.unsigned_abs() <= u64::MAX.into()).then_some(value)
    }

    /// The nearest `f64`; infinite where the number is too large for one.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "the nearest value is what is asked for")]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Form::Unsigned(value) => *value as f64,
            Form::Negative(value) => *value as f64,
            Form::Float(value) => *value,
            Form::Text(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    /// Reports whether the number has no fraction; `3.0` and `1e3` have none.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Unsigned(_) | Form::Negative(_) => true,
            Form::Float(value) => value.fract() == 0.0,
            Form::Text(_) => self.decimal().exponent >= 0,
        }
    }

    /// Gives the number to a visitor.
    pub(super) fn visit(&self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        match &self.0 {
            Form::Unsigned(value) => visitor.u64(*value),
            Form::Negative(value) => visitor.i64(*value),
            // An integer beyond these is another one as an `f64`.
            Form::Float(value) if value.abs() >= float::EXACT => visitor.number(&self.to_string()),
            Form::Float(value) => visitor.f64(*value),
            Form::Text(text) => visitor.number(text),
        }
    }

    /// The number, where it was made of an integer.
    fn exact(&self) -> Option<i128> {
        match &self.0 {
            Form::Unsigned(value) => Some((*value).into()),
            Form::Negative(value) => Some((*value).into()),
            Form::Float(_) | Form::Text(_) => None,
        }
    }

    /// This number beside another.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self.exact(), other.exact()) {
            (Some(left), Some(right)) => left.cmp(&right),
            (None, _) | (_, None) => self.decimal().compare(&other.decimal()),
        }
    }

    /// `true` if the number is an integral multiple of the other in decimals; numbers of very different sizes are divided
    /// as `f64`.
    pub(crate) fn is_multiple_of(&self, step: &Self) -> bool {
        let (number, step) = (self.decimal(), step.decimal());
        let least = number.exponent.min(step.exponent);
        match (number.scaled(least), step.scaled(least)) {
            (Some(number), Some(step)) if step != 0 => number % step == 0,
            (Some(_), Some(_)) => true,
            (None, _) | (_, None) => {
                let times = number.as_f64() / step.as_f64();
                times.is_finite() && times.fract() == 0.0
            }
        }
    }

    /// A text that equal numbers share.
    pub(crate) fn canonical(&self) -> String {
        let Decimal { negative, digits, exponent } = self.decimal();
        let sign = if negative { "-" } else { "" };
        format!("{sign}{digits}e{exponent}")
    }

    fn decimal(&self) -> Decimal {
        Decimal::new(&self.to_string())
    }

    /// A number by a text that a JSON parser has already accepted.
    pub(in crate::codec) fn from_checked(text: &str) -> Self {
        if let Ok(value) = text.parse() {
            return Self(Form::Unsigned(value));
        }
        match text.parse() {
            Ok(value) if value < 0 => Self(Form::Negative(value)),
            Ok(_) | Err(_) => Self::from_fraction(text),
        }
    }

    fn from_fraction(text: &str) -> Self {
        let value = text.parse().unwrap_or(f64::NAN);
        Self(if float::is_text_of(text, value) {
            Form::Float(value)
        } else {
            Form::Text(text.into())
        })
    }
}

impl FromStr for Number {
    type Err = CodecError;

    fn from_str(text: &str) -> Result<Self, CodecError> {
        if is_number(text) {
            Ok(Self::from_checked(text))
        } else {
            Err(CodecError::new("a number", describe::text(text)))
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Unsigned(value) => write!(formatter, "{value}"),
            Form::Negative(value) => write!(formatter, "{value}"),
            Form::Float(value) => float::display(*value, formatter),
            Form::Text(text) => formatter.write_str(text),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Number({self})")
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self.exact(), other.exact()) {
            (Some(left), Some(right)) => left == right,
            (None, _) | (_, None) => self.decimal() == other.decimal(),
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}

/// A number in its one canonical form: digits without zeros at either end, times ten to the exponent.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn new(text: &str) -> Self {
        let unsigned = text.trim_start_matches('-');
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let significant = all.trim_start_matches('0');
        let digits = significant.trim_end_matches('0');
        if digits.is_empty() {
            return Self { negative: false, digits: String::new(), exponent: 0 };
        }
        let zeros = significant.len() - digits.len();
        let shift = i64::try_from(zeros).unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
        let written = exponent.parse().unwrap_or(i64::MAX / 2);
        Self {
            negative: text.starts_with('-'),
            digits: digits.to_owned(),
            exponent: shift.saturating_add(written),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let signs = self.sign().cmp(&other.sign());
        if signs != Ordering::Equal || self.digits.is_empty() {
            return signs;
        }
        let sizes = self.size().cmp(&other.size());
        let greater = sizes.then_with(|| self.digits.cmp(&other.digits));
        if self.negative {
            greater.reverse()
        } else {
            greater
        }
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    /// How many digits stand before the point; negative where zeros follow it.
    fn size(&self) -> i64 {
        let digits = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        digits.saturating_add(self.exponent)
    }

    /// The number as so many times ten to an exponent that is not above its own.
    fn scaled(&self, exponent: i64) -> Option<i128> {
        let zeros = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        let digits: i128 = match self.digits.as_str() {
            "" => 0,
            digits => digits.parse().ok()?,
        };
        digits.checked_mul(10_i128.checked_pow(zeros)?)
    }

    fn as_f64(&self) -> f64 {
        let text = format!("{}e{}", self.digits, self.exponent);
        text.parse().unwrap_or(f64::NAN)
    }

    /// The text of the number as an integer of at most some twenty digits.
    fn integer(&self) -> Option<String> {
        let zeros = usize::try_from(self.exponent).ok()?;
        if self.digits.len() + zeros > 20 {
            return None;
        }
        let sign = if self.negative { "-" } else { "" };
        let digits = if self.digits.is_empty() { "0" } else { &self.digits };
        Some(format!("{sign}{digits}{}", "0".repeat(zeros)))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(Form::Unsigned(value))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        match u64::try_from(value) {
            Ok(value) => Self(Form::Unsigned(value)),
            Err(_) => Self(Form::Negative(value)),
        }
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        i64::from(value).into()
    }
}

impl Decode for Number {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let value = decoder.any()?;
        let number = value.as_number().cloned();
        number.ok_or_else(|| CodecError::new("a number", value.describe()))
    }
}

impl Encode for Number {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match &self.0 {
            Form::Unsigned(value) => encoder.u64(*value),
            Form::Negative(value) => encoder.i64(*value),
            Form::Float(value) => encoder.f64(*value),
            Form::Text(text) => encoder.number(text),
        }
    }
}
