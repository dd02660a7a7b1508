//! Reads `application/x-www-form-urlencoded` (WHATWG URL, section 5.1): an object whose members are texts.
//!
//! What a text is depends on the type that reads it: `3` is an integer to one and a text to another. A name that comes
//! several times is a list, and what is JSON is read as such where no text is asked for, as complex values are written
//! (OpenAPI 3.0, section 4.7.14.2).

use crate::codec::object::{unknown_member, AdditionalMember, Place};
use crate::codec::value::replay;
use crate::codec::{
    from_json, CodecError, Decoder, Deviations, Fields, Items, Map, Members, Target, Value, Visit,
};
use crate::percent;

/// Decodes a form into a target.
///
/// # Errors
/// A member is not of its type, or one that is required is not there.
pub(crate) fn read_form(
    body: &[u8],
    deviations: &Deviations,
    target: &mut dyn Target,
) -> Result<(), CodecError> {
    let mut members = Map::<Vec<String>>::new();
    for (name, value) in percent::form_pairs_of(body) {
        members.entry(name).or_default().push(value);
    }
    target.set(&mut Form { members, deviations })
}

/// The members of a form by their names, each with its texts.
struct Form<'f> {
    members: Map<Vec<String>>,
    deviations: &'f Deviations,
}

impl Decoder for Form<'_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        let mut members =
            FormMembers { members: &self.members, deviations: self.deviations, next: 0 };
        visitor.object(&mut members)
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        target.set(self)
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        let members = self.members.iter();
        let members = members.map(|(name, texts)| (name.clone(), untyped(texts)));
        Ok(Value::Object(members.collect()))
    }

    fn deviations(&self) -> &Deviations {
        self.deviations
    }
}

struct FormMembers<'f> {
    members: &'f Map<Vec<String>>,
    deviations: &'f Deviations,
    /// The index of the member that comes next.
    next: usize,
}

impl<'f> FormMembers<'f> {
    fn take(&mut self) -> Option<(&'f str, Texts<'f>)> {
        let (name, texts) = self.members.get_index(self.next)?;
        self.next += 1;
        let texts = Texts { texts, deviations: self.deviations };
        Some((name, texts))
    }
}

impl Members for FormMembers<'_> {
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError> {
        let name = self.members.get_index(self.next);
        Ok(name.map(|(name, _)| take(name)).is_some())
    }

    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        match self.take() {
            Some((_, texts)) => give(texts, target),
            None => Err(CodecError::new("a member", "the end of the form")),
        }
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        while let Some((name, texts)) = self.take() {
            let field = fields.find(name);
            match fields.place(field) {
                Place::Field(_, mut target) => give(texts, &mut target),
                Place::Additional(rest) => give(texts, &mut AdditionalMember { name, rest }),
                Place::Skipped => Ok(()),
                Place::Refused => {
                    self.deviations.accept_if_lenient(unknown_member(name))?;
                    continue;
                }
            }
            .map_err(|failure| failure.in_member(name))?;
        }
        Ok(())
    }
}

/// The texts that came under one name.
#[derive(Clone, Copy)]
struct Texts<'f> {
    texts: &'f [String],
    deviations: &'f Deviations,
}

/// The value of texts without a known type.
fn untyped(texts: &[String]) -> Value {
    match texts {
        [text] => Value::from(text.as_str()),
        texts => texts.iter().map(String::as_str).collect(),
    }
}

/// The number, boolean, object or list that a text is in JSON.
pub(super) fn bare(text: &str) -> Option<Value> {
    let value: Value = from_json(text.as_bytes()).ok()?;
    match value {
        Value::Null | Value::Text(_) => None,
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => Some(value),
    }
}

impl<'f> Texts<'f> {
    fn items(&self) -> TextItems<'f> {
        TextItems(*self)
    }

    fn bare(&self) -> Option<Value> {
        let [text] = self.texts else { return None };
        bare(text)
    }
}

