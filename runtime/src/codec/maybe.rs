use super::{Failure, Read, Sink, Source, Target, Write};

/// A member that may be left out and may be null, which are two things.
///
/// ```
/// use typewright_runtime::v1::Maybe;
///
/// let note: Maybe<String> = Maybe::from("later".to_owned());
/// assert_eq!(note.value().map(String::as_str), Some("later"));
/// assert!(Maybe::<String>::default().is_absent());
/// assert!(Maybe::<String>::Null.is_null());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Maybe<T> {
    /// The member is left out.
    #[default]
    Absent,
    /// The member is null.
    Null,
    /// The member has a value.
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

    /// The value turned into another, where there is one.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(turn(value)),
        }
    }

    /// The same of a reference to the value.
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
    /// use typewright_runtime::v1::Maybe;
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

    /// Whether the member is left out.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value of a required member that may be null.
    ///
    /// # Errors
    /// The member was left out.
    #[inline]
    pub fn required(self, name: &'static str) -> Result<Option<T>, Failure> {
        match self {
            Self::Value(value) => Ok(Some(value)),
            Self::Null => Ok(None),
            Self::Absent => Err(Failure::new("a value or null", "nothing").in_member(name)),
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Read> Target for Maybe<T> {
    fn set(&mut self, source: &mut dyn Source) -> Result<(), Failure> {
        *self = Self::Value(T::read(source)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), Failure> {
        *self = Self::Null;
        Ok(())
    }
}

impl<T: Read> Read for Maybe<T> {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        let mut value = Self::Absent;
        source.optional(&mut value)?;
        Ok(value)
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }
}

impl<T: Write> Write for Maybe<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        match self {
            Self::Value(value) => value.write(sink),
            Self::Absent | Self::Null => sink.null(),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    fn is_left_out(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// Writes `None` as null instead of leaving it out; made by [`nullable`].
#[derive(Clone, Copy, Debug)]
pub struct Nullable<'a, T>(&'a Option<T>);

/// The value of a required member that may be null, for writing.
#[inline]
#[must_use]
pub fn nullable<T: Write>(value: &Option<T>) -> Nullable<'_, T> {
    Nullable(value)
}

impl<T: Write> Write for Nullable<'_, T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        match self.0 {
            Some(value) => value.write(sink),
            None => sink.null(),
        }
    }
}
