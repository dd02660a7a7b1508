//! Documentation and attributes.

use crate::lower::model::Attributes;
use crate::names::Path;
use crate::unseen::{escaped, is_refused};
use proc_macro2::TokenStream;
use quote::quote;

/// The documentation, and `#[deprecated]` where the item is deprecated.
pub fn outer(attributes: &Attributes) -> TokenStream {
    let docs = docs(&attributes.docs);
    let deprecated = attributes.deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated)
}

/// Lines of documentation. Characters that rustc refuses in comments are shown as escapes.
pub fn docs<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        let line = escaped(line.as_ref(), is_refused);
        let space = if line.is_empty() { "" } else { " " };
        [space, &line].concat()
    });
    quote!(#(#[doc = #lines])*)
}

/// The documentation, or `line` where the document has none.
pub fn outer_or(attributes: &Attributes, line: &str) -> TokenStream {
    if attributes.docs.is_empty() {
        let docs = vec![line.to_owned()];
        return outer(&Attributes {
            docs,
            ..*attributes
        });
    }
    outer(attributes)
}

/// The attribute of a type whose `Hash` is derived. Its `PartialEq`, which the runtime writes, compares the same members.
pub fn allow_hash(derives: &[Path]) -> Option<TokenStream> {
    let has_hash = derives.iter().any(|path| path.text() == "Hash");
    has_hash.then(|| quote!(#[allow(clippy::derived_hash_with_manual_eq)]))
}
