use super::{Codec, CodecError, Maybe, Encoder, Decoder, Target, Encode};

/// A field that is read by a codec.
pub struct Coded<C: Codec>(Maybe<C::Value>);

impl<C: Codec> Coded<C> {
    /// A field that has not been read.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self(Maybe::Absent)
    }

    /// The value of an optional field; null counts as left out.
    #[inline]
    #[must_use]
    pub fn value(self) -> Option<C::Value> {
        self.0.into_value()
    }

    /// The value of an optional field that the document does not let be null.
    ///
    /// # Errors
    /// The member is null, and the client decodes strictly.
    #[inline]
    pub fn optional(self, name: &'static str) -> Result<Option<C::Value>, CodecError> {
        if let Maybe::Null = self.0 {
            super::drift::departs(CodecError::new("a value", "null").in_member(name))?;
        }
        Ok(self.0.into_value())
    }

    /// The value of a required field.
    ///
    /// # Errors
    /// The member was absent or null.
    #[inline]
    pub fn required(self, name: &'static str) -> Result<C::Value, CodecError> {
        super::required(name, self.value())
    }

    /// The value of a field that may be left out and may be null.
    #[inline]
    #[must_use]
    pub fn maybe(self) -> Maybe<C::Value> {
        self.0
    }
}

impl<C: Codec> Default for Coded<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Codec> Target for Coded<C> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0 = Maybe::Value(C::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), CodecError> {
        self.0 = C::null().map_or(Maybe::Null, Maybe::Value);
        Ok(())
    }
}

/// A value that is written by a codec; made by [`coded`] and [`coded_nullable`].
pub struct CodedRef<'a, C: Codec> {
    value: Option<&'a C::Value>,
    absent: bool,
}

impl<'a, C: Codec> CodedRef<'a, C> {
    #[inline]
    pub(super) fn new(value: &'a C::Value) -> Self {
        Self {
            value: Some(value),
            absent: false,
        }
    }
}

/// A required value (`&value`) or an optional one (`&Option`), for writing by a codec; `None` is left out.
#[inline]
#[must_use]
pub fn coded<'a, C: Codec>(value: impl Into<Option<&'a C::Value>>) -> CodedRef<'a, C> {
    let value = value.into();
    let absent = value.is_none();
    CodedRef { value, absent }
}

/// The items of a list, for writing each by a codec.
#[inline]
#[must_use]
pub fn coded_items<C: Codec>(items: &[C::Value]) -> CodedItems<'_, C> {
    CodedItems(items)
}

/// Items that are written by a codec; made by [`coded_items`].
pub struct CodedItems<'a, C: Codec>(&'a [C::Value]);

impl<C: Codec> Encode for CodedItems<'_, C> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        let items: Vec<_> = self.0.iter().map(CodedRef::<C>::new).collect();
        encoder.list(&items.as_slice())
    }
}

/// A required value that may be null, for writing by a codec; `None` is written as null.
#[inline]
#[must_use]
pub fn coded_nullable<C: Codec>(value: &Option<C::Value>) -> CodedRef<'_, C> {
    CodedRef {
        value: value.as_ref(),
        absent: false,
    }
}

/// A value that may be left out and may be null, for writing by a codec.
#[inline]
#[must_use]
pub fn coded_maybe<C: Codec>(value: &Maybe<C::Value>) -> CodedRef<'_, C> {
    CodedRef {
        value: value.value(),
        absent: value.is_absent(),
    }
}

impl<C: Codec> Encode for CodedRef<'_, C> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match self.value {
            Some(value) => C::encode(value, encoder),
            None => encoder.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.absent
    }

    fn is_left_out(&self) -> bool {
        self.value.is_some_and(C::is_left_out)
    }
}
