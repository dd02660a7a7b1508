use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::relay::{Optional, Present};
use super::Slot;
use crate::codec::drift;
use crate::codec::object::{refused, Place};
use crate::codec::{CodecError, Decoder, Fields, Items, Members, Rest, Target};

/// The items of a list in serde's terms.
pub(super) struct List<'s, 'de, A: SeqAccess<'de>> {
    items: A,
    error: Option<A::Error>,
    slot: &'s Slot,
}

impl<'s, 'de, A: SeqAccess<'de>> List<'s, 'de, A> {
    pub(super) fn new(items: A, slot: &'s Slot) -> Self {
        Self {
            items,
            error: None,
            slot,
        }
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
    /// The name of the first member, or that there is none, where that was asked before.
    asked: Option<Option<String>>,
    error: Option<A::Error>,
    slot: &'s Slot,
}

impl<'s, 'de, A: MapAccess<'de>> Object<'s, 'de, A> {
    pub(super) fn new(members: A, asked: Option<Option<String>>, slot: &'s Slot) -> Self {
        Self {
            members,
            asked,
            error: None,
            slot,
        }
    }

    /// Gives the next name to `take`, and says whether there was one.
    #[inline]
    fn name(&mut self, mut take: impl FnMut(&str)) -> Result<bool, CodecError> {
        if let Some(first) = self.asked.take() {
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
    fn keep(&mut self, name: &str, rest: &mut dyn Rest) -> Result<(), CodecError> {
        let mut target = Keeping { name, rest };
        self.value(&mut target)
            .map_err(|failure| failure.in_member(name))
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
            let mut found = None;
            let needs_names = fields.needs_names();
            let is_there = self.name(|name| {
                found = fields.find(name);
                if found.is_none() && needs_names {
                    unknown = Some(name.to_owned());
                }
            })?;
            if !is_there {
                return Ok(());
            }
            match fields.place(found) {
                Place::Field(name, mut target) => {
                    let target = &mut target;
                    let value = self.members.next_value_seed(Optional { target, slot });
                    self.settle(value)
                        .map_err(|failure| failure.in_member(name))?;
                }
                Place::Skipped => {
                    let skipped = self.members.next_value::<IgnoredAny>();
                    self.settle(skipped)?;
                }
                Place::Kept(rest) => self.keep(&unknown.unwrap_or_default(), rest)?,
                Place::Refused => {
                    drift::refuse(refused(&unknown.unwrap_or_default()))?;
                    let skipped = self.members.next_value::<IgnoredAny>();
                    self.settle(skipped)?;
                }
            }
        }
    }
}

/// A member on its way to where unknown members are kept.
struct Keeping<'a> {
    name: &'a str,
    rest: &'a mut dyn Rest,
}

impl Target for Keeping<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.rest.keep(self.name, decoder)
    }
}

/// Takes the name of a member; formats with other keys than texts give numbers and booleans.
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
