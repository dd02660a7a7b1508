//! The Rust model: every decision about the generated Rust, without a token.
//!
//! `emit` only spells it out, so that a dump of this model shows what a document becomes.

mod call;
mod defaults;
mod examples;
mod generated_tests;
mod item;
mod service;
mod types;
mod validation;

pub use call::*;
pub use defaults::*;
pub use examples::*;
pub use generated_tests::*;
pub use item::*;
pub use service::*;
pub use types::*;
pub use validation::*;

use crate::api::model::XmlTable;
use crate::names::{Ident, Path};
use std::collections::{BTreeMap, BTreeSet};

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// Name by which callers import the crate.
    pub ident: Ident,
    /// Title of the API, on one line.
    pub title: String,
    /// Version of the API.
    pub version: String,
    /// Description of the API, one line each.
    pub docs: Vec<String>,
    /// `true` if documentation has examples, which import the crate by its name. Included code has no crate to import.
    pub has_examples: bool,
    /// Files below `types/`, sorted by module.
    pub types: Vec<TypeFile>,
    /// Payloads of webhooks and callbacks: `pub type` items of the module `incoming`.
    pub incoming: Vec<Alias>,
    /// The client; `None` if only types are generated.
    pub client: Option<Client>,
    /// Names of the bodies that are XML.
    pub xml: XmlTable,
    /// Cargo features that select operations, sorted by name; none if every build has all of them.
    pub features: Vec<CrateFeature>,
    /// The server; `None` unless it is requested.
    pub service: Option<Service>,
    /// Requested derives of each type, in addition to those that every type has.
    pub derives: BTreeMap<Ident, Vec<Path>>,
}

impl Crate {
    /// `true` if validation matches regular expressions, which the runtime compiles only on request.
    pub fn has_patterns(&self) -> bool {
        let is_pattern = |rule: &Rule| matches!(rule, Rule::Pattern(_) | Rule::NamePatterns(..));
        let items = self.types.iter().flat_map(|file| &file.items);
        let handled = self.service.iter().flat_map(Service::rules);
        items.flat_map(Item::rules).chain(handled).any(|rule| rule.any(&is_pattern))
    }
}

/// Feature that selects every operation.
pub const ALL_TAGS: &str = "all-tags";

/// A Cargo feature that selects the operations of a tag, or of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrateFeature {
    /// Its name.
    pub name: String,
    /// The tags.
    pub tags: Vec<String>,
    /// Features that it needs: they have the operations that poll its long-running ones.
    pub needs: BTreeSet<String>,
}

/// A file below `types/`.
#[derive(Clone, Debug)]
pub struct TypeFile {
    /// Its module.
    pub module: Ident,
    /// Items, owners before the inline types that belong to them.
    pub items: Vec<Item>,
    /// Features of which any needs the items; none if every build has them.
    pub features: BTreeSet<String>,
    /// Generated types of other files that the items name.
    pub imports: BTreeSet<Ident>,
    /// `true` if the file declares or names deprecated items: the lint is meant for callers, not for generated code.
    pub allow_deprecated: bool,
}
