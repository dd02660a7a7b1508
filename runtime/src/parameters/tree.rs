//! A written value as a tree, which the styles of parameters and forms are written from.

use crate::codec::{CodecError, Encode, Encoder, Entries, List, Map, Member, Number, Value};

/// The value as a tree; `None` where it is absent.
pub(crate) fn tree(value: &dyn Encode) -> Result<Option<Value>, CodecError> {
    if value.is_absent() {
        return Ok(None);
    }
    let mut tree = Tree(Value::Null);
    value.encode(&mut tree)?;
    Ok(Some(tree.0))
}

struct Tree(Value);

impl Tree {
    fn set(&mut self, value: Value) -> Result<(), CodecError> {
        self.0 = value;
        Ok(())
    }
}

fn insert(members: &mut Map<Value>, name: &str, value: &dyn Encode) -> Result<(), CodecError> {
    if let Some(value) = tree(value).map_err(|failure| failure.in_member(name))? {
        members.insert(name.to_owned(), value);
    }
    Ok(())
}

impl Encoder for Tree {
    fn null(&mut self) -> Result<(), CodecError> {
        self.set(Value::Null)
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.set(Value::Bool(value))
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.set(Value::Number(value.into()))
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.set(Value::Number(value.into()))
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        let number = Number::from_f64(value);
        let number = number.ok_or_else(|| CodecError::new("a finite number", value.to_string()))?;
        self.set(Value::Number(number))
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        self.set(Value::Number(text.parse()?))
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.set(Value::Text(value.to_owned()))
    }

    fn list(&mut self, items: &dyn List) -> Result<(), CodecError> {
        let mut list = Vec::with_capacity(items.count());
        for index in 0..items.count() {
            let Some(item) = items.item(index) else {
                continue;
            };
            let item = tree(item).map_err(|failure| failure.at_index(index))?;
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
        for (name, value) in members {
            insert(&mut object, name, *value)?;
        }
        for (name, value) in (0..rest.count()).filter_map(|index| rest.entry(index)) {
            insert(&mut object, name, value)?;
        }
        self.set(Value::Object(object))
    }
}
