use super::cursor::{fault, Cursor};
use super::number::Numeral;
use crate::codec::{CodecError, Map, Number, Value};

impl Cursor<'_> {
    /// Reads a value of any type, which keeps the text of its numbers.
    pub(super) fn value(&mut self) -> Result<Value, CodecError> {
        match self.first_of_value()? {
            b'-' | b'0'..=b'9' => self.number().map(Value::Number),
            _ => self.inner_value(),
        }
    }

    /// Reads a value that may stand within another; its numbers are those that an `f64` can hold.
    fn inner_value(&mut self) -> Result<Value, CodecError> {
        Ok(match self.first_of_value()? {
            b'"' => Value::Text(self.string()?.to_owned()),
            b'-' | b'0'..=b'9' => {
                let number = self.number()?;
                if !number.as_f64().is_finite() {
                    return Err(self.fault_behind(fault::RANGE));
                }
                Value::Number(number)
            }
            b't' => self.word("true").map(|()| Value::Bool(true))?,
            b'f' => self.word("false").map(|()| Value::Bool(false))?,
            b'n' => self.word("null").map(|()| Value::Null)?,
            b'[' => self.items()?,
            b'{' => self.members()?,
            _ => return Err(self.fault(fault::NO_VALUE)),
        })
    }

    fn items(&mut self) -> Result<Value, CodecError> {
        self.enter()?;
        let mut items = Vec::new();
        while self.next_item(items.is_empty())? {
            items.push(self.inner_value()?);
        }
        Ok(Value::List(items))
    }

    fn members(&mut self) -> Result<Value, CodecError> {
        self.enter()?;
        let mut members = Map::new();
        let mut is_first = true;
        while let Some(name) = self.next_member(is_first)? {
            is_first = false;
            let value = self.inner_value()?;
            members.insert(name.into_owned(), value);
        }
        Ok(Value::Object(members))
    }

    fn number(&mut self) -> Result<Number, CodecError> {
        Ok(match self.numeral()? {
            Numeral::Unsigned(value) => value.into(),
            Numeral::Negative(value) => value.into(),
            Numeral::Other(text) => Number::from_checked(text),
        })
    }
}
