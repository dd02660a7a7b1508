//! The IR of this crate: the grammar of a reference page, with a place for everything that was read.

use crate::scanner::Spanned;
use indexmap::IndexMap;
use std::ops::Range;
use typewright::source::FileId;

/// One reference page: a method, bound to one HTTP request or more.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file.
    pub file: FileId,
    /// `true` if the page has a front matter for the vendor's playground; such pages are newer.
    pub playground: bool,
    /// Parts of the first heading.
    pub title: Title,
    /// The text under the first heading.
    pub doc: String,
    /// The HTTP requests that the method is bound to, at least one.
    pub bindings: Vec<Binding>,
}

/// `# Managed Service for Trino API, REST: Catalog.Update`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The service's name, such as `Managed Service for Trino API`.
    pub service: String,
    /// The resource, such as `Catalog`.
    pub resource: String,
    /// The method, such as `Update`.
    pub method: String,
    /// Place of the heading.
    pub span: Range<usize>,
}

/// One HTTP request of a method, with the types that it and its response use.
#[derive(Clone, Debug)]
pub struct Binding {
    /// HTTP method.
    pub verb: Verb,
    /// URL, such as `https://trino.{{ api-host }}/managed-trino/v1/clusters/{clusterId}`.
    pub url: Spanned<String>,
    /// The parameters in the path.
    pub path: Option<Section>,
    /// The parameters in the query.
    pub query: Option<Section>,
    /// The request's body.
    pub body: Option<Section>,
    /// The response's body.
    pub response: Option<Section>,
    /// The messages that the request's tables link to.
    pub types: Vec<Section>,
    /// The messages that the response's tables link to.
    pub response_types: Vec<Section>,
}

/// An HTTP method that a page may name, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `PATCH`
    Patch,
}

impl Verb {
    /// Reads a method in either case.
    pub fn read(text: &str) -> Option<Self> {
        let verbs = [Self::Get, Self::Put, Self::Post, Self::Delete, Self::Patch];
        verbs.into_iter().find(|verb| text.eq_ignore_ascii_case(verb.key()))
    }

    /// The key of the method in a path item (OpenAPI 3.0.3, 4.7.9).
    pub fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Patch => "patch",
        }
    }
}

/// A heading with its anchor, its JSON block, its text and its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's text, such as `Cluster`.
    pub heading: Spanned<String>,
    /// Anchor of the heading, such as `yandex.cloud.trino.v1.Cluster2`; empty if absent.
    pub anchor: String,
    /// The lines of the block that draws the JSON's shape.
    pub shape: Option<Vec<Spanned<String>>>,
    /// The text between heading and table.
    pub doc: String,
    /// Rows; empty without a table.
    pub rows: Vec<Row>,
    /// `true` if the front matter allows no other members.
    pub closed: bool,
    /// Groups of members of which at most one may be set.
    pub groups: Vec<Vec<String>>,
}

/// One row: a field of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The field's name, without `[]`.
    pub name: String,
    /// `true` if the field is a list of its type.
    pub repeated: bool,
    /// The field's type.
    pub kind: Kind,
    /// `true` if the field is required.
    pub required: bool,
    /// `true` if the field is deprecated.
    pub deprecated: bool,
    /// `true` if the elements of a list are distinct.
    pub unique: bool,
    /// The field's own prose.
    pub doc: String,
    /// Limits of the value.
    pub limits: Limits,
    /// The values of an enum, in the page's order.
    pub values: IndexMap<String, String>,
    /// The group of which at most one may be set, as this row names it.
    pub group: Vec<String>,
    /// Place of the row.
    pub span: Range<usize>,
}

/// A field's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `**string**`, with a format such as `int64`, or an empty one.
    Text(&'static str),
    /// `**boolean**`
    Boolean,
    /// `**integer** (int32)`
    Integer,
    /// `**number** (double)`
    Number,
    /// `**object**`: a message without fields, or one that the page leaves open.
    Free,
    /// `**enum** (Name)`, and the full name where the prose links to it.
    Enum(String, Option<String>),
    /// `**[Name](#anchor)**`, by its anchor.
    Message(String),
    /// `**object** (map<**string**, …>)`
    Map(Box<Kind>),
    /// One of several, where pages contradict each other.
    Either(Vec<Kind>),
}

impl Kind {
    /// The key of the message, if it is one.
    pub fn message(&self) -> Option<&str> {
        let Self::Message(key) = self else {
            return None;
        };
        Some(key)
    }
}

/// Limits of a field, from generated sentences and three forms of prose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Of the value itself.
    pub direct: TextLimits,
    /// Of each element or each value of a map.
    pub each: TextLimits,
    /// Of each key of a map.
    pub key: TextLimits,
    /// Number of elements or entries.
    pub count: Bounds,
    /// Of a number.
    pub value: Interval,
    /// The only numbers that are allowed.
    pub only: Vec<String>,
    /// Limits of a duration, verbatim.
    pub duration: Option<String>,
}

/// The limits of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextLimits {
    /// The number of characters.
    pub length: Bounds,
    /// A regular expression, as the page has it.
    pub pattern: Option<String>,
}

/// Bounds of a number of things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// At least.
    pub min: Option<u64>,
    /// At most.
    pub max: Option<u64>,
}

/// The ends of a range of numbers, as decimal text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// At least.
    pub min: Option<String>,
    /// At most.
    pub max: Option<String>,
    /// `true` if the minimum itself is excluded.
    pub above: bool,
    /// `true` if the maximum itself is excluded.
    pub below: bool,
}
