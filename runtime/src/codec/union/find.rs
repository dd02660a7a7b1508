//! Finds the branch of a value: by a tag, a JSON type, a member, a text, or by trial.

use crate::codec::deviations::{reading, Drift};
use crate::codec::union::tagged::Tagged;
use crate::codec::union::trial::tried;
use crate::codec::union::visited::Visited;
use crate::codec::union::{Branch, By, Destination, Table};
use crate::codec::value::{replay, Replay};
use crate::codec::{CodecError, Decoder, Items, Kind, Members, Number, Target, Value, Visit};

/// Reads the value of the branch that is found. Nothing is buffered where a type decides, nor where a tag comes first.
pub(super) fn read(
    decoder: &mut dyn Decoder,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    if let Some(replay) = decoder.buffered() {
        return read_buffered(replay, union, destination);
    }
    match union.by {
        By::Tag { name, declared } => decoder.visit(&mut Tagged {
            name,
            declared,
            union,
            destination,
        }),
        By::Kind => decoder.visit(&mut ByKind { union, destination }),
        By::Key | By::Text | By::Trial => replay(&decoder.any()?, |replay| {
            read_buffered(*replay, union, destination)
        }),
    }
}

/// The same of a value that is kept.
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
            };
            match replay.value() {
                Value::Object(_) => tagged.whole(replay),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::List(_) => replay.visit(&mut tagged),
            }
        }
        By::Kind => give(replay.value().kind(), &mut replay, union, destination),
        By::Key => by_key(replay, union, destination),
        By::Text => by_text(replay, union, destination),
        By::Trial => tried(replay, union, &union.all(), destination),
    }
}

/// Reads a union by a member that only one branch has; the branch without one takes everything else.
fn by_key(
    mut replay: Replay<'_>,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    let value = replay.value();
    let has_key = |branch: &Branch| branch.texts.iter().any(|key| value.has(key));
    let keyed = union.branches.iter().position(has_key);
    let others = || {
        union
            .branches
            .iter()
            .position(|branch| branch.texts.is_empty())
    };
    match keyed.or_else(others) {
        Some(index) => destination.branch(index, &mut replay),
        None => {
            let keys = union.branches.iter().flat_map(|branch| branch.texts);
            Err(no_key(keys, value))
        }
    }
}

/// Reads a union whose branches are texts, with those that each lists: a listed text is of the branch that lists it, and
/// any other one of a branch that lists none and takes it, such as the only date. A text of neither is kept by a branch
/// that keeps what it does not list. Values of other types go to the branch that takes them.
fn by_text(
    mut replay: Replay<'_>,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    let text = replay.value().as_str();
    match text.and_then(|text| union.leading(text).next()) {
        Some(index) => destination.branch(index, &mut replay),
        None => tried(replay, union, &union.all(), destination),
    }
}

/// Reads a union by the JSON type of its value.
struct ByKind<'a> {
    union: &'a Table,
    destination: &'a mut dyn Destination,
}

impl ByKind<'_> {
    fn give(&mut self, kind: Kind, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        give(kind, decoder, self.union, self.destination)
    }
}

/// Gives a value to the branch for its JSON type. An integer that this one has no room for, as one of 64 bits has none for
/// `1e300`, is of the branch for numbers where there is one.
fn give(
    kind: Kind,
    decoder: &mut dyn Decoder,
    union: &Table,
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    let index = union.of_kind(kind)?;
    let given = destination.branch(index, decoder);
    let numbers = match (kind, &given) {
        (Kind::Integer, Err(_)) => union.of_kind(Kind::Number).ok(),
        _ => None,
    };
    match numbers {
        Some(numbers) if numbers != index && !departs(index, decoder, destination) => {
            destination.branch(numbers, decoder).or(given)
        }
        Some(_) | None => given,
    }
}

/// Whether a branch takes a value where departures pass: it is refused as one then, and is of no other branch.
#[cold]
fn departs(index: usize, decoder: &mut dyn Decoder, destination: &mut dyn Destination) -> bool {
    let (result, ..) = reading(Drift::PASSING, || destination.branch(index, decoder));
    result.is_ok()
}

impl Visit for ByKind<'_> {
    fn expected(&self) -> &'static str {
        "a value"
    }

    fn null(&mut self) -> Result<(), CodecError> {
        self.give(Kind::Null, &mut Visited::Null)
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.give(Kind::Bool, &mut Visited::Bool(value))
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.give(Kind::Integer, &mut Visited::I64(value))
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.give(Kind::Integer, &mut Visited::U64(value))
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        let is_whole = value.fract() == 0.0;
        let kind = if is_whole {
            Kind::Integer
        } else {
            Kind::Number
        };
        self.give(kind, &mut Visited::F64(value))
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        let kind = Value::Number(Number::from_checked(text)).kind();
        self.give(kind, &mut Visited::Number(text))
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.give(Kind::Text, &mut Visited::Text(value))
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        self.give(Kind::List, &mut Visited::List(items))?;
        while items.next(&mut Unread)? {}
        Ok(())
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), CodecError> {
        self.give(Kind::Object, &mut Visited::Object(members))?;
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

/// Passes over the members that a branch left, which formats insist on.
pub(super) fn skip_members(members: &mut dyn Members) -> Result<(), CodecError> {
    while members.next_name(&mut |_| {})? {
        members.value(&mut Unread)?;
    }
    Ok(())
}

#[cold]
fn no_key<'a>(keys: impl Iterator<Item = &'a &'a str>, value: &Value) -> CodecError {
    let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
    CodecError::new(
        format!("an object with one of {}", keys.join(", ")),
        value.describe(),
    )
}
