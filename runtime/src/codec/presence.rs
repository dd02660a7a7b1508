//! Values that may be absent or null, and boxes.

use crate::codec::{Codec, CodecError, Decode, Decoder, Deviations, Encode, Encoder, Target};
use std::hash::Hash;
use std::marker::PhantomData;

/// A member that may be absent and may be null, which have different meanings.
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
    /// An absent member. The default.
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

    /// Maps the value, if there is one.
    pub fn map<U>(self, function: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(function(value)),
        }
    }

    /// Borrows the value, if there is one.
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

    fn null(&mut self, _: &Deviations) -> Result<(), CodecError> {
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

    fn null_into(&mut self, _: &Deviations) -> Result<(), CodecError> {
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

impl<T: Decode> Decode for Option<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let mut value = OrNull(None);
        decoder.optional(&mut value)?;
        Ok(value.0)
    }

    fn null() -> Option<Self> {
        Some(T::null())
    }

    const REQUIRED: bool = false;

    fn decode_into(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self = Some(T::decode(decoder)?);
        Ok(())
    }

    fn null_into(&mut self, deviations: &Deviations) -> Result<(), CodecError> {
        *self = T::null();
        match self {
            Some(_) => Ok(()),
            None => deviations.accept(CodecError::null()),
        }
    }
}

/// Takes a value that may be null, as it may where it is no member: in a list, as a whole response.
struct OrNull<T>(Option<T>);

impl<T: Decode> Target for OrNull<T> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0 = Some(T::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self, _: &Deviations) -> Result<(), CodecError> {
        self.0 = T::null();
        Ok(())
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match self {
            Some(value) => value.encode(encoder),
            None => encoder.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        T::decode(decoder).map(Box::new)
    }

    fn null() -> Option<Self> {
        T::null().map(Box::new)
    }

    const REQUIRED: bool = T::REQUIRED;

    fn decode_into(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        (**self).decode_into(decoder)
    }

    fn null_into(&mut self, deviations: &Deviations) -> Result<(), CodecError> {
        (**self).null_into(deviations)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        (**self).encode(encoder)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        (**self).encode(encoder)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

/// A value that may be null.
#[derive(Debug)]
pub struct Null<C>(PhantomData<C>);

/// A target for a value of a codec, or for null.
pub(super) struct Nullable<C: Codec>(pub(super) Option<C::Value>);

impl<C: Codec> Target for Nullable<C> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0 = Some(C::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self, _: &Deviations) -> Result<(), CodecError> {
        self.0 = C::null();
        Ok(())
    }
}

impl<C: Codec> Codec for Null<C> {
    type Value = Option<C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        let mut value = Nullable::<C>(None);
        decoder.optional(&mut value)?;
        Ok(value.0)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match value {
            Some(value) => C::encode(value, encoder),
            None => encoder.null(),
        }
    }

    fn null() -> Option<Self::Value> {
        Some(None)
    }
}

/// A member that may be absent; null counts as absent, and deviates from the document where `NULL_DEVIATES`.
#[derive(Debug)]
pub struct Optional<C, const NULL_DEVIATES: bool = true>(PhantomData<C>);

impl<C: Codec, const NULL_DEVIATES: bool> Codec for Optional<C, NULL_DEVIATES> {
    type Value = Option<C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        C::decode(decoder).map(Some)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match value {
            Some(value) => C::encode(value, encoder),
            None => encoder.null(),
        }
    }

    fn absent() -> Option<Self::Value> {
        Some(None)
    }

    fn is_absent(value: &Self::Value) -> bool {
        value.is_none()
    }

    const REQUIRED: bool = false;

    fn null_into(value: &mut Self::Value, deviations: &Deviations) -> Result<(), CodecError> {
        *value = C::null();
        if NULL_DEVIATES && value.is_none() {
            return deviations.accept(CodecError::null());
        }
        Ok(())
    }
}

/// A required member that a response may lack: `None` where it is missing or null.
///
/// `None` is left out when it is written, whichever of the two it was. Where null is a value of the codec itself, as it is of
/// any JSON, it is kept.
///
/// ```
/// use typewright_runtime::codegen::v1::{self as rt, OrEmpty, OrNone, Native};
///
/// #[non_exhaustive]
/// pub struct Volume {
///     pub name: Option<String>,
///     pub tags: Vec<String>,
/// }
/// rt::record! { Volume {
///     name: "name" as OrNone<Native<String>>,
///     tags: "tags" as OrEmpty<Native<Vec<String>>>,
/// } }
///
/// for text in [r#"{"name":null,"tags":null}"#, "{}"] {
///     let volume: Volume = rt::from_json(text.as_bytes()).unwrap();
///     assert_eq!((volume.name.as_deref(), volume.tags.len()), (None, 0));
///     assert_eq!(rt::to_json(&volume).unwrap(), br#"{"tags":[]}"#);
/// }
/// ```
pub type OrNone<C> = Optional<C, false>;

/// A value in a box.
#[derive(Debug)]
pub struct Boxed<C>(PhantomData<C>);

impl<C: Codec> Codec for Boxed<C> {
    type Value = Box<C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        C::decode(decoder).map(Box::new)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        C::encode(value, encoder)
    }

    fn null() -> Option<Self::Value> {
        C::null().map(Box::new)
    }
}

/// A required list or map that a response may lack: empty where it is missing or null, as Go writes one that was never made.
///
/// An empty one is written as such (`[]`, `{}`), whatever it was before.
#[derive(Debug)]
pub struct OrEmpty<C>(PhantomData<C>);

impl<C: Codec> Codec for OrEmpty<C>
where
    C::Value: Default,
{
    type Value = C::Value;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        C::decode(decoder)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        C::encode(value, encoder)
    }

    fn absent() -> Option<Self::Value> {
        Some(Self::Value::default())
    }

    const REQUIRED: bool = false;

    fn null_into(value: &mut Self::Value, _: &Deviations) -> Result<(), CodecError> {
        *value = Self::Value::default();
        Ok(())
    }
}
