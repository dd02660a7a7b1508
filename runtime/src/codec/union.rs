use std::fmt::{self, Formatter};

use super::drift::{departs, is_lenient, reading, Drift};
use super::given::{Any, Given, Resumed};
use super::tagging::write_tagged;
use super::value::{Replay, Score, Tally};
use super::{CodecError, Decoder, Encoder, FieldValue, Items, Kind, Members, Target, Value, Visit};

/// A union: an enum with a branch a variant.
pub trait Union: Sized + 'static {
    /// How the branch of a value is found.
    const BY: By;

    /// The branches, in the order of their indices.
    const BRANCHES: &'static [Branch];

    /// Reads the value of the branch at this index.
    ///
    /// # Errors
    /// The value is not of the branch, or the text is malformed.
    fn decode_branch(index: usize, decoder: &mut dyn Decoder) -> Result<Self, CodecError>;

    /// Passes the index and the value of the branch to a closure, exactly once.
    fn with_branch(&self, look: &mut LookAtBranch<'_>);

    /// A value of a branch that the document does not list; `None` where there is no room for one.
    fn unlisted(value: Value) -> Option<Self> {
        let _ = value;
        None
    }
}

/// How the branch of a value is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By the text of this member, the discriminator. Where the branches do not declare it, it is written before their
    /// own members.
    Tag {
        /// The member.
        name: &'static str,
        /// Whether the branches write it themselves.
        declared: bool,
    },
    /// By the JSON type.
    Kind,
    /// By a member that only one branch has.
    Key,
    /// By the texts that the branches list.
    Text,
    /// By trial: the branch that knows the value best.
    Trial,
}

/// A branch of a union.
#[derive(Clone, Copy, Debug)]
pub struct Branch {
    /// The variant's name, for messages.
    pub name: &'static str,
    /// The texts that lead here: tags, listed texts, or the one member that tells the branch.
    pub texts: &'static [&'static str],
    /// The JSON types that lead here.
    pub kinds: &'static [Kind],
}

/// Reads a union.
///
/// # Errors
/// No branch is for the value, or its branch does not take it.
pub fn decode_union<T: Union>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    match T::BY {
        By::Tag { name, .. } => decode_tagged(decoder, name),
        By::Kind => decode_by_kind(decoder),
        By::Key => decode_by_key(decoder),
        By::Text => decode_by_text(decoder),
        By::Trial => tried::<T>(&decoder.any()?, &all::<T>()),
    }
}

/// Takes the index and the value of a branch.
pub type LookAtBranch<'l> = dyn FnMut(usize, &dyn FieldValue) + 'l;

/// Writes a union.
///
/// # Errors
/// The value has no form in the format.
pub fn encode_union<T: Union>(union: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
    let mut result = Ok(());
    union.with_branch(&mut |index, value| {
        let tag = T::BRANCHES
            .get(index)
            .and_then(|branch| branch.texts.first());
        result = match (T::BY, tag) {
            (
                By::Tag {
                    name,
                    declared: false,
                },
                Some(tag),
            ) => write_tagged(encoder, name, tag, value),
            (By::Tag { .. } | By::Kind | By::Key | By::Text | By::Trial, _) => {
                value.encode(encoder)
            }
        };
    });
    result
}

/// Formats a union as a derived `Debug` does.
///
/// # Errors
/// The formatter fails.
pub fn debug_union<T: Union>(union: &T, formatter: &mut Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    union.with_branch(&mut |index, value| {
        let name = T::BRANCHES
            .get(index)
            .map_or("Unlisted", |branch| branch.name);
        result = super::debug_variant(name, value, formatter);
    });
    result
}

/// Reports whether two unions are of the same branch and equal.
#[must_use]
pub fn equal_unions<T: Union>(one: &T, other: &T) -> bool {
    let mut equal = false;
    one.with_branch(&mut |index, value| {
        other.with_branch(&mut |other_index, other_value| {
            equal = index == other_index && value.equals(other_value.as_any());
        });
    });
    equal
}

/// The error of an index that no branch has, which the runtime never passes.
#[cold]
#[must_use]
pub fn no_branch(index: usize) -> CodecError {
    CodecError::new("a branch of the union", format!("number {index}"))
}

/// The indices of all branches.
fn all<T: Union>() -> Vec<usize> {
    (0..T::BRANCHES.len()).collect()
}

/// The indices of the branches to which a text leads.
fn leading<T: Union>(text: &str) -> Vec<usize> {
    let branches = T::BRANCHES.iter().enumerate();
    let leading = branches.filter(|(_, branch)| branch.texts.contains(&text));
    leading.map(|(index, _)| index).collect()
}

