//! `Clone`, `Debug` and `PartialEq` of generated types through [`Encode`], so that each type needs only one function.

use crate::codec::{
    Blank, Codec, CodecError, CodedValues, Decode, Decoder, Deviations, Encode, Encoder, Entries,
    Fields, List, Map, Member, Target, Value, Visit,
};
use std::any::Any;
use std::fmt;
use std::fmt::{Debug, Formatter};

/// A member that can be written, formatted, compared and copied.
pub trait FieldValue: Encode {
    /// Formats the value as its type's `Debug` does.
    ///
    /// # Errors
    /// The formatter fails.
    fn debug(&self, formatter: &mut Formatter<'_>) -> fmt::Result;

    /// The value itself, for comparing it with another of the same type.
    fn as_any(&self) -> &dyn Any;

    /// Reports whether the other value is of the same type and equal.
    fn equals(&self, other: &dyn Any) -> bool;

    /// Replaces a value of the same type by a copy; one of another type is left alone.
    fn copy_to(&self, place: &mut dyn Any);
}

impl<T: Encode + Clone + Debug + PartialEq + 'static> FieldValue for T {
    fn debug(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, formatter)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn copy_to(&self, place: &mut dyn Any) {
        copy_to(self, place);
    }
}

fn copy_to<T: Clone + 'static>(value: &T, place: &mut dyn Any) {
    if let Some(place) = place.downcast_mut::<T>() {
        *place = value.clone();
    }
}

/// A value that is written by a codec.
pub struct ByCodec<'a, C: Codec>(&'a C::Value);

/// A field with its codec, for writing.
#[inline]
#[must_use]
pub fn by_codec<C: Codec>(value: &C::Value) -> ByCodec<'_, C> {
    ByCodec(value)
}

impl<C: Codec> Encode for ByCodec<'_, C> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        C::encode(self.0, encoder)
    }

    fn is_absent(&self) -> bool {
        C::is_absent(self.0)
    }

    fn is_left_out(&self) -> bool {
        C::is_left_out(self.0)
    }
}

impl<C: Codec> FieldValue for ByCodec<'_, C>
where
    C::Value: Clone + Debug + PartialEq + 'static,
{
    fn debug(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self.0, formatter)
    }

    fn as_any(&self) -> &dyn Any {
        self.0
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self.0)
    }

    fn copy_to(&self, place: &mut dyn Any) {
        copy_to(self.0, place);
    }
}

/// The further members of a record.
pub struct PlainRest<'a, T>(&'a Map<T>);

/// The further members of a record, for writing.
#[inline]
#[must_use]
pub fn rest<T>(members: &Map<T>) -> PlainRest<'_, T> {
    PlainRest(members)
}

impl<T: Encode + Clone + Debug + PartialEq + 'static> Entries for PlainRest<'_, T> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Encode)> {
        self.0.entry(index)
    }

    fn as_field(&self) -> Option<&dyn FieldValue> {
        Some(self.0)
    }
}

/// The further members of a record whose values have a codec.
pub struct RestByCodec<'a, C: Codec> {
    members: &'a Map<C::Value>,
    entries: CodedValues<'a, C>,
}

/// The further members of a record whose values have a codec, for writing.
#[inline]
#[must_use]
pub fn rest_by_codec<C: Codec>(members: &Map<C::Value>) -> RestByCodec<'_, C> {
    RestByCodec { members, entries: CodedValues::new(members) }
}

impl<C: Codec> Entries for RestByCodec<'_, C>
where
    C::Value: Clone + Debug + PartialEq + 'static,
{
    fn count(&self) -> usize {
        self.entries.count()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Encode)> {
        self.entries.entry(index)
    }

    fn as_field(&self) -> Option<&dyn FieldValue> {
        Some(self)
    }
}

impl<C: Codec> Encode for RestByCodec<'_, C> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.object_with_rest(&[], &self.entries)
    }
}

impl<C: Codec> FieldValue for RestByCodec<'_, C>
where
    C::Value: Clone + Debug + PartialEq + 'static,
{
    fn debug(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self.members, formatter)
    }

    fn as_any(&self) -> &dyn Any {
        self.members
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self.members)
    }

    fn copy_to(&self, place: &mut dyn Any) {
        copy_to(self.members, place);
    }
}

