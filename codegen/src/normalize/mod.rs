//! The document of any version, in one form: `openapiv3`'s types, as OpenAPI 3.0 has them.
//!
//! The tree of values is checked against tables, mended where that is safe, rewritten to 3.0, and only then put into
//! the types. What 3.0 cannot say is kept in the keys of [`keys`].

mod bundling;
mod check;
mod context;
mod extension_keys;
pub mod keys;
mod object_kinds;
mod origins;
mod repair;
mod to_openapiv3;
mod v2;
mod v3_1;
mod v3_2;
mod version;
mod vocabularies;

#[cfg(test)]
mod tests;

pub use origins::Origins;
#[cfg(test)]
pub(crate) use to_openapiv3::document as to_openapiv3;
pub use version::Version;

use crate::diagnostics::Diagnostics;
use crate::load::Loaded;
use crate::syntax::Node;
use context::Context;
use indexmap::IndexMap;
use object_kinds::Kind;
use std::collections::BTreeSet;

/// A document in normal form.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document itself.
    pub openapi: openapiv3::OpenAPI,
    /// Where each value of it came from.
    pub origins: Origins,
    /// The version in which the user wrote it.
    pub version: Version,
}

/// Rewrites a document to the normal form.
///
/// Nothing comes back where the file describes no API; everything else that is wrong is reported, and mended or left
/// out at the smallest place.
pub fn normalise(loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Document> {
    let version = version::detect(loaded, diagnostics)?;
    let mut root = bundling::bundle(loaded, version, diagnostics);
    let mut context = Context {
        loaded,
        version,
        diagnostics,
        hoisted: IndexMap::new(),
        servers: Vec::new(),
        nameless: Vec::new(),
        formats: BTreeSet::new(),
    };
    if !check::object(&mut context, Kind::Document, &mut root) {
        return None;
    }
    upgrade(&mut context, &mut root);
    Some(Document {
        openapi: to_openapiv3::document(&root),
        origins: Origins::new(root, &loaded.table),
        version,
    })
}

/// The normal form as YAML text: one document without references to other files, with the keys of [`keys`].
///
/// # Errors
/// None that a document can cause; the message of the printer if there is one all the same.
pub fn bundle(document: &Document) -> Result<String, String> {
    crate::syntax::print_yaml(document.origins.tree())
}

/// The same as JSON text, numbers as they are written.
pub fn bundle_json(document: &Document) -> String {
    crate::syntax::print_json(document.origins.tree())
}

/// Rewrites what is said of the document as a whole.
fn upgrade(context: &mut Context<'_>, root: &mut Node) {
    let said = root.get("openapi").or_else(|| root.get("swagger")).cloned();
    if context.version == Version::V2_0 {
        v2::document(context, root);
    }
    v3_2::document(root);
    v3_2::methods(root);
    repair::operations(context, root);
    let hoisted = std::mem::take(&mut context.hoisted);
    if !hoisted.is_empty() {
        add_schemas(root, hoisted);
    }
    if let Some(said) = said {
        root.set("openapi", Node::text(said.origin, "3.0.3"));
        if !root.has(keys::VERSION) {
            root.set(keys::VERSION, said);
        }
    }
}

fn add_schemas(root: &mut Node, hoisted: IndexMap<String, Node>) {
    if !root.has("components") {
        root.set("components", Node::object(root.origin));
    }
    let Some(components) = root.get_mut("components") else {
        return;
    };
    if !components.has("schemas") {
        components.set("schemas", Node::object(components.origin));
    }
    for (name, schema) in hoisted {
        if let Some(schemas) = components.get_mut("schemas") {
            schemas.set(&name, schema);
        }
    }
}

/// The candidate that is spelled most like a word, case aside, if any is close.
fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = word.chars().count() / 3 + 1;
    let lower = word.to_lowercase();
    candidates
        .map(|candidate| {
            (
                strsim::osa_distance(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