/// Reads a value by the branch of these that knows it best; of equals the first.
///
/// A branch knows a value better the more of its members it names, at any depth, then the fewer it passes over, and then
/// the fewer values it has to keep that it does not list.
fn tried<T: Union>(value: &Value, branches: &[usize]) -> Result<T, CodecError> {
    if let [only] = branches {
        return T::decode_branch(*only, &mut Replay::new(value, &Tally::default()));
    }
    let mut trial = Trial::default();
    let mut best = None;
    for &index in branches {
        let tally = Tally::default();
        let (result, departed, _) = reading(Drift::PASSING, || {
            T::decode_branch(index, &mut Replay::new(value, &tally))
        });
        tally.depart(departed);
        match result {
            Ok(read) if trial.is_better(&tally) => best = Some((read, departed, index)),
            Ok(_) => {}
            Err(failure) => {
                let name = T::BRANCHES.get(index).map_or("", |branch| branch.name);
                trial.refuse(name, &failure);
            }
        }
    }
    match best {
        Some((read, 0, _)) => Ok(read),
        // Once more, so that its deviations are refused or reported.
        Some((_, _, index)) => T::decode_branch(index, &mut Replay::new(value, &Tally::default())),
        None => Err(trial.failure(value)),
    }
}

/// Reads a union by a member that only one branch has; the branch without one takes everything else.
fn decode_by_key<T: Union>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    let value = decoder.any()?;
    let has_key = |branch: &Branch| branch.texts.iter().any(|key| value.has(key));
    let keyed = T::BRANCHES.iter().position(has_key);
    let others = || {
        T::BRANCHES
            .iter()
            .position(|branch| branch.texts.is_empty())
    };
    match keyed.or_else(others) {
        Some(index) => T::decode_branch(index, &mut Replay::new(&value, &Tally::default())),
        None => {
            let keys = T::BRANCHES.iter().flat_map(|branch| branch.texts);
            Err(super::branches::no_key(keys, &value))
        }
    }
}

/// Reads a union whose branches are texts, with those that each lists: a listed text is of the branch that lists it, and
/// any other one of a branch that lists none and takes it, such as the only date. A text of neither is kept by a branch
/// that keeps what it does not list. Values of other types go to the branch that takes them.
fn decode_by_text<T: Union>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    let value = decoder.any()?;
    let listing = value.as_str().map(leading::<T>).unwrap_or_default();
    match listing.first() {
        Some(index) => T::decode_branch(*index, &mut Replay::new(&value, &Tally::default())),
        None => tried(&value, &all::<T>()),
    }
}

/// Reads a union whose branches have different JSON types; nothing is buffered.
fn decode_by_kind<T: Union>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    let mut read = None;
    decoder.visit(&mut ByKind(&mut |kind, decoder| {
        let takes = |branch: &Branch| branch.kinds.contains(&kind);
        let index = T::BRANCHES.iter().position(takes).ok_or_else(|| {
            let names: Vec<_> = T::BRANCHES.iter().map(|branch| branch.name).collect();
            kind.unexpected(format!("one of {}", names.join(", ")))
        })?;
        read = Some(T::decode_branch(index, decoder)?);
        Ok(())
    }))?;
    read.ok_or_else(|| CodecError::new("a value", "nothing"))
}

/// Reads a union by its discriminator: the member `name` is read first, then its branch reads the whole object, that
/// member included. Nothing is buffered where the member comes first.
fn decode_tagged<T: Union>(decoder: &mut dyn Decoder, name: &'static str) -> Result<T, CodecError> {
    let mut read = None;
    decoder.visit(&mut Tagged {
        name,
        choose: &mut |tag, decoder| {
            let branches = leading::<T>(tag);
            read = Some(match branches.as_slice() {
                [] => T::unlisted(read_unlisted(decoder, tag)?).ok_or_else(|| {
                    CodecError::new("a branch that the document lists", tag.to_owned())
                })?,
                [only] => T::decode_branch(*only, decoder)?,
                several => tried(&decoder.any()?, several)?,
            });
            Ok(())
        },
    })?;
    read.ok_or_else(|| CodecError::missing(name))
}

/// The part of a trial that is the same for all types.
#[derive(Default)]
struct Trial {
    best: Option<Score>,
    refused: Vec<String>,
}

impl Trial {
    fn is_better(&mut self, tally: &Tally) -> bool {
        let score = Some(tally.score());
        let is_better = score > self.best;
        if is_better {
            self.best = score;
        }
        is_better
    }

