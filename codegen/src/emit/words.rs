//! Documentation and attributes as tokens.

use crate::rust::ir::Words;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

/// The documentation and, where it is deprecated, the attribute.
pub fn outer(words: &Words) -> TokenStream {
    let docs = docs(&words.docs);
    if words.deprecated {
        return whole(quote!(#docs #[deprecated]));
    }
    docs
}

/// Lines of documentation.
pub fn docs<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_ref() {
        "" => String::new(),
        text => format!(" {text}"),
    });
    whole(quote!(#(#[doc = #lines])*))
}

/// The same tokens in a group without brackets, which the printer takes for its content: whatever the words become part of
/// copies one token instead of every line.
fn whole(tokens: TokenStream) -> TokenStream {
    if tokens.is_empty() {
        return tokens;
    }
    TokenTree::from(Group::new(Delimiter::None, tokens)).into()
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
