//! XML: the names that the document gives to values, and the table of them by which bodies are written.

use super::SchemaId;

/// How a value is written in XML (OpenAPI 4.26, XML Object).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xml {
    /// `name`.
    pub name: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `nodeType` (3.2); `attribute` for `attribute: true`, `element` for `wrapped: true`.
    pub node: Option<String>,
}

/// The types that bodies of XML are made of, and their outermost elements; both empty if no body is of XML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmlTable {
    /// Types, which refer to each other by their index.
    pub types: Vec<XmlType>,
    /// Outermost elements.
    pub roots: Vec<XmlPart>,
}

/// A type that is an element with parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlType {
    /// An object.
    Record(XmlRecord),
    /// One of several objects, by a member that names it: each tag with the index of its type.
    Choice(XmlPart, Vec<(String, usize)>),
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlRecord {
    /// Schema.
    pub schema: SchemaId,
    /// Members.
    pub parts: Vec<XmlPart>,
    /// Further elements, if they are retained.
    pub rest: Option<XmlPart>,
    /// `true` if further elements are not allowed.
    pub closed: bool,
}

/// A member of an object, or an outermost element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlPart {
    /// Name of the property; empty for an outermost element.
    pub member: String,
    /// Kind of node.
    pub kind: XmlKind,
    /// Name of the element or attribute, of each item's in a list.
    pub name: XmlName,
    /// Value, of each item in a list.
    pub value: XmlValue,
    /// `true` for a list.
    pub is_list: bool,
    /// `true` if an object without the member is invalid.
    pub required: bool,
    /// Element around the items of a list.
    pub wrapper: Option<XmlName>,
}

/// A kind of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlKind {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// The text of the element itself.
    Text,
    /// The text of the element itself, written as CDATA.
    Cdata,
}

/// A name of an element or attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmlName {
    /// Name without prefix.
    pub local: String,
    /// Prefix.
    pub prefix: Option<String>,
    /// Namespace.
    pub namespace: Option<String>,
}

/// Kind of value of a text, an attribute or an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlValue {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A boolean.
    Bool,
    /// A type of the table.
    Type(usize),
}
