//! Typed bodies of replies that nothing reads.

use super::is_object;
use crate::api::model::{Codec, Content, SchemaId, Schemas};
use crate::api::schema::Lowering;
use crate::api::schema_location::join;
use crate::diagnostics::codes::api as codes;
use crate::diagnostics::{Diagnostics, Place};
use std::collections::BTreeSet;

/// A body of a reply in a media type of which not everything is read.
pub(in crate::api) struct Unread {
    /// Its JSON pointer in the normal form.
    at: String,
    media_type: String,
    /// The schema of a form, which is read where it is an object.
    form: Option<SchemaId>,
}

impl Lowering<'_, '_> {
    /// Notes the bodies of a reply that may not be read: parts never are, and forms by what their schema turns out to be.
    pub(super) fn note_unread(&mut self, at: &str, contents: &[Content]) {
        for content in contents {
            let Some(value) = &content.value else {
                continue;
            };
            let form = match content.codec {
                Codec::FormData | Codec::Multipart => None,
                Codec::Form => Some(value.schema),
                Codec::Json
                | Codec::Text
                | Codec::EventStream
                | Codec::JsonLines
                | Codec::Bytes => continue,
            };
            self.unread.push(Unread {
                at: join(at, &content.media_type),
                media_type: content.media_type.clone(),
                form,
            });
        }
    }
}

/// Says which of these bodies are handed over as bytes.
pub(in crate::api) fn report(
    noted: &[Unread],
    schemas: &Schemas,
    place: &dyn Fn(&str) -> Place,
    diagnostics: &mut Diagnostics,
) {
    let mut reported = BTreeSet::new();
    for unread in noted {
        let is_read = unread.form.is_some_and(|form| is_object(schemas, form));
        if !is_read && reported.insert(&unread.at) {
            let message = format!("`{}` of a reply is handed over as bytes", unread.media_type);
            diagnostics.push(codes::AS_BYTES, place(&unread.at), message);
        }
    }
}
