//! A tree of modules: printed as files, or nested in one text.

use crate::names::Ident;
use crate::tokens::Tokens;

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
    /// Its items, one each; a blank line goes between them, but not between those of one group.
    pub items: Vec<Tokens>,
    /// The modules in it.
    pub children: Vec<Later<'a>>,
}

/// A module that is made when it is printed: tokens take many times the memory of their text, and so those of one file are
/// gone before those of the next are made.
pub struct Later<'a>(Box<dyn FnOnce() -> Module<'a> + 'a>);

impl<'a> Later<'a> {
    /// What will be made so.
    pub fn new(make: impl FnOnce() -> Module<'a> + 'a) -> Self {
        Self(Box::new(make))
    }

    /// Makes it.
    pub fn make(self) -> Module<'a> {
        (self.0)()
    }
}

impl<'a> From<Module<'a>> for Later<'a> {
    fn from(module: Module<'a>) -> Self {
        Self::new(|| module)
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

/// Whether an identifier occurs among these tokens.
pub fn mentions(tokens: &Tokens, word: &str) -> bool {
    mentions_any(tokens, &|found| found == word)
}

/// Whether an identifier of this kind occurs among these tokens.
pub fn mentions_any(tokens: &Tokens, wanted: &dyn Fn(&str) -> bool) -> bool {
    tokens.words().any(wanted)
}
