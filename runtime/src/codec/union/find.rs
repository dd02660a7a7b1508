//! Finds the branch of a value: by a tag, a JSON type, a member, a text, or by trial.

use crate::codec::union::tagged::Tagged;
use crate::codec::union::trial::read_by_trial;
use crate::codec::union::visited::{Visited, VisitedValue};
use crate::codec::union::{Branch, By, Destination, Table};
use crate::codec::value::{replay, Replay};
use crate::codec::{
    CodecError, Decoder, Deviations, Items, Kind, Members, Number, Target, Value, Visit,
};

/// Finds the branch of a value and reads it. Nothing is buffered if a type decides, nor if a tag comes first.
pub(super) fn read(
    decoder: &mut dyn Decoder,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    if let Some(replay) = decoder.buffered() {
        return read_buffered(replay, union, destination);
    }
    let deviations = decoder.deviations().clone();
    match union.by {
        By::Tag { name, declared } => {
            decoder.visit(&mut Tagged { name, declared, union, destination, deviations })
        }
        By::Kind => decoder.visit(&mut ByKind { union, destination, deviations }),
        By::Key | By::Text | By::Trial => replay(&decoder.any()?, &deviations, |replay| {
            read_buffered(*replay, union, destination)
        }),
    }
}

/// Reads a buffered value.
fn read_buffered(
    mut replay: Replay<'_>,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    match union.by {
        By::Tag { name, declared } => {
            let mut tagged = Tagged {
                name,
                declared,
                union,
                destination,
                deviations: replay.deviations().clone(),
            };
            match replay.value() {
                Value::Object(_) => tagged.read_buffered(replay),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::List(_) => replay.visit(&mut tagged),
            }
        }
        By::Kind => read_by_kind(replay.value().kind(), &mut replay, union, destination),
        By::Key => by_key(replay, union, destination),
        By::Text => by_text(replay, union, destination),
        By::Trial => read_by_trial(replay, union, &union.all(), destination),
    }
}

/// Reads a union by a member that only one branch has; the branch without one reads everything else.
fn by_key(
    mut replay: Replay<'_>,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    let value = replay.value();
    let has_key = |branch: &Branch| branch.texts.iter().any(|key| value.has(key));
    let keyed = union.branches.iter().position(has_key);
    let others = || union.branches.iter().position(|branch| branch.texts.is_empty());
    match keyed.or_else(others) {
        Some(index) => destination.branch(index, &mut replay),
        None => {
            let keys = union.branches.iter().flat_map(|branch| branch.texts);
            Err(no_key(keys, value))
        }
    }
}

/// Reads a union whose branches are texts. A listed text belongs to the branch that lists it, and any other one to the
/// first branch that lists none and accepts it, such as the only date, or else to an open enum. Values of other types are
/// tried on all branches.
fn by_text(
    mut replay: Replay<'_>,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    let text = replay.value().as_str();
    match text.and_then(|text| union.with_text(text).next()) {
        Some(index) => destination.branch(index, &mut replay),
        None => read_by_trial(replay, union, &union.all(), destination),
    }
}

/// Reads a union by the JSON type of its value.
struct ByKind<'a> {
    union: &'a Table,
    destination: &'a mut dyn Destination,
    deviations: Deviations,
}

impl ByKind<'_> {
    fn read(&mut self, kind: Kind, value: VisitedValue<'_>) -> Result<(), CodecError> {
        let mut decoder = Visited { value, deviations: self.deviations.clone() };
        read_by_kind(kind, &mut decoder, self.union, self.destination)
    }
}

/// Reads a value as the branch of its JSON type. An integer out of that branch's range, such as `1e300` for 64 bits, is
/// read as the branch for numbers, if any.
fn read_by_kind(
    kind: Kind,
    decoder: &mut dyn Decoder,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    let index = union.of_kind(kind)?;
    let result = destination.branch(index, decoder);
    let numbers = match (kind, &result) {
        (Kind::Integer, Err(_)) => union.of_kind(Kind::Number).ok(),
        _ => None,
    };
    match numbers {
        Some(numbers) if numbers != index && !is_deviation(index, decoder, destination) => {
            destination.branch(numbers, decoder).or(result)
        }
        Some(_) | None => result,
    }
}

/// `true` if a branch reads a number once deviations are accepted, so that it belongs to no other branch.
#[cold]
fn is_deviation(
    index: usize,
    decoder: &mut dyn Decoder,
    destination: &mut dyn Destination,
) -> bool {
    decoder.any().is_ok_and(|number| {
        replay(&number, &Deviations::default(), |replay| destination.branch(index, replay)).is_ok()
    })
}

impl Visit for ByKind<'_> {
    fn expected(&self) -> &'static str {
        "a value"
    }

    fn null(&mut self) -> Result<(), CodecError> {
        self.read(Kind::Null, VisitedValue::Null)
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.read(Kind::Bool, VisitedValue::Bool(value))
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.read(Kind::Integer, VisitedValue::I64(value))
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.read(Kind::Integer, VisitedValue::U64(value))
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        let is_whole = value.fract() == 0.0;
        let kind = if is_whole { Kind::Integer } else { Kind::Number };
        self.read(kind, VisitedValue::F64(value))
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        let kind = Value::Number(Number::from_checked(text)).kind();
        self.read(kind, VisitedValue::Number(text))
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.read(Kind::Text, VisitedValue::Text(value))
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        self.read(Kind::List, VisitedValue::List(items))?;
        while items.next(&mut Unread)? {}
        Ok(())
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), CodecError> {
        self.read(Kind::Object, VisitedValue::Object(members))?;
        skip_members(members)
    }
}

/// Leaves a value unread, so that the decoder skips it.
struct Unread;

impl Target for Unread {
    fn set(&mut self, _: &mut dyn Decoder) -> Result<(), CodecError> {
        Ok(())
    }
}

/// Skips the members that a branch did not read, as formats insist that all members are consumed.
pub(super) fn skip_members(members: &mut dyn Members) -> Result<(), CodecError> {
    while members.next_name(&mut |_| {})? {
        members.value(&mut Unread)?;
    }
    Ok(())
}

#[cold]
fn no_key<'a>(keys: impl Iterator<Item = &'a &'a str>, value: &Value) -> CodecError {
    let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
    CodecError::new(format!("an object with one of {}", keys.join(", ")), value.describe())
}
