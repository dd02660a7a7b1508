//! Decoders, and the visitors that receive their values.

use crate::codec::collections::EachItem;
use crate::codec::error::describe;
use crate::codec::scalars::{ReadText, Received};
use crate::codec::value::Replay;
use crate::codec::{CodecError, Deviations, Fields, Target, Value};

/// A value to be read, of any format.
///
/// It is object safe, so that no code that reads a type is generic over a format.
pub trait Decoder {
    /// Passes the value to the visitor; a decoder can do so once.
    ///
    /// # Errors
    /// The visitor fails, or the text is malformed.
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError>;

    /// Decodes the value into the target: by its `null` if it is null, else by its `set`.
    ///
    /// # Errors
    /// The target fails, or the text is malformed.
    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError>;

    /// Reads a value of any type, with the order of its members, and in JSON with the text of its numbers.
    ///
    /// # Errors
    /// The text is malformed, or nested more than 128 levels deep.
    fn any(&mut self) -> Result<Value, CodecError>;

    /// The treatment of deviations during this reading.
    fn deviations(&self) -> &Deviations;

    /// The value itself, if it is in memory.
    fn buffered(&self) -> Option<Replay<'_>> {
        None
    }

    /// Reads an object into fields.
    ///
    /// # Errors
    /// The value is something else, or a member fails; its name is in the path.
    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        self.visit(fields)
    }

    /// Reads a list, each item into the target.
    ///
    /// # Errors
    /// The value is something else, or an item fails; its index is in the path.
    fn list(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.visit(&mut EachItem(target))
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// The value is something else, or the text is malformed.
    fn bool(&mut self) -> Result<bool, CodecError> {
        let mut received = Received(None);
        self.visit(&mut received)?;
        received.value()
    }

    /// Reads an integer of up to 64 bits, with or without a sign; `3.0` is one.
    ///
    /// # Errors
    /// The value is something else, or the text is malformed.
    fn integer(&mut self) -> Result<i128, CodecError> {
        let mut received = Received(None);
        self.visit(&mut received)?;
        received.value()
    }

    /// Reads a number as the nearest `f64`.
    ///
    /// # Errors
    /// The value is something else, or the text is malformed.
    fn float(&mut self) -> Result<f64, CodecError> {
        let mut received = Received(None);
        self.visit(&mut received)?;
        received.value()
    }

    /// Reads a text.
    ///
    /// # Errors
    /// The value is something else, or the text is malformed.
    fn string(&mut self) -> Result<String, CodecError> {
        let mut received = Received(None);
        self.visit(&mut received)?;
        received.value()
    }

    /// Reads a text and passes it to a closure, without a copy.
    ///
    /// # Errors
    /// The value is something else, or the text is malformed.
    fn text(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), CodecError> {
        self.visit(&mut ReadText(take))
    }
}

/// A number by its text. It is here as the default methods of [`Visit`] are compiled once for each visitor.
enum Parsed {
    Natural(u64),
    Negative(i64),
    Float(f64),
}

impl Parsed {
    fn parse(text: &str) -> Option<Self> {
        if let Ok(value) = text.parse() {
            return Some(Self::Natural(value));
        }
        match text.parse() {
            // Minus zero is a floating-point number.
            Ok(value) if value < 0 => return Some(Self::Negative(value)),
            Ok(_) | Err(_) => {}
        }
        text.parse().ok().filter(|value: &f64| value.is_finite()).map(Self::Float)
    }
}

/// A visitor of a value, with a method for each type; by default all are a [`CodecError`].
pub trait Visit {
    /// The expected type, for messages: `an integer`.
    fn expected(&self) -> &'static str;

    /// Visits null.
    ///
    /// # Errors
    /// Null is not expected.
    fn null(&mut self) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), "null"))
    }

    /// Visits a boolean.
    ///
    /// # Errors
    /// A boolean is not expected.
    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::boolean(value)))
    }

    /// Visits a negative integer.
    ///
    /// # Errors
    /// An integer, or this one, is not expected.
    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::number(value)))
    }

    /// Visits an integer that is not negative.
    ///
    /// # Errors
    /// An integer, or this one, is not expected.
    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::number(value)))
    }

    /// Visits a number with a fraction, an exponent, or more than 64 bits.
    ///
    /// # Errors
    /// A number, or this one, is not expected.
    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::number(value)))
    }

    /// Visits a number by its text, from decoders that preserve it; by default one that an `f64` can hold.
    ///
    /// # Errors
    /// A number, or this one, is not expected.
    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        match Parsed::parse(text) {
            Some(Parsed::Natural(value)) => self.u64(value),
            Some(Parsed::Negative(value)) => self.i64(value),
            Some(Parsed::Float(value)) => self.f64(value),
            None => Err(CodecError::new(self.expected(), describe::number(text))),
        }
    }

    /// Visits a text.
    ///
    /// # Errors
    /// A text, or this one, is not expected.
    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::text(value)))
    }

    /// Visits bytes, which some formats other than JSON have.
    ///
    /// # Errors
    /// Bytes are not expected.
    fn bytes(&mut self, value: &[u8]) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::bytes(value)))
    }

    /// Visits a list.
    ///
    /// # Errors
    /// A list is not expected, or one of its items fails.
    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        let _ = items;
        Err(CodecError::new(self.expected(), "a list"))
    }

    /// Visits an object.
    ///
    /// # Errors
    /// An object is not expected, or one of its members fails.
    fn object(&mut self, members: &mut dyn Members) -> Result<(), CodecError> {
        let _ = members;
        Err(CodecError::new(self.expected(), "an object"))
    }
}

/// The items of a list that is being read.
pub trait Items {
    /// Decodes the next item into the target; `false` if there is none.
    ///
    /// # Errors
    /// The target fails (without the index), or the text is malformed.
    fn next(&mut self, target: &mut dyn Target) -> Result<bool, CodecError>;

    /// A lower bound of the items left, from the format; too unreliable to allocate by.
    fn hint(&self) -> usize {
        0
    }

    /// Decodes all items into the target, and adds the index to a failure.
    ///
    /// # Errors
    /// As [`Items::next`].
    fn fill(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        let mut index = 0;
        loop {
            match self.next(target) {
                Ok(true) => index += 1,
                Ok(false) => return Ok(()),
                Err(failure) => return Err(failure.at_index(index)),
            }
        }
    }
}

/// The members of an object that is being read.
pub trait Members {
    /// Passes the name of the next member to `take`; `false` if there is none.
    ///
    /// # Errors
    /// The text is malformed.
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError>;

    /// Decodes the value of that member into the target; null by its `set`, like any other value.
    ///
    /// # Errors
    /// The target fails (without the name), or the text is malformed.
    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError>;

    /// Decodes every member into its field.
    ///
    /// # Errors
    /// As [`Members::value`], with the name in the path; or an unknown member of a closed object.
    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError>;
}