    #[cold]
    fn refuse(&mut self, name: &str, failure: &CodecError) {
        self.refused.push(format!("{name} ({failure})"));
    }

    #[cold]
    fn failure(&self, value: &Value) -> CodecError {
        let expected = format!("one of: {}", self.refused.join("; "));
        CodecError::new(expected, value.describe())
    }
}

/// The part of reading by a discriminator that is the same for all types.
struct Tagged<'a> {
    name: &'static str,
    choose: &'a mut dyn FnMut(&str, &mut dyn Decoder) -> Result<(), CodecError>,
}

impl Visit for Tagged<'_> {
    fn expected(&self) -> &'static str {
        "an object"
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), CodecError> {
        let mut first = String::new();
        if !members.next_name(&mut |name| name.clone_into(&mut first))? {
            return Err(CodecError::missing(self.name));
        }
        let mut value = Value::Null;
        let is_tag = first == self.name;
        let taken = if is_tag {
            members.value(&mut Tag(&mut value))
        } else {
            members.value(&mut Any(&mut value))
        };
        taken.map_err(|failure| failure.in_member(&first))?;
        let mut object = Resumed::new((&first, &value), members);
        if is_tag && !is_lenient() {
            self.chosen(&value, &mut Given::Object(&mut object))?;
            return skip_members(&mut object);
        }
        let whole = Given::Object(&mut object).any()?;
        let Some(tag) = whole.get(self.name) else {
            return Err(CodecError::missing(self.name));
        };
        match self.chosen(tag, &mut Replay::new(&whole, &Tally::default())) {
            Err(failure) if is_lenient() => self.keep(&whole, failure),
            result => result,
        }
    }
}

/// Takes a tag; that is a text, or a number or boolean by its text.
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

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.keep(value.into())
    }
}

/// What no branch of a union has as its tag: a tag is what a member of that name says.
const NO_TAG: &str = "\0";

/// Reads a value of a branch that the document does not list, as it came.
///
/// # Errors
/// Such a value is refused: the client decodes strictly. Or the text is malformed.
fn read_unlisted(decoder: &mut dyn Decoder, tag: &str) -> Result<Value, CodecError> {
    if tag != NO_TAG {
        let found = super::failure::found::text(tag);
        departs(CodecError::new("a branch that the document lists", found))?;
    }
    decoder.any()
}

impl Tagged<'_> {
    /// Keeps a value that is not what its tag says, as one of an unknown branch. A failure that is a departure too many
    /// already is refused once more.
    fn keep(&mut self, whole: &Value, failure: CodecError) -> Result<(), CodecError> {
        departs(failure)?;
        (self.choose)(NO_TAG, &mut Replay::new(whole, &Tally::default()))
    }

    fn chosen(&mut self, tag: &Value, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        match tag {
            Value::Text(tag) => (self.choose)(tag, decoder),
            Value::Bool(_) | Value::Number(_) => (self.choose)(&tag.to_string(), decoder),
            Value::Null | Value::List(_) | Value::Object(_) => {
                Err(CodecError::new("a text", tag.describe()).in_member(self.name))
            }
        }
    }
}

/// The part of reading by a JSON type that is the same for all types.
struct ByKind<'a>(&'a mut dyn FnMut(Kind, &mut dyn Decoder) -> Result<(), CodecError>);

impl Visit for ByKind<'_> {
    fn expected(&self) -> &'static str {
        "a value"
    }

    fn null(&mut self) -> Result<(), CodecError> {
        (self.0)(Kind::Null, &mut Given::Null)
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        (self.0)(Kind::Bool, &mut Given::Bool(value))
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        (self.0)(Kind::Integer, &mut Given::I64(value))
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        (self.0)(Kind::Integer, &mut Given::U64(value))
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        let is_whole = value.fract() == 0.0;
        let kind = if is_whole {
            Kind::Integer
        } else {
            Kind::Number
        };
        (self.0)(kind, &mut Given::F64(value))
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        (self.0)(Kind::Text, &mut Given::Text(value))
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        (self.0)(Kind::List, &mut Given::List(items))?;
        while items.next(&mut Unread)? {}
        Ok(())
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), CodecError> {
        (self.0)(Kind::Object, &mut Given::Object(members))?;
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
fn skip_members(members: &mut dyn Members) -> Result<(), CodecError> {
    while members.next_name(&mut |_| {})? {
        members.value(&mut Unread)?;
    }
    Ok(())
}
