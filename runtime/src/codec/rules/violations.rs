use std::fmt;

use crate::codec::CodecError;

/// A constraint that a value breaks (JSON Schema 2020-12 validation, section 6): where, what was expected, and what was found.
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
/// assert_eq!(first.found(), "4");
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
    pub fn found(&self) -> &str {
        self.0.found()
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
    pub(super) fn of(list: Vec<Violation>) -> Result<(), Self> {
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

/// One a line.
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
