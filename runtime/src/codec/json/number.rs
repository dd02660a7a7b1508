use super::cursor::{fault, Cursor};
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

/// So many digits are below 2^64, whatever they are.
const SAFE_DIGITS: usize = 19;

impl<'j> Cursor<'j> {
    /// Reads a number, whose first byte has been seen.
    #[inline]
    pub(super) fn numeral(&mut self) -> Result<Numeral<'j>, CodecError> {
        let start = self.position();
        let is_negative = self.peek() == Some(b'-');
        self.advance(usize::from(is_negative));
        let (value, count) = self.whole_digits()?;
        let is_fraction = matches!(self.peek(), Some(b'.' | b'e' | b'E'));
        if is_fraction || count > SAFE_DIGITS {
            return self.other_numeral(start);
        }
        if !is_negative {
            return Ok(Numeral::Unsigned(value));
        }
        match 0_i64.checked_sub_unsigned(value) {
            Some(value) if value != 0 => Ok(Numeral::Negative(value)),
            Some(_) | None => Ok(Numeral::Other(self.since(start))),
        }
    }

    /// The digits before the point: their value, unless there are too many, and how many there are.
    #[inline]
    fn whole_digits(&mut self) -> Result<(u64, usize), CodecError> {
        let (value, count) = self.digits();
        if count == 0 {
            return Err(self.no_digit());
        }
        let starts_with_zero = self.position().checked_sub(count).is_some_and(|start| {
            count > 1 && self.since(start).starts_with('0')
        });
        if starts_with_zero {
            self.back_to(self.position() - count + 1);
            return Err(self.fault(fault::NUMBER));
        }
        Ok((value, count))
    }

    #[inline]
    fn digits(&mut self) -> (u64, usize) {
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
        self.advance(count);
        (value, count)
    }

    /// Reads on in a number whose digits before the point have been read.
    fn other_numeral(&mut self, start: usize) -> Result<Numeral<'j>, CodecError> {
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
        let text = self.since(start);
        Ok(match text.parse() {
            Ok(value) => Numeral::Unsigned(value),
            Err(_) => match text.parse() {
                Ok(value) if value < 0 => Numeral::Negative(value),
                Ok(_) | Err(_) => Numeral::Other(text),
            },
        })
    }

    fn some_digits(&mut self) -> Result<(), CodecError> {
        match self.digits() {
            (_, 0) => Err(self.no_digit()),
            (_, _) => Ok(()),
        }
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
            Ok(_) | Err(_) => Err(self.fault(fault::RANGE)),
        }
    }
}

/// Whether the text is a JSON number (RFC 8259 section 6), and nothing more.
pub(in crate::codec) fn is_number(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    let starts = matches!(cursor.peek(), Some(b'-' | b'0'..=b'9'));
    starts && cursor.numeral().is_ok() && cursor.peek().is_none()
}
