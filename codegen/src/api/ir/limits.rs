//! Constraints beside the shape of a schema.

/// Constraints beside the shape (JSON Schema validation, section 6). Numbers keep the document's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// `minimum`.
    pub minimum: Option<String>,
    /// `maximum`.
    pub maximum: Option<String>,
    /// Whether `minimum` itself is out.
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is out.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    pub multiple_of: Option<String>,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern` (ECMA-262).
    pub pattern: Option<String>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `dependentRequired`: which members must be there where this one is.
    pub dependent: Vec<(String, Vec<String>)>,
}
