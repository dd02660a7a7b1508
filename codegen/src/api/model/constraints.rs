//! Constraints on values beyond their type.

/// Constraints of a schema (JSON Schema validation, section 6). Numbers are the document's text, unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// `minimum`, or the number of `exclusiveMinimum`.
    pub minimum: Option<String>,
    /// `maximum`, or the number of `exclusiveMaximum`.
    pub maximum: Option<String>,
    /// `true` if `minimum` itself is excluded.
    pub exclusive_minimum: bool,
    /// `true` if `maximum` itself is excluded.
    pub exclusive_maximum: bool,
    /// All `multipleOf`; each part of an `allOf` may have one.
    pub multiples_of: Vec<String>,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// All `pattern`s (ECMA-262); each part of an `allOf` may have one.
    pub patterns: Vec<String>,
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
    /// `dependentRequired`: a property, and the properties that are required if it is present.
    pub dependent: Vec<(String, Vec<String>)>,
    /// `patternProperties` of closed objects; each part of an `allOf` may have some.
    pub name_patterns: Vec<NamePatterns>,
}

/// Names that undeclared properties may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamePatterns {
    /// Names of the declared properties, which need not match a pattern.
    pub declared: Vec<String>,
    /// Patterns; every other name matches at least one.
    pub patterns: Vec<String>,
}
