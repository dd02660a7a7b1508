//! Constraints that types cannot express (JSON Schema validation, section 6): data in generated code.

mod check;

use crate::codec::{to_value, CodecError, Encode, Kind};
use std::fmt;

/// A constraint on values in addition to their type. A rule about texts does not apply to numbers, and so on, as in JSON
/// Schema.
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
    /// `dependentRequired`: if the member of this name is present, so are these.
    Dependent(&'static str, &'static [&'static str]),
    /// Each member whose name is not in the first list has a name that a regular expression of the second matches:
    /// `patternProperties` where `additionalProperties` is `false`.
    #[cfg(feature = "pattern")]
    OtherNames(&'static [&'static str], &'static [&'static str]),
    /// `enum`, the JSON text of each value.
    Listed(&'static [&'static str]),
    /// `type`.
    Kinds(&'static [Kind]),
    /// The rules for the member of this name.
    Member(&'static str, &'static [Rule]),
    /// The rules for every member that no [`Rule::Member`] of the same list names.
    Others(&'static [Rule]),
    /// The rules for the name of every member.
    Names(&'static [Rule]),
    /// The rules for the item at this index.
    Item(usize, &'static [Rule]),
    /// The rules for every item from this index on.
    ItemsFrom(usize, &'static [Rule]),
    /// The rules for every item.
    Items(&'static [Rule]),
    /// The rules of another type.
    Type(fn() -> &'static [Rule]),
    /// Null, or a value that satisfies these rules.
    OrNull(&'static [Rule]),
    /// A value that satisfies one of these lists.
    Either(&'static [&'static [Rule]]),
    /// The rules for an object whose member of this name has one of these texts.
    Tagged(&'static str, &'static [(&'static [&'static str], &'static [Rule])]),
}

/// Checks a value against rules: the body of `validate` on generated types.
///
/// # Errors
/// The value breaks a rule; the error has all broken rules with their paths.
pub fn validate(value: &dyn Encode, rules: &[Rule]) -> Result<(), Violations> {
    match to_value(value) {
        Ok(value) => Violations::check(check::violations(&value.unwrap_or_default(), rules)),
        Err(failure) => Violations::check(vec![Violation::from(failure)]),
    }
}

/// A constraint that a value breaks (JSON Schema 2020-12 validation, section 6), with its path and the expected and actual value.
///
/// ```
/// use typewright_runtime::value::Violation;
/// # use typewright_runtime::codegen::v1::{validate, Rule};
/// # let violations = validate(&vec!["long".to_owned()], &[Rule::Items(&[Rule::MaxLength(3)])]).unwrap_err();
///
/// // `violations` is the error of a generated `validate()`.
/// let first: &Violation = violations.iter().next().unwrap();
/// assert_eq!(first.path(), "[0]");
/// assert_eq!(first.expected(), "at most 3 characters");
/// assert_eq!(first.actual(), "4");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation(CodecError);

impl Violation {
    /// The path to the value, such as `labels[3].name`; empty for the outermost.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.path()
    }

    /// A description of the values that the constraint allows, such as `at most 3 characters`.
    #[must_use]
    pub fn expected(&self) -> &str {
        self.0.expected()
    }

    /// A description of the value that is there instead, such as `4`.
    #[must_use]
    pub fn actual(&self) -> &str {
        self.0.actual()
    }
}

impl From<CodecError> for Violation {
    fn from(failure: CodecError) -> Self {
        Self(failure)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

/// Every constraint that a value breaks, in the order of the value; at least one. `Display` writes a line for each.
///
/// ```
/// use typewright_runtime::value::Violations;
/// # use typewright_runtime::codegen::v1::{validate, Rule};
/// # let outcome = validate(&vec!["long".to_owned()], &[Rule::MinItems(2), Rule::Items(&[Rule::MaxLength(3)])]);
///
/// // `outcome` is that of a generated `validate()`.
/// let violations: Violations = outcome.unwrap_err();
/// assert_eq!(violations.iter().count(), 2);
/// for violation in &violations {
///     println!("{violation}");
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub(super) fn check(list: Vec<Violation>) -> Result<(), Self> {
        if list.is_empty() {
            return Ok(());
        }
        Err(Self(list))
    }

    /// The violations, in the order of the value.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Writes one violation a line.
impl fmt::Display for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            write!(formatter, "{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
