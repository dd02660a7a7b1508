//! Fields of records while they are read: places that hold a value from the start.

use super::{Blank, Deviations};
use crate::codec::{Codec, CodecError, Decode, Decoder, Encode, Map, Native, Rest, Target};
use std::any::Any;

/// A field of a record that is being read in place.
pub trait Slot {
    /// Replaces the value by one that is read.
    ///
    /// # Errors
    /// The value is not of the field's type, or the text is malformed.
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError>;

    /// Replaces the value by the meaning of `null`.
    ///
    /// # Errors
    /// Null is not a value of the field.
    fn set_null(&mut self, deviations: &Deviations) -> Result<(), CodecError>;

    /// Reports whether an object without the member is an error.
    fn is_required(&self) -> bool;

    /// The field's value itself, for copying another into it.
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl<T: Decode + 'static> Slot for T {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.decode_into(decoder)
    }

    fn set_null(&mut self, deviations: &Deviations) -> Result<(), CodecError> {
        T::null_into(self, deviations)
    }

    fn is_required(&self) -> bool {
        T::REQUIRED
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// A field that is read by a codec.
pub struct SlotByCodec<'a, C: Codec>(&'a mut C::Value);

/// A field with its codec, for reading.
#[inline]
#[must_use]
pub fn slot_by_codec<C: Codec>(value: &mut C::Value) -> SlotByCodec<'_, C> {
    SlotByCodec(value)
}

impl<C: Codec> Slot for SlotByCodec<'_, C>
where
    C::Value: 'static,
{
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self.0 = C::decode(decoder)?;
        Ok(())
    }

    fn set_null(&mut self, deviations: &Deviations) -> Result<(), CodecError> {
        C::null_into(self.0, deviations)
    }

    fn is_required(&self) -> bool {
        C::REQUIRED
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self.0
    }
}

/// A field of a record that is made of its parts, since its type has no value to begin with.
pub struct FieldCell<C: Codec>(Option<C::Value>);

impl<C: Codec> FieldCell<C> {
    /// A part that has not been read.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self(None)
    }

    /// The value, where it was read; the absent value of a field that need not be there.
    ///
    /// # Errors
    /// The member is absent; in practice its absence was reported before.
    pub fn take(self, name: &'static str) -> Result<C::Value, CodecError> {
        self.0.or_else(C::absent).ok_or_else(|| CodecError::missing(name))
    }
}

impl<C: Codec> Default for FieldCell<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Codec> Slot for FieldCell<C>
where
    C::Value: 'static,
{
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0 = Some(C::decode(decoder)?);
        Ok(())
    }

    fn set_null(&mut self, deviations: &Deviations) -> Result<(), CodecError> {
        match C::absent() {
            Some(mut value) => {
                let result = C::null_into(&mut value, deviations);
                self.0 = Some(value);
                result
            }
            None => {
                let null = C::null().ok_or_else(CodecError::null)?;
                self.0 = Some(null);
                Ok(())
            }
        }
    }

    fn is_required(&self) -> bool {
        C::REQUIRED
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        &mut self.0
    }
}

/// The further members of a record, for reading.
pub struct RestSlot<'a, C: Codec>(&'a mut Map<C::Value>);

/// The further members of a record whose values have a codec, for reading.
#[inline]
#[must_use]
pub fn rest_slot_by_codec<C: Codec>(members: &mut Map<C::Value>) -> RestSlot<'_, C> {
    RestSlot(members)
}

/// The further members of a record, for reading.
#[inline]
#[must_use]
pub fn rest_slot<T: Decode + Encode>(members: &mut Map<T>) -> RestSlot<'_, Native<T>> {
    RestSlot(members)
}

impl<C: Codec> Rest for RestSlot<'_, C>
where
    C::Value: 'static,
{
    fn keep(&mut self, name: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        let value = C::decode(decoder)?;
        self.0.insert(name.to_owned(), value);
        Ok(())
    }

    fn as_any_mut(&mut self) -> Option<&mut dyn Any> {
        Some(self.0)
    }
}

/// A slot as the target of a member's value.
pub(crate) struct SlotTarget<'a>(pub(crate) &'a mut dyn Slot);

impl Target for SlotTarget<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0.set(decoder)
    }

    fn null(&mut self, deviations: &Deviations) -> Result<(), CodecError> {
        self.0.set_null(deviations)
    }
}

/// Reads a record: fills a blank value, and checks that every required member came.
///
/// # Errors
/// As [`Decode::decode_members`].
#[inline]
pub fn decode_record<T: Blank + Decode>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    let mut record = T::blank();
    record.decode_members(decoder)?;
    Ok(record)
}
