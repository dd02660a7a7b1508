//! Rust that is written as text, in the notation of the crate `quote`.
//!
//! `quote::quote!` makes what a compiler takes: trees of tokens that own their names and know where they came from. A
//! generator only prints them. Here a template becomes data at compile time, whole runs of tokens at once, and making
//! what is printed costs a fraction (see `docs/decisions`).

mod expand;
mod template;

use template::Template;

/// The tokens of a template, as `crate::tokens::Tokens` of the crate that calls it.
///
/// `#name` stands for what a variable writes, `#(…)*` for the same once for each item, and `#(…),*` for that with a token
/// between. All variables in such a repetition advance together, those that have no items stay as they are.
#[proc_macro]
pub fn quote(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::tokens(&Template::parse(input.into())).into()
}
