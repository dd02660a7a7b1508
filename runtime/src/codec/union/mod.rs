//! Unions: enums with a branch a variant, read by a table of the branches.

mod find;
mod tagged;
mod trial;
mod visited;

use crate::codec::{
    CodecError, Decoder, Encode, Encoder, Entries, FieldValue, Kind, List, Member, Value,
};
use std::any::TypeId;
use std::fmt;
use std::fmt::Formatter;

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

    /// The name of the variant that holds a value of a branch that the document does not list.
    const UNLISTED: &'static str = "Unlisted";

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
/// No branch is for the value, its branch does not take it, or too many branches had to be tried.
pub fn decode_union<T: Union>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    let mut slots = Slots::<T> {
        last: None,
        aside: None,
    };
    let table = Table {
        id: TypeId::of::<T>(),
        by: T::BY,
        branches: T::BRANCHES,
    };
    find::read(decoder, &table, &mut slots)?;
    slots.last.ok_or_else(CodecError::nothing)
}

/// A union as it is read, whatever its type.
struct Table {
    /// The type, by which decisions about a value are kept.
    id: TypeId,
    by: By,
    branches: &'static [Branch],
}

impl Table {
    /// The indices of all branches.
    fn all(&self) -> Vec<usize> {
        (0..self.branches.len()).collect()
    }

    /// The indices of the branches to which a text leads.
    fn leading<'t>(&self, text: &'t str) -> impl Iterator<Item = usize> + use<'t> {
        let branches = self.branches.iter().enumerate();
        let leading = branches.filter(move |(_, branch)| branch.texts.contains(&text));
        leading.map(|(index, _)| index)
    }

    /// The index of the branch for values of a JSON type.
    fn of_kind(&self, kind: Kind) -> Result<usize, CodecError> {
        let takes = |branch: &Branch| branch.kinds.contains(&kind);
        let index = self.branches.iter().position(takes);
        index.ok_or_else(|| {
            let names: Vec<_> = self.branches.iter().map(|branch| branch.name).collect();
            kind.unexpected(format!("one of {}", names.join(", ")))
        })
    }
}

/// Where the value of a union goes while it is read.
trait Destination {
    /// Reads the value of a branch.
    fn branch(&mut self, index: usize, decoder: &mut dyn Decoder) -> Result<(), CodecError>;

    /// Takes a value of a branch that the document does not list; reports whether there is room for one.
    fn unlisted(&mut self, value: Value) -> bool;

    /// Sets the value that was read last aside.
    fn set_aside(&mut self);

    /// Takes the value that was set aside back.
    fn take_back(&mut self);
}

/// The values of a union that is being read.
struct Slots<T> {
    last: Option<T>,
    aside: Option<T>,
}

impl<T: Union> Destination for Slots<T> {
    fn branch(&mut self, index: usize, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.last = Some(T::decode_branch(index, decoder)?);
        Ok(())
    }

    fn unlisted(&mut self, value: Value) -> bool {
        self.last = T::unlisted(value);
        self.last.is_some()
    }

    fn set_aside(&mut self) {
        self.aside = self.last.take();
    }

    fn take_back(&mut self) {
        self.last = self.aside.take();
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
            .map_or(T::UNLISTED, |branch| branch.name);
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

/// Writes a branch of a union with its discriminator before the other members, unless the branch has it itself.
///
/// # Errors
/// The branch is not written as an object, or one of its members fails.
pub fn write_tagged(
    encoder: &mut dyn Encoder,
    name: &str,
    tag: &'static str,
    value: &dyn Encode,
) -> Result<(), CodecError> {
    value.encode(&mut Tagging { encoder, name, tag })
}

/// A encoder that takes objects only, and adds a member.
struct Tagging<'a> {
    encoder: &'a mut dyn Encoder,
    name: &'a str,
    tag: &'static str,
}

fn refused(found: &'static str) -> Result<(), CodecError> {
    Err(CodecError::new("an object", found))
}

impl Encoder for Tagging<'_> {
    fn null(&mut self) -> Result<(), CodecError> {
        refused("null")
    }

    fn bool(&mut self, _: bool) -> Result<(), CodecError> {
        refused("a boolean")
    }

    fn i64(&mut self, _: i64) -> Result<(), CodecError> {
        refused("a number")
    }

    fn u64(&mut self, _: u64) -> Result<(), CodecError> {
        refused("a number")
    }

    fn f64(&mut self, _: f64) -> Result<(), CodecError> {
        refused("a number")
    }

    fn number(&mut self, _: &str) -> Result<(), CodecError> {
        refused("a number")
    }

    fn text(&mut self, _: &str) -> Result<(), CodecError> {
        refused("a text")
    }

    fn list(&mut self, _: &dyn List) -> Result<(), CodecError> {
        refused("a list")
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        let is_tag = |name: &str, value: &dyn Encode| name == self.name && !value.is_absent();
        let mut extra = (0..rest.count()).filter_map(|at| rest.entry(at));
        let mut own = members.iter();
        if own.any(|(name, value)| is_tag(name, *value))
            || extra.any(|(name, value)| is_tag(name, value))
        {
            return self.encoder.object_with_rest(members, rest);
        }
        let tag = (self.name, &self.tag as &dyn FieldValue);
        self.encoder.object_with_tag(tag, members, rest)
    }
}
