//! Tuples whose positions have codecs.

use std::marker::PhantomData;

use super::collections::Beyond;
use super::compose::Push;
use super::tuples::Joined;
use super::{
    read_tuple_with_rest, Codec, CodecError, CodedRef, Decoder, Encode, Encoder, List, Maybe,
    Prefix, Target,
};

/// A tuple whose positions each have a codec.
///
/// ```
/// use typewright_runtime::codegen::v1::{self, Own, Text, TupleBy};
///
/// type Pair = TupleBy<(Own<String>, Text<i64>)>;
/// let pair = ("a".to_owned(), 5);
/// assert_eq!(v1::to_json(&v1::coded::<Pair>(&pair)).unwrap(), br#"["a","5"]"#);
/// ```
#[derive(Debug)]
pub struct TupleBy<C>(PhantomData<C>);

/// The first items of a list, which each have a codec, and the others, which have one too.
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
    /// The value is not a list, or an item is not what its codec allows or missing.
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
        Ok(Prefix {
            first,
            rest: rest.into_items(),
        })
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

macro_rules! tuples {
    ($(($($C:ident $value:ident $at:tt),+);)*) => {$(
        impl<$($C: Codec),+> PositionsBy for ($($C,)+) {
            type Value = ($($C::Value,)+);

            fn read_before(
                decoder: &mut dyn Decoder,
                rest: &mut dyn Target,
            ) -> Result<Self::Value, CodecError> {
                $(let mut $value = Position::<$C>(None);)+
                read_tuple_with_rest(decoder, &mut [$(&mut $value),+], rest)?;
                Ok(($($value.there($at)?,)+))
            }

            fn write_before(
                value: &Self::Value,
                rest: &dyn List,
                encoder: &mut dyn Encoder,
            ) -> Result<(), CodecError> {
                let items: &[&dyn Encode] = &[$(&CodedRef::<$C>::new(&value.$at)),+];
                encoder.list(&Joined::new(items, rest)?)
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

/// A position of a tuple; null is a value where the codec says so.
struct Position<C: Codec>(Option<C::Value>);

impl<C: Codec> Position<C> {
    fn there(self, index: usize) -> Result<C::Value, CodecError> {
        match self.0.or_else(C::absent) {
            Some(item) => Ok(item),
            None => Err(CodecError::new("a value", "nothing or null").at_index(index)),
        }
    }
}

impl<C: Codec> Target for Position<C> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0 = Some(C::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), CodecError> {
        self.0 = C::null();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::codec::Coding;
    use crate::codec::{
        coded, from_json, to_json, Codec, CodecError, MaybeBy, Null, Own, PrefixBy, Text, TupleBy,
    };

    fn through<C: Codec>(text: &str) -> Result<String, CodecError> {
        let value: Coding<C> = from_json(text.as_bytes())?;
        Ok(String::from_utf8(to_json(&coded::<C>(&value.0)).unwrap()).unwrap())
    }

    #[test]
    fn positions_have_codecs_of_their_own() {
        type Pair = TupleBy<(Text<i64>, Own<String>, Null<Text<i64>>)>;
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
    fn the_last_items_may_be_left_out() {
        type Open = PrefixBy<(Own<String>, MaybeBy<Text<i64>>), Text<i64>>;
        for text in [r#"["a"]"#, r#"["a",null]"#, r#"["a","1","2","3"]"#] {
            assert_eq!(through::<Open>(text).unwrap(), text);
        }
        assert!(through::<Open>("[]").is_err());
        assert_eq!(
            through::<Open>(r#"["a","1","x"]"#).unwrap_err().path(),
            "[2]"
        );
    }
}
