//! What the generated tests try.

use super::ValueType;

/// An example of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Where it stands, as a JSON pointer without the first `/`, and whether it is an example or a default.
    pub name: String,
    /// The example as JSON.
    pub json: String,
    /// What it is read into.
    pub value: ValueType,
}
