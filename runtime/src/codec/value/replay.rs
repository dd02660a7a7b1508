use std::cell::Cell;
use std::cmp::Reverse;

use super::session::Session;
use super::{Map, Value};
use crate::codec::drift;
use crate::codec::object::{refused, Place};
use crate::codec::{CodecError, Decoder, Fields, Items, Members, Target, Visit};

/// Counts how much of a value a reader knew, to compare readers.
pub(crate) struct Tally<'s> {
    known: Cell<usize>,
    unknown: Cell<usize>,
    departed: Cell<usize>,
    session: &'s Session<'s>,
}

impl<'s> Tally<'s> {
    pub(crate) fn new(session: &'s Session<'s>) -> Self {
        Self {
            known: Cell::new(0),
            unknown: Cell::new(0),
            departed: Cell::new(0),
            session,
        }
    }

    fn count(counter: &Cell<usize>) {
        counter.set(counter.get().saturating_add(1));
    }

    /// How well the reader knew the value.
    pub(crate) fn score(&self) -> Score {
        Score {
            known: self.known.get(),
            unknown: Reverse(self.unknown.get()),
            departed: Reverse(self.departed.get()),
        }
    }

    /// Counts what another reader knew of the same value.
    pub(crate) fn add(&self, known: usize, unknown: usize) {
        self.known.set(self.known.get().saturating_add(known));
        self.unknown.set(self.unknown.get().saturating_add(unknown));
    }

    /// Notes so many departures from what the reader expects.
    pub(crate) fn depart(&self, count: usize) {
        self.departed.set(count);
    }
}

/// How well a reader knew a value, more is better: the most known members count first, then the fewest passed over, then
/// the fewest values that the reader did not expect.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Score {
    known: usize,
    unknown: Reverse<usize>,
    departed: Reverse<usize>,
}

impl Score {
    /// How many members are known, and how many were passed over.
    pub(crate) fn members(self) -> (usize, usize) {
        (self.known, self.unknown.0)
    }
}

/// A buffered value as a decoder.
#[derive(Clone, Copy)]
pub struct Replay<'v> {
    value: &'v Value,
    tally: &'v Tally<'v>,
}

/// Reads a value that is kept, on its own.
pub(crate) fn replay<R>(value: &Value, read: impl FnOnce(&mut Replay<'_>) -> R) -> R {
    let session = Session::new(value);
    read(&mut Replay::new(value, &Tally::new(&session)))
}

impl<'v> Replay<'v> {
    pub(crate) fn new(value: &'v Value, tally: &'v Tally<'v>) -> Self {
        Self { value, tally }
    }

    pub(crate) fn value(&self) -> &'v Value {
        self.value
    }

    pub(crate) fn tally(&self) -> &'v Tally<'v> {
        self.tally
    }

    /// What all readers of the whole value share, of which this one may be a part.
    pub(crate) fn session(&self) -> &'v Session<'v> {
        self.tally.session
    }
}

impl Decoder for Replay<'_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        let tally = self.tally;
        tally.session.step(1);
        match self.value {
            Value::Null => visitor.null(),
            Value::Bool(value) => visitor.bool(*value),
            Value::Number(number) => number.visit(visitor),
            Value::Text(text) => visitor.text(text),
            Value::List(items) => visitor.list(&mut ListReplay { items, tally }),
            Value::Object(members) => visitor.object(&mut ObjectReplay {
                members,
                next: 0,
                tally,
            }),
        }
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        if self.value.is_null() {
            target.null()
        } else {
            target.set(self)
        }
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        self.session().step(self.value.count());
        Ok(self.value.clone())
    }

    fn buffered(&self) -> Option<Replay<'_>> {
        Some(*self)
    }
}

struct ListReplay<'v> {
    items: &'v [Value],
    tally: &'v Tally<'v>,
}

impl Items for ListReplay<'_> {
    fn next(&mut self, target: &mut dyn Target) -> Result<bool, CodecError> {
        let Some((first, rest)) = self.items.split_first() else {
            return Ok(false);
        };
        self.items = rest;
        target.set(&mut Replay::new(first, self.tally))?;
        Ok(true)
    }

    fn hint(&self) -> usize {
        self.items.len()
    }
}

struct ObjectReplay<'v> {
    members: &'v Map<Value>,
    /// The index of the member that comes next.
    next: usize,
    tally: &'v Tally<'v>,
}

impl<'v> ObjectReplay<'v> {
    fn take(&mut self) -> Option<(&'v str, Replay<'v>)> {
        let (name, value) = self.members.get_index(self.next)?;
        self.next += 1;
        Some((name, Replay::new(value, self.tally)))
    }
}

impl Members for ObjectReplay<'_> {
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError> {
        match self.members.get_index(self.next) {
            Some((name, _)) => {
                take(name);
                Ok(true)
            }
            None => Ok(false),
        }
    }

    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        match self.take() {
            Some((_, mut replay)) => target.set(&mut replay),
            None => Err(CodecError::new("a member", "the end of the object")),
        }
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        while let Some((name, mut replay)) = self.take() {
            offer(fields, name, &mut replay)?;
        }
        Ok(())
    }
}

/// Gives one member to its field, and counts whether it is one; a member that is kept is neither known nor passed over.
pub(crate) fn offer(
    fields: &mut Fields<'_, '_>,
    name: &str,
    replay: &mut Replay<'_>,
) -> Result<(), CodecError> {
    let found = fields.find(name);
    match fields.place(found) {
        Place::Field(_, mut target) => {
            Tally::count(&replay.tally.known);
            replay.optional(&mut target)
        }
        Place::Kept(rest) => rest.keep(name, replay),
        Place::Skipped => {
            Tally::count(&replay.tally.unknown);
            Ok(())
        }
        Place::Refused => return drift::refuse(refused(name)),
    }
    .map_err(|failure| failure.in_member(name))
}
