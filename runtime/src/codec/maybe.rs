use super::{CodecError, Decode, Decoder, Encode, Encoder, Target};

/// A member that may be left out and may be null, which are two things.
///
/// ```
/// use typewright_runtime::value::Maybe;
///
/// let note: Maybe<String> = Maybe::from("later".to_owned());
/// assert_eq!(note.value().map(String::as_str), Some("later"));
/// assert!(Maybe::<String>::default().is_absent());
/// assert!(Maybe::<String>::Null.is_null());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Maybe<T> {
    /// A member that is left out. The default.
    #[default]
    Absent,
    /// A member that is null.
    Null,
    /// A member that has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value to change, if there is one.
    #[must_use]
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, if there is one.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Turns the value into another, where there is one.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(turn(value)),
        }
    }

    /// Borrows the value, where there is one.
    #[must_use]
    pub fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// The value, `None` for null, and another value where the member is left out.
    ///
    /// ```
    /// use typewright_runtime::value::Maybe;
    ///
    /// assert_eq!(Maybe::Absent.if_absent(|| 20), Some(20));
    /// assert_eq!(Maybe::Null.if_absent(|| 20), None);
    /// assert_eq!(Maybe::Value(5).if_absent(|| 20), Some(5));
    /// ```
    pub fn if_absent(self, value: impl FnOnce() -> T) -> Option<T> {
        match self {
            Self::Absent => Some(value()),
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Reports whether the member is left out.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Reports whether the member is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Decode> Target for Maybe<T> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self = Self::Value(T::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), CodecError> {
        *self = Self::Null;
        Ok(())
    }
}

impl<T: Decode> Decode for Maybe<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let mut value = Self::Absent;
        decoder.optional(&mut value)?;
        Ok(value)
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }

    const REQUIRED: bool = false;

    fn decode_into(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self = Self::Value(T::decode(decoder)?);
        Ok(())
    }

    fn null_into(&mut self) -> Result<(), CodecError> {
        *self = Self::Null;
        Ok(())
    }
}

impl<T: Encode> Encode for Maybe<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match self {
            Self::Value(value) => value.encode(encoder),
            Self::Absent | Self::Null => encoder.null(),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    fn is_left_out(&self) -> bool {
        matches!(self, Self::Absent)
    }
}
