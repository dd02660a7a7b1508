use std::fmt::Display;
use std::hash::Hash;
use std::marker::PhantomData;
use std::str::FromStr;

use indexmap::IndexMap;

use super::failure::found;
use super::slot::null_of_optional;
use super::{
    coded_items, read_object_with_rest, Codec, CodecError, CodedRef, Decoder, Encode, Encoder,
    Entries, Map, Rest, Target,
};

/// A list whose items have a codec.
#[derive(Debug)]
pub struct Each<C>(PhantomData<C>);

/// The end of a list whose items have a codec.
pub(super) struct Push<C: Codec>(Vec<C::Value>);

impl<C: Codec> Default for Push<C> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<C: Codec> Push<C> {
    pub(super) fn into_items(self) -> Vec<C::Value> {
        self.0
    }
}

impl<C: Codec> Target for Push<C> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0.push(C::decode(decoder)?);
        Ok(())
    }
}

impl<C: Codec> Codec for Each<C> {
    type Value = Vec<C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        let mut items = Push::<C>(Vec::new());
        decoder.list(&mut items)?;
        Ok(items.0)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        coded_items::<C>(value).encode(encoder)
    }
}

/// A map whose values have a codec.
#[derive(Debug)]
pub struct Values<C>(PhantomData<C>);

/// Where unknown members go whose values have a codec.
#[derive(Debug)]
pub struct CodedRest<'a, C: Codec>(&'a mut Map<C::Value>);

impl<'a, C: Codec> CodedRest<'a, C> {
    /// Members go into this map.
    pub fn new(members: &'a mut Map<C::Value>) -> Self {
        Self(members)
    }
}

impl<C: Codec> Rest for CodedRest<'_, C> {
    fn keep(&mut self, name: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        let value = C::decode(decoder)?;
        self.0.insert(name.to_owned(), value);
        Ok(())
    }
}

impl<C: Codec> Codec for Values<C> {
    type Value = Map<C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        let mut members = Map::new();
        read_object_with_rest(decoder, &mut [], &mut CodedRest::<C>(&mut members))?;
        Ok(members)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.object_with_rest(&[], &CodedValues::<C>::new(value))
    }
}

/// The members of a map whose values have a codec, for writing.
pub struct CodedValues<'a, C: Codec>(Vec<(&'a str, CodedRef<'a, C>)>);

impl<'a, C: Codec> CodedValues<'a, C> {
    /// The members of this map.
    #[must_use]
    pub fn new(members: &'a Map<C::Value>) -> Self {
        let pairs = members.iter();
        Self(
            pairs
                .map(|(name, value)| (name.as_str(), CodedRef::new(value)))
                .collect(),
        )
    }
}

impl<C: Codec> Entries for CodedValues<'_, C> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Encode)> {
        let (name, value) = self.0.get(index)?;
        Some((name, value))
    }
}

/// An object whose names have a type of their own (JSON Schema 2020-12, `propertyNames`), with members in their order.
///
/// ```
/// use typewright_runtime::value::KeyedMap;
///
/// let map = KeyedMap::from([(std::net::Ipv4Addr::LOCALHOST, 1)]);
/// assert_eq!(map[&std::net::Ipv4Addr::LOCALHOST], 1);
/// ```
pub type KeyedMap<K, T> = IndexMap<K, T>;

/// A map whose keys have a type of their own, by their text, and whose values have a codec.
///
/// ```
/// use std::net::Ipv4Addr;
/// use typewright_runtime::codegen::v1::{self, Keyed, KeyedMap};
///
/// type ByAddress = Keyed<Ipv4Addr, v1::Own<i64>>;
/// let map = KeyedMap::from([(Ipv4Addr::LOCALHOST, 1)]);
/// assert_eq!(v1::to_json(&v1::coded::<ByAddress>(&map)).unwrap(), br#"{"127.0.0.1":1}"#);
/// ```
#[derive(Debug)]
pub struct Keyed<K, C>(PhantomData<(K, C)>);

/// Where the members of a map go whose keys have a type of their own.
struct KeyedRest<'a, K, C: Codec>(&'a mut KeyedMap<K, C::Value>);

impl<K: FromStr + Hash + Eq, C: Codec> Rest for KeyedRest<'_, K, C> {
    fn keep(&mut self, name: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        let refused =
            |_| CodecError::new(std::any::type_name::<K>(), found::text(name)).in_member(name);
        let key = name.parse().map_err(refused)?;
        let value = C::decode(decoder)?;
        self.0.insert(key, value);
        Ok(())
    }
}

/// The members of such a map, with the texts of their keys.
struct KeyedEntries<'a, C: Codec>(&'a [(String, CodedRef<'a, C>)]);

impl<C: Codec> Entries for KeyedEntries<'_, C> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Encode)> {
        let (name, value) = self.0.get(index)?;
        Some((name, value))
    }
}

impl<K: FromStr + Display + Hash + Eq, C: Codec> Codec for Keyed<K, C> {
    type Value = KeyedMap<K, C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        let mut members = KeyedMap::new();
        read_object_with_rest(decoder, &mut [], &mut KeyedRest::<K, C>(&mut members))?;
        Ok(members)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        let members = value.iter();
        let members = members.map(|(key, value)| (key.to_string(), CodedRef::<C>::new(value)));
        let members: Vec<_> = members.collect();
        encoder.object_with_rest(&[], &KeyedEntries(&members))
    }
}

/// A value that may be null.
#[derive(Debug)]
pub struct Null<C>(PhantomData<C>);

/// Takes a value, or null.
struct Nullable<C: Codec>(Option<C::Value>);

impl<C: Codec> Target for Nullable<C> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0 = Some(C::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), CodecError> {
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

/// A member that may be absent; null counts as absent, and deviates from the document.
#[derive(Debug)]
pub struct Optional<C>(PhantomData<C>);

impl<C: Codec> Codec for Optional<C> {
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

    fn null_into(value: &mut Self::Value) -> Result<(), CodecError> {
        *value = C::null();
        match value {
            Some(_) => Ok(()),
            None => null_of_optional(),
        }
    }
}

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
