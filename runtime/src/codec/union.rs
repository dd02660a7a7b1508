use super::drift::{departs, is_lenient, reading, Drift};
use super::given::{Any, Given, Resumed};
use super::value::{Replay, Score, Tally};
use super::{CodecError, Items, Kind, Members, Decoder, Target, Value, Visit};

/// A branch of a union: its name for messages, and how it is read.
pub type Branch<T> = (&'static str, fn(&mut dyn Decoder) -> Result<T, CodecError>);

/// Reads a union by trying every branch; the one that knows the value best wins, of equals the first.
///
/// A branch knows a value better the more of its members it names, at any depth, then the fewer it passes over, and then
/// the fewer values it has to keep that it does not list.
///
/// # Errors
/// No branch takes the value; the failure lists each with its reason.
pub fn read_trial<T>(decoder: &mut dyn Decoder, branches: &[Branch<T>]) -> Result<T, CodecError> {
    tried(&decoder.any()?, branches.iter())
}

/// Reads a value by the branch of these that knows it best.
pub(super) fn tried<'b, T: 'b>(
    value: &Value,
    branches: impl Iterator<Item = &'b Branch<T>>,
) -> Result<T, CodecError> {
    let mut trial = Trial::default();
    let mut best = None;
    for (name, read) in branches {
        let tally = Tally::default();
        let (result, departed, _) =
            reading(Drift::PASSING, || read(&mut Replay::new(value, &tally)));
        tally.depart(departed);
        match result {
            Ok(found) if trial.is_better(&tally) => best = Some((found, departed, read)),
            Ok(_) => {}
            Err(failure) => trial.refuse(name, &failure),
        }
    }
    match best {
        Some((found, 0, _)) => Ok(found),
        // Once more, so that what it departs in is refused or told.
        Some((_, _, read)) => read(&mut Replay::new(value, &Tally::default())),
        None => Err(trial.failure(value)),
    }
}

/// The part of [`read_trial`] that is the same for all types.
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

/// Reads a union by its discriminator: the member `name` is read first, then the branch that `choose` picks reads the
/// whole object, that member included. Nothing is buffered where the member comes first.
///
/// # Errors
/// The value is not an object, or has no such member; or what `choose` answers.
pub fn read_tagged<T>(
    decoder: &mut dyn Decoder,
    name: &'static str,
    mut choose: impl FnMut(&str, &mut dyn Decoder) -> Result<T, CodecError>,
) -> Result<T, CodecError> {
    let mut read = None;
    decoder.visit(&mut Tagged {
        name,
        choose: &mut |tag, decoder| {
            read = Some(choose(tag, decoder)?);
            Ok(())
        },
    })?;
    read.ok_or_else(|| CodecError::missing(name))
}

/// The part of [`read_tagged`] that is the same for all types.
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
pub fn read_unlisted(decoder: &mut dyn Decoder, tag: &str) -> Result<Value, CodecError> {
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

/// Reads a union whose branches have different JSON types; nothing is buffered.
///
/// # Errors
/// What `choose` answers.
pub fn read_by_kind<T>(
    decoder: &mut dyn Decoder,
    mut choose: impl FnMut(Kind, &mut dyn Decoder) -> Result<T, CodecError>,
) -> Result<T, CodecError> {
    let mut read = None;
    decoder.visit(&mut ByKind(&mut |kind, decoder| {
        read = Some(choose(kind, decoder)?);
        Ok(())
    }))?;
    read.ok_or_else(|| CodecError::new("a value", "nothing"))
}

/// The part of [`read_by_kind`] that is the same for all types.
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
