//! Tuples: lists with a type or a codec for each position.

use super::collections::Push;
use super::presence::Nullable;
use super::{
    Codec, CodecError, CodedRef, Decode, Decoder, Encode, Encoder, Items, List, Maybe, Native,
    Target, Visit,
};
use std::marker::PhantomData;

/// The first items of a list, each with a type of its own, and the others (JSON Schema 2020-12 core, section 10.3.1.1:
/// `prefixItems` with `items`).
///
/// ```
/// use typewright_runtime::value::{from_json, to_json, Maybe, Prefix};
///
/// let text = br#"["circle",null,1,2]"#;
/// let shape: Prefix<(String, Maybe<bool>), i64> = from_json(text).unwrap();
/// assert_eq!(shape.first.0, "circle");
/// assert_eq!(shape.rest, [1, 2]);
/// assert_eq!(to_json(&shape).unwrap(), text);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Prefix<T, R> {
    /// A tuple of the first items; one that may be left out is a [`Maybe`](super::Maybe).
    pub first: T,
    /// The items after them.
    pub rest: Vec<R>,
}

/// A tuple of the first items of a list.
pub trait Positions: Sized {
    /// The codecs of its positions.
    type Codecs: PositionsBy<Value = Self>;
}

impl<T: Positions, R: Decode + Encode> Decode for Prefix<T, R> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        PrefixBy::<T::Codecs, Native<R>>::decode(decoder)
    }
}

impl<T: Positions, R: Decode + Encode> Encode for Prefix<T, R> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        PrefixBy::<T::Codecs, Native<R>>::encode(self, encoder)
    }
}

/// A tuple whose positions each have a codec.
///
/// ```
/// use typewright_runtime::codegen::v1::{self, Native, Text, TupleBy};
///
/// type Pair = TupleBy<(Native<String>, Text<i64>)>;
/// let pair = ("a".to_owned(), 5);
/// assert_eq!(v1::to_json(&v1::coded::<Pair>(&pair)).unwrap(), br#"["a","5"]"#);
/// ```
#[derive(Debug)]
pub struct TupleBy<C>(PhantomData<C>);

/// The first items of a list, which each have a codec, and the others, which share one.
#[derive(Debug)]
pub struct PrefixBy<C, R>(PhantomData<(C, R)>);

/// An item that may be left out at the end of a list.
#[derive(Debug)]
pub struct MaybeBy<C>(PhantomData<C>);

/// The codecs of a tuple's positions.
pub trait PositionsBy {
    /// The tuple.
    type Value;

    /// Reads a list; items after those of the tuple go to `rest`.
    ///
    /// # Errors
    /// The value is not a list, or an item is missing or not what its codec allows.
    fn read_before(
        decoder: &mut dyn Decoder,
        rest: &mut dyn Target,
    ) -> Result<Self::Value, CodecError>;

    /// Writes the items of the tuple, then those of `rest`.
    ///
    /// # Errors
    /// An item has no form in the format, or one is left out before others.
    fn write_before(
        value: &Self::Value,
        rest: &dyn List,
        encoder: &mut dyn Encoder,
    ) -> Result<(), CodecError>;
}

impl<C: PositionsBy> Codec for TupleBy<C> {
    type Value = C::Value;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        C::read_before(decoder, &mut Beyond)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        let none: &[()] = &[];
        C::write_before(value, &none, encoder)
    }
}

impl<C: PositionsBy, R: Codec> Codec for PrefixBy<C, R> {
    type Value = Prefix<C::Value, R::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        let mut rest = Push::<R>::default();
        let first = C::read_before(decoder, &mut rest)?;
        Ok(Prefix { first, rest: rest.into_items() })
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        let rest: Vec<_> = value.rest.iter().map(CodedRef::<R>::new).collect();
        C::write_before(&value.first, &rest.as_slice(), encoder)
    }
}

impl<C: Codec> Codec for MaybeBy<C> {
    type Value = Maybe<C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        C::decode(decoder).map(Maybe::Value)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match value {
            Maybe::Value(value) => C::encode(value, encoder),
            Maybe::Absent | Maybe::Null => encoder.null(),
        }
    }

    fn null() -> Option<Self::Value> {
        Some(Maybe::Null)
    }

    fn absent() -> Option<Self::Value> {
        Some(Maybe::Absent)
    }

    fn is_left_out(value: &Self::Value) -> bool {
        value.is_absent()
    }

    fn is_absent(value: &Self::Value) -> bool {
        value.is_absent()
    }

    const REQUIRED: bool = false;
}

