//! The places of the normal form that say something of a schema.

use crate::normalize::keys;
use crate::syntax::pointer;
use openapiv3::{ReferenceOr, Schema};

/// A place that says something of a schema, and what of it counts.
#[derive(Clone, Debug)]
pub(super) struct Source<'a> {
    /// Its JSON pointer in the normal form.
    pub pointer: String,
    /// What it says.
    pub said: Said<'a>,
}

/// What a place says of a schema.
#[derive(Clone, Copy, Debug)]
pub(super) enum Said<'a> {
    /// The schema is another one: the text of a `$ref`.
    Reference(&'a str),
    /// The schema is the component of this name.
    Component(&'a str),
    /// Everything that the schema says.
    Whole(&'a Schema),
    /// What the schema says beside `allOf`, `oneOf` and `anyOf`.
    Own(&'a Schema),
    /// The same of a schema to which a reference led: its words are not about this one.
    Inherited(&'a Schema),
    /// Only its `oneOf`.
    OneOf(&'a Schema),
    /// Only its `anyOf`.
    AnyOf(&'a Schema),
}

impl<'a> Source<'a> {
    pub fn new(pointer: String, schema: &'a ReferenceOr<Schema>) -> Self {
        let said = match schema {
            ReferenceOr::Reference { reference } => Said::Reference(reference),
            ReferenceOr::Item(schema) => Said::Whole(schema),
        };
        Self { pointer, said }
    }

    pub fn boxed(pointer: String, schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        let said = match schema {
            ReferenceOr::Reference { reference } => Said::Reference(reference),
            ReferenceOr::Item(schema) => Said::Whole(schema),
        };
        Self { pointer, said }
    }

    /// The component that the place names as a whole.
    pub fn component(&self) -> Option<String> {
        if let Said::Reference(reference) = self.said {
            return component_name(reference).map(unescaped);
        }
        if let Said::Component(name) = self.said {
            return Some(name.to_owned());
        }
        None
    }

    /// The schema that is written there, when all of it counts.
    pub fn whole(&self) -> Option<&'a Schema> {
        if let Said::Whole(schema) = self.said {
            return Some(schema);
        }
        None
    }

    /// The schema that is written there.
    pub fn schema(&self) -> Option<&'a Schema> {
        match self.said {
            Said::Reference(_) | Said::Component(_) => None,
            Said::Whole(schema)
            | Said::Own(schema)
            | Said::Inherited(schema)
            | Said::OneOf(schema)
            | Said::AnyOf(schema) => Some(schema),
        }
    }

    /// The same place, with another part of it counting.
    pub fn part(&self, said: Said<'a>) -> Self {
        Self {
            pointer: self.pointer.clone(),
            said,
        }
    }

    /// Whether both places name the same schema, or are one.
    pub fn same_target(&self, other: &Self) -> bool {
        if let (Said::Reference(one), Said::Reference(two)) = (self.said, other.said) {
            return one == two;
        }
        self.pointer == other.pointer && self.part_key() == other.part_key()
    }

    /// What tells this source from every other.
    pub fn key(&self) -> String {
        format!("{}{}", self.pointer, self.part_key())
    }

    fn part_key(&self) -> &'static str {
        match self.said {
            Said::Reference(_) | Said::Component(_) | Said::Whole(_) => "",
            Said::Own(_) | Said::Inherited(_) => "#own",
            Said::OneOf(_) => "#oneOf",
            Said::AnyOf(_) => "#anyOf",
        }
    }
}

/// A JSON pointer with one more token.
pub(super) fn join(at: &str, token: &str) -> String {
    let mut joined = String::with_capacity(at.len() + token.len() + 8);
    joined.push_str(at);
    joined.push('/');
    pointer::push(&mut joined, token);
    joined
}

/// The name in a reference to a component schema as a whole; schemas that the dialect phase moved there are none.
pub(super) fn component_name(reference: &str) -> Option<&str> {
    reference
        .strip_prefix("#/components/schemas/")
        .filter(|name| !name.contains('/') && !name.starts_with(keys::HOISTED))
}

/// A token of a JSON pointer as the text that it stands for.
pub(super) fn unescaped(token: &str) -> String {
    pointer::unescape(token).into_owned()
}

/// The pointers and schemas of a list of branches.
pub(super) fn branches<'a>(
    pointer: &str,
    keyword: &str,
    list: &'a [ReferenceOr<Schema>],
) -> Vec<Source<'a>> {
    list.iter()
        .enumerate()
        .map(|(at, branch)| Source::new(format!("{pointer}/{keyword}/{at}"), branch))
        .collect()
}

/// The tokens of a JSON pointer, unescaped.
pub(super) fn tokens(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(unescaped)
}
