//! Unions: their variants, and how the variant of a value is determined.

use super::{EventData, Use};
use std::collections::BTreeSet;

/// One of several schemas (`oneOf`, `anyOf`; JSON Schema 10.2.1).
#[derive(Clone, Debug)]
pub struct Union {
    /// Variants, in the document's order; at least two.
    pub variants: Vec<Variant>,
    /// How the variant of a value is determined.
    pub tagging: Tagging,
}

impl Union {
    /// `true` if a tag belongs to several variants, which are then tried in turn.
    pub fn has_shared_tags(&self) -> bool {
        let mut seen = BTreeSet::new();
        let mut tags = self
            .variants
            .iter()
            .flat_map(|variant| variant.tags.iter().collect::<BTreeSet<_>>());
        tags.any(|tag| !seen.insert(tag))
    }
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Schema.
    pub value: Use,
    /// Discriminator values of the variant; the first is the one to write.
    pub tags: Vec<String>,
    /// JSON types of its values except `null`; disjoint between the variants of a union [by type](Tagging::Type). If one
    /// variant is of integers only, another one of numbers has the fractions, and the integers beyond the first one's
    /// range.
    pub types: Vec<JsonType>,
    /// Component that the variant refers to, if its schema is merged with the keywords next to the union. Names the
    /// variant.
    pub component: Option<String>,
}

/// A JSON type; integers are distinct from numbers with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` and `false`.
    Bool,
    /// Integers.
    Integer,
    /// Numbers with a fraction.
    Fraction,
    /// Strings.
    Text,
    /// Arrays.
    List,
    /// Objects.
    Object,
}

/// How the variant of a value is determined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// By a property: a `discriminator` (OpenAPI 4.25), or a constant of each variant, all distinct.
    Property {
        /// Name of the property.
        name: String,
        /// `true` if each variant declares the property itself, so that its record holds and writes it.
        declared: bool,
        /// JSON type of the property; tags are the text of its values.
        tag: TagType,
    },
    /// By JSON type; disjoint between the variants.
    Type,
    /// By the presence of a property that only one variant requires: one name per variant, in their order; `None` for the
    /// variant without such a property.
    Keys(Vec<Option<String>>),
    /// By the text: the texts listed by each variant, in their order. A variant that lists none has another JSON type, or a
    /// format that no other variant has.
    Text(Vec<Vec<String>>),
    /// By the name of the server-sent event whose data the value is: the kind of data of each variant, in their order.
    Event(Vec<EventData>),
    /// By trial: the variant that accepts the value and knows most of it.
    Trial,
}

/// JSON type of a tag property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagType {
    /// String.
    Text,
    /// Integer.
    Integer,
    /// Boolean.
    Bool,
}
