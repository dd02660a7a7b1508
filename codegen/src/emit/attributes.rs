//! Documentation and attributes.

use crate::lower::model::Words;
use crate::names::Path;
use crate::unseen::{escaped, is_refused};
use proc_macro2::TokenStream;
use quote::quote;

/// The documentation, and `#[deprecated]` where the item is deprecated.
pub fn outer(words: &Words) -> TokenStream {
    let docs = docs(&words.docs);
    let deprecated = words.deprecated.then(|| quote!(#[deprecated]));
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
pub fn outer_or(words: &Words, line: &str) -> TokenStream {
    if words.docs.is_empty() {
        let docs = vec![line.to_owned()];
        return outer(&Words { docs, ..*words });
    }
    outer(words)
}

/// The attribute of a type whose `Hash` is derived. Its `PartialEq`, which the runtime writes, compares the same members.
pub fn allow_hash(derives: &[Path]) -> Option<TokenStream> {
    let has_hash = derives.iter().any(|path| path.text() == "Hash");
    has_hash.then(|| quote!(#[allow(clippy::derived_hash_with_manual_eq)]))
}
