//! A tree of modules: printed as files, or nested in one text.

use super::Code;
use crate::names::Ident;

/// A module.
#[derive(Default)]
pub struct Module<'a> {
    /// What its file is called; empty for the root.
    pub name: String,
    /// The name by which others know it: as its file, raw where it is a keyword.
    pub ident: String,
    /// The lines of its inner documentation.
    pub docs: Vec<String>,
    /// Whether others may name it.
    pub public: bool,
    /// Whether its items name something deprecated.
    pub allow_deprecated: bool,
    /// Its items, one each; a blank line goes between them, but not between those of one group.
    pub items: Vec<Code>,
    /// The modules in it.
    pub children: Vec<Later<'a>>,
}

/// A module that is made when it is printed: tokens take many times the memory of their text, and so those of one file are
/// gone before those of the next are made.
pub struct Later<'a>(Box<dyn FnOnce() -> Module<'a> + Send + 'a>);

impl<'a> Later<'a> {
    /// What will be made so.
    pub fn new(make: impl FnOnce() -> Module<'a> + Send + 'a) -> Self {
        Self(Box::new(make))
    }

    /// Makes it.
    pub fn make(self) -> Module<'a> {
        (self.0)()
    }
}

impl Module<'_> {
    /// An empty module of a fixed name.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ident: name.to_owned(),
            ..Self::default()
        }
    }

    /// An empty module of this name.
    pub fn of(ident: &Ident) -> Self {
        Self {
            name: ident.text().to_owned(),
            ident: ident.to_string(),
            ..Self::default()
        }
    }
}
