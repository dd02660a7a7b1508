//! Flat view of the keywords and annotations of one schema in the normal form.
//!
//! Keywords that OpenAPI 3.0 does not have are extensions: see [`keys`].

use super::model::{Access, Constraints, Docs, Json, NamePatterns, Xml};
use super::schema_source::{join, Part, SchemaSource};
use super::type_set::TypeSet;
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};
use std::sync::LazyLock;

pub(super) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// A subschema that an extension refers to, or a boolean in its place.
#[derive(Clone, Debug)]
pub(super) enum Subschema<'a> {
    Schema(SchemaSource<'a>),
    /// `true` at this pointer.
    True(String),
    /// `false` at this pointer.
    False(String),
}

impl<'a> Subschema<'a> {
    fn new(pointer: String, value: &'a Json) -> Option<Self> {
        match value {
            Json::String(reference) => {
                Some(Self::Schema(SchemaSource::reference(pointer, reference)))
            }
            Json::Bool(true) => Some(Self::True(pointer)),
            Json::Bool(false) => Some(Self::False(pointer)),
            Json::Null | Json::Number(_) | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

/// Extensions that restrict values and that neither a type nor a check covers, with their keywords.
const UNCHECKED: [(&str, &str); 6] = [
    (keys::CONTAINS, "contains"),
    (keys::IF, "if"),
    (keys::DEPENDENT_SCHEMAS, "dependentSchemas"),
    (keys::UNEVALUATED_ITEMS, "unevaluatedItems"),
    (keys::WIDENED, "patternProperties"),
    (keys::CONTENT_SCHEMA, "contentSchema"),
];

/// Further extensions that restrict values.
const RESTRICTING: [&str; 7] = [
    keys::DEPENDENT_REQUIRED,
    keys::PATTERNS,
    keys::PREFIX_ITEMS,
    keys::PROPERTY_NAMES,
    keys::UNEVALUATED_PROPERTIES,
    keys::THEN,
    keys::ELSE,
];

/// Access to the keywords of a schema. Pointers (`at`) are those of the schema.
pub(super) trait Keywords {
    fn as_schema(&self) -> &Schema;

    /// Returns the keywords of OpenAPI 3.0.
    fn keywords(&self) -> &AnySchema {
        static NO_KEYWORDS: LazyLock<AnySchema> = LazyLock::new(AnySchema::default);
        // In the normal form, every schema is of this kind.
        match &self.as_schema().schema_kind {
            SchemaKind::Any(keywords) => keywords,
            SchemaKind::Type(_)
            | SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => &NO_KEYWORDS,
        }
    }

    /// Returns an extension.
    fn extension(&self, key: &str) -> Option<&Json> {
        self.as_schema().schema_data.extensions.get(key)
    }

    /// Returns the subschema of an extension.
    fn subschema(&self, at: &str, key: &str) -> Option<Subschema<'_>> {
        Subschema::new(join(at, key), self.extension(key)?)
    }

    /// Returns the schemas of `prefixItems`.
    fn prefix_items(&self, at: &str) -> Vec<Subschema<'_>> {
        let at = join(at, keys::PREFIX_ITEMS);
        let items = self
            .extension(keys::PREFIX_ITEMS)
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .enumerate();
        items.filter_map(|(index, item)| Subschema::new(format!("{at}/{index}"), item)).collect()
    }

    /// Returns the schemas that apply under a condition: `then`, `else` and `dependentSchemas`.
    fn conditional(&self, at: &str) -> Vec<SchemaSource<'_>> {
        let branches =
            [keys::THEN, keys::ELSE].into_iter().filter_map(|key| self.subschema(at, key));
        let dependent = self.extension(keys::DEPENDENT_SCHEMAS).and_then(Json::as_object);
        let dependent_at = join(at, keys::DEPENDENT_SCHEMAS);
        let dependent = dependent
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Subschema::new(join(&dependent_at, name), value));
        let as_source = |subschema| match subschema {
            Subschema::Schema(source) => Some(source),
            Subschema::True(_) | Subschema::False(_) => None,
        };
        branches.chain(dependent).filter_map(as_source).collect()
    }

    /// Returns `type`; every type if absent.
    fn types(&self) -> TypeSet {
        let name = self.keywords().typ.as_deref();
        name.and_then(TypeSet::from_name).unwrap_or_default()
    }

    /// Returns the constraints.
    fn constraints(&self) -> Constraints {
        let keywords = self.keywords();
        let count = |count: Option<usize>| count.and_then(|count| u64::try_from(count).ok());
        let number = |key: &str| self.extension(key)?.as_str().map(str::to_owned);
        Constraints {
            minimum: number(keys::MINIMUM),
            maximum: number(keys::MAXIMUM),
            exclusive_minimum: keywords.exclusive_minimum.unwrap_or_default(),
            exclusive_maximum: keywords.exclusive_maximum.unwrap_or_default(),
            multiples_of: number(keys::MULTIPLE_OF).into_iter().collect(),
            min_length: count(keywords.min_length),
            max_length: count(keywords.max_length),
            patterns: keywords.pattern.iter().cloned().collect(),
            min_items: count(keywords.min_items),
            max_items: count(keywords.max_items),
            unique_items: keywords.unique_items.unwrap_or_default(),
            min_properties: count(keywords.min_properties),
            max_properties: count(keywords.max_properties),
            dependent: dependent_required(self.as_schema()),
            name_patterns: name_patterns(self.as_schema()).into_iter().collect(),
        }
    }

    /// Returns the keywords that neither a type nor a check covers.
    fn unchecked(&self) -> impl Iterator<Item = &'static str> {
        let present = UNCHECKED.iter().filter(|(key, _)| self.extension(key).is_some());
        present.map(|(_, keyword)| *keyword)
    }

    /// `true` if the schema is composed of others.
    fn is_composed(&self) -> bool {
        let keywords = self.keywords();
        !(keywords.all_of.is_empty() && keywords.one_of.is_empty() && keywords.any_of.is_empty())
    }

    /// `true` if an extension restricts the values.
    fn has_restricting_extension(&self) -> bool {
        let mut keys = RESTRICTING.iter().chain(UNCHECKED.iter().map(|(key, _)| key));
        keys.any(|key| self.extension(key).is_some())
    }

    /// `true` if, composition aside, no keywords but `type`, `required`, `not` and constraints are declared.
    fn has_no_structure(&self) -> bool {
        let keywords = self.keywords();
        keywords.format.is_none()
            && keywords.enumeration.is_empty()
            && keywords.properties.is_empty()
            && keywords.additional_properties.is_none()
            && keywords.items.is_none()
            && !self.has_restricting_extension()
    }

    /// `true` if, composition aside, only `type` and constraints are declared.
    fn has_only_type_and_constraints(&self) -> bool {
        let keywords = self.keywords();
        self.has_no_structure() && keywords.required.is_empty() && keywords.not.is_none()
    }

    /// `true` if, composition aside, only `type` is declared.
    fn has_only_type(&self) -> bool {
        self.has_only_type_and_constraints() && self.constraints() == Constraints::default()
    }

    /// `true` if, composition aside, only annotations are declared.
    fn has_only_annotations(&self) -> bool {
        self.types() == TypeSet::ALL && self.has_only_type()
    }
}

