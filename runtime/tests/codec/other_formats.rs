//! Values of formats other than JSON: integers of 128 bits, bytes, keys that are no texts, and no bound on depth.

use serde::de::value::{
    BytesDeserializer, Error, I128Deserializer, MapDeserializer, SeqDeserializer, U128Deserializer,
};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use typewright_runtime::codegen::v1::{self, Value};

use crate::unions::Any;
use crate::{read, write};

fn wide<T: v1::Decode>(value: i128) -> Result<T, String> {
    let input = I128Deserializer::<Error>::new(value);
    v1::deserialize(input).map_err(|error| error.to_string())
}

fn bytes<T: v1::Decode + std::fmt::Debug>() -> String {
    let input = BytesDeserializer::<Error>::new(b"ab");
    v1::deserialize::<_, T>(input).unwrap_err().to_string()
}

#[test]
fn wide_integers_are_numbers() {
    assert_eq!(wide::<i64>(7), Ok(7));
    assert_eq!(wide::<i64>(i64::MIN.into()), Ok(i64::MIN));
    // Not by way of a floating-point number, which has 53 bits.
    assert_eq!(wide::<i64>(-9_007_199_254_740_993), Ok(-9_007_199_254_740_993));
    assert_eq!(wide::<u64>(u64::MAX.into()), Ok(u64::MAX));
    assert_eq!(wide::<f64>(1 << 100), Ok(2_f64.powi(100)));
    let value: Value = wide(170_141_183_460_469_231_731_687_303_715_884_105_727).unwrap();
    assert_eq!(write(&value), "170141183460469231731687303715884105727");
    let value: Value = v1::deserialize(U128Deserializer::<Error>::new(u128::MAX)).unwrap();
    assert_eq!(write(&value), "340282366920938463463374607431768211455");
    let message = wide::<String>(1 << 70).unwrap_err();
    assert!(message.starts_with("expected a text, found the number 118"), "{message}");
}

#[test]
fn bytes_are_refused_by_name() {
    for (message, expected) in [
        (bytes::<bool>(), "a boolean"),
        (bytes::<i64>(), "an integer"),
        (bytes::<f64>(), "a number"),
        (bytes::<String>(), "a text"),
        (bytes::<Vec<i64>>(), "a list"),
        (bytes::<(i64, i64)>(), "a list"),
        (bytes::<v1::Map<i64>>(), "an object"),
        (bytes::<Value>(), "a value"),
        (bytes::<Any>(), "a value"),
        (bytes::<()>(), "null"),
    ] {
        assert_eq!(message, format!("expected {expected}, found 2 bytes"));
    }
}

#[test]
fn keys_may_be_numbers_and_booleans() {
    fn map<K: IntoDeserializer<'static, Error> + Clone>(key: K) -> String {
        let members = std::iter::once((key, 5_i64));
        let value: Value = v1::deserialize(MapDeserializer::new(members)).unwrap();
        write(&value)
    }
    assert_eq!(map(3_u64), r#"{"3":5}"#);
    assert_eq!(map(-3_i64), r#"{"-3":5}"#);
    assert_eq!(map(true), r#"{"true":5}"#);
    assert_eq!(map("a"), r#"{"a":5}"#);
    let wrong = std::iter::once(((), 5_i64));
    let wrong = v1::deserialize::<_, Value>(MapDeserializer::new(wrong));
    let wrong: Error = wrong.unwrap_err();
    assert!(wrong.to_string().ends_with("expected the name of a member"), "{wrong}");
}

/// Gives its value as `Some`, as formats do that know options.
struct Source(i64);

impl<'de> Deserializer<'de> for Source {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self.0.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn what_is_given_as_some_is_the_value() {
    assert_eq!(v1::deserialize::<_, i64>(Source(5)), Ok(5));
    assert_eq!(v1::deserialize::<_, Option<i64>>(Source(5)), Ok(Some(5)));
    let value: Value = v1::deserialize(Source(5)).unwrap();
    assert_eq!(write(&value), "5");
}

/// Lists within lists without end.
#[derive(Clone)]
struct Nested(usize);

impl<'de> Deserializer<'de> for Nested {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let inner = self.0.checked_sub(1).map(Nested);
        visitor.visit_seq(SeqDeserializer::new(inner.into_iter()))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Nested {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[test]
fn depth_is_bounded_where_the_format_has_no_bound() {
    let fine: Value = v1::deserialize(Nested(100)).unwrap();
    assert_eq!(write(&fine), "[".repeat(101) + &"]".repeat(101));
    let deep = v1::deserialize::<_, Value>(Nested(500)).unwrap_err();
    assert!(
        deep.to_string().ends_with("expected at most 128 levels, found a deeper one"),
        "{deep}"
    );
}

#[test]
fn what_no_json_has_is_refused_with_what_was_expected() {
    let tagged = serde_yaml::from_str::<Yaml<i64>>("!Thing 3").unwrap_err();
    assert!(tagged.to_string().contains("expected an integer"), "{tagged}");
    let plain = IntoDeserializer::<Error>::into_deserializer(5_i64);
    let plain = v1::deserialize::<_, Option<i64>>(plain).unwrap_err();
    assert!(plain.to_string().ends_with("expected a value or null"), "{plain}");
}

#[derive(Debug)]
struct Yaml<T>(T);

impl<'de, T: v1::Decode> serde::Deserialize<'de> for Yaml<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        v1::deserialize(input).map(Self)
    }
}

#[test]
fn an_error_within_a_list_keeps_its_kind_and_place() {
    let error = |text: &str| serde_json::from_str::<Yaml<Vec<Vec<i64>>>>(text).unwrap_err();
    assert!(error("[[1],[2").is_eof());
    assert!(error("[[1],[}").is_syntax());
    let wrong = error("[[1],\n[true]]");
    assert!(wrong.is_data());
    assert_eq!(wrong.line(), 2);
    assert!(wrong.to_string().starts_with("[1][0]: expected an integer"), "{wrong}");
}

#[test]
fn what_cannot_be_written_is_said_with_its_path() {
    struct Sizes(Vec<f64>);
    impl serde::Serialize for Sizes {
        fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
            v1::serialize(&self.0, output)
        }
    }
    let error = serde_json::to_string(&Sizes(vec![1.0, f64::NAN])).unwrap_err();
    assert_eq!(error.to_string(), "[1]: expected a finite number, found NaN");
}

/// A visitor that asks how many items are left.
struct Left(usize);

impl v1::Visit for Left {
    fn expected(&self) -> &'static str {
        "a list"
    }

    fn list(&mut self, items: &mut dyn v1::Items) -> Result<(), v1::CodecError> {
        self.0 = items.hint();
        items.fill(&mut Vec::<Value>::new())
    }
}

impl v1::Decode for Left {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let mut left = Self(usize::MAX);
        decoder.visit(&mut left)?;
        Ok(left)
    }
}

/// A decoder of a caller's own need not know how many items there are.
struct Unknown;

impl v1::Items for Unknown {
    fn next(&mut self, _: &mut dyn v1::Target) -> Result<bool, v1::CodecError> {
        Ok(false)
    }
}

#[test]
fn lists_tell_how_many_items_are_left_as_far_as_the_format_knows() {
    assert_eq!(v1::Items::hint(&Unknown), 0);
    assert_eq!(read::<Left>("[1,2,3]").unwrap().0, 0);
    assert_eq!(read::<Value>("[1,2,3]").unwrap().read::<Left>().unwrap().0, 3);
    let theirs = serde_json::json!([1, 2, 3]);
    assert_eq!(v1::deserialize::<_, Left>(theirs).unwrap().0, 3);
}
