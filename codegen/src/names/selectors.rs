//! Keys of the configuration that name a part of the document.

use crate::api::model::{Api, Owner, Schema, SchemaId, Site};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};

/// How near a word must be to be the one that was meant; 1 is the same.
const NEAR: f64 = 0.75;

/// The schema that a key names: a component by its name, any schema by its pointer (`#/components/schemas/Pet`).
pub fn schema(api: &Api, key: &str) -> Option<SchemaId> {
    let pointer = pointer(key);
    let wanted = |schema: &Schema| match pointer {
        Some(pointer) => stands_at(&schema.at, pointer),
        None => matches!(&schema.owner, Owner::Component(name) if name == key),
    };
    let mut schemas = api.schemas.iter();
    schemas.find(|(_, schema)| wanted(schema)).map(|(id, _)| id)
}

/// The pointer that a key is, where it is one.
pub fn pointer(key: &str) -> Option<&str> {
    let plain = key.strip_prefix('#').unwrap_or(key);
    plain.starts_with('/').then_some(plain)
}

/// Whether a node stands at a pointer of the user's file, or of the normal form.
pub fn stands_at(site: &Site, pointer: &str) -> bool {
    let own = match &site.place {
        Place::Pointer(_, own) | Place::Key(_, own) => own == pointer,
        Place::Nowhere | Place::File(_) | Place::Span(..) => false,
    };
    own || site.pointer == pointer
}

/// The names of the components.
pub fn components(api: &Api) -> impl Iterator<Item = &str> {
    api.schemas
        .iter()
        .filter_map(|(_, schema)| match &schema.owner {
            Owner::Component(name) => Some(name.as_str()),
            Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => None,
        })
}

/// Says that a key of a table matches nothing, and which one is near.
pub fn unmatched<'a>(
    (table, key): (&str, &str),
    known: impl Iterator<Item = &'a str>,
    diagnostics: &mut Diagnostics,
) {
    let near = |name: &str| strsim::jaro_winkler(key, name);
    let nearest = known.max_by(|a, b| near(a).total_cmp(&near(b)));
    let message = format!("`{key}` in `{table}` matches nothing in the document");
    match nearest.filter(|name| near(name) > NEAR) {
        Some(name) => {
            let help = format!("is `{name}` meant?");
            diagnostics.push_with_help(codes::KEY_MATCHES_NOTHING, Place::Nowhere, message, help);
        }
        None => diagnostics.push(codes::KEY_MATCHES_NOTHING, Place::Nowhere, message),
    }
}
