//! Reads a parameter of a request, a text of one of many styles.
//!
//! What a text is depends on the type that reads it, as in forms: `3,4` is a list to one, and a text to another. Nested lists
//! and objects are JSON, as they are written.

use crate::codec::form;
use crate::codec::json::is_number;
use crate::codec::object::{AdditionalMember, Place};
use crate::codec::scalars::Received;
use crate::codec::value::replay;
use crate::codec::{CodecError, Decoder, Deviations, Fields, Items, Members, Target, Value, Visit};
use std::borrow::Cow;
use std::cell::Cell;

/// A part of a parameter: an item of its list, a member of its object.
pub(crate) type BoxArgument<'a> = Box<dyn Argument + 'a>;

/// The value of a parameter, which can be taken in several ways.
pub(crate) trait Argument {
    /// The value as texts; nearly always one, and more where the request repeats the parameter's name.
    ///
    /// # Errors
    /// A text is not UTF-8.
    fn texts(&self) -> Result<Vec<String>, CodecError>;

    /// The value as one text; `None` where it is several or none.
    ///
    /// # Errors
    /// It is not UTF-8.
    fn text(&self) -> Result<Option<Cow<'_, str>>, CodecError> {
        let mut texts = self.texts()?;
        Ok(texts.pop().filter(|_| texts.is_empty()).map(Cow::Owned))
    }

    /// The value as a list.
    ///
    /// # Errors
    /// It is none, or a text is not UTF-8.
    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError>;

    /// The value as an object.
    ///
    /// # Errors
    /// It is none, or a text is not UTF-8.
    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError>;

    /// The value for a type that takes any.
    ///
    /// # Errors
    /// A text is not UTF-8.
    fn untyped(&self) -> Result<Value, CodecError> {
        texts_as_value(self.texts()?)
    }

    /// True where there is a value only if the type that reads it has one of these members: an object whose members stand
    /// beside other parameters, none of which need belong to it.
    fn is_scattered(&self) -> bool {
        false
    }

    /// True where further members may stand beside those of the object.
    fn has_strangers(&self) -> bool {
        self.is_scattered()
    }

    /// Decodes the value into a target; false if there is none.
    ///
    /// # Errors
    /// The value is not what the target allows.
    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError>;
}

impl<A: Argument> Argument for &A {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        (**self).texts()
    }

    fn text(&self) -> Result<Option<Cow<'_, str>>, CodecError> {
        (**self).text()
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        (**self).items()
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        (**self).members()
    }

    fn untyped(&self) -> Result<Value, CodecError> {
        (**self).untyped()
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        (**self).decode(deviations, target)
    }
}

/// The value of texts without a known type: a text, or a list of several.
///
/// # Errors
/// There is none.
pub(crate) fn texts_as_value(mut texts: Vec<String>) -> Result<Value, CodecError> {
    match (texts.len(), texts.pop()) {
        (_, None) => Err(CodecError::new("a value", "none")),
        (1, Some(text)) => Ok(Value::Text(text)),
        (_, Some(last)) => {
            texts.push(last);
            Ok(Value::List(texts.into_iter().map(Value::Text).collect()))
        }
    }
}

/// A text that is no more than a text, or a JSON list or object: an item or a member.
pub(crate) struct Text(pub(crate) String);

impl Text {
    fn json(&self) -> Option<Value> {
        bare(&self.0).filter(|value| matches!(value, Value::List(_) | Value::Object(_)))
    }
}

impl Argument for Text {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        Ok(vec![self.0.clone()])
    }

    fn text(&self) -> Result<Option<Cow<'_, str>>, CodecError> {
        Ok(Some(self.0.as_str().into()))
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        Ok(vec![Box::new(Self(self.0.clone()))])
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        Err(CodecError::new("an object", crate::codec::error::describe::text(&self.0)))
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        let Some(value) = self.json() else {
            return decode(self, deviations, target);
        };
        // A text may begin with a bracket as well.
        let mut reader = TextOrJson { text: self, value, deviations };
        target.set(&mut reader).map(|()| true)
    }
}

/// A text that is a JSON list or object too; the type that reads it decides.
struct TextOrJson<'a> {
    text: &'a Text,
    value: Value,
    deviations: &'a Deviations,
}

/// A target that passes a list or object to a visitor.
struct Visited<'v>(&'v mut dyn Visit);

impl Target for Visited<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        decoder.visit(self.0)
    }
}

