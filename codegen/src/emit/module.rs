//! A tree of modules: printed as files, or nested in one text.

use crate::names::Ident;
use proc_macro2::{TokenStream, TokenTree};

/// A module.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// What its file is called; empty for the root.
    pub name: String,
    /// The name by which others know it: as its file, raw where it is a keyword.
    pub ident: String,
    /// The lines of its inner documentation.
    pub docs: Vec<String>,
    /// Whether others may name it.
    pub public: bool,
    /// Its items, one each; a blank line goes between them, but not between those of one group.
    pub items: Vec<TokenStream>,
    /// The modules in it.
    pub children: Vec<Module>,
}

impl Module {
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
pub fn mentions(tokens: &TokenStream, word: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => mentions(&group.stream(), word),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
