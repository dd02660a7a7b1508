//! Unions with a discriminator.

use crate::codec::error::describe;
use crate::codec::union::find::skip_members;
use crate::codec::union::trial::read_by_trial;
use crate::codec::union::visited::{Any, ReadAhead, Visited, VisitedValue};
use crate::codec::union::{Destination, Table};
use crate::codec::value::{replay, Replay};
use crate::codec::{
    CodecError, Decoder, Deviations, Fields, Members, Number, Target, Value, Visit,
};

/// Reads a union by its discriminator: the member `name` is read first, then its branch reads the whole object, that
/// member included.
pub(super) struct Tagged<'a> {
    pub(super) name: &'static str,
    /// `true` if all branches have it as a member.
    pub(super) declared: bool,
    pub(super) union: &'a Table,
    pub(super) destination: &'a mut dyn Destination,
    pub(super) deviations: Deviations,
}

impl Tagged<'_> {
    /// Reads a buffered object.
    pub(super) fn read_buffered(&mut self, mut replay: Replay<'_>) -> Result<(), CodecError> {
        let Some(tag) = replay.value().get(self.name) else {
            return Err(CodecError::missing(self.name));
        };
        match self.read_by_tag(tag, &mut replay) {
            Err(failure) if self.deviations.is_lenient() => {
                self.keep_unread(replay.value(), failure)
            }
            result => result,
        }
    }

    /// Keeps a value that contradicts its tag, as one of an unknown branch, if the union has room for those. A failure that
    /// exceeded the limit of deviations exceeds it again.
    fn keep_unread(&mut self, object: &Value, failure: CodecError) -> Result<(), CodecError> {
        self.deviations.accept(failure.clone())?;
        if self.destination.unlisted(object.clone()) {
            Ok(())
        } else {
            Err(failure)
        }
    }

    fn read_by_tag(&mut self, tag: &Value, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        match tag {
            Value::Text(tag) => self.read_branch(tag, decoder),
            Value::Bool(_) | Value::Number(_) => self.read_branch(&tag.to_string(), decoder),
            Value::Null | Value::List(_) | Value::Object(_) => {
                Err(CodecError::new("a text", tag.describe()).in_member(self.name))
            }
        }
    }

    fn read_branch(&mut self, tag: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        let mut branches = self.union.with_text(tag);
        let name = self.name;
        match (branches.next(), branches.next()) {
            (None, _) => self.read_unlisted(tag, decoder),
            (Some(only), None) if self.declared => self.destination.branch(only, decoder),
            (Some(only), None) => self.destination.branch(only, &mut WithTag { name, decoder }),
            (Some(_), Some(_)) => self.try_several(tag, decoder),
        }
    }

    /// Reads a value by one of the branches that have this tag.
    fn try_several(&mut self, tag: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        let branches: Vec<_> = self.union.with_text(tag).collect();
        match decoder.buffered() {
            Some(replay) => read_by_trial(replay, self.union, &branches, self.destination),
            None => replay(&decoder.any()?, &self.deviations, |replay| {
                read_by_trial(*replay, self.union, &branches, self.destination)
            }),
        }
    }

    /// Keeps a value of a branch that the document does not list, unless the client decodes strictly.
    fn read_unlisted(&mut self, tag: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        let unlisted = || CodecError::new("a branch that the document lists", describe::text(tag));
        self.deviations.accept(unlisted())?;
        if self.destination.unlisted(decoder.any()?) {
            Ok(())
        } else {
            Err(unlisted())
        }
    }
}

impl Visit for Tagged<'_> {
    fn expected(&self) -> &'static str {
        "an object"
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), CodecError> {
        let (mut is_tag, mut other) = (false, String::new());
        let is_there = members.next_name(&mut |name| {
            is_tag = name == self.name;
            if !is_tag {
                name.clone_into(&mut other);
            }
        })?;
        if !is_there {
            return Err(CodecError::missing(self.name));
        }
        let first = if is_tag { self.name } else { &other };
        let mut value = Value::Null;
        let result = if is_tag {
            members.value(&mut Tag(&mut value))
        } else {
            members.value(&mut Any(&mut value))
        };
        result.map_err(|failure| failure.in_member(first))?;
        let deviations = self.deviations.clone();
        let mut object = ReadAhead::new((first, &value), members, &deviations);
        let mut decoder =
            Visited { value: VisitedValue::Object(&mut object), deviations: deviations.clone() };
        if is_tag && !deviations.is_lenient() {
            self.read_by_tag(&value, &mut decoder)?;
            return skip_members(&mut object);
        }
        replay(&decoder.any()?, &deviations, |replay| self.read_buffered(*replay))
    }
}

/// A target that accepts a tag: a text, number or boolean.
struct Tag<'a>(&'a mut Value);

impl Tag<'_> {
    fn keep(&mut self, value: Value) -> Result<(), CodecError> {
        *self.0 = value;
        Ok(())
    }
}

impl Target for Tag<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        decoder.visit(self)
    }
}

impl Visit for Tag<'_> {
    fn expected(&self) -> &'static str {
        "a text"
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.keep(value.into())
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.keep(value.into())
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.keep(value.into())
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        self.keep(value.into())
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        self.keep(Value::Number(Number::from_checked(text)))
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.keep(value.into())
    }
}

/// An object whose branch ignores the discriminator even if it is closed to further members.
struct WithTag<'a> {
    name: &'static str,
    decoder: &'a mut dyn Decoder,
}

impl Decoder for WithTag<'_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        self.decoder.visit(visitor)
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.decoder.optional(target)
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        self.decoder.any()
    }

    fn deviations(&self) -> &Deviations {
        self.decoder.deviations()
    }

    fn buffered(&self) -> Option<Replay<'_>> {
        self.decoder.buffered()
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        fields.ignore(self.name);
        self.decoder.fields(fields)
    }
}
