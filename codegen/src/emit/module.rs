//! The tree of generated modules.

use super::Code;
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Length of the features of a condition on one line, in bytes.
const MAX_CONDITION: usize = 84;

/// A module.
#[derive(Default)]
pub struct Module<'a> {
    /// File name; empty for the root.
    pub name: String,
    /// Name in Rust: the file name, raw if it is a keyword.
    pub ident: String,
    /// Lines of the inner doc comment.
    pub docs: Vec<String>,
    /// `true` for `pub mod`.
    pub public: bool,
    /// Cargo feature of a committed crate that has the module; `None` if every crate has it. Included code has it in any
    /// case, as its features are those of whoever includes it.
    pub feature: Option<&'static str>,
    /// `true` if the module must allow deprecated items.
    pub allow_deprecated: bool,
    /// Features of which any selects the module; none if every build has it.
    pub features: BTreeSet<String>,
    /// Items.
    pub items: Vec<Code>,
    /// Modules inside it.
    pub children: Vec<Later<'a>>,
}

/// A module created on demand: tokens need many times the memory of their text, so those of one file are dropped before
/// the next file's are created.
pub struct Later<'a>(Box<dyn FnOnce() -> Module<'a> + Send + 'a>);

impl<'a> Later<'a> {
    /// Defers the creation of a module.
    pub fn new(make: impl FnOnce() -> Module<'a> + Send + 'a) -> Self {
        Self(Box::new(make))
    }

    /// Creates the module.
    pub fn make(self) -> Module<'a> {
        (self.0)()
    }
}

impl Module<'_> {
    /// Creates an empty module with a fixed name.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ident: name.to_owned(), ..Self::default() }
    }

    /// Creates an empty module with a generated name.
    pub fn new(ident: &Ident) -> Self {
        Self { name: ident.text().to_owned(), ident: ident.to_string(), ..Self::default() }
    }

    /// Declares the module `ext`, which is in a file that is not generated.
    pub fn with_extension(mut self) -> Self {
        let declaration = quote!(
            pub mod ext;
        );
        self.items.insert(0, declaration.into());
        self
    }

    /// Creates a public module with a fixed name and one line of documentation, which imports the runtime if necessary.
    pub fn with_runtime(
        name: &str,
        docs: &str,
        import: Option<TokenStream>,
        items: impl IntoIterator<Item = TokenStream>,
    ) -> Self {
        let items = items.into_iter().map(Code::from).collect();
        Self {
            public: true,
            docs: vec![docs.to_owned()],
            items: with_imports(items, import),
            ..Self::named(name)
        }
    }
}

/// Returns the text of the attribute by which any of these features selects an item; nothing without features.
pub fn condition(features: &BTreeSet<String>) -> String {
    let quoted: Vec<String> =
        features.iter().map(|feature| format!("feature = \"{feature}\"")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => format!("#[cfg({one})]\n"),
        several if several.join(", ").len() > MAX_CONDITION => {
            format!("#[cfg(any(\n    {}\n))]\n", several.join(",\n    "))
        }
        several => format!("#[cfg(any({}))]\n", several.join(", ")),
    }
}

/// Returns an attribute as [`condition`] does, in tokens.
pub fn condition_tokens(features: &BTreeSet<String>) -> Option<TokenStream> {
    let names = features.iter();
    match features.len() {
        0 => None,
        1 => Some(quote!(#(#[cfg(feature = #names)])*)),
        _ => Some(quote!(#[cfg(any(#(feature = #names),*))])),
    }
}

/// Prepends imports to the items, including that of the runtime if an item names it.
pub fn with_imports(items: Vec<Code>, imports: impl IntoIterator<Item = TokenStream>) -> Vec<Code> {
    // From the end, where the tables are, whose first tokens name the runtime.
    let uses_runtime = items.iter().rev().any(|item| item.mentions("rt"));
    let runtime = uses_runtime.then(runtime_import);
    let imports = imports.into_iter().chain(runtime);
    imports.map(Code::from).chain(items).collect()
}

/// Returns the import of the runtime's module for generated code.
pub fn runtime_import() -> TokenStream {
    quote!(
        use typewright_runtime::codegen::v1 as rt;
    )
}

/// Returns `use path::{…};`, or nothing without names.
pub fn import(path: TokenStream, names: &BTreeSet<Ident>) -> Option<TokenStream> {
    let names = names.iter();
    (names.len() > 0).then(|| quote!(use #path::{#(#names),*};))
}
