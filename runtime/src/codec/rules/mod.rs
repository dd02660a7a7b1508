//! Constraints that no type expresses (JSON Schema validation, section 6): data in generated code, checked here.

mod check;
#[cfg(feature = "pattern")]
mod patterns;
mod violations;

pub use self::violations::{Violation, Violations};

use super::{to_value, Encode, Kind};

/// What a value has to be beside its type. A rule about texts says nothing of numbers, and so on, as in JSON Schema.
///
/// ```
/// use typewright_runtime::codegen::v1::{self, Rule};
///
/// let rules = &[Rule::Items(&[Rule::MaxLength(3)]), Rule::UniqueItems];
/// assert!(v1::validate(&vec!["a".to_owned(), "b".to_owned()], rules).is_ok());
/// let violations = v1::validate(&vec!["long".to_owned()], rules).unwrap_err();
/// assert_eq!(violations.to_string(), "[0]: expected at most 3 characters, found 4");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Rule {
    /// `minimum`, by its text.
    Minimum(&'static str),
    /// `maximum`, by its text.
    Maximum(&'static str),
    /// `exclusiveMinimum`, by its text.
    Above(&'static str),
    /// `exclusiveMaximum`, by its text.
    Below(&'static str),
    /// `multipleOf`, by its text.
    MultipleOf(&'static str),
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `pattern`, a regular expression of ECMA-262 that matches somewhere in the text.
    #[cfg(feature = "pattern")]
    Pattern(&'static str),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `required`.
    Required(&'static [&'static str]),
    /// `dependentRequired`: where the member of this name is there, so are these.
    Dependent(&'static str, &'static [&'static str]),
    /// Every member whose name is none of the first list has one that a regular expression of the second matches:
    /// `patternProperties` where `additionalProperties` is `false`.
    #[cfg(feature = "pattern")]
    OtherNames(&'static [&'static str], &'static [&'static str]),
    /// `enum`, the JSON text of each value.
    Listed(&'static [&'static str]),
    /// `type`.
    Kinds(&'static [Kind]),
    /// What holds for the member of this name.
    Member(&'static str, &'static [Rule]),
    /// What holds for every member that no [`Rule::Member`] beside it names.
    Others(&'static [Rule]),
    /// What holds for the name of every member.
    Names(&'static [Rule]),
    /// What holds for the item at this index.
    Item(usize, &'static [Rule]),
    /// What holds for every item from this index on.
    ItemsFrom(usize, &'static [Rule]),
    /// What holds for every item.
    Items(&'static [Rule]),
    /// The rules of another type.
    Of(fn() -> &'static [Rule]),
    /// Null, or a value for which these hold.
    OrNull(&'static [Rule]),
    /// A value for which one of these lists holds.
    Either(&'static [&'static [Rule]]),
    /// What holds for an object in whose member of this name one of the texts beside it stands.
    Tagged(
        &'static str,
        &'static [(&'static [&'static str], &'static [Rule])],
    ),
}

/// Checks a value against rules: the body of `validate` on generated types.
///
/// # Errors
/// Every rule that the value breaks, with the path to where it does.
pub fn validate(value: &dyn Encode, rules: &[Rule]) -> Result<(), Violations> {
    match to_value(value) {
        Ok(value) => Violations::of(check::violations(&value.unwrap_or_default(), rules)),
        Err(failure) => Violations::of(vec![Violation::from(failure)]),
    }
}
