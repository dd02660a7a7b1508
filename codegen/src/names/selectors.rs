//! Configuration keys that select a part of the document.

use crate::api::model::{Api, Owner, Schema, SchemaId, Site};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};

/// Minimum similarity (Jaro-Winkler) of a suggested key; 1 is equality.
const MIN_SIMILARITY: f64 = 0.75;

/// Returns the schema that a key selects: a component by name, any schema by pointer (`#/components/schemas/Pet`).
pub fn schema(api: &Api, key: &str) -> Option<SchemaId> {
    let pointer = pointer(key);
    let is_target = |schema: &Schema| match pointer {
        Some(pointer) => is_at(&schema.at, pointer),
        None => matches!(&schema.owner, Owner::Component(name) if name == key),
    };
    let mut schemas = api.schemas.iter();
    schemas.find(|(_, schema)| is_target(schema)).map(|(id, _)| id)
}

/// Returns the key's JSON pointer, if it is one.
pub fn pointer(key: &str) -> Option<&str> {
    let plain = key.strip_prefix('#').unwrap_or(key);
    plain.starts_with('/').then_some(plain)
}

/// `true` if a node is located at this pointer of the user's file or of the normal form.
pub fn is_at(site: &Site, pointer: &str) -> bool {
    let is_at_place = match &site.place {
        Place::Pointer(_, place) | Place::Key(_, place) => place == pointer,
        Place::Nowhere | Place::File(_) | Place::Span(..) => false,
    };
    is_at_place || site.pointer == pointer
}

/// Returns the names of the components.
pub fn components(api: &Api) -> impl Iterator<Item = &str> {
    api.schemas.iter().filter_map(|(_, schema)| match &schema.owner {
        Owner::Component(name) => Some(name.as_str()),
        Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => None,
    })
}

/// Reports a key without a match in a table, with a similar key as suggestion.
pub fn unmatched<'a>(
    table: &str,
    key: &str,
    known: impl Iterator<Item = &'a str>,
    diagnostics: &mut Diagnostics,
) {
    let similarity = |name: &str| strsim::jaro_winkler(key, name);
    let nearest = known.max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
    let message = format!("`{key}` in `{table}` matches nothing in the document");
    match nearest.filter(|name| similarity(name) > MIN_SIMILARITY) {
        Some(name) => {
            let help = format!("is `{name}` meant?");
            diagnostics.push_with_help(codes::KEY_MATCHES_NOTHING, Place::Nowhere, message, help);
        }
        None => diagnostics.push(codes::KEY_MATCHES_NOTHING, Place::Nowhere, message),
    }
}
