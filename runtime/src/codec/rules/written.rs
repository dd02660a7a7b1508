//! A value as it is written, kept as any JSON.

use crate::codec::value::Number;
use crate::codec::{CodecError, Encode, Encoder, Entries, List, Map, Member, Value};

/// What the value is on the wire.
pub(super) fn value(value: &dyn Encode) -> Result<Value, CodecError> {
    let mut kept = Kept(Value::Null);
    value.encode(&mut kept)?;
    Ok(kept.0)
}

struct Kept(Value);

impl Kept {
    fn keep(&mut self, value: impl Into<Value>) -> Result<(), CodecError> {
        self.0 = value.into();
        Ok(())
    }
}

impl Encoder for Kept {
    fn null(&mut self) -> Result<(), CodecError> {
        self.keep(Value::Null)
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.keep(value)
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.keep(value)
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.keep(value)
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        let number = Number::from_f64(value);
        let number = number.ok_or_else(|| CodecError::new("a finite number", value.to_string()))?;
        self.keep(Value::Number(number))
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        self.keep(Value::Number(text.parse()?))
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.keep(value)
    }

    fn list(&mut self, items: &dyn List) -> Result<(), CodecError> {
        let mut list = Vec::with_capacity(items.count());
        for (index, item) in (0..items.count()).filter_map(|at| Some((at, items.item(at)?))) {
            list.push(value(item).map_err(|failure| failure.at_index(index))?);
        }
        self.keep(Value::List(list))
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        let mut object = Map::new();
        let fields = members.iter().filter(|(_, value)| !value.is_absent());
        let fields = fields.map(|(name, value)| (*name, *value as &dyn Encode));
        let extra = (0..rest.count()).filter_map(|at| rest.entry(at));
        for (name, member) in fields.chain(extra) {
            let member = value(member).map_err(|failure| failure.in_member(name))?;
            object.insert(name.to_owned(), member);
        }
        self.keep(Value::Object(object))
    }
}
