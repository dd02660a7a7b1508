//! Schemas: what values look like on the wire.

use super::{Docs, Limits, SchemaId, Site, Union};
use indexmap::IndexMap;

/// A JSON value of the document, such as a default; numbers keep their text.
pub type Json = serde_json::Value;

/// One schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Where it stands.
    pub at: Site,
    /// Whose it is: decides the name of the type made of it.
    pub home: Home,
    /// What its values are.
    pub shape: Shape,
    /// Whether `null` is a value too, wherever the schema is used.
    pub nullable: bool,
    /// What it says of its values beside their shape.
    pub limits: Limits,
    /// `default`, when the schema itself has one.
    pub default: Option<Json>,
    /// `example` and `examples`.
    pub examples: Vec<Json>,
    /// The document's words.
    pub docs: Docs,
    /// `x-typewright-name`: the name that the document itself asks for.
    pub name: Option<String>,
}

/// Whose a schema is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// A component of this name.
    Component(String),
    /// Inside another schema.
    Within(SchemaId, Role),
    /// Inside an operation, by its index in [`Api::operations`](super::Api::operations).
    Operation(usize, Role),
    /// Inside a component that is no schema, such as `components/parameters/page`, by its section and name.
    Shared(Section, String),
}

/// The section of `components` in which a shared part stands, and what in it the schema is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The value of a parameter.
    Parameter,
    /// A request body; the media type where there are several that differ.
    Body(Option<String>),
    /// The body of a reply; the media type where there are several that differ.
    Reply(Option<String>),
    /// The header of this name in a reply.
    ReplyHeader(String),
    /// The value of a header.
    Header,
    /// What a webhook or callback of the name sends; the media type where there are several that differ.
    Payload(Option<String>),
}

/// What an inline schema is to its owner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The property of this name.
    Property(String),
    /// The items of a list.
    Item,
    /// The item of a tuple at this index.
    Position(usize),
    /// The values of a map.
    Value,
    /// The keys of a map.
    Key,
    /// The branch of a union at this index.
    Variant(usize),
    /// The parameter of this name.
    Parameter(String),
    /// The request body; the media type where there are several that differ.
    Body(Option<String>),
    /// The reply of this status (`200`, `4XX`, `default`); the media type where there are several that differ.
    Reply(String, Option<String>),
    /// The header of this name in the reply of this status.
    Header(String, String),
}

/// A place that points at a schema, with what is said there only.
#[derive(Clone, Debug)]
pub struct Use {
    /// The schema.
    pub schema: SchemaId,
    /// Where it is used.
    pub at: Site,
    /// Whether `null` is allowed at this place beside what the schema allows.
    pub nullable: bool,
    /// `readOnly`, `writeOnly`.
    pub access: Access,
    /// `default` at this place.
    pub default: Option<Json>,
    /// `example`s at this place.
    pub examples: Vec<Json>,
    /// The words at this place; empty where only the schema has some.
    pub docs: Docs,
    /// `x-typewright-name` at this place: the name of the field.
    pub name: Option<String>,
}

/// In which direction a value travels (OpenAPI 3.0, section 4.7.24).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Both ways.
    #[default]
    Both,
    /// In replies only: `readOnly`.
    Read,
    /// In requests only: `writeOnly`.
    Write,
}

/// What the values of a schema are.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Any JSON; with the reason why nothing better is known.
    Any(Untyped),
    /// No value at all: `false`, `not: {}`.
    Never,
    /// Only `null`.
    Null,
    /// `true` and `false`.
    Bool,
    /// Whole numbers.
    Integer(Option<IntegerFormat>),
    /// Numbers.
    Number(Option<NumberFormat>),
    /// Text, perhaps of a known form.
    Text(TextFormat),
    /// One of a list of values.
    Choice(Choice),
    /// A list.
    List(Box<List>),
    /// A list with a schema for each position.
    Tuple(Box<Tuple>),
    /// An object: a record, a map, or both.
    Object(Box<Object>),
    /// One of several schemas.
    Union(Union),
    /// Exactly another schema: a component that is only a reference.
    Same(Box<Use>),
}

/// Why a position holds any JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untyped {
    /// The schema is empty: the document asks for it.
    Asked,
    /// Something could not be represented; the diagnostic says what.
    Lost(String),
}

/// The `format` of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerFormat {
    /// `int8`.
    Int8,
    /// `int16`.
    Int16,
    /// `int32`.
    Int32,
    /// `int64`.
    Int64,
    /// `uint8`.
    Uint8,
    /// `uint16`.
    Uint16,
    /// `uint32`.
    Uint32,
    /// `uint64`.
    Uint64,
}

