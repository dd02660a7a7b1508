//! Constraints that no type expresses.

use super::Kind;
use crate::names::Ident;

/// The constraints of a generated type.
#[derive(Clone, Debug)]
pub struct Validation {
    /// The type.
    pub name: Ident,
    /// What its values have to be.
    pub rules: Vec<Rule>,
}

/// What a value has to be beside its type: the variants of the runtime's `Rule`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A bound or step of a number: the variant, and the text of the number.
    Number(NumberRule, String),
    /// A count: the variant, and how many.
    Count(CountRule, u64),
    /// `pattern`.
    Pattern(String),
    /// `uniqueItems`.
    UniqueItems,
    /// `required`.
    Required(Vec<String>),
    /// `dependentRequired`: where the member of this name is there, so are the others.
    Dependent(String, Vec<String>),
    /// Members with names other than these have one that a pattern matches.
    NamePatterns(Vec<String>, Vec<String>),
    /// `enum`: the JSON text of each value.
    Listed(Vec<String>),
    /// The JSON types of the values.
    Kinds(Vec<Kind>),
    /// What holds for the member of this name.
    Member(String, Vec<Rule>),
    /// What holds for all other members.
    Others(Vec<Rule>),
    /// What holds for the names of members.
    Names(Vec<Rule>),
    /// What holds for the item at this index.
    Item(usize, Vec<Rule>),
    /// What holds for the items from this index on.
    ItemsFrom(usize, Vec<Rule>),
    /// What holds for every item.
    Items(Vec<Rule>),
    /// The rules of another generated type.
    Of(Ident),
    /// What holds for every value but null.
    OrNull(Vec<Rule>),
    /// Lists of which one holds.
    Either(Vec<Vec<Rule>>),
    /// What holds for an object in whose member of this name one of the texts stands.
    Tagged(String, Vec<(Vec<String>, Vec<Rule>)>),
}

/// The rules about numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberRule {
    /// `minimum`.
    Minimum,
    /// `maximum`.
    Maximum,
    /// `exclusiveMinimum`.
    Above,
    /// `exclusiveMaximum`.
    Below,
    /// `multipleOf`.
    MultipleOf,
}

/// The rules about how many there are of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountRule {
    /// `minLength`.
    MinLength,
    /// `maxLength`.
    MaxLength,
    /// `minItems`.
    MinItems,
    /// `maxItems`.
    MaxItems,
    /// `minProperties`.
    MinProperties,
    /// `maxProperties`.
    MaxProperties,
}

impl Rule {
    /// The rules inside this one.
    pub fn inner(&self) -> Vec<&Rule> {
        match self {
            Self::Member(_, rules)
            | Self::Others(rules)
            | Self::Names(rules)
            | Self::Item(_, rules)
            | Self::ItemsFrom(_, rules)
            | Self::Items(rules)
            | Self::OrNull(rules) => rules.iter().collect(),
            Self::Either(lists) => lists.iter().flatten().collect(),
            Self::Tagged(_, branches) => branches.iter().flat_map(|(_, rules)| rules).collect(),
            Self::Number(..)
            | Self::Count(..)
            | Self::Pattern(_)
            | Self::UniqueItems
            | Self::Required(_)
            | Self::Dependent(..)
            | Self::NamePatterns(..)
            | Self::Listed(_)
            | Self::Kinds(_)
            | Self::Of(_) => Vec::new(),
        }
    }

    /// Whether this rule, or one inside it, is of the kind that `which` picks.
    pub fn has(&self, which: &dyn Fn(&Rule) -> bool) -> bool {
        which(self) || self.inner().into_iter().any(|rule| rule.has(which))
    }

    /// The generated types whose rules these refer to.
    pub fn named(&self) -> Vec<&Ident> {
        match self {
            Self::Of(name) => vec![name],
            Self::Number(..)
            | Self::Count(..)
            | Self::Pattern(_)
            | Self::UniqueItems
            | Self::Required(_)
            | Self::Dependent(..)
            | Self::NamePatterns(..)
            | Self::Listed(_)
            | Self::Kinds(_)
            | Self::Member(..)
            | Self::Others(_)
            | Self::Names(_)
            | Self::Item(..)
            | Self::ItemsFrom(..)
            | Self::Items(_)
            | Self::OrNull(_)
            | Self::Either(_)
            | Self::Tagged(..) => self.inner().into_iter().flat_map(Self::named).collect(),
        }
    }
}
