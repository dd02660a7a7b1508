//! The normal form: a document of any version as one OpenAPI 3.0 document, in the types of `openapiv3`.
//!
//! References are bundled first (`bundling`). One walk (`check`) then compares the tree with the `vocabularies`, repairs it
//! where that is safe, and rewrites each object to 3.0 after its members. Concepts that 3.0 does not have are stored in the
//! extension keys of [`keys`].

mod bundling;
mod check;
mod context;
mod extension_keys;
pub mod keys;
mod object_kinds;
mod repair;
mod to_openapiv3;
mod v2;
mod v3_1;
mod v3_2;
mod version;
mod vocabularies;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use to_openapiv3::document as to_openapiv3;

pub(crate) use to_openapiv3::targets;
pub use to_openapiv3::Targets;
pub use version::Version;

use crate::diagnostics::{Diagnostics, Place};
use crate::load::Loaded;
use crate::syntax::{pointer, Node, OriginId, OriginTable};
use context::Context;
use indexmap::IndexMap;
use object_kinds::Kind;
use std::collections::BTreeSet;

/// The methods for which a path item of 3.0 has members.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document in normal form.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document itself.
    pub openapi: openapiv3::OpenAPI,
    /// The schemas to which references point, other than components.
    pub targets: Targets,
    /// The origin of each of its values.
    pub origins: Origins,
    /// The version of the source document.
    pub version: Version,
}

/// The origins of the values of the normal form, by their JSON Pointers.
#[derive(Clone, Debug)]
pub struct Origins {
    tree: Node,
    table: OriginTable,
}

impl Origins {
    fn new(tree: Node, table: &OriginTable) -> Self {
        Self { tree, table: table.clone() }
    }

    /// The origin of a value, or of its nearest ancestor.
    fn origin(&self, normal_pointer: &str) -> OriginId {
        let mut node = &self.tree;
        for step in pointer::steps(normal_pointer) {
            match node.step(&step) {
                Some(inner) => node = inner,
                None => break,
            }
        }
        node.origin
    }

    /// The place of a value in the user's files, or of its nearest ancestor.
    pub fn place(&self, normal_pointer: &str) -> Place {
        Place::value(&self.table, self.origin(normal_pointer))
    }

    /// The place of the key of a value, or of its nearest ancestor.
    pub fn key(&self, normal_pointer: &str) -> Place {
        Place::key(&self.table, self.origin(normal_pointer))
    }

    /// The normal form as a tree, with the extension keys.
    pub fn tree(&self) -> &Node {
        &self.tree
    }
}

/// Rewrites a document to the normal form.
///
/// `None` if the file does not describe an API. All other problems are reported, and repaired or left out at the smallest
/// possible place.
pub fn normalize(loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Document> {
    let version = version::detect(loaded, diagnostics)?;
    let mut root = bundling::bundle(loaded, version, diagnostics);
    let mut context = Context {
        loaded,
        version,
        diagnostics,
        hoisted: IndexMap::new(),
        servers: Vec::new(),
        without_id: Vec::new(),
        reported_formats: BTreeSet::new(),
    };
    if !check::object(&mut context, Kind::Document, &mut root) {
        return None;
    }
    upgrade(&mut context, &mut root);
    Some(Document {
        openapi: to_openapiv3::document(&root),
        targets: targets(&root),
        origins: Origins::new(root, &loaded.table),
        version,
    })
}

/// The normal form as YAML text: one document without references to other files, with the keys of [`keys`].
///
/// # Errors
/// The reason why the text cannot be written.
#[cfg(any(test, feature = "yaml-output"))]
pub fn bundle(document: &Document) -> Result<String, String> {
    crate::syntax::print_yaml(document.origins.tree())
}

/// The same as JSON text, with numbers verbatim.
pub fn bundle_json(document: &Document) -> String {
    crate::syntax::print_json(document.origins.tree())
}

/// Rewrites the parts that concern the whole document.
fn upgrade(context: &mut Context<'_>, root: &mut Node) {
    let version = root.get("openapi").or_else(|| root.get("swagger")).cloned();
    if context.version == Version::V2_0 {
        v2::document(context, root);
    }
    v3_2::document(root);
    v3_2::methods(root);
    repair::operations(context, root);
    for (name, schema) in std::mem::take(&mut context.hoisted) {
        let components = root.get_or_add("components");
        if let Some(schemas) = components.and_then(|components| components.get_or_add("schemas")) {
            schemas.set(&name, schema);
        }
    }
    if let Some(version) = version {
        root.set("openapi", Node::text(version.origin, "3.0.3"));
        if !root.has(keys::VERSION) {
            root.set(keys::VERSION, version);
        }
    }
}

/// The variables of a path template.
pub(crate) fn path_variables(path: &str) -> Vec<&str> {
    let mut variables = Vec::new();
    let mut remaining = path;
    while let Some((_, after)) = remaining.split_once('{') {
        let Some((name, following)) = after.split_once('}') else {
            break;
        };
        variables.push(name);
        remaining = following;
    }
    variables
}

/// The candidate with the most similar spelling, ignoring case, if any is close.
fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = word.chars().count() / 3 + 1;
    let lower = word.to_lowercase();
    candidates
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
