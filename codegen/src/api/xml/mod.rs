//! Bodies of XML: which can be written by their schemas, and the table of names for those.
//!
//! A text in XML is nothing but a text, and an element may be an object, a list's item or a text: only the schema says
//! which. A body whose schema leaves that open is handed over as bytes, which a diagnostic reports with the reason.

mod names;
mod table;

use super::media_type::{codec, is_xml};
use super::model::{Codec, Content, Operation, Schemas, Use, XmlTable};
use super::operation::is_octets;
use super::resolve::Resolver;
use super::schema_source::join;
use crate::diagnostics::{codes::api as codes, Diagnostics, Place};
use openapiv3::MediaType;
use std::collections::BTreeSet;
use table::Builder;

/// `true` if nothing but XML is declared, with a schema each: bodies that have JSON too are JSON.
pub(super) fn is_only_xml<'a>(
    resolver: Resolver<'a>,
    mut contents: impl Iterator<Item = (&'a str, &'a MediaType)>,
) -> bool {
    contents.all(|(media_type, media)| {
        let schema = media.schema.as_ref().and_then(|schema| resolver.value(schema));
        is_xml(media_type) && schema.is_some_and(|schema| !is_octets(schema))
    })
}

/// Sets the names of the bodies of operations that are XML, and returns the table of them; makes the others bytes.
pub(super) fn set_names(
    operations: &mut [Operation],
    schemas: &Schemas,
    place: &dyn Fn(&str) -> Place,
    diagnostics: &mut Diagnostics,
) -> XmlTable {
    let mut builder = Builder::new(schemas);
    let mut reported = BTreeSet::new();
    let mut set = |content: &mut Content| {
        let Some(used) = content.value.as_ref().filter(|_| content.codec == Codec::Xml) else {
            return;
        };
        match builder.root(used) {
            Ok(root) => content.xml = Some(root),
            Err(reason) => {
                content.codec = codec(&content.media_type);
                let at = pointer(used, &content.media_type);
                if is_worth_a_note(schemas, used, content.codec) && reported.insert(at.clone()) {
                    let form = if content.codec == Codec::Text { "text" } else { "bytes" };
                    let message =
                        format!("`{}` is handed over as {form}: {reason}", content.media_type);
                    diagnostics.push(codes::AS_BYTES, place(&at), message);
                }
            }
        }
    };
    for operation in operations {
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.contents);
        bodies.for_each(&mut set);
        let responses = operation.responses.iter_mut();
        responses.flat_map(|response| &mut response.contents).for_each(&mut set);
    }
    builder.finish()
}

/// Returns the pointer of a media type by that of its schema.
fn pointer(used: &Use, media_type: &str) -> String {
    let schema = used.at.pointer.as_str();
    let content = schema.strip_suffix("/schema").and_then(|one| one.rsplit_once('/'));
    // Media types with equal schemas share that of the first.
    content.map_or_else(|| schema.to_owned(), |(content, _)| join(content, media_type))
}

/// `true` unless the body is a text that the schema describes as nothing else.
fn is_worth_a_note(schemas: &Schemas, used: &Use, codec: Codec) -> bool {
    codec == Codec::Bytes || table::scalar(schemas, used).is_none()
}
