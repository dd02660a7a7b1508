//! Booleans, numbers and texts, null, and the type without values.

use super::error::describe;
use crate::codec::{CodecError, Decode, Decoder, Encode, Encoder, Number, Visit};

/// Keeps the scalar that a visit gave.
pub(super) struct Received<T>(pub(super) Option<T>);

impl<T> Received<T> {
    #[inline]
    pub(super) fn value(self) -> Result<T, CodecError> {
        match self.0 {
            Some(value) => Ok(value),
            None => Err(CodecError::new("a scalar", "nothing")),
        }
    }
}

/// Gives a text to a closure.
pub(super) struct ReadText<'a>(pub(super) &'a mut dyn FnMut(&str));

impl Visit for ReadText<'_> {
    fn expected(&self) -> &'static str {
        "a text"
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        (self.0)(value);
        Ok(())
    }
}

impl Visit for Received<bool> {
    fn expected(&self) -> &'static str {
        "a boolean"
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.0 = Some(value);
        Ok(())
    }
}

impl Visit for Received<String> {
    fn expected(&self) -> &'static str {
        "a text"
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.0 = Some(value.to_owned());
        Ok(())
    }
}

#[allow(clippy::cast_precision_loss, reason = "the nearest value is what is asked for")]
impl Visit for Received<f64> {
    fn expected(&self) -> &'static str {
        "a number"
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.f64(value as f64)
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.f64(value as f64)
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        self.0 = Some(value);
        Ok(())
    }
}

/// An integer of any of our types; `3.0` is one.
impl Visit for Received<i128> {
    fn expected(&self) -> &'static str {
        "an integer"
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.0 = Some(value.into());
        Ok(())
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.0 = Some(value.into());
        Ok(())
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        if let Some(value) = Number::from_checked(text).as_integer() {
            self.0 = Some(value);
            return Ok(());
        }
        let description = describe::number(text);
        match text.parse::<f64>() {
            Ok(value) if value.is_infinite() => {
                Err(CodecError::new("an integer of 64 bits", description))
            }
            nearest => {
                // The nearest `f64` says more plainly what is wrong, unless it is an integer and the number is not.
                self.f64(nearest.unwrap_or(f64::NAN))?;
                Err(CodecError::new(self.expected(), description))
            }
        }
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        const BEYOND: f64 = 18_446_744_073_709_551_616.0;
        let description = || describe::number(value);
        if value.fract() != 0.0 {
            return Err(CodecError::new(self.expected(), description()));
        }
        if value.abs() >= BEYOND {
            return Err(CodecError::new("an integer of 64 bits", description()));
        }
        #[allow(clippy::cast_possible_truncation, reason = "whole, and far within the range")]
        {
            self.0 = Some(value as i128);
        }
        Ok(())
    }
}

macro_rules! integers {
    ($($type:ident, $wide:ident, $expected:literal;)*) => {$(
        impl Decode for $type {
            fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
                let value = decoder.integer()?;
                Self::try_from(value)
                    .map_err(|_| CodecError::new($expected, describe::number(value)))
            }
        }

        impl Encode for $type {
            fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
                encoder.$wide($wide::from(*self))
            }
        }
    )*};
}

integers! {
    i8, i64, "an integer of 8 bits";
    i16, i64, "an integer of 16 bits";
    i32, i64, "an integer of 32 bits";
    i64, i64, "an integer of 64 bits";
    u8, u64, "a non-negative integer of 8 bits";
    u16, u64, "a non-negative integer of 16 bits";
    u32, u64, "a non-negative integer of 32 bits";
    u64, u64, "a non-negative integer of 64 bits";
}

impl Decode for bool {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        decoder.bool()
    }
}

impl Encode for bool {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.bool(*self)
    }
}

impl Decode for f64 {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        decoder.float()
    }
}

impl Encode for f64 {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.f64(*self)
    }
}

impl Decode for String {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        decoder.string()
    }
}

impl Encode for String {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.text(self)
    }
}

impl Encode for str {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.text(self)
    }
}

/// Reads a text and makes a value of it, without a copy in between.
///
/// # Errors
/// The value is not a text.
#[inline]
pub fn read_text<T>(decoder: &mut dyn Decoder, make: impl Fn(&str) -> T) -> Result<T, CodecError> {
    let mut made = None;
    decoder.text(&mut |text| made = Some(make(text)))?;
    made.ok_or_else(|| CodecError::new("a text", "nothing"))
}

/// The type of which there is no value: that of a schema that allows nothing (`false`, JSON Schema 2020-12 core, section 4.3.2).
///
/// ```
/// use typewright_runtime::value::{from_json, Never};
///
/// assert!(from_json::<Never>(b"null").is_err());
/// let none: Vec<Never> = from_json(b"[]").unwrap();
/// assert!(none.is_empty());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Never {}

impl Decode for Never {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        Err(CodecError::new(
            "nothing, as the document allows no value here",
            decoder.any()?.describe(),
        ))
    }
}

impl Encode for Never {
    fn encode(&self, _encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match *self {}
    }
}

/// The type whose only value is null.
impl Decode for () {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        struct OnlyNull;
        impl Visit for OnlyNull {
            fn expected(&self) -> &'static str {
                "null"
            }

            fn null(&mut self) -> Result<(), CodecError> {
                Ok(())
            }
        }
        decoder.visit(&mut OnlyNull)
    }

    fn null() -> Option<Self> {
        Some(())
    }
}

impl Encode for () {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.null()
    }
}
