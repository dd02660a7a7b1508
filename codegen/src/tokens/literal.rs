//! Literals other than plain texts.

use crate::unseen::is_refused;
use std::fmt::Display;

/// A number without the suffix of its type, a raw text, or bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    text: String,
}

impl Literal {
    /// An integer.
    pub fn integer(value: impl Display) -> Self {
        Self {
            text: value.to_string(),
        }
    }

    /// A number that is finite, with a point.
    pub fn float(value: f64) -> Self {
        let mut text = value.to_string();
        if !text.contains('.') {
            text.push_str(".0");
        }
        Self { text }
    }

    /// A text in which quotes and backslashes are their own, unless it holds what cannot stand in one, such as a carriage
    /// return or a mark that turns the direction of text.
    pub fn raw(text: &str) -> Self {
        if text.contains(is_refused) {
            return Self {
                text: format!("{text:?}"),
            };
        }
        let marks = "#".repeat(longest_run(text) + 1);
        Self {
            text: format!("r{marks}\"{text}\"{marks}"),
        }
    }

    /// Bytes, as a text of bytes.
    pub fn bytes(bytes: &[u8]) -> Self {
        Self {
            text: format!("b\"{}\"", bytes.escape_ascii()),
        }
    }

    /// As it is written.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The length of the longest run of `#`.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|letter| letter != '#').map(str::len);
    runs.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_quotes() {
        assert_eq!(Literal::raw(r#"{"a":1}"#).text(), r##"r#"{"a":1}"#"##);
        assert_eq!(Literal::raw(r##""#5""##).text(), r####"r##""#5""##"####);
        assert_eq!(Literal::raw("a\\r").text(), r##"r#"a\r"#"##);
        assert_eq!(Literal::raw("a\r").text(), r#""a\r""#);
        assert_eq!(Literal::raw("a\u{202E}").text(), r#""a\u{202e}""#);
    }

    #[test]
    fn bytes_are_any() {
        assert_eq!(Literal::bytes(b"a\"\\\0\xff").text(), r#"b"a\"\\\x00\xff""#);
    }

    #[test]
    fn numbers_have_no_suffix() {
        assert_eq!(Literal::integer(-5_i64).text(), "-5");
        assert_eq!(Literal::float(2.0).text(), "2.0");
        assert_eq!(Literal::float(-0.5).text(), "-0.5");
    }
}
