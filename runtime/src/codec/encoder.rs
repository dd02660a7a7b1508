//! Writing: encoders, and the lists and members that they are given.

use crate::codec::{CodecError, Encode, FieldValue};

/// A member of an object that is being written: its name on the wire, and its value.
pub type Member<'a> = (&'a str, &'a dyn FieldValue);

/// Where one value is written, in whatever format.
///
/// It takes whole values, so that formats that count first can count. Object safe, so that no code that writes a type
/// is generic over a format. An encoder takes one value.
pub trait Encoder {
    /// Writes null.
    ///
    /// # Errors
    /// The format refuses.
    fn null(&mut self) -> Result<(), CodecError>;

    /// Writes a boolean.
    ///
    /// # Errors
    /// The format refuses.
    fn bool(&mut self, value: bool) -> Result<(), CodecError>;

    /// Writes an integer.
    ///
    /// # Errors
    /// The format refuses.
    fn i64(&mut self, value: i64) -> Result<(), CodecError>;

    /// Writes an integer that is not negative.
    ///
    /// # Errors
    /// The format refuses.
    fn u64(&mut self, value: u64) -> Result<(), CodecError>;

    /// Writes a number.
    ///
    /// # Errors
    /// The number is not finite, which JSON cannot represent.
    fn f64(&mut self, value: f64) -> Result<(), CodecError>;

    /// Writes a number by its text, which is that of a JSON number; in other formats than JSON as near as they can.
    ///
    /// # Errors
    /// The text is not a number.
    fn number(&mut self, text: &str) -> Result<(), CodecError>;

    /// Writes a text.
    ///
    /// # Errors
    /// The format refuses.
    fn text(&mut self, value: &str) -> Result<(), CodecError>;

    /// Writes a list.
    ///
    /// # Errors
    /// An item fails; its index is in the path.
    fn list(&mut self, items: &dyn List) -> Result<(), CodecError>;

    /// Writes an object, absent members left out.
    ///
    /// # Errors
    /// A member fails; its name is in the path.
    fn object(&mut self, members: &[Member<'_>]) -> Result<(), CodecError> {
        let none: &[Member<'_>] = &[];
        self.object_with_rest(members, &none)
    }

    /// Writes an object with further members after the others.
    ///
    /// # Errors
    /// A member fails; its name is in the path.
    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError>;

    /// Writes an object as [`Encoder::object_with_rest`] does, with one member before the others.
    ///
    /// # Errors
    /// A member fails; its name is in the path.
    fn object_with_tag(
        &mut self,
        tag: Member<'_>,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        let mut tagged = Vec::with_capacity(members.len() + 1);
        tagged.push(tag);
        tagged.extend(members.iter().filter(|member| !member.1.is_absent()));
        self.object_with_rest(&tagged, rest)
    }
}

/// The items of a list that is being written.
pub trait List {
    /// How many items there are.
    fn count(&self) -> usize;

    /// The item at this index.
    fn item(&self, index: usize) -> Option<&dyn Encode>;
}

/// The members of a map that is being written.
pub trait Entries {
    /// How many members there are.
    fn count(&self) -> usize;

    /// The name and the value at this index.
    fn entry(&self, index: usize) -> Option<(&str, &dyn Encode)>;

    /// The whole map as a value to show and compare; `None` where there is no map.
    fn as_field(&self) -> Option<&dyn FieldValue> {
        None
    }
}

impl Entries for &[Member<'_>] {
    fn count(&self) -> usize {
        self.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Encode)> {
        let (name, value) = self.get(index)?;
        Some((name, *value))
    }
}

/// Writes an object with the members of a map after its fields.
///
/// # Errors
/// A member fails; its name is in the path.
pub fn write_object_with_rest(
    encoder: &mut dyn Encoder,
    members: &[Member<'_>],
    rest: &dyn Entries,
) -> Result<(), CodecError> {
    encoder.object_with_rest(members, rest)
}
