//! Tuples: lists with a type for each position.

use super::{
    read_tuple, read_tuple_with_rest, CodecError, Decode, Decoder, Encode, Encoder, List, Target,
};

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

/// Takes the items of a tuple.
type TakeItems<'t> = dyn FnMut(&[&dyn Encode]) -> Result<(), CodecError> + 't;

/// A tuple of the first items of a list.
pub trait Positions: Sized {
    /// Reads a list; items after those of the tuple go to `rest`.
    ///
    /// # Errors
    /// The value is not a list, or an item is not of its type or missing.
    fn read_before(decoder: &mut dyn Decoder, rest: &mut dyn Target) -> Result<Self, CodecError>;

    /// Hands the items to `take`.
    ///
    /// # Errors
    /// What `take` answers.
    fn with_items(&self, take: &mut TakeItems<'_>) -> Result<(), CodecError>;
}

impl<T: Positions, R: Decode> Decode for Prefix<T, R> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let mut rest = Vec::new();
        let first = T::read_before(decoder, &mut rest)?;
        Ok(Self { first, rest })
    }
}

impl<T: Positions, R: Encode> Encode for Prefix<T, R> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        self.first.with_items(&mut |first| {
            let rest = self.rest.as_slice();
            encoder.list(&Joined::new(first, &rest)?)
        })
    }
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
        impl<$($T: Decode),+> Decode for ($($T,)+) {
            fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
                $(let mut $value = None;)+
                read_tuple(decoder, &mut [$(&mut Position(&mut $value)),+])?;
                Ok(($(there($value, $at)?,)+))
            }
        }

        impl<$($T: Decode + Encode),+> Positions for ($($T,)+) {
            fn read_before(
                decoder: &mut dyn Decoder,
                rest: &mut dyn Target,
            ) -> Result<Self, CodecError> {
                $(let mut $value = None;)+
                read_tuple_with_rest(decoder, &mut [$(&mut Position(&mut $value)),+], rest)?;
                Ok(($(there($value, $at)?,)+))
            }

            fn with_items(
                &self,
                take: &mut TakeItems<'_>,
            ) -> Result<(), CodecError> {
                take(&[$(&self.$at),+])
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

/// A position of a tuple; null is a value where the type says so.
struct Position<'a, T>(&'a mut Option<T>);

impl<T: Decode> Target for Position<'_, T> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self.0 = Some(T::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), CodecError> {
        *self.0 = T::null();
        Ok(())
    }
}

/// The item at a position.
fn there<T: Decode>(item: Option<T>, index: usize) -> Result<T, CodecError> {
    match item.or_else(T::absent) {
        Some(item) => Ok(item),
        None => Err(CodecError::new("a value", "nothing or null").at_index(index)),
    }
}

#[cfg(test)]
mod tests {
    use crate::codec::{from_json, to_json, Maybe, Prefix};

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
        for text in [
            "[1]",
            "[1,null]",
            r#"[1,"a",true]"#,
            r#"[1,"a",null,false,true]"#,
        ] {
            let list: Open = from_json(text.as_bytes()).unwrap();
            assert_eq!(to_json(&list).unwrap(), text.as_bytes());
        }
        assert!(from_json::<Open>(b"[]").is_err());
        assert_eq!(
            from_json::<Open>(br#"[1,"a",true,3]"#).unwrap_err().path(),
            "[3]"
        );
        let (first, rest) = ((1, Maybe::Absent, Maybe::Value(true)), vec![]);
        assert!(to_json(&Open { first, rest }).is_err());
        let (first, rest) = ((1, Maybe::Null, Maybe::Absent), vec![true]);
        assert!(to_json(&Open { first, rest }).is_err());
        let pair: (i64, Maybe<i64>) = from_json(b"[1]").unwrap();
        assert_eq!(to_json(&pair).unwrap(), b"[1]");
        assert!(from_json::<(i64, Maybe<i64>)>(b"[1,2,3]").is_err());
    }
}
