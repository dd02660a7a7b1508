//! XML 1.0: a value by the names that the document gives to its parts, in two steps.
//!
//! What a text in XML means is for the schema to say, so that no type can be read from XML alone. Generated code has a
//! table of names and kinds, [`XmlTable`]; by it the elements become the value that JSON would have, which the type reads,
//! and the value that the type writes becomes elements (OpenAPI 3.2, section 4.26, XML Object).

#[cfg(feature = "xml")]
mod element;
#[cfg(feature = "xml")]
mod parse;
#[cfg(feature = "xml")]
mod read;
mod table;
#[cfg(all(test, feature = "xml"))]
mod tests;
#[cfg(feature = "xml")]
mod write;

pub use self::table::{
    XmlBody, XmlCase, XmlChoice, XmlKind, XmlName, XmlPart, XmlRecord, XmlTable, XmlType, XmlValue,
};

#[cfg(feature = "xml")]
use crate::codec::{to_value, CodecError, Deviations, Encode, Target};

/// How deep elements may be nested, and the values that they become: 127 levels, as in JSON.
#[cfg(feature = "xml")]
const LEVELS: usize = 127;

/// The namespace of the attribute `nil` (XML Schema part 1, section 2.6.2).
#[cfg(feature = "xml")]
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Decodes a document into a target.
///
/// # Errors
/// The bytes are not well-formed XML in UTF-8, have a document type, or are not of the type.
#[cfg(feature = "xml")]
pub(crate) fn read_xml(
    bytes: &[u8],
    body: XmlBody,
    deviations: &Deviations,
    target: &mut dyn Target,
) -> Result<(), CodecError> {
    let root = parse::document(bytes)?;
    let value = read::document(body, &root)?;
    value.read_into(deviations, target)
}

/// Writes a value as a document, with the declaration of XML.
///
/// # Errors
/// The value has no form in JSON, or a part of it has no place in the table, or has letters that XML does not allow.
#[cfg(feature = "xml")]
pub(crate) fn write_xml(body: XmlBody, value: &dyn Encode) -> Result<Vec<u8>, CodecError> {
    let value = to_value(value)?.unwrap_or_default();
    write::document(body, &value).map(String::into_bytes)
}

/// Reports whether a text can be a name without a prefix (Namespaces in XML 1.0, section 3).
#[cfg(feature = "xml")]
fn is_name(text: &str) -> bool {
    let is_first = |letter: char| letter.is_alphabetic() || letter == '_';
    let is_other = |letter: char| is_first(letter) || letter.is_numeric() || "-.·".contains(letter);
    text.starts_with(is_first) && text.chars().all(is_other)
}
