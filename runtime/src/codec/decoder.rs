//! Reading: decoders, and the visitors that they give values to.

use crate::codec::collections::EachItem;
use crate::codec::error::describe;
use crate::codec::scalars::{ReadText, Received};
use crate::codec::value::Replay;
use crate::codec::{CodecError, Deviations, Fields, Target, Value};

/// One value that is about to be read, in whatever format it comes.
///
/// Object safe, so that no code that reads a type is generic over a format.
pub trait Decoder {
    /// Gives the value to the visitor. A decoder gives its value once.
    ///
    /// # Errors
    /// What the visitor answers, or that the text is malformed.
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError>;

    /// Gives the value to the target: to its `null` where it is null, else to its `set`.
    ///
    /// # Errors
    /// What the target answers, or that the text is malformed.
    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError>;

    /// Reads the value whatever it is, with its order, and in JSON with the text of its numbers.
    ///
    /// # Errors
    /// The text is malformed, or nested more than 128 levels deep.
    fn any(&mut self) -> Result<Value, CodecError>;

    /// The treatment of deviations during this reading.
    fn deviations(&self) -> &Deviations;

    /// The value itself, where the decoder replays one that is in memory.
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

    /// Reads a list, each item of which goes to the target.
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

    /// Reads a text and gives it to a closure, without a copy in between.
    ///
    /// # Errors
    /// The value is something else, or the text is malformed.
    fn text(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), CodecError> {
        self.visit(&mut ReadText(take))
    }
}

/// A number by its text. The defaults of [`Visit`] are made anew for every visitor, so what they share stands here.
enum Parsed {
    Natural(u64),
    Negative(i64),
    Float(f64),
}

impl Parsed {
    fn of(text: &str) -> Option<Self> {
        if let Ok(value) = text.parse() {
            return Some(Self::Natural(value));
        }
        match text.parse() {
            // Minus zero is a floating-point number.
            Ok(value) if value < 0 => return Some(Self::Negative(value)),
            Ok(_) | Err(_) => {}
        }
        text.parse().map(Self::Float).ok()
    }
}

/// What a reader does with each kind of value; a kind that it does not name is a [`CodecError`].
pub trait Visit {
    /// What is expected, for messages: `an integer`.
    fn expected(&self) -> &'static str;

    /// Takes null.
    ///
    /// # Errors
    /// Null is not expected.
    fn null(&mut self) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), "null"))
    }

    /// Takes a boolean.
    ///
    /// # Errors
    /// A boolean is not expected.
    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::boolean(value)))
    }

    /// Takes a negative integer.
    ///
    /// # Errors
    /// An integer, or this one, is not expected.
    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::number(value)))
    }

    /// Takes an integer that is not negative.
    ///
    /// # Errors
    /// An integer, or this one, is not expected.
    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::number(value)))
    }

    /// Takes a number with a fraction, an exponent, or more than 64 bits.
    ///
    /// # Errors
    /// A number, or this one, is not expected.
    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::number(value)))
    }

    /// Takes a number by its text, where the decoder kept it.
    ///
    /// # Errors
    /// A number, or this one, is not expected.
    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        match Parsed::of(text) {
            Some(Parsed::Natural(value)) => self.u64(value),
            Some(Parsed::Negative(value)) => self.i64(value),
            Some(Parsed::Float(value)) => self.f64(value),
            None => Err(CodecError::new(self.expected(), describe::number(text))),
        }
    }

    /// Takes a text.
    ///
    /// # Errors
    /// A text, or this one, is not expected.
    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::text(value)))
    }

    /// Takes bytes, which some formats other than JSON have.
    ///
    /// # Errors
    /// Bytes are not expected.
    fn bytes(&mut self, value: &[u8]) -> Result<(), CodecError> {
        Err(CodecError::new(self.expected(), describe::bytes(value)))
    }

    /// Takes a list.
    ///
    /// # Errors
    /// A list is not expected, or one of its items fails.
    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        let _ = items;
        Err(CodecError::new(self.expected(), "a list"))
    }

    /// Takes an object.
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
    /// Gives the next item to the target, and says whether there was one.
    ///
    /// # Errors
    /// What the target answers (without the index), or that the text is malformed.
    fn next(&mut self, target: &mut dyn Target) -> Result<bool, CodecError>;

    /// How many items are left, as far as the format knows; never to be trusted with memory.
    fn hint(&self) -> usize {
        0
    }

    /// Gives every item to the target, and each failure its index.
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
    /// Gives the name of the next member to `take`, and says whether there was one.
    ///
    /// # Errors
    /// The text is malformed.
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError>;

    /// Gives the value of the member just named to the target; null goes to its `set` like any other value.
    ///
    /// # Errors
    /// What the target answers (without the name), or that the text is malformed.
    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError>;

    /// Gives every member to its field.
    ///
    /// # Errors
    /// As [`Members::value`], with the name in the path; or a member that the fields refuse.
    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError>;
}
