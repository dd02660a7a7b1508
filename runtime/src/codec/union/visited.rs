//! Values that a visitor has already been given, as sources once more: how a union hands one on without buffering it.

use crate::codec::value::{offer, replay};
use crate::codec::{
    CodecError, Decoder, Fields, Items, Map, Members, Number, Target, Value, Visit,
};

/// A value that has been given.
pub(super) enum Visited<'a> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    /// A number by its text.
    Number(&'a str),
    Text(&'a str),
    List(&'a mut dyn Items),
    Object(&'a mut dyn Members),
}

impl Decoder for Visited<'_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        match self {
            Self::Null => visitor.null(),
            Self::Bool(value) => visitor.bool(*value),
            Self::I64(value) => visitor.i64(*value),
            Self::U64(value) => visitor.u64(*value),
            Self::F64(value) => visitor.f64(*value),
            Self::Number(text) => visitor.number(text),
            Self::Text(value) => visitor.text(value),
            Self::List(items) => visitor.list(*items),
            Self::Object(members) => visitor.object(*members),
        }
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        match self {
            Self::Null => target.null(),
            Self::Bool(_)
            | Self::I64(_)
            | Self::U64(_)
            | Self::F64(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::List(_)
            | Self::Object(_) => target.set(self),
        }
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        Ok(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::I64(value) => Value::from(*value),
            Self::U64(value) => Value::from(*value),
            Self::F64(value) => Number::from_f64(*value)
                .map(Value::Number)
                .ok_or_else(|| CodecError::new("a finite number", value.to_string()))?,
            Self::Number(text) => Value::Number(Number::from_checked(text)),
            Self::Text(value) => Value::from(*value),
            Self::List(items) => any_list(*items)?,
            Self::Object(members) => any_object(*members)?,
        })
    }
}

fn any_list(items: &mut dyn Items) -> Result<Value, CodecError> {
    let mut list = Vec::new();
    let mut item = Value::Null;
    while items.next(&mut Any(&mut item))? {
        list.push(std::mem::take(&mut item));
    }
    Ok(Value::List(list))
}

fn any_object(members: &mut dyn Members) -> Result<Value, CodecError> {
    let mut object = Map::new();
    let mut name = String::new();
    while members.next_name(&mut |given| given.clone_into(&mut name))? {
        let mut value = Value::Null;
        members.value(&mut Any(&mut value))?;
        object.insert(std::mem::take(&mut name), value);
    }
    Ok(Value::Object(object))
}

/// Takes any value.
pub(super) struct Any<'a>(pub(super) &'a mut Value);

impl Target for Any<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self.0 = decoder.any()?;
        Ok(())
    }
}

/// An object whose first member has been read already, with that member again.
pub(super) struct ReadAhead<'a> {
    first: Option<(&'a str, &'a Value)>,
    members: &'a mut dyn Members,
}

impl<'a> ReadAhead<'a> {
    pub(super) fn new(first: (&'a str, &'a Value), members: &'a mut dyn Members) -> Self {
        Self {
            first: Some(first),
            members,
        }
    }
}

impl Members for ReadAhead<'_> {
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError> {
        match self.first {
            Some((name, _)) => {
                take(name);
                Ok(true)
            }
            None => self.members.next_name(take),
        }
    }

    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        match self.first.take() {
            Some((_, value)) => replay(value, |replay| target.set(replay)),
            None => self.members.value(target),
        }
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        if let Some((name, value)) = self.first.take() {
            replay(value, |replay| offer(fields, name, replay))?;
        }
        self.members.fill(fields)
    }
}
