//! Values built from serde's formats.

use crate::codec::value::{Map, Number, Value};
use crate::codec::{json, CodecError, Decoder, Items, Members, Target, Visit};
use serde::de::value::Error as PlainError;
use serde::de::{Deserializer, Visitor};
use serde::{forward_to_deserialize_any, Deserialize};
use serde_json::value::RawValue;
use std::sync::OnceLock;

/// How deep a value may be nested, as in `serde_json`.
const DEEPEST: usize = 128;

/// Builds a [`Value`] from what a decoder gives.
pub(crate) struct Builder {
    value: Value,
    depth: usize,
    /// `true` if `serde_json` was asked for the text of the value.
    raw: bool,
}

/// Builds the value that `read` gives to the builder, out of a decoder that was asked for [`raw_token`].
pub(crate) fn build(
    read: impl FnOnce(&mut Builder) -> Result<(), CodecError>,
) -> Result<Value, CodecError> {
    let mut builder = Builder::new(0, true);
    read(&mut builder)?;
    Ok(builder.value)
}

impl Builder {
    fn new(depth: usize, raw: bool) -> Self {
        Self { value: Value::Null, depth, raw }
    }

    fn inner(&self) -> Result<Self, CodecError> {
        if self.depth == DEEPEST {
            return Err(CodecError::new("at most 128 levels", "a deeper one"));
        }
        Ok(Self::new(self.depth + 1, false))
    }
}

impl Target for Builder {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        decoder.visit(self)
    }
}

impl Visit for Builder {
    fn expected(&self) -> &'static str {
        "a value"
    }

    fn null(&mut self) -> Result<(), CodecError> {
        self.value = Value::Null;
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.value = Value::Bool(value);
        Ok(())
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.value = Value::Number(value.into());
        Ok(())
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.value = Value::Number(value.into());
        Ok(())
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        // Formats other than JSON have infinities; no value of ours does.
        let number = Number::from_f64(value);
        let number = number.ok_or_else(|| CodecError::new("a finite number", value.to_string()))?;
        self.value = Value::Number(number);
        Ok(())
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        self.value = Value::Number(text.parse()?);
        Ok(())
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.value = Value::Text(value.to_owned());
        Ok(())
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        let mut list = Vec::new();
        loop {
            let mut inner = self.inner()?;
            if !items.next(&mut inner)? {
                break;
            }
            list.push(inner.value);
        }
        self.value = Value::List(list);
        Ok(())
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), CodecError> {
        let mut object = Map::new();
        let mut name = String::new();
        while members.next_name(&mut |next| next.clone_into(&mut name))? {
            if self.raw && name == raw_token() {
                return members.value(&mut Raw(self));
            }
            let mut inner = self.inner()?;
            members.value(&mut inner)?;
            object.insert(name.clone(), inner.value);
        }
        self.value = Value::Object(object);
        Ok(())
    }
}

/// Builds from the text of a value, so that its numbers keep theirs.
struct Raw<'a>(&'a mut Builder);

impl Target for Raw<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        decoder.visit(self)
    }
}

impl Visit for Raw<'_> {
    fn expected(&self) -> &'static str {
        "the text of a value"
    }

    fn text(&mut self, text: &str) -> Result<(), CodecError> {
        self.0.value = json::value(text)?;
        Ok(())
    }
}

/// The name by which `serde_json` recognises that the text of a value is wanted; other formats ignore it.
///
/// It is private, and therefore obtained from `serde_json` itself.
pub(crate) fn raw_token() -> &'static str {
    static TOKEN: OnceLock<&'static str> = OnceLock::new();
    TOKEN.get_or_init(|| {
        let mut token = "";
        // The result is always an error; the name that is asked for is what counts.
        let _ = <&RawValue>::deserialize(NameRecorder(&mut token));
        token
    })
}

/// A deserializer that records the name of the newtype that is read from it.
struct NameRecorder<'a>(&'a mut &'static str);

impl<'de> Deserializer<'de> for NameRecorder<'_> {
    type Error = PlainError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, PlainError> {
        Err(serde::de::Error::custom("nothing to read"))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, PlainError> {
        *self.0 = name;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}
