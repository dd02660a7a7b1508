//! What unions need beside the ways to find a branch by a tag, a type or trial.

use super::union::tried;
use super::value::{Replay, Tally};
use super::{Branch, Failure, Kind, Read, Sink, Source, Value, Visit, Write};

/// Reads a union by a member that only one branch has; the branch without one takes everything else.
///
/// # Errors
/// No branch is for the value, or the branch does not take it.
pub fn read_by_key<T>(
    source: &mut dyn Source,
    branches: &[(Option<&'static str>, Branch<T>)],
) -> Result<T, Failure> {
    let value = source.any()?;
    let keyed = branches
        .iter()
        .find(|(key, _)| key.is_some_and(|key| value.has(key)));
    let chosen = keyed.or_else(|| branches.iter().find(|(key, _)| key.is_none()));
    match chosen {
        Some((_, (_, read))) => read(&mut Replay::new(&value, &Tally::default())),
        None => Err(no_key(branches.iter().filter_map(|(key, _)| *key), &value)),
    }
}

/// Reads a union whose branches are texts, with those that each lists: a listed text is of the branch that lists it, and
/// any other one of a branch that lists none and takes it, such as the only date. A text of neither is kept by a branch
/// that keeps what it does not list. Values of other types go to the branch that takes them.
///
/// # Errors
/// No branch takes the value; the failure lists each with its reason.
pub fn read_by_text<T>(
    source: &mut dyn Source,
    branches: &[(&[&str], Branch<T>)],
) -> Result<T, Failure> {
    let value = source.any()?;
    let lists = |text: &str| {
        let mut branches = branches.iter();
        branches.find(|(listed, _)| listed.contains(&text))
    };
    match value.as_str().and_then(lists) {
        Some((_, (_, read))) => read(&mut Replay::new(&value, &Tally::default())),
        None => tried(&value, branches.iter().map(|(_, branch)| branch)),
    }
}

#[cold]
fn no_key<'a>(keys: impl Iterator<Item = &'a str>, value: &Value) -> Failure {
    let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
    Failure::new(
        format!("an object with one of {}", keys.join(", ")),
        value.describe(),
    )
}

impl Kind {
    /// The failure of a value whose type no branch is for.
    #[cold]
    #[must_use]
    pub fn unexpected(self, expected: &'static str) -> Failure {
        let found = match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Object => "an object",
        };
        Failure::new(expected, found)
    }
}

/// The type of which there is no value: what a schema that allows nothing becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Never {}

impl Read for Never {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        Err(Failure::new(
            "nothing, as the document allows no value here",
            source.any()?.describe(),
        ))
    }
}

impl Write for Never {
    fn write(&self, _sink: &mut dyn Sink) -> Result<(), Failure> {
        match *self {}
    }
}

impl Value {
    /// The value of a JSON text that is known to be one; null where it is not.
    #[must_use]
    pub fn from_json_text(text: &str) -> Self {
        super::from_json(text.as_bytes()).unwrap_or_default()
    }
}

/// The type whose only value is null.
impl Read for () {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        struct OnlyNull;
        impl Visit for OnlyNull {
            fn expected(&self) -> &'static str {
                "null"
            }

            fn null(&mut self) -> Result<(), Failure> {
                Ok(())
            }
        }
        source.visit(&mut OnlyNull)
    }

    fn null() -> Option<Self> {
        Some(())
    }
}

impl Write for () {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        sink.null()
    }
}
