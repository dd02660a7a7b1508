//! Paths to items that are not generated, as callers write them.

use super::Ident;
use crate::tokens::{ToTokens, Tokens};
use std::cmp::Ordering;
use std::fmt;

/// A path in Rust, such as `rust_decimal::Decimal` or `crate::Map<String, u8>`: what a caller wrote, and known to parse.
#[derive(Clone)]
pub struct Path {
    text: String,
    tokens: Tokens,
}

impl Path {
    /// The path that a text is; `None` where it is none.
    #[expect(
        clippy::disallowed_methods,
        reason = "what callers write becomes tokens here"
    )]
    pub fn parse(text: &str) -> Option<Self> {
        let path: syn::Path = syn::parse_str(text).ok()?;
        let tokens = quote::ToTokens::to_token_stream(&path).into();
        Some(Self {
            text: text.trim().to_owned(),
            tokens,
        })
    }

    /// As the caller wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl ToTokens for Path {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.append(&self.tokens);
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Path {}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

/// Whether a text is an identifier, raw or not, that a name may be.
pub fn is_identifier(text: &str) -> bool {
    let mut letters = text.chars();
    let starts = letters
        .next()
        .is_some_and(|first| first == '_' || unicode_start(first));
    starts
        && letters.all(|letter| letter == '_' || letter.is_alphanumeric())
        && Ident::new(text).text() == text
}

fn unicode_start(letter: char) -> bool {
    letter.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_callers_write_is_checked() {
        for path in [
            "rust_decimal::Decimal",
            "crate::Money",
            "::a::B",
            "a::B<u8, Vec<C>>",
        ] {
            assert!(Path::parse(path).is_some(), "{path}");
        }
        for text in ["", "1a", "a b", "a::", "&str", "fn"] {
            assert!(Path::parse(text).is_none(), "{text}");
        }
        assert!(is_identifier("kind") && is_identifier("Größe") && is_identifier("type"));
        assert!(
            !is_identifier("")
                && !is_identifier("1")
                && !is_identifier("a-b")
                && !is_identifier("self")
        );
    }
}