impl Decoder for TextOrJson<'_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        visitor.text(&self.text.0).or_else(|failure| {
            let mut target = Visited(visitor);
            let json = replay(&self.value, self.deviations, |replay| target.set(replay));
            json.map_err(|inner| if inner.path().is_empty() { failure } else { inner })
        })
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        target.set(self)
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        Ok(self.value.clone())
    }

    fn deviations(&self) -> &Deviations {
        self.deviations
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        replay(&self.value, self.deviations, |replay| replay.fields(fields))
    }

    fn list(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        replay(&self.value, self.deviations, |replay| replay.list(target))
    }
}

/// Decodes an argument: as its type asks for it, or if that fails, as JSON, and where any value is asked for, in each way that
/// the texts can be taken.
pub(crate) fn decode(
    argument: &dyn Argument,
    deviations: &Deviations,
    target: &mut dyn Target,
) -> Result<bool, CodecError> {
    let state = State::default();
    let mut reader = Reader { argument, deviations, state: &state };
    let Err(failure) = target.set(&mut reader) else {
        return Ok(!argument.is_scattered() || state.has_members.get());
    };
    if argument.is_scattered() && !state.has_members.get() {
        return Ok(false);
    }
    for value in candidates(argument, state.is_untyped.get()) {
        if replay(&value, deviations, |replay| target.set(replay)).is_ok() {
            return Ok(true);
        }
    }
    // A union cannot tell whether the members are its own.
    if argument.is_scattered() && state.is_untyped.get() {
        return Ok(false);
    }
    Err(failure)
}

/// The values as which an argument can be taken, the closest first.
fn candidates(argument: &dyn Argument, is_untyped: bool) -> Vec<Value> {
    let mut values = Vec::new();
    if let Ok([text]) = argument.texts().as_deref() {
        values.extend(bare(text));
    }
    if !is_untyped {
        return values;
    }
    for read in [text_value, bare_value] {
        if let Ok(items) = argument.items() {
            let items: Option<Vec<Value>> = items.iter().map(|item| read(&**item)).collect();
            values.extend(items.map(Value::List));
        }
        if let Ok(members) = argument.members() {
            let members = members.into_iter().map(|(name, member)| Some((name, read(&*member)?)));
            values.extend(members.collect::<Option<_>>().map(Value::Object));
        }
    }
    values
}

fn text_value(argument: &dyn Argument) -> Option<Value> {
    argument.untyped().ok()
}

/// The number, boolean, object or list that a text is in JSON, without blanks around it.
fn bare(text: &str) -> Option<Value> {
    (text.trim() == text).then(|| form::bare(text)).flatten()
}

fn bare_value(argument: &dyn Argument) -> Option<Value> {
    let plain = text_value(argument)?;
    let json = plain.as_str().and_then(bare);
    Some(json.unwrap_or(plain))
}

/// The course of a reading.
#[derive(Default)]
struct State {
    /// True once a member of an object was taken.
    has_members: Cell<bool>,
    /// True once any value was asked for.
    is_untyped: Cell<bool>,
}

struct Reader<'a> {
    argument: &'a dyn Argument,
    deviations: &'a Deviations,
    state: &'a State,
}

impl Decoder for Reader<'_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        if self.argument.is_scattered() {
            return visitor.object(&mut self.members()?);
        }
        let texts = self.argument.texts()?;
        let first = match texts.as_slice() {
            [text] => match visitor.text(text) {
                Ok(()) => return Ok(()),
                Err(failure) => failure,
            },
            [] => CodecError::new(visitor.expected(), "several values or members"),
            _ => CodecError::new(visitor.expected(), "several values"),
        };
        let list = match self.items() {
            Ok(mut items) => visitor.list(&mut items),
            Err(failure) => Err(failure),
        };
        let Err(list) = list else {
            return Ok(());
        };
        let object = match self.members() {
            Ok(mut members) => visitor.object(&mut members),
            Err(failure) => Err(failure),
        };
        let Err(object) = object else {
            return Ok(());
        };
        // One that a part of the value caused is of the way that the type asks for.
        let inner = [list, object].into_iter().find(|failure| !failure.path().is_empty());
        Err(inner.unwrap_or(first))
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        target.set(self)
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        self.state.is_untyped.set(true);
        if !self.argument.is_scattered() {
            return self.argument.untyped();
        }
        let members = self.argument.members()?;
        self.state.has_members.set(!members.is_empty());
        let members = members.into_iter().map(|(name, member)| Ok((name, member.untyped()?)));
        members.collect::<Result<_, CodecError>>().map(Value::Object)
    }

    fn deviations(&self) -> &Deviations {
        self.deviations
    }

    fn bool(&mut self) -> Result<bool, CodecError> {
        match self.single()?.as_deref() {
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            _ => self.received(),
        }
    }

    fn integer(&mut self) -> Result<i128, CodecError> {
        let plain = self.single()?.filter(|text| is_plain_integer(text));
        match plain.and_then(|text| text.parse().ok()) {
            Some(value) => Ok(value),
            None => self.received(),
        }
    }

    fn float(&mut self) -> Result<f64, CodecError> {
        let plain = self.single()?.filter(|text| is_number(text));
        match plain.and_then(|text| text.parse().ok()).filter(|value: &f64| value.is_finite()) {
            Some(value) => Ok(value),
            None => self.received(),
        }
    }

    fn string(&mut self) -> Result<String, CodecError> {
        match self.single()? {
            Some(text) => Ok(text.into_owned()),
            None => self.received(),
        }
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        let mut members = self.members()?;
        let is_foreign = self.argument.has_strangers() && !members.members.as_slice().is_empty();
        if is_foreign && !members.have_one_of(fields) {
            return Err(CodecError::new("an object", "none of its members"));
        }
        members.fill(fields)
    }

    fn list(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        if self.argument.is_scattered() {
            return Err(CodecError::new("a list", "an object"));
        }
        self.items()?.fill(target)
    }
}

