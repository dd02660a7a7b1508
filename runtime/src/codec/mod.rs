//! How values are read and written: types know only [`Decoder`] and [`Encoder`], formats are serde's.
//!
//! Nothing that a generated type instantiates is generic over a format. The two bridges, `from_serde` and `to_serde`, are
//! the only generic places, and they are compiled once, here.

mod branches;
mod choice;
mod clock_texts;
mod codecs;
mod coded;
mod collections;
mod compose;
mod decoder;
pub(crate) mod drift;
mod encoder;
mod failure;
mod forms;
mod from_form;
mod from_serde;
mod given;
mod json;
mod lacking;
mod lenient;
mod lookup;
mod maybe;
mod object;
mod rules;
mod scalars;
mod slot;
mod stated;
mod tagging;
mod text;
mod time;
mod to_serde;
mod tuples;
mod tuples_by;
mod union;
mod value;
mod view;

pub use self::branches::Never;
pub use self::choice::{
    choose, choose_integer, choose_listed, debug_choice, decode_choice, hash_choice, Choice,
    Listed, Unlisted, Wire,
};
pub use self::clock_texts::{IsoDuration, TimeOfDay};
pub use self::codecs::{Base64, Base64Url, Own, Text, ViaNumber, ViaSerde, ViaText};
pub use self::coded::{coded, coded_items, CodedItems, CodedRef, Coding};
pub use self::collections::{read_tuple, read_tuple_with_rest};
pub use self::compose::{
    Boxed, CodedRest, CodedValues, Each, Keyed, KeyedMap, Null, Optional, Values,
};
pub use self::decoder::{Decoder, Items, Members, Visit};
pub use self::encoder::{write_object_with_rest, Encoder, Entries, List, Member};
pub use self::failure::CodecError;
#[cfg(feature = "uuid")]
pub use self::forms::Uuid;
#[cfg(feature = "jiff")]
pub use self::forms::{CivilDate, Timestamp};
#[cfg(feature = "time")]
pub use self::forms::{OffsetDateTime, TimeDate};
pub(crate) use self::from_form::read_form;
pub(crate) use self::json::read_json;
pub use self::json::{deserialize, from_json, serialize, to_json, to_json_pretty};
pub use self::lacking::{OrEmpty, OrNone};
pub use self::lenient::{Lenient, LenientBy};
pub use self::maybe::Maybe;
pub use self::object::{
    read_closed_object, read_object, read_object_with_rest, Field, Fields, Rest,
};
pub use self::rules::{validate, Rule, Violation, Violations};
pub(crate) use self::slot::SlotTarget;
pub use self::slot::{
    blank, decode_record, rest_slot, rest_slot_by_codec, slot_by_codec, Blank, FieldCell, RestSlot,
    Slot, SlotByCodec,
};
pub use self::stated::{stated, Stated};
pub(crate) use self::text::read_text;
#[cfg(feature = "chrono")]
pub use self::time::{Date, DateTime};
pub use self::tuples::{Positions, Prefix};
pub use self::tuples_by::{MaybeBy, PositionsBy, PrefixBy, TupleBy};
pub use self::union::{
    debug_union, decode_union, encode_union, equal_unions, no_branch, Branch, By, LookAtBranch,
    Union,
};
pub(crate) use self::value::to_value;
pub use self::value::{Kind, Map, Number, Value};
pub use self::view::{
    by_codec, clone_record, debug_record, debug_variant, equal_records, rest, rest_by_codec,
    ByCodec, FieldValue, PlainRest, RestByCodec,
};

/// A value that was read, or the reason why not.
pub type Decoded<T> = Result<T, CodecError>;

/// Nothing, or the reason why reading or writing failed.
pub type Done = Result<(), CodecError>;

/// A type that can be read.
pub trait Decode: Sized {
    /// Reads one value.
    ///
    /// # Errors
    /// The value is not what the type allows, or the text is malformed.
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError>;

    /// What null means where a member may be left out: no value, for all types but those that null belongs to.
    #[inline]
    #[must_use]
    fn null() -> Option<Self> {
        None
    }

    /// What it means that an item at the end of a list is left out: no value, for all types but [`Maybe`].
    #[inline]
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// Whether a record without the member is an error.
    const REQUIRED: bool = true;

    /// Replaces a value by one that is read.
    ///
    /// # Errors
    /// As [`Decode::decode`].
    fn decode_into(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self = Self::decode(decoder)?;
        Ok(())
    }

    /// Reads an object into the fields of a blank record; for records only.
    ///
    /// # Errors
    /// The value is not an object, a required member is absent, or a member is not of its type.
    fn decode_members(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.decode_into(decoder)
    }

    /// Replaces a value by the meaning of `null` as a member.
    ///
    /// # Errors
    /// Null is not a value of the type.
    fn null_into(&mut self) -> Result<(), CodecError> {
        match Self::null() {
            Some(value) => {
                *self = value;
                Ok(())
            }
            None => Err(CodecError::null()),
        }
    }
}

/// A type that can be written.
pub trait Encode {
    /// Writes the value.
    ///
    /// # Errors
    /// The value has no form in the format, such as a number that is not finite.
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError>;

    /// Whether the value is left out where it is a member of an object.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }

    /// Whether the value is left out of a tuple too, where `None` stands for null.
    #[inline]
    fn is_left_out(&self) -> bool {
        false
    }
}

/// A place that takes one value from a decoder: a field, the end of a list.
pub trait Target {
    /// Takes a value.
    ///
    /// # Errors
    /// The value is not what the target allows, or the text is malformed.
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError>;

    /// Takes null where it is the value of a member.
    ///
    /// # Errors
    /// Null is not allowed.
    fn null(&mut self) -> Result<(), CodecError> {
        Err(CodecError::null())
    }
}

/// A way to write a type that is not the type's own, such as a number in a string. Codecs are never values.
pub trait Codec {
    /// The type in Rust.
    type Value;

    /// Reads one value.
    ///
    /// # Errors
    /// The value is not what the codec allows, or the text is malformed.
    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError>;

    /// Writes a value.
    ///
    /// # Errors
    /// The value has no form in the format.
    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError>;

    /// What null means where a member may be left out: no value, for all codecs but those that null belongs to.
    #[inline]
    #[must_use]
    fn null() -> Option<Self::Value> {
        None
    }

    /// What it means that an item at the end of a list is left out: no value, for all codecs but [`MaybeBy`].
    #[inline]
    #[must_use]
    fn absent() -> Option<Self::Value> {
        None
    }

    /// Whether a value is left out at the end of a list.
    #[inline]
    #[must_use]
    fn is_left_out(_: &Self::Value) -> bool {
        false
    }

    /// Whether a value is left out where it is a member of an object.
    #[inline]
    #[must_use]
    fn is_absent(_: &Self::Value) -> bool {
        false
    }

    /// Whether a record without the member is an error.
    const REQUIRED: bool = true;

    /// Replaces a value by the meaning of `null` as a member.
    ///
    /// # Errors
    /// Null is not a value of the codec.
    fn null_into(value: &mut Self::Value) -> Result<(), CodecError> {
        match Self::null() {
            Some(null) => {
                *value = null;
                Ok(())
            }
            None => Err(CodecError::null()),
        }
    }
}

impl<T: Decode> Target for Option<T> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self = Some(T::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), CodecError> {
        *self = T::null();
        if self.is_none() {
            drift::departs(CodecError::null())?;
        }
        Ok(())
    }
}
