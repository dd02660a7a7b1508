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
    /// Each `multipleOf`; parts of an `allOf` may have one each.
    pub multiples_of: Vec<String>,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// Each `pattern` (ECMA-262); parts of an `allOf` may have one each.
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
    /// `dependentRequired`: which members must be there where this one is.
    pub dependent: Vec<(String, Vec<String>)>,
    /// `patternProperties` where nothing else may be there; parts of an `allOf` may have some each.
    pub other_names: Vec<OtherNames>,
}

/// Which names members may have that are not declared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherNames {
    /// The names that are declared beside the patterns.
    pub declared: Vec<String>,
    /// The patterns, of which each other name matches one.
    pub patterns: Vec<String>,
}