/// True for an integer of any type, in the form that JSON has for it.
fn is_plain_integer(text: &str) -> bool {
    text.len() < 18 && is_number(text) && !text.contains(['.', 'e', 'E'])
}

impl<'a> Reader<'a> {
    /// The single text of a value: nearly every parameter is a text, a number or a boolean, which need no more than this.
    fn single(&self) -> Result<Option<Cow<'a, str>>, CodecError> {
        if self.argument.is_scattered() {
            return Ok(None);
        }
        self.argument.text()
    }

    /// The value in whatever way it can be taken.
    fn received<T>(&mut self) -> Result<T, CodecError>
    where
        Received<T>: Visit,
    {
        let mut received = Received(None);
        self.visit(&mut received)?;
        received.value()
    }

    fn items(&self) -> Result<ReaderItems<'a>, CodecError> {
        let items = self.argument.items()?.into_iter();
        Ok(ReaderItems { items, deviations: self.deviations })
    }

    fn members(&self) -> Result<ReaderMembers<'a>, CodecError> {
        let members = self.argument.members()?.into_iter();
        let next = None;
        let has_strangers = self.argument.has_strangers();
        Ok(ReaderMembers {
            members,
            next,
            has_strangers,
            deviations: self.deviations,
            state: self.state,
        })
    }
}

struct ReaderItems<'a> {
    items: std::vec::IntoIter<BoxArgument<'a>>,
    deviations: &'a Deviations,
}

impl Items for ReaderItems<'_> {
    fn next(&mut self, target: &mut dyn Target) -> Result<bool, CodecError> {
        match self.items.next() {
            Some(item) => item.decode(self.deviations, target).map(|_| true),
            None => Ok(false),
        }
    }

    fn hint(&self) -> usize {
        self.items.len()
    }
}

struct ReaderMembers<'a> {
    members: std::vec::IntoIter<(String, BoxArgument<'a>)>,
    /// The member whose name was passed.
    next: Option<BoxArgument<'a>>,
    has_strangers: bool,
    deviations: &'a Deviations,
    state: &'a State,
}

impl ReaderMembers<'_> {
    /// True if one of the members is one of the type that is read.
    fn have_one_of(&self, fields: &mut Fields<'_, '_>) -> bool {
        let mut names = self.members.as_slice().iter().map(|(name, _)| name);
        names.any(|name| fields.keeps_others() || fields.find(name).is_some())
    }
}

impl Members for ReaderMembers<'_> {
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError> {
        let Some((name, member)) = self.members.next() else {
            return Ok(false);
        };
        self.state.has_members.set(true);
        take(&name);
        self.next = Some(member);
        Ok(true)
    }

    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        match self.next.take() {
            Some(member) => member.decode(self.deviations, target).map(drop),
            None => Err(CodecError::new("a member", "the end of the object")),
        }
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        for (name, member) in self.members.by_ref() {
            let field = fields.find(&name);
            let outcome = match fields.place(field) {
                Place::Field(_, mut target) => {
                    self.state.has_members.set(true);
                    member.decode(self.deviations, &mut target)
                }
                Place::Additional(rest) => {
                    self.state.has_members.set(true);
                    member.decode(self.deviations, &mut AdditionalMember { name: &name, rest })
                }
                Place::Refused if !self.has_strangers => {
                    Err(CodecError::new("no member of this name", "a value"))
                }
                Place::Skipped | Place::Refused => Ok(true),
            };
            outcome.map_err(|failure| failure.in_member(&name))?;
        }
        Ok(())
    }
}