impl Decoder for Texts<'_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        match self.texts {
            // A list may have one item.
            [text] => visitor
                .text(text)
                .or_else(|failure| visitor.list(&mut self.items()).map_err(|_| failure)),
            _ => visitor.list(&mut self.items()),
        }
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        target.set(self)
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        Ok(untyped(self.texts))
    }

    fn deviations(&self) -> &Deviations {
        self.deviations
    }

    fn list(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.items().fill(target)
    }
}

/// Decodes texts into a target: as texts, or if it accepts none, a single one as JSON.
fn give(mut texts: Texts<'_>, target: &mut dyn Target) -> Result<(), CodecError> {
    let Err(failure) = target.set(&mut texts) else {
        return Ok(());
    };
    match texts.bare() {
        Some(value) => replay(&value, texts.deviations, |replay| target.set(replay)),
        None => Err(failure),
    }
}

struct TextItems<'f>(Texts<'f>);

impl Items for TextItems<'_> {
    fn next(&mut self, target: &mut dyn Target) -> Result<bool, CodecError> {
        let Some((first, rest)) = self.0.texts.split_first() else {
            return Ok(false);
        };
        self.0.texts = rest;
        let item = Texts { texts: std::slice::from_ref(first), ..self.0 };
        give(item, target)?;
        Ok(true)
    }

    fn hint(&self) -> usize {
        self.0.texts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Decode, Encode, Number};

    /// The JSON of a form that is read as this type.
    fn read<T: Decode + Encode>(body: &str) -> String {
        let mut value: Option<T> = None;
        match read_form(body.as_bytes(), &Deviations::default(), &mut value)
            .map(|()| value.unwrap())
        {
            Ok(value) => String::from_utf8(crate::codec::to_json(&value).unwrap()).unwrap(),
            Err(failure) => failure.to_string(),
        }
    }

    #[test]
    fn a_text_is_what_its_type_reads() {
        assert_eq!(read::<Map<String>>("a=1&b=x+y%26"), r#"{"a":"1","b":"x y&"}"#);
        assert_eq!(read::<Map<i64>>("a=1&b=-2"), r#"{"a":1,"b":-2}"#);
        assert_eq!(read::<Map<f64>>("a=1.5&b=2"), r#"{"a":1.5,"b":2}"#);
        assert_eq!(read::<Map<bool>>("a=true&b=false"), r#"{"a":true,"b":false}"#);
        assert_eq!(read::<Map<Number>>("a=1.50"), r#"{"a":1.50}"#);
        assert_eq!(read::<Value>("a=1&b=x&b=y&c"), r#"{"a":"1","b":["x","y"],"c":""}"#);
        assert_eq!(read::<Map<String>>(""), "{}");
    }

    #[test]
    fn lists_repeat_their_name_and_complex_values_are_json() {
        assert_eq!(read::<Map<Vec<i64>>>("a=1&b=2&a=3"), r#"{"a":[1,3],"b":[2]}"#);
        assert_eq!(read::<Map<Map<i64>>>("a=%7B%22x%22%3A1%7D"), r#"{"a":{"x":1}}"#);
        assert_eq!(read::<Map<Vec<Map<i64>>>>("a=%7B%22x%22%3A1%7D"), r#"{"a":[{"x":1}]}"#);
        assert_eq!(read::<Map<String>>("a=%7B"), r#"{"a":"{"}"#);
    }

    #[test]
    fn what_is_not_of_its_type_is_told_with_its_place() {
        assert_eq!(read::<Map<i64>>("a=x"), "a: expected an integer, found the text \"x\"");
        assert_eq!(
            read::<Map<u8>>("a=300"),
            "a: expected a non-negative integer of 8 bits, found the number 300"
        );
        assert_eq!(read::<Map<i64>>("a=1&a=2"), "a: expected an integer, found a list");
        assert_eq!(read::<Map<Map<i64>>>("a=%7B"), "a: expected an object, found the text \"{\"");
        assert_eq!(read::<Vec<i64>>("a=1"), "expected a list, found an object");
    }
}
