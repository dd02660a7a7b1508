//! Decoders of values that a visitor has received, which a union passes to a branch without buffering them.

use crate::codec::value::{offer, replay};
use crate::codec::{
    CodecError, Decoder, Deviations, Fields, Items, Map, Members, Number, Target, Value, Visit,
};

/// The decoder of a value that a visitor has received.
pub(super) struct Visited<'a> {
    pub(super) value: VisitedValue<'a>,
    pub(super) deviations: Deviations,
}

/// A value that a visitor has received.
pub(super) enum VisitedValue<'a> {
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
        match &mut self.value {
            VisitedValue::Null => visitor.null(),
            VisitedValue::Bool(value) => visitor.bool(*value),
            VisitedValue::I64(value) => visitor.i64(*value),
            VisitedValue::U64(value) => visitor.u64(*value),
            VisitedValue::F64(value) => visitor.f64(*value),
            VisitedValue::Number(text) => visitor.number(text),
            VisitedValue::Text(value) => visitor.text(value),
            VisitedValue::List(items) => visitor.list(*items),
            VisitedValue::Object(members) => visitor.object(*members),
        }
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        match &mut self.value {
            VisitedValue::Null => target.null(&self.deviations),
            VisitedValue::Bool(_)
            | VisitedValue::I64(_)
            | VisitedValue::U64(_)
            | VisitedValue::F64(_)
            | VisitedValue::Number(_)
            | VisitedValue::Text(_)
            | VisitedValue::List(_)
            | VisitedValue::Object(_) => target.set(self),
        }
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        Ok(match &mut self.value {
            VisitedValue::Null => Value::Null,
            VisitedValue::Bool(value) => Value::Bool(*value),
            VisitedValue::I64(value) => Value::from(*value),
            VisitedValue::U64(value) => Value::from(*value),
            VisitedValue::F64(value) => Number::from_f64(*value)
                .map(Value::Number)
                .ok_or_else(|| CodecError::new("a finite number", value.to_string()))?,
            VisitedValue::Number(text) => Value::Number(Number::from_checked(text)),
            VisitedValue::Text(value) => Value::from(*value),
            VisitedValue::List(items) => any_list(*items)?,
            VisitedValue::Object(members) => any_object(*members)?,
        })
    }

    fn deviations(&self) -> &Deviations {
        &self.deviations
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
    while members.next_name(&mut |next| next.clone_into(&mut name))? {
        let mut value = Value::Null;
        members.value(&mut Any(&mut value))?;
        object.insert(std::mem::take(&mut name), value);
    }
    Ok(Value::Object(object))
}

/// A target that accepts any value.
pub(super) struct Any<'a>(pub(super) &'a mut Value);

impl Target for Any<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self.0 = decoder.any()?;
        Ok(())
    }
}

/// An object whose first member has been read already, with that member in front again.
pub(super) struct ReadAhead<'a> {
    first: Option<(&'a str, &'a Value)>,
    members: &'a mut dyn Members,
    deviations: &'a Deviations,
}

impl<'a> ReadAhead<'a> {
    pub(super) fn new(
        first: (&'a str, &'a Value),
        members: &'a mut dyn Members,
        deviations: &'a Deviations,
    ) -> Self {
        Self { first: Some(first), members, deviations }
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
            Some((_, value)) => replay(value, self.deviations, |replay| target.set(replay)),
            None => self.members.value(target),
        }
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        if let Some((name, value)) = self.first.take() {
            replay(value, self.deviations, |replay| offer(fields, name, replay))?;
        }
        self.members.fill(fields)
    }
}
