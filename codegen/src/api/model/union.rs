//! Unions: the branches, and how a value's branch is found.

use super::{EventData, Use};

/// One of several schemas.
#[derive(Clone, Debug)]
pub struct Union {
    /// The branches in the document's order; at least two.
    pub variants: Vec<Variant>,
    /// How a value's branch is found.
    pub tagging: Tagging,
}

impl Union {
    /// Whether a tag leads to several branches, which are then tried.
    pub fn has_shared_tags(&self) -> bool {
        let mut seen = std::collections::BTreeSet::new();
        let tags = self.variants.iter().flat_map(|variant| {
            let own: std::collections::BTreeSet<_> = variant.tags.iter().collect();
            own
        });
        tags.into_iter().any(|tag| !seen.insert(tag))
    }
}

/// A branch of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its schema.
    pub value: Use,
    /// The values of the discriminator that lead here; the first is the one to write.
    pub tags: Vec<String>,
    /// The JSON types of its values, `null` aside: no type is of two branches of a union [by type](Tagging::Type). Of two
    /// branches, one of which takes whole numbers alone, the other takes those with a fraction, and whole ones that the
    /// first cannot hold.
    pub types: Vec<JsonType>,
    /// The component whose branch this is, where the branch is merged with what stands beside the union: a word for the
    /// variant's name.
    pub component: Option<String>,
}

/// A JSON type, with whole numbers apart from those with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` and `false`.
    Bool,
    /// Whole numbers.
    Integer,
    /// Numbers with a fraction.
    Fraction,
    /// Texts.
    Text,
    /// Arrays.
    List,
    /// Objects.
    Object,
}

/// How the branch of a value is found; decided from the document once, here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// By the text of this property, declared by a `discriminator` or implied by one-value enums that differ.
    Property {
        /// The property's name on the wire.
        name: String,
        /// Whether each branch declares the property itself, so that its record holds and writes it.
        declared: bool,
        /// The JSON type of the property; tags are the text of its values.
        tag: TagType,
    },
    /// By the JSON type: no two branches share one.
    Type,
    /// By a property that only this branch requires: one of each branch's names, in the order of the branches.
    Keys(Vec<Option<String>>),
    /// By the text: the texts that each branch lists, in the order of the branches. One that lists none is an other JSON type,
    /// or a format that no other branch has.
    Text(Vec<Vec<String>>),
    /// By the name of the server-sent event whose data the value is; what the data of each branch is, in their order.
    Event(Vec<EventData>),
    /// By trial: the branch that takes the value and knows the most of it.
    Trial,
}

/// The JSON type of a property that tells branches apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagType {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Bool,
}
