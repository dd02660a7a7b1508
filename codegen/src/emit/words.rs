//! Documentation and attributes as tokens.

use crate::rust::ir::Words;
use proc_macro2::TokenStream;
use quote::quote;

/// The documentation and, where it is deprecated, the attribute.
pub fn outer(words: &Words) -> TokenStream {
    let docs = docs(&words.docs);
    let deprecated = words.deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated)
}

/// Lines of documentation.
pub fn docs<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_ref() {
        "" => String::new(),
        text => format!(" {text}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// The words, or this line where the document has none.
pub fn or(words: &Words, line: &str) -> TokenStream {
    if words.docs.is_empty() {
        let words = Words {
            docs: vec![line.to_owned()],
            deprecated: words.deprecated,
        };
        return outer(&words);
    }
    outer(words)
}

/// The attribute of code that touches something deprecated.
pub fn allow_deprecated(touches: bool) -> Option<TokenStream> {
    touches.then(|| quote!(#[allow(deprecated)]))
}
