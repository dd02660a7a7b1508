//! Locations in the normal form that describe a schema.

use crate::normalize::keys;
use crate::syntax::pointer;
use openapiv3::{ReferenceOr, Schema};
use std::borrow::Borrow;

/// A location that describes a schema, and the part of the description that applies.
#[derive(Clone, Debug)]
pub(super) struct SchemaSource<'a> {
    /// JSON pointer in the normal form.
    pub pointer: String,
    /// Part that applies.
    pub part: Part<'a>,
}

/// Part of a schema's description.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    /// Another schema: the text of a `$ref`.
    Reference(&'a str),
    /// The component of this name.
    Component(&'a str),
    /// All keywords of the schema.
    Whole(&'a Schema),
    /// All keywords but `allOf`, `oneOf` and `anyOf`.
    Direct(&'a Schema),
    /// The same of a schema that was reached through a reference: its annotations describe another schema.
    Inherited(&'a Schema),
    /// Only `oneOf`.
    OneOf(&'a Schema),
    /// Only `anyOf`.
    AnyOf(&'a Schema),
}

impl<'a> SchemaSource<'a> {
    pub fn new(pointer: String, schema: &'a ReferenceOr<impl Borrow<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::reference(pointer, reference),
            ReferenceOr::Item(schema) => Self { pointer, part: Part::Whole(schema.borrow()) },
        }
    }

    pub fn reference(pointer: String, reference: &'a str) -> Self {
        let part = Part::Reference(reference);
        Self { pointer, part }
    }

    /// Returns the sources of a keyword's list of schemas; `at` is the pointer of the schema with the keyword.
    pub fn list(at: &str, keyword: &str, schemas: &'a [ReferenceOr<Schema>]) -> Vec<Self> {
        let schemas = schemas.iter().enumerate();
        schemas
            .map(|(index, schema)| Self::new(format!("{at}/{keyword}/{index}"), schema))
            .collect()
    }

    /// Returns the name of the component that the source refers to.
    pub fn component(&self) -> Option<String> {
        if let Part::Reference(reference) = self.part {
            return component_name(reference);
        }
        if let Part::Component(name) = self.part {
            return Some(name.to_owned());
        }
        None
    }

    /// Returns the inline schema, if all of its keywords apply.
    pub fn whole(&self) -> Option<&'a Schema> {
        if let Part::Whole(schema) = self.part {
            return Some(schema);
        }
        None
    }

    /// Returns the inline schema.
    pub fn schema(&self) -> Option<&'a Schema> {
        match self.part {
            Part::Reference(_) | Part::Component(_) => None,
            Part::Whole(schema)
            | Part::Direct(schema)
            | Part::Inherited(schema)
            | Part::OneOf(schema)
            | Part::AnyOf(schema) => Some(schema),
        }
    }

    /// Returns the same location with another part.
    pub fn with_part(&self, part: Part<'a>) -> Self {
        Self { pointer: self.pointer.clone(), part }
    }

    /// `true` if both sources are the same, or refer to the same schema.
    pub fn same_target(&self, other: &Self) -> bool {
        if let (Part::Reference(one), Part::Reference(two)) = (self.part, other.part) {
            return one == two;
        }
        self.pointer == other.pointer && self.part_suffix() == other.part_suffix()
    }

    /// Returns the key that distinguishes the source from every other.
    pub fn key(&self) -> String {
        format!("{}{}", self.pointer, self.part_suffix())
    }

    fn part_suffix(&self) -> &'static str {
        match self.part {
            Part::Reference(_) | Part::Component(_) | Part::Whole(_) => "",
            Part::Direct(_) | Part::Inherited(_) => "#own",
            Part::OneOf(_) => "#oneOf",
            Part::AnyOf(_) => "#anyOf",
        }
    }
}

/// Appends a token to a JSON pointer.
pub(super) fn join(at: &str, token: &str) -> String {
    let mut joined = String::with_capacity(at.len() + token.len() + 8);
    joined.push_str(at);
    joined.push('/');
    pointer::push(&mut joined, token);
    joined
}

/// Returns the pointer of a component schema.
pub(super) fn component_pointer(name: &str) -> String {
    join("/components/schemas", name)
}

/// Returns the name of the component schema that a reference refers to as a whole; `None` for schemas that
/// normalization moved to the components.
pub(super) fn component_name(reference: &str) -> Option<String> {
    let name = reference.strip_prefix("#/components/schemas/")?;
    let is_component = !name.contains('/') && !name.starts_with(keys::HOISTED);
    is_component.then(|| pointer::unescape(name).into_owned())
}
