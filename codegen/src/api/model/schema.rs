//! Schemas: the shapes of values on the wire.

use super::{Docs, EventData, SchemaId, Site, Xml};
pub use crate::formats::{IntegerFormat, NumberFormat, TextFormat};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// A JSON value of the document, such as a default. Numbers are the document's text, unchanged.
pub type Json = serde_json::Value;

/// A schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Location.
    pub at: Site,
    /// Owner; determines the generated type's name.
    pub owner: Owner,
    /// Shape of its values.
    pub shape: Shape,
    /// `true` if `null` is a value too, at every use site.
    pub nullable: bool,
    /// Constraints beyond the shape.
    pub constraints: Constraints,
    /// `default` (JSON Schema validation 9.2).
    pub default: Option<Json>,
    /// `example` and `examples` (JSON Schema validation 9.5).
    pub examples: Vec<Json>,
    /// Documentation.
    pub docs: Docs,
    /// `x-typewright-name`: name requested by the document.
    pub name: Option<String>,
    /// `xml`.
    pub xml: Option<Box<Xml>>,
}

/// Owner of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The schema is the component of this name.
    Component(String),
    /// Another schema, in which this one is inline.
    Schema(SchemaId, Role),
    /// An operation, by its index in [`Api::operations`](super::Api::operations).
    Operation(usize, Role),
    /// A component other than a schema, such as `components/parameters/page`, by its section and name.
    Shared(Section, String),
}

impl Owner {
    /// `true` if the schema is the body of a response.
    pub(in crate::api) fn is_response(&self) -> bool {
        matches!(
            self,
            Self::Operation(_, Role::Response(..)) | Self::Shared(Section::Response(_), _)
        )
    }
}

/// Section of `components` that a shared part belongs to, and the role of the schema in the part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Value of a parameter.
    Parameter,
    /// Request body; with the media type if there are several that differ.
    Body(Option<String>),
    /// Body of a response; with the media type if there are several that differ.
    Response(Option<String>),
    /// Header of this name in a response.
    ResponseHeader(String),
    /// Value of a header.
    Header,
    /// Body of the webhook or callback of this name; with the media type if there are several that differ.
    Payload(Option<String>),
}

/// Role of an inline schema in its owner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Property of this name.
    Property(String),
    /// Items of a list.
    Item,
    /// Item of a tuple, by its index.
    Position(usize),
    /// Values of a map.
    Value,
    /// Keys of a map.
    Key,
    /// Variant of a union, by its index.
    Variant(usize),
    /// Parameter of this name.
    Parameter(String),
    /// Request body; with the media type if there are several that differ.
    Body(Option<String>),
    /// Response of a status (`200`, `4XX`, `default`); with the media type if there are several that differ.
    Response(String, Option<String>),
    /// Header in the response of a status: the status, then the header's name.
    ResponseHeader(String, String),
}

/// A use site: a reference to a schema, with what holds at this place alone.
#[derive(Clone, Debug)]
pub struct Use {
    /// Schema.
    pub schema: SchemaId,
    /// Location of the use site.
    pub at: Site,
    /// `true` if `null` is allowed here in addition to the schema's values.
    pub nullable: bool,
    /// `readOnly` and `writeOnly`.
    pub access: Access,
    /// `default` at this place.
    pub default: Option<Json>,
    /// `example` and `examples` at this place.
    pub examples: Vec<Json>,
    /// Documentation at this place; empty if only the schema has some.
    pub docs: Docs,
    /// `x-typewright-name` at this place: the field's name.
    pub name: Option<String>,
    /// `xml` at this place.
    pub xml: Option<Box<Xml>>,
}

impl Use {
    /// Replaces the examples, unless there are none.
    pub(in crate::api) fn with_examples(mut self, examples: Vec<Json>) -> Self {
        if !examples.is_empty() {
            self.examples = examples;
        }
        self
    }
}

/// Directions in which a value is sent (JSON Schema validation 9.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// In requests and responses.
    #[default]
    ReadWrite,
    /// In responses only: `readOnly`.
    ReadOnly,
    /// In requests only: `writeOnly`.
    WriteOnly,
}

/// Shape of a schema's values.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Any JSON.
    Any(AnyReason),
    /// No value: `false`, `not: {}`.
    Never,
    /// `null` only.
    Null,
    /// `true` and `false`.
    Bool,
    /// Integers.
    Integer(Option<IntegerFormat>),
    /// Numbers.
    Number(Option<NumberFormat>),
    /// Strings.
    Text(TextFormat),
    /// One of a list of literal values.
    Choice(Choice),
    /// An array whose items have one schema.
    List(Box<List>),
    /// An array with a schema for each position.
    Tuple(Box<Tuple>),
    /// An object: a record, a map, or both.
    Object(Box<Object>),
    /// One of several schemas.
    Union(Union),
    /// Exactly another schema: a component that is only a reference.
    Alias(Box<Use>),
}

impl Shape {
    /// Any value, since the schema has no constraints.
    pub const ANY: Self = Self::Any(AnyReason::Unconstrained);
}

/// Reason for accepting any JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnyReason {
    /// The schema has no constraints.
    Unconstrained,
    /// The schema cannot be represented; the text names the part, and a diagnostic reports it.
    Lossy(String),
}

/// A list of literal values (`enum`, `const`; JSON Schema validation 6.1.2 and 6.1.3).
#[derive(Clone, Debug)]
pub struct Choice {
    /// Distinct values, in the document's order; all of one type unless [`ChoiceBase::Mixed`].
    pub values: Vec<ChoiceValue>,
    /// Type of the values.
    pub base: ChoiceBase,
    /// `true` if other values are allowed too (`anyOf` of the list and the bare type).
    pub open: bool,
}

