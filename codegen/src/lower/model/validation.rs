//! Constraints of schemas that no Rust type expresses.

use super::JsonKind;
use crate::names::Ident;

/// The method `validate` of a generated type.
#[derive(Clone, Debug)]
pub struct Validation {
    /// The type.
    pub name: Ident,
    /// Rules that its values must satisfy.
    pub rules: Vec<Rule>,
    /// `true` if modules beside `types` name the rules.
    pub is_shared: bool,
}

/// A rule for values of a type; its variants are those of the runtime's `Rule`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A bound or step of a number: the variant, and the number's text.
    Number(NumberRule, String),
    /// A bound of a count: the variant, and the count.
    Count(CountRule, u64),
    /// `pattern`.
    Pattern(String),
    /// `uniqueItems`.
    UniqueItems,
    /// `required`.
    Required(Vec<String>),
    /// `dependentRequired`: a member, and the members required with it.
    Dependent(String, Vec<String>),
    /// `patternProperties` of an object that declares all its members: the declared names, and the patterns of others.
    NamePatterns(Vec<String>, Vec<String>),
    /// `enum`: the JSON text of each value.
    Listed(Vec<String>),
    /// `type`.
    Kinds(Vec<JsonKind>),
    /// Rules of the member with this name.
    Member(String, Vec<Rule>),
    /// Rules of every other member.
    Others(Vec<Rule>),
    /// Rules of the names of members.
    Names(Vec<Rule>),
    /// Rules of the item at this index.
    Item(usize, Vec<Rule>),
    /// Rules of the items from this index on.
    ItemsFrom(usize, Vec<Rule>),
    /// Rules of every item.
    Items(Vec<Rule>),
    /// The rules of another generated type.
    Type(Ident),
    /// Rules of every value except null.
    OrNull(Vec<Rule>),
    /// Alternatives, of which one must hold.
    Either(Vec<Vec<Rule>>),
    /// Alternatives by the text of the member with this name.
    Tagged(String, Vec<(Vec<String>, Vec<Rule>)>),
}

/// A rule for numbers.
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

/// A rule for the length of texts, lists and objects.
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
    /// Rules inside this one.
    fn parts(&self) -> Vec<&Rule> {
        match self {
            Self::Member(_, rules)
            | Self::Others(rules)
            | Self::Names(rules)
            | Self::Item(_, rules)
            | Self::ItemsFrom(_, rules)
            | Self::Items(rules)
            | Self::OrNull(rules) => rules.iter().collect(),
            Self::Either(alternatives) => alternatives.iter().flatten().collect(),
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
            | Self::Type(_) => Vec::new(),
        }
    }

    /// `true` if this rule, or one inside it, matches.
    pub fn any(&self, matches: &dyn Fn(&Rule) -> bool) -> bool {
        matches(self) || self.parts().into_iter().any(|rule| rule.any(matches))
    }

    /// Generated types whose rules it refers to.
    pub fn named(&self) -> Vec<&Ident> {
        if let Self::Type(name) = self {
            return vec![name];
        }
        self.parts().into_iter().flat_map(Self::named).collect()
    }
}
