use super::{Codec, CodecError, Decode, Decoder, Encode, Encoder};
use std::fmt;

/// A value with its codec, for reading and writing.
pub struct Coding<C: Codec>(pub C::Value);

impl<C: Codec<Value: fmt::Debug>> fmt::Debug for Coding<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<C: Codec> Decode for Coding<C> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        C::decode(decoder).map(Self)
    }

    fn null() -> Option<Self> {
        C::null().map(Self)
    }
}

impl<C: Codec> Encode for Coding<C> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        C::encode(&self.0, encoder)
    }
}

/// A value that is written by a codec; made by [`coded`].
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