/// Some items before those of a list.
pub(super) struct Joined<'a> {
    first: &'a [&'a dyn Encode],
    rest: &'a dyn List,
}

impl<'a> Joined<'a> {
    /// Items that are left out may only be the last ones.
    pub(super) fn new(first: &'a [&'a dyn Encode], rest: &'a dyn List) -> Result<Self, CodecError> {
        let there = first.iter().take_while(|item| !item.is_left_out()).count();
        let gap = first.iter().skip(there).any(|item| !item.is_left_out());
        if gap || (there < first.len() && rest.count() > 0) {
            return Err(CodecError::new("an item", "none before others").at_index(there));
        }
        let first = first.get(..there).unwrap_or_default();
        Ok(Self { first, rest })
    }
}

impl List for Joined<'_> {
    fn count(&self) -> usize {
        self.first.len() + self.rest.count()
    }

    fn item(&self, index: usize) -> Option<&dyn Encode> {
        match index.checked_sub(self.first.len()) {
            None => self.first.get(index).copied(),
            Some(index) => self.rest.item(index),
        }
    }
}

macro_rules! tuples {
    ($(($($T:ident $value:ident $at:tt),+);)*) => {$(
        impl<$($T: Codec),+> PositionsBy for ($($T,)+) {
            type Value = ($($T::Value,)+);

            fn read_before(
                decoder: &mut dyn Decoder,
                rest: &mut dyn Target,
            ) -> Result<Self::Value, CodecError> {
                $(let mut $value = Nullable::<$T>(None);)+
                read_tuple_with_rest(decoder, &mut [$(&mut $value),+], rest)?;
                Ok(($($value.item($at)?,)+))
            }

            fn write_before(
                value: &Self::Value,
                rest: &dyn List,
                encoder: &mut dyn Encoder,
            ) -> Result<(), CodecError> {
                let items: &[&dyn Encode] = &[$(&CodedRef::<$T>::new(&value.$at)),+];
                encoder.list(&Joined::new(items, rest)?)
            }
        }

        impl<$($T: Decode + Encode),+> Positions for ($($T,)+) {
            type Codecs = ($(Native<$T>,)+);
        }

        impl<$($T: Decode + Encode),+> Decode for ($($T,)+) {
            fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
                <Self as Positions>::Codecs::read_before(decoder, &mut Beyond)
            }
        }

        impl<$($T: Encode),+> Encode for ($($T,)+) {
            fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
                let items: &[&dyn Encode] = &[$(&self.$at),+];
                let none: &[()] = &[];
                encoder.list(&Joined::new(items, &none)?)
            }
        }
    )*};
}

tuples! {
    (A a 0);
    (A a 0, B b 1);
    (A a 0, B b 1, C c 2);
    (A a 0, B b 1, C c 2, D d 3);
    (A a 0, B b 1, C c 2, D d 3, E e 4);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10, L l 11);
}

impl<C: Codec> Nullable<C> {
    /// The value of a position of a tuple.
    fn item(self, index: usize) -> Result<C::Value, CodecError> {
        let item = self.0.or_else(C::absent);
        item.ok_or_else(|| CodecError::new("a value", "nothing or null").at_index(index))
    }
}

/// Gives each item of a list to a target of its own.
struct Tuple<'a, 't> {
    items: &'a mut [&'t mut dyn Target],
    rest: &'a mut dyn Target,
}

impl Tuple<'_, '_> {
    /// Reads the items beyond the last target.
    fn finish(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        let mut index = self.items.len();
        while items.next(self.rest).map_err(|failure| failure.at_index(index))? {
            index += 1;
        }
        Ok(())
    }
}

impl Visit for Tuple<'_, '_> {
    fn expected(&self) -> &'static str {
        "a list"
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        for (index, target) in self.items.iter_mut().enumerate() {
            let item = items.next(&mut NullableItem(&mut **target));
            if !item.map_err(|failure| failure.at_index(index))? {
                return Ok(());
            }
        }
        self.finish(items)
    }
}

/// Gives an item to a target as if it were a member: null to its `null`.
struct NullableItem<'a>(&'a mut dyn Target);

impl Target for NullableItem<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        decoder.optional(self.0)
    }
}

/// Takes no further item.
pub(super) struct Beyond;

impl Target for Beyond {
    fn set(&mut self, _: &mut dyn Decoder) -> Result<(), CodecError> {
        Err(CodecError::new("the end of the list", "another item"))
    }
}

