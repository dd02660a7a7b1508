//! A serde deserializer as a decoder: the only code for reading that is generic over serde's formats.

use crate::codec::collections::EachItem;
use crate::codec::object::{unknown_member, AdditionalMember, Place};
use crate::codec::scalars::{ReadText, Received};
use crate::codec::value::build;
use crate::codec::{
    CodecError, Decoder, Deviations, Fields, Items, Members, Rest, Target, Value, Visit,
};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;
use std::sync::OnceLock;

/// Carries a failure past serde's error types, which could hold it only as text.
#[derive(Default)]
pub(super) struct Slot {
    failure: Cell<Option<CodecError>>,
    deviations: Deviations,
}

impl Slot {
    /// Leaves the failure for the level above, with the error that serde wants, made only if there is none yet: of the
    /// reason alone, to which the format adds the place.
    #[cold]
    fn put<E: Error>(&self, failure: CodecError, error: Option<E>) -> E {
        let error = error.unwrap_or_else(|| E::custom(failure.reason()));
        self.failure.set(Some(failure));
        error
    }

    /// The failure that a level below left; else the error is the format's own.
    #[cold]
    fn take(&self, error: &dyn fmt::Display) -> CodecError {
        let failure = self.failure.take();
        failure.unwrap_or_else(|| CodecError::malformed(error.to_string()))
    }
}

/// A serde deserializer as a [`Decoder`].
pub(super) struct Bridge<'s, 'de, D: Deserializer<'de>> {
    input: Option<D>,
    error: Option<D::Error>,
    slot: &'s Slot,
}

impl<'s, 'de, D: Deserializer<'de>> Bridge<'s, 'de, D> {
    #[inline]
    pub(super) fn new(input: D, slot: &'s Slot) -> Self {
        Self { input: Some(input), error: None, slot }
    }

    #[inline]
    fn run(
        &mut self,
        read: impl FnOnce(D, &'s Slot) -> Result<(), D::Error>,
    ) -> Result<(), CodecError> {
        let Some(input) = self.input.take() else {
            return Err(twice());
        };
        match read(input, self.slot) {
            Ok(()) => Ok(()),
            Err(error) => {
                let failure = self.slot.take(&error);
                self.error = Some(error);
                Err(failure)
            }
        }
    }

    /// Visits the value; where the visitor's type is known, nothing on the way is called through a pointer.
    #[inline]
    fn visit_with<V: Visit + ?Sized>(&mut self, visitor: &mut V) -> Result<(), CodecError> {
        self.run(|input, slot| input.deserialize_any(Relay { visitor, slot }))
    }

    #[inline]
    fn scalar<T>(&mut self) -> Result<T, CodecError>
    where
        Received<T>: Visit,
    {
        let mut received = Received(None);
        self.visit_with(&mut received)?;
        received.value()
    }

    /// Skips the value if nobody asked for it, and turns a failure into serde's error.
    #[inline]
    fn end(self, result: Result<(), CodecError>) -> Result<(), D::Error> {
        match (result, self.input) {
            (Ok(()), None) => Ok(()),
            (Ok(()), Some(input)) => input.deserialize_ignored_any(IgnoredAny).map(drop),
            (Err(failure), _) => Err(self.slot.put(failure, self.error)),
        }
    }

    /// The error of the outermost value: the format's own, with our path before the reason unless the format has put its own
    /// path there, as YAML does.
    #[cold]
    pub(super) fn into_error(self, failure: &CodecError) -> D::Error {
        let Some(error) = self.error else {
            return Error::custom(failure);
        };
        let (path, message) = (failure.path(), error.to_string());
        if path.is_empty() || failure.is_malformed() || !message.starts_with(&failure.reason()) {
            return error;
        }
        Error::custom(format_args!("{path}: {message}"))
    }
}

#[cold]
fn twice() -> CodecError {
    CodecError::new("one reader a value", "a second one")
}

impl<'de, D: Deserializer<'de>> Decoder for Bridge<'_, 'de, D> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        self.visit_with(visitor)
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.run(|input, slot| input.deserialize_option(Optional { target, slot }))
    }

    fn deviations(&self) -> &Deviations {
        &self.slot.deviations
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        build::build(|visitor| {
            self.run(|input, slot| {
                input.deserialize_newtype_struct(build::raw_token(), Relay { visitor, slot })
            })
        })
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        self.visit_with(fields)
    }

    fn list(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.visit_with(&mut EachItem(target))
    }

    fn bool(&mut self) -> Result<bool, CodecError> {
        self.scalar()
    }

    fn integer(&mut self) -> Result<i128, CodecError> {
        self.scalar()
    }

    fn float(&mut self) -> Result<f64, CodecError> {
        self.scalar()
    }

    fn string(&mut self) -> Result<String, CodecError> {
        self.scalar()
    }

    fn text(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), CodecError> {
        self.visit_with(&mut ReadText(take))
    }
}

