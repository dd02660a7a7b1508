//! Identifiers and paths. No other module creates any.

use super::reserved::{KEYWORDS, NEVER};
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
            return Self::from_valid("__");
        }
        if NEVER.contains(&text) {
            return Self::from_valid(&format!("{text}_"));
        }
        let starts = |c: char| unicode_ident::is_xid_start(c) || c == '_';
        if !text.starts_with(starts) {
            let prefix = if text.contains(char::is_uppercase) { "N" } else { "n" };
            return Self::from_valid(&format!("{prefix}{text}"));
        }
        Self::from_valid(text)
    }

    /// The compiler compares identifiers in Unicode normalization form C (The Rust Reference, section "Identifiers").
    fn from_valid(text: &str) -> Self {
        let text = shortened(text);
        let text = match text.is_ascii() {
            true => text,
            false => text.nfc().collect(),
        };
        Self { raw: KEYWORDS.contains(&text.as_str()), text: Arc::from(text) }
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
    #[expect(clippy::disallowed_methods, reason = "the one place that makes identifiers")]
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let make = if self.raw { proc_macro2::Ident::new_raw } else { proc_macro2::Ident::new };
        tokens.append(make(&self.text, Span::call_site()));
    }
}

/// A path in Rust that has been parsed, such as `rust_decimal::Decimal` or `crate::Map<String, u8>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(String);

impl Path {
    /// Parses a path; `None` if the text is not one.
    #[expect(clippy::disallowed_methods, reason = "callers write paths in their configuration")]
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
    let starts = letters.next().is_some_and(|first| first == '_' || first.is_alphabetic());
    starts
        && letters.all(|letter| letter == '_' || letter.is_alphanumeric())
        && Ident::new(text).text() == text
}

/// Maximum length of an identifier in bytes. The longest in the corpus has 110; file systems allow 255.
const MAX_LENGTH: usize = 120;

/// Length of the appended hash in bytes: a separator and eight digits.
const HASH_LENGTH: usize = 9;

/// Truncates a name that is too long and appends a hash of the whole. The result depends on the name alone.
fn shortened(name: &str) -> String {
    if name.len() <= MAX_LENGTH {
        return name.to_owned();
    }
    let end = (0..=MAX_LENGTH - HASH_LENGTH).rev().find(|at| name.is_char_boundary(*at));
    let start = name.get(..end.unwrap_or(0)).unwrap_or_default();
    let start = start.trim_end_matches('_');
    let hash = hash(name);
    match (name.contains(char::is_lowercase), name.starts_with(char::is_uppercase)) {
        (true, true) => format!("{start}X{hash:08x}"),
        (false, true) => format!("{start}_{hash:08X}"),
        (true | false, false) => format!("{start}_{hash:08x}"),
    }
}

/// FNV-1a of 64 bits, folded to 32: stable across machines and versions.
fn hash(text: &str) -> u32 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let whole = text.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    let [a, b, c, d, e, f, g, h] = whole.to_be_bytes();
    u32::from_be_bytes([a ^ e, b ^ f, c ^ g, d ^ h])
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

    #[test]
    fn what_callers_write_is_checked() {
        for path in ["rust_decimal::Decimal", "crate::Money", "::a::B", "a::B<u8, Vec<C>>"] {
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

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let long = |last: &str| format!("{}{last}", "Word".repeat(75));
        let (a, b) = (shortened(&long("A")), shortened(&long("B")));
        assert_ne!(a, b);
        assert_eq!((a.len(), b.len()), (MAX_LENGTH, MAX_LENGTH));
        assert_eq!(a, shortened(&long("A")));
        assert_eq!(shortened("Word"), "Word");
        let umlauts = shortened(&"ä".repeat(300));
        assert!(umlauts.len() <= MAX_LENGTH && umlauts.contains('_'), "{umlauts}");
        assert!(shortened(&"A".repeat(300)).chars().all(|c| !c.is_lowercase()));
    }
}