impl Keywords for Schema {
    fn as_schema(&self) -> &Schema {
        self
    }
}

/// Reads an XML Object. `nodeType` replaces the flags of earlier versions (OpenAPI 3.2, section 4.26.1).
fn xml_object(json: &Json) -> Xml {
    let text = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
    let flag = |key: &str| json.get(key).and_then(Json::as_bool).unwrap_or_default();
    let by_flags = match (flag("attribute"), flag("wrapped")) {
        (true, _) => Some("attribute".to_owned()),
        (false, true) => Some("element".to_owned()),
        (false, false) => None,
    };
    Xml {
        name: text("name"),
        namespace: text("namespace"),
        prefix: text("prefix"),
        node: text("nodeType").or(by_flags),
    }
}

fn texts(list: &Json) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// Reads `dependentRequired`, properties without dependents left out.
fn dependent_required(schema: &Schema) -> Vec<(String, Vec<String>)> {
    let dependent =
        schema.extension(keys::DEPENDENT_REQUIRED).and_then(Json::as_object).into_iter().flatten();
    dependent
        .map(|(name, required)| (name.clone(), texts(required)))
        .filter(|(_, required)| !required.is_empty())
        .collect()
}

/// Reads `patternProperties` of a closed object.
fn name_patterns(schema: &Schema) -> Option<NamePatterns> {
    schema.extension(keys::ONLY_PATTERNS)?;
    let patterns = schema.extension(keys::PATTERNS).filter(|list| list.is_array())?;
    Some(NamePatterns {
        declared: schema.keywords().properties.keys().cloned().collect(),
        patterns: texts(patterns),
    })
}