/// The `format` of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    /// `float`.
    Float,
    /// `double`.
    Double,
    /// `decimal`: exact, its text is kept.
    Decimal,
}

/// The `format` of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFormat {
    /// No format, or one that means nothing for the type.
    Plain,
    /// A format that is not known, by its name.
    Other(String),
    /// `date-time` (RFC 3339).
    DateTime,
    /// `date` (RFC 3339 full-date).
    Date,
    /// `time` (RFC 3339 full-time or partial-time).
    Time,
    /// `duration`: ISO 8601, or protobuf's seconds (`3.5s`).
    Duration,
    /// `uuid`.
    Uuid,
    /// `uri`, `url` and their relatives.
    Uri,
    /// `email`.
    Email,
    /// `ipv4`.
    Ipv4,
    /// `ipv6`.
    Ipv6,
    /// `byte`, `contentEncoding: base64`: bytes as base64 text.
    Base64,
    /// `base64url`.
    Base64Url,
    /// `binary`: bytes outside JSON.
    Binary,
    /// `password`: not to be shown.
    Password,
    /// An integer written as text.
    Integer(IntegerFormat),
    /// A number written as text.
    Number(NumberFormat),
}

/// One of a list of values.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The values in the document's order, each once; all of one type unless [`ChoiceBase::Mixed`].
    pub values: Vec<ChoiceValue>,
    /// What type the values have.
    pub base: ChoiceBase,
    /// Whether other values are expected too (`anyOf` of the list and the bare type).
    pub open: bool,
}

/// The JSON type of the values of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceBase {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// `true` or `false`, and not the other.
    Bool,
    /// Several types, or types that have no unit variants (numbers, objects).
    Mixed,
}

/// A value of a choice.
#[derive(Clone, Debug)]
pub struct ChoiceValue {
    /// The value on the wire.
    pub wire: Json,
    /// The name that the document gives it (`x-enum-varnames` and relatives).
    pub name: Option<String>,
    /// What the document says of it (`x-enum-descriptions` and relatives).
    pub docs: Docs,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// What its items are.
    pub item: Use,
}

/// A list with a schema for each position (`prefixItems`).
#[derive(Clone, Debug)]
pub struct Tuple {
    /// The positions.
    pub items: Vec<Use>,
    /// How many of them must be there (`minItems`).
    pub required: usize,
    /// What follows them; `None` where nothing may.
    pub rest: Option<Use>,
}

/// An object.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// The properties by their names on the wire, in the document's order.
    pub properties: IndexMap<String, Property>,
    /// What other members are.
    pub rest: Rest,
    /// What the names of other members are, where the document says (`propertyNames`).
    pub key: Option<Use>,
    /// Groups of properties of which at most one may be there.
    pub exclusive: Vec<Exclusive>,
}

/// A property.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its schema, and what is said of it here.
    pub value: Use,
    /// Whether it must be there.
    pub required: bool,
    /// The value that a client writes without being told: the only one that the schema allows, or the only tag by which
    /// unions know the object. Of a tag the schema may allow other values, which are read as they come.
    pub constant: Option<Json>,
    /// The meaning of a reply that has no value for it, where it is required: what callers say of servers that depart from
    /// their documents. Requests follow `required` alone.
    pub lack: Lack,
}

impl Property {
    /// A property of which only this is known.
    pub fn of(value: Use, required: bool) -> Self {
        Self {
            value,
            required,
            constant: None,
            lack: Lack::Error,
        }
    }
}

/// The meaning of a reply in which a required member is missing, or null though it is not nullable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lack {
    /// The reply cannot be read.
    #[default]
    Error,
    /// The list or map is empty.
    Empty,
    /// The member has no value.
    Unset,
}

/// What the members of an object are that it does not list.
#[derive(Clone, Debug, Default)]
pub enum Rest {
    /// The document does not say: they may be there and are passed over.
    #[default]
    Unsaid,
    /// There are none: `additionalProperties: false`.
    Closed,
    /// They are of this schema (any JSON for `additionalProperties: true`) and are kept.
    Kept(Box<Use>),
}

/// Properties of which at most one may be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusive {
    /// The names of the properties, in the document's order; at least two.
    pub members: Vec<String>,
    /// Whether one of them must be there (`oneOf` of `required` lists).
    pub required: bool,
}
