//! IR B: the Rust that will be printed, decided down to the last detail but without a token.
//!
//! `emit` only spells it out; whoever wants to know what a document becomes can read a dump of this.

mod call;
mod contract;
mod conversions;
mod defaults;
mod examples;
mod follow_up;
mod item;
mod types;
mod validation;

pub use call::*;
pub use contract::*;
pub use conversions::*;
pub use defaults::*;
pub use examples::*;
pub use follow_up::*;
pub use item::*;
pub use types::*;
pub use validation::*;

use crate::names::{Ident, Path};
use std::collections::{BTreeMap, BTreeSet};

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// What the document says of itself, as Markdown, for the crate's documentation.
    pub docs: Vec<String>,
    /// The types, a file a component; sorted by file.
    pub types: Vec<TypeFile>,
    /// What the API sends of itself, as names for types.
    pub incoming: Vec<Alias>,
    /// The client; none where only types are wanted.
    pub client: Option<Client>,
    /// What types derive beside what all do.
    pub derives: BTreeMap<Ident, Vec<Path>>,
}

impl Crate {
    /// Whether the values of some type have to match a regular expression.
    pub fn has_patterns(&self) -> bool {
        let items = self.types.iter().flat_map(|file| &file.items);
        let mut rules = items.flat_map(Item::rules);
        rules
            .any(|rule| rule.has(&|rule| matches!(rule, Rule::Pattern(_) | Rule::NamePatterns(..))))
    }
}

/// The items of one file below `types/`.
#[derive(Clone, Debug)]
pub struct TypeFile {
    /// The module.
    pub module: Ident,
    /// The component's type first, then its inline types.
    pub items: Vec<Item>,
    /// The generated types of other files that the items name.
    pub imports: BTreeSet<Ident>,
    /// Whether the file declares or names something deprecated: the warning is for the caller of the crate.
    pub allow_deprecated: bool,
}
