//! Tuples: lists with a type for each position.

use super::{read_tuple, Failure, Read, Sink, Source, Write};

macro_rules! tuples {
    ($(($($T:ident $value:ident $at:tt),+);)*) => {$(
        impl<$($T: Read),+> Read for ($($T,)+) {
            fn read(source: &mut dyn Source) -> Result<Self, Failure> {
                $(let mut $value = None;)+
                read_tuple(source, &mut [$(&mut $value),+])?;
                Ok(($($value.ok_or_else(|| missing($at))?,)+))
            }
        }

        impl<$($T: Write),+> Write for ($($T,)+) {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
                let items: &[&dyn Write] = &[$(&self.$at),+];
                sink.list(&items)
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
}

#[cold]
fn missing(index: usize) -> Failure {
    Failure::new("a value", "nothing or null").at_index(index)
}

#[cfg(test)]
mod tests {
    use crate::codec::{from_json, to_json};

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
}
