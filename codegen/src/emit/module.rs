//! A tree of modules: printed as files, or nested in one text.

use proc_macro2::{TokenStream, TokenTree};

/// A module.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Its name; empty for the root.
    pub name: String,
    /// The lines of its inner documentation.
    pub docs: Vec<String>,
    /// Whether others may name it.
    pub public: bool,
    /// Its items, one each; a blank line goes between them, but not between those of one group.
    pub items: Vec<TokenStream>,
    /// The modules in it.
    pub children: Vec<Module>,
}

/// Whether an identifier occurs among these tokens.
pub fn mentions(tokens: &TokenStream, word: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => mentions(&group.stream(), word),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