/// Returns the schemas of the `oneOf` or `anyOf` that a source is.
pub(super) fn branches<'a>(union: &SchemaSource<'a>) -> Vec<SchemaSource<'a>> {
    match union.part {
        Part::OneOf(schema) => {
            SchemaSource::list(&union.pointer, "oneOf", &schema.keywords().one_of)
        }
        Part::AnyOf(schema) => {
            SchemaSource::list(&union.pointer, "anyOf", &schema.keywords().any_of)
        }
        Part::Reference(_)
        | Part::Component(_)
        | Part::Whole(_)
        | Part::Direct(_)
        | Part::Inherited(_) => Vec::new(),
    }
}

/// Annotations of the schemas that describe one value, the most specific first.
#[derive(Clone, Debug, Default)]
pub(super) struct Annotations<'a>(pub Vec<&'a SchemaData>);

impl<'a> Annotations<'a> {
    /// Appends the annotations of a less specific schema.
    pub fn and(&self, other: Option<&'a SchemaData>) -> Self {
        Self(self.0.iter().copied().chain(other).collect())
    }

    /// Returns the documentation: of each kind the first.
    pub fn docs(&self) -> Docs {
        self.0.iter().fold(Docs::default(), |docs, data| Docs {
            title: docs.title.or_else(|| data.title.clone()),
            description: docs.description.or_else(|| data.description.clone()),
            deprecated: docs.deprecated || data.deprecated,
            link: docs.link.or_else(|| Some(data.external_docs.as_ref()?.url.clone())),
        })
    }

    /// Returns the first `default`.
    pub fn default_value(&self) -> Option<Json> {
        self.0.iter().find_map(|data| data.default.clone())
    }

    /// Returns the examples of the first schema that has some.
    pub fn examples(&self) -> Vec<Json> {
        let examples = |data: &&SchemaData| {
            let listed = data.extensions.get(keys::EXAMPLES).and_then(Json::as_array);
            listed.map_or_else(|| data.example.iter().cloned().collect(), Clone::clone)
        };
        let mut examples = self.0.iter().map(examples);
        examples.find(|examples: &Vec<Json>| !examples.is_empty()).unwrap_or_default()
    }

    /// Returns the first `x-typewright-name`.
    pub fn name(&self) -> Option<String> {
        let name =
            |data: &&SchemaData| data.extensions.get(keys::NAME)?.as_str().map(str::to_owned);
        self.0.iter().find_map(name)
    }

    /// Returns the first `xml`.
    pub fn xml(&self) -> Option<Box<Xml>> {
        let xml = |data: &&SchemaData| data.extensions.get(keys::XML).map(xml_object);
        self.0.iter().find_map(xml).map(Box::new)
    }

    /// Returns the first `x-ms-enum.name`.
    pub fn enum_name(&self) -> Option<String> {
        let name = |data: &&SchemaData| {
            let name = data.extensions.get("x-ms-enum")?.get("name")?;
            name.as_str().map(str::to_owned)
        };
        self.0.iter().find_map(name)
    }

    /// Returns the first `readOnly` or `writeOnly`.
    pub fn access(&self) -> Access {
        let access = |data: &&SchemaData| match (data.read_only, data.write_only) {
            (true, false) => Some(Access::ReadOnly),
            (false, true) => Some(Access::WriteOnly),
            (true, true) | (false, false) => None,
        };
        self.0.iter().find_map(access).unwrap_or_default()
    }
}
