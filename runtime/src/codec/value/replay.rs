//! Values in memory as decoders, with what trying branches on them needs.

use crate::codec::object::{unknown_member, Place};
use crate::codec::value::{Map, Value};
use crate::codec::{CodecError, Decoder, Deviations, Fields, Items, Members, Target, Visit};
use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Counts how much of a value a reader knew, to compare readers.
pub(crate) struct Tally<'s> {
    known: Cell<usize>,
    unknown: Cell<usize>,
    deviations: Deviations,
    session: &'s Session<'s>,
}

impl<'s> Tally<'s> {
    pub(crate) fn new(session: &'s Session<'s>, deviations: Deviations) -> Self {
        Self { known: Cell::new(0), unknown: Cell::new(0), deviations, session }
    }

    fn count(counter: &Cell<usize>) {
        counter.set(counter.get().saturating_add(1));
    }

    /// How well the reader knew the value.
    pub(crate) fn score(&self) -> Score {
        Score {
            known: self.known.get(),
            unknown: Reverse(self.unknown.get()),
            deviations: Reverse(self.deviations.count()),
        }
    }

    /// Counts what another reader knew of the same value.
    pub(crate) fn add(&self, known: usize, unknown: usize) {
        self.known.set(self.known.get().saturating_add(known));
        self.unknown.set(self.unknown.get().saturating_add(unknown));
    }
}

/// How well a reader knew a value, more is better: the most known members count first, then the fewest passed over, then
/// the fewest values that the reader did not expect.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Score {
    known: usize,
    unknown: Reverse<usize>,
    deviations: Reverse<usize>,
}

impl Score {
    /// Number of known members, and of skipped ones.
    pub(crate) fn members(self) -> (usize, usize) {
        (self.known, self.unknown.0)
    }

    pub(crate) fn has_deviations(self) -> bool {
        self.deviations.0 > 0
    }
}

/// A buffered value as a decoder.
#[derive(Clone, Copy)]
pub struct Replay<'v> {
    value: &'v Value,
    tally: &'v Tally<'v>,
}

/// Reads a value in memory.
pub(crate) fn replay<R>(
    value: &Value,
    deviations: &Deviations,
    read: impl FnOnce(&mut Replay<'_>) -> R,
) -> R {
    let session = Session::new(value);
    let tally = Tally::new(&session, deviations.clone());
    read(&mut Replay::new(value, &tally))
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

    /// The state that all readers of the outermost value share.
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
            Value::Object(members) => visitor.object(&mut ObjectReplay { members, next: 0, tally }),
        }
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        if self.value.is_null() {
            target.null(&self.tally.deviations)
        } else {
            target.set(self)
        }
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        self.session().step(self.value.count());
        Ok(self.value.clone())
    }

    fn deviations(&self) -> &Deviations {
        &self.tally.deviations
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

/// Decodes a member into its field, and counts known and unknown members; additional members are neither.
pub(crate) fn offer(
    fields: &mut Fields<'_, '_>,
    name: &str,
    replay: &mut Replay<'_>,
) -> Result<(), CodecError> {
    let field = fields.find(name);
    match fields.place(field) {
        Place::Field(_, mut target) => {
            Tally::count(&replay.tally.known);
            replay.optional(&mut target)
        }
        Place::Additional(rest) => rest.keep(name, replay),
        Place::Skipped => {
            Tally::count(&replay.tally.unknown);
            Ok(())
        }
        Place::Refused => return replay.deviations().accept_if_lenient(unknown_member(name)),
    }
    .map_err(|failure| failure.in_member(name))
}

/// Steps that are always allowed. A step is one value that is read.
const MIN_STEPS: usize = 1_000_000;

/// Steps that are allowed for each value within the outermost one.
const STEPS_PER_VALUE: usize = 64;

/// The branch of a value, or the reason why it has none.
type Decision = Result<usize, CodecError>;

/// The state of reading one value in memory. It bounds the steps, as trying branches may read the same value many times.
pub(crate) struct Session<'v> {
    root: &'v Value,
    steps: Cell<usize>,
    /// Limit of the steps, once it is computed.
    limit: Cell<Option<usize>>,
    /// By the address of a value, which does not move during the session, and the type of a union.
    decisions: RefCell<BTreeMap<(usize, TypeId), Decision>>,
}

impl<'v> Session<'v> {
    pub(crate) fn new(root: &'v Value) -> Self {
        Self { root, steps: Cell::new(0), limit: Cell::new(None), decisions: RefCell::default() }
    }

    /// Counts steps.
    pub(super) fn step(&self, count: usize) {
        self.steps.set(self.steps.get().saturating_add(count));
    }

    /// Fails if the value needs too many steps; every further check fails as well.
    pub(crate) fn check(&self) -> Result<(), CodecError> {
        let steps = self.steps.get();
        if steps <= MIN_STEPS {
            return Ok(());
        }
        let limit = self.limit.get().unwrap_or_else(|| {
            let values = self.root.count().saturating_mul(STEPS_PER_VALUE);
            values.saturating_add(MIN_STEPS)
        });
        self.limit.set(Some(limit));
        if steps <= limit {
            return Ok(());
        }
        let expected = format!("a value whose branches are found in {limit} steps");
        Err(CodecError::new(expected, "one that takes more"))
    }

    /// The decision about this value, if there is one.
    pub(crate) fn decision(&self, value: &Value, union: TypeId) -> Option<Decision> {
        let decisions = self.decisions.borrow();
        decisions.get(&(address(value), union)).cloned()
    }

    /// Stores the decision about a value, which is a part of the outermost one.
    pub(crate) fn decide(&self, value: &Value, union: TypeId, decision: Decision) {
        let mut decisions = self.decisions.borrow_mut();
        decisions.insert((address(value), union), decision);
    }
}

fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

impl Value {
    /// Number of values, this one and all within it.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => 1,
            Self::List(items) => 1 + items.iter().map(Self::count).sum::<usize>(),
            Self::Object(members) => 1 + members.values().map(Self::count).sum::<usize>(),
        }
    }
}
