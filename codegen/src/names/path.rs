//! Paths of types that callers supply.

use super::Ident;
use proc_macro2::TokenStream;
use quote::ToTokens;

/// A path in Rust that has been parsed, such as `rust_decimal::Decimal` or `crate::Map<String, u8>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(String);

impl Path {
    /// Parses a path; `None` if the text is not one.
    #[expect(
        clippy::disallowed_methods,
        reason = "callers write paths in their configuration"
    )]
    pub fn parse(text: &str) -> Option<Self> {
        syn::parse_str::<syn::Path>(text).ok()?;
        Some(Self(text.trim().to_owned()))
    }

    /// Returns the text as written.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl ToTokens for Path {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // The text was parsed as a path, so it has tokens.
        tokens.extend(self.0.parse::<TokenStream>().ok());
    }
}

/// `true` if the text can be used as an identifier, raw or not.
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
