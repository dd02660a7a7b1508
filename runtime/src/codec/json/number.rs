//! Numbers of a JSON text.

use crate::codec::error::describe;
use crate::codec::json::cursor::{fault, Cursor};
use crate::codec::CodecError;

/// A number as it stands in the text.
#[derive(Clone, Copy)]
pub(super) enum Numeral<'j> {
    /// An integer that is not negative.
    Unsigned(u64),
    /// A negative integer.
    Negative(i64),
    /// Any other number: one with a fraction or an exponent, of more than 64 bits, or minus zero.
    Other(&'j str),
}

/// Any number of so many digits is below 2^64.
const SAFE_DIGITS: usize = 19;

impl<'j> Cursor<'j> {
    /// Reads a number, whose first byte has been seen.
    #[inline]
    pub(super) fn numeral(&mut self) -> Result<Numeral<'j>, CodecError> {
        let start = self.position();
        let is_negative = self.peek() == Some(b'-');
        self.advance(usize::from(is_negative));
        let (value, count) = self.whole_digits()?;
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            self.fraction()?;
            return Ok(Numeral::Other(self.since(start)));
        }
        if count > SAFE_DIGITS {
            return Ok(long_integer(self.since(start)));
        }
        if !is_negative {
            return Ok(Numeral::Unsigned(value));
        }
        match 0_i64.checked_sub_unsigned(value) {
            Some(value) if value != 0 => Ok(Numeral::Negative(value)),
            Some(_) | None => Ok(Numeral::Other(self.since(start))),
        }
    }

    /// Reads the digits before the point: their value, unless there are too many, and how many there are.
    #[inline]
    fn whole_digits(&mut self) -> Result<(u64, usize), CodecError> {
        let first = self.peek();
        let mut value = 0_u64;
        let mut count = 0;
        for byte in self.rest() {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            value = value.wrapping_mul(10).wrapping_add(digit.into());
            count += 1;
        }
        if count == 0 {
            return Err(self.no_digit());
        }
        if first == Some(b'0') && count > 1 {
            self.advance(1);
            return Err(self.fault(fault::NUMBER));
        }
        self.advance(count);
        Ok((value, count))
    }

    /// Reads the fraction and the exponent of a number, of which there is one or both.
    #[inline]
    fn fraction(&mut self) -> Result<(), CodecError> {
        if self.peek() == Some(b'.') {
            self.advance(1);
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.advance(1);
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.advance(1);
            }
            self.some_digits()?;
        }
        Ok(())
    }

    #[inline]
    fn some_digits(&mut self) -> Result<(), CodecError> {
        let digits = digit_run(self.rest());
        if digits == 0 {
            return Err(self.no_digit());
        }
        self.advance(digits);
        Ok(())
    }

    #[cold]
    fn no_digit(&self) -> CodecError {
        self.fault(match self.peek() {
            Some(_) => fault::NUMBER,
            None => fault::END_OF_VALUE,
        })
    }

    /// The nearest `f64` to a number that was just read.
    #[inline]
    pub(super) fn nearest(&self, text: &str) -> Result<f64, CodecError> {
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            Ok(_) | Err(_) => Err(self.placed(beyond_floats(text))),
        }
    }
}

/// The error of a number that is too large for an `f64`. The text is well-formed: RFC 8259, section 6, sets no limit.
#[cold]
fn beyond_floats(text: &str) -> CodecError {
    CodecError::new("a number within the range of `f64`", describe::number(text))
}

/// A number without fraction and exponent of twenty or more digits.
#[cold]
fn long_integer(text: &str) -> Numeral<'_> {
    match text.parse() {
        Ok(value) => Numeral::Unsigned(value),
        Err(_) => Numeral::Other(text),
    }
}

/// How many digits the bytes begin with; eight at a time.
#[inline]
fn digit_run(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        if !are_digits(u64::from_le_bytes(*word)) {
            break;
        }
        rest = after;
    }
    let end = rest.iter().position(|byte| !byte.is_ascii_digit());
    bytes.len() - rest.len() + end.unwrap_or(rest.len())
}

/// `true` if each byte of a word is an ASCII digit: its high half is 3, and stays 3 when 6 is added.
#[inline]
fn are_digits(word: u64) -> bool {
    const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    const THREES: u64 = 0x3030_3030_3030_3030;
    let raised = word.wrapping_add(0x0606_0606_0606_0606);
    word & HIGH == THREES && raised & HIGH == THREES
}

/// `true` if the text is a JSON number (RFC 8259 section 6), and nothing more.
pub(in crate::codec) fn is_number(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    let starts = matches!(cursor.peek(), Some(b'-' | b'0'..=b'9'));
    starts && cursor.numeral().is_ok() && cursor.peek().is_none()
}