/// JSON type of the values of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceBase {
    /// Strings.
    Text,
    /// Integers.
    Integer,
    /// Only `true`, or only `false`.
    Bool,
    /// Several types, or values that cannot be a variant's tag (fractions, objects).
    Mixed,
}

/// A value of a choice.
#[derive(Clone, Debug)]
pub struct ChoiceValue {
    /// Value on the wire.
    pub wire: Json,
    /// Name declared in the document (`x-enum-varnames` and similar).
    pub name: Option<String>,
    /// Documentation (`x-enum-descriptions` and similar).
    pub docs: Docs,
}

/// An array whose items have one schema (`items`; JSON Schema 10.3.1.2).
#[derive(Clone, Debug)]
pub struct List {
    /// Schema of the items.
    pub item: Use,
}

/// An array with a schema for each position (`prefixItems`; JSON Schema 10.3.1.1).
#[derive(Clone, Debug)]
pub struct Tuple {
    /// Schemas of the positions.
    pub items: Vec<Use>,
    /// Number of positions that every array has (`minItems`).
    pub required: usize,
    /// Schema of the items after the positions; `None` if none are allowed.
    pub additional: Option<Use>,
}

/// An object (JSON Schema 10.3.2).
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Properties by name, in the document's order.
    pub properties: IndexMap<String, Property>,
    /// `additionalProperties`.
    pub additional: AdditionalProperties,
    /// Schema of the names of additional properties (`propertyNames`).
    pub key: Option<Use>,
    /// Groups of properties of which at most one may be present.
    pub exclusive_groups: Vec<ExclusiveGroup>,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Property {
    /// Schema.
    pub value: Use,
    /// `true` if every object has the property.
    pub required: bool,
    /// Value that a client writes by itself: the only one the schema allows, or the object's only tag in the
    /// unions that it is a variant of. A tag's schema may allow other values, which are read unchanged.
    pub constant: Option<Json>,
    /// Meaning of a response that lacks a required property. Configured for servers that deviate from their documents;
    /// requests follow `required` alone.
    pub if_missing: MissingValue,
}

impl Property {
    /// Creates a property that is neither constant nor leniently read.
    pub fn new(value: Use, required: bool) -> Self {
        Self { value, required, constant: None, if_missing: MissingValue::Error }
    }
}

/// Meaning of a response in which a required property is missing, or `null` without being nullable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingValue {
    /// Decoding fails.
    #[default]
    Error,
    /// The list or map is empty.
    Empty,
    /// The property has no value.
    Unset,
}

/// Properties of an object that it does not declare (`additionalProperties`; JSON Schema 10.3.2.3).
#[derive(Clone, Debug, Default)]
pub enum AdditionalProperties {
    /// Unspecified: allowed and ignored.
    #[default]
    Ignored,
    /// `false`: the object is closed.
    Forbidden,
    /// Of this schema (any JSON for `true`), and retained.
    Retained(Box<Use>),
}

/// Properties of which at most one may be present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExclusiveGroup {
    /// Names of the properties, in the document's order; at least two.
    pub members: Vec<String>,
    /// `true` if exactly one must be present (`oneOf` of `required` lists).
    pub required: bool,
}

/// One of several schemas (`oneOf`, `anyOf`; JSON Schema 10.2.1).
#[derive(Clone, Debug)]
pub struct Union {
    /// Variants, in the document's order; at least two.
    pub variants: Vec<Variant>,
    /// How the variant of a value is determined.
    pub tagging: Tagging,
}

impl Union {
    /// `true` if a tag belongs to several variants, which are then tried in turn.
    pub fn has_shared_tags(&self) -> bool {
        let mut seen = BTreeSet::new();
        let mut tags =
            self.variants.iter().flat_map(|variant| variant.tags.iter().collect::<BTreeSet<_>>());
        tags.any(|tag| !seen.insert(tag))
    }
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Schema.
    pub value: Use,
    /// Discriminator values of the variant; the first is the one to write.
    pub tags: Vec<String>,
    /// JSON types of its values except `null`; disjoint between the variants of a union [by type](Tagging::Type). If
    /// one variant is of integers only, another one of numbers has the fractions, and the integers beyond the first
    /// one's range.
    pub types: Vec<JsonType>,
    /// Component that the variant refers to, if its schema is merged with the keywords next to the union. Names the
    /// variant.
    pub component: Option<String>,
}

/// A JSON type; integers are distinct from numbers with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` and `false`.
    Bool,
    /// Integers.
    Integer,
    /// Numbers with a fraction.
    Fraction,
    /// Strings.
    Text,
    /// Arrays.
    List,
    /// Objects.
    Object,
}

/// How the variant of a value is determined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// By a property: a `discriminator` (OpenAPI 4.25), or a constant of each variant, all distinct.
    Property {
        /// Name of the property.
        name: String,
        /// `true` if each variant declares the property itself, so that its record holds and writes it.
        declared: bool,
        /// JSON type of the property; tags are the text of its values.
        tag: TagType,
    },
    /// By JSON type; disjoint between the variants.
    Type,
    /// By the presence of a property that only one variant requires: one name per variant, in their order; `None` for
    /// the variant without such a property.
    Keys(Vec<Option<String>>),
    /// By the text: the texts listed by each variant, in their order. A variant that lists none has another JSON type,
    /// or a format that no other variant has.
    Text(Vec<Vec<String>>),
    /// By the name of the server-sent event whose data the value is: the kind of data of each variant, in their order.
    Event(Vec<EventData>),
    /// By trial: the variant that accepts the value and knows most of it.
    Trial,
}

/// JSON type of a tag property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagType {
    /// String.
    Text,
    /// Integer.
    Integer,
    /// Boolean.
    Bool,
}

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
