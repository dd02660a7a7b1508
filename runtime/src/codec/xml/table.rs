//! The names of values in XML, and what their texts are.

/// The types that bodies of XML are made of, and the elements that such bodies are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmlTable {
    /// The types, which refer to each other by their index.
    pub types: Vec<XmlType>,
    /// The outermost elements.
    pub roots: Vec<XmlPart>,
}

/// A type that is an element with parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlType {
    /// An object.
    Record(XmlRecord),
    /// One of several objects, by a member that all have.
    Choice(XmlChoice),
}

/// An object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmlRecord {
    /// The members.
    pub parts: Vec<XmlPart>,
    /// Each further element, under its own name; `None` if these are ignored.
    pub rest: Option<XmlPart>,
    /// `true` if the object is closed, so that a further element is a deviation.
    pub closed: bool,
}

/// One of several objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlChoice {
    /// The member that names the object.
    pub tag: XmlPart,
    /// The objects.
    pub cases: Vec<XmlCase>,
}

/// An object of a [`XmlChoice`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlCase {
    /// The text of the tag.
    pub tag: &'static str,
    /// The index of the type.
    pub record: usize,
}

/// A member of an object, or an outermost element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlPart {
    /// The name of the member in JSON.
    pub member: &'static str,
    /// The kind of node.
    pub kind: XmlKind,
    /// The name of the element or attribute, of each item's in a list.
    pub name: XmlName,
    /// The value, of each item in a list.
    pub value: XmlValue,
    /// `true` for a list.
    pub is_list: bool,
    /// `true` if an object without the member is invalid.
    pub required: bool,
    /// The element around the items of a list.
    pub wrapper: Option<XmlName>,
}

/// A kind of node (OpenAPI 3.2, section 4.26.1, `nodeType`).
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct XmlName {
    /// The name without prefix.
    pub local: &'static str,
    /// The prefix under which it is written.
    pub prefix: Option<&'static str>,
    /// The namespace.
    pub namespace: Option<&'static str>,
}

/// The kind of value of a text, an attribute or an element.
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

/// A body of XML: the table, and the index of its outermost element there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XmlBody {
    /// The table.
    pub table: &'static XmlTable,
    /// The outermost element.
    pub root: &'static XmlPart,
}
