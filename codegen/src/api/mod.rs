//! The API model of a document, and its lowering from the normal form. The only phase that may call something
//! unsupported.

pub mod check;
pub mod formats;
mod keywords;
mod long_running;
mod lower;
mod media_type;
pub mod model;
mod operation;
mod pagination;
mod patterns;
pub mod read_write;
mod resolve;
mod response_view;
pub mod sample;
mod schema;
mod schema_source;
mod select;
#[cfg(test)]
mod tests;
mod type_set;
mod xml;

pub use lower::{lower_input, Input, Options};
pub use media_type::codec as codec_of;
pub use operation::{body_parts, content_parts, is_made_of_parts, is_object, BodyPart, PartKind};
pub use pagination::OperationSettings;
pub use select::{glob, retain_selected};

use crate::diagnostics::Diagnostics;
use crate::normalize::Document;

/// Lowers a document to the API model.
pub fn lower(document: &Document, options: &Options, diagnostics: &mut Diagnostics) -> model::Api {
    let place = |pointer: &str| document.origins.place(pointer);
    let input = Input { openapi: &document.openapi, targets: &document.targets, place: &place };
    lower_input(input, options, diagnostics)
}