/// The items of a list in serde's terms.
pub(super) struct List<'s, 'de, A: SeqAccess<'de>> {
    items: A,
    error: Option<A::Error>,
    slot: &'s Slot,
}

impl<'s, 'de, A: SeqAccess<'de>> List<'s, 'de, A> {
    pub(super) fn new(items: A, slot: &'s Slot) -> Self {
        Self { items, error: None, slot }
    }

    pub(super) fn into_error(self) -> Option<A::Error> {
        self.error
    }
}

impl<'de, A: SeqAccess<'de>> Items for List<'_, 'de, A> {
    fn next(&mut self, target: &mut dyn Target) -> Result<bool, CodecError> {
        let slot = self.slot;
        match self.items.next_element_seed(Present { target, slot }) {
            Ok(item) => Ok(item.is_some()),
            Err(error) => {
                let failure = slot.take(&error);
                self.error = Some(error);
                Err(failure)
            }
        }
    }

    fn hint(&self) -> usize {
        self.items.size_hint().unwrap_or(0)
    }
}

/// The members of an object in serde's terms.
pub(super) struct Object<'s, 'de, A: MapAccess<'de>> {
    members: A,
    /// The first member's name, if it has been read already; the inner `None` if there is none.
    first_name: Option<Option<String>>,
    error: Option<A::Error>,
    slot: &'s Slot,
}

impl<'s, 'de, A: MapAccess<'de>> Object<'s, 'de, A> {
    pub(super) fn new(members: A, first_name: Option<Option<String>>, slot: &'s Slot) -> Self {
        Self { members, first_name, error: None, slot }
    }

    /// Passes the next name to `take`; `false` if there is none.
    #[inline]
    fn name(&mut self, mut take: impl FnMut(&str)) -> Result<bool, CodecError> {
        if let Some(first) = self.first_name.take() {
            first.as_deref().map(&mut take);
            return Ok(first.is_some());
        }
        let name = self.members.next_key_seed(Name(take));
        Ok(self.settle(name)?.is_some())
    }

    pub(super) fn into_error(self) -> Option<A::Error> {
        self.error
    }

    #[inline]
    fn settle<T>(&mut self, result: Result<T, A::Error>) -> Result<T, CodecError> {
        match result {
            Ok(value) => Ok(value),
            Err(error) => {
                let failure = self.slot.take(&error);
                self.error = Some(error);
                Err(failure)
            }
        }
    }

    /// Reads the value of a member that is no field.
    fn read_additional(&mut self, name: &str, rest: &mut dyn Rest) -> Result<(), CodecError> {
        let mut target = AdditionalMember { name, rest };
        self.value(&mut target).map_err(|failure| failure.in_member(name))
    }
}

impl<'de, A: MapAccess<'de>> Members for Object<'_, 'de, A> {
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError> {
        self.name(take)
    }

    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        let slot = self.slot;
        let value = self.members.next_value_seed(Present { target, slot });
        self.settle(value)
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        let slot = self.slot;
        loop {
            let mut unknown = None;
            let mut field = None;
            let needs_names = fields.needs_names();
            let is_there = self.name(|name| {
                field = fields.find(name);
                if field.is_none() && needs_names {
                    unknown = Some(name.to_owned());
                }
            })?;
            if !is_there {
                return Ok(());
            }
            match fields.place(field) {
                Place::Field(name, mut target) => {
                    let target = &mut target;
                    let value = self.members.next_value_seed(Optional { target, slot });
                    self.settle(value).map_err(|failure| failure.in_member(name))?;
                }
                Place::Skipped => {
                    let skipped = self.members.next_value::<IgnoredAny>();
                    self.settle(skipped)?;
                }
                Place::Additional(rest) => {
                    self.read_additional(&unknown.unwrap_or_default(), rest)?
                }
                Place::Refused => {
                    slot.deviations
                        .accept_if_lenient(unknown_member(&unknown.unwrap_or_default()))?;
                    let skipped = self.members.next_value::<IgnoredAny>();
                    self.settle(skipped)?;
                }
            }
        }
    }
}

/// Reads the name of a member; formats whose keys are not only texts have numbers and booleans.
pub(super) struct Name<F>(pub(super) F);

