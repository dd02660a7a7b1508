//! IR B: the Rust that will be printed, decided down to the last detail but without a token.
//!
//! `emit` only spells it out; whoever wants to know what a document becomes can read a dump of this.

mod call;
mod contract;
mod examples;
mod item;
mod types;

pub use call::*;
pub use contract::*;
pub use examples::*;
pub use item::*;
pub use types::*;

use crate::names::{Ident, Path};
use std::collections::BTreeMap;

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// What the document says of itself, as Markdown, for the crate's documentation.
    pub docs: Vec<String>,
    /// The types, a file a component; sorted by file.
    pub types: Vec<TypeFile>,
    /// The client; none where only types are wanted.
    pub client: Option<Client>,
    /// What types derive beside what all do.
    pub derives: BTreeMap<Ident, Vec<Path>>,
}

/// The items of one file below `types/`.
#[derive(Clone, Debug)]
pub struct TypeFile {
    /// The module.
    pub module: Ident,
    /// The component's type first, then its inline types.
    pub items: Vec<Item>,
}
