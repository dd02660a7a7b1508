//! What a document means: IR A. The only phase that may call something unsupported.

pub mod dump;
mod findings;
pub mod formats;
mod long_running;
mod lower;
pub mod model;
mod operation;
mod paging;
pub mod read_write;
mod resolve;
pub mod sample;
mod schema;
mod schema_location;
mod select;
#[cfg(test)]
mod tests;

pub use findings::keep_findings;
pub use lower::{lower_input, Input, Options};
pub use operation::{body_parts, codec_of, is_made_of_parts, is_object, BodyPart, PartKind};
pub use paging::Declared;
pub use select::glob;

use crate::diagnostics::Diagnostics;
use crate::normalize::Document;

/// What a document means.
pub fn lower(document: &Document, options: &Options, diagnostics: &mut Diagnostics) -> model::Api {
    let place = |pointer: &str| document.origins.place(pointer);
    lower_input(
        Input {
            openapi: &document.openapi,
            place: &place,
        },
        options,
        diagnostics,
    )
}
