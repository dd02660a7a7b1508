//! The value that a type writes, as any JSON.

use crate::codec::value::{Map, Number, Value};
use crate::codec::{CodecError, Encode, Encoder, Entries, List, Member};

/// Returns what the value is on the wire; `None` where it is absent.
pub(crate) fn to_value(value: &dyn Encode) -> Result<Option<Value>, CodecError> {
    if value.is_absent() {
        return Ok(None);
    }
    let mut tree = Tree(Value::Null);
    value.encode(&mut tree)?;
    Ok(Some(tree.0))
}

struct Tree(Value);

impl Tree {
    fn set(&mut self, value: impl Into<Value>) -> Result<(), CodecError> {
        self.0 = value.into();
        Ok(())
    }
}

impl Encoder for Tree {
    fn null(&mut self) -> Result<(), CodecError> {
        self.set(Value::Null)
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.set(value)
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.set(value)
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.set(value)
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        let number = Number::from_f64(value);
        let number = number.ok_or_else(|| CodecError::new("a finite number", value.to_string()))?;
        self.set(number)
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        self.set(text.parse::<Number>()?)
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.set(value)
    }

    fn list(&mut self, items: &dyn List) -> Result<(), CodecError> {
        let mut list = Vec::with_capacity(items.count());
        for (index, item) in (0..items.count()).filter_map(|at| Some((at, items.item(at)?))) {
            let item = to_value(item).map_err(|failure| failure.at_index(index))?;
            list.push(item.unwrap_or_default());
        }
        self.set(Value::List(list))
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        let mut object = Map::new();
        let fields = members.iter().map(|(name, value)| (*name, *value as &dyn Encode));
        let entries = (0..rest.count()).filter_map(|at| rest.entry(at));
        for (name, value) in fields.chain(entries) {
            let value = to_value(value).map_err(|failure| failure.in_member(name))?;
            if let Some(value) = value {
                object.insert(name.to_owned(), value);
            }
        }
        self.set(object)
    }
}
