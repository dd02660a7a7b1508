//! Identifiers: the only place that makes them.

use crate::tokens::{Kind, ToTokens, Tokens};
use std::fmt;
use std::sync::Arc;

/// A valid Rust identifier, raw (`r#type`) where it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident {
    text: Arc<str>,
    /// Whether it is a keyword: many more identifiers are written than made.
    raw: bool,
}

/// Keywords of any edition that may be written raw.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that no identifier may be, not even raw.
const NEVER: [&str; 5] = ["self", "Self", "super", "crate", "_"];

impl Ident {
    /// The identifier nearest to a text of letters, digits and underscores.
    pub(super) fn new(text: &str) -> Self {
        if NEVER.contains(&text) || text.is_empty() {
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

    fn of(text: &str) -> Self {
        Self {
            text: Arc::from(text),
            raw: KEYWORDS.contains(&text),
        }
    }

    /// The accessor of a field of this name that knows its default.
    pub fn or_default(&self) -> Self {
        Self::new(&format!("{}_or_default", self.text.trim_end_matches('_')))
    }

    /// The setter of a field of this name.
    pub fn setter(&self) -> Self {
        Self::new(&format!("with_{}", self.text))
    }

    /// The identifier without `r#`: what a file is called, or what another identifier is made of.
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
    fn to_tokens(&self, tokens: &mut Tokens) {
        if self.raw {
            return tokens.push(Kind::Word, &self.to_string());
        }
        tokens.push(Kind::Word, &self.text);
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
        assert_eq!(Ident::new("").to_string(), "_");
        // A sign that only follows letters, and a digit of another script.
        assert_eq!(Ident::new("\u{652}r").to_string(), "n\u{652}r");
        assert_eq!(Ident::new("٣d").to_string(), "n٣d");
    }
}