/// Reads a list whose items each have a type of their own; a shorter list leaves the last targets as they were.
///
/// # Errors
/// The value is not a list, has more items than targets, or an item is not of its type.
pub fn read_tuple(
    decoder: &mut dyn Decoder,
    items: &mut [&mut dyn Target],
) -> Result<(), CodecError> {
    read_tuple_with_rest(decoder, items, &mut Beyond)
}

/// Reads a list whose first items each have a type of their own; the others go to `rest`, which may be a `Vec`.
///
/// # Errors
/// The value is not a list, or an item is not of its type.
pub fn read_tuple_with_rest(
    decoder: &mut dyn Decoder,
    items: &mut [&mut dyn Target],
    rest: &mut dyn Target,
) -> Result<(), CodecError> {
    decoder.visit(&mut Tuple { items, rest })
}

#[cfg(test)]
mod tests {
    use crate::codec::{
        coded, from_json, to_json, Codec, CodecError, Coding, Maybe, MaybeBy, Native, Null, Prefix,
        PrefixBy, Text, TupleBy,
    };

    #[test]
    fn positions_have_types_of_their_own() {
        let text = br#"[1,"a",null]"#;
        let tuple: (i64, String, Option<bool>) = from_json(text).unwrap();
        assert_eq!(tuple, (1, "a".to_owned(), None));
        assert_eq!(to_json(&tuple).unwrap(), text);
        let failure = from_json::<(i64, String)>(br#"[1,2]"#).unwrap_err();
        assert_eq!(failure.path(), "[1]");
        assert!(from_json::<(i64, String)>(b"[1]").is_err());
        assert!(from_json::<(i64,)>(b"[1,2]").is_err());
    }

    #[test]
    fn the_last_items_may_be_left_out() {
        type Open = Prefix<(i64, Maybe<String>, Maybe<bool>), bool>;
        for text in ["[1]", "[1,null]", r#"[1,"a",true]"#, r#"[1,"a",null,false,true]"#] {
            let list: Open = from_json(text.as_bytes()).unwrap();
            assert_eq!(to_json(&list).unwrap(), text.as_bytes());
        }
        assert!(from_json::<Open>(b"[]").is_err());
        assert_eq!(from_json::<Open>(br#"[1,"a",true,3]"#).unwrap_err().path(), "[3]");
        let (first, rest) = ((1, Maybe::Absent, Maybe::Value(true)), vec![]);
        assert!(to_json(&Open { first, rest }).is_err());
        let (first, rest) = ((1, Maybe::Null, Maybe::Absent), vec![true]);
        assert!(to_json(&Open { first, rest }).is_err());
        let pair: (i64, Maybe<i64>) = from_json(b"[1]").unwrap();
        assert_eq!(to_json(&pair).unwrap(), b"[1]");
        assert!(from_json::<(i64, Maybe<i64>)>(b"[1,2,3]").is_err());
    }

    fn through<C: Codec>(text: &str) -> Result<String, CodecError> {
        let value: Coding<C> = from_json(text.as_bytes())?;
        Ok(String::from_utf8(to_json(&coded::<C>(&value.0)).unwrap()).unwrap())
    }

    #[test]
    fn positions_have_codecs_of_their_own() {
        type Pair = TupleBy<(Text<i64>, Native<String>, Null<Text<i64>>)>;
        for text in [r#"["1","a","2"]"#, r#"["1","a",null]"#] {
            assert_eq!(through::<Pair>(text).unwrap(), text);
        }
        let wrong = [
            (r#"["1","a"]"#, "[2]"),
            (r#"["x","a",null]"#, "[0]"),
            (r#"[null,"a",null]"#, "[0]"),
            (r#"["1","a",null,1]"#, "[3]"),
        ];
        for (text, path) in wrong {
            assert_eq!(through::<Pair>(text).unwrap_err().path(), path, "{text}");
        }
    }

    #[test]
    fn the_last_items_may_be_left_out_by_codecs() {
        type Open = PrefixBy<(Native<String>, MaybeBy<Text<i64>>), Text<i64>>;
        for text in [r#"["a"]"#, r#"["a",null]"#, r#"["a","1","2","3"]"#] {
            assert_eq!(through::<Open>(text).unwrap(), text);
        }
        assert!(through::<Open>("[]").is_err());
        assert_eq!(through::<Open>(r#"["a","1","x"]"#).unwrap_err().path(), "[2]");
    }
}
