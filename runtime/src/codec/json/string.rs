//! Strings of a JSON text.

use crate::codec::json::cursor::{fault, Cursor};
use crate::codec::CodecError;
use std::borrow::Cow;

const ONES: u64 = 0x0101_0101_0101_0101;

/// How many bytes at the start stand for themselves within a string: neither quote, backslash nor control character.
#[inline]
pub(super) fn plain_run(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            let before = special.trailing_zeros() / 8;
            return bytes.len() - rest.len() + before as usize;
        }
        rest = after;
    }
    let special = rest.iter().position(|byte| is_special(*byte));
    bytes.len() - rest.len() + special.unwrap_or(rest.len())
}

/// The high bit of each byte of a word that does not stand for itself. The lowest such bit is right; those above it may
/// be set by a borrow.
#[inline]
pub(super) fn special_bytes(word: u64) -> u64 {
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = zero(word ^ (ONES * 0x22));
    let backslash = zero(word ^ (ONES * 0x5c));
    (control | quote | backslash) & (ONES * 0x80)
}

#[inline]
fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

impl<'j> Cursor<'j> {
    /// Reads a string, whose quote has been seen; it is in the scratch buffer where it has escapes, else in the text.
    #[inline]
    pub(super) fn string(&mut self) -> Result<&str, CodecError> {
        match self.plain_string() {
            Some(text) => Ok(text),
            None => self.escaped(),
        }
    }

    /// Reads the name of a member, whose quote has been seen.
    #[inline]
    pub(super) fn name(&mut self) -> Result<Cow<'j, str>, CodecError> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped().map(|text| Cow::Owned(text.to_owned())),
        }
    }

    /// Reads a string without escapes. Where it has one, or a fault, the cursor stays at the quote.
    #[inline]
    fn plain_string(&mut self) -> Option<&'j str> {
        let start = self.position();
        self.advance(1);
        let run = plain_run(self.rest());
        self.advance(run);
        if self.peek() == Some(b'"') {
            let text = self.since(start + 1);
            self.advance(1);
            return Some(text);
        }
        self.back_to(start);
        None
    }

    /// Reads a string with escapes, whose quote has been seen, into the scratch buffer.
    #[inline(never)]
    fn escaped(&mut self) -> Result<&str, CodecError> {
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        self.advance(1);
        let result = self.unescape(&mut text);
        self.scratch = text;
        result.map(|()| self.scratch.as_str())
    }

    fn unescape(&mut self, text: &mut String) -> Result<(), CodecError> {
        loop {
            let start = self.position();
            self.advance(plain_run(self.rest()));
            text.push_str(self.since(start));
            match self.peek() {
                Some(b'"') => {
                    self.advance(1);
                    return Ok(());
                }
                Some(b'\\') => {
                    self.advance(1);
                    text.push(self.escape()?);
                }
                Some(_) => return Err(self.fault(fault::CONTROL)),
                None => return Err(self.fault(fault::END_OF_STRING)),
            }
        }
    }

    /// Reads what follows a backslash.
    #[inline]
    fn escape(&mut self) -> Result<char, CodecError> {
        let letter = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.advance(1);
                return self.code_point();
            }
            Some(_) => return Err(self.fault(fault::ESCAPE)),
            None => return Err(self.fault(fault::END_OF_STRING)),
        };
        self.advance(1);
        Ok(letter)
    }

    /// Reads the digits of an escape, and the second half of a pair of surrogates.
    fn code_point(&mut self) -> Result<char, CodecError> {
        let first = self.hex_digits()?;
        if let Some(letter) = char::from_u32(first) {
            return Ok(letter);
        }
        if first >= 0xDC00 {
            return Err(self.fault_behind(fault::SURROGATE));
        }
        self.second_half(b'\\')?;
        self.second_half(b'u')?;
        match self.hex_digits()? {
            second @ 0xDC00..=0xDFFF => {
                let point = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                char::from_u32(point).ok_or_else(|| self.fault_behind(fault::SURROGATE))
            }
            _ => Err(self.fault_behind(fault::SURROGATE)),
        }
    }

    /// Passes over a byte of the escape that must follow a leading surrogate.
    fn second_half(&mut self, byte: u8) -> Result<(), CodecError> {
        match self.peek() {
            Some(next) if next == byte => {
                self.advance(1);
                Ok(())
            }
            Some(_) => Err(self.fault(fault::HEX_END)),
            None => Err(self.fault(fault::END_OF_STRING)),
        }
    }

    fn hex_digits(&mut self) -> Result<u32, CodecError> {
        let rest = self.rest();
        let Some(digits) = rest.first_chunk::<4>() else {
            self.advance(rest.len());
            return Err(self.fault(fault::END_OF_STRING));
        };
        let mut value = Some(0);
        for byte in digits {
            let digit = char::from(*byte).to_digit(16);
            value = value.zip(digit).map(|(value, digit)| value << 4 | digit);
        }
        // The cursor stays before a bad digit, which may be a part of a letter.
        match value {
            Some(value) => {
                self.advance(4);
                Ok(value)
            }
            None => Err(self.fault_after(4, fault::ESCAPE)),
        }
    }

    /// Passes over a string, whose quote has been seen. Its escapes are checked but for surrogates.
    pub(super) fn skip_string(&mut self) -> Result<(), CodecError> {
        self.advance(1);
        loop {
            self.advance(plain_run(self.rest()));
            match self.peek() {
                Some(b'"') => {
                    self.advance(1);
                    return Ok(());
                }
                Some(b'\\') => self.skip_escape()?,
                Some(_) => return Err(self.fault(fault::CONTROL)),
                None => return Err(self.fault(fault::END_OF_STRING)),
            }
        }
    }

    fn skip_escape(&mut self) -> Result<(), CodecError> {
        self.advance(1);
        if self.peek() == Some(b'u') {
            self.advance(1);
            return self.hex_digits().map(drop);
        }
        self.escape().map(drop)
    }
}
