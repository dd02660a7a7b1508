//! Bodies of XML: from elements to the value that JSON would have and back, by the names that the document gives to its parts
//! (OpenAPI 3.2, section 4.26). Namespaces are written, and not compared.

mod element;
mod read;
mod write;

pub use element::parse;
pub use read::read;
pub use write::write;

use typewright::api::model::{XmlPart, XmlRecord, XmlTable, XmlType};

/// The namespace of the attribute `nil` (XML Schema part 1, section 2.6.2).
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Returns the record of a type, and of a choice by its tag also the part that names it.
fn record(
    table: &XmlTable,
    index: usize,
    tag: impl FnOnce(&XmlPart) -> Option<String>,
) -> Option<(&XmlRecord, Option<&XmlPart>)> {
    match table.types.get(index)? {
        XmlType::Record(record) => Some((record, None)),
        XmlType::Choice(part, cases) => {
            let tag = tag(part)?;
            let (_, index) = cases.iter().find(|(case, _)| *case == tag)?;
            match table.types.get(*index)? {
                XmlType::Record(record) => Some((record, Some(part))),
                XmlType::Choice(..) => None,
            }
        }
    }
}
