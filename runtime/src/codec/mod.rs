//! How values are read and written: types know only [`Decoder`] and [`Encoder`], formats are serde's.
//!
//! Nothing that a generated type instantiates is generic over a format. The two bridges, `from_serde` and `to_serde`, are
//! the only generic places, and they are compiled once, here.

#[cfg(feature = "server")]
mod argument;
#[cfg(feature = "server")]
mod arguments;
mod choice;
mod collections;
mod decoder;
mod defaults;
mod deviations;
mod encoder;
mod error;
mod form;
mod formats;
mod from_serde;
mod iso8601;
mod json;
mod object;
mod presence;
mod scalar_codecs;
mod scalars;
mod slot;
mod to_serde;
mod tuples;
mod union;
mod validation;
mod value;
mod view;
mod xml;

#[cfg(feature = "server")]
pub(crate) use self::argument::{
    decode as decode_argument, texts_as_value, Argument, BoxArgument, Text as TextArgument,
};
#[cfg(feature = "server")]
pub(crate) use self::arguments::{read_parameters, Parameter as ReadParameter};
pub use self::choice::{
    choose, choose_integer, choose_listed, debug_choice, decode_choice, hash_choice, Choice,
    Listed, Unlisted, Wire,
};
pub use self::collections::{
    coded, coded_items, CodedItems, CodedRef, CodedRest, CodedValues, Coding, Each, Keyed,
    KeyedMap, Values,
};
pub use self::decoder::{Decoder, Items, Members, Visit};
pub use self::defaults::{blank, literal, Blank, FromLiteral};
pub use self::deviations::Deviations;
pub use self::encoder::{write_object_with_rest, Encoder, Entries, List, Member};
pub use self::error::CodecError;
pub(crate) use self::form::read_form;
#[cfg(feature = "uuid")]
pub use self::formats::Uuid;
#[cfg(feature = "jiff")]
pub use self::formats::{CivilDate, Timestamp};
#[cfg(feature = "chrono")]
pub use self::formats::{Date, DateTime};
#[cfg(feature = "time")]
pub use self::formats::{OffsetDateTime, TimeDate};
pub use self::iso8601::{IsoDuration, TimeOfDay};
pub(crate) use self::json::read_json;
pub use self::json::{deserialize, from_json, serialize, to_json, to_json_pretty};
pub use self::object::{
    read_closed_object, read_object, read_object_with_rest, Field, Fields, Rest,
};
pub use self::presence::{Boxed, Maybe, Null, Optional, OrEmpty, OrNone};
pub use self::scalar_codecs::{
    Base64, Base64Url, Lenient, LenientBy, Native, Text, ViaNumber, ViaSerde, ViaText,
};
pub(crate) use self::scalars::read_text;
pub use self::scalars::Never;
pub(crate) use self::slot::SlotTarget;
pub use self::slot::{
    decode_record, rest_slot, rest_slot_by_codec, slot_by_codec, FieldCell, RestSlot, Slot,
    SlotByCodec,
};
pub use self::tuples::{
    read_tuple, read_tuple_with_rest, MaybeBy, Positions, PositionsBy, Prefix, PrefixBy, TupleBy,
};
pub use self::union::{
    debug_union, decode_union, encode_union, equal_unions, no_branch, Branch, By, LookAtBranch,
    Union,
};
pub use self::validation::{validate, Rule, Violation, Violations};
pub(crate) use self::value::to_value;
pub use self::value::{Kind, Map, Number, Value};
pub use self::view::{
    by_codec, clone_record, debug_record, debug_variant, equal_records, rest, rest_by_codec,
    ByCodec, FieldValue, PlainRest, RestByCodec,
};
#[cfg(feature = "xml")]
pub(crate) use self::xml::{read_xml, write_xml};
pub use self::xml::{
    XmlBody, XmlCase, XmlChoice, XmlKind, XmlName, XmlPart, XmlRecord, XmlTable, XmlType, XmlValue,
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

    /// The value of an optional member that is null; `None` for types to which null does not belong.
    #[inline]
    #[must_use]
    fn null() -> Option<Self> {
        None
    }

    /// The value of an absent item at the end of a tuple; `None` for all types but [`Maybe`].
    #[inline]
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// `true` if a record without the member is an error.
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
    fn null_into(&mut self, _deviations: &Deviations) -> Result<(), CodecError> {
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

    /// `true` if the value is omitted as a member of an object.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }

    /// `true` if the value is omitted in a tuple too, in which `None` is null.
    #[inline]
    fn is_left_out(&self) -> bool {
        false
    }
}

/// A target that one value is decoded into: a field, the end of a list.
pub trait Target {
    /// Decodes a value.
    ///
    /// # Errors
    /// The value is not what the target allows, or the text is malformed.
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError>;

    /// Sets null as the value of a member.
    ///
    /// # Errors
    /// Null is not allowed.
    fn null(&mut self, _deviations: &Deviations) -> Result<(), CodecError> {
        Err(CodecError::null())
    }
}

/// Another way to write a type, such as a number in a string. Codecs are never values.
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

    /// The value of an optional member that is null; `None` for codecs to which null does not belong.
    #[inline]
    #[must_use]
    fn null() -> Option<Self::Value> {
        None
    }

    /// The value of an absent item at the end of a tuple; `None` for all codecs but [`MaybeBy`].
    #[inline]
    #[must_use]
    fn absent() -> Option<Self::Value> {
        None
    }

    /// `true` if the value is omitted at the end of a tuple.
    #[inline]
    #[must_use]
    fn is_left_out(_: &Self::Value) -> bool {
        false
    }

    /// `true` if the value is omitted as a member of an object.
    #[inline]
    #[must_use]
    fn is_absent(_: &Self::Value) -> bool {
        false
    }

    /// `true` if a record without the member is an error.
    const REQUIRED: bool = true;

    /// Replaces a value by the meaning of `null` as a member.
    ///
    /// # Errors
    /// Null is not a value of the codec.
    fn null_into(value: &mut Self::Value, _deviations: &Deviations) -> Result<(), CodecError> {
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

    fn null(&mut self, deviations: &Deviations) -> Result<(), CodecError> {
        *self = T::null();
        match self {
            Some(_) => Ok(()),
            None => deviations.accept(CodecError::null()),
        }
    }
}
