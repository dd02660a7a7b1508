//! What unions need beside the ways to find a branch: a tag that the branch itself does not hold, and keys.

use super::value::{Replay, Tally};
use super::{Branch, Entries, Failure, Kind, List, Member, Read, Sink, Source, Value, Write};

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

/// Writes a branch of a union with the tag that leads to it as its first member.
///
/// # Errors
/// The branch is no object, or one of its members fails.
pub fn write_tagged(
    sink: &mut dyn Sink,
    name: &'static str,
    tag: &'static str,
    value: &dyn Write,
) -> Result<(), Failure> {
    value.write(&mut Tagging { sink, name, tag })
}

/// A sink that puts a tag in front of the members of an object.
struct Tagging<'a> {
    sink: &'a mut dyn Sink,
    name: &'static str,
    tag: &'static str,
}

impl Tagging<'_> {
    #[cold]
    fn refuse(&self, found: &'static str) -> Failure {
        Failure::new(
            format!("an object, to hold the member `{}`", self.name),
            found,
        )
    }
}

impl Sink for Tagging<'_> {
    fn null(&mut self) -> Result<(), Failure> {
        Err(self.refuse("null"))
    }

    fn bool(&mut self, _value: bool) -> Result<(), Failure> {
        Err(self.refuse("a boolean"))
    }

    fn i64(&mut self, _value: i64) -> Result<(), Failure> {
        Err(self.refuse("an integer"))
    }

    fn u64(&mut self, _value: u64) -> Result<(), Failure> {
        Err(self.refuse("an integer"))
    }

    fn f64(&mut self, _value: f64) -> Result<(), Failure> {
        Err(self.refuse("a number"))
    }

    fn number(&mut self, _text: &str) -> Result<(), Failure> {
        Err(self.refuse("a number"))
    }

    fn text(&mut self, _value: &str) -> Result<(), Failure> {
        Err(self.refuse("a text"))
    }

    fn list(&mut self, _items: &dyn List) -> Result<(), Failure> {
        Err(self.refuse("a list"))
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), Failure> {
        let first: Member<'_> = (self.name, &self.tag);
        let others = members
            .iter()
            .copied()
            .filter(|(name, _)| *name != self.name);
        let tagged: Vec<_> = std::iter::once(first).chain(others).collect();
        self.sink.object_with_rest(&tagged, rest)
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