/// A member that formats as its type does.
struct Formatted<'a>(&'a dyn FieldValue);

impl Debug for Formatted<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.0.debug(formatter)
    }
}

/// The error of an encoder that accepts only objects.
fn no_object() -> CodecError {
    CodecError::new("an object", "another value")
}

/// A closure that receives the members of a record.
type LookAtMembers<'l> = dyn FnMut(&[Member<'_>], &dyn Entries) + 'l;

/// An encoder that passes the members of records to a closure.
struct Viewer<'v, 'l>(&'v mut LookAtMembers<'l>);

impl Encoder for Viewer<'_, '_> {
    fn null(&mut self) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn bool(&mut self, _: bool) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn i64(&mut self, _: i64) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn u64(&mut self, _: u64) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn f64(&mut self, _: f64) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn number(&mut self, _: &str) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn text(&mut self, _: &str) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn list(&mut self, _: &dyn List) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        (self.0)(members, rest);
        Ok(())
    }
}

/// Calls a closure with the members that a record writes.
fn view(record: &dyn Encode, look: &mut LookAtMembers<'_>) {
    // A viewer accepts every object, and a record writes nothing else.
    let _ = record.encode(&mut Viewer(look));
}

/// Formats a record as `Debug` of a struct is derived, with the members' names on the wire.
///
/// # Errors
/// The formatter fails.
pub fn debug_record(record: &dyn Encode, name: &str, formatter: &mut Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    view(record, &mut |members, rest| {
        let mut output = formatter.debug_struct(name);
        for (name, value) in members {
            output.field(name, &Formatted(*value));
        }
        if let Some(rest) = rest.as_field() {
            output.field("..", &Formatted(rest));
        }
        result = output.finish();
    });
    result
}

/// Reports whether two records of one type are equal, member by member.
#[must_use]
pub fn equal_records(one: &dyn Encode, other: &dyn Encode) -> bool {
    let mut equal = false;
    view(one, &mut |members, rest| {
        view(other, &mut |others, other_rest| {
            let mut pairs = members.iter().zip(others);
            equal = pairs.all(|((_, a), (_, b))| a.equals(b.as_any()))
                && match (rest.as_field(), other_rest.as_field()) {
                    (Some(rest), Some(other)) => rest.equals(other.as_any()),
                    (None, None) => true,
                    (Some(_), None) | (None, Some(_)) => false,
                };
        });
    });
    equal
}

/// Formats a union as `Debug` of an enum is derived.
///
/// # Errors
/// The formatter fails.
pub fn debug_variant(
    name: &str,
    value: &dyn FieldValue,
    formatter: &mut Formatter<'_>,
) -> fmt::Result {
    formatter.debug_tuple(name).field(&Formatted(value)).finish()
}

/// Copies a record: fills a blank one with copies of its members.
#[must_use]
pub fn clone_record<T: Blank + Decode + Encode>(record: &T) -> T {
    let mut copy = T::blank();
    copy_members(record, &mut |copier| copy.decode_members(copier));
    copy
}

/// Passes a decoder that copies the members of a record to the fields of another.
fn copy_members(
    record: &dyn Encode,
    copy: &mut dyn FnMut(&mut dyn Decoder) -> Result<(), CodecError>,
) {
    view(record, &mut |members, rest| {
        let rest = rest.as_field();
        // The copier gives a value of its own type to each field, which nothing can refuse.
        let _ = copy(&mut Copier { deviations: Deviations::default(), members, rest });
    });
}

/// A decoder of records that copies the members of another.
struct Copier<'a> {
    deviations: Deviations,
    members: &'a [Member<'a>],
    rest: Option<&'a dyn FieldValue>,
}

impl Decoder for Copier<'_> {
    fn visit(&mut self, _: &mut dyn Visit) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn optional(&mut self, _: &mut dyn Target) -> Result<(), CodecError> {
        Err(no_object())
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        Err(no_object())
    }

    fn deviations(&self) -> &Deviations {
        &self.deviations
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        fields.copy_from(self.members, self.rest);
        Ok(())
    }
}