impl<'de, F: FnMut(&str)> DeserializeSeed<'de> for Name<F> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_identifier(self)
    }
}

impl<F: FnMut(&str)> Visitor<'_> for Name<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: Error>(mut self, name: &str) -> Result<(), E> {
        (self.0)(name);
        Ok(())
    }

    fn visit_bool<E: Error>(self, name: bool) -> Result<(), E> {
        self.visit_str(&name.to_string())
    }

    fn visit_i64<E: Error>(self, name: i64) -> Result<(), E> {
        self.visit_str(&name.to_string())
    }

    fn visit_u64<E: Error>(self, name: u64) -> Result<(), E> {
        self.visit_str(&name.to_string())
    }
}

/// Passes the values of a serde deserializer to a [`Visit`].
pub(super) struct Relay<'a, 's, V: Visit + ?Sized> {
    pub(super) visitor: &'a mut V,
    pub(super) slot: &'s Slot,
}

impl<V: Visit + ?Sized> Relay<'_, '_, V> {
    #[inline]
    fn settle<E: Error>(self, result: Result<(), CodecError>) -> Result<(), E> {
        result.map_err(|failure| self.slot.put(failure, None))
    }
}

impl<'de, V: Visit + ?Sized> Visitor<'de> for Relay<'_, '_, V> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.visitor.expected())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        let result = self.visitor.bool(value);
        self.settle(result)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        let result = match u64::try_from(value) {
            Ok(value) => self.visitor.u64(value),
            Err(_) => self.visitor.i64(value),
        };
        self.settle(result)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        let result = self.visitor.number(&value.to_string());
        self.settle(result)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        let result = self.visitor.u64(value);
        self.settle(result)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        let result = self.visitor.number(&value.to_string());
        self.settle(result)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        let result = self.visitor.f64(value);
        self.settle(result)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let result = self.visitor.text(value);
        self.settle(result)
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        let result = self.visitor.bytes(value);
        self.settle(result)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        let result = self.visitor.null();
        self.settle(result)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let mut list = List::new(items, self.slot);
        match self.visitor.list(&mut list) {
            Ok(()) => Ok(()),
            Err(failure) => Err(self.slot.put(failure, list.into_error())),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut first_name = None;
        if let Some(token) = number_token() {
            let mut first = None;
            members.next_key_seed(Name(|name: &str| first = Some(name.to_owned())))?;
            if first.as_deref() == Some(token) {
                let text: String = members.next_value()?;
                let result = self.visitor.number(&text);
                return self.settle(result);
            }
            first_name = Some(first);
        }
        let mut object = Object::new(members, first_name, self.slot);
        match self.visitor.object(&mut object) {
            Ok(()) => Ok(()),
            Err(failure) => Err(self.slot.put(failure, object.into_error())),
        }
    }
}

/// Decodes a value into a target, null by its `null`.
pub(super) struct Optional<'a, 's> {
    pub(super) target: &'a mut dyn Target,
    pub(super) slot: &'s Slot,
}

impl<'de> Visitor<'de> for Optional<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        let result = self.target.null(&self.slot.deviations);
        result.map_err(|failure| self.slot.put(failure, None))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        Present { target: self.target, slot: self.slot }.deserialize(input)
    }
}

impl<'de> DeserializeSeed<'de> for Optional<'_, '_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_option(self)
    }
}

/// Decodes a value into a target, null like any other.
pub(super) struct Present<'a, 's> {
    pub(super) target: &'a mut dyn Target,
    pub(super) slot: &'s Slot,
}

impl<'de> DeserializeSeed<'de> for Present<'_, '_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        let mut bridge = Bridge::new(input, self.slot);
        let result = self.target.set(&mut bridge);
        bridge.end(result)
    }
}

/// The name of the only member of the object as which `serde_json` hands out a number by its text; `None` without the
/// feature, under which numbers come as numbers.
///
/// The name is private, and therefore obtained from `serde_json` itself.
#[inline]
pub(super) fn number_token() -> Option<&'static str> {
    static TOKEN: OnceLock<Option<String>> = OnceLock::new();
    TOKEN.get_or_init(obtain).as_deref()
}

#[cold]
fn obtain() -> Option<String> {
    let mut one = serde_json::Deserializer::from_str("1.5");
    // Any failure means that numbers do not come by their text.
    one.deserialize_any(FirstName).unwrap_or_default()
}

/// A visitor that returns the name of an object's first member.
struct FirstName;

impl<'de> Visitor<'de> for FirstName {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<String>, A::Error> {
        members.next_key()
    }
}
