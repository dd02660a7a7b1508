use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::access::{List, Name, Object};
use super::token::number_token;
use super::{Bridge, Slot};
use crate::codec::{CodecError, Target, Visit};

/// Gives what serde's deserializer sees to a [`Visit`].
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
        let mut asked = None;
        if let Some(token) = number_token() {
            let mut first = None;
            members.next_key_seed(Name(|name: &str| first = Some(name.to_owned())))?;
            if first.as_deref() == Some(token) {
                let text: String = members.next_value()?;
                let result = in_range(&text).and_then(|()| self.visitor.number(&text));
                return self.settle(result);
            }
            asked = Some(first);
        }
        let mut object = Object::new(members, asked, self.slot);
        match self.visitor.object(&mut object) {
            Ok(()) => Ok(()),
            Err(failure) => Err(self.slot.put(failure, object.into_error())),
        }
    }
}

/// Refuses what `serde_json` refuses without the feature by which it gives numbers as texts.
fn in_range(number: &str) -> Result<(), CodecError> {
    match number.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(()),
        Ok(_) | Err(_) => Err(CodecError::malformed("number out of range")),
    }
}

/// Gives a value to a target, null to its `null`.
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
        let result = self.target.null();
        result.map_err(|failure| self.slot.put(failure, None))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        Present {
            target: self.target,
            slot: self.slot,
        }
        .deserialize(input)
    }
}

impl<'de> DeserializeSeed<'de> for Optional<'_, '_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_option(self)
    }
}

/// Gives a value to a target, null like any other.
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
