//! Documentation and attributes as tokens.

use crate::lower::model::Words;
use crate::names::Path;
use crate::tokens::{quote, Kind, Tokens};

/// The documentation and, where it is deprecated, the attribute.
pub fn outer(words: &Words) -> Tokens {
    let docs = docs(&words.docs);
    if words.deprecated {
        return quote!(#docs #[deprecated]);
    }
    docs
}

/// Lines of documentation.
pub fn docs<T: AsRef<str>>(lines: &[T]) -> Tokens {
    let mut tokens = Tokens::default();
    for line in lines.iter().map(AsRef::as_ref) {
        let space = if line.is_empty() { "" } else { " " };
        tokens.push(Kind::Doc, &[space, line].concat());
    }
    tokens
}

/// The words, or this line where the document has none.
pub fn or(words: &Words, line: &str) -> Tokens {
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
pub fn allow_deprecated(touches: bool) -> Option<Tokens> {
    touches.then(|| quote!(#[allow(deprecated)]))
}

/// The attribute of a type whose `Hash` is derived: its `PartialEq`, which the runtime writes, compares the same members.
pub fn allow_hash(more: &[Path]) -> Option<Tokens> {
    let is_hash = |path: &Path| quote!(#path).inline() == "Hash";
    more.iter()
        .any(is_hash)
        .then(|| quote!(#[allow(clippy::derived_hash_with_manual_eq)]))
}
