//! Unions: enums with one variant for each branch, read by a table of the branches.

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

/// A union: an enum with one variant for each branch.
pub trait Union: Sized + 'static {
    /// The rule by which the branch of a value is found.
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

    /// A value of a branch that the document does not list; `None` if the type has no variant for it.
    fn unlisted(value: Value) -> Option<Self> {
        let _ = value;
        None
    }
}

/// The rule by which the branch of a value is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By the text of this member, the discriminator. If the branches do not declare it, it is written before their members.
    Tag {
        /// The member.
        name: &'static str,
        /// `true` if the branches write it themselves.
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
    /// The texts by which the branch is found: tags, listed texts, or the member that only this branch has.
    pub texts: &'static [&'static str],
    /// The JSON types by which the branch is found.
    pub kinds: &'static [Kind],
}

/// Reads a union.
///
/// # Errors
/// The value belongs to no branch, its branch refuses it, or too many branches had to be tried.
pub fn decode_union<T: Union>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    let mut slots = Slots::<T> { last: None, saved: None };
    let table = Table { id: TypeId::of::<T>(), by: T::BY, branches: T::BRANCHES };
    find::read(decoder, &table, &mut slots)?;
    slots.last.ok_or_else(CodecError::nothing)
}

/// The table of a union of any type.
struct Table {
    /// The type, which is the key of decisions about a value.
    id: TypeId,
    by: By,
    branches: &'static [Branch],
}

impl Table {
    /// The indices of all branches.
    fn all(&self) -> Vec<usize> {
        (0..self.branches.len()).collect()
    }

    /// The indices of the branches of a text.
    fn with_text<'t>(&self, text: &'t str) -> impl Iterator<Item = usize> + use<'t> {
        let branches = self.branches.iter().enumerate();
        let matching = branches.filter(move |(_, branch)| branch.texts.contains(&text));
        matching.map(|(index, _)| index)
    }

    /// The index of the branch for values of a JSON type.
    fn of_kind(&self, kind: Kind) -> Result<usize, CodecError> {
        let accepts = |branch: &Branch| branch.kinds.contains(&kind);
        let index = self.branches.iter().position(accepts);
        index.ok_or_else(|| {
            let names: Vec<_> = self.branches.iter().map(|branch| branch.name).collect();
            kind.unexpected(format!("one of {}", names.join(", ")))
        })
    }
}

/// The destination of a union's value while it is read.
trait Destination {
    /// Reads the value of a branch.
    fn branch(&mut self, index: usize, decoder: &mut dyn Decoder) -> Result<(), CodecError>;

    /// Stores a value of a branch that the document does not list; `false` if the type has no variant for it.
    fn unlisted(&mut self, value: Value) -> bool;

    /// Saves the last value.
    fn save(&mut self);

    /// Restores the saved value.
    fn restore(&mut self);
}

/// The values of a union that is being read.
struct Slots<T> {
    last: Option<T>,
    saved: Option<T>,
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

    fn save(&mut self) {
        self.saved = self.last.take();
    }

    fn restore(&mut self) {
        self.last = self.saved.take();
    }
}

/// A closure that receives the index and the value of a branch.
pub type LookAtBranch<'l> = dyn FnMut(usize, &dyn FieldValue) + 'l;

/// Writes a union.
///
/// # Errors
/// The value has no form in the format.
pub fn encode_union<T: Union>(union: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
    let mut result = Ok(());
    union.with_branch(&mut |index, value| {
        let tag = T::BRANCHES.get(index).and_then(|branch| branch.texts.first());
        result = match (T::BY, tag) {
            (By::Tag { name, declared: false }, Some(tag)) => {
                write_tagged(encoder, name, tag, value)
            }
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
        let name = T::BRANCHES.get(index).map_or(T::UNLISTED, |branch| branch.name);
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

/// Writes a branch of a union with its discriminator before the other members, unless the branch writes it itself.
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

/// An encoder that accepts only objects, and adds a member.
struct Tagging<'a> {
    encoder: &'a mut dyn Encoder,
    name: &'a str,
    tag: &'static str,
}

fn no_object(actual: &'static str) -> Result<(), CodecError> {
    Err(CodecError::new("an object", actual))
}

impl Encoder for Tagging<'_> {
    fn null(&mut self) -> Result<(), CodecError> {
        no_object("null")
    }

    fn bool(&mut self, _: bool) -> Result<(), CodecError> {
        no_object("a boolean")
    }

    fn i64(&mut self, _: i64) -> Result<(), CodecError> {
        no_object("a number")
    }

    fn u64(&mut self, _: u64) -> Result<(), CodecError> {
        no_object("a number")
    }

    fn f64(&mut self, _: f64) -> Result<(), CodecError> {
        no_object("a number")
    }

    fn number(&mut self, _: &str) -> Result<(), CodecError> {
        no_object("a number")
    }

    fn text(&mut self, _: &str) -> Result<(), CodecError> {
        no_object("a text")
    }

    fn list(&mut self, _: &dyn List) -> Result<(), CodecError> {
        no_object("a list")
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        let is_tag = |name: &str, value: &dyn Encode| name == self.name && !value.is_absent();
        let mut additional = (0..rest.count()).filter_map(|at| rest.entry(at));
        let mut declared = members.iter();
        if declared.any(|(name, value)| is_tag(name, *value))
            || additional.any(|(name, value)| is_tag(name, value))
        {
            return self.encoder.object_with_rest(members, rest);
        }
        let tag = (self.name, &self.tag as &dyn FieldValue);
        self.encoder.object_with_tag(tag, members, rest)
    }
}
