//! Lists and maps, by the types of their items and by codecs.

use crate::codec::error::describe;
use crate::codec::{
    read_object_with_rest, Codec, CodecError, Decode, Decoder, Encode, Encoder, Entries, Items,
    List, Map, Rest, Target, Visit,
};
use indexmap::IndexMap;
use std::fmt;
use std::fmt::Display;
use std::hash::Hash;
use std::marker::PhantomData;
use std::str::FromStr;

/// Gives each item of a list to a target.
pub(super) struct EachItem<'a>(pub(super) &'a mut dyn Target);

impl Visit for EachItem<'_> {
    fn expected(&self) -> &'static str {
        "a list"
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        items.fill(self.0)
    }
}

impl<T: Decode> Target for Vec<T> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.push(T::decode(decoder)?);
        Ok(())
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let mut items = Self::new();
        decoder.list(&mut items)?;
        Ok(items)
    }
}

impl<T: Encode> List for &[T] {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Encode> {
        self.get(index).map(|item| item as &dyn Encode)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.list(&self.as_slice())
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.list(&self)
    }
}

impl<T: Decode> Rest for Map<T> {
    fn keep(&mut self, name: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        let value = T::decode(decoder)?;
        self.insert(name.to_owned(), value);
        Ok(())
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let mut members = Self::new();
        read_object_with_rest(decoder, &mut [], &mut members)?;
        Ok(members)
    }
}

impl<T: Encode> Entries for Map<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Encode)> {
        let (name, value) = self.get_index(index)?;
        Some((name, value))
    }
}

impl<T: Encode> Encode for Map<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.object_with_rest(&[], self)
    }
}

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
        Self { value: Some(value), absent: false }
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
        Self(pairs.map(|(name, value)| (name.as_str(), CodedRef::new(value))).collect())
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
/// type ByAddress = Keyed<Ipv4Addr, v1::Native<i64>>;
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
            |_| CodecError::new(std::any::type_name::<K>(), describe::text(name)).in_member(name);
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
