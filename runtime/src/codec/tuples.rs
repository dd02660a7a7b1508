//! Tuples: lists with a type for each position.

use super::{read_tuple, read_tuple_with_rest, Failure, List, Read, Sink, Source, Target, Write};

/// The first items of a list, each with a type of its own, and the others.
///
/// ```
/// use typewright_runtime::v1::{self, Maybe, Prefix};
///
/// let text = br#"["circle",null,1,2]"#;
/// let shape: Prefix<(String, Maybe<bool>), i64> = v1::from_json(text).unwrap();
/// assert_eq!(shape.first.0, "circle");
/// assert_eq!(shape.rest, [1, 2]);
/// assert_eq!(v1::to_json(&shape).unwrap(), text);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Prefix<T, R> {
    /// A tuple of the first items; one that may be left out is a [`Maybe`](super::Maybe).
    pub first: T,
    /// The items after them.
    pub rest: Vec<R>,
}

/// Takes the items of a tuple.
type TakeItems<'t> = dyn FnMut(&[&dyn Write]) -> Result<(), Failure> + 't;

/// A tuple of the first items of a list.
pub trait Positions: Sized {
    /// Reads a list; items after those of the tuple go to `rest`.
    ///
    /// # Errors
    /// The value is not a list, or an item is not of its type or missing.
    fn read_before(source: &mut dyn Source, rest: &mut dyn Target) -> Result<Self, Failure>;

    /// Hands the items to `take`.
    ///
    /// # Errors
    /// What `take` answers.
    fn with_items(&self, take: &mut TakeItems<'_>) -> Result<(), Failure>;
}

impl<T: Positions, R: Read> Read for Prefix<T, R> {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        let mut rest = Vec::new();
        let first = T::read_before(source, &mut rest)?;
        Ok(Self { first, rest })
    }
}

impl<T: Positions, R: Write> Write for Prefix<T, R> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        self.first.with_items(&mut |first| {
            let rest = self.rest.as_slice();
            sink.list(&Joined::new(first, &rest)?)
        })
    }
}

/// Some items before those of a list.
pub(super) struct Joined<'a> {
    first: &'a [&'a dyn Write],
    rest: &'a dyn List,
}

impl<'a> Joined<'a> {
    /// Items that are left out may only be the last ones.
    pub(super) fn new(first: &'a [&'a dyn Write], rest: &'a dyn List) -> Result<Self, Failure> {
        let there = first.iter().take_while(|item| !item.is_left_out()).count();
        let gap = first.iter().skip(there).any(|item| !item.is_left_out());
        if gap || (there < first.len() && rest.count() > 0) {
            return Err(Failure::new("an item", "none before others").at_index(there));
        }
        let first = first.get(..there).unwrap_or_default();
        Ok(Self { first, rest })
    }
}

impl List for Joined<'_> {
    fn count(&self) -> usize {
        self.first.len() + self.rest.count()
    }

    fn item(&self, index: usize) -> Option<&dyn Write> {
        match index.checked_sub(self.first.len()) {
            None => self.first.get(index).copied(),
            Some(index) => self.rest.item(index),
        }
    }
}

macro_rules! tuples {
    ($(($($T:ident $value:ident $at:tt),+);)*) => {$(
        impl<$($T: Read),+> Read for ($($T,)+) {
            fn read(source: &mut dyn Source) -> Result<Self, Failure> {
                $(let mut $value = None;)+
                read_tuple(source, &mut [$(&mut Position(&mut $value)),+])?;
                Ok(($(there($value, $at)?,)+))
            }
        }

        impl<$($T: Read + Write),+> Positions for ($($T,)+) {
            fn read_before(
                source: &mut dyn Source,
                rest: &mut dyn Target,
            ) -> Result<Self, Failure> {
                $(let mut $value = None;)+
                read_tuple_with_rest(source, &mut [$(&mut Position(&mut $value)),+], rest)?;
                Ok(($(there($value, $at)?,)+))
            }

            fn with_items(
                &self,
                take: &mut TakeItems<'_>,
            ) -> Result<(), Failure> {
                take(&[$(&self.$at),+])
            }
        }

        impl<$($T: Write),+> Write for ($($T,)+) {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
                let items: &[&dyn Write] = &[$(&self.$at),+];
                let none: &[()] = &[];
                sink.list(&Joined::new(items, &none)?)
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

impl<T: Read> Target for Position<'_, T> {
    fn set(&mut self, source: &mut dyn Source) -> Result<(), Failure> {
        *self.0 = Some(T::read(source)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), Failure> {
        *self.0 = T::null();
        Ok(())
    }
}

/// The item at a position.
fn there<T: Read>(item: Option<T>, index: usize) -> Result<T, Failure> {
    match item.or_else(T::absent) {
        Some(item) => Ok(item),
        None => Err(Failure::new("a value", "nothing or null").at_index(index)),
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
