//! Identifiers. No other module creates any.

use super::reserved::{KEYWORDS, NEVER};
use super::short::short;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt as _};
use std::fmt;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization as _;

/// A valid Rust identifier, raw (`r#type`) where it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident {
    text: Arc<str>,
    /// `true` for a keyword. Cached, because identifiers are written far more often than created.
    raw: bool,
}

impl Ident {
    /// Creates the identifier closest to a text of letters, digits and underscores.
    pub(super) fn new(text: &str) -> Self {
        if text.is_empty() {
            return Self::of("__");
        }
        if NEVER.contains(&text) {
            return Self::of(&format!("{text}_"));
        }
        let starts = |c: char| unicode_ident::is_xid_start(c) || c == '_';
        if !text.starts_with(starts) {
            let prefix = if text.contains(char::is_uppercase) {
                "N"
            } else {
                "n"
            };
            return Self::of(&format!("{prefix}{text}"));
        }
        Self::of(text)
    }

    /// The compiler compares identifiers in Unicode normalization form C (The Rust Reference, section "Identifiers").
    fn of(text: &str) -> Self {
        let text = short(text);
        let text = match text.is_ascii() {
            true => text,
            false => text.nfc().collect(),
        };
        Self {
            raw: KEYWORDS.contains(&text.as_str()),
            text: Arc::from(text),
        }
    }

    /// Returns the name of the field's default accessor.
    pub fn or_default(&self) -> Self {
        Self::new(&format!("{}_or_default", self.text.trim_end_matches('_')))
    }

    /// Returns the name of the field's setter.
    pub fn setter(&self) -> Self {
        let plain = self.text.strip_suffix('_');
        let plain = plain.filter(|plain| NEVER.contains(plain));
        Self::new(&format!("with_{}", plain.unwrap_or(&self.text)))
    }

    /// Returns the identifier without `r#`: for file names, and as part of other identifiers.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let raw = if self.raw { "r#" } else { "" };
        write!(f, "{raw}{}", self.text)
    }
}

impl ToTokens for Ident {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that makes identifiers"
    )]
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let make = if self.raw {
            proc_macro2::Ident::new_raw
        } else {
            proc_macro2::Ident::new
        };
        tokens.append(make(&self.text, Span::call_site()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_becomes_an_identifier() {
        assert_eq!(Ident::new("type").to_string(), "r#type");
        assert_eq!(Ident::new("self").to_string(), "self_");
        assert_eq!(Ident::new("Self").to_string(), "Self_");
        assert_eq!(Ident::new("2fa").to_string(), "n2fa");
        assert_eq!(Ident::new("").to_string(), "__");
        // A combining mark, and a digit of another script.
        assert_eq!(Ident::new("\u{652}r").to_string(), "n\u{652}r");
        assert_eq!(Ident::new("٣d").to_string(), "n٣d");
    }

    #[test]
    fn identifiers_are_in_the_normal_form_of_the_compiler() {
        assert_eq!(Ident::new("\u{212a}"), Ident::new("K"));
        assert_eq!(Ident::new("e\u{301}"), Ident::new("é"));
        assert!(Ident::new(&"a".repeat(300)).text().len() < 128);
    }

    #[test]
    fn setters_are_named_after_the_property() {
        assert_eq!(Ident::new("type").setter().text(), "with_type");
        assert_eq!(Ident::new("self").setter().text(), "with_self");
        assert_eq!(Ident::new("id_").setter().text(), "with_id_");
    }
}
